"""Evidence → probabilities: a conditional logit over the candidates, fitted at load on leave-one-out evidence.

Each candidate has a few numbers (linear score, nearest similarity, agreement of facets …); one weight for each number
says how much it counts. The weights are found by maximum likelihood (conditional logit: McFadden 1974), so that a
probability of 0.8 means right four times in five on questions that were left out. One more alternative, with numbers of
its own, stands for none of the candidates.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.matching.evidence import Evidence
from bot.matching.experience import read_experience, shrunk
from bot.matching.features import Floats

# A weak Gaussian prior keeps the weights finite where candidates are told apart perfectly.
PRIOR = 1e-2
STEPS = 40
CONVERGED = 1e-4
LEAST = 1e-12
EXPERIENCE_FILE = Path(__file__).with_name("experience.json")

# The numbers of each alternative (alternatives, width), which of them are right, and how much the question counts.
Question = tuple[Floats, npt.NDArray[np.bool_], float]


@dataclass(frozen=True)
class ConfidenceModel:
    """The weights of the numbers."""

    weights: Floats

    @classmethod
    def experienced(cls) -> "ConfidenceModel":
        """What the knowledge that comes with the bot has led to."""
        return cls(read_experience(EXPERIENCE_FILE)["weights"])

    @classmethod
    def fit(cls, questions: Sequence[Question]) -> "ConfidenceModel":
        """Fit by Newton's method, with the expected information in place of the observed one."""
        numbers, right, shares = _padded(questions)
        given, width = right >= 0, numbers.shape[2]
        flat = numbers.reshape(-1, width)
        weights = np.zeros(width)
        for _ in range(STEPS):
            probabilities = softmax(np.where(given, (flat @ weights).reshape(right.shape), -np.inf))
            wanted = probabilities * (right > 0)
            wanted /= np.maximum(wanted.sum(axis=1, keepdims=True), LEAST)
            mean = np.einsum("qa,qaw->qw", probabilities, numbers, optimize=True)
            weighted = flat * (shares[:, None] * probabilities).reshape(-1, 1)
            gradient = PRIOR * weights + (shares[:, None] * (probabilities - wanted)).ravel() @ flat
            hessian = PRIOR * np.eye(width) + weighted.T @ flat - (mean * shares[:, None]).T @ mean
            step = np.linalg.solve(hessian, gradient)
            weights -= step / max(1.0, float(np.abs(step).max()) / 5)
            if np.abs(step).max() < CONVERGED:
                break
        return cls(weights.astype(np.float32))

    def with_questions(self, questions: Sequence[Question]) -> "ConfidenceModel":
        """This one, drawn towards what these questions lead to: the more so, the more there are."""
        seen = sum(share for *_, share in questions)
        return ConfidenceModel(shrunk(self.fit(questions).weights, seen, self.weights))

    def probabilities(self, numbers: Floats) -> Floats:
        """One probability for each alternative (rows of `numbers`), summing to one."""
        return softmax(numbers @ self.weights)


def with_none(numbers: Floats, evidence: Evidence) -> Floats:
    """The candidates' numbers, and below them the alternative that none of them is meant, with columns of its own.

    It sees how well the best candidates do, and by how much they lead: where nothing fits, none is likely.
    """
    best = int(evidence.linear.argmax()) if len(evidence.linear) else 0
    scores = (evidence.linear, evidence.likelihood, evidence.nearest)
    own = [1.0, *(number for score in scores for number in _lead(score))]
    own += [_lead(column)[0] for column in evidence.coverage.T]
    own += [float(evidence.nearest[best]), float(evidence.coverage[best, 0])] if len(evidence.linear) else [0.0, 0.0]
    rows, width = numbers.shape
    alternatives = np.zeros((rows + 1, width + len(own)), np.float32)
    alternatives[:rows, :width], alternatives[rows, width:] = numbers, own
    return alternatives


def _lead(scores: Floats) -> tuple[float, float]:
    """The best score, and how far the second is behind."""
    best, second, *_ = *np.sort(scores)[::-1], np.float32(0), np.float32(0)
    return float(best), float(best - second)


def _padded(questions: Sequence[Question]) -> tuple[Floats, npt.NDArray[np.int8], Floats]:
    """All questions as arrays of as many alternatives: their numbers; 1 right, 0 wrong, -1 none there; the shares."""
    most = max(len(right) for _, right, _ in questions)
    numbers = np.zeros((len(questions), most, questions[0][0].shape[1]), np.float32)
    judged = np.full((len(questions), most), -1, np.int8)
    for place, (rows, right, _) in enumerate(questions):
        numbers[place, : len(rows)], judged[place, : len(rows)] = rows, right
    return numbers, judged, np.array([share for *_, share in questions], np.float32)


def softmax(scores: Floats) -> Floats:
    """Exponentials that sum to one, in each row."""
    exponentials = np.exp(scores - scores.max(axis=-1, keepdims=True))
    probabilities: Floats = exponentials / exponentials.sum(axis=-1, keepdims=True)
    return probabilities
