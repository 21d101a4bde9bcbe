"""`ask` for a person: what is shown, what can be chosen, how it ends, how lines break."""

import io
import os
import subprocess
import sys

import pytest
from rich.console import Console

from bot.dialogue import advisor as advising
from bot.matching.decision import Decision, Outcome
from bot.matching.targets import Kind
from bot.terminal import ask_session
from bot.ui import sentences
from bot.ui.texts import answer_text
from tests import small
from tests.conftest import ROOT

PAY = "what does a junior AI engineer earn"
ENDS = ["exit", "QUIT", ""]


def printed(width=None):
    """A console that keeps what is printed: a terminal of this width, or none."""
    return Console(file=io.StringIO(), width=width, force_terminal=bool(width), color_system=None, soft_wrap=True)


def talk(advisor, *lines, width=None, why=False, at_terminal=True):
    """What is printed when these lines are typed; then the input ends."""
    typed, out = iter(lines), printed(width)

    def read(_prompt):
        try:
            return next(typed)
        except StopIteration:
            raise EOFError from None

    ask_session.converse(advisor, read, out, why=why, at_terminal=at_terminal)
    return out.file.getvalue(), list(typed)


def test_an_answer_has_title_text_source_and_what_leads_on(advisor):
    """As on Discord; without a conversation nothing can be chosen, so nothing is numbered."""
    out = printed()
    ask_session.answer(advisor, PAY, out)
    title, text, *rest = out.file.getvalue().splitlines()
    assert title == "Entry-level AI engineer pay"
    assert text == answer_text(advisor.knowledge, advisor.knowledge.entries["ai_engineer.salary.entry"])
    assert "$90,000 to $130,000 a year" in text
    assert rest == [
        "From the article (2026), paragraph 16",
        "",
        "You could also ask:",
        "  • Mid-level AI engineer pay",
        "  • AI engineer pay",
    ]


def test_a_number_chooses_and_the_conversation_goes_on_from_there(advisor):
    """Related questions are numbered; what follows is understood after the choice."""
    shown, _ = talk(advisor, PAY, "1", "and prompt engineers?")
    assert "  1  Mid-level AI engineer pay" in shown
    assert "$130,000 to $175,000" in shown
    assert "$100,000 to $145,000" in shown


@pytest.mark.parametrize("typed", ["1", " 1. ", "1)"])
@pytest.mark.parametrize("outcome", [Outcome.CLARIFY, Outcome.DECLINE])
def test_clarifications_and_the_nearest_can_be_chosen(advisor, monkeypatch, outcome, typed):
    """The first of the list is what its number shows."""

    def decide(match, _):
        return Decision(outcome, match.of_kind(Kind.ENTRY)[:3] if outcome is Outcome.CLARIFY else (), 0.1)

    monkeypatch.setattr(advising, "decide", decide)
    title = advisor.reply("what is chain of thought").entries[0].title
    shown, _ = talk(advisor, "what is chain of thought", typed)
    assert f"  1  {title}\n" in shown
    assert f"\n{title}\n" in shown


@pytest.mark.parametrize("typed", ["4", "0", "99", "9" * 5000])
def test_a_number_that_is_not_in_the_list_is_one_sentence(advisor, typed):
    """The list stays, and can still be chosen from."""
    shown, _ = talk(advisor, PAY, typed, "1")
    assert sentences.TERMINAL_NO_CHOICE.format(count=2) in shown
    assert "\nMid-level AI engineer pay\n" in shown


def test_a_number_without_a_list_is_a_question(advisor):
    """As any other words."""
    shown, _ = talk(advisor, "7")
    assert "The list goes" not in shown


@pytest.mark.parametrize("end", ENDS)
def test_a_word_or_an_empty_line_ends(advisor, end):
    """What would come after is not read."""
    assert talk(advisor, "hello", end, PAY)[1] == [PAY]


def test_empty_lines_of_a_file_are_passed_over(advisor):
    """Only a person means something by them."""
    shown, left = talk(advisor, "", PAY, " ", "and senior?", at_terminal=False)
    assert (left, "$200,000 to $350,000" in shown) == ([], True)
    assert not shown.startswith("Ask me anything about")


def test_ctrl_c_ends_quietly(advisor):
    """At the prompt, as Ctrl-D does."""

    def interrupted(_prompt):
        raise KeyboardInterrupt

    out = printed(80)
    ask_session.converse(advisor, interrupted, out)
    assert out.file.getvalue().endswith("\n\n")


@pytest.mark.parametrize("width", [20, 40, 61, 80])
def test_lines_break_between_words_at_the_terminals_width(advisor, width):
    """Money stays whole; what a bullet or a number leads is indented."""
    shown, _ = talk(advisor, "salary", width=width)
    lines = shown.splitlines()
    assert max(map(len, lines)) <= width
    words = " ".join(shown.split())
    for whole in ("$160,000 to $220,000", "$200,000 to $350,000 or more, especially", "Which role pays more?"):
        assert whole in words
    senior = lines.index(next(line for line in lines if line.startswith("• Senior")))
    assert lines[senior + 1].startswith("  ")


def test_what_is_no_terminal_gets_whole_lines(advisor):
    """So that a text can be searched."""
    assert "major tech companies: $200,000 to $350,000 or more, especially with equity\n" in talk(advisor, "salary")[0]


def test_why_names_the_record_that_declines(advisor):
    """With how sure the bot is of it."""
    assert "Outcome: decline, by pay_elsewhere (" in talk(advisor, "prompt engineer salary in Peru", why=True)[0]


def test_why_shows_the_evidence_below_each_reply(advisor):
    """At a narrow terminal, too; a choice needs none."""
    shown, _ = talk(advisor, PAY, "1", why=True, width=40)
    assert shown.count("Outcome: answer") == 2
    assert shown.count("Read as:") == 1
    assert "nearest phrasing" in " ".join(shown.split())
    assert max(map(len, shown.splitlines())) <= 40


def test_every_choice_can_be_chosen(advisor):
    """Each entry answers with itself, whatever was spoken of before."""
    conversation = advisor.reply(PAY).conversation
    for entry_id, entry in advisor.knowledge.entries.items():
        reply = advisor.chosen([entry_id], conversation)
        assert [e.id for e in reply.entries] == [entry_id]
        assert (reply.conversation.facets.topic, reply.conversation.answered[-1]) == (entry.topic, entry_id)


def test_at_a_real_terminal(tmp_path):
    """A welcome, a prompt, a choice by number, half an emoji that does no harm; an empty line ends, exit code 0."""
    pty = pytest.importorskip("pty")
    controller, terminal = pty.openpty()
    command = [sys.executable, "-m", "bot", "ask", "--embedder", "none", "--knowledge", small.write(tmp_path / "k")]
    environment = os.environ | {"COLUMNS": "40", "TERM": "xterm", "DATA_DIR": str(tmp_path)}
    with subprocess.Popen(  # noqa: S603 - our own command
        command, cwd=ROOT, env=environment, stdin=terminal, stdout=terminal, stderr=terminal
    ) as bot:
        os.close(terminal)
        os.write(controller, b"baker wage\n1\n\xf0\x9f chef \xe9\n\n")
        shown = b""
        while True:
            try:
                shown += os.read(controller, 4096)
            except OSError:  # so Linux tells that the other end was closed
                break
    os.close(controller)
    assert bot.returncode == 0
    assert b"Cooks earn $35,000 to $60,000 a year." in shown
    assert b"Traceback" not in shown
