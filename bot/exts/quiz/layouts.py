"""The screens of the quiz: statement, result, how each answer counted, and what is shared. Sends nothing."""

from dataclasses import dataclass
from typing import Any

from discord import ButtonStyle, ui

from bot.charts.canvas import Chart
from bot.exts.quiz.texts import answer_labels, counted_text, question_text, result_text, verdict_title
from bot.knowledge.quiz_records import Quiz
from bot.knowledge.records import KnowledgeBase
from bot.quiz.progress import Action, Progress, encode
from bot.quiz.scoring import Result
from bot.ui import custom_ids, sentences
from bot.ui.layouts import PRIMARY, QUIET, SECONDARY, SUCCESS, Button, Screen, button, screen, stacked


@dataclass(frozen=True)
class QuizScreens:
    """The screens of the quiz as it is now; the key seals their buttons."""

    knowledge: KnowledgeBase
    quiz: Quiz
    key: bytes

    def question(self, progress: Progress) -> Screen:
        """One question, its five answers one below the other, and the way back, on and out."""
        answers = [
            self._button(label, Action.GO, progress.answered(step), PRIMARY)
            for step, label in enumerate(answer_labels(self.quiz, progress))
        ]
        navigation_buttons = [
            *([self._button(sentences.BUTTON_BACK, Action.GO, progress.back())] if progress.answers else []),
            self._button(sentences.BUTTON_SKIP, Action.GO, progress.answered(None)),
            self._button(sentences.BUTTON_STOP, Action.STOP, progress),
        ]
        return screen(question_text(self.quiz, progress), *stacked(answers), navigation_buttons)

    def stop(self, progress: Progress) -> Screen:
        """Asks once whether to stop."""
        buttons = [
            self._button(sentences.BUTTON_GO_ON, Action.GO, progress, PRIMARY),
            self._button(sentences.BUTTON_END, Action.END, progress),
        ]
        return screen(sentences.QUIZ_STOP, buttons, colour=QUIET)

    def too_few(self, progress: Progress) -> Screen:
        """Too many were skipped: the way back."""
        navigation_buttons = [
            self._button(sentences.BUTTON_BACK, Action.GO, progress.back(), PRIMARY),
            self._button(sentences.BUTTON_STOP, Action.STOP, progress),
        ]
        return screen(sentences.QUIZ_TOO_FEW, navigation_buttons, colour=QUIET)

    def result(self, progress: Progress, result: Result, chart: Chart | None = None, *, shared: bool = False) -> Screen:
        """The result, what to ask next, and what can be done with it. The picture comes when it is drawn."""
        entries = [self.knowledge.entries[i] for i in self.quiz.results[result.verdict.outcome].next]
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

    def preview(self, progress: Progress, name: str, result: Result, chart: Chart) -> Screen:
        """What everybody would see, and whether to share it."""
        buttons = [
            self._button(sentences.BUTTON_POST, Action.POST, progress, SUCCESS),
            self._button(sentences.BUTTON_TO_RESULT, Action.GO, progress),
        ]
        return screen(sentences.QUIZ_PREVIEW, buttons, below=[ui.Separator[Any](), self._said(name, result), chart])

    def shared(self, owner: int, name: str, result: Result, chart: Chart) -> Screen:
        """What everybody sees: the outcome and a small picture, without the answers. The name is escaped."""
        delete = button(sentences.BUTTON_DELETE, custom_ids.DELETE.format(owner=owner))
        return screen(self._said(name, result), [start_button(), delete], below=[chart])

    def _said(self, name: str, result: Result) -> str:
        return sentences.QUIZ_SHARED.format(name=name, outcome=verdict_title(self.knowledge, result.verdict))

    def afresh(self, sentence: str, owner: int) -> Screen:
        """A line, and the way to begin anew in the same message."""
        start = self._button(sentences.BUTTON_QUIZ, Action.GO, Progress(owner), PRIMARY)
        return screen(sentence, [start], colour=QUIET)

    def _button(self, label: str, action: Action, progress: Progress, style: ButtonStyle = SECONDARY) -> Button:
        return button(label, encode(action, progress, self.quiz, self.key), style)


def start_button() -> Button:
    """Opens the quiz for whoever presses it."""
    return button(sentences.BUTTON_QUIZ, custom_ids.QUIZ_START, PRIMARY)
