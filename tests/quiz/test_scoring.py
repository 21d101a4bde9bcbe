"""Scores: independent scales, whose band follows from their error; deterministic, monotone, symmetric."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.quiz.scoring import TOP, error, keyed, outcome_of, result_of, scales, strongest

STEP = st.integers(0, TOP)
twelve = st.lists(STEP, min_size=12, max_size=12).map(tuple)
some = st.lists(st.none() | STEP, min_size=12, max_size=12).map(tuple)
PE, AIE = "prompt_engineer", "ai_engineer"


def answers_for(quiz, **wanted):
    """The answers that give each role's statements the same keyed step."""
    return tuple(keyed(s, wanted[s.role]) for s in quiz.statements)


@pytest.mark.parametrize(
    ("prompt", "ai", "outcome"),
    [(4, 0, PE), (0, 4, AIE), (4, 4, "both"), (0, 0, "neither"), (2, 2, "neither"), (3, 1, PE), (2, 0, "neither")],
)
def test_the_clear_cases(knowledge, prompt, ai, outcome):
    """Who says only yes to one role gets it; to both, both; to none, neither."""
    result = result_of(knowledge.quiz, answers_for(knowledge.quiz, prompt_engineer=prompt, ai_engineer=ai))
    assert result.outcome == outcome
    assert result.scales == {PE: 25 * prompt, AIE: 25 * ai}


def test_contradictions_are_mixed_signals(knowledge):
    """The same extreme answer to partners that say the contrary."""
    assert result_of(knowledge.quiz, (TOP,) * 12).outcome == "mixed"


@given(answers=twelve, place=st.integers(0, 11))
def test_more_agreement_never_lowers_the_scale(knowledge, answers, place):
    """Monotone: a step towards the role moves its scale up and leaves the other alone; reversed ones the other way."""
    statement = knowledge.quiz.statements[place]
    step = -1 if statement.reversed else 1
    if 0 <= answers[place] + step <= TOP:
        moved = (*answers[:place], answers[place] + step, *answers[place + 1 :])
        before, after = result_of(knowledge.quiz, answers).scales, result_of(knowledge.quiz, moved).scales
        assert after[statement.role] > before[statement.role]
        assert {r: p for r, p in after.items() if r != statement.role} == {
            r: p for r, p in before.items() if r != statement.role
        }


@given(answers=some)
def test_swapping_the_roles_swaps_the_outcome(knowledge, answers):
    """Symmetric: neither role is the default, and ties go to none."""
    quiz = knowledge.quiz
    other = {PE: AIE, AIE: PE}
    swapped = quiz.model_copy(
        update={"statements": tuple(s.model_copy(update={"role": other[s.role]}) for s in quiz.statements)}
    )
    one, two = (outcome_of((PE, AIE), _in_order(q, answers)) for q in (quiz, swapped))
    assert two == other.get(one, one)


def _in_order(quiz, answers):
    """The scales with the prompt engineer's first."""
    found = scales(quiz, answers)
    if quiz.roles == (PE, AIE):
        return found
    return type(found)(found.sums[::-1], found.counts[::-1], found.contradictions)


@given(answers=some)
def test_any_answers_get_a_result_or_are_too_few(knowledge, answers):
    """Skipped statements are left out; below the minimum of one role there is no result."""
    counts = scales(knowledge.quiz, answers).counts
    result = result_of(knowledge.quiz, answers)
    assert (result is None) == (min(counts) < 4)
    if result:
        assert result.outcome in knowledge.quiz.results
        assert all(0 <= points <= 100 for points in (*result.scales.values(), *result.profile.values()))
        assert len(result.influences) == sum(counts)


@given(answers=twelve)
def test_one_different_answer_is_told_truly(knowledge, answers):
    """What is said to change the outcome does, and where nothing is said, nothing does."""
    result = result_of(knowledge.quiz, answers)
    quiz = knowledge.quiz
    outcomes = {
        outcome_of(quiz.roles, scales(quiz, (*answers[:place], step, *answers[place + 1 :])))
        for place in range(12)
        for step in range(5)
    }
    assert (result.change is None) == (outcomes == {result.outcome})
    if result.change:
        place = knowledge.quiz.statements.index(result.change.statement)
        changed = (*answers[:place], result.change.answer, *answers[place + 1 :])
        assert result_of(knowledge.quiz, changed).outcome == result.change.outcome != result.outcome


def test_what_moved_most_speaks_for_the_outcome(knowledge):
    """At most three, the strongest first, none that speaks against it."""
    answers = answers_for(knowledge.quiz, prompt_engineer=4, ai_engineer=1)
    found = strongest(result_of(knowledge.quiz, answers))
    assert len(found) == 3
    assert all(i.statement.role == PE for i in found)


def test_fewer_answers_make_a_larger_error():
    """The band widens with every statement that is skipped."""
    assert error(6) == pytest.approx(7.2, abs=0.05)
    assert error(4) > error(6)


def test_partners_are_of_one_role_and_contrary(knowledge):
    """Every pair has one reversed statement."""
    statements = knowledge.quiz.statements
    pairs = knowledge.quiz.pairs
    assert len(pairs) == 4
    assert all({statements[a].reversed, statements[b].reversed} == {True, False} for a, b in pairs)
