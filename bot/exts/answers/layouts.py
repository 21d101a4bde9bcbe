"""Replies → screens. Sends nothing."""

from collections.abc import Mapping, Sequence
from typing import Any

import discord
from discord import ui
from discord.utils import as_chunks

from bot.charts.canvas import Chart
from bot.dialogue.records import Aspect, Reply
from bot.exts.answers.quoted_question import quote
from bot.knowledge.records import KnowledgeBase
from bot.matching.decision import Outcome
from bot.ui import custom_ids, sentences
from bot.ui.layouts import (
    MAX_OPTIONS,
    PRIMARY,
    QUIET,
    Button,
    Screen,
    button,
    entry_buttons,
    fits_beside,
    in_rows,
    screen,
)
from bot.ui.texts import (
    answer_text,
    entries_shown,
    personal_notes,
    related_entries,
    reply_sentence,
    source_line,
)

# What entries without a topic are listed under.
NO_TOPIC = "no_topic"
MAX_ROWS = 5


def answer_layout(  # noqa: PLR0913 - a layout shows what it is given
    knowledge: KnowledgeBase,
    ids: Sequence[str],
    *,
    owner: int,
    private: bool,
    runners_up: Sequence[str] = (),
    chart: Chart | None = None,
    lead: str | None = None,
    aspect: Aspect = Aspect.ANSWER,
) -> Screen:
    """One answer, or two side by side, with source, chart, related questions and the asker's buttons."""
    shown = entries_shown(knowledge, ids, aspect)
    answers = [f"### {entry.title}\n{answer_text(knowledge, entry, aspect)}" for entry in shown]
    separated = [part for answer in answers for part in (ui.Separator[Any](), answer)][1:]
    source = source_line(knowledge, shown, aspect)
    text, *below = [part for part in (lead, *separated, chart, source and f"-# {source}") if part is not None]
    related_buttons = entry_buttons(knowledge, related_entries(shown))
    if knowledge.quiz and any(entry.topic in knowledge.quiz.offered_under for entry in shown):
        related_buttons.insert(0, button(sentences.BUTTON_WHICH_SUITS_ME, custom_ids.QUIZ_START, PRIMARY))
    key, others = custom_ids.key_of(ids[0]), custom_ids.keys_of(runners_up)
    footer_buttons = [
        button(sentences.BUTTON_UP, custom_ids.VOTE.format(side="up", shown=key, others="")),
        button(sentences.BUTTON_DOWN, custom_ids.VOTE.format(side="down", shown=key, others=others)),
        *_delete_button(None if private else owner),
    ]
    return screen(str(text), _one_row(related_buttons), footer_buttons, below=below)


def _one_row(buttons: Sequence[Button]) -> list[Button]:
    """The first button, and the first of the others that a phone shows beside it."""
    row = list(buttons[:1])
    return row + [one for one in buttons[1:] if fits_beside([*row, one])][:1]


def sentence_layout(  # noqa: PLR0913 - a layout shows what it is given
    knowledge: KnowledgeBase,
    sentence: str,
    entries: Sequence[str] = (),
    *,
    lead: str = sentences.NEAREST,
    owner: int | None = None,
    topics: bool = True,
    tell: str | None = None,
) -> Screen:
    """A sentence (a decline, small talk, an apology), entries to go on with, and the way to all topics.

    With an owner, the message is public and the owner may delete it. `tell` is the custom_id of "Tell me".
    """
    text = f"{sentence}\n-# {lead}" if entries and lead else sentence
    footer_buttons = [button(sentences.BUTTON_TOPICS, custom_ids.TOPICS)] if topics else []
    if tell:
        footer_buttons.append(button(sentences.BUTTON_TELL, tell))
    footer_buttons += _delete_button(owner)
    return screen(text, *in_rows(entry_buttons(knowledge, entries)), footer_buttons, colour=QUIET)


def reply_layout(  # noqa: PLR0913 - a layout shows what it is given
    knowledge: KnowledgeBase,
    reply: Reply,
    *,
    owner: int,
    private: bool,
    chart: Chart | None = None,
    question: str | None = None,
    number: int | None = None,
    beginning_only: bool = False,
) -> Screen:
    """The layout of any reply, the question quoted above an answer; `number` is that of the open question."""
    ids = [e.id for e in reply.entries]
    notes = [f"-# {sentences.BEGINNING_ONLY}"] if beginning_only else []
    if reply.outcome is Outcome.ANSWER:
        titles = {knowledge.entries[i].title.casefold() for i in ids}
        above = [
            *([quote(question)] if question and question.casefold() not in titles else []),
            *notes,
            *_quiz_note(knowledge, reply),
            *personal_notes(knowledge, reply),
        ]
        return answer_layout(
            knowledge,
            ids,
            owner=owner,
            private=private,
            runners_up=[e.id for e in reply.runners_up],
            chart=chart,
            lead="\n".join(above) or None,
            aspect=reply.aspect,
        )
    sentence, may_delete = "\n".join([*notes, reply_sentence(knowledge, reply)]), None if private else owner
    if reply.outcome is Outcome.CLARIFY:
        choices = [button(e.title, custom_ids.CHOOSE.format(owner=owner, entry=e.id), PRIMARY) for e in reply.entries]
        none = button(sentences.BUTTON_NONE, custom_ids.NONE_OF_THESE.format(owner=owner))
        return screen(sentence, *in_rows(choices), [none, *_delete_button(may_delete)])
    tell = custom_ids.TELL.format(owner=owner, question=number) if number else None
    return sentence_layout(knowledge, sentence, ids, owner=may_delete, tell=tell)


def _quiz_note(knowledge: KnowledgeBase, reply: Reply) -> list[str]:
    """What the quiz said of the member, above an answer about which role suits whom."""
    topic, note = knowledge.entries[reply.entries[0].id].topic, reply.conversation.quiz_note
    return [note] if note and knowledge.quiz and topic in knowledge.quiz.told_under else []


def topics_layout(knowledge: KnowledgeBase, topic: str | None = None) -> Screen:
    """All topics in a menu; with a topic, its questions in another. Of too many for one menu, more menus."""
    topics = topics_of(knowledge)
    entries = {e.id: e.title for e in knowledge.entries.values() if (e.topic or NO_TOPIC) == topic}
    menus = [
        *_menus(custom_ids.TOPIC, sentences.CHOOSE_TOPIC, topics, topic),
        *_menus(custom_ids.ENTRY, sentences.CHOOSE_ENTRY, entries),
    ]
    return screen(f"### {sentences.TOPICS}", *([menu] for menu in menus[:MAX_ROWS]))


def topics_of(knowledge: KnowledgeBase) -> dict[str, str]:
    """The topics that have entries, by key, with their titles, in the vocabulary's order; last, what has none."""
    used = {e.topic for e in knowledge.entries.values()}
    named = {key: term.title for key, term in knowledge.vocabulary.topics.items() if key in used}
    return named | ({NO_TOPIC: sentences.NO_TOPIC} if None in used else {})


def _menus(
    custom_id: str, placeholder: str, titles: Mapping[str, str], chosen: str | None = None
) -> list[ui.Select[Any]]:
    options = [discord.SelectOption(label=title, value=key, default=key == chosen) for key, title in titles.items()]
    return [
        ui.Select(
            custom_id=custom_id.format(menu=f":{number}" if number else ""), placeholder=placeholder, options=part
        )
        for number, part in enumerate(as_chunks(options, MAX_OPTIONS))
    ]


def _delete_button(owner: int | None) -> list[Button]:
    """For a public message's owner; a private message has none."""
    return [] if owner is None else [button(sentences.BUTTON_DELETE, custom_ids.DELETE.format(owner=owner))]
