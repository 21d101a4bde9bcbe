"""The moderators' screens as layouts: a text, and buttons that lead on. Sends nothing."""

from collections.abc import Sequence
from enum import StrEnum

import discord
from discord import ui
from discord.utils import as_chunks

from bot.curation.question_clusters import QuestionCluster
from bot.exts.curation.texts import cluster_row
from bot.knowledge.records import KnowledgeBase
from bot.ui import sentences
from bot.ui.custom_ids import curation_action
from bot.ui.layouts import PRIMARY, SECONDARY, SUCCESS, Button, Screen, button, screen, stacked

PAGE = 5
Records = Sequence[tuple[str, str]]


class Action(StrEnum):
    """What a button does. The values stand in the custom_ids of messages that were sent long ago: they never change."""

    PAGE = "page"
    OPEN = "open"
    TEACH = "teach"
    NEW_ENTRY = "new"
    CHOOSE_TOPIC = "uncovered"
    DECLINE = "decline"
    NEW_TOPIC = "refuse"
    RIGHT = "right"
    DISMISS = "dismiss"
    SUBMIT = "submit"
    CONFIRM = "confirm"
    CANCEL = "cancel"
    UNDO = "undo"
    EDIT = "edit"
    REMOVE = "remove"


STYLES = {
    Action.TEACH: PRIMARY,
    Action.DECLINE: PRIMARY,
    Action.CONFIRM: SUCCESS,
    Action.SUBMIT: SUCCESS,
    Action.RIGHT: SUCCESS,
    Action.DISMISS: discord.ButtonStyle.danger,
    Action.REMOVE: discord.ButtonStyle.danger,
}
RECORD_ACTIONS = ((sentences.BUTTON_EDIT, Action.EDIT), (sentences.BUTTON_REMOVE, Action.REMOVE))


def press(label: str, action: Action, number: int, record: str = "") -> Button:
    """A button for an action on a page, a question, a proposal or a change."""
    return button(label, curation_action(action, number, record), STYLES.get(action, SECONDARY))


def decision(proposal: int, action: Action | None) -> list[Button]:
    """What can be done with a proposal, besides to cancel it."""
    labels = {Action.CONFIRM: sentences.BUTTON_CONFIRM, Action.SUBMIT: sentences.BUTTON_SUBMIT}
    decide = [press(labels[action], action, proposal)] if action else []
    return [*decide, press(sentences.BUTTON_CANCEL, Action.CANCEL, proposal)]


def to_list() -> list[Button]:
    """The way back to the open questions."""
    return [press(sentences.BUTTON_LIST, Action.PAGE, 0)]


def clusters_layout(knowledge: KnowledgeBase, clusters: Sequence[QuestionCluster], page: int) -> Screen:
    """A page of what members want to know: what needs a moderator, most wanted first, then what is settled."""
    if not clusters:
        return screen(sentences.QUESTIONS_NONE)
    pages = list(as_chunks(clusters, PAGE))
    page = max(0, min(page, len(pages) - 1))
    count = sum(len(cluster.questions) for cluster in clusters)
    head = sentences.QUESTIONS.format(count=count, clusters=len(clusters), page=page + 1, pages=len(pages))
    settled = sum(len(cluster.questions) for cluster in clusters if cluster.is_settled)
    head += f"\n-# {sentences.QUESTIONS_SETTLED.format(count=settled)}" if settled else ""
    sections = [
        ui.Section(
            cluster_row(knowledge, cluster),
            accessory=press(sentences.BUTTON_OPEN, Action.OPEN, cluster.latest.id),
        )
        for cluster in pages[page]
    ]
    navigation = [press(sentences.BUTTON_EARLIER, Action.PAGE, page - 1)] if page else []
    if page + 1 < len(pages):
        navigation.append(press(sentences.BUTTON_LATER, Action.PAGE, page + 1))
    return screen(head, navigation, below=sections)


def cluster_layout(text: str, question: int, nearest: Records, *, is_answered: bool) -> Screen:
    """One cluster, and what can be done with it; `nearest` are entries by id and title."""
    label = sentences.TEACH_ENTRY
    teach = [press(label.format(title=title), Action.TEACH, question, entry) for entry, title in nearest]
    others = [
        press(sentences.BUTTON_NEW_ENTRY, Action.NEW_ENTRY, question),
        press(sentences.BUTTON_NOT_COVERED, Action.CHOOSE_TOPIC, question),
        press(sentences.BUTTON_DISMISS, Action.DISMISS, question),
        *to_list(),
    ]
    right = [press(sentences.BUTTON_RIGHT, Action.RIGHT, question)] if is_answered else []
    return screen(text, right, *stacked(teach), others)


def topics_layout(question: int, nearest: Records) -> Screen:
    """The topics that are not covered and nearest, to choose from."""
    known = [press(title, Action.DECLINE, question, record) for record, title in nearest]
    new = press(sentences.BUTTON_NEW_RECORD, Action.NEW_TOPIC, question)
    back = press(sentences.BUTTON_LIST, Action.OPEN, question)
    return screen(sentences.QUESTION_RECORD, *stacked(known), [new, back])
