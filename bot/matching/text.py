"""Text functions: cleaning what people type, words, sentences. Knows nothing of the knowledge."""

import re
import unicodedata

MAX_CHARACTERS = 2000
# So many different signs are read.
SIGNS = 4

_DISCORD_MARKUP = re.compile(r"<a?:(\w+):\d+>|<[@#][!&]?\d+>|<t:-?\d+(:\w)?>|</[^>]{1,64}:\d+>")
_LINK = re.compile(r"https?://\S+")
_FORMATTING = re.compile(r"[*_~`|>#]+(?=\S)|(?<=\S)[*_~`|]+")
# "A.I." is one word.
_DOTTED = re.compile(r"\b(?:[a-zA-Z]\.){2,}")
# What somebody else said, or code, is not what a member asks; where nothing else is left, it is.
_QUOTED_LINE = re.compile(r"^[ \t]*>[^\n]*$", re.MULTILINE)
_CODE = re.compile(r"```.*?(?:```|\Z)", re.DOTALL)
_SNAKE_CASE = re.compile(r"(?<=[^\W_])_+(?=[^\W_])")
_REPEATED = re.compile(r"([a-z])\1{2,}")
# "$$$" asks about money.
_WORD = re.compile(r"[^\W_]+|[$€£]+")
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\s*\n+\s*|(?<=[a-z]{3});\s+")
_CLAUSE_END = re.compile(r"(?<=[,;.!?…:])\s+|\s*\n+\s*|\s+-+\s+")
# Letters of other alphabets are kept; marks, controls, and invisible or direction-changing signs are not.
_DROPPED_CATEGORIES = {"Cc", "Cf", "Co", "Cs", "Cn"}


def clean(text: str) -> str:
    """One line of visible text: NFKC, no invisible characters, no mentions, links, emoji codes or formatting.

    At most MAX_CHARACTERS are kept. May be empty.
    """
    text = unicodedata.normalize("NFKC", text[: 2 * MAX_CHARACTERS])
    own = _CODE.sub(" ", _QUOTED_LINE.sub("", text))
    text = _DOTTED.sub(lambda found: found[0].replace(".", ""), own if _WORD.search(own) else text)
    text = "".join(
        " " if c.isspace() and c != "\n" else c
        for c in text
        if c.isspace() or unicodedata.category(c) not in _DROPPED_CATEGORIES
    )
    text = text.replace("\u2019", "'").replace("\u2018", "'").replace("`", "'")
    text = _LINK.sub(" ", _DISCORD_MARKUP.sub(" ", text))
    text = _FORMATTING.sub("", _SNAKE_CASE.sub(" ", text))
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)[:MAX_CHARACTERS]


def words(text: str) -> tuple[str, ...]:
    """The words in lower case, drawn-out letters shortened (`heyyyy` → `heyy`), apostrophes dropped (`what's`).

    A text of signs alone is the names of the first few: 👍 says `thumbs up sign`.
    """
    found = _WORD.findall(_REPEATED.sub(r"\1\1", _APOSTROPHE.sub("", text.casefold())))
    return tuple(found or _names_of_signs(text))


def _names_of_signs(text: str) -> list[str]:
    signs = [character for character in dict.fromkeys(text) if unicodedata.category(character) == "So"]
    return " ".join(unicodedata.name(sign, "") for sign in signs[:SIGNS]).casefold().split()


def clauses_of(text: str) -> tuple[str, ...]:
    """The parts between commas and the ends of sentences that hold at least one word, in order."""
    return tuple(part for part in _CLAUSE_END.split(text) if _WORD.search(part))


def sentences(text: str) -> tuple[str, ...]:
    """The sentences that hold at least one word, in order."""
    return tuple(part for part in _SENTENCE_END.split(text) if _WORD.search(part))
