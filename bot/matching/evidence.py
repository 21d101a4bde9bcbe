"""What speaks for each target: the linear model, the likelihood of its words, and the most similar single phrasing.

All three come with leave-one-out values for the phrasings themselves, so that confidence can be fitted on what unseen
questions will look like. Knows targets only as numbers.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.matching.features import Floats, SparseRows, SparseVector
from bot.matching.likelihood import LikelihoodModel
from bot.matching.linear import BLOCK, LinearModel
from bot.matching.nearest import NearestPhrasing

CANDIDATES = 16
# How much the likelihood counts in choosing the candidates; what it really tells is weighed later.
LIKELIHOOD_IN_CHOICE = 0.025


@dataclass(frozen=True)
class Evidence:
    """The likeliest targets by number, and what speaks for each, in parallel arrays.

    The linear score, the likelihood, and the similarity and number of the nearest phrasing.
    """

    targets: npt.NDArray[np.intp]
    linear: Floats
    likelihood: Floats
    nearest: Floats
    phrasing: npt.NDArray[np.intp]


class EvidenceModel:
    """Fitted on the phrasings, which must be ordered by target."""

    def __init__(
        self,
        vectors: SparseRows,
        embeddings: Floats,
        targets: Sequence[int],
        kinds: npt.NDArray[np.int8],
    ) -> None:
        """`targets[i]` is the target's number of phrasing i: 0, 0, …, 1, 1, … without gaps; kinds those of features."""
        self._vectors, self._embeddings = vectors, embeddings
        self._targets = np.asarray(targets, np.intp)
        self._linear = LinearModel(vectors, embeddings, self._targets)
        self._likelihood = LikelihoodModel(vectors, self._targets, kinds)
        self._nearest = NearestPhrasing(vectors, embeddings, self._targets, len(kinds))

    def of(self, vector: SparseVector, embedding: Floats) -> Evidence:
        """The evidence for an unseen text."""
        linear, likelihood = self._linear.scores(vector, embedding), self._likelihood.scores(vector)
        return self._weighed(linear, likelihood, vector, embedding)

    def left_out(self, rows: Sequence[int]) -> Iterator[Evidence]:
        """The evidence for each of these phrasings, as if it had not been among the phrasings (leave-one-out)."""
        for start in range(0, len(rows), BLOCK):
            block = rows[start : start + BLOCK]
            for row, linear in zip(block, self._linear.left_out(block), strict=True):
                vector = self._vectors[row]
                likelihood = self._likelihood.left_out(vector, int(self._targets[row]))
                yield self._weighed(linear, likelihood, vector, self._embeddings[row], without=row)

    def _weighed(
        self, linear: Floats, likelihood: Floats, vector: SparseVector, embedding: Floats, without: int = -1
    ) -> Evidence:
        total = linear + LIKELIHOOD_IN_CHOICE * likelihood
        count = min(CANDIDATES, len(total))
        chosen = np.argpartition(-total, count - 1)[:count]
        nearest, phrasing = self._nearest.of(vector, embedding, chosen, without)
        return Evidence(chosen, linear[chosen], likelihood[chosen], nearest, phrasing)
