"""The linear model: ridge regression from a text's features onto one indicator for each target.

It knows which words and which meanings matter. The features are the most frequent sparse ones, and the embedding where
there is one, side by side. Knows targets only as numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.matching.features import Floats, Phrasings, SparseVector

# More sparse features make the fit slower and no more accurate.
SPARSE_FEATURES = 768
RIDGE = 1.0
BLOCK = 2048


@dataclass(frozen=True)
class LinearModel:
    """Weights for (sparse features and embedding, targets), and what leaving one phrasing out needs."""

    phrasings: Phrasings
    sparse: int
    bias: Floats
    inverse_gram: Floats
    weights: Floats

    @classmethod
    def fit(cls, phrasings: Phrasings) -> "LinearModel":
        """Fit on all phrasings at once."""
        sparse = min(SPARSE_FEATURES, 1 + int(phrasings.vectors.indices.max(initial=0)))
        width, count = sparse + phrasings.embeddings.shape[1], int(phrasings.targets.max()) + 1
        bias = (np.bincount(phrasings.targets, minlength=count) / len(phrasings.targets)).astype(np.float32)
        gram = RIDGE * np.eye(width, dtype=np.float32)
        moments = np.zeros((width, count), np.float32)
        for start in range(0, len(phrasings.targets), BLOCK):
            rows = range(start, min(start + BLOCK, len(phrasings.targets)))
            block = _dense(phrasings, rows, sparse)
            gram += block.T @ block
            moments += block.T @ _goals(phrasings.targets[rows], bias)
        inverse_gram = np.linalg.inv(gram)
        return cls(phrasings, sparse, bias, inverse_gram, inverse_gram @ moments)

    def scores(self, vector: SparseVector, embedding: Floats) -> Floats:
        """One score for each target, about 1 for the right one and 0 for the others."""
        inside = np.searchsorted(vector.indices, self.sparse)
        sparse = vector.values[:inside] @ self.weights[vector.indices[:inside]]
        scores: Floats = self.bias + sparse + embedding @ self.weights[self.sparse :]
        return scores

    def left_out(self, rows: Sequence[int]) -> Floats:
        """The scores of these phrasings, each as if it had not been among the phrasings: (rows, targets).

        Leave-one-out residual of a linear smoother: Hastie, Tibshirani, Friedman, "Elements", eq. 7.64.
        """
        block = _dense(self.phrasings, rows, self.sparse)
        leverage = np.einsum("ij,ij->i", block @ self.inverse_gram, block)[:, None]
        fitted, goals = block @ self.weights, _goals(self.phrasings.targets[rows], self.bias)
        scores: Floats = self.bias + (fitted - leverage * goals) / np.maximum(1 - leverage, 1e-3)
        return scores


def _goals(targets: npt.NDArray[np.intp], bias: Floats) -> Floats:
    """What the scores of these targets' phrasings should be, less the bias: (phrasings, targets)."""
    goals = np.tile(-bias, (len(targets), 1))
    goals[np.arange(len(targets)), targets] += 1
    return goals


def _dense(phrasings: Phrasings, rows: Sequence[int], sparse: int) -> Floats:
    """The features of these phrasings, the first `sparse` ones and the embedding: (phrasings, features)."""
    block = np.zeros((len(rows), sparse + phrasings.embeddings.shape[1]), np.float32)
    chosen = phrasings.vectors.take(rows)
    inside = chosen.indices < sparse
    block[chosen.owners()[inside], chosen.indices[inside]] = chosen.values[inside]
    block[:, sparse:] = phrasings.embeddings[rows]
    return block
