"""Members' words as others read them."""

from hypothesis import given
from hypothesis import strategies as st

from bot.ui.texts import escape, unescape


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
