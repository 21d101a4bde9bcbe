"""The most similar single phrasing of each target: it knows exact wordings. Knows targets only as numbers.

Similarity is the cosine of the embeddings, or of the sparse vectors where there is no embedder.
"""

import numpy as np
import numpy.typing as npt

from bot.matching.features import Floats, SparseRows, SparseVector


class NearestPhrasing:
    """Looks through the phrasings of a few targets; the phrasings must be ordered by target."""

    def __init__(self, vectors: SparseRows, embeddings: Floats, targets: npt.NDArray[np.intp], features: int) -> None:
        """`embeddings` is (phrasings, dimensions), with no dimensions where there is no embedder."""
        self._vectors, self._embeddings, self._features = vectors, embeddings, features
        self._starts = np.searchsorted(targets, np.arange(int(targets.max()) + 2))
        self._is_dense = embeddings.shape[1] > 0

    def of(
        self, vector: SparseVector, embedding: Floats, chosen: npt.NDArray[np.intp], without: int = -1
    ) -> tuple[Floats, npt.NDArray[np.intp]]:
        """For each chosen target the highest cosine and its phrasing; the phrasing `without` does not count."""
        spans = [(int(self._starts[t]), int(self._starts[t + 1])) for t in chosen]
        rows = np.concatenate([np.arange(*span) for span in spans])
        if self._is_dense:
            similarities = np.concatenate([self._embeddings[a:b] @ embedding for a, b in spans])
        else:
            query = np.zeros(self._features, np.float32)
            query[vector.indices] = vector.values
            similarities = np.concatenate([self._cosines(query, a, b) for a, b in spans])
        similarities[rows == without] = -1
        starts = np.cumsum([0, *(b - a for a, b in spans[:-1])])
        nearest = np.maximum.reduceat(similarities, starts)
        best = [int(rows[s + similarities[s : s + b - a].argmax()]) for s, (a, b) in zip(starts, spans, strict=True)]
        return nearest.astype(np.float32), np.array(best, np.intp)

    def _cosines(self, query: Floats, start: int, end: int) -> Floats:
        """With each phrasing from start to end: products, summed from one phrasing's end to the next."""
        first, last = self._vectors.ends[start], self._vectors.ends[end]
        products = query[self._vectors.indices[first:last]] * self._vectors.values[first:last]
        sums = np.concatenate([np.zeros(1), np.cumsum(products, dtype=np.float64)])
        cosines: Floats = np.diff(sums[self._vectors.ends[start : end + 1] - first]).astype(np.float32)
        return cosines
