"""How likely a target's phrasings are to have a text's words and pairs of words: naive Bayes, smoothed.

It sees rare words, which the linear model leaves out, and words that a target should have and lacks. Knows targets only
as numbers. (Naive Bayes with Dirichlet smoothing: Zhai and Lafferty 2004, doi:10.1145/984321.984322.)
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.matching.features import FeatureKind, Floats, Integers, Phrasings, SparseVector

SMOOTHING = 2.0
# The log-ratio of one word is kept within these, so that no single word decides alone.
LEAST, MOST = -3.0, 6.0
# A pair mostly repeats what its words say already.
PAIR_WEIGHT = 0.35

# Targets are fewer than this, so that one number says feature and target.
KEY = 1 << 32


def keys_of(features: Integers, targets: npt.ArrayLike) -> npt.NDArray[np.int64]:
    """One number for each feature and target."""
    keys: npt.NDArray[np.int64] = features.astype(np.int64) * KEY + np.asarray(targets)
    return keys


def _log_ratio(count: npt.ArrayLike, size: npt.ArrayLike, share: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """How much more frequent a feature is in a target than anywhere, as a logarithm."""
    count, size, share = np.asarray(count), np.asarray(size), np.asarray(share)
    ratios: npt.NDArray[np.float64] = np.log((count + SMOOTHING * share) / (size + SMOOTHING) / share)
    return ratios.clip(LEAST, MOST)


@dataclass(frozen=True)
class LikelihoodModel:
    """Counts of words and pairs by target, by key (feature and target) in order.

    `kinds` and `shares` stand beside the features, `sizes` and `absent` beside the targets, the others beside `keys`;
    those of feature f are from ends[f] to ends[f + 1].
    """

    kinds: npt.NDArray[np.int8]
    shares: npt.NDArray[np.float64]
    sizes: npt.NDArray[np.intp]
    absent: npt.NDArray[np.float64]
    keys: npt.NDArray[np.int64]
    owners: npt.NDArray[np.int64]
    counts: npt.NDArray[np.intp]
    gains: Floats
    ends: npt.NDArray[np.intp]

    @classmethod
    def fit(cls, phrasings: Phrasings, kinds: npt.NDArray[np.int8]) -> "LikelihoodModel":
        """`kinds[f]` is the FeatureKind of feature f."""
        vectors, sizes = phrasings.vectors, np.bincount(phrasings.targets)
        counted = kinds[vectors.indices] != FeatureKind.N_GRAM
        owners = phrasings.targets[vectors.owners()[counted]]
        keys, counts = np.unique(keys_of(vectors.indices[counted], owners), return_counts=True)
        features, owners = np.divmod(keys, KEY)
        shares = (np.bincount(features, counts, len(kinds)).astype(np.float64) + 0.5) / (len(vectors) + 0.5)
        absent = _log_ratio(0, sizes, 1.0)
        gains = (_log_ratio(counts, sizes[owners], shares[features]) - absent[owners]).astype(np.float32)
        ends = np.searchsorted(features, np.arange(len(kinds) + 1))
        return cls(kinds, shares, sizes, absent, keys, owners, counts, gains, ends)

    def _counted(self, vector: SparseVector) -> tuple[Integers, Floats]:
        """The words and pairs of a text, and how much each counts: long texts repeat themselves."""
        kinds = self.kinds[vector.indices]
        words, pairs = vector.indices[kinds == FeatureKind.WORD], vector.indices[kinds == FeatureKind.PAIR]
        each = [max(len(words), 1) ** -0.5, PAIR_WEIGHT * max(len(pairs), 1) ** -0.5]
        return np.concatenate([words, pairs]), np.repeat(each, [len(words), len(pairs)]).astype(np.float32)

    def scores(self, vector: SparseVector) -> Floats:
        """One score for each target; 0 is no more likely than any text."""
        features, weights = self._counted(vector)
        spans = [slice(self.ends[f], self.ends[f + 1]) for f in features]
        scores = self.absent * float(weights.sum())
        if spans:
            owners = np.concatenate([self.owners[s] for s in spans])
            gains = np.concatenate([w * self.gains[s] for w, s in zip(weights, spans, strict=True)])
            scores = scores + np.bincount(owners, gains, len(scores))
        return scores.astype(np.float32)

    def left_out(self, vector: SparseVector, target: int) -> Floats:
        """The scores of a phrasing of this target, as if it had not been among the phrasings."""
        scores = self.scores(vector)
        features, weights = self._counted(vector)
        counts = self.counts[np.searchsorted(self.keys, keys_of(features, target))] - 1
        scores[target] = weights @ _log_ratio(counts, self.sizes[target] - 1, self.shares[features])
        return scores
