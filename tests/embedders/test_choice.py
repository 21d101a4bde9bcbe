"""Which embedder is taken: the one asked for, or the best on disk; a missing one is a clear sentence."""

import pytest

from bot.embedders.choice import EmbedderChoice, NoEmbedderError, available, choose
from bot.embedders.fetching import FILES, model_folder


def put_model(folder):
    """A folder with the names of a model's files and nothing in them."""
    folder.mkdir(parents=True)
    for file in FILES:
        (folder / file.name).write_bytes(b"")
    return folder


def test_without_a_model_on_disk_auto_does_not_download(tmp_path):
    """Static where its package is installed, else none; the data folder stays empty."""
    best = available(tmp_path, None)[0]
    assert best in {EmbedderChoice.STATIC, EmbedderChoice.NONE}
    assert choose(EmbedderChoice.AUTO, tmp_path).name == best
    assert list(tmp_path.iterdir()) == []


def test_a_model_on_disk_is_the_best(tmp_path):
    """In the data folder or a folder of one's own."""
    pytest.importorskip("onnxruntime")
    assert available(tmp_path, put_model(tmp_path / "mine"))[0] is EmbedderChoice.NEURAL
    put_model(model_folder(tmp_path))
    assert available(tmp_path, None)[0] is EmbedderChoice.NEURAL


def test_none_has_no_dimensions(tmp_path):
    """The engine does without."""
    assert choose(EmbedderChoice.NONE, tmp_path).embed(["a", "b"]).shape == (2, 0)


def test_a_missing_model_says_how_to_get_it(tmp_path):
    """The command that fetches it."""
    pytest.importorskip("onnxruntime")
    with pytest.raises(NoEmbedderError, match="fetch-model"):
        choose(EmbedderChoice.NEURAL, tmp_path)


def test_a_broken_model_is_one_sentence(tmp_path):
    """Files that are no model."""
    pytest.importorskip("onnxruntime")
    with pytest.raises(NoEmbedderError, match="can't be loaded"):
        choose(EmbedderChoice.NEURAL, tmp_path, put_model(tmp_path / "broken"))


def test_a_fetched_model_that_was_damaged_since_is_not_used(tmp_path):
    """Its hash tells."""
    pytest.importorskip("onnxruntime")
    put_model(model_folder(tmp_path))
    with pytest.raises(NoEmbedderError, match=r"model\.onnx is damaged.*fetch-model"):
        choose(EmbedderChoice.NEURAL, tmp_path)


def test_what_is_broken_is_passed_over_by_auto(tmp_path, caplog):
    """The bot starts with the next best, and says what to do."""
    pytest.importorskip("onnxruntime")
    put_model(model_folder(tmp_path))
    assert choose(EmbedderChoice.AUTO, tmp_path).name == available(tmp_path, None)[1]
    assert "is damaged" in caplog.text
    assert "fetch-model" in caplog.text


@pytest.mark.parametrize(
    ("choice", "package"), [(EmbedderChoice.STATIC, "wordllama"), (EmbedderChoice.NEURAL, "onnxruntime")]
)
def test_a_missing_package_is_named(tmp_path, monkeypatch, choice, package):
    """With what to do."""
    monkeypatch.setitem(__import__("sys").modules, package, None)
    monkeypatch.delitem(__import__("sys").modules, f"bot.embedders.{choice}", raising=False)
    with pytest.raises(NoEmbedderError, match=f"package {package}; install it"):
        choose(choice, tmp_path, put_model(tmp_path / "model"))
