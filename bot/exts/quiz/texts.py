"""The quiz → Markdown, for layouts and for the terminal. Knows no Discord."""

from bot.knowledge.quiz_records import Quiz
from bot.knowledge.records import KnowledgeBase
from bot.quiz.progress import Progress
from bot.quiz.scoring import Influence, Result, strongest
from bot.ui import sentences

FULL, EMPTY = "●", "○"


def outcome_title(knowledge: KnowledgeBase, outcome: str) -> str:
    """What an outcome is called."""
    roles = knowledge.vocabulary.roles
    return roles[outcome].title if outcome in roles else sentences.OUTCOMES[outcome]


def statement_text(quiz: Quiz, progress: Progress) -> str:
    """The statement after these answers, with place and progress bar; a word of welcome before the first."""
    place, count = len(progress.answers), len(quiz.statements)
    bar = FULL * (place + 1) + EMPTY * (count - place - 1)
    step = sentences.QUIZ_STEP.format(place=place + 1, count=count)
    welcome = "" if place else f"{sentences.QUIZ_WELCOME.format(count=count)}\n"
    return f"{welcome}-# {step}  {bar}\n### {quiz.statements[place].text}"


def result_text(knowledge: KnowledgeBase, quiz: Quiz, result: Result) -> str:
    """The outcome in a sentence, both scales, what counted most, and what would change it."""
    roles = knowledge.vocabulary.roles
    scales = " · ".join(f"**{roles[role].title}** {points:.0f}" for role, points in result.scales.items())
    parts = [
        f"### {outcome_title(knowledge, result.outcome)}\n{quiz.results[result.outcome].sentence}",
        f"{sentences.QUIZ_SCALES} {scales}",
    ]
    moved = strongest(result)
    if moved:
        parts.append("\n".join([sentences.QUIZ_MOVED, *(f"• {_said(i)}" for i in moved)]))
    if result.change:
        parts.append(
            sentences.QUIZ_CHANGE.format(
                statement=result.change.statement.text,
                answer=sentences.STEPS[result.change.answer].lower(),
                outcome=outcome_title(knowledge, result.change.outcome).lower(),
            )
        )
    return "\n\n".join([*parts, f"-# {sentences.QUIZ_MIRROR}"])


def counted_text(knowledge: KnowledgeBase, quiz: Quiz, result: Result) -> str:
    """Every statement with its answer and what it did."""
    by_id = {i.statement.id: i for i in result.influences}
    lines = [sentences.QUIZ_COUNTED]
    for role in quiz.roles:
        lines.append(f"### {knowledge.vocabulary.roles[role].title} {result.scales[role]:.0f}")
        for statement in quiz.statements:
            if statement.role == role:
                found = by_id.get(statement.id)
                lines.append(
                    f"• {_said(found, points=True)}" if found else f"• {statement.text} → *{sentences.QUIZ_SKIPPED}*"
                )
    return "\n".join(lines)


def _said(influence: Influence, *, points: bool = False) -> str:
    moved = f" ({influence.points:+.0f})".replace("-", "−").replace("+0", "0") if points else ""
    return f"{influence.statement.text} → *{sentences.STEPS[influence.answer]}*{moved}"
