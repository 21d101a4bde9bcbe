"""Figures in answers: `{range}` is the entry's own, `{some.other.id}` another entry's. So each figure stands once.

Knows only records.
"""

import re
from collections.abc import Mapping

from bot.knowledge.records import Entry, Figures

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
# Money or a number of four digits and more, written by hand. Years such as 2026 are let through.
WRITTEN_FIGURE = re.compile(r"[$€£]\s?\d|\b\d{1,3},\d{3}\b|\b(?!20\d\d\b)\d{4,}\b")


def figures_for(name: str, entry: Entry, entries: Mapping[str, Entry]) -> Figures | None:
    """The figures that a placeholder of this entry names, or None where there are none."""
    named = entry if name == "range" else entries.get(name)
    return named.figures if named else None


def fill_reply(reply: str, slots: Mapping[str, str], entries: Mapping[str, Entry]) -> str:
    """The reply of a record that is not covered, with the names that the question holds, and with figures."""

    def text(match: re.Match[str]) -> str:
        figures = entries[match[1]].figures if match[1] in entries else None
        return figures.range if figures else slots[match[1]]

    return PLACEHOLDER.sub(text, reply)


def fill(entry: Entry, entries: Mapping[str, Entry]) -> str:
    """The answer with its figures. Placeholders must have been checked at load; an unknown one raises KeyError."""

    def figure(match: re.Match[str]) -> str:
        figures = figures_for(match[1], entry, entries)
        if figures is None:
            raise KeyError(match[1])
        return figures.range

    return PLACEHOLDER.sub(figure, entry.answer)
