"""What the matcher needs of sentence embeddings: a protocol, and doing without. Knows no library, file or network."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from bot.matching.features import Floats


class Embedder(Protocol):
    """Turns texts into vectors whose cosine says how alike their meanings are."""

    name: str
    version: str

    def embed(self, texts: Sequence[str]) -> Floats:
        """One unit vector a text, as an array (texts, dimensions); zeros where it knows no word of a text."""


class NoEmbedder:
    """Does without embeddings: its vectors have no dimensions."""

    name = "none"
    version = ""

    def embed(self, texts: Sequence[str]) -> Floats:
        """An array (texts, 0)."""
        return np.zeros((len(texts), 0), np.float32)
