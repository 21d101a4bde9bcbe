"""Evidence → probabilities: a conditional logit over the candidates, fitted at load on leave-one-out evidence.

Each candidate has a few numbers (linear score, nearest similarity, agreement of facets …); one weight for each number
says how much it counts. The weights are found by maximum likelihood (conditional logit: McFadden 1974), so that a
probability of 0.8 means right four times in five on questions that were left out. Nothing is set by hand.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.matching.features import Floats

# A weak Gaussian prior keeps the weights finite where candidates are told apart perfectly.
PRIOR = 1e-2
STEPS = 40
CONVERGED = 1e-5


@dataclass(frozen=True)
class ConfidenceModel:
    """The weights of the numbers."""

    weights: Floats

    @classmethod
    def fit(cls, questions: Sequence[Floats], right: Sequence[int], width: int) -> "ConfidenceModel":
        """Fit by Newton's method.

        Each question is an array (candidates, width); `right` is the row of the true candidate. Questions whose
        truth is not among the candidates must be left out by the caller.
        """
        weights = np.zeros(width)
        for _ in range(STEPS):
            gradient = PRIOR * weights
            hessian = PRIOR * np.eye(width)
            for numbers, truth in zip(questions, right, strict=True):
                probabilities = softmax((numbers @ weights).astype(np.float32))
                mean = probabilities @ numbers
                gradient += mean - numbers[truth]
                hessian += (numbers * probabilities[:, None]).T @ numbers - np.outer(mean, mean)
            step = np.linalg.solve(hessian, gradient)
            weights -= step / max(1.0, float(np.abs(step).max()) / 5)
            if np.abs(step).max() < CONVERGED:
                break
        return cls(weights.astype(np.float32))

    def probabilities(self, numbers: Floats) -> Floats:
        """One probability for each candidate (rows of `numbers`), summing to one."""
        return softmax(numbers @ self.weights)


def softmax(scores: Floats) -> Floats:
    """Exponentials that sum to one."""
    exponentials = np.exp(scores - scores.max())
    probabilities: Floats = exponentials / exponentials.sum()
    return probabilities
