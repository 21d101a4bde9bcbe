"""What speaks for each target: a linear model fitted over all phrasings, and the most similar single phrasing.

Both see the same sparse features. The linear model (ridge regression onto class indicators) knows which words matter;
the nearest phrasing knows exact wordings. Both come with leave-one-out values for the phrasings themselves, so that
confidence can be fitted on what unseen questions will look like. Knows targets only as numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.matching.features import Floats, SparseVector

# The linear model uses the most frequent features only: more make it slower to fit and no more accurate.
LINEAR_FEATURES = 2560
RIDGE = 1.0
BLOCK = 1024


@dataclass(frozen=True)
class Evidence:
    """What speaks for each target (by number), given one question.

    The linear score, the similarity and number of the nearest phrasing, and the share of the question's words (by their
    weight) that no phrasing of the target has.
    """

    linear: Floats
    nearest: Floats
    unseen: Floats
    phrasing: npt.NDArray[np.intp]


class EvidenceModel:
    """Fitted on the phrasings, which must be ordered by target."""

    def __init__(self, vectors: Sequence[SparseVector], targets: Sequence[int], is_word: npt.NDArray[np.bool_]) -> None:
        """`targets[i]` is the target's number of phrasing i: 0, 0, …, 1, 1, … without gaps.

        `is_word[f]` says whether feature f is a whole word.
        """
        features = len(is_word)
        self._targets = np.asarray(targets)
        self._starts = np.flatnonzero(np.diff(self._targets, prepend=-1))
        self._vectors = vectors
        self._fit_postings(features)
        self._fit_words(is_word)
        self._fit_linear(min(features, LINEAR_FEATURES))

    def _fit_postings(self, features: int) -> None:
        """An inverted index: for each feature the phrasings that have it, and its value there."""
        sizes = [len(v.indices) for v in self._vectors]
        indices = np.concatenate([v.indices for v in self._vectors])
        rows = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
        order = np.argsort(indices, kind="stable")
        self._posting_rows = rows[order]
        self._posting_values = np.concatenate([v.values for v in self._vectors])[order]
        self._posting_ends = np.searchsorted(indices[order], np.arange(features + 1))

    def _fit_words(self, is_word: npt.NDArray[np.bool_]) -> None:
        """How many phrasings of each target have each word."""
        self._word_columns = np.where(is_word, np.cumsum(is_word) - 1, -1)
        self._word_counts = np.zeros((int(self._targets[-1]) + 1, int(is_word.sum())), np.uint16)
        for vector, target in zip(self._vectors, self._targets, strict=True):
            columns = self._word_columns[vector.indices]
            self._word_counts[target, columns[columns >= 0]] += 1

    def _fit_linear(self, width: int) -> None:
        count = int(self._targets[-1]) + 1
        gram = RIDGE * np.eye(width, dtype=np.float32)
        moments = np.zeros((width, count), np.float32)
        sizes = np.bincount(self._targets, minlength=count)
        self._bias = (sizes / len(self._targets)).astype(np.float32)
        for start in range(0, len(self._vectors), BLOCK):
            block = self._dense(range(start, min(start + BLOCK, len(self._vectors))), width)
            gram += block.T @ block
            goals = np.tile(-self._bias, (len(block), 1))
            goals[np.arange(len(block)), self._targets[start : start + BLOCK]] += 1
            moments += block.T @ goals
        self._inverse_gram = np.linalg.inv(gram)
        self._weights = self._inverse_gram @ moments

    def _dense(self, rows: Sequence[int], width: int) -> Floats:
        block = np.zeros((len(rows), width), np.float32)
        for place, row in enumerate(rows):
            vector = self._vectors[row]
            inside = vector.indices < width
            block[place, vector.indices[inside]] = vector.values[inside]
        return block

    def of(self, vector: SparseVector) -> Evidence:
        """The evidence for an unseen question."""
        unseen = self._unseen(vector, self._word_counts)
        return self._evidence(self._similarities(vector), self._linear(vector), unseen)

    def of_phrasing(self, row: int) -> Evidence:
        """The evidence for a phrasing, as if it had not been among the phrasings (leave-one-out)."""
        vector, target = self._vectors[row], self._targets[row]
        similarities = self._similarities(vector)
        similarities[row] = 0
        # Leave-one-out residual of a linear smoother: Hastie, Tibshirani, Friedman, "Elements", eq. 7.64.
        inside = vector.indices < len(self._inverse_gram)
        used, values = vector.indices[inside], vector.values[inside]
        leverage = float(values @ self._inverse_gram[np.ix_(used, used)] @ values)
        linear = self._linear(vector)
        goal = -self._bias.copy()
        goal[target] += 1
        fitted = linear - self._bias
        linear = (self._bias + (fitted - leverage * goal) / max(1 - leverage, 1e-3)).astype(np.float32)
        unseen = self._unseen(vector, self._word_counts)
        unseen[target] = self._unseen(vector, self._word_counts[target : target + 1], already=1)[0]
        return self._evidence(similarities, linear, unseen)

    def _unseen(self, vector: SparseVector, counts: npt.NDArray[np.uint16], already: int = 0) -> Floats:
        columns = self._word_columns[vector.indices]
        weights = vector.values[columns >= 0]
        missing = counts[:, columns[columns >= 0]] <= already
        shares: Floats = missing @ weights / max(float(weights.sum()), 1e-6)
        return shares

    def _linear(self, vector: SparseVector) -> Floats:
        inside = vector.indices < len(self._weights)
        scores: Floats = vector.values[inside] @ self._weights[vector.indices[inside]] + self._bias
        return scores

    def _similarities(self, vector: SparseVector) -> Floats:
        """Cosine with each phrasing."""
        slices = [slice(self._posting_ends[i], self._posting_ends[i + 1]) for i in vector.indices]
        if not slices:
            return np.zeros(len(self._vectors), np.float32)
        rows = np.concatenate([self._posting_rows[s] for s in slices])
        values = np.concatenate([v * self._posting_values[s] for v, s in zip(vector.values, slices, strict=True)])
        return np.bincount(rows, values, len(self._vectors)).astype(np.float32)

    def _evidence(self, similarities: Floats, linear: Floats, unseen: Floats) -> Evidence:
        nearest = np.maximum.reduceat(similarities, self._starts)
        winners = np.flatnonzero(similarities == nearest[self._targets])
        phrasing = np.zeros(len(nearest), np.intp)
        phrasing[self._targets[winners[::-1]]] = winners[::-1]
        return Evidence(linear, nearest, unseen, phrasing)
