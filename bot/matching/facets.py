"""Reading facets (roles, topic, level) in a question, from the vocabulary's names. Knows nothing of entries' texts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.knowledge.records import Vocabulary
from bot.matching.text import words

NEGATIONS = frozenset({"not", "no", "non", "without", "except", "don't", "dont", "isn't", "never", "instead", "than"})
NEGATION_REACH = 3
CORRECTIONS = frozenset({"no", "nah", "nope"})
NUMBER_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
NUMBERS = {word: number for number, word in enumerate(NUMBER_WORDS)}
YEARS = frozenset({"year", "years", "yr", "yrs", "yoe"})
# "47 years old" is no experience.
AGE = frozenset({"old", "ago"})


@dataclass(frozen=True)
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
        """The facets named in the words of a question. A negated role is left out; the last level named wins."""
        found: dict[str, list[str]] = {"role": [], "topic": [], "level": [], "every_role": [], "other_role": []}
        negated: set[str] = set()
        if text and text[0] in CORRECTIONS:  # "no, I meant …" negates nothing
            text = text[1:]
        for place, facet, key, _ in self._scan(text):
            if facet == "role" and NEGATIONS.intersection(text[max(0, place - NEGATION_REACH) : place]):
                negated.add(key)
            else:
                found[facet].append(key)
        roles = frozenset(found["role"]) - (negated - set(found["role"][-1:]))
        if found["every_role"]:
            roles = self.every_role
        elif negated and not roles:
            roles = self.every_role - negated
        return Facets(
            roles=roles,
            topic=found["topic"][0] if found["topic"] else None,
            level=found["level"][-1] if found["level"] else self._level_by_years(text),
            other_role=bool(found["other_role"]) and not roles,
        )

    def canonical(self, text: Sequence[str]) -> tuple[str, ...]:
        """The words with every name of a role replaced by the role's title, so that all names match alike."""
        replaced: list[str] = []
        end = 0
        for place, facet, key, length in self._scan(text):
            if facet == "role":
                replaced += [*text[end:place], *self._titles[key]]
                end = place + length
        return (*replaced, *text[end:])

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


def agreement(facets: Facets, own: Mapping[str, str | None]) -> tuple[float, float, float, float, float]:
    """How an entry's own facets agree with a question's: role +, role −, level +, level −, topic + (0 or 1 each).

    An entry without a role neither agrees nor contradicts, unless the question names a single role; an entry of a level
    contradicts a question that names another one.
    """
    role, topic, level = own["role"], own["topic"], own["level"]
    single = len(facets.roles) == 1
    return (
        float(single and role in facets.roles),
        float(single and role is not None and role not in facets.roles),
        float(facets.level is not None and level == facets.level),
        float(facets.level is not None and level is not None and level != facets.level),
        float(facets.topic is not None and topic == facets.topic),
    )
