"""The buttons of the quiz."""

from typing import Protocol

from bot.ui import custom_ids
from bot.ui.guarded import Guarded, Interaction
from bot.ui.quiz_play import QuizPlay


class _Client(Protocol):
    quiz_play: QuizPlay


def _play(interaction: Interaction) -> QuizPlay:
    client: _Client = interaction.client
    return client.quiz_play


class StartQuiz(Guarded, template=custom_ids.QUIZ_START):
    """Opens the quiz for whoever presses it."""

    async def pressed(self, interaction: Interaction) -> None:
        await _play(interaction).start(interaction)


class QuizStep(Guarded, template=custom_ids.QUIZ):
    """Any button inside the quiz: the screen that it leads to is its custom_id."""

    async def pressed(self, interaction: Interaction) -> None:
        await _play(interaction).press(interaction, self.item.custom_id)  # type: ignore[attr-defined]


QUIZ_ITEMS = (StartQuiz, QuizStep)
