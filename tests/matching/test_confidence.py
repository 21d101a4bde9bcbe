"""Confidence: fitted on evidence, it says how often such a candidate is right."""

import numpy as np
import pytest

from bot.matching.confidence import ConfidenceModel, softmax


def test_probabilities_sum_to_one():
    """Whatever the scores."""
    assert softmax(np.array([1000.0, 0.0, -1000.0], np.float32)).sum() == pytest.approx(1)


def test_a_number_that_tells_gets_weight_and_noise_gets_none():
    """The first column decides, the second is noise."""
    rng = np.random.default_rng(0)
    questions, right = [], []
    for _ in range(400):
        numbers = rng.normal(size=(4, 2)).astype(np.float32)
        noisy = numbers[:, 0] * 3 + rng.gumbel(size=4)
        questions.append(numbers)
        right.append(int(noisy.argmax()))
    model = ConfidenceModel.fit(questions, right, 2)
    assert model.weights[0] == pytest.approx(3, abs=0.5)
    assert abs(model.weights[1]) < 0.2


def test_no_questions_leave_all_candidates_alike():
    """A knowledge base with a single entry can teach nothing."""
    model = ConfidenceModel.fit([], [], 2)
    assert model.probabilities(np.zeros((2, 2), np.float32)).tolist() == [0.5, 0.5]
