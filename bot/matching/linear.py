"""The linear model: ridge regression from a text's features onto one indicator for each target.

It knows which words and which meanings matter. The features are the most frequent sparse ones, and the embedding where
there is one, side by side. Knows targets only as numbers.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from bot.matching.features import Floats, SparseRows, SparseVector

# More sparse features make the fit slower and no more accurate.
SPARSE_FEATURES = 1024
RIDGE = 1.0
BLOCK = 2048


class LinearModel:
    """Fitted on all phrasings at once."""

    def __init__(self, vectors: SparseRows, embeddings: Floats, targets: npt.NDArray[np.intp]) -> None:
        """`embeddings` is (phrasings, dimensions), with no dimensions where there is no embedder."""
        self._vectors, self._embeddings, self._targets = vectors, embeddings, targets
        self._sparse = min(SPARSE_FEATURES, 1 + int(vectors.indices.max(initial=0)))
        width, count = self._sparse + embeddings.shape[1], int(targets.max()) + 1
        self._bias = (np.bincount(targets, minlength=count) / len(targets)).astype(np.float32)
        gram = RIDGE * np.eye(width, dtype=np.float32)
        moments = np.zeros((width, count), np.float32)
        for start in range(0, len(vectors), BLOCK):
            rows = range(start, min(start + BLOCK, len(vectors)))
            block = self._dense(rows)
            gram += block.T @ block
            moments += block.T @ self._goals(rows)
        self._inverse_gram = np.linalg.inv(gram)
        self._weights = self._inverse_gram @ moments

    def _goals(self, rows: Sequence[int]) -> Floats:
        goals = np.tile(-self._bias, (len(rows), 1))
        goals[np.arange(len(rows)), self._targets[rows]] += 1
        return goals

    def _dense(self, rows: Sequence[int]) -> Floats:
        block = np.zeros((len(rows), self._sparse + self._embeddings.shape[1]), np.float32)
        chosen = self._vectors.take(rows)
        inside = chosen.indices < self._sparse
        block[chosen.owners()[inside], chosen.indices[inside]] = chosen.values[inside]
        block[:, self._sparse :] = self._embeddings[rows]
        return block

    def scores(self, vector: SparseVector, embedding: Floats) -> Floats:
        """One score for each target, about 1 for the right one and 0 for the others."""
        inside = np.searchsorted(vector.indices, self._sparse)
        sparse = vector.values[:inside] @ self._weights[vector.indices[:inside]]
        scores: Floats = self._bias + sparse + embedding @ self._weights[self._sparse :]
        return scores

    def left_out(self, rows: Sequence[int]) -> Floats:
        """The scores of these phrasings, each as if it had not been among the phrasings: (rows, targets).

        Leave-one-out residual of a linear smoother: Hastie, Tibshirani, Friedman, "Elements", eq. 7.64.
        """
        block = self._dense(rows)
        leverage = np.einsum("ij,ij->i", block @ self._inverse_gram, block)[:, None]
        fitted = block @ self._weights
        scores: Floats = self._bias + (fitted - leverage * self._goals(rows)) / np.maximum(1 - leverage, 1e-3)
        return scores
