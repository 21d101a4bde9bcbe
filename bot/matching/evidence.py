"""What speaks for each target: the linear model, the likelihood of its words, and the most similar single phrasing.

All three come with leave-one-out values for the phrasings themselves, so that confidence can be fitted on what unseen
questions will look like. Knows targets only as numbers.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.matching.features import Floats, Phrasings, SparseVector
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


@dataclass(frozen=True)
class EvidenceModel:
    """The three models, fitted on the same phrasings."""

    phrasings: Phrasings
    linear: LinearModel
    likelihood: LikelihoodModel
    nearest: NearestPhrasing

    @classmethod
    def fit(cls, phrasings: Phrasings, kinds: npt.NDArray[np.int8]) -> "EvidenceModel":
        """`kinds[f]` is the FeatureKind of feature f."""
        return cls(
            phrasings,
            LinearModel.fit(phrasings),
            LikelihoodModel.fit(phrasings, kinds),
            NearestPhrasing.fit(phrasings, len(kinds)),
        )

    def of(self, vector: SparseVector, embedding: Floats) -> Evidence:
        """The evidence for an unseen text."""
        linear, likelihood = self.linear.scores(vector, embedding), self.likelihood.scores(vector)
        return self._weighed(linear, likelihood, vector, embedding)

    def left_out(self, rows: Sequence[int]) -> Iterator[Evidence]:
        """The evidence for each of these phrasings, as if it had not been among the phrasings (leave-one-out)."""
        for start in range(0, len(rows), BLOCK):
            block = rows[start : start + BLOCK]
            for row, linear in zip(block, self.linear.left_out(block), strict=True):
                vector = self.phrasings.vectors[row]
                likelihood = self.likelihood.left_out(vector, int(self.phrasings.targets[row]))
                yield self._weighed(linear, likelihood, vector, self.phrasings.embeddings[row], without=row)

    def _weighed(
        self, linear: Floats, likelihood: Floats, vector: SparseVector, embedding: Floats, without: int = -1
    ) -> Evidence:
        total = linear + LIKELIHOOD_IN_CHOICE * likelihood
        count = min(CANDIDATES, len(total))
        chosen = np.argpartition(-total, count - 1)[:count]
        nearest, phrasing = self.nearest.of(vector, embedding, chosen, without)
        return Evidence(chosen, linear[chosen], likelihood[chosen], nearest, phrasing)
