"""The quiz tells simulated takers apart as well as is promised."""

import pytest

from bot.quiz.simulation import simulate, standard_error


@pytest.fixture(scope="module")
def simulated(knowledge):
    """The shipped quiz, taken by simulated takers."""
    return simulate(knowledge.quiz)


def test_a_true_tie_is_seldom_named(simulated):
    """One taker in twenty at most."""
    tie = simulated.cases[50.0, 50.0]
    assert tie.strongly_right + tie.strongly_wrong <= 0.05


@pytest.mark.parametrize(("case", "least"), [((60.0, 40.0), 0.92), ((70.0, 30.0), 0.97)])
def test_a_true_lead_is_ranked_the_right_way(simulated, case, least):
    """The role that is truly ahead is told to be."""
    assert simulated.cases[case].right >= least


def test_the_error_that_is_told_is_the_error_that_is_made(knowledge, simulated):
    """The model's standard error holds for takers as they come."""
    assert simulated.error == pytest.approx(standard_error(knowledge.quiz), rel=0.15)
    assert min(simulated.alpha) > 0.7
