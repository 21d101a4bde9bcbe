"""Confidence: fitted on evidence, it says how often such a candidate is right."""

import numpy as np
import pytest

from bot.matching.confidence import ConfidenceModel, softmax, with_none
from bot.matching.evidence import Evidence


def test_probabilities_sum_to_one():
    """Whatever the scores."""
    assert softmax(np.array([1000.0, 0.0, -1000.0], np.float32)).sum() == pytest.approx(1)


def test_a_number_that_tells_gets_weight_and_noise_gets_none():
    """The first column decides, the second is noise."""
    rng = np.random.default_rng(0)
    questions = []
    for _ in range(400):
        numbers = rng.normal(size=(4, 2)).astype(np.float32)
        noisy = numbers[:, 0] * 3 + rng.gumbel(size=4)
        questions.append((numbers, np.arange(4) == noisy.argmax(), 1.0))
    model = ConfidenceModel.fit(questions)
    assert model.weights[0] == pytest.approx(3, abs=0.5)
    assert abs(model.weights[1]) < 0.2


def test_several_may_be_right():
    """What always holds of one of the right ones gets weight; which of them is the likelier one is left open."""
    numbers = np.array([[1, 0], [1, 0], [0, 1], [0, 1]], np.float32)
    model = ConfidenceModel.fit([(numbers, np.array([True, True, False, False]), 1.0)] * 50)
    first, second, third, _ = model.probabilities(numbers)
    assert first == pytest.approx(second)
    assert first > 0.49 > 10 * third


def test_questions_count_as_much_as_they_weigh():
    """Three that say one thing, at a weight of one, against one that says the other, at a weight of nine."""
    numbers = np.eye(2, dtype=np.float32)
    first, second = np.array([True, False]), np.array([False, True])
    model = ConfidenceModel.fit([(numbers, first, 1.0)] * 3 + [(numbers, second, 9.0)])
    assert model.probabilities(numbers)[1] == pytest.approx(0.75, abs=0.01)


def test_no_evidence_leaves_all_candidates_alike():
    """What is the same for all tells nothing."""
    numbers = np.ones((2, 3), np.float32)
    model = ConfidenceModel.fit([(numbers, np.array([True, False]), 1.0)])
    assert model.probabilities(numbers).tolist() == [0.5, 0.5]


def evidence(*linear):
    """Evidence for so many candidates, which says the same in every respect."""
    scores = np.array(linear, np.float32)
    numbers = np.arange(len(linear))
    return Evidence(numbers, scores, scores, scores, numbers, np.column_stack([scores, scores]))


@pytest.mark.parametrize("scores", [(), (0.4,), (0.9, 0.2, 0.1)])
def test_none_of_them_is_one_more_alternative(scores):
    """Below the candidates, whose numbers stay as they are; each side has columns of its own."""
    numbers = np.arange(1, 2 * len(scores) + 1, dtype=np.float32).reshape(-1, 2)
    alternatives = with_none(numbers, evidence(*scores))
    assert (alternatives[:-1, :2] == numbers).all()
    assert not alternatives[:-1, 2:].any()
    assert not alternatives[-1, :2].any()
    assert alternatives[-1, 2] == 1


def test_none_of_them_is_likely_where_nothing_fits():
    """Learned from questions whose own record was hidden: the best of what is left does badly."""
    fits, fits_not = evidence(0.9, 0.1, 0.1), evidence(0.2, 0.1, 0.1)
    questions = [
        (with_none(found.linear[:, None], found), np.arange(4) == right, 1.0)
        for found, right in ((fits, 0), (fits_not, 3))
        for _ in range(20)
    ]
    model = ConfidenceModel.fit(questions)
    known, unknown = (model.probabilities(with_none(found.linear[:, None], found))[-1] for found in (fits, fits_not))
    assert (known < 0.2, unknown > 0.8) == (True, True)
