"""A fitted model comes back from plain data and arrays as it was, through JSON."""

import json
from dataclasses import dataclass

import numpy as np
import pytest

from bot.dialogue.advisor import Advisor
from bot.knowledge.loader import load
from bot.matching.embedding import NoEmbedder
from bot.matching.serialization import pack, unpack
from tests import small

QUESTIONS = ("what does a baker earn", "cook wage", "holidays?", "hello", "hwo erly does a baker start", "zzz")


@dataclass(frozen=True)
class Inner:
    """Something inside."""

    numbers: np.ndarray
    names: tuple[str, ...]


@dataclass(frozen=True)
class Outer:
    """Something that shares an array with what is inside."""

    numbers: np.ndarray
    inner: Inner
    counts: dict[str, int]


def through_json(model):
    """The model, packed and unpacked."""
    plain, arrays = pack(model)
    return unpack(type(model), json.loads(json.dumps(plain)), arrays)


def test_what_is_unpacked_answers_alike(tmp_path):
    """Every confidence, to the last digit."""
    knowledge = load(small.write(tmp_path))
    fitted = Advisor(knowledge)
    models = (fitted.matcher.models, fitted.readings)
    again = Advisor(knowledge, NoEmbedder(), *(through_json(model) for model in models))
    for question in QUESTIONS:
        assert again.matcher.match(question) == fitted.matcher.match(question)
        assert again.reply(question) == fitted.reply(question)


def test_a_shared_array_is_kept_once():
    """The vectors of all phrasings are in three models."""
    numbers = np.arange(3)
    plain, arrays = pack(Outer(numbers, Inner(numbers, ("a", "b")), {"a": 1}))
    assert list(arrays.values()) == [numbers]
    again = unpack(Outer, json.loads(json.dumps(plain)), arrays)
    assert (again.inner.numbers is again.numbers, again.inner.names, again.counts) == (True, ("a", "b"), {"a": 1})


@pytest.mark.parametrize("plain", [{}, {"numbers": {"array": "gone"}, "inner": {}, "counts": {}}])
def test_what_is_of_another_kind_is_refused(plain):
    """Data from another version of the code."""
    with pytest.raises((KeyError, TypeError)):
        unpack(Outer, plain, {})
