"""The quiz is fair, exactly; an edit that breaks it is an error with the figures."""

from collections import Counter
from itertools import product

import pytest

from bot.knowledge.problems import KnowledgeError
from bot.quiz.fairness import _sums, fairness, require_fair
from bot.quiz.scoring import keyed


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
    assert found.random["prompt_engineer"] == found.random["ai_engineer"] > 0.05
    assert sum(found.random.values()) == pytest.approx(1)
    assert not {*found.straight} & {*knowledge.quiz.roles}


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


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        (
            [
                ("somebody_else", "reversed", False),
                ("somebody_else", "opposite", None),
                ("ready_made", "reversed", False),
                ("ready_made", "opposite", None),
                ("comparing_versions", "reversed", True),
            ],
            "Whoever answers step 4 of 5 to all statements gets ai_engineer",
        ),
        ([("programming", "role", "prompt_engineer")], "Random answers get"),
        (
            [("programming", "role", "prompt_engineer"), ("technical_company", "role", "prompt_engineer")],
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
