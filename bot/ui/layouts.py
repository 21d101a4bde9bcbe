"""Replies → Components V2 layouts, made for a phone: short lines, few buttons, no tables. Sends nothing.

Views are stopped before they are sent: all their items are `DynamicItem`s, whose state is in the custom_id, so that
discord.py need not keep the view (it would keep one, and a task, for each private reply).
"""

from collections.abc import Iterable, Sequence
from typing import Any

import discord
from discord import ui

from bot.charts.canvas import Chart
from bot.dialogue.records import Reply
from bot.knowledge.records import KnowledgeBase
from bot.matching.decision import Outcome
from bot.ui import custom_ids, sentences
from bot.ui.texts import answer_text, entries_shown, related_entries, reply_sentence, source_line

ACCENT = discord.Colour(0x5865F2)
QUIET = discord.Colour(0x80848E)
CHART_FILE = "chart.png"
MAX_LABEL = 80
MAX_OPTIONS = 25
MAX_QUOTE = 200
QUOTED = "-# > "


def button(label: str, custom_id: str, style: discord.ButtonStyle = discord.ButtonStyle.secondary) -> ui.Button[Any]:
    """A button; a label that is too long for Discord is cut."""
    short = label if len(label) <= MAX_LABEL else label[: MAX_LABEL - 1] + "…"
    return ui.Button(label=short, custom_id=custom_id, style=style)


def rows(buttons: Iterable[ui.Button[Any]]) -> list[ui.ActionRow[Any]]:
    """One button a row: long labels stay readable on a phone."""
    return [ui.ActionRow(button) for button in buttons]


def picture(chart: Chart) -> ui.MediaGallery[Any]:
    """The place of a chart in a message that has it as an attachment."""
    return ui.MediaGallery(discord.MediaGalleryItem(f"attachment://{CHART_FILE}", description=chart.description))


def layout(*items: ui.Item[Any]) -> ui.LayoutView:
    """The items, one below the other; kept by nobody."""
    view = ui.LayoutView(timeout=None)
    for item in items:
        view.add_item(item)
    view.stop()
    return view


def show_buttons(knowledge: KnowledgeBase, ids: Iterable[str]) -> list[ui.Button[Any]]:
    """A button for each entry that shows it."""
    return [button(knowledge.entries[i].title, custom_ids.show(i)) for i in ids]


def quote_name(text: str) -> str:
    """A member's name, harmless: Markdown and mentions escaped."""
    return discord.utils.escape_mentions(discord.utils.escape_markdown(" ".join(text.split())))


def quote(text: str) -> str:
    """A member's words, harmless: one line, Markdown and mentions escaped, cut to a readable length."""
    flat = " ".join(text.split())
    short = flat if len(flat) <= MAX_QUOTE else flat[: MAX_QUOTE - 1] + "…"
    return QUOTED + quote_name(short)


def answer_layout(  # noqa: PLR0913 - a layout shows what it is given
    knowledge: KnowledgeBase,
    ids: Sequence[str],
    *,
    owner: int,
    private: bool,
    runners_up: Sequence[str] = (),
    chart: Chart | None = None,
    lead: str | None = None,
) -> ui.LayoutView:
    """One answer, or two side by side, with source, chart, related questions and the asker's buttons."""
    shown = entries_shown(knowledge, ids)
    parts: list[ui.Item[Any]] = [ui.TextDisplay(lead)] if lead else []
    for number, entry in enumerate(shown):
        if number:
            parts.append(ui.Separator())
        parts.append(ui.TextDisplay(f"### {entry.title}\n{answer_text(knowledge, entry)}"))
    if chart:
        parts.append(picture(chart))
    source = source_line(knowledge, shown)
    if source:
        parts.append(ui.TextDisplay(f"-# {source}"))
    related_buttons = show_buttons(knowledge, related_entries(shown))
    if knowledge.quiz and any(entry.topic in knowledge.quiz.offered_under for entry in shown):
        related_buttons.insert(
            0, button(sentences.BUTTON_WHICH_SUITS_ME, custom_ids.QUIZ_START, discord.ButtonStyle.primary)
        )
    footer = [
        button(sentences.BUTTON_UP, custom_ids.vote("up", ids[0], ())),
        button(sentences.BUTTON_DOWN, custom_ids.vote("down", ids[0], runners_up)),
        button(sentences.BUTTON_NOT_MEANT, custom_ids.not_meant(owner, ids[0], runners_up)),
    ]
    if not private:
        footer.append(button(sentences.BUTTON_DELETE, custom_ids.delete(owner)))
    return layout(
        ui.Container(*parts, accent_colour=ACCENT),
        *rows(related_buttons),
        ui.ActionRow(*footer),
    )


def choices_layout(knowledge: KnowledgeBase, reply: Reply, *, owner: int, private: bool) -> ui.LayoutView:
    """A clarification: its choices as buttons, and a way out."""
    choices = [button(e.title, custom_ids.choose(owner, e.id), discord.ButtonStyle.primary) for e in reply.entries]
    footer = [button(sentences.BUTTON_NONE, custom_ids.none_of_these(owner))]
    if not private:
        footer.append(button(sentences.BUTTON_DELETE, custom_ids.delete(owner)))
    text: ui.Item[Any] = ui.TextDisplay(reply_sentence(knowledge, reply))
    return layout(ui.Container(text, accent_colour=ACCENT), *rows(choices), ui.ActionRow(*footer))


def sentence_layout(  # noqa: PLR0913 - a layout shows what it is given
    knowledge: KnowledgeBase,
    sentence: str,
    entries: Sequence[str],
    *,
    lead: str = sentences.NEAREST,
    owner: int | None = None,
    topics: bool = True,
    tell: str | None = None,
) -> ui.LayoutView:
    """A sentence (a decline, small talk, an apology), entries to go on with, and the way to all topics.

    With an owner, the message is public and the owner may delete it. `tell` is the custom_id of "Tell me".
    """
    text = f"{sentence}\n-# {lead}" if entries and lead else sentence
    last = [button(sentences.BUTTON_TOPICS, custom_ids.TOPICS)] if topics else []
    if tell:
        last.append(button(sentences.BUTTON_TELL, tell))
    if owner is not None:
        last.append(button(sentences.BUTTON_DELETE, custom_ids.delete(owner)))
    buttons = [*rows(show_buttons(knowledge, entries)), *([ui.ActionRow(*last)] if last else [])]
    return layout(ui.Container(ui.TextDisplay(text), accent_colour=QUIET), *buttons)


def reply_layout(  # noqa: PLR0913 - a layout shows what it is given
    knowledge: KnowledgeBase,
    reply: Reply,
    *,
    owner: int,
    private: bool,
    chart: Chart | None = None,
    question: str | None = None,
    number: int | None = None,
) -> ui.LayoutView:
    """The layout of any reply; `number` is that of the open question."""
    if reply.outcome is Outcome.ANSWER:
        ids = [e.id for e in reply.entries]
        runners_up = [e.id for e in reply.runners_up]
        lead = quote(question) if question else None
        return answer_layout(
            knowledge, ids, owner=owner, private=private, runners_up=runners_up, chart=chart, lead=lead
        )
    if reply.outcome is Outcome.CLARIFY:
        return choices_layout(knowledge, reply, owner=owner, private=private)
    ids = [e.id for e in reply.entries]
    sentence = reply_sentence(knowledge, reply)
    tell = custom_ids.tell(owner, number) if number else None
    return sentence_layout(knowledge, sentence, ids, owner=None if private else owner, tell=tell)


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
        options = [discord.SelectOption(label=e.title, value=e.id) for e in entries]
        menu: ui.Select[Any] = ui.Select(
            custom_id=custom_ids.ENTRY, placeholder=sentences.CHOOSE_ENTRY, options=options
        )
        items.append(ui.ActionRow(menu))
    return layout(*items)


def topics_of(knowledge: KnowledgeBase) -> dict[str, str]:
    """The topics that have entries, by key, with their titles, in the vocabulary's order."""
    used = {e.topic for e in knowledge.entries.values()}
    return {key: term.title for key, term in knowledge.vocabulary.topics.items() if key in used}


def screen(
    text: str,
    *buttons: Sequence[ui.Button[Any]],
    below: Sequence[ui.Item[Any]] = (),
    colour: discord.Colour = ACCENT,
) -> ui.LayoutView:
    """A text, what is shown below it, and rows of buttons; an empty row is left out."""
    shown: ui.Item[Any] = ui.TextDisplay(text)
    return layout(ui.Container(shown, *below, accent_colour=colour), *(ui.ActionRow(*row) for row in buttons if row))
