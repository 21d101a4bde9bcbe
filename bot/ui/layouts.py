"""Replies → Components V2 layouts, made for a phone: short lines, few buttons, no tables. Sends nothing.

Views are stopped before they are sent: all their items are `DynamicItem`s, whose state is in the custom_id, so that
discord.py need not keep the view (it would keep one, and a task, for each private reply).
"""

from collections.abc import Iterable, Sequence
from typing import Any

import discord
from discord import ui

from bot.advisor.records import Reply
from bot.charts import PayChart
from bot.knowledge.records import Entry, KnowledgeBase
from bot.matching.decision import Outcome
from bot.ui import custom_ids, sentences
from bot.ui.texts import answer_text, entries_shown, reply_sentence, source_line

ACCENT = discord.Colour(0x5865F2)
QUIET = discord.Colour(0x80848E)
CHART_FILE = "pay.png"
MAX_RELATED = 3
MAX_LABEL = 80
MAX_OPTIONS = 25
MAX_QUOTE = 200


def _button(label: str, custom_id: str, style: discord.ButtonStyle = discord.ButtonStyle.secondary) -> ui.Button[Any]:
    short = label if len(label) <= MAX_LABEL else label[: MAX_LABEL - 1] + "…"
    return ui.Button(label=short, custom_id=custom_id, style=style)


def _rows(buttons: Iterable[ui.Button[Any]]) -> list[ui.ActionRow[Any]]:
    """One button a row: long labels stay readable on a phone."""
    return [ui.ActionRow(button) for button in buttons]


def _layout(*items: ui.Item[Any]) -> ui.LayoutView:
    view = ui.LayoutView(timeout=None)
    for item in items:
        view.add_item(item)
    view.stop()
    return view


def _show_buttons(knowledge: KnowledgeBase, ids: Iterable[str]) -> list[ui.Button[Any]]:
    return [_button(knowledge.entries[i].title, custom_ids.show(i)) for i in ids]


def quote(text: str) -> str:
    """A member's words, harmless: one line, Markdown and mentions escaped, cut to a readable length."""
    flat = " ".join(text.split())
    short = flat if len(flat) <= MAX_QUOTE else flat[: MAX_QUOTE - 1] + "…"
    return "-# > " + discord.utils.escape_mentions(discord.utils.escape_markdown(short))


def answer_layout(  # noqa: PLR0913 - a layout shows what it is given
    knowledge: KnowledgeBase,
    ids: Sequence[str],
    *,
    owner: int,
    private: bool,
    runners_up: Sequence[str] = (),
    chart: PayChart | None = None,
    question: str | None = None,
) -> ui.LayoutView:
    """One answer, or two side by side, with source, chart, related questions and the asker's buttons."""
    shown = entries_shown(knowledge, ids)
    parts: list[ui.Item[Any]] = [ui.TextDisplay(quote(question))] if question else []
    for number, entry in enumerate(shown):
        if number:
            parts.append(ui.Separator())
        parts.append(ui.TextDisplay(f"### {entry.title}\n{answer_text(knowledge, entry)}"))
    if chart:
        item = discord.MediaGalleryItem(f"attachment://{CHART_FILE}", description=chart.description)
        parts.append(ui.MediaGallery(item))
    source = source_line(knowledge, shown)
    if source:
        parts.append(ui.TextDisplay(f"-# {source}"))
    related = _related(shown)[:MAX_RELATED]
    manners = [_button(sentences.BUTTON_NOT_MEANT, custom_ids.not_meant(owner, ids[0], runners_up))]
    if not private:
        manners.append(_button(sentences.BUTTON_DELETE, custom_ids.delete(owner)))
    return _layout(
        ui.Container(*parts, accent_colour=ACCENT),
        *_rows(_show_buttons(knowledge, related)),
        ui.ActionRow(*manners),
    )


def _related(shown: Sequence[Entry]) -> list[str]:
    """The related entries of all that is shown, taken in turn, without those that are shown."""
    known = {entry.id for entry in shown}
    longest = max((len(entry.related) for entry in shown), default=0)
    in_turn = [e.related[place] for place in range(longest) for e in shown if place < len(e.related)]
    return [i for i in dict.fromkeys(in_turn) if i not in known]


def choices_layout(knowledge: KnowledgeBase, reply: Reply, *, owner: int, private: bool) -> ui.LayoutView:
    """A clarification: its choices as buttons, and a way out."""
    choices = [_button(e.title, custom_ids.choose(owner, e.id), discord.ButtonStyle.primary) for e in reply.entries]
    manners = [_button(sentences.BUTTON_NONE, custom_ids.none_of_these(owner))]
    if not private:
        manners.append(_button(sentences.BUTTON_DELETE, custom_ids.delete(owner)))
    text: ui.Item[Any] = ui.TextDisplay(reply_sentence(knowledge, reply))
    return _layout(ui.Container(text, accent_colour=ACCENT), *_rows(choices), ui.ActionRow(*manners))


def sentence_layout(  # noqa: PLR0913 - a layout shows what it is given
    knowledge: KnowledgeBase,
    sentence: str,
    entries: Sequence[str],
    *,
    lead: str = sentences.NEAREST,
    owner: int | None = None,
    topics: bool = True,
) -> ui.LayoutView:
    """A sentence (a decline, small talk, an apology), entries to go on with, and the way to all topics.

    With an owner, the message is public and the owner may delete it.
    """
    text = f"{sentence}\n-# {lead}" if entries and lead else sentence
    last = [_button(sentences.BUTTON_TOPICS, custom_ids.TOPICS)] if topics else []
    if owner is not None:
        last.append(_button(sentences.BUTTON_DELETE, custom_ids.delete(owner)))
    rows = [*_rows(_show_buttons(knowledge, entries)), *([ui.ActionRow(*last)] if last else [])]
    return _layout(ui.Container(ui.TextDisplay(text), accent_colour=QUIET), *rows)


def reply_layout(  # noqa: PLR0913 - a layout shows what it is given
    knowledge: KnowledgeBase,
    reply: Reply,
    *,
    owner: int,
    private: bool,
    chart: PayChart | None = None,
    question: str | None = None,
) -> ui.LayoutView:
    """The layout of any reply."""
    if reply.outcome is Outcome.ANSWER:
        ids = [e.id for e in reply.entries]
        runners_up = [e.id for e in reply.runners_up]
        return answer_layout(
            knowledge, ids, owner=owner, private=private, runners_up=runners_up, chart=chart, question=question
        )
    if reply.outcome is Outcome.CLARIFY:
        return choices_layout(knowledge, reply, owner=owner, private=private)
    ids = [e.id for e in reply.entries]
    sentence = reply_sentence(knowledge, reply)
    return sentence_layout(knowledge, sentence, ids, owner=None if private else owner)


def topics_layout(knowledge: KnowledgeBase, topic: str | None = None) -> ui.LayoutView:
    """All topics in a menu; with a topic, its questions in a second one."""
    topics = topics_of(knowledge)
    chooser: ui.Select[Any] = ui.Select(
        custom_id=custom_ids.TOPIC,
        placeholder=sentences.CHOOSE_TOPIC,
        options=[
            discord.SelectOption(label=title, value=key, default=key == topic)
            for key, title in list(topics.items())[:MAX_OPTIONS]
        ],
    )
    items: list[ui.Item[Any]] = [ui.Container(ui.TextDisplay(f"### {sentences.TOPICS}"), accent_colour=ACCENT)]
    items.append(ui.ActionRow(chooser))
    if topic in topics:
        entries = [e for e in knowledge.entries.values() if e.topic == topic][:MAX_OPTIONS]
        options = [discord.SelectOption(label=e.title, value=e.id, description=e.ask[0][:100]) for e in entries]
        menu: ui.Select[Any] = ui.Select(
            custom_id=custom_ids.ENTRY, placeholder=sentences.CHOOSE_ENTRY, options=options
        )
        items.append(ui.ActionRow(menu))
    return _layout(*items)


def topics_of(knowledge: KnowledgeBase) -> dict[str, str]:
    """The topics that have entries, by key, with their titles, in the vocabulary's order."""
    used = {e.topic for e in knowledge.entries.values()}
    return {key: term.title for key, term in knowledge.vocabulary.topics.items() if key in used}


def text_layout(text: str) -> ui.LayoutView:
    """A text alone."""
    return _layout(ui.Container(ui.TextDisplay(text), accent_colour=ACCENT))
