"""The quiz → Markdown, for layouts and for the terminal. Knows no Discord."""

from bot.knowledge.quiz_records import MIXED, Quiz
from bot.knowledge.records import KnowledgeBase
from bot.quiz.interpretation import portrait, strongest
from bot.quiz.progress import Progress
from bot.quiz.scoring import Influence, Result, Verdict, roles_in_order
from bot.ui import sentences

FULL, EMPTY = "●", "○"
# From here on a ranking is called clear; below, how often out of ten it is right.
CLEAR = 0.95
# Of answers that disagree, so many pairs are shown.
MOST_PAIRS = 2


def outcome_title(knowledge: KnowledgeBase, outcome: str) -> str:
    """What an outcome is called, without its degree."""
    roles = knowledge.vocabulary.roles
    return roles[outcome].title if outcome in roles else sentences.OUTCOMES[outcome]


def verdict_title(knowledge: KnowledgeBase, verdict: Verdict) -> str:
    """What a verdict is called, with its degree."""
    title = outcome_title(knowledge, verdict.outcome)
    return sentences.DEGREES[verdict.degree].format(role=title) if verdict.degree else title


def question_text(quiz: Quiz, progress: Progress) -> str:
    """The question after these answers, with place and progress bar; a word of welcome before the first."""
    place, count = len(progress.answers), len(quiz.statements)
    if place >= count:
        first, second = tie_breaker_texts(quiz, place - count)
        return sentences.QUIZ_TIE_BREAKER.format(first=first, second=second)
    bar = FULL * (place + 1) + EMPTY * (count - place - 1)
    step = sentences.QUIZ_STEP.format(place=place + 1, count=count)
    welcome = "" if place else f"{sentences.QUIZ_WELCOME.format(count=count)}\n"
    return f"{welcome}-# {step}  {bar}\n{sentences.QUIZ_QUESTION}\n### {quiz.statements[place].text}"


def answer_labels(quiz: Quiz, progress: Progress) -> tuple[str, ...]:
    """What the five steps are called for the question after these answers."""
    return sentences.STEPS if len(progress.answers) < len(quiz.statements) else sentences.PREFERENCES


def tie_breaker_texts(quiz: Quiz, place: int) -> tuple[str, str]:
    """The two activities of a tie-breaker, in the order in which they are shown."""
    rather = quiz.tie_breakers[place].rather
    first, second = (rather[role] for role in roles_in_order(quiz, place))
    return first, second


def result_text(knowledge: KnowledgeBase, quiz: Quiz, result: Result) -> str:
    """The outcome, what stands out, both scales with their band, what counted most, and a next step."""
    parts = [
        f"### {verdict_title(knowledge, result.verdict)}\n{_explained(result)}{' '.join(portrait(quiz, result))}",
        f"{scales_text(knowledge, result)}\n-# {ranking_text(knowledge, result)}",
    ]
    moved = strongest(result)
    if moved and not result.contradictions:
        parts.append("\n".join([sentences.QUIZ_MOVED, *(f"• {_said(i)}" for i in moved)]))
    parts.append(f"{sentences.QUIZ_NEXT} {quiz.results[result.verdict.outcome].step}")
    return "\n\n".join([*parts, f"-# {sentences.QUIZ_MIRROR}"])


def _explained(result: Result) -> str:
    """What an outcome that names no role means; where answers disagree, which ones."""
    sentence = sentences.OUTCOMES_EXPLAINED.get(result.verdict.outcome, "")
    if result.verdict.outcome == MIXED:
        pairs = (
            sentences.QUIZ_CONTRADICTION.format(
                one=one.statement.text,
                answer=sentences.STEPS[one.answer],
                other=other.statement.text,
                other_answer=sentences.STEPS[other.answer],
            )
            for one, other in result.contradictions[:MOST_PAIRS]
        )
        return "\n".join([sentence, *pairs, "", ""])
    return sentence and f"{sentence} "


def scales_text(knowledge: KnowledgeBase, result: Result) -> str:
    """Both scales, each with the range in which it most likely lies."""
    roles, band = knowledge.vocabulary.roles, result.band
    return " · ".join(
        sentences.QUIZ_SCALE.format(
            role=roles[role].title, points=points, low=max(points - band, 0), high=min(points + band, 100)
        )
        for role, points in result.scales.items()
    )


def ranking_text(knowledge: KnowledgeBase, result: Result) -> str:
    """Who is ahead, and how sure that is."""
    verdict = result.verdict
    if verdict.ahead is None:
        return sentences.QUIZ_LEVEL
    sentence = sentences.QUIZ_CLEAR if verdict.chance >= CLEAR else sentences.QUIZ_RANKING
    title = knowledge.vocabulary.roles[verdict.ahead].title
    return sentence.format(role=title, times=round(10 * verdict.chance))


def counted_text(knowledge: KnowledgeBase, quiz: Quiz, result: Result) -> str:
    """Every question with its answer and what it did."""
    by_id = {i.statement.id: i for i in result.influences}
    lines = [sentences.QUIZ_COUNTED]
    for role in quiz.roles:
        lines.append(f"### {knowledge.vocabulary.roles[role].title}")
        for statement in quiz.statements:
            if statement.role == role:
                found = by_id.get(statement.id)
                said = _said(found, points=True) if found else f"{statement.text} → *{sentences.QUIZ_SKIPPED}*"
                lines.append(f"• {said}")
    if result.preferred:
        lines.append(sentences.QUIZ_PREFERRED)
    for tie_breaker, answer in result.preferred:
        first, second = tie_breaker_texts(quiz, quiz.tie_breakers.index(tie_breaker))
        lines.append(f"• {first} | {second} → *{sentences.PREFERENCES[answer]}*")
    return "\n".join(lines)


def _said(influence: Influence, *, points: bool = False) -> str:
    moved = f" ({influence.points:+.0f})".replace("-", "−").replace("+0", "0") if points else ""
    return f"{influence.statement.text} → *{sentences.STEPS[influence.answer]}*{moved}"


def note_text(knowledge: KnowledgeBase, result: Result) -> str:
    """The result in one line, for the conversation to come."""
    scales = ", ".join(f"{knowledge.vocabulary.roles[role].title} {p:.0f}" for role, p in result.scales.items())
    return sentences.QUIZ_REMEMBERED.format(outcome=verdict_title(knowledge, result.verdict), scales=scales)
