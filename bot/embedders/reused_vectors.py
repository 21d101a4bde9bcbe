"""Vectors of phrasings, taken from the models fitted last, so that an edit computes only new ones. Keeps no file."""

from collections.abc import Sequence

import numpy as np

from bot.matching.embedding import Embedder
from bot.matching.features import Floats
from bot.matching.fitting import FittedModels


class ReusedVectors:
    """Embeds by another embedder what is not among the phrasings of these models."""

    def __init__(self, embedder: Embedder, latest: FittedModels | None) -> None:
        """Take the vectors of models that this embedder has made; without models, compute all."""
        self.name, self.version, self._embedder = embedder.name, embedder.version, embedder
        self._known = latest.evidence.phrasings.embeddings if latest else embedder.embed([])
        self._rows = {text: row for row, text in enumerate(latest.canonical)} if latest else {}

    def embed(self, texts: Sequence[str]) -> Floats:
        """One unit vector a text."""
        new = list(dict.fromkeys(text for text in texts if text not in self._rows))
        rows = self._rows | {text: len(self._known) + place for place, text in enumerate(new)}
        return np.concatenate([self._known, self._embedder.embed(new)])[[rows[text] for text in texts]]
