"""Static embeddings: a fixed vector for each piece of a word, averaged. Lie inside the package `wordllama`; no network.

About 25 µs a sentence. (Averaged word vectors as sentence embeddings: Wieting et al. 2016, arXiv:1511.08198.)
"""

import importlib.metadata
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import wordllama

from bot.matching.features import Floats


class StaticEmbedder:
    """The vectors that come with wordllama, 256 dimensions."""

    name = "static"

    def __init__(self) -> None:
        """Load the vectors from the package's own folder."""
        folder = Path(wordllama.__file__).parent
        self.version = importlib.metadata.version("wordllama")
        self._model = wordllama.WordLlama.load(cache_dir=folder, disable_download=True)
        # As they lie in the package: half the memory, and the mean of a text is taken in single precision all the same.
        self._model.embedding = self._model.embedding.astype(np.float16)

    def embed(self, texts: Sequence[str]) -> Floats:
        """One unit vector a text; zeros for a text without words."""
        vectors = self._model.embed(list(texts), norm=False)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        unit: Floats = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
        return unit
