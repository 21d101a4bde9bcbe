"""How well the quiz tells people apart, by simulation: takers whose true interest is known answer it as asked. Pure.

The model is that of `scoring`: each answer is the true interest in the role, plus this activity's own appeal, plus what
would differ on another day, rounded to a step. The same seed gives the same figures.
"""

from collections import Counter
from dataclasses import dataclass

import numpy as np

from bot.knowledge.quiz_records import MIDDLE, Quiz
from bot.quiz.fairness import Key, key_of
from bot.quiz.scoring import (
    ANSWER_VARIANCE,
    PREFERENCE_VARIANCE,
    STEP_POINTS,
    TOP,
    Answers,
    Degree,
    Scales,
    asks_on,
    keyed,
    roles_in_order,
    scales,
    verdict_of,
)

TAKERS = 4000
SEED = 20261126
# How people's true interest in a role lies: around the middle, so many points apart.
MEAN, SPREAD = 50.0, 20.0
# True interests in the first and the second role that are simulated, half of the takers with the roles exchanged.
CASES = ((50.0, 50.0), (60.0, 40.0), (70.0, 30.0))


@dataclass(frozen=True)
class Simulated:
    """Takers with the same true interests: shares of those ranked rightly and wrongly, and how much they were asked.

    `right` and `wrong` count every ranking that is told, the strong ones among them.
    """

    strongly_right: float
    right: float
    wrong: float
    strongly_wrong: float
    asked: float


@dataclass(frozen=True)
class Simulation:
    """Figures of takers of known interests; of takers as they come: reliability, error, and how often which outcome."""

    cases: dict[tuple[float, float], Simulated]
    alpha: tuple[float, ...]
    error: float
    outcomes: Counter[Key]


def simulate(quiz: Quiz, takers: int = TAKERS) -> Simulation:
    """Let so many takers of each kind take the quiz."""
    random = np.random.default_rng(SEED)
    people = np.clip(random.normal(MEAN, SPREAD, (takers, 2)), 0, 100)
    answers = [_take(quiz, (first, second), random) for first, second in people]
    found = [scales(quiz, given) for given in answers]
    errors = [np.subtract(f.points, true) for f, true in zip(found, people, strict=True)]
    outcomes = Counter(key_of(verdict_of(quiz.roles, f)) for f in found)
    return Simulation(
        cases={case: _simulated(quiz, case, takers, random) for case in CASES},
        alpha=tuple(_alpha(quiz, role, answers) for role in quiz.roles),
        error=float(np.sqrt(np.mean(np.square(errors)))),
        outcomes=outcomes,
    )


def _simulated(quiz: Quiz, case: tuple[float, float], takers: int, random: np.random.Generator) -> Simulated:
    """Half of the takers have the case's true interests, half the same with the roles exchanged."""
    asked, hits = 0, Counter[tuple[bool, Degree | None]]()
    for taker in range(takers):
        turned = taker % 2
        answers = _take(quiz, (case[turned], case[1 - turned]), random)
        asked += len(answers)
        verdict = verdict_of(quiz.roles, scales(quiz, answers))
        if verdict and verdict.ahead:
            hits[verdict.ahead == quiz.roles[turned], verdict.degree] += 1
    right, wrong = (sum(n for (way, _), n in hits.items() if way is is_right) / takers for is_right in (True, False))
    strongly_right, strongly_wrong = (hits[is_right, Degree.STRONG] / takers for is_right in (True, False))
    return Simulated(strongly_right, right, wrong, strongly_wrong, asked / takers)


def _take(quiz: Quiz, true: tuple[float, float], random: np.random.Generator) -> Answers:
    """The answers of one taker, for as long as there is a question."""
    interest = dict(zip(quiz.roles, (points / STEP_POINTS for points in true), strict=True))
    answers: Answers = ()
    while asks_on(quiz, answers):
        place = len(answers) - len(quiz.statements)
        if place < 0:
            statement = quiz.statements[len(answers)]
            step = _step(random.normal(interest[statement.role], np.sqrt(ANSWER_VARIANCE)))
            answers = (*answers, keyed(statement, step))
        else:
            first, second = roles_in_order(quiz, place)
            lead = interest[first] - interest[second]
            answers = (*answers, _step(MIDDLE - random.normal(lead, np.sqrt(PREFERENCE_VARIANCE))))
    return answers


def _step(value: float) -> int:
    return int(min(max(round(value), 0), TOP))


def _alpha(quiz: Quiz, role: str, answers: list[Answers]) -> float:
    """Cronbach's alpha of a role's statements (Psychometrika 16, 1951): how alike they measure."""
    places = [place for place, statement in enumerate(quiz.statements) if statement.role == role]
    values = np.array([[keyed(quiz.statements[p], a[p] or 0) for p in places] for a in answers])
    items, total = values.var(axis=0).sum(), values.sum(axis=1).var()
    return float(len(places) / (len(places) - 1) * (1 - items / total))


def standard_error(quiz: Quiz) -> float:
    """The standard error of a scale by the model, every statement answered, in points."""
    counts = [sum(s.role == role for s in quiz.statements) for role in quiz.roles]
    return Scales((0, 0), (counts[0], counts[1]), 0).error
