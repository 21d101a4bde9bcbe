"""The moderators' buttons and forms. Each asks first whether a moderator presses it."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import discord
from discord import ui

from bot.exts.curation.layouts import Action
from bot.exts.curation.screens import Curation, run_moderator_action
from bot.knowledge.fields import Sentence, Text, Title
from bot.logs import begin_request
from bot.ui import custom_ids, sentences
from bot.ui.failures import report
from bot.ui.layouts import Screen
from bot.ui.persistent import persistent
from bot.ui.sending import Interaction, send

Handler = Callable[[int], Awaitable[Screen | None]]


def curation_of(interaction: Interaction) -> Curation:
    """The curation of the bot that got this interaction."""
    curation: Curation = interaction.client.curation
    return curation


@persistent(custom_ids.CURATION)
async def curation_button(interaction: Interaction, action: str, number: str, record: str) -> None:
    """Any button of these screens: an action, and the number of what it is done to."""
    curation = curation_of(interaction)
    if await curation.moderators.refuse(interaction):
        return
    teach = partial(curation.teach, record=record.removeprefix(":"))
    handlers: dict[str, Handler] = {
        Action.PAGE: curation.page,
        Action.OPEN: curation.open,
        Action.TEACH: teach,
        Action.CHOOSE_TOPIC: curation.choose_topic,
        Action.DECLINE: teach,
        Action.DISMISS: curation.dismiss,
        Action.CONFIRM: partial(curation.confirm, interaction=interaction),
        Action.CANCEL: curation.cancel,
        Action.UNDO: curation.undo,
    }
    if action in {Action.NEW_ENTRY, Action.NEW_TOPIC}:
        await interaction.response.send_modal(RecordForm(int(number), covered=action == Action.NEW_ENTRY))
    elif action in handlers:
        await run_moderator_action(interaction, partial(handlers[action], int(number)))
    else:
        await send(interaction, sentences.QUESTION_GONE)


class RecordForm(ui.Modal):
    """A form for a new entry, or for a new topic that is not covered."""

    def __init__(self, question: int, *, covered: bool) -> None:
        """Ask for what the question's new record needs."""
        super().__init__(title=sentences.MODAL_ENTRY if covered else sentences.MODAL_RECORD)
        self.question, self.covered = question, covered
        label, most = (sentences.MODAL_ANSWER, _most(Text)) if covered else (sentences.MODAL_REPLY, _most(Sentence))
        self.heading: ui.TextInput[Any] = ui.TextInput(max_length=_most(Title))
        self.text: ui.TextInput[Any] = ui.TextInput(style=discord.TextStyle.paragraph, max_length=most)
        self.add_item(ui.Label(text=sentences.MODAL_TITLE, component=self.heading))
        self.add_item(ui.Label(text=label, component=self.text))

    async def on_submit(self, interaction: Interaction, /) -> None:
        """Propose the new record."""
        begin_request()
        curation = curation_of(interaction)
        if not await curation.moderators.refuse(interaction):
            work = partial(curation.add, self.question, self.heading.value, self.text.value, self.covered)
            await run_moderator_action(interaction, work)

    async def on_error(self, interaction: Interaction, error: Exception, /) -> None:  # type: ignore[override]
        """One line to the moderator, the rest to the log."""
        await report(interaction, error)


def _most(kind: Any) -> int:  # noqa: ANN401 - an annotated type
    """How long a field of the knowledge files may be."""
    return int(kind.__metadata__[0].max_length)


CURATION_ITEMS = (curation_button,)
