"""The buttons of the quiz."""

from bot.ui import custom_ids
from bot.ui.persistent import persistent
from bot.ui.sending import Interaction


@persistent(custom_ids.QUIZ_START)
async def start_quiz(interaction: Interaction) -> None:
    """Opens the quiz for whoever presses it."""
    await interaction.client.quiz.start(interaction)


@persistent(custom_ids.QUIZ)
async def quiz_step(interaction: Interaction, progress: str) -> None:
    """Any button inside the quiz: the screen that it leads to is its custom_id."""
    await interaction.client.quiz.press(interaction, custom_ids.QUIZ.format(progress=progress))


QUIZ_ITEMS = (start_quiz, quiz_step)
