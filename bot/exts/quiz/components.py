"""The buttons of the quiz."""

from bot.exts.quiz.session import QuizSession
from bot.ui import custom_ids
from bot.ui.persistent import PersistentItem
from bot.ui.sending import Interaction


def session_of(interaction: Interaction) -> QuizSession:
    """The quiz of the bot that got this interaction."""
    session: QuizSession = interaction.client.quiz
    return session


class StartQuiz(PersistentItem, template=custom_ids.QUIZ_START):
    """Opens the quiz for whoever presses it."""

    async def pressed(self, interaction: Interaction) -> None:
        await session_of(interaction).start(interaction)


class QuizStep(PersistentItem, template=custom_ids.QUIZ):
    """Any button inside the quiz: the screen that it leads to is its custom_id."""

    async def pressed(self, interaction: Interaction) -> None:
        await session_of(interaction).press(interaction, self.item.custom_id)  # type: ignore[attr-defined]


QUIZ_ITEMS = (StartQuiz, QuizStep)
