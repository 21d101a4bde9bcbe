"""How likely a target's phrasings are to have a text's words and pairs of words: naive Bayes, smoothed.

It sees rare words, which the linear model leaves out, and words that a target should have and lacks. Knows targets only
as numbers. (Naive Bayes with Dirichlet smoothing: Zhai and Lafferty 2004, doi:10.1145/984321.984322.)
"""

import numpy as np
import numpy.typing as npt

from bot.matching.features import FeatureKind, Floats, Integers, SparseRows, SparseVector

SMOOTHING = 2.0
# The log-ratio of one word is kept within these, so that no single word decides alone.
LEAST, MOST = -3.0, 6.0
# A pair mostly repeats what its words say already.
PAIR_WEIGHT = 0.35

# Targets are fewer than this, so that one number says feature and target.
KEY = 1 << 32


def _keys(features: Integers, targets: npt.ArrayLike) -> npt.NDArray[np.int64]:
    keys: npt.NDArray[np.int64] = features.astype(np.int64) * KEY + np.asarray(targets)
    return keys


class LikelihoodModel:
    """Counts of words and pairs by target."""

    def __init__(self, vectors: SparseRows, targets: npt.NDArray[np.intp], kinds: npt.NDArray[np.int8]) -> None:
        """`kinds[f]` is the FeatureKind of feature f."""
        self._kinds = kinds
        self._sizes = np.bincount(targets)
        counted = kinds[vectors.indices] != FeatureKind.N_GRAM
        owners = targets[vectors.owners()[counted]]
        self._keys, counts = np.unique(_keys(vectors.indices[counted], owners), return_counts=True)
        features, self._owners = np.divmod(self._keys, KEY)
        self._ends = np.searchsorted(features, np.arange(len(kinds) + 1))
        self._counts = counts
        self._shares = (np.bincount(features, counts, len(kinds)) + 0.5) / (len(vectors) + 0.5)
        self._absent = self._log_ratio(0, self._sizes, 1.0)
        ratios = self._log_ratio(counts, self._sizes[self._owners], self._shares[features])
        self._gains = (ratios - self._absent[self._owners]).astype(np.float32)

    @staticmethod
    def _log_ratio(count: npt.ArrayLike, size: npt.ArrayLike, share: npt.ArrayLike) -> npt.NDArray[np.float64]:
        """How much more frequent a feature is in a target than anywhere, as a logarithm."""
        count, size, share = np.asarray(count), np.asarray(size), np.asarray(share)
        ratios: npt.NDArray[np.float64] = np.log((count + SMOOTHING * share) / (size + SMOOTHING) / share)
        return ratios.clip(LEAST, MOST)

    def _counted(self, vector: SparseVector) -> tuple[Integers, Floats]:
        """The words and pairs of a text, and how much each counts: long texts repeat themselves."""
        kinds = self._kinds[vector.indices]
        words, pairs = vector.indices[kinds == FeatureKind.WORD], vector.indices[kinds == FeatureKind.PAIR]
        weights = [np.full(len(words), len(words) ** -0.5 if len(words) else 0.0)]
        weights += [np.full(len(pairs), PAIR_WEIGHT * len(pairs) ** -0.5 if len(pairs) else 0.0)]
        return np.concatenate([words, pairs]), np.concatenate(weights).astype(np.float32)

    def scores(self, vector: SparseVector) -> Floats:
        """One score for each target; 0 is no more likely than any text."""
        features, weights = self._counted(vector)
        spans = [slice(self._ends[f], self._ends[f + 1]) for f in features]
        scores = self._absent * float(weights.sum())
        if spans:
            owners = np.concatenate([self._owners[s] for s in spans])
            gains = np.concatenate([w * self._gains[s] for w, s in zip(weights, spans, strict=True)])
            scores = scores + np.bincount(owners, gains, len(scores))
        return scores.astype(np.float32)

    def left_out(self, vector: SparseVector, target: int) -> Floats:
        """The scores of a phrasing of this target, as if it had not been among the phrasings."""
        scores = self.scores(vector)
        features, weights = self._counted(vector)
        counts = self._counts[np.searchsorted(self._keys, _keys(features, target))] - 1
        scores[target] = weights @ self._log_ratio(counts, self._sizes[target] - 1, self._shares[features])
        return scores
