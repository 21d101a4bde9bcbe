"""The most similar single phrasing of each target: it knows exact wordings. Knows targets only as numbers.

Similarity is the cosine of the embeddings, or of the sparse vectors where there is no embedder.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.matching.features import Floats, Phrasings, SparseVector


@dataclass(frozen=True)
class NearestPhrasing:
    """Looks through the phrasings of a few targets: those of target t are from starts[t] to starts[t + 1]."""

    phrasings: Phrasings
    starts: npt.NDArray[np.intp]
    features: int

    @classmethod
    def fit(cls, phrasings: Phrasings, features: int) -> "NearestPhrasing":
        """`features` is how many there are in all."""
        return cls(phrasings, np.searchsorted(phrasings.targets, np.arange(int(phrasings.targets.max()) + 2)), features)

    def of(
        self, vector: SparseVector, embedding: Floats, chosen: npt.NDArray[np.intp], without: int = -1
    ) -> tuple[Floats, npt.NDArray[np.intp]]:
        """For each chosen target the highest cosine and its phrasing; the phrasing `without` does not count."""
        spans = [(int(self.starts[t]), int(self.starts[t + 1])) for t in chosen]
        rows = np.concatenate([np.arange(*span) for span in spans])
        if len(embedding):
            similarities = np.concatenate([self.phrasings.embeddings[a:b] @ embedding for a, b in spans])
        else:
            query = np.zeros(self.features, np.float32)
            query[vector.indices] = vector.values
            similarities = np.concatenate([self._cosines(query, a, b) for a, b in spans])
        similarities[rows == without] = -1
        starts = np.cumsum([0, *(b - a for a, b in spans[:-1])])
        nearest = np.maximum.reduceat(similarities, starts)
        best = [int(rows[s + similarities[s : s + b - a].argmax()]) for s, (a, b) in zip(starts, spans, strict=True)]
        return nearest.astype(np.float32), np.array(best, np.intp)

    def _cosines(self, query: Floats, start: int, end: int) -> Floats:
        """With each phrasing from start to end."""
        vectors = self.phrasings.vectors
        ends = vectors.ends[start : end + 1]
        inside = slice(ends[0], ends[-1])
        products = query[vectors.indices[inside]] * vectors.values[inside]
        # A sum over nothing would take the next row's first product; the zero is there for the last row.
        sums = np.add.reduceat(np.append(products, np.float32(0)), ends[:-1] - ends[0])
        cosines: Floats = np.where(np.diff(ends) > 0, sums, np.float32(0))
        return cosines
