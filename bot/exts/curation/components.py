"""The moderators' buttons and forms. Each asks first whether a moderator presses it."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any

import discord
from discord import ui

from bot.exts.curation.actions import run_moderator_action
from bot.exts.curation.layouts import Action
from bot.exts.curation.screens import MAX_TICKED, Curation, NewRecord
from bot.exts.curation.texts import text_field
from bot.journal.store import JournalError
from bot.knowledge.fields import Sentence, Text, Title
from bot.knowledge.records import KnowledgeBase
from bot.knowledge.writing import EditError
from bot.logs import begin_request
from bot.ui import custom_ids, sentences
from bot.ui.failures import report
from bot.ui.layouts import Screen
from bot.ui.persistent import persistent
from bot.ui.sending import Interaction, send
from bot.ui.texts import cut

MAX_OPTION = 100
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
    record = record.removeprefix(":")
    teach = partial(curation.teach, record=record)
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
        Action.REMOVE: partial(curation.remove, record=record),
    }
    if action in {Action.NEW_ENTRY, Action.NEW_TOPIC}:
        await _show_form(interaction, curation, int(number), covered=action == Action.NEW_ENTRY)
    elif action == Action.EDIT and record in curation.advisor.knowledge.intents:
        await interaction.response.send_modal(EditForm(curation.advisor.knowledge, record))
    elif action in handlers:
        await run_moderator_action(interaction, partial(handlers[action], int(number)))
    else:
        await send(interaction, sentences.QUESTION_GONE)


async def _show_form(interaction: Interaction, curation: Curation, question: int, *, covered: bool) -> None:
    try:
        new = await curation.form_for(question, covered)
    except (EditError, JournalError) as error:
        line = sentences.JOURNAL_AWAY if isinstance(error, JournalError) else str(error)
        await send(interaction, line)
    else:
        await interaction.response.send_modal(RecordForm(new))


class RecordForm(ui.Modal):
    """A form for a new entry, or for a new topic that is not covered."""

    def __init__(self, new: NewRecord) -> None:
        """Ask for what the question's new record needs."""
        super().__init__(title=sentences.MODAL_ENTRY if new.covered else sentences.MODAL_RECORD)
        self.new = new
        label, most = (sentences.MODAL_ANSWER, _most(Text)) if new.covered else (sentences.MODAL_REPLY, _most(Sentence))
        self.heading: ui.TextInput[Any] = ui.TextInput(max_length=_most(Title))
        self.text: ui.TextInput[Any] = ui.TextInput(style=discord.TextStyle.paragraph, max_length=most)
        self.wordings = _checkboxes(new.wordings, ticked=True)
        everything = [sentences.MODAL_ALL_DECLINED.format(count=len(new.declined))] if new.declined else []
        self.declined = _checkboxes([*everything, *new.declined], ticked=False, first_ticked=True)
        self.source: ui.TextInput[Any] = ui.TextInput(required=False, max_length=60)
        self.add_item(ui.Label(text=sentences.MODAL_TITLE, component=self.heading))
        self.add_item(ui.Label(text=label, component=self.text))
        self.add_item(ui.Label(text=sentences.MODAL_WORDINGS, component=self.wordings))
        if new.declined:
            self.add_item(ui.Label(text=sentences.MODAL_DECLINED, component=self.declined))
        if new.covered:
            self.add_item(ui.Label(text=sentences.MODAL_SOURCE, component=self.source))

    async def on_submit(self, interaction: Interaction, /) -> None:
        """Propose the new record; where that can't be, show what was typed again."""
        begin_request()
        curation = curation_of(interaction)
        if await curation.moderators.refuse(interaction):
            return
        asked = [self.new.wordings[int(place)] for place in self.wordings.values]
        taken = {int(place) for place in self.declined.values}
        # The first checkbox stands for all of them.
        asked += [text for place, text in enumerate(self.new.declined, 1) if taken & {0, place}]
        title, text, source = self.heading.value, self.text.value, self.source.value or ""
        work = partial(curation.add, self.new, title, text, asked, source)
        await run_moderator_action(interaction, work, typed=f"{title}\n{text}")

    async def on_error(self, interaction: Interaction, error: Exception, /) -> None:  # type: ignore[override]
        """One line to the moderator, the rest to the log."""
        await report(interaction, error)


class EditForm(ui.Modal):
    """A form with a record's title and text, to be written anew."""

    def __init__(self, knowledge: KnowledgeBase, record: str) -> None:
        """Show them as they are."""
        super().__init__(title=sentences.MODAL_EDIT)
        self.record, intent = record, knowledge.intents[record]
        covered = record in knowledge.entries
        label, most = (sentences.MODAL_ANSWER, _most(Text)) if covered else (sentences.MODAL_REPLY, _most(Sentence))
        said = getattr(intent, text_field(knowledge, record))
        self.heading: ui.TextInput[Any] = ui.TextInput(max_length=_most(Title), default=intent.title)
        self.text: ui.TextInput[Any] = ui.TextInput(style=discord.TextStyle.paragraph, max_length=most, default=said)
        self.add_item(ui.Label(text=sentences.MODAL_TITLE, component=self.heading))
        self.add_item(ui.Label(text=label, component=self.text))

    async def on_submit(self, interaction: Interaction, /) -> None:
        """Propose the new text; where that can't be, show what was typed again."""
        begin_request()
        curation = curation_of(interaction)
        if not await curation.moderators.refuse(interaction):
            title, text = self.heading.value, self.text.value
            work = partial(curation.rewrite, self.record, title, text)
            await run_moderator_action(interaction, work, typed=f"{title}\n{text}")

    async def on_error(self, interaction: Interaction, error: Exception, /) -> None:  # type: ignore[override]
        """One line to the moderator, the rest to the log."""
        await report(interaction, error)


def _checkboxes(texts: Sequence[str], *, ticked: bool, first_ticked: bool = False) -> "ui.CheckboxGroup[Any]":
    """A checkbox for each of the first texts; its value is the text's place."""
    options = [
        discord.CheckboxGroupOption(
            label=cut(text, MAX_OPTION), value=str(place), default=ticked or (first_ticked and not place)
        )
        for place, text in enumerate(texts[:MAX_TICKED])
    ]
    return ui.CheckboxGroup(options=options, required=False, min_values=0, max_values=len(options) or 1)


def _most(kind: Any) -> int:  # noqa: ANN401 - an annotated type
    """How long a field of the knowledge files may be."""
    return int(kind.__metadata__[0].max_length)


CURATION_ITEMS = (curation_button,)
