"""What speaks for each target: linear model, likelihood of its words, most similar single phrasing, coverage.

All come with leave-one-out values for the phrasings themselves, so that confidence can be fitted on what unseen
questions will look like. Knows targets only as numbers.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from bot.matching.coverage import CoverageModel
from bot.matching.features import FeatureSpace, Floats, Phrasings, SparseVector
from bot.matching.likelihood import LikelihoodModel
from bot.matching.linear import BLOCK, LinearModel
from bot.matching.nearest import NearestPhrasing

CANDIDATES = 16
# How much the likelihood counts in choosing the candidates; what it really tells is weighed later.
LIKELIHOOD_IN_CHOICE = 0.025


@dataclass(frozen=True)
class Evidence:
    """The likeliest targets by number, and what speaks for each, in parallel arrays.

    The linear score, the likelihood, the similarity and number of the nearest phrasing, and the coverage (two columns).
    """

    targets: npt.NDArray[np.intp]
    linear: Floats
    likelihood: Floats
    nearest: Floats
    phrasing: npt.NDArray[np.intp]
    coverage: Floats

    def take(self, rows: npt.NDArray[np.bool_]) -> "Evidence":
        """The evidence for some of the targets alone."""
        return Evidence(*(getattr(self, field.name)[rows] for field in fields(self)))


@dataclass(frozen=True)
class EvidenceModel:
    """The four models, fitted on the same phrasings."""

    phrasings: Phrasings
    linear: LinearModel
    likelihood: LikelihoodModel
    nearest: NearestPhrasing
    coverage: CoverageModel

    @classmethod
    def fit(cls, phrasings: Phrasings, space: FeatureSpace, answers: Sequence[Sequence[str]]) -> "EvidenceModel":
        """`answers` are the words of each target's own text."""
        return cls(
            phrasings,
            LinearModel.fit(phrasings),
            LikelihoodModel.fit(phrasings, space.kinds),
            NearestPhrasing.fit(phrasings, len(space)),
            CoverageModel.fit(phrasings, space, answers),
        )

    def of(self, vector: SparseVector, embedding: Floats, strange: float) -> Evidence:
        """The evidence for an unseen text; `strange` is the weight of its words that no phrasing has."""
        linear, likelihood = self.linear.scores(vector, embedding), self.likelihood.scores(vector)
        return self._weighed(linear, likelihood, vector, embedding, strange)

    def left_out(self, rows: Sequence[int]) -> Iterator[Evidence]:
        """The evidence for each of these phrasings, as if it had not been among the phrasings (leave-one-out)."""
        for start in range(0, len(rows), BLOCK):
            block = rows[start : start + BLOCK]
            for row, linear in zip(block, self.linear.left_out(block), strict=True):
                vector = self.phrasings.vectors[row]
                likelihood = self.likelihood.left_out(vector, int(self.phrasings.targets[row]))
                yield self._weighed(linear, likelihood, vector, self.phrasings.embeddings[row], 0.0, without=row)

    def _weighed(  # noqa: PLR0913, PLR0917 - the scores, and what they are of
        self,
        linear: Floats,
        likelihood: Floats,
        vector: SparseVector,
        embedding: Floats,
        strange: float,
        without: int = -1,
    ) -> Evidence:
        total = linear + LIKELIHOOD_IN_CHOICE * likelihood
        count = min(CANDIDATES, len(total))
        chosen = np.argpartition(-total, count - 1)[:count]
        nearest, phrasing = self.nearest.of(vector, embedding, chosen, without)
        coverage = self.coverage.of(vector, strange, chosen, without)
        return Evidence(chosen, linear[chosen], likelihood[chosen], nearest, phrasing, coverage)
