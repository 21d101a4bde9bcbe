"""Typo repair: unknown words become the known word that is meant; known ones are left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.spelling import Spelling

KNOWN = Spelling.fit([("what", "salary", "does", "an", "engineer", "earn", "structured")] * 3 + [("celery",)])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("salery", "salary"),
        ("enginer", "engineer"),
        ("strucutred", "structured"),
        ("waht", "what"),
        ("salary", "salary"),
        ("celery", "celery"),
        ("xylophone", "xylophone"),
        ("ern", "ern"),
        ("2026", "2026"),
    ],
)
def test_repair(typed, meant):
    """One slip in a short word, two in a longer one; short words, numbers and strangers are kept."""
    assert KNOWN.repair((typed,)) == (meant,)


ENGLISH = ["peru", "oman", "dallas", "prague", "india", "dawn", "damn", "sales", "mellow", "earnest", "engines"]


@pytest.mark.parametrize("word", ENGLISH)
def test_english_words_are_no_slips(advisor, word):
    """However near they are to a word of the subject: Peru is not "per", Dallas not "dollars"."""
    assert advisor.matcher.spelling.repair((word,)) == (word,)


@pytest.mark.parametrize(
    ("typed", "meant"), [("enginer", "engineer"), ("enginere", "engineer"), ("promt", "prompt"), ("salry", "salary")]
)
def test_slips_in_words_of_the_subject_are_repaired(advisor, typed, meant):
    """Even those that phrasings have, too."""
    assert advisor.matcher.spelling.repair((typed,)) == (meant,)


def test_names_are_right_as_they_are():
    """A name that is near to a frequent word is still that name."""
    spelling = Spelling.fit([("celery", "salary")] * 30, [("celaria",), ("new", "zembla")])
    assert spelling.repair(("celaria", "zembla", "salarie")) == ("celaria", "zembla", "salary")
    assert [spelling.knows(word) for word in ("zembla", "house", "salary", "xqzt")] == [True, True, True, False]


def test_a_word_that_is_only_begun_becomes_the_most_frequent_one():
    """What begins like no known word is kept."""
    assert [KNOWN.completed(begun) for begun in ("sal", "e", "salary", "zeb")] == [
        "salary",
        "engineer",
        "salary",
        "zeb",
    ]


@given(st.lists(st.text(min_size=1, max_size=30), max_size=8).map(tuple))
def test_the_number_of_words_stays(text):
    """Each word is kept or exchanged for one other."""
    assert len(KNOWN.repair(text)) == len(text)
