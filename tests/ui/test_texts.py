"""Members' words as others read them, and what a decline says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ui.texts import escape, reply_sentence, unescape


@given(st.text(st.characters(exclude_characters="\u200b")))
def test_what_is_escaped_can_be_read_again(text):
    """On one line; no Markdown and no mention is left in it."""
    flat = " ".join(text.split())
    shown = escape(text)
    assert unescape(shown) == flat
    assert "@everyone" not in shown


def test_links_stay_links():
    """Discord would show a backslash in them."""
    assert escape("*see* https://example.org/a_b [x](y)") == r"\*see\* https://example.org/a_b \[x\]\(y\)"


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (
            "ai engineer salary in germany",
            "(no country named): Entry-level AI engineer pay: $90,000 to $130,000",
        ),
        ("senior ai engineer pay in Japan", "Senior AI engineer pay: $200,000 to $350,000 or more per year."),
        ("prompt engineer salary in Peru", "$160,000 to $220,000 or more per year."),
        (
            "junior prompt engineer pay in Kenya",
            "(United States): Entry-level prompt engineer pay: $65,000",
        ),
    ],
)
def test_pay_elsewhere_shows_the_figures_as_what_they_are(advisor, question, said):
    """Their country or that none is named, their level, and whether some earn more."""
    assert said in reply_sentence(advisor.knowledge, advisor.reply(question))
