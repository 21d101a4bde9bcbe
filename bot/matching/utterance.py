"""A message, read once: its words, the names in it, what they say of roles, topic and level, and what they leave over.

Knows the vocabulary; nothing of entries' texts.
"""

import re
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from bot.knowledge.language_records import Slot, Vocabulary
from bot.matching.phrases import Phrase, PhraseIndex
from bot.matching.text import words

# The facets of names that restrict a question, of expressions that are no names after all, and of what says nothing.
SLOT, TEXT, ASIDE = "slot", "text", "aside"
HOME = "home"


@dataclass(frozen=True, slots=True)
class Facets:
    """What a message is about. Empty and None mean not said."""

    roles: frozenset[str] = frozenset()
    topic: str | None = None
    level: str | None = None
    other_role: bool = False

    def carried_into(self, now: "Facets", every_role: frozenset[str]) -> "Facets":
        """The facets of a follow-up: what it says itself, and these where it is silent."""
        roles = now.roles
        if now.other_role and len(self.roles) == 1:
            roles = every_role - self.roles
        return replace(
            now,
            roles=roles or self.roles,
            topic=now.topic or self.topic,
            level=now.level or self.level,
        )


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a message: the places of its words, the facet that it is of, and what it names.

    Where it is negated, `negation` is the place of the word that does so, else its start.
    """

    start: int
    end: int
    facet: str
    key: str
    negation: int

    @property
    def is_negated(self) -> bool:
        """Whether the message says that this is not meant."""
        return self.negation < self.start


@dataclass(frozen=True)
class Utterance:
    """A message as it was read: its words, repaired; the names among them; and what those say.

    `canonical` has the role's title for each name of a role, and a marker before each name of a slot.
    """

    words: tuple[str, ...]
    mentions: tuple[Mention, ...]
    facets: Facets
    canonical: tuple[str, ...]

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles that are named, in order."""
        return tuple(mention.key for mention in self.mentions if mention.facet == "role")

    @property
    def slots(self) -> tuple[Mention, ...]:
        """The names that restrict what is asked: of places, other jobs and the like."""
        return tuple(mention for mention in self.mentions if mention.facet == SLOT)

    @property
    def restricted(self) -> frozenset[str]:
        """The slots of which it names anything, be it where the source holds."""
        return frozenset(m.key.partition(".")[0] for m in self.mentions if m.facet in {SLOT, TEXT} and m.key)

    @cached_property
    def unnamed(self) -> tuple[str, ...]:
        """The words that are part of no role, topic or level."""
        named = {
            place
            for mention in self.mentions
            if mention.facet not in {SLOT, TEXT}
            for place in range(mention.start, mention.end)
        }
        return tuple(word for place, word in enumerate(self.words) if place not in named)

    @cached_property
    def joined(self) -> str:
        """The canonical words as one text."""
        return " ".join(self.canonical)


def marker(mention: Mention) -> str:
    """The word that stands before a slot's name."""
    return f"<{mention.key}>"


AMOUNT = "<amount>"
_AMOUNT = re.compile(r"\d{2,3}k|\d{5,}")


class UtteranceReader:
    """Finds the longest names of roles, topics, levels and slots in a text."""

    def __init__(self, vocabulary: Vocabulary, slots: Mapping[str, Slot]) -> None:
        """Index the names by their words; those of the vocabulary go before those of slots."""
        self.every_role = frozenset(vocabulary.roles)
        names: dict[Phrase, tuple[str, str]] = {}
        for name, slot in slots.items():
            for group, called in slot.groups.items():
                kind = (TEXT, name) if group == HOME else (SLOT, f"{name}.{group}")
                names |= dict.fromkeys(map(words, called), kind)
        for slot in slots.values():
            names |= dict.fromkeys(map(words, slot.not_names), (TEXT, ""))
        for facet, terms in vocabulary.terms.items():
            names |= {words(name): (facet, key) for key, term in terms.items() for name in term.names}
        names |= {words(name): ("every_role", "") for name in vocabulary.every_role}
        names |= {words(name): ("other_role", "") for name in vocabulary.other_role}
        self._names = PhraseIndex(names | dict.fromkeys(map(words, vocabulary.asides), (ASIDE, "")))
        self._grammar = grammar = vocabulary.grammar
        # "not the prompt one": only what directly follows is negated, so that "not sure prompting suits me" is not.
        level_negations = frozenset((*grammar.negations, *grammar.level_negations))
        negations = frozenset(grammar.negations)
        self._negations = {"role": negations, "topic": negations, "level": level_negations}
        self._same = {name: words(read_as) for name, read_as in grammar.same.items()}
        self._years = frozenset(grammar.years)
        self._numbers = {word: number for number, word in enumerate(grammar.numbers)}
        self._titles = {key: words(term.title) for key, term in vocabulary.roles.items()}
        self._levels = {key: term.years for key, term in vocabulary.levels.items() if term.years}

    def names(self) -> Iterator[tuple[str, ...]]:
        """All names, as words."""
        yield from self._names.names

    def read(self, repaired: tuple[str, ...]) -> Utterance:
        """Words whose spelling was repaired."""
        mentions = tuple(
            Mention(start, end, *name, negation=self._negation(repaired, start, name[0]))
            for start, end, name in self._names.find(repaired)
        )
        return Utterance(repaired, mentions, self._facets(repaired, mentions), self._canonical(repaired, mentions))

    def with_only(self, role: str, utterance: Utterance) -> str:
        """The words asked of one role: its title in place of the first name of a role, the other names left out."""
        kept: list[str] = []
        title, end = self._titles[role], 0
        for mention in utterance.mentions:
            if mention.facet in {"role", "every_role", "other_role"}:
                kept += [*utterance.words[end : mention.start], *title]
                title, end = (), mention.end
        return " ".join((*kept, *utterance.words[end:]))

    def without_slots(self, slots: Container[str], utterance: Utterance) -> str:
        """The words without the names of these slots."""
        dropped = {
            place
            for mention in utterance.slots
            if mention.key.partition(".")[0] in slots
            for place in range(mention.start, mention.end)
        }
        return " ".join(word for place, word in enumerate(utterance.words) if place not in dropped)

    def joins_roles(self, first: Utterance, second: Utterance) -> bool:
        """Whether the first text ends and the second begins with a role: "compare bakers | and cooks"."""
        ends = any(m.facet == "role" and m.end == len(first.words) for m in first.mentions)
        start = next((place for place, word in enumerate(second.words) if word not in self._grammar.articles), 0)
        return ends and any(m.facet == "role" and m.start == start for m in second.mentions)

    def _facets(self, text: Sequence[str], mentions: Sequence[Mention]) -> Facets:
        """What is named. What is negated is left out; the last level named wins."""
        named, negated = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
        for mention in mentions:
            (negated if mention.is_negated else named)[mention.facet].append(mention.key)
        not_meant = frozenset(negated["role"])
        roles = frozenset(named["role"]) - (not_meant - set(named["role"][-1:]))
        if named["every_role"]:
            roles = self.every_role
        elif not_meant and not roles:
            roles = self.every_role - not_meant
        return Facets(
            roles=roles,
            topic=named["topic"][0] if named["topic"] else None,
            level=named["level"][-1] if named["level"] else self._level_by_years(text),
            other_role=bool(named["other_role"]) and not roles,
        )

    def _canonical(self, text: tuple[str, ...], mentions: Sequence[Mention]) -> tuple[str, ...]:
        """The words with every name of a role replaced by the role's title, so that all names match alike.

        Before the name of a slot stands its marker (delexicalisation, as in slot filling), so that a place that no
        phrasing names is read like one that some name. Roles that are joined stand in the vocabulary's order: "A or B"
        asks what "B or A" asks.
        """
        replaced: list[str] = []
        end = 0
        swapped = dict(self._joined(text, mentions))
        for place, mention in enumerate(mentions):
            if mention.is_negated or mention.facet == "role":
                title = () if mention.is_negated else self._titles[swapped.get(place, mention.key)]
                replaced += [*text[end : mention.negation], *title]
                end = mention.end
            elif mention.facet == SLOT:
                replaced += [*text[end : mention.start], marker(mention)]
                end = mention.start
            elif mention.facet == ASIDE and mention.end - mention.start < len(text):
                replaced += text[end : mention.start]
                end = mention.end
        return tuple(same for word in (*replaced, *text[end:]) for same in self._read_as(word))

    def _read_as(self, word: str) -> tuple[str, ...]:
        """What a word is read as; before an amount of money stands a marker, so that all amounts are read alike."""
        return (AMOUNT, word) if _AMOUNT.fullmatch(word) else self._same.get(word, (word,))

    def _joined(self, text: tuple[str, ...], mentions: Sequence[Mention]) -> Iterator[tuple[int, str]]:
        """The places of two mentions of roles joined by one word, each with the role that stands there in order."""
        for place, (one, other) in enumerate(pairwise(mentions)):
            if not one.facet == other.facet == "role":
                continue
            between = [word for word in text[one.end : other.start] if word not in self._grammar.articles]
            if len(between) == 1 and between[0] in self._grammar.joins:
                first, second = sorted((one.key, other.key), key=list(self._titles).index)
                yield from ((place, first), (place + 1, second))

    def names_years(self, utterance: Utterance) -> bool:
        """Whether the level is told by years of experience."""
        return self._level_by_years(utterance.words) is not None

    def _level_by_years(self, text: Sequence[str]) -> str | None:
        if self._years.isdisjoint(text):
            return None
        for place, word in enumerate(text[:-1]):
            count = self._numbers.get(word, int(word) if word.isdecimal() and len(word) < 3 else None)  # noqa: PLR2004
            is_age = any(after in self._grammar.age for after in text[place + 2 : place + 3])
            if count is not None and text[place + 1] in self._years and not is_age:
                return next((key for key, (low, high) in self._levels.items() if low <= count <= high), None)
        return None

    def _negation(self, text: Sequence[str], start: int, facet: str) -> int:
        """The place of the word that negates a name which begins here: the one before it, but for small words.

        Without one, the start. A "no" at the beginning answers what was said before ("no, cooks").
        """
        if facet not in self._negations:
            return start
        place = next((p for p in range(start - 1, -1, -1) if text[p] not in self._grammar.between), 0)
        is_correction = place == 0 and text[0] in self._grammar.corrections
        return place if start and text[place] in self._negations[facet] and not is_correction else start
