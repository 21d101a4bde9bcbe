"""Answers are short enough for a phone."""

import discord
import pytest

from bot.exts.answers.layouts import answer_layout
from bot.ui.layouts import ROW_CHARACTERS
from bot.ui.texts import answer_text

# The lists of pay have a line for each level.
LONGEST, LONGEST_LIST = 440, 520


@pytest.fixture
def rows(knowledge):
    """The rows of buttons below the answer of each entry."""
    layouts = {i: answer_layout(knowledge, [i], owner=1, private=False) for i in knowledge.entries}
    return {i: [c for c in layout.children if isinstance(c, discord.ui.ActionRow)] for i, layout in layouts.items()}


def test_related_questions_stand_in_one_row_on_a_phone(rows):
    """One, and a second where there is room beside it."""
    related = {i: [button.label for button in row[0].children] for i, row in rows.items()}
    assert {len(row) for row in rows.values()} == {2}
    assert all(len(labels) in {1, 2} for labels in related.values())
    assert all(len("".join(labels)) <= ROW_CHARACTERS for labels in related.values() if len(labels) > 1)


def test_no_answer_of_the_shipped_knowledge_is_long(knowledge):
    """A few sentences; what is beyond belongs in `more`. Only the lists of pay are longer."""
    lengths = {i: (text := answer_text(knowledge, entry), len(text)) for i, entry in knowledge.entries.items()}
    assert [i for i, (text, n) in lengths.items() if n > (LONGEST_LIST if "\n" in text else LONGEST)] == []
