"""The command line, run as a person runs it."""

import asyncio
import hashlib
import json

import pytest
from typer.testing import CliRunner

from bot import cli
from bot.embedders import fetching
from bot.embedders.choice import EmbedderChoice
from bot.matching.embedding import NoEmbedder
from bot.ui import sentences
from bot.ui.texts import answer_text
from tests import small
from tests.conftest import KNOWLEDGE, ROOT
from tests.letters import Letters

runner = CliRunner()


@pytest.fixture
def shipped(monkeypatch, advisor):
    """The shipped knowledge, fitted once for all tests."""
    monkeypatch.setattr(cli, "_fit", lambda *_: advisor)


def run(*arguments, stdin=None):
    """Run the command line."""
    return runner.invoke(cli.app, list(map(str, arguments)), input=stdin)


@pytest.mark.usefixtures("shipped")
def test_ask_answers():
    """One question, one answer."""
    result = run("ask", "what does a junior AI engineer earn")
    assert (result.exit_code, "$90,000 to $130,000" in result.stdout) == (0, True)


@pytest.mark.usefixtures("shipped")
def test_ask_why_shows_the_evidence():
    """Candidates, nearest phrasing, facets."""
    shown = run("ask", "what does a junior AI engineer earn", "--why").stdout
    assert "nearest phrasing" in shown
    assert "Facets: ai_engineer, salary, entry" in shown


@pytest.mark.usefixtures("shipped")
def test_ask_reads_lines_as_one_conversation():
    """Without a question, each line is a turn."""
    shown = run("ask", stdin="what does a junior AI engineer earn\n\nand prompt engineers?\n").stdout
    assert "$65,000 to $95,000" in shown


def test_new_makes_a_knowledge_that_passes_check(tmp_path):
    """A community begins with a folder that works; nothing that is there already is touched."""
    folder = tmp_path / "ours"
    assert run("new", folder).exit_code == 0
    checked = run("check", "--knowledge", folder, "--embedder", "none")
    assert (checked.exit_code, "12" in checked.stdout) == (0, True)
    (folder / "source.yaml").write_text("title: Ours\nyear: 2026\nparagraphs: 1\n")
    again = run("new", folder)
    assert (again.exit_code, "holds something already" in again.stderr) == (1, True)
    assert (folder / "source.yaml").read_text().startswith("title: Ours")


def test_new_says_where_it_can_not_write(tmp_path):
    """A file in the way of the folder."""
    (tmp_path / "file").write_text("")
    result = run("new", tmp_path / "file" / "ours")
    assert (result.exit_code, "can't be made" in result.stderr) == (1, True)


@pytest.mark.usefixtures("shipped")
def test_ask_json_streams_in_order_and_survives_bad_lines(advisor):
    """One line each; a conversation by key; a bad line gets an error and does not stop the rest."""
    lines = [
        '{"question": "what does a junior AI engineer earn", "conversation": "a"}',
        "not json",
        '{"question": 5}',
        "[]",
        '{"question": "what is role prompting", "conversation": "b"}',
        "",
        '{"question": "and prompt engineers?", "conversation": "a"}',
        "[" * 100_000,
    ]
    rows = [json.loads(line) for line in run("ask", "--json", stdin="\n".join(lines)).stdout.splitlines()]
    assert ["error" in row for row in rows] == [False, True, True, True, False, False, True]
    assert rows[0] | {"ms": 0} == {
        "question": "what does a junior AI engineer earn",
        "outcome": "answer",
        "entries": [
            {
                "id": "ai_engineer.salary.entry",
                "title": "Entry-level AI engineer pay",
                "confidence": rows[0]["entries"][0]["confidence"],
            }
        ],
        "record": None,
        "record_confidence": 0.0,
        "text": answer_text(advisor.knowledge, advisor.knowledge.entries["ai_engineer.salary.entry"]),
        "ms": 0,
    }
    assert "$90,000 to $130,000 a year" in rows[0]["text"]
    assert rows[5]["entries"][0]["id"] == "prompt_engineer.salary.entry"


@pytest.mark.usefixtures("shipped")
def test_ask_json_names_the_record_of_a_reply_that_is_no_answer():
    """What was declined, or which small talk; and how sure it is of that."""
    lines = ['{"question": "prompt engineer salary in germany"}', '{"question": "good morning"}']
    declined, greeted = map(json.loads, run("ask", "--json", stdin="\n".join(lines)).stdout.splitlines())
    assert (declined["outcome"], declined["record"]) == ("decline", "pay_elsewhere")
    assert 0.5 <= declined["record_confidence"] <= 1
    assert (greeted["outcome"], greeted["record"]) == ("small_talk", "greeting")


def test_check_tells_the_health(tmp_path):
    """Counts and weak spots; exit code 0."""
    result = run("check", "--knowledge", small.write(tmp_path))
    assert result.exit_code == 0
    assert "entries" in result.stdout
    assert "only 3 phrasings" in result.stdout
    assert "--all" not in result.stdout


def test_check_shows_what_harms_most_and_all_on_demand(tmp_path):
    """Twenty rows, and how many more there are."""
    entries = "".join(f"- {{id: dish.{n}, title: Dish {n}, answer: Warm., ask: [dish {n}]}}\n" for n in range(40))
    folder = small.write(tmp_path, answers__dishes=entries)
    short, full = (run("check", *more, "--knowledge", folder).stdout for more in ((), ("--all",)))
    assert sum(": dish." in line or ".yaml:" in line for line in short.splitlines()) == 20
    assert "more: python -m bot check --all" in short
    assert len([line for line in full.splitlines() if "only 1 phrasings" in line]) == 40


def test_check_fails_on_bad_files(tmp_path):
    """One line a problem, a count, exit code 1, no traceback."""
    result = run("check", "--knowledge", small.write(tmp_path, checks="- question: x\n  expect: [gone]\n"))
    assert result.exit_code == 1
    assert "checks.yaml:2:12: There is no entry" in result.stderr
    assert "1 problem in" in result.stderr
    assert "Traceback" not in result.stderr


def test_check_fails_on_a_lost_answer(tmp_path):
    """A guarded question that gets another answer is an error."""
    folder = small.write(tmp_path, checks="- question: baker wage\n  expect: [cook.pay]\n")
    result = run("check", "--knowledge", folder)
    assert result.exit_code == 1
    assert '"baker wage" now gets' in result.stderr


def test_check_tells_how_fair_the_quiz_is(tmp_path):
    """What random answers get, and the same step everywhere."""
    result = run("check", "--knowledge", small.write(tmp_path, quiz=small.QUIZ))
    assert result.exit_code == 0
    assert "Fairness of the quiz (12 statements, 2 tie-breakers, exact)" in result.stdout
    assert "Cronbach's alpha" in result.stdout


def test_check_fails_on_an_unfair_quiz(tmp_path):
    """With the figures, exit code 1."""
    unfair = small.QUIZ.replace("entry: cook.pay, reversed: true", "entry: cook.pay, reversed: false")
    result = run("check", "--knowledge", small.write(tmp_path, quiz=unfair))
    assert result.exit_code == 1
    assert "to all statements gets cook" in result.stderr


def test_the_quiz_is_played_in_the_terminal():
    """The same statements and result as on Discord; back, skip and slips of the finger included."""
    result = run("quiz", stdin="5\nb\n5\n1\n5\nx\n9\n5\n5\n1\n1\ns\n5\n1\n1\n5\n")
    assert result.exit_code == 0
    assert "Type a number from 1 to 5" in result.stdout
    assert "Strongly: Prompt engineer" in result.stdout
    assert "skipped" in result.stdout
    assert sentences.QUIZ_MIRROR in result.stdout


def test_the_quiz_is_for_any_two_roles(tmp_path):
    """Whatever they are called: four of six statements each speak for the role, two against it."""
    typed = "".join(f"{5 if liked else 1}\n{1 if liked else 5}\n" for liked in (True,) * 4 + (False,) * 2)
    result = run("quiz", "--knowledge", small.write(tmp_path, quiz=small.QUIZ), stdin=typed)
    assert "Strongly: Baker" in result.stdout
    assert "Baker 100" in result.stdout


@pytest.mark.parametrize("typed", ["5\nq\n", "5\n"])
def test_the_quiz_in_the_terminal_can_be_left(typed):
    """By "q", or by the end of input."""
    result = run("quiz", stdin=typed)
    assert (result.exit_code, "Nothing was kept" in result.stdout) == (0, True)


def test_too_many_skipped_in_the_terminal():
    """The last statement is asked again."""
    result = run("quiz", stdin="s\n" * 12 + "q\n")
    assert "I need a few more answers" in result.stdout


def test_without_a_quiz_there_is_none_to_play(tmp_path):
    """One sentence, exit code 1."""
    result = run("quiz", "--knowledge", small.write(tmp_path))
    assert (result.exit_code, "There is no quiz.yaml" in result.stderr) == (1, True)


def test_check_prints_the_schema():
    """For editors."""
    assert "$defs" in json.loads(run("check", "--schema").stdout)


@pytest.mark.usefixtures("shipped")
def test_evaluate_prints_its_tables(tmp_path):
    """By style, the confusions, the worst misses."""
    file = tmp_path / "q.jsonl"
    file.write_text(
        '{"q": "what does a junior AI engineer earn", "gold": ["ai_engineer.salary.entry"], "style": "plain"}\n'
        '{"q": "what does a junior AI engineer earn", "gold": ["overview.analogy"], "style": "plain"}\n\n'
        '{"turns": [{"q": "hello", "gold": ["small_talk"]}, {"q": "bye", "gold": ["small_talk"]}]}\n'
    )
    result = run("evaluate", file)
    assert result.exit_code == 0
    for part in ("Accuracy by style", "follow-up", "Confused most", "overview.analogy", "Worst misses"):
        assert part in result.stdout


@pytest.fixture
def labelled(tmp_path):
    """A file of labelled questions."""
    file = tmp_path / "q.jsonl"
    file.write_text('{"q": "what does a baker earn", "gold": ["baker.pay"], "style": "plain"}\n')
    return file


def test_evaluate_compares_the_embedders_on_disk(tmp_path, labelled):
    """A row each; none is always there."""
    result = run("evaluate", labelled, "--side-by-side", "--knowledge", small.write(tmp_path / "small"))
    assert result.exit_code == 0
    assert "none" in result.stdout


def test_evaluate_draws_how_far_confidence_can_be_relied_on(tmp_path, labelled):
    """A picture, of the kind that its name says; a table stands in the output as well."""
    picture = tmp_path / "reliability.png"
    folder = small.write(tmp_path / "small")
    result = run("evaluate", labelled, "--embedder", "none", "--plot", picture, "--knowledge", folder)
    assert result.exit_code == 0
    assert "Reliability" in result.stdout
    assert picture.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("name", ["picture.nonsense", "no/folder/picture.png"])
def test_a_picture_that_can_not_be_written_is_one_sentence(tmp_path, labelled, name):
    """An unknown kind, a missing folder."""
    folder = small.write(tmp_path / "small")
    result = run(
        "evaluate",
        labelled,
        "--embedder",
        "none",
        "--plot",
        tmp_path / name,
        "--knowledge",
        folder,
    )
    assert result.exit_code == 1
    assert "The picture can't be written" in result.stderr


def test_an_embedder_that_is_not_there_is_one_sentence(monkeypatch, tmp_path):
    """Asked for by name, it says how to get it; exit code 2."""
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    result = run("ask", "hello", "--embedder", "neural", "--knowledge", small.write(tmp_path / "small"))
    assert result.exit_code == 2
    assert "fetch-model" in result.stderr


@pytest.mark.parametrize(("setting", "first"), [("auto", "none"), ("neural", "neural")])
def test_the_bot_starts_with_the_second_best_while_the_best_is_made(monkeypatch, tmp_path, setting, first):
    """Unless the slow one is asked for by name; the next start has it at once."""
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setenv("EMBEDDER", setting)
    monkeypatch.setattr(cli, "available", lambda *_: [EmbedderChoice.NEURAL, EmbedderChoice.NONE])
    monkeypatch.setattr(cli, "choose", lambda choice, *_: NoEmbedder() if choice == "none" else Letters())
    folder = small.write(tmp_path / "small")
    manager = cli._keep(folder)
    assert manager.advisor.matcher.embedder.name == first
    asyncio.run(manager.improve())
    assert manager.advisor.matcher.embedder.name == "neural"
    assert cli._keep(folder).advisor.matcher.embedder.name == "neural"


def test_fetch_model_without_a_network_is_one_sentence(monkeypatch, tmp_path):
    """Nothing is left behind; exit code 1."""
    monkeypatch.setattr(fetching.fetch, "__defaults__", ("http://127.0.0.1:9", fetching.FILES))
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    result = run("fetch-model")
    assert result.exit_code == 1
    assert "could not be fetched" in result.stderr


def test_fetch_model_says_where_it_is(monkeypatch, tmp_path):
    """What is already there, whole, is not fetched again."""
    content = b"a model"
    file = fetching.ModelFile("model.onnx", len(content), hashlib.sha256(content).hexdigest())
    folder = fetching.model_folder(tmp_path)
    folder.mkdir()
    (folder / file.name).write_bytes(content)
    monkeypatch.setattr(fetching, "FILES", (file,))
    monkeypatch.setattr(fetching.fetch, "__defaults__", (fetching.SOURCE, (file,)))
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    result = run("fetch-model")
    assert result.exit_code == 0
    assert fetching.model_folder(tmp_path).name in result.stdout


@pytest.mark.parametrize("line", ['{"q": "x"}', "nonsense", '{"gold": ["a"]}', "[1]"])
def test_evaluate_refuses_bad_lines(tmp_path, line):
    """With file and line, exit code 1."""
    file = tmp_path / "q.jsonl"
    file.write_text(line + "\n")
    result = run("evaluate", file)
    assert result.exit_code == 1
    assert "q.jsonl:1: not a labelled question" in result.stderr


def test_run_without_a_token_is_one_clear_sentence(monkeypatch, tmp_path):
    """Exit code 2, before anything is loaded."""
    monkeypatch.chdir(tmp_path)
    for name in ("DISCORD_TOKEN", "DISCORD_TOKEN_FILE"):
        monkeypatch.delenv(name, raising=False)
    result = run("run")
    assert result.exit_code == 2
    assert "There is no token. Set DISCORD_TOKEN" in result.stderr


@pytest.mark.parametrize(
    ("name", "value", "part"),
    [
        ("DISCORD_TOKEN_FILE", "/nowhere/token", "The token file can't be read"),
        ("COOLDOWN_SECONDS", "never", "The setting COOLDOWN_SECONDS is not usable"),
    ],
)
def test_run_with_a_bad_setting(monkeypatch, tmp_path, name, value, part):
    """The setting is named; exit code 2."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(name, value)
    result = run("run")
    assert result.exit_code == 2
    assert part in result.stderr


@pytest.mark.parametrize("failure", ["LoginFailure", "PrivilegedIntentsRequired"])
def test_run_when_discord_refuses(monkeypatch, tmp_path, failure):
    """A refused token, a missing intent: one sentence and exit code 2."""
    import discord  # noqa: PLC0415

    from bot.client import CareerBot  # noqa: PLC0415

    errors = {
        "LoginFailure": (discord.LoginFailure("no"), "Discord refused the token"),
        "PrivilegedIntentsRequired": (discord.PrivilegedIntentsRequired(None), "message content intent"),
    }
    error, part = errors[failure]

    async def start(*_):
        raise error

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DISCORD_TOKEN", "x")
    monkeypatch.setenv("KNOWLEDGE_DIR", str(small.write(tmp_path / "knowledge")))
    monkeypatch.setattr(CareerBot, "start", start)
    result = run("run")
    assert result.exit_code == 2
    assert part in result.stderr


def test_the_default_folder_is_the_shipped_one():
    """Run from the project's root, no option is needed."""
    assert (ROOT / cli.KNOWLEDGE).resolve() == KNOWLEDGE
