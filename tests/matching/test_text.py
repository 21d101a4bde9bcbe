"""Text functions: what people type becomes plain words."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.text import MAX_CHARACTERS, clean, sentences, words


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("  what   does\tit  pay ", "what does it pay"),
        ("<@123456> hi <:wave:987654> see <#42>", "hi see"),
        ("**what** is _few-shot_ ~~now~~", "what is few-shot now"),
        ("jun\u200bior \u202esalary\u202c", "junior salary"),
        ("ｆｕｌｌ width", "full width"),
        ("it\u2019s https://example.com/a?b good", "it's good"),
        ("one\n\n\ntwo", "one\ntwo"),
        ("🦄", "🦄"),
        ("", ""),
        ("what does an A.I. engineer earn in the U.S.?", "what does an AI engineer earn in the US?"),
        ("it is 3.5. Why?", "it is 3.5. Why?"),
        ("> AI engineers earn 200k\n> or more\nwhat does a prompt engineer do", "what does a prompt engineer do"),
        ("what is this ```python\nprint('salary')\n``` for", "what is this for"),
        ("why? ```print(", "why?"),
    ],
)
def test_cleaning_keeps_what_a_person_reads(typed, cleaned):
    """No mentions, links, emoji codes, formatting or invisible characters."""
    assert clean(typed) == cleaned


@pytest.mark.parametrize("typed", ["> what does it pay", "```what does it pay```"])
def test_a_quote_or_code_alone_is_what_was_meant(typed):
    """A forwarded question, or one that was typed as code."""
    assert words(clean(typed)) == ("what", "does", "it", "pay")


def test_words_are_lower_case_and_drawn_out_letters_short():
    """`heyyyy` and `heyy` are one word, `what's` and `whats`, too; signs of money are words."""
    assert words("Heyyyyy, what's NEW-ish? 100k!") == ("heyy", "whats", "new", "ish", "100k")
    assert words("pe $$$?") == ("pe", "$$$")


def test_signs_alone_are_words():
    """Beside words they say nothing, and many say no more than the first few."""
    assert (words("👍🏽"), words("ok 👍")) == (("thumbs", "up", "sign"), ("ok",))
    assert words("👍😂" * 500) == words("👍😂")
    assert len(words("".join(map(chr, range(0x1F600, 0x1F640))))) < 30


def test_sentences_are_split_at_their_ends():
    """A long story falls into its sentences; dots and signs alone are none."""
    assert sentences("I am 22. What pays more? ... :)\nThanks") == ("I am 22.", "What pays more?", "Thanks")


@given(st.text())
def test_cleaning_is_idempotent_bounded_and_visible(text):
    """Cleaning twice changes nothing more; nothing invisible is left."""
    cleaned = clean(text)
    assert len(cleaned) <= MAX_CHARACTERS
    assert all(c == "\n" or unicodedata.category(c) not in {"Cc", "Cf", "Co", "Cs", "Cn"} for c in cleaned)
    assert all(line.strip() == line and line for line in cleaned.split("\n") if cleaned)


@given(st.text())
def test_words_never_fail(text):
    """Any text has words, perhaps none, without blanks."""
    assert all(word and not any(c.isspace() for c in word) for word in words(clean(text)))
