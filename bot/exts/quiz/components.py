"""The buttons of the quiz."""

from typing import Protocol

from bot.exts.quiz.session import QuizPlay
from bot.ui import custom_ids
from bot.ui.persistent import Interaction, PersistentItem


class _Client(Protocol):
    quiz_play: QuizPlay


def _play(interaction: Interaction) -> QuizPlay:
    client: _Client = interaction.client
    return client.quiz_play


class StartQuiz(PersistentItem, template=custom_ids.QUIZ_START):
    """Opens the quiz for whoever presses it."""

    async def pressed(self, interaction: Interaction) -> None:
        await _play(interaction).start(interaction)


class QuizStep(PersistentItem, template=custom_ids.QUIZ):
    """Any button inside the quiz: the screen that it leads to is its custom_id."""

    async def pressed(self, interaction: Interaction) -> None:
        await _play(interaction).press(interaction, self.item.custom_id)  # type: ignore[attr-defined]


QUIZ_ITEMS = (StartQuiz, QuizStep)
