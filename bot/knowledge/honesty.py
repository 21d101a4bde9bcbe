"""Answers that would be untrue under some question: they open with a yes or no, or are stronger than their source.

Knows records; nothing of how they are matched.
"""

import re
from collections.abc import Iterator

from bot.knowledge.records import Entry, KnowledgeBase

# Nobody knows which way round a question was asked: after "Is it dead?" and "Is it alive?" the same "Yes" stands.
POLARITY = frozenset(
    {
        *("yes", "yeah", "yep", "no", "nope", "nah", "not", "neither", "nor", "never", "always", "mostly", "generally"),
        *("usually", "often", "rarely", "partly", "sure", "absolutely", "definitely", "certainly", "indeed", "correct"),
        *("right", "true", "false", "exactly", "probably", "maybe", "perhaps", "likely", "unlikely"),
    }
)
# These answer nothing.
COURTESY = re.compile(r"(?:no (?:worries|problem|harm|hard feelings|need|rush)|not at all|never mind)\b", re.IGNORECASE)
# Words that make a claim stronger. They are English, as the bot is; what they have in common are their first letters.
STRENGTH = re.compile(
    r"\b(?:always|never|only|must|most|every\w*|best|guarante\w*|certainly|definitely|impossible|nobody)\b"
)
STEM = 5
_FIRST_WORD = re.compile(r"[\w'’-]+")


def opening_polarity(text: str) -> str:
    """The yes or no, or its kind, that a text opens with; nothing where it opens otherwise."""
    first = _FIRST_WORD.search(text)
    if first is None or COURTESY.match(text, first.start()):
        return ""
    return first[0] if first[0].casefold() in POLARITY else ""


def unsupported_strength(entry: Entry, paragraphs: tuple[str, ...]) -> tuple[str, ...]:
    """The strong words of an answer that none of the paragraphs that it cites has."""
    cited = " ".join(paragraphs[number - 1] for number in entry.source)
    supported = {word[:STEM] for word in STRENGTH.findall(cited.casefold())}
    found = dict.fromkeys(STRENGTH.findall(entry.answer.casefold()))
    return tuple(word for word in found if word[:STEM] not in supported)


def polar_texts(knowledge: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """The records whose answer or reply opens with a yes or no, each with that word."""
    texts = {entry.id: entry.answer for entry in knowledge.entries.values()}
    texts |= {record.id: record.reply for record in knowledge.not_covered.values()}
    texts |= {record.id: record.reply for record in knowledge.small_talk.values()}
    yield from ((record, word) for record, text in texts.items() if (word := opening_polarity(text)))


def too_strong(knowledge: KnowledgeBase) -> Iterator[tuple[Entry, tuple[str, ...]]]:
    """The entries that are stronger than what they cite. None where the source's text is not at hand."""
    paragraphs = knowledge.source.text if knowledge.source else ()
    for entry in knowledge.entries.values():
        if paragraphs and entry.source and (words := unsupported_strength(entry, paragraphs)):
            yield entry, words
