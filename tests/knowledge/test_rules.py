"""The quiz's file is checked as strictly as the rest: every fault at its place, with its fix."""

import pytest

from bot.knowledge.loader import load
from bot.knowledge.problems import KnowledgeError
from tests import small

FIRST = "{id: baker_1, text: I like baker_1., role: baker, dimension: baker, entry: baker.pay, reversed: false}"


def first(**changes):
    """The quiz with its first statement changed."""
    text = FIRST
    for key, (old, new) in changes.items():
        text = text.replace(f"{key}: {old}", f"{key}: {new}")
    assert FIRST in small.QUIZ
    return small.QUIZ.replace(FIRST, text)


FAULTS = {
    "unknown role": (first(role=("baker", "bakr")), 'There is no role "bakr" in vocabulary.yaml: fix or remove it here, or add it there. Did'),
    "a third role": (first(role=("baker", "clerk")), "The statements speak for 3 roles"),
    "unknown entry": (first(entry=("baker.pay", "bakr.pay")), 'There is no entry "bakr.pay"'),
    "unknown dimension": (first(dimension=("baker", "bakr")), 'There is no dimension "bakr" in `dimensions`: fix or remove it here, or add it there. Did you mean "baker"?'),
    "dimension of the other role": (first(dimension=("baker", "cook")), '"cook" already speaks for'),
    "unused dimension": (small.QUIZ.replace("dimensions:\n", "dimensions:\n  tea: {title: Tea, high: Tea!, middle: Tea., low: No tea.}\n"), 'No statement is of the dimension "tea"'),
    "id twice": (first(id=("baker_1", "cook_1")), 'The id "cook_1" stands twice'),
    "unknown opposite": (first(reversed=("false", "false, opposite: baker_9")), 'There is no statement "baker_9"'),
    "no opposite": (first(reversed=("false", "false, opposite: baker_2")), '"baker_2" is no opposite'),
    "two partners": (
        small.QUIZ.replace(FIRST, FIRST[:-1] + ", opposite: baker_5}").replace("reversed: true}\n  - {id: cook_6", "reversed: true, opposite: baker_1}\n  - {id: cook_6"),
        "A statement has one partner",
    ),
    "result missing": (small.QUIZ.replace("  mixed: {step: Try mixed., next: [baker.pay, cook.pay]}\n", ""), 'The result "mixed" is missing'),
    "result too many": (small.QUIZ.replace("statements:\n", "  tea: {step: Tea., next: [baker.pay, cook.pay]}\nstatements:\n"), 'No outcome is called "tea"'),
    "unknown next": (small.QUIZ.replace("next: [baker.pay,", "next: [gone,", 1), 'There is no entry "gone"'),
    "tie-breaker of one role": (small.QUIZ.replace("{baker: Bake 1, cook", "{bakr: Bake 1, cook"), "`rather` names one activity for each of baker and cook"),
    "one tie-breaker": (small.QUIZ[: small.QUIZ.index("  - {id: rather_2")], "Tie-breakers are asked two at a time"),
    "not a step": (first(reversed=("false", "false, typical: 7")), "`typical`"),
    "unknown topic": (small.QUIZ + "offered_under: [tea]\n", 'There is no topic "tea"'),
    "too long": (first(text=("I like baker_1.", "x" * 121)), "is too long for Discord"),
    "too few": (small.QUIZ.split("  - {id: baker_4")[0], "`statements` has 6 items: at least 8 are needed."),
    "quoted truth": (first(reversed=("false", '"no"')), "must be true or false, without quotes"),
}  # fmt: skip


def test_a_good_quiz(tmp_path):
    """Statements in the file's order, roles in the order in which they first come."""
    quiz = load(small.write(tmp_path, quiz=small.QUIZ)).quiz
    assert quiz.roles == ("baker", "cook")
    assert [s.id for s in quiz.statements][:3] == ["baker_1", "cook_1", "baker_2"]


def test_a_quiz_is_not_required(tmp_path):
    """Other FAQs have none."""
    assert load(small.write(tmp_path)).quiz is None


@pytest.mark.parametrize("fault", FAULTS)
def test_faults(tmp_path, fault):
    """Each is told with the place in quiz.yaml."""
    text, expected = FAULTS[fault]
    with pytest.raises(KnowledgeError) as error:
        load(small.write(tmp_path, quiz=text))
    assert expected in str(error.value)
    assert "quiz.yaml:" in str(error.value)
