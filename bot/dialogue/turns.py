"""A message as a turn of a chat: what it says by itself, and the words by which it points at what was said before.

Knows the words of follow-ups; nothing of what was said.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.knowledge.language_records import FollowUps, Vocabulary
from bot.matching.phrases import Phrase, PhraseIndex
from bot.matching.text import words
from bot.matching.utterance import ASIDE, TEXT, Facets, Utterance

EVERY_ROLE = "every_role"
# The kinds of words by which a turn points back; and those that say nothing.
KINDS = (
    "openers",
    "people",
    "things",
    "more",
    "again",
    "reason",
    "short",
    "example",
    "meaning",
    "later",
    "none_of_these",
)
# Those that ask something of what was said last, not something new.
ABOUT_THE_SAME = frozenset({"more", "again", "reason", "short", "example", "meaning"})
FILLERS = "fillers"
# Something is only called in short by a message that says little else.
FEW = 2
DIGITS = frozenset("123456789")
# From where to where, and what stands there.
Span = TypeVar("Span", bound=tuple[int, int] | tuple[int, int, Any])


@dataclass(frozen=True)
class Turn:
    """A message, and in it: words that point back, the place that an ordinal chooses, what is named in short.

    `content` are the words that are no names and carry a topic of their own, `salient` those and the names; `people`
    and `things`, from where to where words stand for a role ("they", "second") or for what was said ("that").
    """

    utterance: Utterance
    content: tuple[str, ...]
    salient: frozenset[str]
    kinds: frozenset[str]
    place: int | None
    short: Facets
    people: tuple[int, int] | None
    things: tuple[int, int] | None

    @property
    def only_points_back(self) -> bool:
        """Whether it is nothing but "more", "why?" or the like."""
        names = any(mention.facet not in {TEXT, ASIDE} for mention in self.utterance.mentions)
        return not (self.content or names or self.short != Facets()) and bool(self.kinds & ABOUT_THE_SAME)

    @property
    def sets_beside_another(self) -> bool:
        """Whether it names a role only to set what was spoken of beside it ("is it harder than ...?")."""
        pointer = self.people or self.things
        named = [mention.start for mention in self.utterance.mentions if mention.facet == "role"]
        return pointer is not None and bool(named) and pointer[0] < named[0]

    @property
    def names_every_role(self) -> bool:
        """Whether it is about all roles at once."""
        return any(mention.facet == EVERY_ROLE for mention in self.utterance.mentions)


class TurnReader:
    """Finds the words of follow-ups."""

    def __init__(self, follow_ups: FollowUps, vocabulary: Vocabulary) -> None:
        """Index them by their words."""
        named = {kind: map(words, getattr(follow_ups, kind)) for kind in (*KINDS, FILLERS)}
        self._kinds = {kind: PhraseIndex(dict.fromkeys(names)) for kind, names in named.items()}
        self._ordinals = PhraseIndex({words(name): number for name, number in follow_ups.ordinals.items()})
        terms = [(facet, key, term) for facet, terms in vocabulary.terms.items() for key, term in terms.items()]
        self._short = PhraseIndex({words(name): (facet, key) for facet, key, term in terms for name in term.short})
        self._negations = frozenset(vocabulary.grammar.negations)
        names = "|".join(sorted(map(re.escape, follow_ups.interjections), key=len, reverse=True))
        self._interjection = re.compile(rf"(?:{names or '(?!)'})\b[\s,.!:…-]*", re.IGNORECASE)
        pointing = {name for kind in KINDS for name in getattr(follow_ups, kind)} | {*follow_ups.ordinals}
        self._idle = {*vocabulary.asides, *follow_ups.fillers} - pointing

    def without_interjections(self, text: str) -> str:
        """The text without "ok", "hmm" and the like before it, as long as what is left says something ("nice one")."""
        while (found := self._interjection.match(text)) and not self._idle.issuperset(words(text[found.end() :])):
            text = text[found.end() :]
        return text

    def read(self, utterance: Utterance) -> Turn:
        """What a message says as a turn."""
        text = utterance.words
        named = {place for m in utterance.mentions if m.facet != TEXT for place in range(m.start, m.end)}
        found = {kind: [span[:2] for span in _apart(index.find(text), named)] for kind, index in self._kinds.items()}
        found["openers"] = [span for span in found["openers"] if span[0] == 0]
        ordinals = list(self._ordinals.find(text)) or list(_number(text, named))
        chosen = [(start, end) for start, end, _ in ordinals]
        short = _apart(self._short.find(text), named)
        people = found["people"]
        pointing = {place for spans in (*found.values(), chosen) for span in spans for place in range(*span)}
        empty = pointing | {place for start, end, _ in short for place in range(start, end)}
        content = tuple(w for place, w in enumerate(text) if place not in named | empty)
        return Turn(
            utterance=utterance,
            content=content,
            salient=frozenset(w for place, w in enumerate(text) if place in named or place not in pointing),
            kinds=frozenset(kind for kind, spans in found.items() if spans),
            place=ordinals[0][2] - (ordinals[0][2] > 0) if len(ordinals) == 1 else None,
            short=self._named_in_short(text, short) if len(content) <= FEW and not people else Facets(),
            people=next(iter((*people, *_apart(chosen, named))), None),
            things=next(iter(found["things"]), None),
        )

    def _named_in_short(self, text: Phrase, named: list[tuple[int, int, tuple[str, str]]]) -> Facets:
        """The only role, topic and level that are named and not negated."""
        meant: dict[str, set[str]] = {"role": set(), "topic": set(), "level": set()}
        for start, _, (facet, key) in named:
            if not start or text[start - 1] not in self._negations:
                meant[facet].add(key)
        role, topic, level = (next(iter(keys)) if len(keys) == 1 else None for keys in meant.values())
        return Facets(frozenset([role] if role else []), topic, level)


def _apart(spans: Iterable[Span], named: set[int]) -> list[Span]:
    """Those that hold no word of a name: "pays more" is a topic, and asks for no more."""
    return [span for span in spans if named.isdisjoint(range(*span[:2]))]


def _number(text: Phrase, named: set[int]) -> Iterator[tuple[int, int, int]]:
    """A message that is nothing but a number chooses, too ("2", "option 2", "#2")."""
    if len(text) <= FEW:
        yield from ((at, at + 1, int(word)) for at, word in enumerate(text) if word in DIGITS and at not in named)
