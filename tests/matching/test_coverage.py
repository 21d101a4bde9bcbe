"""How much of a question a target covers: by its phrasings, by its answer, or not at all."""

import numpy as np
import pytest

from bot.matching.coverage import CoverageModel
from bot.matching.features import FeatureSpace, Phrasings

APPLE, SEA = 0, 1
TEXTS = [("the", "red", "apple"), ("the", "green", "apple"), ("the", "blue", "sea"), ("the", "sea", "wind")]
ANSWERS = [("apples", "by", "the", "sea"), ("unheard", "of")]
BOTH = np.array([APPLE, SEA])


@pytest.fixture(scope="module")
def space():
    """The features of the texts."""
    return FeatureSpace.fit(TEXTS)


@pytest.fixture(scope="module")
def model(space):
    """Two targets with two phrasings and an answer each."""
    phrasings = Phrasings(space.vectors, np.zeros((4, 0), np.float32), np.array([APPLE, APPLE, SEA, SEA]))
    return CoverageModel.fit(phrasings, space, ANSWERS)


def covered(model, space, *question, strange=0.0, without=-1):
    """What each target covers of a question: of both texts, and of its answer."""
    return model.of(space.vector(question), strange, BOTH, without).T.tolist()


def test_phrasings_and_answer_cover(model, space):
    """The apple is asked for, the sea stands in the answer: the first target covers both, the second only one."""
    either, answered = covered(model, space, "apple", "sea")
    assert either == pytest.approx([1, 0.5])
    assert answered == pytest.approx([0.5, 0])


def test_a_rare_word_counts_for_more(model, space):
    """The wind stands in one phrasing, the apple in two."""
    either, _ = covered(model, space, "apple", "wind")
    assert 0 < either[APPLE] < 0.5 < either[SEA] < 1


def test_a_word_that_all_have_is_no_content(model, space):
    """It tells nothing."""
    assert covered(model, space, "the") == [[0, 0], [0, 0]]
    assert covered(model, space, "the", "apple") == pytest.approx(np.array([[1, 0], [0, 0]]))


def test_a_word_that_no_text_has_is_covered_by_nobody(model, space):
    """The more there is of it, the less is covered."""
    question = ("apple", "submarine")
    strange = space.strangeness(question)
    (once, _), _ = covered(model, space, *question, strange=strange)
    (twice, _), _ = covered(model, space, *question, strange=2 * strange)
    assert 0 < twice < once < 1
    assert space.strangeness(("apple",)) == 0


def test_a_phrasing_that_is_left_out_covers_nothing(model, space):
    """Red is in no other phrasing of its target; the apple is."""
    assert covered(model, space, "red", without=0)[0] == [0, 0]
    assert covered(model, space, "apple", without=0)[0] == [1, 0]


def test_without_answers_phrasings_cover_alone(space):
    """Small talk and declines have no text that tells."""
    phrasings = Phrasings(space.vectors, np.zeros((4, 0), np.float32), np.array([APPLE, APPLE, SEA, SEA]))
    bare = CoverageModel.fit(phrasings, space, [(), ()])
    assert covered(bare, space, "sea") == [[0, 1], [0, 0]]
