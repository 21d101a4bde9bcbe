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
