"""Reading facets (roles, topic, level) in a question, from the vocabulary's names. Knows nothing of entries' texts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from bot.knowledge.records import Vocabulary
from bot.matching.features import Floats
from bot.matching.text import words

NEGATIONS = frozenset(
    {"not", "no", "non", "without", "except", "dont", "isnt", "arent", "never", "neither", "nor", "instead", "than"}
)
NEGATION_REACH = 3
CORRECTIONS = frozenset({"no", "nah", "nope"})
NUMBER_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
NUMBERS = {word: number for number, word in enumerate(NUMBER_WORDS)}
YEARS = frozenset({"year", "years", "yr", "yrs", "yoe"})
# "47 years old" is no experience.
AGE = frozenset({"old", "ago"})
ARTICLES = frozenset({"a", "an", "the"})


@dataclass(frozen=True, slots=True)
class Facets:
    """What a question is about. Empty and None mean not said."""

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


class FacetReader:
    """Finds the longest names of roles, topics and levels in a text."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Index the names by their words."""
        self.every_role = frozenset(vocabulary.roles)
        self._names: dict[tuple[str, ...], tuple[str, str]] = {}
        for facet, terms in vocabulary.terms.items():
            for key, term in terms.items():
                for name in term.names:
                    self._names[words(name)] = (facet, key)
        self._names |= {words(name): ("every_role", "") for name in vocabulary.every_role}
        self._names |= {words(name): ("other_role", "") for name in vocabulary.other_role}
        self._longest = max(map(len, self._names), default=0)
        self._titles = {key: words(term.title) for key, term in vocabulary.roles.items()}
        self._levels = {key: term.years for key, term in vocabulary.levels.items() if term.years}

    def names(self) -> Iterator[tuple[str, ...]]:
        """All names, as words."""
        yield from self._names

    def read(self, text: Sequence[str]) -> Facets:
        """The facets named in the words of a question. What is negated is left out; the last level named wins."""
        found: dict[str, list[str]] = {"role": [], "topic": [], "level": [], "every_role": [], "other_role": []}
        negated: dict[str, set[str]] = {"role": set(), "level": set()}
        if text and text[0] in CORRECTIONS:  # "no, I meant …" negates nothing
            text = text[1:]
        for place, facet, key, _ in self._scan(text):
            if facet in negated and NEGATIONS.intersection(text[max(0, place - NEGATION_REACH) : place]):
                negated[facet].add(key)
            else:
                found[facet].append(key)
        roles = frozenset(found["role"]) - (negated["role"] - set(found["role"][-1:]))
        if found["every_role"]:
            roles = self.every_role
        elif negated["role"] and not roles:
            roles = self.every_role - negated["role"]
        return Facets(
            roles=roles,
            topic=found["topic"][0] if found["topic"] else None,
            level=found["level"][-1] if found["level"] else self._level_by_years(text) or self._left(negated["level"]),
            other_role=bool(found["other_role"]) and not roles,
        )

    def _left(self, negated: set[str]) -> str | None:
        """The only level of experience that is not ruled out ("not junior any more, but not senior either")."""
        left = self._levels.keys() - negated
        return next(iter(left)) if len(left) == 1 else None

    def canonical(self, text: Sequence[str]) -> tuple[str, ...]:
        """The words with every name of a role replaced by the role's title, so that all names match alike."""
        replaced: list[str] = []
        end = 0
        for place, facet, key, length in self._scan(text):
            if facet == "role":
                replaced += [*text[end:place], *self._titles[key]]
                end = place + length
        return (*replaced, *text[end:])

    def with_only(self, role: str, text: Sequence[str]) -> tuple[str, ...]:
        """The words asked of one role: its title in place of the first name of a role, the other names left out."""
        kept: list[str] = []
        title, end = self._titles[role], 0
        for place, facet, _, length in self._scan(text):
            if facet in {"role", "every_role", "other_role"}:
                kept += [*text[end:place], *title]
                title, end = (), place + length
        return (*kept, *text[end:])

    def joins_roles(self, first: str, second: str) -> bool:
        """Whether the first text ends and the second begins with a role: "compare prompt | and AI engineers"."""
        before, after = words(first), tuple(word for word in words(second) if word not in ARTICLES)
        ends = any(facet == "role" and place + length == len(before) for place, facet, _, length in self._scan(before))
        return ends and any(facet == "role" and place == 0 for place, facet, _, _ in self._scan(after))

    def unnamed(self, text: Sequence[str]) -> tuple[str, ...]:
        """The words that belong to no name."""
        named = {p for place, _, _, length in self._scan(text) for p in range(place, place + length)}
        return tuple(word for place, word in enumerate(text) if place not in named)

    def _scan(self, text: Sequence[str]) -> Iterator[tuple[int, str, str, int]]:
        """Place, facet, key and length of each name, longest first, not overlapping."""
        place = 0
        while place < len(text):
            for length in range(min(self._longest, len(text) - place), 0, -1):
                name = self._names.get(tuple(text[place : place + length]))
                if name:
                    yield (place, *name, length)
                    place += length
                    break
            else:
                place += 1

    def _level_by_years(self, text: Sequence[str]) -> str | None:
        for place, word in enumerate(text[:-1]):
            count = NUMBERS.get(word, int(word) if word.isdecimal() and len(word) < 3 else None)  # noqa: PLR2004
            if count is not None and text[place + 1] in YEARS and not AGE.intersection(text[place + 2 : place + 3]):
                return next((key for key, (low, high) in self._levels.items() if low <= count <= high), None)
        return None


class OwnFacets:
    """The facets of all targets, by number: how they agree with a question's."""

    def __init__(self, own: Sequence[tuple[str | None, str | None, str | None]]) -> None:
        """Role, topic and level of each target."""
        table = np.array(own, object).reshape(-1, 3)
        self._roles, self._topics, self._levels = table.T
        self._has_role, self._has_level = self._roles != None, self._levels != None  # noqa: E711 - element by element

    def agreement(self, facets: Facets, targets: npt.NDArray[np.intp]) -> Floats:
        """For each of these targets whether it agrees with, contradicts or goes beyond the question: (targets, 8).

        Columns of 0 or 1: role agrees, role contradicts, one role though several are asked about, role though none is
        named; level agrees, level contradicts, level though none is named; topic agrees.
        """
        found = np.zeros((len(targets), 8), np.float32)
        has_role, has_level = self._has_role[targets], self._has_level[targets]
        if len(facets.roles) == 1:
            same = self._roles[targets] == next(iter(facets.roles))
            found[:, 0], found[:, 1] = same, has_role & ~same
        else:
            found[:, 2 if facets.roles else 3] = has_role
        if facets.level is not None:
            same = self._levels[targets] == facets.level
            found[:, 4], found[:, 5] = same, has_level & ~same
        else:
            found[:, 6] = has_level
        if facets.topic is not None:
            found[:, 7] = self._topics[targets] == facets.topic
        return found
