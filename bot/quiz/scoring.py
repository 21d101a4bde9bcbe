"""Answers → two scales, each with its error, and an outcome by degrees. Pure.

An answer is a step from 0 (not at all) to 4 (very much), or None where it was skipped. Statements come first, then
tie-breakers, two at a time, as long as it is close. How sure a result can be follows from a stated model (Lord and
Novick, "Statistical Theories of Mental Test Scores", 1968), not from taste: what somebody answers is how much they like
the role's activities, plus how much more or less they like this one, plus what would differ if they were asked again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from statistics import NormalDist

from bot.knowledge.quiz_records import BOTH, CLOSE, MIDDLE, MIXED, NEITHER, Quiz, Statement, TieBreaker

Answers = tuple[int | None, ...]

STEPS = 5
TOP = STEPS - 1
STEP_POINTS = 100 / TOP
# In steps squared: how activities of one role differ for one person, and how answers differ when asked again.
ITEM_VARIANCE, RETEST_VARIANCE = 0.64, 0.5
ANSWER_VARIANCE = ITEM_VARIANCE + RETEST_VARIANCE
# A tie-breaker weighs two activities in one answer.
PREFERENCE_VARIANCE = 2 * ITEM_VARIANCE + RETEST_VARIANCE
# How far people's true leads lie apart, in points: their scales differ by about twenty.
LEAD_SPREAD = 20 * sqrt(2)
# In standard errors of the lead. Beyond STRONG, chance alone names a role once in twenty ties (two-sided 95 %); below
# CLOSE_BELOW it is too close to call, and only who is ahead is told; below ASK_ON the tie-breakers are asked.
STRONG, ASK_ON, CLOSE_BELOW = 1.96, 1.3, 0.2
# A band holds the true value eight times in ten.
BAND = 1.2816
# Answers that a role needs for a scale.
MIN_ANSWERED = 4
# Partners so many steps apart contradict each other beyond any slip; so many pairs make an outcome of its own.
CONTRADICTION = 3
CONTRADICTIONS = 2
# Tie-breakers are asked so many at a time, so that either role comes first as often.
ASKED_AT_ONCE = 2


class Degree(StrEnum):
    """How far a role is ahead."""

    STRONG = "strong"
    LEANING = "leaning"


@dataclass(frozen=True)
class Scales:
    """What an outcome rests on.

    The keyed sum and the number of answers of each role; how many pairs of partners contradict each other; the sum of
    the steps by which tie-breakers prefer the first role, and how many were answered.
    """

    sums: tuple[int, int]
    counts: tuple[int, int]
    contradictions: int
    preference: int = 0
    preferences: int = 0

    @property
    def _means(self) -> tuple[float, float]:
        first, second = (total / count for total, count in zip(self.sums, self.counts, strict=True))
        return first, second

    @property
    def _variance(self) -> float:
        """Of the lead by statements, in steps squared."""
        return sum(ANSWER_VARIANCE / count for count in self.counts)

    @property
    def lead(self) -> float:
        """How far the first role is ahead, in points: statements and tie-breakers, each by what it can tell."""
        first, second = self._means
        told, weight = 1 / self._variance, self.preferences / PREFERENCE_VARIANCE
        preferred = self.preference / self.preferences if self.preferences else 0.0
        return STEP_POINTS * ((first - second) * told + preferred * weight) / (told + weight)

    @property
    def lead_error(self) -> float:
        """The standard error of the lead, in points."""
        return STEP_POINTS / sqrt(1 / self._variance + self.preferences / PREFERENCE_VARIANCE)

    @property
    def points(self) -> tuple[float, float]:
        """The scales, from 0 to 100, as far apart as the lead."""
        middle, half = STEP_POINTS * sum(self._means) / 2, self.lead / 2
        return min(max(middle + half, 0.0), 100.0), min(max(middle - half, 0.0), 100.0)

    @property
    def error(self) -> float:
        """The standard error of either scale, in points."""
        return sqrt((STEP_POINTS**2 * self._variance + self.lead_error**2) / 4)


@dataclass(frozen=True)
class Verdict:
    """An outcome, with its degree where it is a role; the role that is ahead, and how likely that is the right one."""

    outcome: str
    degree: Degree | None
    ahead: str | None
    chance: float


@dataclass(frozen=True)
class Influence:
    """What one answer did to its role's scale, in points: from the middle, and from what is typical."""

    statement: Statement
    answer: int
    points: float
    untypical: float


@dataclass(frozen=True)
class Result:
    """What the quiz says: the verdict, the scales by role with their band, the profile by dimension (0 to 100)."""

    verdict: Verdict
    scales: dict[str, float]
    band: float
    profile: dict[str, float]
    influences: tuple[Influence, ...]
    preferred: tuple[tuple[TieBreaker, int], ...]
    contradictions: tuple[tuple[Influence, Influence], ...]


def keyed(statement: Statement, answer: int) -> int:
    """The answer as it counts for the role: turned round where the statement is reversed."""
    return TOP - answer if statement.reversed else answer


def roles_in_order(quiz: Quiz, place: int) -> tuple[str, str]:
    """The roles in the order in which this tie-breaker names their activities: each comes first every other time."""
    first, second = quiz.roles
    return (second, first) if place % ASKED_AT_ONCE else (first, second)


def scales(quiz: Quiz, answers: Sequence[int | None]) -> Scales:
    """What the outcome of these answers rests on."""
    first, second = ([keyed(s, a) for s, a in answered(quiz, answers) if s.role == role] for role in quiz.roles)
    # The first activity is preferred by a low step.
    steps = [
        (MIDDLE - a) * (1 if roles_in_order(quiz, place)[0] == quiz.roles[0] else -1)
        for place, a in enumerate(answers[len(quiz.statements) :])
        if a is not None
    ]
    contrary = len(_contradictions(quiz, answers))
    return Scales((sum(first), sum(second)), (len(first), len(second)), contrary, sum(steps), len(steps))


def answered(quiz: Quiz, answers: Sequence[int | None]) -> list[tuple[Statement, int]]:
    """The statements that were answered."""
    return [(s, a) for s, a in zip(quiz.statements, answers, strict=False) if a is not None]


def _contradictions(quiz: Quiz, answers: Sequence[int | None]) -> list[tuple[int, int]]:
    """The pairs of partners, by place, whose answers contradict: the same to both is as far apart as can be."""
    both = [(pair, answers[pair[0]], answers[pair[1]]) for pair in quiz.pairs]
    return [p for p, a, b in both if a is not None and b is not None and abs(a - (TOP - b)) >= CONTRADICTION]


def asks_on(quiz: Quiz, answers: Sequence[int | None]) -> bool:
    """Whether another question comes: a statement that is left, or tie-breakers where it is too close."""
    extra = len(answers) - len(quiz.statements)
    if extra < 0 or extra % ASKED_AT_ONCE:
        return True
    return extra < len(quiz.tie_breakers) and is_close(scales(quiz, answers))


def is_close(found: Scales) -> bool:
    """Whether tie-breakers are worth asking: the lead is not clear, and nothing else decides."""
    if min(found.counts) < MIN_ANSWERED or found.contradictions >= CONTRADICTIONS or _is_silent(found):
        return False
    return abs(found.lead) < ASK_ON * found.lead_error


def _is_silent(found: Scales) -> bool:
    """Whether neither role reaches the middle of its scale, even at the upper end of its band."""
    return max(found.points) + BAND * found.error < STEP_POINTS * MIDDLE


def verdict_of(roles: Sequence[str], found: Scales) -> Verdict | None:
    """The verdict; None where too little was answered."""
    if min(found.counts) < MIN_ANSWERED:
        return None
    lead = abs(found.lead) / found.lead_error
    # Of all who get this lead, so many truly have it: leads near zero are common, large ones are not.
    chance = NormalDist().cdf(lead * LEAD_SPREAD / sqrt(LEAD_SPREAD**2 + found.lead_error**2))
    ahead = roles[found.lead < 0] if found.lead else None
    outcome, degree = _outcome(found, ahead, lead)
    return Verdict(outcome, degree, ahead, chance)


def _outcome(found: Scales, ahead: str | None, lead: float) -> tuple[str, Degree | None]:
    """The outcome and its degree: `ahead` is ahead by so many standard errors."""
    if found.contradictions >= CONTRADICTIONS:
        return MIXED, None
    if _is_silent(found):
        return NEITHER, None
    if ahead and lead > STRONG:
        return ahead, Degree.STRONG
    if min(found.points) - BAND * found.error > STEP_POINTS * MIDDLE:
        return BOTH, None
    return (ahead, Degree.LEANING) if ahead and lead >= CLOSE_BELOW else (CLOSE, None)


def result_of(quiz: Quiz, answers: Sequence[int | None]) -> Result | None:
    """The result; None where too little was answered. The same answers always get the same."""
    found = scales(quiz, answers)
    verdict = verdict_of(quiz.roles, found)
    if verdict is None:
        return None
    counts = dict(zip(quiz.roles, found.counts, strict=True))
    influences = {s.id: _influence(s, a, counts[s.role]) for s, a in answered(quiz, answers)}
    pairs = [[influences[quiz.statements[place].id] for place in pair] for pair in _contradictions(quiz, answers)]
    tie_breakers = zip(quiz.tie_breakers, answers[len(quiz.statements) :], strict=False)
    return Result(
        verdict=verdict,
        scales=dict(zip(quiz.roles, found.points, strict=True)),
        band=BAND * found.error,
        profile=_profile(quiz, answers),
        influences=tuple(influences.values()),
        preferred=tuple((tie_breaker, a) for tie_breaker, a in tie_breakers if a is not None),
        contradictions=tuple((one, other) for one, other in pairs),
    )


def _influence(statement: Statement, answer: int, count: int) -> Influence:
    point = STEP_POINTS / count
    value = keyed(statement, answer)
    return Influence(statement, answer, (value - MIDDLE) * point, (value - keyed(statement, statement.typical)) * point)


def _profile(quiz: Quiz, answers: Sequence[int | None]) -> dict[str, float]:
    """The mean of each dimension that was answered."""
    values = [(statement.dimension, keyed(statement, answer)) for statement, answer in answered(quiz, answers)]
    found = {key: [value for dimension, value in values if dimension == key] for key in quiz.dimensions}
    return {key: STEP_POINTS * sum(steps) / len(steps) for key, steps in found.items() if steps}
