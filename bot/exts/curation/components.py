"""The moderators' buttons. Each asks first whether a moderator presses it."""

from collections.abc import Awaitable, Callable
from functools import partial

from bot.exts.curation.actions import run_moderator_action
from bot.exts.curation.forms import EditForm, RecordForm
from bot.exts.curation.layouts import Action
from bot.exts.curation.screens import Curation, curation_of
from bot.journal.store import JournalError
from bot.knowledge.writing import EditError
from bot.ui import custom_ids, sentences
from bot.ui.layouts import Screen
from bot.ui.persistent import persistent
from bot.ui.sending import Interaction, send

Handler = Callable[[int], Awaitable[Screen | None]]


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
        Action.RIGHT: curation.confirm_answer,
        Action.DISMISS: curation.dismiss,
        Action.SUBMIT: partial(curation.decisions.submit, interaction=interaction),
        Action.CONFIRM: partial(curation.decisions.confirm, interaction=interaction),
        Action.CANCEL: curation.decisions.cancel,
        Action.UNDO: curation.undo,
        Action.REMOVE: partial(curation.remove, record=record),
    }
    if action in {Action.NEW_ENTRY, Action.NEW_TOPIC}:
        await _show_form(interaction, curation, int(number), covered=action == Action.NEW_ENTRY)
    elif action == Action.EDIT and record in curation.advisor.knowledge.intents:
        await interaction.response.send_modal(EditForm(curation, record))
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
        await interaction.response.send_modal(RecordForm(curation, new))


CURATION_ITEMS = (curation_button,)
