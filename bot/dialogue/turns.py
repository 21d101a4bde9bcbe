"""A message as a turn of a chat: what it says by itself, and the words by which it points at what was said before.

Knows the words of follow-ups; nothing of what was said.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.knowledge.records import FollowUps, Vocabulary
from bot.matching.text import words
from bot.matching.utterance import ROLE_NEGATIONS, Utterance

EVERY_ROLE = "every_role"
# The kinds of words by which a turn points back; and those that say nothing.
KINDS, FILLERS = ("openers", "people", "things", "more", "again"), "fillers"
# Words that are enough to be a question.
STANDS_ALONE = 1
# A role is only called in short by a message that says little else.
FEW = 2
DIGITS = frozenset("123456789")


@dataclass(frozen=True)
class Turn:
    """A message, and in it: words that point back, the place that an ordinal chooses, a role in short, what is left.

    `content` are the words that are no names and carry a topic of their own; `people`, from where to where words stand
    for a role ("they", "second").
    """

    utterance: Utterance
    content: tuple[str, ...]
    kinds: frozenset[str]
    place: int | None
    short_role: str | None
    people: tuple[int, int] | None

    @property
    def names_every_role(self) -> bool:
        """Whether it is about all roles at once."""
        return any(mention.facet == EVERY_ROLE for mention in self.utterance.mentions)


class TurnReader:
    """Finds the words of follow-ups."""

    def __init__(self, follow_ups: FollowUps, vocabulary: Vocabulary) -> None:
        """Index them by their words."""
        self._kinds = {kind: _index(getattr(follow_ups, kind)) for kind in (*KINDS, FILLERS)}
        self._ordinals = {words(name): number for name, number in follow_ups.ordinals.items()}
        self._short = {words(name): role for role, term in vocabulary.roles.items() for name in term.short}
        names = "|".join(sorted(map(re.escape, follow_ups.interjections), key=len, reverse=True))
        self._interjection = re.compile(rf"(?:{names or '(?!)'})\b[\s,.!:…-]*", re.IGNORECASE)

    def without_interjections(self, text: str) -> str:
        """The text without "ok", "hmm" and the like before it, as long as enough words are left to be a question."""
        while (found := self._interjection.match(text)) and len(text[found.end() :].split()) >= STANDS_ALONE:
            text = text[found.end() :]
        return text

    def read(self, utterance: Utterance) -> Turn:
        """What a message says as a turn."""
        text = utterance.words
        named = {place for m in utterance.mentions if m.facet != "text" for place in range(m.start, m.end)}
        found = {kind: list(_places(text, index)) for kind, index in self._kinds.items()}
        found["openers"] = [span for span in found["openers"] if span[0] == 0]
        ordinals = list(_places(text, self._ordinals)) or list(_number(text, named))
        short = [span for span in _places(text, self._short) if not named & set(range(*span))]
        meant = {self._short[text[slice(*span)]] for span in short if text[max(0, span[0] - 1)] not in ROLE_NEGATIONS}
        pointing = {place for spans in (*found.values(), ordinals) for span in spans for place in range(*span)}
        in_short = {place for span in short for place in range(*span)}
        content = tuple(w for place, w in enumerate(text) if place not in named | pointing | in_short)
        return Turn(
            utterance=utterance,
            content=content,
            kinds=frozenset(kind for kind, spans in found.items() if spans),
            place=self._place(text[slice(*ordinals[0])]) if len(ordinals) == 1 else None,
            short_role=next(iter(meant)) if len(meant) == 1 and len(content) <= FEW else None,
            people=next((span for span in (*found["people"], *ordinals) if not named & set(range(*span))), None),
        )

    def _place(self, chosen: tuple[str, ...]) -> int:
        """A place in a list, from 0 or from the end, by the number that members say."""
        number = self._ordinals[chosen] if chosen in self._ordinals else int(chosen[0])
        return number - (number > 0)


def _number(text: tuple[str, ...], named: set[int]) -> Iterator[tuple[int, int]]:
    """A message that is nothing but a number chooses, too ("2", "option 2", "#2")."""
    if len(text) <= FEW:
        yield from ((at, at + 1) for at, word in enumerate(text) if word in DIGITS and at not in named)


def _index(names: Iterable[str]) -> dict[tuple[str, ...], int]:
    return {words(name): number for number, name in enumerate(names)}


def _places(text: tuple[str, ...], names: Mapping[tuple[str, ...], object]) -> Iterator[tuple[int, int]]:
    """From and to where each of these names stands, longest first, not overlapping."""
    longest, place = max(map(len, names), default=0), 0
    while place < len(text):
        length = next((n for n in range(min(longest, len(text) - place), 0, -1) if text[place : place + n] in names), 0)
        if length:
            yield place, place + length
        place += length or 1
