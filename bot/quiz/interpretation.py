"""A result → what is worth saying of it: the dimensions that stand out, and the answers that counted most. Pure.

Every sentence comes from what the member answered, so that none can contradict the picture beside it.
"""

from bot.knowledge.quiz_records import MIDDLE, Dimension, Quiz
from bot.quiz.scoring import STEP_POINTS, Influence, Result

# A dimension is high or low where it is at least one and a half steps from the other end of its middle.
HIGH, LOW = 62.5, 37.5
# So many dimensions of each end are told, and so many answers.
TOLD = COUNTED = 2


def level(points: float) -> str:
    """Which of a dimension's sentences is true of so many points: "high", "middle" or "low"."""
    return "high" if points >= HIGH else "low" if points <= LOW else "middle"


def portrait(quiz: Quiz, result: Result) -> tuple[str, ...]:
    """The sentences about what stands out: the highest dimensions, then the lowest; else those in the middle."""
    said = {key: max(_force(i) for i in result.influences if i.statement.dimension == key) for key in result.profile}
    ordered = sorted(result.profile, key=lambda key: (-result.profile[key], -said[key]))
    lowest = sorted(result.profile, key=lambda key: (result.profile[key], -said[key]))
    high = [key for key in ordered if level(result.profile[key]) == "high"][:TOLD]
    low = [key for key in lowest if level(result.profile[key]) == "low"][:TOLD]
    told = [*high, *low] or ordered[:TOLD]
    return tuple(_sentence(quiz.dimensions[key], result.profile[key]) for key in told)


def _sentence(dimension: Dimension, points: float) -> str:
    sentence: str = getattr(dimension, level(points))
    return sentence


def strongest(result: Result) -> tuple[Influence, ...]:
    """The answers that moved this result most against a typical taker: towards the role that is named, else anywhere.

    Of equals, what was said most strongly comes first.
    """
    verdict = result.verdict

    def moved(influence: Influence) -> float:
        if verdict.degree is None:
            return abs(influence.untypical)
        return influence.untypical if influence.statement.role == verdict.ahead else -influence.untypical

    counted = [influence for influence in result.influences if moved(influence) > 0]
    return tuple(sorted(counted, key=lambda i: (-moved(i), -_force(i)))[:COUNTED])


def _force(influence: Influence) -> float:
    """How far an answer is from the middle, in points."""
    return abs(influence.answer - MIDDLE) * STEP_POINTS
