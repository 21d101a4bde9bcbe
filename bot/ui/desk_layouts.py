"""The moderators' screens as layouts: a text, and buttons that lead on. Sends nothing."""

from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

from bot.curation.wishes import Wish
from bot.ui import sentences
from bot.ui.custom_ids import desk
from bot.ui.desk_texts import wish_row
from bot.ui.layouts import ACCENT, button, layout, rows

PRIMARY, SUCCESS, DANGER = discord.ButtonStyle.primary, discord.ButtonStyle.success, discord.ButtonStyle.danger
PAGE = 5


def desk_layout(text: str, buttons: Sequence[ui.Button[Any]] = (), below: Sequence[ui.Item[Any]] = ()) -> ui.LayoutView:
    """A text, what is shown below it, and a row of buttons."""
    shown: ui.Item[Any] = ui.TextDisplay(text)
    return layout(ui.Container(shown, *below, accent_colour=ACCENT), *([ui.ActionRow(*buttons)] if buttons else []))


def proposal_layout(text: str, proposal: int) -> ui.LayoutView:
    """An edit that waits for a word."""
    confirm = button(sentences.BUTTON_CONFIRM, desk("confirm", proposal), SUCCESS)
    return desk_layout(text, [confirm, button(sentences.BUTTON_CANCEL, desk("cancel", proposal))])


def saved_layout(text: str, change: int, *, listed: bool) -> ui.LayoutView:
    """An edit that was saved: the way back, and to the list if it came from there."""
    more = [button(sentences.BUTTON_LIST, desk("page", 0))] if listed else []
    return desk_layout(text, [button(sentences.BUTTON_UNDO, desk("undo", change)), *more])


def wishes_layout(wishes: Sequence[Wish], page: int) -> ui.LayoutView:
    """A page of what members want to know, most wanted first."""
    if not wishes:
        return desk_layout(sentences.QUESTIONS_NONE)
    pages = -(-len(wishes) // PAGE)
    page = max(0, min(page, pages - 1))
    count = sum(len(wish.questions) for wish in wishes)
    head = sentences.QUESTIONS.format(count=count, wishes=len(wishes), page=page + 1, pages=pages)
    sections = [
        ui.Section(wish_row(wish), accessory=button(sentences.BUTTON_OPEN, desk("open", wish.latest.id)))
        for wish in wishes[page * PAGE : (page + 1) * PAGE]
    ]
    ways = []
    if page:
        ways.append(button(sentences.BUTTON_EARLIER, desk("page", page - 1)))
    if page + 1 < pages:
        ways.append(button(sentences.BUTTON_LATER, desk("page", page + 1)))
    items: list[ui.Item[Any]] = [ui.Container(ui.TextDisplay(head), *sections, accent_colour=ACCENT)]
    return layout(*items, *([ui.ActionRow(*ways)] if ways else []))


def wish_layout(text: str, question: int, nearest: Sequence[tuple[str, str]]) -> ui.LayoutView:
    """One wish, and what can be done with it; `nearest` are entries by id and title."""
    teach = [
        button(sentences.TEACH_ENTRY.format(title=title), desk("teach", question, entry), PRIMARY)
        for entry, title in nearest
    ]
    others = [
        button(sentences.BUTTON_NEW_ENTRY, desk("new", question)),
        button(sentences.BUTTON_NOT_COVERED, desk("uncovered", question)),
        button(sentences.BUTTON_DISMISS, desk("dismiss", question), DANGER),
        button(sentences.BUTTON_LIST, desk("page", 0)),
    ]
    shown: ui.Item[Any] = ui.TextDisplay(text)
    return layout(ui.Container(shown, accent_colour=ACCENT), *rows(teach), ui.ActionRow(*others))


def records_layout(question: int, nearest: Sequence[tuple[str, str]]) -> ui.LayoutView:
    """The topics that are not covered and nearest, to choose from."""
    known = [button(title, desk("decline", question, record), PRIMARY) for record, title in nearest]
    ways = [
        button(sentences.BUTTON_NEW_RECORD, desk("refuse", question)),
        button(sentences.BUTTON_LIST, desk("open", question)),
    ]
    shown: ui.Item[Any] = ui.TextDisplay(sentences.QUESTION_RECORD)
    return layout(ui.Container(shown, accent_colour=ACCENT), *rows(known), ui.ActionRow(*ways))
