"""Names that restrict a question: read with a marker, and a reason against whoever never speaks of such."""

import numpy as np
import pytest

from bot.knowledge.language_records import Slot, Vocabulary
from bot.matching.slots import SlotModel
from bot.matching.text import words
from bot.matching.utterance import UtteranceReader

PLACE = Slot(
    unnamed="that place",
    not_names=("china cup",),
    groups={"home": ("america", "the states"), "elsewhere": ("peru", "salaam", "dar es salaam", "china")},
)
READER = UtteranceReader(Vocabulary(), {"place": PLACE})
FAR, NEAR = 0, 1


@pytest.mark.parametrize(
    ("question", "canonical"),
    [
        ("pay in Peru", "pay in <place.elsewhere> peru"),
        ("Dar es Salaam pay", "<place.elsewhere> dar es salaam pay"),
        ("pay in America", "pay in america"),
        ("pay for a china cup", "pay for a china cup"),
        ("peruvian pay", "peruvian pay"),
        ("peru, china", "<place.elsewhere> peru <place.elsewhere> china"),
    ],
)
def test_a_marker_stands_before_each_name(question, canonical):
    """The longest name; none where the source holds, nor before what only looks like a name."""
    assert READER.read(words(question)).joined == canonical


def fitted(*phrasings):
    """A model of phrasings, each with its target."""
    utterances = [READER.read(words(text)) for text, _ in phrasings]
    return SlotModel.fit(utterances, np.array([target for _, target in phrasings]))


MODEL = fitted(("pay in peru", FAR), ("pay in china", FAR), ("pay", NEAR), ("wage", NEAR))


def agreement(model, question, own=-1):
    """What the two targets say to a question: names spoken of, names not spoken of, names where none was asked."""
    return model.agreement(READER.read(words(question)), np.array([FAR, NEAR]), own).tolist()


@pytest.mark.parametrize("question", ["pay in peru", "wage in dar es salaam"])
def test_a_name_speaks_for_those_that_speak_of_its_kind(question):
    """Whether or not any phrasing has this very name."""
    assert agreement(MODEL, question) == [[1, 0, 0], [0, 1, 0]]


@pytest.mark.parametrize("question", ["pay", "pay in america"])
def test_without_a_name_those_that_need_one_are_less_likely(question):
    """By how often they have one."""
    assert agreement(MODEL, question) == [[0, 0, 1], [0, 0, 0]]


def test_the_same_name_twice_is_one():
    """Two places are of one kind."""
    assert agreement(MODEL, "peru or china") == [[1, 0, 0], [0, 1, 0]]


def test_a_phrasing_does_not_speak_for_itself():
    """Left out of its own target, its name counts only if another phrasing has one."""
    alone = fitted(("pay in peru", FAR), ("rent", FAR), ("pay", NEAR))
    assert agreement(alone, "pay in peru")[FAR] == [1, 0, 0]
    assert agreement(alone, "pay in peru", own=FAR)[FAR] == [0, 1, 0]
    assert agreement(MODEL, "pay in peru", own=FAR)[FAR] == [1, 0, 0]


def test_where_no_phrasing_has_a_name_none_speaks_of_it():
    """A folder without slots in its phrasings."""
    assert agreement(fitted(("rent", FAR), ("pay", NEAR)), "pay in peru") == [[0, 1, 0], [0, 1, 0]]
