"""Vectors of the models fitted last, taken again."""

import numpy as np

from bot.embedders.choice import EmbedderChoice, choose
from bot.embedders.reused_vectors import ReusedVectors
from bot.knowledge.loader import load
from bot.matching.matcher import Matcher
from tests import small


class Counting:
    """An embedder that notes what it is asked for."""

    def __init__(self, embedder):
        self.name, self.version, self.embedder, self.asked = embedder.name, embedder.version, embedder, []

    def embed(self, texts):
        """The vectors of the embedder itself."""
        self.asked += texts
        return self.embedder.embed(texts)


def test_only_what_is_new_is_computed(tmp_path):
    """Once, however often it comes; the vectors and their order are those of the embedder itself."""
    static = choose(EmbedderChoice.STATIC, tmp_path / "data")
    latest = Matcher(load(small.write(tmp_path)), static).models
    counting = Counting(static)
    texts = ["an umbrella", latest.canonical[1], "an umbrella", latest.canonical[0]]
    vectors = ReusedVectors(counting, latest).embed(texts)
    assert counting.asked == ["an umbrella"]
    np.testing.assert_allclose(vectors, static.embed(texts), atol=1e-6)


def test_without_models_all_is_computed(tmp_path):
    """As on the first start."""
    static = choose(EmbedderChoice.STATIC, tmp_path / "data")
    np.testing.assert_array_equal(ReusedVectors(static, None).embed(["a", "b"]), static.embed(["a", "b"]))
