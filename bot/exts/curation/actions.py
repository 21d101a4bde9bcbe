"""A moderator's work as one action: ask Discord for time, do it, show its screen; what can't be done becomes a line."""

from collections.abc import Awaitable, Callable

from bot.exts.curation import texts
from bot.journal.store import JournalError
from bot.knowledge.problems import KnowledgeError
from bot.knowledge.writing import EditError
from bot.ui import sending, sentences
from bot.ui.layouts import Screen, screen
from bot.ui.sending import Interaction
from bot.ui.texts import cut


async def run_moderator_action(
    interaction: Interaction, work: Callable[[], Awaitable[Screen | None]], typed: str = ""
) -> None:
    """Ask Discord for time, do a moderator's work and show its screen; what can't be done becomes a line.

    Time is asked for in place where a button was pressed, else for a private message. Work that has shown its screen
    itself returns none. What was typed into a form is shown again where the work fails.
    """
    await interaction.response.defer(ephemeral=True, thinking=interaction.message is None)
    try:
        shown = await work()
    except KnowledgeError as error:
        shown = failed(texts.problems_text(error.problems, sentences.PROPOSAL_BROKEN), typed)
    except EditError as error:
        shown = failed(cut(str(error)), typed)
    except JournalError:
        shown = failed(sentences.JOURNAL_AWAY, typed)
    if shown is not None:
        await sending.edit(interaction, shown)


def failed(line: str, typed: str) -> Screen:
    """A line, and what was typed into a form."""
    kept = sentences.FORM_KEPT.format(text=f"```\n{texts.fenced(typed)}\n```") if typed else ""
    return screen("\n\n".join(filter(None, [line, kept])))
