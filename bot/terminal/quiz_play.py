"""The fit quiz in the terminal: the same statements, scores and texts as on Discord."""

from rich.console import Console
from rich.markdown import Markdown

from bot.exts.quiz.texts import answer_labels, counted_text, question_text, result_text
from bot.knowledge.quiz_records import Quiz
from bot.knowledge.records import KnowledgeBase
from bot.quiz.progress import Progress
from bot.quiz.scoring import STEPS, asks_on, result_of
from bot.ui import sentences

PROMPT = "1 to 5, b to go back, s to skip, q to stop: "
AGAIN = "Type a number from 1 to 5, or b, s or q."


def play(knowledge: KnowledgeBase, quiz: Quiz, out: Console) -> None:
    """Ask every question, then tell the result. Ends early at "q" and at the end of input."""
    progress: Progress | None = Progress(owner=0)
    while progress:
        if asks_on(quiz, progress.answers):
            progress = _asked(quiz, progress, out)
        elif result := result_of(quiz, progress.answers):
            _print(out, result_text(knowledge, quiz, result))
            _print(out, counted_text(knowledge, quiz, result))
            return
        else:
            _print(out, sentences.QUIZ_TOO_FEW)
            progress = progress.back()
    _print(out, sentences.QUIZ_STOPPED)


def _asked(quiz: Quiz, progress: Progress, out: Console) -> Progress | None:
    """The progress after one question; None to stop."""
    _print(out, question_text(quiz, progress))
    for number, step in enumerate(answer_labels(quiz, progress), 1):
        out.print(f"  {number}  {step}", highlight=False)
    answers: dict[str, Progress | None] = {str(step + 1): progress.answered(step) for step in range(STEPS)}
    answers |= {"b": progress.back(), "s": progress.answered(None), "q": None}
    while True:
        try:
            typed = out.input(PROMPT).strip().lower()
        except EOFError:
            return None
        if typed in answers:
            return answers[typed]
        out.print(AGAIN)


def _print(out: Console, text: str) -> None:
    """Discord's small print is shown as plain text, its bullets as a list."""
    lines = (line.removeprefix("-# ") for line in text.split("\n"))
    out.print(Markdown("\n".join(f"- {line[2:]}" if line.startswith("• ") else f"\n{line}\n" for line in lines)))
