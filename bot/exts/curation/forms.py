"""The moderators' forms. Each asks first whether a moderator has sent it; what was typed is never lost."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import discord
from discord import ui

from bot.exts.curation.actions import failed, run_moderator_action
from bot.exts.curation.screens import MAX_TICKED, Curation, NewRecord, curation_of
from bot.exts.curation.texts import text_field
from bot.journal.store import random_id
from bot.knowledge.fields import Sentence, Text, Title
from bot.logs import begin_request
from bot.ui import sentences
from bot.ui.failures import report
from bot.ui.sending import Interaction, send
from bot.ui.texts import cut

MAX_OPTION = 100
PREFIX = "form"


class Form(ui.Modal):
    """What all forms share. Unlike a button, a form is known only to the process that has shown it."""

    def __init__(self, curation: Curation, title: str) -> None:
        """Name the run of the bot in which it is shown."""
        super().__init__(title=title, custom_id=f"{PREFIX}:{curation.run}:{random_id()}")

    async def on_error(self, interaction: Interaction, error: Exception, /) -> None:  # type: ignore[override]
        """One line to the moderator, the rest to the log."""
        await report(interaction, error)


async def answer_lost_form(interaction: Interaction) -> None:
    """A form that was open over a restart gets a line, with what was typed into it."""
    data: Any = interaction.data or {}
    prefix, _, rest = str(data.get("custom_id", "")).partition(":")
    curation = curation_of(interaction)
    if interaction.type is not discord.InteractionType.modal_submit or prefix != PREFIX:
        return
    if rest.partition(":")[0] != str(curation.run) and not await curation.moderators.refuse(interaction):
        await send(interaction, failed(sentences.FORM_LOST, "\n".join(_typed(data))))


def _typed(part: Mapping[str, Any]) -> Iterator[str]:
    """The texts in what Discord sends of a form."""
    if isinstance(part.get("value"), str):
        yield part["value"]
    for inner in (*part.get("components", ()), *([part["component"]] if "component" in part else ())):
        yield from _typed(inner)


class RecordForm(Form):
    """A form for a new entry, or for a new topic that is not covered."""

    def __init__(self, curation: Curation, new: NewRecord) -> None:
        """Ask for what the question's new record needs."""
        super().__init__(curation, sentences.MODAL_ENTRY if new.covered else sentences.MODAL_RECORD)
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


class EditForm(Form):
    """A form with a record's title and text, to be written anew."""

    def __init__(self, curation: Curation, record: str) -> None:
        """Show them as they are."""
        super().__init__(curation, sentences.MODAL_EDIT)
        knowledge = curation.advisor.knowledge
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
