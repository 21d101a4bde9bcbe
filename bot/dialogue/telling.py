"""What members tell of themselves in passing ("i'm a teacher", "nurse here."), and what their message asks besides.

Knows the words of personal facts; nothing of what an answer makes of them.
"""

from collections.abc import Iterable, Iterator, Sequence

from bot.knowledge.language_records import Grammar, PersonalFacts
from bot.matching.phrases import Phrase, PhraseIndex
from bot.matching.text import clauses_of, words

# Between "i am a" and what somebody is: "i'm a former primary school teacher".
DISTANCE = 4
# A clause of so few words that holds what somebody is, is nothing else: "full stack dev."
SHORT = 6


class TellingReader:
    """Finds what a message tells of its author."""

    def __init__(self, facts: PersonalFacts, grammar: Grammar = Grammar()) -> None:  # noqa: B008 - frozen
        """Index the names of facts by their words."""
        self._joins, self._articles = frozenset(grammar.joins), frozenset(grammar.articles)
        self._negations = frozenset(grammar.negations)
        self._entries = {fact.id: fact.entry for fact in facts.facts}
        self._asking_words = {words(name) for name in facts.asking}
        self._openers, self._closers = _phrases(facts.openers), _phrases(facts.closers)
        self._whole = _by_phrase((fact.id, fact.phrases) for fact in facts.facts)
        self._nouns = _by_phrase((fact.id, fact.nouns) for fact in facts.facts)
        fields = _by_phrase((fact.id, fact.fields) for fact in facts.facts)
        self._named = ((_phrases(facts.before_nouns), self._nouns), (_phrases(facts.before_fields), fields))

    def told(self, text: str) -> tuple[str, ...]:
        """The ids of the facts that a message tells, in order."""
        clauses = clauses_of(text)
        return tuple(dict.fromkeys(fact for clause in clauses for fact in self._told(words(clause), len(clauses))))

    def asked(self, text: str) -> str:
        """The message without the clauses that only tell; nothing where it has none, or no other."""
        clauses = clauses_of(text)
        kept = self._asking(clauses)
        return " ".join(kept) if 0 < len(kept) < len(clauses) else ""

    def only_tells(self, text: str) -> bool:
        """Whether a message asks nothing besides."""
        return not self._asking(clauses_of(text))

    def entries_of(self, facts: Iterable[str]) -> Iterator[str]:
        """The entries with which these facts are answered, of those that have one."""
        yield from filter(None, map(self._entries.get, facts))

    def _asking(self, clauses: Sequence[str]) -> list[str]:
        return [clause for clause in clauses if clause.endswith("?") or not self._only_tells(words(clause))]

    def _told(self, clause: Phrase, clauses: int) -> Iterator[str]:
        found = [(place, fact) for place, _, fact in self._telling(clause, self._whole)]
        for before, names in self._named:
            openings = {end for _, end, _ in self._telling(clause, before)}
            near = {place for opening in openings for place in range(opening, opening + DISTANCE)}
            found += [(place, fact) for place, _, fact in self._meant(clause, names) if place in near]
        if not found and clauses > 1 and self._names_job(clause):
            found = [(place, fact) for place, _, fact in self._meant(clause, self._nouns)]
        return (fact for _, fact in sorted(found))

    def _meant(self, clause: Phrase, names: PhraseIndex[str]) -> Iterator[tuple[int, int, str]]:
        """From and to where such names stand that are not negated: "not a writer" tells of no writer."""
        for start, end, name in names.find(clause):
            before = [word for word in clause[:start] if word not in self._articles]
            if not before or before[-1] not in self._negations:
                yield start, end, name

    def _only_tells(self, clause: Phrase) -> bool:
        opens = any(start == 0 for names in (self._openers, self._whole) for start, *_ in names.find(clause))
        closes = any(end == len(clause) for _, end, _ in self._closers.find(clause))
        return opens or closes or self._names_job(clause)

    def _names_job(self, clause: Phrase) -> bool:
        is_short = len(clause) <= SHORT and not self._joins.intersection(clause)
        found = list(self._nouns.find(clause)) if is_short else []
        return bool(found) and (found[0][0] == 0 or found[-1][1] >= len(clause) - 1)

    def _telling(self, text: Phrase, names: PhraseIndex[str]) -> Iterator[tuple[int, int, str]]:
        """From and to where such names stand that no asking word goes before: "do i know enough" tells nothing."""
        for start, end, name in names.find(text):
            if text[max(start - 1, 0) : start] not in self._asking_words:
                yield start, end, name


def _phrases(names: Iterable[str]) -> PhraseIndex[str]:
    return PhraseIndex(dict.fromkeys(map(words, names), ""))


def _by_phrase(named: Iterable[tuple[str, Iterable[str]]]) -> PhraseIndex[str]:
    return PhraseIndex({words(name): fact for fact, names in named for name in names})
