"""What was fitted is kept for the next start; whatever lies in its place, an answer comes all the same."""

import numpy as np
import pytest

from bot.knowledge.loader import load
from bot.matching.confidence import ConfidenceModel
from bot.matching.embedding import NoEmbedder
from bot.matching.evidence import EvidenceModel
from bot.model_cache import KEPT, ModelCache
from tests import small


@pytest.fixture
def knowledge(tmp_path):
    """A small knowledge base."""
    return load(small.write(tmp_path / "knowledge"))


@pytest.fixture
def cache(tmp_path):
    """A cache in a folder that is not there yet."""
    return ModelCache(NoEmbedder(), tmp_path / "data" / "models")


@pytest.fixture
def fits(monkeypatch):
    """Counts how often something is fitted."""
    counted = []
    fit = EvidenceModel.fit

    def counting(*arguments):
        counted.append(arguments)
        return fit(*arguments)

    monkeypatch.setattr(EvidenceModel, "fit", counting)
    return counted


def folder_of(tmp_path):
    """Where the model of matching lies: the one with arrays enough."""
    return max((tmp_path / "data" / "models").iterdir(), key=lambda folder: len(list(folder.iterdir())))


def test_a_second_start_fits_nothing(cache, knowledge, fits):
    """The answers are the same, from arrays that are mapped into memory."""
    first, second = cache.advisor(knowledge), cache.advisor(knowledge)
    assert len(fits) == 1
    assert second.reply("what does a cook earn") == first.reply("what does a cook earn")
    assert isinstance(second.matcher.models.evidence.linear.weights.base, np.memmap)


def test_other_knowledge_is_fitted_anew(cache, knowledge, fits, tmp_path):
    """An edit makes another model; the one before is still there when it is taken back."""
    edited = load(small.write(tmp_path / "knowledge", answers__work=small.ENTRIES.replace("baker wage", "bread wage")))
    for version in (knowledge, edited, knowledge, edited):
        cache.advisor(version)
    assert len(fits) == 2


def test_an_edit_takes_over_how_sure_to_be_and_other_words_do_not(cache, tmp_path, monkeypatch):
    """Half of a proposal's time; one phrasing more hardly matters, names of roles do."""
    counted, fit = [], ConfidenceModel.fit
    monkeypatch.setattr(ConfidenceModel, "fit", lambda _, questions: counted.append(questions) or fit(questions))
    edited = small.ENTRIES.replace("baker wage", "baker wage, bread wage")
    renamed = small.VOCABULARY.replace("[baker, bakers]", "[baker, bakers, breadsmith]")
    for files in ({}, {"answers__work": edited}, {"vocabulary": renamed}, {}):
        cache.advisor(load(small.write(tmp_path / "knowledge", **files)))
    assert len(counted) == 2


DAMAGES = {
    "not JSON": lambda folder: (folder / "model.json").write_text("{"),
    "other JSON": lambda folder: (folder / "model.json").write_text('{"checksums": {}, "plain": {}}'),
    "an array is gone": lambda folder: (folder / "array0.npy").unlink(),
    "an array is cut": lambda folder: (folder / "array3.npy").write_bytes((folder / "array3.npy").read_bytes()[:-5]),
    "an array has other bytes": lambda folder: np.save(folder / "array3.npy", np.load(folder / "array3.npy") + 1),
    "an array is something else": lambda folder: (folder / "array1.npy").write_bytes(b"\x80\x04K\x01."),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_broken_model_is_made_anew(cache, knowledge, fits, tmp_path, damage):
    """Cut, changed, foreign or gone: the answer is the same, and the next start finds a whole one again."""
    before = cache.advisor(knowledge).reply("what does a cook earn")
    DAMAGES[damage](folder_of(tmp_path))
    assert cache.advisor(knowledge).reply("what does a cook earn") == before
    assert len(fits) == 2
    cache.advisor(knowledge)
    assert len(fits) == 2


def test_a_folder_that_cannot_be_written_only_costs_time(knowledge, fits, tmp_path):
    """A read-only disk, or a file in the folder's place."""
    (tmp_path / "data").write_text("a file")
    cache = ModelCache(NoEmbedder(), tmp_path / "data" / "models")
    for _ in range(2):
        assert cache.advisor(knowledge).reply("what does a cook earn").entries[0].id == "cook.pay"
    assert len(fits) == 2


def test_old_models_go(cache, tmp_path):
    """Edits don't fill the disk."""
    for number in range(KEPT + 2):
        cache.advisor(load(small.write(tmp_path / "knowledge", checks=f"# {number}\n{small.FILES['checks.yaml']}")))
    assert len(list((tmp_path / "data" / "models").iterdir())) == KEPT
