"""`ask` for a person: replies laid out for a terminal, and a conversation in which choices are made by number.

Where lines come from and where they go is handed in. Knows no Discord.
"""

import io
import sys
from collections.abc import Callable, Iterator
from typing import TextIO

from rich.console import Console
from rich.text import Text

from bot.dialogue.advisor import Advisor
from bot.dialogue.records import Conversation, Reply
from bot.knowledge.records import KnowledgeBase
from bot.matching.decision import Outcome
from bot.terminal.tables import why_table
from bot.ui import sentences
from bot.ui.texts import (
    answer_text,
    entries_shown,
    personal_notes,
    related_entries,
    reply_sentence,
    source_line,
    spoken,
)

PROMPT = "> "
LEAVE = {"exit", "quit"}
BULLET = "• "
MAX_RELATED = 2


def answer(advisor: Advisor, question: str, out: Console, *, why: bool = False) -> None:
    """Answer one question."""
    _print_reply(advisor.knowledge, advisor.reply(question), out, why=why, numbered=False)


def converse(
    advisor: Advisor, read: Callable[[str], str], out: Console, *, why: bool = False, at_terminal: bool = True
) -> None:
    """Answer line by line, as one conversation, until `exit` or the end of input.

    At a terminal, an empty line ends it, too; elsewhere it is passed over. `read` takes a prompt and returns
    a line, as `input` does.
    """
    conversation = Conversation()
    choices: dict[str, str] = {}
    if at_terminal:
        _print(out, f"{spoken(advisor.knowledge, sentences.EMPTY)}\n{sentences.TERMINAL_WELCOME}")
    for typed in _lines(read, out, at_terminal=at_terminal):
        number = typed.rstrip(".)")
        if choices and number.isdecimal() and number not in choices:
            _print(out, sentences.TERMINAL_NO_CHOICE.format(count=len(choices)))
            continue
        chosen = choices.get(number)
        reply = advisor.chosen([chosen], conversation) if chosen else advisor.reply(typed, conversation)
        conversation = reply.conversation
        offered = _print_reply(advisor.knowledge, reply, out, why=why, numbered=True)
        choices = {str(place): entry_id for place, entry_id in enumerate(offered, 1)}


def replace_unreadable(*streams: TextIO) -> None:
    """Let what a stream can't decode or encode become a replacement character, instead of an error."""
    for stream in streams:
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _lines(read: Callable[[str], str], out: Console, *, at_terminal: bool) -> Iterator[str]:
    """The lines that say something, until the end."""
    while True:
        if at_terminal:
            out.print()
        try:
            typed = read(PROMPT if at_terminal else "").strip()
        except (EOFError, KeyboardInterrupt):
            if at_terminal:
                out.print()
            return
        if typed.casefold() in LEAVE or (at_terminal and not typed):
            return
        if typed:
            yield typed


def _print_reply(knowledge: KnowledgeBase, reply: Reply, out: Console, *, why: bool, numbered: bool) -> tuple[str, ...]:
    """Print a reply and what it offers to go on with; the ids of the entries offered, in order."""
    offered = tuple(e.id for e in reply.entries)
    lead = sentences.NEAREST if reply.outcome is Outcome.DECLINE else ""
    if reply.outcome is Outcome.ANSWER:
        shown = entries_shown(knowledge, offered)
        for note in (notes := personal_notes(knowledge, reply)):
            _print(out, note)
        for place, entry in enumerate(shown):
            _print(out, entry.title, style="bold", gap=place > 0 or bool(notes))
            _print(out, answer_text(knowledge, entry, reply.aspect))
        _print(out, source_line(knowledge, shown, reply.aspect) or "", style="dim")
        offered, lead = related_entries(shown)[:MAX_RELATED], sentences.TERMINAL_RELATED
    else:
        _print(out, reply_sentence(knowledge, reply))
    if offered:
        _print(out, lead, gap=True)
    for place, entry_id in enumerate(offered, 1):
        _print(out, knowledge.entries[entry_id].title, mark=f"  {place}  " if numbered else f"  {BULLET}")
    if why:
        out.print(why_table(reply), soft_wrap=False)
    return offered


def _print(out: Console, text: str, *, style: str = "", mark: str = "", gap: bool = False) -> None:
    """Print text behind a mark, an empty line before it where a gap is wanted; nothing where there is no text."""
    if gap:
        out.print()
    for line in text.splitlines():
        out.print(_wrapped(line.removeprefix(BULLET), mark or BULLET * line.startswith(BULLET), out), style=style)


def _wrapped(text: str, mark: str, out: Console) -> Text:
    """Text behind a mark, at a terminal broken between words at its width, further lines indented as far."""
    width = (out.width if out.is_terminal else sys.maxsize) - len(mark)
    lines = Text(text).wrap(out, max(width, 1))
    for line in lines:
        line.rstrip()
    return Text(mark) + Text("\n" + " " * len(mark)).join(lines)
