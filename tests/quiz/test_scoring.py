"""Scores by degrees: monotone, symmetric, deterministic; no name that its error doesn't bear."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.quiz.interpretation import level, portrait, strongest
from bot.quiz.scoring import (
    ASKED_AT_ONCE,
    MIN_ANSWERED,
    TOP,
    Degree,
    Scales,
    asks_on,
    keyed,
    result_of,
    roles_in_order,
    scales,
    verdict_of,
)

STEP = st.integers(0, TOP)
lengths = st.sampled_from([12, 14, 16])
full = lengths.flatmap(lambda n: st.lists(STEP, min_size=n, max_size=n)).map(tuple)
some = lengths.flatmap(lambda n: st.lists(st.none() | STEP, min_size=n, max_size=n)).map(tuple)
PE, AIE = "prompt_engineer", "ai_engineer"


def answers_for(quiz, **wanted):
    """The answers that give each role's statements the same keyed step."""
    return tuple(keyed(s, wanted[s.role]) for s in quiz.statements)


@pytest.mark.parametrize(
    ("prompt", "ai", "outcome", "degree"),
    [
        (4, 0, PE, Degree.STRONG),
        (0, 4, AIE, Degree.STRONG),
        (3, 1, PE, Degree.STRONG),
        (3, 2, PE, Degree.LEANING),
        (2, 3, AIE, Degree.LEANING),
        (4, 4, "both", None),
        (4, 3, "both", None),
        (2, 2, "close", None),
        (0, 0, "neither", None),
        (1, 0, "neither", None),
    ],
)
def test_the_clear_cases(knowledge, prompt, ai, outcome, degree):
    """A clear lead names a role, a smaller one leans to it; much of both is both, little of either neither."""
    result = result_of(knowledge.quiz, answers_for(knowledge.quiz, prompt_engineer=prompt, ai_engineer=ai))
    assert (result.verdict.outcome, result.verdict.degree) == (outcome, degree)
    assert result.scales == {PE: 25 * prompt, AIE: 25 * ai}


def test_a_lead_is_ranked_whatever_the_outcome(knowledge):
    """Also where both roles speak to somebody, or neither does, it is told which is ahead."""
    for prompt, ai, ahead in [(4, 3, PE), (3, 4, AIE), (1, 0, PE), (0, 1, AIE), (3, 2, PE), (2, 2, None)]:
        verdict = result_of(knowledge.quiz, answers_for(knowledge.quiz, prompt_engineer=prompt, ai_engineer=ai)).verdict
        assert verdict.ahead == ahead
        assert (verdict.chance > 0.5) == bool(ahead)


def test_contradictions_are_told_with_their_pairs(knowledge):
    """The same extreme answer to partners that say the contrary."""
    result = result_of(knowledge.quiz, (TOP,) * 12)
    assert result.verdict.outcome == "mixed"
    told = {frozenset((one.statement.id, other.statement.id)) for one, other in result.contradictions}
    statements = knowledge.quiz.statements
    assert told == {frozenset((statements[a].id, statements[b].id)) for a, b in knowledge.quiz.pairs}


@given(answers=full, place=st.integers(0, 11))
def test_more_agreement_never_lowers_a_role(knowledge, answers, place):
    """Monotone: a step towards a role moves the lead towards it; of a reversed statement, the other way."""
    quiz, statement = knowledge.quiz, knowledge.quiz.statements[place]
    step = -1 if statement.reversed else 1
    if 0 <= answers[place] + step <= TOP:
        moved = (*answers[:place], answers[place] + step, *answers[place + 1 :])
        change = scales(quiz, moved).lead - scales(quiz, answers).lead
        assert (change > 0) == (statement.role == quiz.roles[0])


@given(answers=st.lists(STEP, min_size=16, max_size=16).map(tuple), place=st.integers(0, 3))
def test_a_tie_breaker_speaks_for_the_activity_that_is_preferred(knowledge, answers, place):
    """A lower step prefers the first activity, whichever role's that is."""
    quiz, at = knowledge.quiz, 12 + place
    lower, higher = (scales(quiz, (*answers[:at], step, *answers[at + 1 :])) for step in (0, TOP))
    assert (lower.lead > higher.lead) == (roles_in_order(quiz, place)[0] == quiz.roles[0])


@given(answers=some)
def test_swapping_the_roles_swaps_the_outcome(knowledge, answers):
    """Symmetric: neither role is the default."""
    found = scales(knowledge.quiz, answers)
    turned = Scales(found.sums[::-1], found.counts[::-1], found.contradictions, -found.preference, found.preferences)
    other = {PE: AIE, AIE: PE}
    one, two = verdict_of((PE, AIE), found), verdict_of((PE, AIE), turned)
    assert (one is None) == (two is None)
    if one:
        assert (two.outcome, two.degree) == (other.get(one.outcome, one.outcome), one.degree)
        assert two.chance == pytest.approx(one.chance)


@given(answers=some)
def test_any_answers_get_a_result_or_are_too_few(knowledge, answers):
    """Skipped statements are left out; below the minimum of one role there is no result."""
    counts = scales(knowledge.quiz, answers).counts
    result = result_of(knowledge.quiz, answers)
    assert (result is None) == (min(counts) < MIN_ANSWERED)
    if result:
        assert result.verdict.outcome in knowledge.quiz.results
        assert all(0 <= points <= 100 for points in (*result.scales.values(), *result.profile.values()))
        assert len(result.influences) == sum(counts)


@given(answers=st.lists(STEP, min_size=16, max_size=16).map(tuple))
def test_tie_breakers_are_asked_only_where_it_is_close(knowledge, answers):
    """After all statements, two at a time; none after a clear lead, and never more than there are."""
    quiz = knowledge.quiz
    asked = next(n for n in range(17) if not asks_on(quiz, answers[:n]))
    assert asked in range(12, 17, ASKED_AT_ONCE)
    verdict = result_of(quiz, answers[:12]).verdict
    if asked > 12:
        assert verdict.outcome not in {"mixed", "neither"}
        assert verdict.degree is not Degree.STRONG


@given(answers=full)
def test_no_words_contradict_the_picture(knowledge, answers):
    """Each sentence is the one of its dimension's level, and high ones come first."""
    quiz = knowledge.quiz
    result = result_of(quiz, answers)
    told = portrait(quiz, result)
    true = {getattr(quiz.dimensions[key], level(points)) for key, points in result.profile.items()}
    assert 0 < len(told) <= 4
    assert set(told) <= true
    for key, points in result.profile.items():
        if points == 100 and quiz.dimensions[key].high not in told:
            assert sum(value == 100 for value in result.profile.values()) > 2


@given(answers=full)
def test_what_counted_most_speaks_for_the_outcome(knowledge, answers):
    """At most three, and none that speaks against the role that is named."""
    result = result_of(knowledge.quiz, answers)
    found = strongest(result)
    assert len(found) <= 3
    if result.verdict.degree:
        ahead = result.verdict.ahead
        assert all((i.untypical > 0) == (i.statement.role == ahead) for i in found)


def test_what_counted_most_is_held_against_what_is_typical(knowledge):
    """Liking what few like counts more than liking what most like; an answer that all give counts nothing."""
    quiz = knowledge.quiz
    typical = tuple(s.typical for s in quiz.statements)
    assert strongest(result_of(quiz, typical)) == ()
    place = next(i for i, s in enumerate(quiz.statements) if s.typical != 2)
    unusual = TOP - typical[place]
    changed = (*typical[:place], unusual, *typical[place + 1 :])
    assert strongest(result_of(quiz, changed))[0].statement == quiz.statements[place]


def test_fewer_answers_make_a_wider_band():
    """The error grows with every statement that is skipped, and shrinks with every tie-breaker."""
    whole, skipped = Scales((12, 12), (6, 6), 0), Scales((8, 8), (4, 4), 0)
    assert whole.error == pytest.approx(10.9, abs=0.05)
    assert skipped.error > whole.error > Scales((12, 12), (6, 6), 0, 0, 4).error


def test_partners_are_of_one_role_and_contrary(knowledge):
    """Every pair has one reversed statement."""
    statements = knowledge.quiz.statements
    pairs = knowledge.quiz.pairs
    assert len(pairs) == 4
    assert all({statements[a].reversed, statements[b].reversed} == {True, False} for a, b in pairs)
