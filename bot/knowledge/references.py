"""What records say about each other: ids, facet names, paragraphs, figures, phrasings that stand twice.

Works on the records of all files at once, each with the place it came from. Knows nothing of YAML's text.
"""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from bot.knowledge.placeholders import PLACEHOLDER, WRITTEN_FIGURE, figures_for
from bot.knowledge.problems import Problem, did_you_mean
from bot.knowledge.records import OUTCOMES, Check, Entry, NotCovered, Quiz, Record, SmallTalk, Source, Vocabulary
from bot.knowledge.strict_yaml import Document, Path

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Placed(Generic[R]):
    """A record and where it stands."""

    record: R
    document: Document
    path: Path

    def problem(self, where: Path, message: str) -> Problem:
        """A problem at a place inside the record."""
        return self.document.problem((*self.path, *where), message)


@dataclass(frozen=True)
class Records:
    """The valid records of all files, and the ids that are written anywhere, in broken records too."""

    entries: tuple[Placed[Entry], ...]
    not_covered: tuple[Placed[NotCovered], ...]
    small_talk: tuple[Placed[SmallTalk], ...]
    checks: tuple[Placed[Check], ...]
    vocabulary: Placed[Vocabulary] | None
    source: Placed[Source] | None
    quiz: Placed[Quiz] | None
    written_ids: Collection[str]

    @property
    def asked(self) -> tuple[Placed[Any], ...]:
        """All records that say how people ask."""
        return (*self.entries, *self.not_covered, *self.small_talk)

    @property
    def entry_ids(self) -> list[str]:
        """The ids that entries have, those of broken records too."""
        return sorted({*self.written_ids} - {p.record.id for p in self.asked if not isinstance(p.record, Entry)})


def check_references(records: Records) -> list[Problem]:
    """Every problem between records."""
    rules: tuple[Callable[[Records], Iterator[Problem]], ...] = (
        _unique_ids,
        _known_ids,
        _known_facets,
        _paragraphs,
        _figures,
        _unique_phrasings,
        _unique_names,
    )
    return [problem for rule in rules for problem in rule(records)]


def _unique_ids(records: Records) -> Iterator[Problem]:
    seen: dict[str, Placed[Any]] = {}
    for placed in records.asked:
        first = seen.setdefault(placed.record.id, placed)
        if first is not placed:
            line = first.document.places[first.path][0]
            message = f'The id "{placed.record.id}" is taken by {first.document.file}:{line}: choose another.'
            yield placed.problem(("id",), message)
        if placed.record.id in OUTCOMES:
            yield placed.problem(("id",), f'The id "{placed.record.id}" has a meaning of its own: choose another.')


def _known_ids(records: Records) -> Iterator[Problem]:
    entry_ids = records.entry_ids
    targets: tuple[Placed[Any], ...] = (*records.entries, *records.not_covered)
    for placed in targets:
        for key in ("related", "nearest", "side_by_side"):
            for index, target in enumerate(getattr(placed.record, key, ())):
                if target not in entry_ids:
                    message = f'There is no entry "{target}": fix or remove it.{did_you_mean(target, entry_ids)}'
                    yield placed.problem((key, index), message)
                elif target == placed.record.id:
                    yield placed.problem((key, index), f"`{key}` names the entry itself: remove it.")
    for check in records.checks:
        for index, target in enumerate(check.record.expect):
            if target not in entry_ids and target not in OUTCOMES:
                message = f'There is no entry "{target}": fix or remove it.{did_you_mean(target, entry_ids)}'
                yield check.problem(("expect", index), message)


def _known_facets(records: Records) -> Iterator[Problem]:
    terms = records.vocabulary.record.terms if records.vocabulary else Vocabulary().terms
    for placed in records.asked:
        for facet, known in terms.items():
            value = getattr(placed.record, facet, None)
            if value is not None and value not in known:
                guess = did_you_mean(value, sorted(known))
                message = f'There is no {facet} "{value}" in vocabulary.yaml: fix it, or add it there.{guess}'
                yield placed.problem((facet,), message)


def _paragraphs(records: Records) -> Iterator[Problem]:
    if records.source is None:
        return
    last = records.source.record.paragraphs
    cited = set()
    for placed in records.entries:
        for index, paragraph in enumerate(placed.record.source):
            cited.add(paragraph)
            if paragraph > last:
                yield placed.problem(("source", index), f"The article has only {last} paragraphs: fix {paragraph}.")
    unused = sorted(set(range(1, last + 1)) - cited)
    if unused:
        listed = ", ".join(map(str, unused))
        message = f"No entry rests on paragraph {listed}: add it to the `source` of the entries that use it."
        yield records.source.problem(("paragraphs",), message)


def _figures(records: Records) -> Iterator[Problem]:
    entries = {placed.record.id: placed.record for placed in records.entries}
    for placed in records.entries:
        entry = placed.record
        if entry.figures and entry.figures.low > entry.figures.high:
            yield placed.problem(("figures", "low"), "`low` is more than `high`: exchange them.")
        written = WRITTEN_FIGURE.search(entry.answer)
        if written:
            message = f"Figures stand once, in `figures`: write {{range}} or {{id}} in place of {written[0]!r}."
            yield placed.problem(("answer",), message)
        for name in PLACEHOLDER.findall(entry.answer):
            if figures_for(name, entry, entries) is None:
                message = f"{{{name}}} names no figures: write {{range}} for this entry's own, or {{id}} of another."
                yield placed.problem(("answer",), message)


def _unique_phrasings(records: Records) -> Iterator[Problem]:
    seen: dict[str, tuple[Placed[Any], int]] = {}
    for placed in records.asked:
        for index, phrasing in enumerate(placed.record.ask):
            key = " ".join(re.findall(r"\w+", phrasing.casefold())) or phrasing
            first, first_index = seen.setdefault(key, (placed, index))
            if (first, first_index) != (placed, index):
                line = first.document.places[(*first.path, "ask", first_index)][0]
                owner = "this record" if first is placed else f'"{first.record.id}"'
                message = f"This phrasing stands already in {owner} ({first.document.file}:{line}): remove one."
                yield placed.problem(("ask", index), message)


def _unique_names(records: Records) -> Iterator[Problem]:
    if records.vocabulary is None:
        return
    for facet, terms in records.vocabulary.record.terms.items():
        seen: dict[str, str] = {}
        for key, term in terms.items():
            for index, name in enumerate(term.names):
                owner = seen.setdefault(name.casefold(), key)
                if owner != key:
                    message = f'"{name}" already names the {facet} "{owner}": remove one of the two.'
                    yield records.vocabulary.problem((f"{facet}s", key, "names", index), message)
