"""Reading roles, topics and levels in a question."""

import numpy as np
import pytest

from bot.matching.facets import TargetFacets
from bot.matching.text import words
from bot.matching.utterance import Facets, UtteranceReader

PE, AIE = "prompt_engineer", "ai_engineer"


@pytest.fixture(scope="module")
def reader(knowledge):
    """A reader of the shipped vocabulary."""
    return UtteranceReader(knowledge.vocabulary, knowledge.slots)


@pytest.mark.parametrize(
    ("question", "roles", "topic", "level"),
    [
        ("what does a junior AI engineer earn", {AIE}, "salary", "entry"),
        ("PE salary", {PE}, "salary", None),
        ("do prompters or AIEs earn more", {PE, AIE}, "salary", None),
        ("pay for both roles", {PE, AIE}, "salary", None),
        ("not the prompt one, AI engineers", {AIE}, None, None),
        ("no, I meant AI engineers", {AIE}, None, None),
        ("anything but not prompt engineering", {AIE}, None, None),
        ("three years as a prompter", {PE}, None, "mid"),
        ("I'm 47 years old", set(), None, None),
        ("3 yrs in", set(), None, "mid"),
        ("8 yrs in", set(), None, None),
        ("freelance rate of a prompt engineer", {PE}, "salary", "freelance"),
        ("hello there", set(), None, None),
        ("a prompter who isn't junior any more but not senior either", {PE}, None, None),
        ("a prompt engineer's day", {PE}, None, None),
    ],
)
def test_reading(reader, question, roles, topic, level):
    """Names, abbreviations, negations; years of experience where the article gives a level's, and no level by guess."""
    facets = reader.read(words(question)).facets
    assert (set(facets.roles), facets.topic, facets.level) == (roles, topic, level)


@pytest.mark.parametrize(
    ("chatty", "plain"),
    [
        ("what's an AI engineer anyway", "what's an AI engineer"),
        ("honestly how much do AI engineers even make these days lol", "how much do AI engineers make"),
        ("can someone tell me what prompt engineers actually do pls", "what prompt engineers do"),
        ("really?", "really"),
        ("to be honest", "to be honest"),
    ],
)
def test_asides_change_nothing_of_what_is_asked(reader, chatty, plain):
    """They are passed over, unless they are all that is said."""
    assert reader.read(words(chatty)).canonical == reader.read(words(plain)).canonical
    assert reader.read(words(chatty)).canonical


def test_names_of_a_role_are_made_one(reader):
    """All names of a role match alike."""
    assert reader.read(words("does a prompter earn more than AIEs do")).canonical == words(
        "does a prompt engineer earn more than ai engineer do"
    )


def test_a_follow_up_carries_what_it_leaves_unsaid():
    """Role, topic and level come from before, unless they are said anew."""
    before = Facets(frozenset({PE}), "salary", "entry")
    every = frozenset({PE, AIE})
    assert before.carried_into(Facets(level="senior"), every) == Facets(frozenset({PE}), "salary", "senior")
    assert before.carried_into(Facets(other_role=True), every).roles == {AIE}
    assert before.carried_into(Facets(frozenset({AIE})), every).roles == {AIE}


def test_agreement_and_contradiction():
    """Asking of a senior contradicts an entry for beginners."""
    senior = Facets(frozenset({PE}), "salary", "senior")
    own = TargetFacets([(AIE, "salary", "entry"), (PE, "salary", "senior"), (None, None, None)])
    both = np.array([0, 1, 2])
    assert own.agreement(senior, both).tolist() == [[0, 1, 0, 0, 0, 1, 0, 1, 0], [1, 0, 0, 0, 1, 0, 0, 1, 0], [0] * 9]
    assert own.agreement(Facets(), both).tolist() == [[0, 0, 0, 1, 0, 0, 1, 0, 0]] * 2 + [[0] * 9]
    assert own.agreement(Facets(frozenset({PE, AIE})), both)[:, 2].tolist() == [1, 1, 0]


def test_a_level_alone_is_told_from_a_level_of_pay():
    """A junior is asked about: that means pay only where pay is asked."""
    own = TargetFacets([(PE, "salary", "entry")])
    level, topic = Facets(level="entry"), Facets(topic="salary", level="entry")
    assert [own.agreement(facets, np.array([0]))[0, 8] for facets in (level, topic)] == [1, 0]
