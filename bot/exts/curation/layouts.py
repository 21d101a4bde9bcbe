"""The moderators' screens as layouts: a text, and buttons that lead on. Sends nothing."""

from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

from bot.curation.question_clusters import QuestionCluster
from bot.exts.curation.texts import cluster_row
from bot.ui import sentences
from bot.ui.custom_ids import curation_action
from bot.ui.layouts import ACCENT, button, layout, rows, screen

PRIMARY, SUCCESS, DANGER = discord.ButtonStyle.primary, discord.ButtonStyle.success, discord.ButtonStyle.danger
PAGE = 5


def proposal_layout(text: str, proposal: int) -> ui.LayoutView:
    """An edit that waits for confirmation."""
    confirm = button(sentences.BUTTON_CONFIRM, curation_action("confirm", proposal), SUCCESS)
    return screen(text, [confirm, button(sentences.BUTTON_CANCEL, curation_action("cancel", proposal))])


def saved_layout(text: str, change: int, *, listed: bool) -> ui.LayoutView:
    """An edit that was saved: the way back, and to the list if it came from there."""
    more = [button(sentences.BUTTON_LIST, curation_action("page", 0))] if listed else []
    return screen(text, [button(sentences.BUTTON_UNDO, curation_action("undo", change)), *more])


def clusters_layout(clusters: Sequence[QuestionCluster], page: int) -> ui.LayoutView:
    """A page of what members want to know, most wanted first."""
    if not clusters:
        return screen(sentences.QUESTIONS_NONE)
    pages = -(-len(clusters) // PAGE)
    page = max(0, min(page, pages - 1))
    count = sum(len(cluster.questions) for cluster in clusters)
    head = sentences.QUESTIONS.format(count=count, clusters=len(clusters), page=page + 1, pages=pages)
    sections = [
        ui.Section(
            cluster_row(cluster), accessory=button(sentences.BUTTON_OPEN, curation_action("open", cluster.latest.id))
        )
        for cluster in clusters[page * PAGE : (page + 1) * PAGE]
    ]
    navigation = []
    if page:
        navigation.append(button(sentences.BUTTON_EARLIER, curation_action("page", page - 1)))
    if page + 1 < pages:
        navigation.append(button(sentences.BUTTON_LATER, curation_action("page", page + 1)))
    items: list[ui.Item[Any]] = [ui.Container(ui.TextDisplay(head), *sections, accent_colour=ACCENT)]
    return layout(*items, *([ui.ActionRow(*navigation)] if navigation else []))


def cluster_layout(text: str, question: int, nearest: Sequence[tuple[str, str]]) -> ui.LayoutView:
    """One cluster, and what can be done with it; `nearest` are entries by id and title."""
    teach = [
        button(sentences.TEACH_ENTRY.format(title=title), curation_action("teach", question, entry), PRIMARY)
        for entry, title in nearest
    ]
    others = [
        button(sentences.BUTTON_NEW_ENTRY, curation_action("new", question)),
        button(sentences.BUTTON_NOT_COVERED, curation_action("uncovered", question)),
        button(sentences.BUTTON_DISMISS, curation_action("dismiss", question), DANGER),
        button(sentences.BUTTON_LIST, curation_action("page", 0)),
    ]
    shown: ui.Item[Any] = ui.TextDisplay(text)
    return layout(ui.Container(shown, accent_colour=ACCENT), *rows(teach), ui.ActionRow(*others))


def records_layout(question: int, nearest: Sequence[tuple[str, str]]) -> ui.LayoutView:
    """The topics that are not covered and nearest, to choose from."""
    known = [button(title, curation_action("decline", question, record), PRIMARY) for record, title in nearest]
    navigation = [
        button(sentences.BUTTON_NEW_RECORD, curation_action("refuse", question)),
        button(sentences.BUTTON_LIST, curation_action("open", question)),
    ]
    shown: ui.Item[Any] = ui.TextDisplay(sentences.QUESTION_RECORD)
    return layout(ui.Container(shown, accent_colour=ACCENT), *rows(known), ui.ActionRow(*navigation))
