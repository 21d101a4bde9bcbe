"""The quiz is fair, exactly; an edit that breaks it is an error with the figures."""

from collections import Counter
from itertools import product
from math import sqrt
from random import Random

import pytest

from bot.knowledge.problems import KnowledgeError
from bot.quiz.fairness import _sums, fairness, key_of, require_fair
from bot.quiz.scoring import Degree, asks_on, keyed, scales, verdict_of


def edited(knowledge, *changes):
    """The knowledge with some statements changed: (id, field, value)."""
    statements = list(knowledge.quiz.statements)
    for name, field, value in changes:
        place = next(i for i, s in enumerate(statements) if s.id == name)
        statements[place] = statements[place].model_copy(update={field: value})
    quiz = knowledge.quiz.model_copy(update={"statements": tuple(statements)})
    return type(knowledge)(**{**vars(knowledge), "quiz": quiz})


def test_the_shipped_quiz_is_fair(knowledge):
    """A random answerer gets each role equally often; a straight-liner gets neither."""
    found = fairness(knowledge.quiz)
    assert found.faults == ()
    for degree in Degree:
        chance = found.random["prompt_engineer", degree]
        assert chance == pytest.approx(found.random["ai_engineer", degree])
        assert chance > 0.05
    assert sum(found.random.values()) == pytest.approx(1)
    assert not {outcome for outcome, _ in found.straight} & {*knowledge.quiz.roles}


def test_the_convolution_is_the_enumeration(knowledge):
    """All answers to one role's statements, counted one by one."""
    quiz = knowledge.quiz
    places = [i for i, s in enumerate(quiz.statements) if s.role == "ai_engineer"]
    pairs = [pair for pair in quiz.pairs if pair[0] in places]
    counted = Counter()
    for steps in product(range(5), repeat=len(places)):
        values = dict(
            zip(places, (keyed(quiz.statements[p], a) for p, a in zip(places, steps, strict=True)), strict=True)
        )
        counted[sum(values.values()), sum(abs(values[a] - values[b]) >= 3 for a, b in pairs)] += 1
    assert counted == _sums(quiz, "ai_engineer")


def test_the_adaptive_form_is_the_enumeration_of_it(knowledge):
    """Random answers, drawn as they are asked: each outcome comes as often as was worked out."""
    quiz, random = knowledge.quiz, Random(7)  # noqa: S311 - nothing is kept secret by it
    exact, drawn, takers = fairness(quiz).random, Counter(), 6000
    for _ in range(takers):
        answers = ()
        while asks_on(quiz, answers):
            answers = (*answers, random.randrange(5))
        drawn[key_of(verdict_of(quiz.roles, scales(quiz, answers)))] += 1
    for key, chance in exact.items():
        assert drawn[key] / takers == pytest.approx(chance, abs=4 * sqrt(chance * (1 - chance) / takers))


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        (
            [
                ("somebody_else", "reversed", False),
                ("somebody_else", "opposite", None),
                ("use_ready_made", "reversed", False),
                ("use_ready_made", "opposite", None),
                ("ten_answers", "reversed", True),
            ],
            "Whoever answers step 4 of 5 to all statements gets ai_engineer",
        ),
        (
            [("program_code", "role", "prompt_engineer")],
            "Whoever answers step 2 of 5 to all statements gets ai_engineer",
        ),
        (
            [("program_code", "role", "prompt_engineer"), ("many_parts", "role", "prompt_engineer")],
            "ai_engineer has 4 statements",
        ),
    ],
)
def test_an_unfair_edit_is_an_error_with_the_figures(knowledge, changes, part):
    """Not as many reversed statements, or not as many statements, for both roles."""
    with pytest.raises(KnowledgeError) as error:
        require_fair(edited(knowledge, *changes))
    assert part in str(error.value)
    assert "quiz.yaml:1:1" in str(error.value)


def test_without_a_quiz_there_is_nothing_to_be_unfair(knowledge):
    """Other FAQs have none."""
    without = type(knowledge)(**{**vars(knowledge), "quiz": None})
    assert require_fair(without) is without
