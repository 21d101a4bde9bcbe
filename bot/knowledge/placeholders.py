"""Figures in answers: `{range}` is the entry's own, `{some.other.id}` another entry's. So each figure stands once.

Knows only records.
"""

import re
from collections.abc import Mapping

from bot.knowledge.records import Entry

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
# The entry that the placeholder stands in.
OWN = "range"
# Money or a number of four digits and more, written by hand. Years such as 2026 are let through.
WRITTEN_FIGURE = re.compile(
    r"[$€£]\s?\d|\b\d{1,3}[,.'\s\u00a0\u202f]\d{3}\b|\b(?!20\d\d\b)\d{4,}\b|\b\d{1,3}\s?k\b", re.IGNORECASE
)


def without_figures(text: str, entries: Mapping[str, Entry]) -> list[str]:
    """The placeholders in a text that name no figures of these entries."""
    return [name for name in PLACEHOLDER.findall(text) if name not in entries or not entries[name].figures]


def has_stray_brace(text: str) -> bool:
    """Whether a brace is opened and never closed, or the other way round: members would read it."""
    return bool(re.search(r"[{}]", PLACEHOLDER.sub("", text)))


def fill(entry: Entry, entries: Mapping[str, Entry], text: str | None = None) -> str:
    """The answer, or another text of the entry, with its figures.

    Placeholders must have been checked at load; an unknown one raises KeyError.
    """
    return fill_reply(text or entry.answer, {}, {**entries, OWN: entry})


def fill_reply(reply: str, slots: Mapping[str, str], entries: Mapping[str, Entry]) -> str:
    """The reply of a record that is not covered, with the names that the question holds, and with figures."""

    def text(match: re.Match[str]) -> str:
        named = entries.get(match[1])
        return named.figures.range if named and named.figures else slots[match[1]]

    return PLACEHOLDER.sub(text, reply)
