"""An embedder for tests: counts letters, and how many texts it was given. It passes for the slow one."""

import numpy as np

ALPHABET = "abcdefghijklmnopqrstuvwxyz"


class Letters:
    """A unit vector of how often each letter comes."""

    name = "neural"
    version = "letters"

    def __init__(self):
        self.seen = []

    def embed(self, texts):
        """One unit vector a text."""
        self.seen += texts
        counts = np.array([[text.count(letter) for letter in ALPHABET] for text in texts], np.float32)
        counts = counts.reshape(-1, len(ALPHABET))
        return counts / np.maximum(np.linalg.norm(counts, axis=1, keepdims=True), 1e-9)
