"""Whether the quiz is fair, worked out exactly from its structure, for `check` and for every edit.

A random answerer gets each role equally often, the same step everywhere never names a role, and no single statement
decides alone. Exact convolution over all answers: nothing is sampled.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from bot.knowledge.problems import KnowledgeError, Problem
from bot.knowledge.quiz_records import Quiz
from bot.knowledge.records import KnowledgeBase
from bot.quiz.scoring import CONTRADICTION, MIN_ANSWERED, STEPS, TOP, Scales, keyed, outcome_of, scales

FILE = "quiz.yaml"
WITHIN = 0.01


@dataclass(frozen=True)
class Fairness:
    """The figures: outcomes of random answers by probability, outcomes of the same step everywhere, what is unfair."""

    random: Mapping[str, float]
    straight: tuple[str | None, ...]
    faults: tuple[str, ...]


def fairness(quiz: Quiz) -> Fairness:
    """Work out the figures."""
    random = _random(quiz)
    straight = tuple(outcome_of(quiz.roles, scales(quiz, [step] * len(quiz.statements))) for step in range(STEPS))
    return Fairness(random, straight, (*_unequal(quiz, random, straight), *_decided_by_one(quiz)))


def require_fair(knowledge: KnowledgeBase) -> KnowledgeBase:
    """The same knowledge. Raises KnowledgeError, with the figures, when its quiz is unfair."""
    faults = fairness(knowledge.quiz).faults if knowledge.quiz else ()
    if faults:
        raise KnowledgeError(Problem(FILE, 1, 1, fault) for fault in faults)
    return knowledge


def _count(quiz: Quiz, role: str) -> int:
    return sum(statement.role == role for statement in quiz.statements)


def _unequal(quiz: Quiz, random: Mapping[str, float], straight: Sequence[str | None]) -> Iterator[str]:
    """Too few statements to skip one; chances that are not equal; a role for the same step everywhere."""
    for role in quiz.roles:
        if _count(quiz, role) <= MIN_ANSWERED:
            need = f"it needs more than {MIN_ANSWERED}, so that one can be skipped."
            yield f"{role} has {_count(quiz, role)} statements: {need}"
    first, second = quiz.roles
    if abs(random[first] - random[second]) > WITHIN:
        chances = f"{first} in {100 * random[first]:.1f} % and {second} in {100 * random[second]:.1f} %"
        fix = "give both roles as many statements, pairs and reversed ones."
        yield f"Random answers get {chances} of all cases: {fix}"
    for step, outcome in enumerate(straight, 1):
        if outcome in quiz.roles:
            fix = "reverse as many statements of one role as of the other."
            yield f"Whoever answers step {step} of {STEPS} to all statements gets {outcome}: {fix}"


def _decided_by_one(quiz: Quiz) -> Iterator[str]:
    """The statements that name a role though every other answer is in the middle, or turn one role into the other."""
    for (place, statement), step in product(enumerate(quiz.statements), range(STEPS)):
        answers = [TOP // 2] * len(quiz.statements)
        answers[place] = step
        found = outcome_of(quiz.roles, scales(quiz, answers))
        if found in quiz.roles:
            yield f'"{statement.id}" alone decides for {found}: add statements for that role.'
    for first, second in product(*(range(MIN_ANSWERED, 1 + _count(quiz, role)) for role in quiz.roles)):
        if _turns(quiz, first, second):
            answered = f"With {first} and {second} statements answered"
            yield f"{answered} a single one turns one role into the other: add statements."


def _turns(quiz: Quiz, first: int, second: int) -> bool:
    """Whether, with so many answers, one answer moved from end to end of its steps turns one role into the other."""
    for total, other in product(range(TOP * first + 1), range(TOP * second + 1)):
        before = outcome_of(quiz.roles, Scales((total, other), (first, second), 0))
        changed = [(max(total - TOP, 0), other), (total, min(other + TOP, TOP * second))]
        after = {outcome_of(quiz.roles, Scales(sums, (first, second), 0)) for sums in changed}
        if before == quiz.roles[0] and quiz.roles[1] in after:
            return True
    return False


def _random(quiz: Quiz) -> dict[str, float]:
    """The probability of each outcome when every answer is equally likely."""
    found: Counter[str | None] = Counter()
    counts = (_count(quiz, quiz.roles[0]), _count(quiz, quiz.roles[1]))
    for one, two in product(*(_sums(quiz, role).items() for role in quiz.roles)):
        ((first, some), cases), ((second, more), other_cases) = one, two
        found[outcome_of(quiz.roles, Scales((first, second), counts, some + more))] += cases * other_cases
    return {key: found[key] / STEPS ** len(quiz.statements) for key in quiz.results}


def _sums(quiz: Quiz, role: str) -> Counter[tuple[int, int]]:
    """In how many cases a role's statements give each sum and each number of contradictions."""
    pairs: list[tuple[int, ...]] = [pair for pair in quiz.pairs if quiz.statements[pair[0]].role == role]
    paired = {place for pair in pairs for place in pair}
    singles = [(place,) for place, s in enumerate(quiz.statements) if s.role == role and place not in paired]
    sums: Counter[tuple[int, int]] = Counter({(0, 0): 1})
    for group in [*pairs, *singles]:
        before, sums = sums, Counter()
        for steps in product(range(STEPS), repeat=len(group)):
            values = [keyed(quiz.statements[place], step) for place, step in zip(group, steps, strict=True)]
            contrary = abs(values[0] - values[-1]) >= CONTRADICTION
            for (total, contradictions), cases in before.items():
                sums[total + sum(values), contradictions + contrary] += cases
    return sums
