"""Vectors of phrasings are computed once; without a place to keep them, that only costs time."""

import numpy as np
import pytest

from bot.embedders import kept_vectors
from bot.embedders.kept_vectors import KeptVectors
from tests.letters import Letters

TEXTS = ("baker wage", "cook wage", "baker wage")


def test_the_next_start_computes_only_what_is_new(tmp_path):
    """A text that comes twice is computed once; the vectors are the same to the last bit."""
    first, second = Letters(), Letters()
    before = KeptVectors(first, tmp_path / "data").embed(TEXTS)
    assert sorted(first.seen) == ["baker wage", "cook wage"]
    after = KeptVectors(second, tmp_path / "data").embed((*TEXTS, "baker hours"))
    assert second.seen == ["baker hours"]
    assert np.array_equal(after[:3], before)
    assert before == pytest.approx(Letters().embed(TEXTS), abs=1e-3)


def test_what_is_learned_ahead_is_not_computed_again(tmp_path):
    """And is kept with the rest."""
    embedder = Letters()
    vectors = KeptVectors(embedder, tmp_path)
    vectors.learn(TEXTS[:2])
    vectors.embed(TEXTS)
    assert len(embedder.seen) == 2
    assert KeptVectors(Letters(), tmp_path).embed(()).shape == (0, 26)
    again = Letters()
    KeptVectors(again, tmp_path).embed(TEXTS)
    assert again.seen == []


def test_a_damaged_file_is_made_anew(tmp_path, caplog):
    """With a line for the operator; nothing is left beside it."""
    vectors = KeptVectors(Letters(), tmp_path).embed(TEXTS)
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(b"PK\x03\x04 damaged")
    assert np.array_equal(KeptVectors(Letters(), tmp_path).embed(TEXTS), vectors)
    assert "computed anew" in caplog.text
    again = Letters()
    KeptVectors(again, tmp_path).embed(TEXTS)
    assert (again.seen, list(tmp_path.iterdir())) == ([], [kept])


def test_a_folder_that_can_not_be_written_to_is_no_failure(tmp_path, caplog):
    """The vectors are there all the same."""
    (tmp_path / "blocked").write_text("a file where a folder should be")
    assert KeptVectors(Letters(), tmp_path / "blocked").embed(TEXTS).shape == (3, 26)
    assert "can't be kept" in caplog.text


def test_a_long_first_time_is_told_once(tmp_path, caplog, monkeypatch):
    """Before it begins, for whoever waits; never for a few."""
    monkeypatch.setattr(kept_vectors, "MANY", 3)
    KeptVectors(Letters(), tmp_path / "few").embed(TEXTS[:2])
    assert not caplog.records
    for _ in range(2):
        KeptVectors(Letters(), tmp_path / "many").embed(TEXTS)
    (told,) = caplog.records
    assert "first time" in told.getMessage()
