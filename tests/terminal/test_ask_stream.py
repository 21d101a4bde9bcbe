"""`ask --json` as another program runs it: raw bytes in, one line of JSON out for each, whatever the locale."""

import json
import os
import subprocess
import sys

import pytest

from bot.terminal.ask_stream import answer_lines
from tests import small
from tests.conftest import ROOT

LINES = [
    b'{"question": "baker wage", "conversation": "caf\\u00e9"}',
    b'{"question": "half an emoji \\ud83d baker wage"}',
    b'{"question": "caf\xe9 wage"}',
    '{"question": "what\'s a baker\'s wage 🥐"}'.encode(),
    b"\xff\xfe\x00 no text at all \xed\xa0\xbd",
    b'{"question": "and the other one?", "conversation": "caf\\u00e9"}',
]
LOCALES = {
    "utf-8": {"LC_ALL": "C.UTF-8"},
    "plain C": {"LC_ALL": "C"},
    "C, nothing coerced": {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    "strict ASCII": {"PYTHONIOENCODING": "ascii:strict"},
    "Latin-1": {"PYTHONIOENCODING": "latin-1:strict"},
}


def bot(tmp_path, *arguments, stdin=b"", **environment):
    """The real process, on a small folder, without embeddings."""
    folder = small.write(tmp_path / "knowledge")
    return subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "bot", "ask", *arguments, "--embedder", "none", "--knowledge", folder],
        input=stdin,
        capture_output=True,
        cwd=ROOT,
        env=os.environ | {"DATA_DIR": str(tmp_path)} | environment,
        check=False,
    )


@pytest.mark.parametrize("locale", LOCALES)
def test_every_line_gets_its_answer_or_an_error_in_any_locale(tmp_path, locale):
    """Half an emoji, Latin-1 and rubbish between good lines: order and conversations are kept, nothing is raised."""
    done = bot(tmp_path, "--json", stdin=b"\n".join(LINES), **LOCALES[locale])
    assert (done.returncode, b"Traceback" in done.stderr) == (0, False)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert ["error" in row for row in rows] == [False, False, True, False, True, False]
    assert rows[1]["question"] == "half an emoji \ud83d baker wage"
    assert rows[3]["question"] == "what's a baker's wage 🥐"
    answered = [row["entries"][0]["id"] for row in rows if "entries" in row]
    assert answered == ["baker.pay", "baker.pay", "baker.pay", "cook.pay"]


@pytest.mark.parametrize("arguments", [[b"caf\xe9 baker wage"], [b"caf\xe9 baker wage", "--json"], ["--why"]])
def test_a_question_that_is_not_utf8_is_answered(tmp_path, arguments):
    """As an argument, and typed; in the strictest locale."""
    done = bot(tmp_path, *arguments, stdin=b"caf\xe9 baker wage\n", PYTHONIOENCODING="ascii:strict")
    assert (done.returncode, b"Traceback" in done.stderr) == (0, False)
    assert b"Bakers earn $30,000 to $50,000 a year." in done.stdout


def test_a_conversation_nested_too_deep_is_an_error(advisor):
    """At every depth, around the one that Python can't read or write any more."""
    lines = [
        json.dumps({"question": "hello"})[:-1] + ', "conversation": ' + "[" * depth + "]" * depth + "}"
        for depth in range(sys.getrecursionlimit() - 200, sys.getrecursionlimit() + 20)
    ]
    rows = [json.loads(line) for line in answer_lines(advisor, lines)]
    assert len(rows) == len(lines)
    assert "error" in rows[-1]


def test_without_a_conversation_lines_know_nothing_of_each_other(advisor):
    """No key, and the key null, are the same."""
    lines = ['{"question": "what does a junior AI engineer earn", "conversation": null}', '{"question": "and senior?"}']
    rows = [json.loads(line) for line in answer_lines(advisor, lines)]
    assert rows[1]["entries"] != [] or rows[1]["outcome"] != "answer"
    assert [e["id"] for e in rows[1]["entries"]] != ["ai_engineer.salary.senior"]
