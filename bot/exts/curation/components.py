"""The moderators' buttons and forms. Each asks first whether a moderator presses it."""

from typing import Any, Protocol

import discord
from discord import ui

from bot.exts.curation.screens import CurationScreens, run_moderator_action
from bot.knowledge.records import Sentence, Text, Title
from bot.logs import begin_request
from bot.ui import custom_ids, sentences
from bot.ui.failures import report
from bot.ui.persistent import Interaction, PersistentItem


class _Client(Protocol):
    curation: CurationScreens


def screens_of(interaction: Interaction) -> CurationScreens:
    """The curation screens of the bot that got this interaction."""
    client: _Client = interaction.client
    return client.curation


async def refused(interaction: Interaction) -> bool:
    """Tell whoever is no moderator so, privately; whether that was done."""
    if screens_of(interaction).moderators.include(interaction):
        return False
    await interaction.response.send_message(sentences.MODERATORS_ONLY, ephemeral=True)
    return True


class CurationButton(PersistentItem, template=custom_ids.CURATION):
    """Any button of these screens: the screen that it leads to is its custom_id."""

    async def pressed(self, interaction: Interaction) -> None:
        if await refused(interaction):
            return
        screens, number, record = screens_of(interaction), int(self.state["number"]), self.state["record"] or ""
        match self.state["action"]:
            case "new" | "refuse" as action:
                await interaction.response.send_modal(RecordForm(number, covered=action == "new"))
            case "teach" | "decline":
                await run_moderator_action(interaction, screens.teach, number, record)
            case "page" | "open" | "uncovered" | "dismiss" | "confirm" | "cancel" | "undo" as action:
                await run_moderator_action(interaction, getattr(screens, action), number)
            case _:
                await interaction.response.send_message(sentences.QUESTION_GONE, ephemeral=True)


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
        if not await refused(interaction):
            screens, values = screens_of(interaction), (self.heading.value, self.text.value)
            await run_moderator_action(interaction, screens.add, self.question, *values, self.covered)

    async def on_error(self, interaction: Interaction, error: Exception, /) -> None:  # type: ignore[override]
        """One line to the moderator, the rest to the log."""
        await report(interaction, error)


def _most(kind: Any) -> int:  # noqa: ANN401 - an annotated type
    """How long a field of the knowledge files may be."""
    return int(kind.__metadata__[0].max_length)


CURATION_ITEMS = (CurationButton,)
