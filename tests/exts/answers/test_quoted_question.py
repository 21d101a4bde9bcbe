"""The question above an answer."""

from bot.exts.answers.quoted_question import quote


def test_quoted_text_is_harmless_and_short():
    """Mentions and Markdown are escaped, lines joined, length cut."""
    shown = quote("@everyone **hi**\n# head " + "x" * 500)
    assert "@everyone" not in shown
    assert "**" not in shown.replace("\\*", "")
    assert "\n" not in shown
    assert len(shown) < 300
