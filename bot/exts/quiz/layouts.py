"""The screens of the quiz: statement, result, how each answer counted, and what is shared. Sends nothing."""

from dataclasses import dataclass

from discord import ButtonStyle

from bot.charts.canvas import Chart
from bot.exts.quiz.texts import counted_text, outcome_title, result_text, statement_text
from bot.knowledge.quiz_records import Quiz
from bot.knowledge.records import KnowledgeBase
from bot.quiz.progress import Action, Progress, encode
from bot.quiz.scoring import STEPS, Result
from bot.ui import custom_ids, sentences
from bot.ui.layouts import PRIMARY, QUIET, SECONDARY, SUCCESS, Button, Screen, button, screen, stacked


@dataclass(frozen=True)
class QuizScreens:
    """The screens of the quiz as it is now; the key seals their buttons."""

    knowledge: KnowledgeBase
    quiz: Quiz
    key: bytes

    def statement(self, progress: Progress) -> Screen:
        """One statement, its five answers one below the other, and the way back, on and out."""
        answers = [
            self._button(sentences.STEPS[step], Action.GO, progress.answered(step), PRIMARY) for step in range(STEPS)
        ]
        navigation_buttons = [
            *([self._button(sentences.BUTTON_BACK, Action.GO, progress.back())] if progress.answers else []),
            self._button(sentences.BUTTON_SKIP, Action.GO, progress.answered(None)),
            self._button(sentences.BUTTON_STOP, Action.STOP, progress),
        ]
        return screen(statement_text(self.quiz, progress), *stacked(answers), navigation_buttons)

    def too_few(self, progress: Progress) -> Screen:
        """Too many were skipped: the way back."""
        navigation_buttons = [
            self._button(sentences.BUTTON_BACK, Action.GO, progress.back(), PRIMARY),
            self._button(sentences.BUTTON_STOP, Action.STOP, progress),
        ]
        return screen(sentences.QUIZ_TOO_FEW, navigation_buttons, colour=QUIET)

    def result(self, progress: Progress, result: Result, chart: Chart | None = None, *, shared: bool = False) -> Screen:
        """The result, what to ask next, and what can be done with it. The picture comes when it is drawn."""
        entries = [self.knowledge.entries[i] for i in self.quiz.results[result.outcome].next]
        related_buttons = [button(entry.title, custom_ids.OPEN.format(entry=entry.id)) for entry in entries]
        footer_buttons = [
            self._button(sentences.BUTTON_SHARE, Action.SHARE, progress, SUCCESS),
            self._button(sentences.BUTTON_RETAKE, Action.GO, Progress(progress.owner)),
            self._button(sentences.BUTTON_COUNTED, Action.COUNT, progress),
        ]
        footer_buttons[0].disabled = shared
        text, below = result_text(self.knowledge, self.quiz, result), [chart] if chart else []
        return screen(text, *stacked(related_buttons), footer_buttons, below=below)

    def counted(self, progress: Progress, result: Result) -> Screen:
        """How each answer counted, and the way back."""
        back = self._button(sentences.BUTTON_TO_RESULT, Action.GO, progress, PRIMARY)
        return screen(counted_text(self.knowledge, self.quiz, result), [back])

    def shared(self, name: str, result: Result, chart: Chart) -> Screen:
        """What everybody sees: the outcome and the picture, without the answers. The name is escaped."""
        text = sentences.QUIZ_SHARED.format(name=name, outcome=outcome_title(self.knowledge, result.outcome))
        return screen(text, [start_button()], below=[chart, f"-# {sentences.QUIZ_MIRROR}"])

    def afresh(self, sentence: str, owner: int) -> Screen:
        """A line, and the way to begin anew in the same message."""
        start = self._button(sentences.BUTTON_QUIZ, Action.GO, Progress(owner), PRIMARY)
        return screen(sentence, [start], colour=QUIET)

    def _button(self, label: str, action: Action, progress: Progress, style: ButtonStyle = SECONDARY) -> Button:
        return button(label, encode(action, progress, self.quiz, self.key), style)


def start_button() -> Button:
    """Opens the quiz for whoever presses it."""
    return button(sentences.BUTTON_QUIZ, custom_ids.QUIZ_START, PRIMARY)
