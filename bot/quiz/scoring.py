"""Answers → two independent scales and an outcome.

Each answer is a step from 0 (not me at all) to 4 (very much me), or None where it was skipped. A scale is the mean of
a role's answers, reversed ones turned round, from 0 to 100. What it takes to name a role follows from the scales'
standard error of measurement (Lord and Novick, "Statistical Theories of Mental Test Scores", 1968), not from taste.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from bot.knowledge.quiz_records import BOTH, MIXED, NEITHER, Quiz, Statement

Answers = tuple[int | None, ...]

STEPS = 5
TOP = STEPS - 1
# Asked again, people move by a step every other time: the variance of one answer, in steps squared.
ANSWER_VARIANCE = 0.5
# One-sided 95 %: a role is named where chance alone would name it at most once in twenty times.
Z = 1.645
# Answers that a role needs for a scale.
MIN_ANSWERED = 4
# Partners so many steps apart contradict each other beyond any slip; so many pairs make mixed signals.
CONTRADICTION = 3
CONTRADICTIONS = 2
# So many of the strongest answers are told.
TOLD = 3


@dataclass(frozen=True)
class Scales:
    """The keyed sum and the number of answers of each role, and how many pairs of partners contradict each other."""

    sums: tuple[int, int]
    counts: tuple[int, int]
    contradictions: int

    @property
    def points(self) -> tuple[float, ...]:
        """The scales, from 0 to 100; every role must have an answer."""
        return tuple(100 * total / (TOP * count) for total, count in zip(self.sums, self.counts, strict=True))


@dataclass(frozen=True)
class Influence:
    """What one answer did: how far it moved its role's scale from the middle, in points."""

    statement: Statement
    answer: int
    points: float


@dataclass(frozen=True)
class ChangedAnswer:
    """One different answer that would change the outcome."""

    statement: Statement
    answer: int
    outcome: str


@dataclass(frozen=True)
class Result:
    """What the quiz says: the outcome, the scales by role and the profile by dimension, from 0 to 100."""

    outcome: str
    scales: Mapping[str, float]
    profile: Mapping[str, float]
    influences: tuple[Influence, ...]
    change: ChangedAnswer | None


def keyed(statement: Statement, answer: int) -> int:
    """The answer as it counts for the role: turned round where the statement is reversed."""
    return TOP - answer if statement.reversed else answer


def scales(quiz: Quiz, answers: Sequence[int | None]) -> Scales:
    """The sums behind the scales."""
    first, second = ([keyed(s, a) for s, a in _answered(quiz, answers) if s.role == role] for role in quiz.roles)
    both = [(answers[a], answers[b]) for a, b in quiz.pairs]
    # Partners say the contrary: the same answer to both is as far apart as can be.
    apart = [abs(a - (TOP - b)) for a, b in both if a is not None and b is not None]
    contradictions = sum(steps >= CONTRADICTION for steps in apart)
    return Scales((sum(first), sum(second)), (len(first), len(second)), contradictions)


def _answered(quiz: Quiz, answers: Sequence[int | None]) -> list[tuple[Statement, int]]:
    return [(s, a) for s, a in zip(quiz.statements, answers, strict=True) if a is not None]


def error(count: int) -> float:
    """The standard error of measurement of a scale of so many answers, in points."""
    return 100 / TOP * sqrt(ANSWER_VARIANCE / count)


def outcome_of(roles: Sequence[str], found: Scales) -> str | None:
    """The outcome; None where too little was answered."""
    if min(found.counts) < MIN_ANSWERED:
        return None
    if found.contradictions >= CONTRADICTIONS:
        return MIXED
    errors = [error(count) for count in found.counts]
    fits = [value - 50 > Z * wrong for value, wrong in zip(found.points, errors, strict=True)]
    lead = found.points[0] - found.points[1]
    if abs(lead) > Z * sqrt(errors[0] ** 2 + errors[1] ** 2):
        return roles[lead < 0] if fits[lead < 0] else NEITHER
    return BOTH if all(fits) else NEITHER


def result_of(quiz: Quiz, answers: Sequence[int | None]) -> Result | None:
    """The result; None where too little was answered. The same answers always get the same."""
    found = scales(quiz, answers)
    outcome = outcome_of(quiz.roles, found)
    if outcome is None:
        return None
    points, counts = (dict(zip(quiz.roles, values, strict=True)) for values in (found.points, found.counts))
    influences = tuple(
        Influence(s, a, (keyed(s, a) - TOP / 2) * 100 / (TOP * counts[s.role])) for s, a in _answered(quiz, answers)
    )
    return Result(outcome, points, _profile(quiz, answers), influences, _change(quiz, answers, outcome))


def strongest(result: Result) -> tuple[Influence, ...]:
    """The answers that moved the outcome most: towards the role that it names, else in any direction."""

    def weight(influence: Influence) -> float:
        if result.outcome not in result.scales:
            return abs(influence.points)
        return influence.points if influence.statement.role == result.outcome else -influence.points

    moved = [i for i in result.influences if weight(i) > 0]
    return tuple(sorted(moved, key=weight, reverse=True)[:TOLD])


def _profile(quiz: Quiz, answers: Sequence[int | None]) -> dict[str, float]:
    """The mean of each dimension that was answered."""
    answered = [(statement.dimension, keyed(statement, answer)) for statement, answer in _answered(quiz, answers)]
    values = {key: [value for dimension, value in answered if dimension == key] for key in quiz.dimensions}
    return {key: 100 * sum(found) / (TOP * len(found)) for key, found in values.items() if found}


def _change(quiz: Quiz, answers: Sequence[int | None], outcome: str) -> ChangedAnswer | None:
    """The smallest change of one answer that leads to another outcome; the first of equals."""
    changes: list[tuple[int, ChangedAnswer]] = []
    for place, (statement, answer) in enumerate(zip(quiz.statements, answers, strict=True)):
        if answer is None:
            continue
        for other in range(STEPS):
            found = outcome_of(quiz.roles, scales(quiz, (*answers[:place], other, *answers[place + 1 :])))
            if found and found != outcome:
                changes.append((abs(other - answer), ChangedAnswer(statement, other, found)))
    return min(changes, key=lambda change: change[0])[1] if changes else None
