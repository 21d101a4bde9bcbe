"""Whether the quiz is fair, worked out exactly from its structure, for `check` and for every edit.

A random answerer gets each role equally often, the same step everywhere never names a role, and no single statement
decides alone. Exact convolution over all answers, tie-breakers asked only where they would be: nothing is sampled.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from bot.knowledge.problems import KnowledgeError, Problem
from bot.knowledge.quiz_records import MIDDLE, Quiz
from bot.knowledge.records import KnowledgeBase
from bot.quiz.scoring import (
    ASKED_AT_ONCE,
    CONTRADICTION,
    CONTRADICTIONS,
    MIN_ANSWERED,
    STEPS,
    TOP,
    Answers,
    Degree,
    Scales,
    Verdict,
    asks_on,
    is_close,
    keyed,
    scales,
    verdict_of,
)

FILE = "quiz.yaml"
WITHIN = 0.001
# An outcome, and how far a role is ahead.
Key = tuple[str, Degree | None]


@dataclass(frozen=True)
class Fairness:
    """The figures: outcomes of random answers by probability, outcomes of the same step everywhere, what is unfair."""

    random: Mapping[Key, float]
    straight: tuple[Key, ...]
    faults: tuple[str, ...]


def key_of(verdict: Verdict | None) -> Key:
    """The outcome and its degree; of too few answers, nothing."""
    return (verdict.outcome, verdict.degree) if verdict else ("", None)


def fairness(quiz: Quiz) -> Fairness:
    """Work out the figures."""
    faults = list(_too_few(quiz))
    if faults:
        return Fairness({}, (), tuple(faults))
    random = _random(quiz)
    straight = tuple(key_of(verdict_of(quiz.roles, scales(quiz, _straight(quiz, step)))) for step in range(STEPS))
    return Fairness(random, straight, (*_unequal(quiz, random, straight), *_decided_by_one(quiz)))


def require_fair(knowledge: KnowledgeBase) -> KnowledgeBase:
    """The same knowledge. Raises KnowledgeError, with the figures, when its quiz is unfair."""
    faults = fairness(knowledge.quiz).faults if knowledge.quiz else ()
    if faults:
        raise KnowledgeError(Problem(FILE, 1, 1, fault) for fault in faults)
    return knowledge


def _straight(quiz: Quiz, step: int) -> Answers:
    """The same step everywhere, for as long as there is a question."""
    answers: Answers = ()
    while asks_on(quiz, answers):
        answers = (*answers, step)
    return answers


def _count(quiz: Quiz, role: str) -> int:
    return sum(statement.role == role for statement in quiz.statements)


def _too_few(quiz: Quiz) -> Iterator[str]:
    for role in quiz.roles:
        if _count(quiz, role) <= MIN_ANSWERED:
            need = f"it needs more than {MIN_ANSWERED}, so that one can be skipped."
            yield f"{role} has {_count(quiz, role)} statements: {need}"


def _unequal(quiz: Quiz, random: Mapping[Key, float], straight: Sequence[Key]) -> Iterator[str]:
    """Chances that are not equal; a role for the same step everywhere."""
    first, second = quiz.roles
    for degree in Degree:
        one, other = random[first, degree], random[second, degree]
        if abs(one - other) > WITHIN:
            chances = f"{first} in {100 * one:.2f} % and {second} in {100 * other:.2f} %"
            fix = "give both roles as many statements, pairs and reversed ones."
            yield f"Random answers get {chances} of all cases ({degree}): {fix}"
    for step, (outcome, _) in enumerate(straight, 1):
        if outcome in quiz.roles:
            fix = "reverse as many statements of one role as of the other."
            yield f"Whoever answers step {step} of {STEPS} to all statements gets {outcome}: {fix}"


def _decided_by_one(quiz: Quiz) -> Iterator[str]:
    """The statements that name a role strongly alone, every other in the middle, or turn one such role to the other."""
    for (place, statement), step in product(enumerate(quiz.statements), range(STEPS)):
        answers = [MIDDLE] * len(quiz.statements)
        answers[place] = step
        outcome, degree = key_of(verdict_of(quiz.roles, scales(quiz, answers)))
        if degree is Degree.STRONG:
            yield f'"{statement.id}" alone decides for {outcome}: add statements for that role.'
    for first, second in product(*(range(MIN_ANSWERED, 1 + _count(quiz, role)) for role in quiz.roles)):
        if _turns(quiz, first, second):
            counted = f"With {first} and {second} statements answered"
            yield f"{counted} a single one turns one role into the other: add statements."


def _turns(quiz: Quiz, first: int, second: int) -> bool:
    """Whether, with so many answers, one answer moved from end to end of its steps turns one role into the other."""
    strongly = {(role, Degree.STRONG) for role in quiz.roles}
    for total, other in product(range(TOP * first + 1), range(TOP * second + 1)):
        before = key_of(verdict_of(quiz.roles, Scales((total, other), (first, second), 0)))
        if before != (quiz.roles[0], Degree.STRONG):
            continue
        changed = [(max(total - TOP, 0), other), (total, min(other + TOP, TOP * second))]
        after = {key_of(verdict_of(quiz.roles, Scales(sums, (first, second), 0))) for sums in changed}
        if after & strongly - {before}:
            return True
    return False


def _random(quiz: Quiz) -> dict[Key, float]:
    """The probability of each outcome when every answer is equally likely."""
    found: Counter[Key] = Counter({(role, degree): 0.0 for role in quiz.roles for degree in Degree})
    open_cases = _after_statements(quiz)
    steps = Counter(map(sum, product(range(-MIDDLE, MIDDLE + 1), repeat=ASKED_AT_ONCE)))
    for asked in range(0, len(quiz.tie_breakers) + 1, ASKED_AT_ONCE):
        still_open: Counter[Scales] = Counter()
        for case, chance in open_cases.items():
            if asked < len(quiz.tie_breakers) and is_close(case):
                for preferred, cases in steps.items():
                    preference, count = case.preference + preferred, case.preferences + ASKED_AT_ONCE
                    further = replace(case, preference=preference, preferences=count)
                    still_open[further] += chance * cases / STEPS**ASKED_AT_ONCE
            else:
                found[key_of(verdict_of(quiz.roles, case))] += chance
        open_cases = still_open
    return dict(found)


def _after_statements(quiz: Quiz) -> Counter[Scales]:
    """The probability of all that the statements can come to; contradictions count up to where they decide."""
    counts = (_count(quiz, quiz.roles[0]), _count(quiz, quiz.roles[1]))
    found: Counter[Scales] = Counter()
    for one, two in product(*(_sums(quiz, role).items() for role in quiz.roles)):
        ((first, some), cases), ((second, more), other_cases) = one, two
        case = Scales((first, second), counts, min(some + more, CONTRADICTIONS))
        found[case] += cases * other_cases / STEPS ** len(quiz.statements)
    return found


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
