"""The names by which records speak of each other: a name of nothing is a problem, told at its place.

Works on the records of all files at once, each with the place it came from. Knows nothing of YAML's text.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.knowledge.fields import Record, Ref
from bot.knowledge.language_records import Vocabulary
from bot.knowledge.problems import Problem, did_you_mean
from bot.knowledge.quiz_records import Quiz
from bot.knowledge.records import Entry, Intent
from bot.knowledge.schema import Placed
from bot.knowledge.strict_yaml import Path

R = TypeVar("R", bound=Record)
K = TypeVar("K", bound=Intent)

# Where what is named would be.
HOMES = {"entry": "answers/", "dimension": "`dimensions`", "statement": "`statements`"}


@dataclass(frozen=True)
class Records:
    """The valid records of all files, and the ids that are written anywhere, in broken records too.

    `broken` are the kinds of which something is missing here because it has a fault of its own, `unread` those of which
    a whole file can't be read: what depends on them can't be checked.
    """

    placed: tuple[Placed[Any], ...]
    written_ids: Collection[str]
    broken: Collection[type[Record] | None] = ()
    unread: Collection[type[Record] | None] = ()

    def of(self, kind: type[R]) -> tuple[Placed[R], ...]:
        """Those of one kind, in the files' order."""
        return tuple(placed for placed in self.placed if isinstance(placed.record, kind))

    def one(self, kind: type[R]) -> R | None:
        """The only one of its kind, where there is one."""
        return next((placed.record for placed in self.of(kind)), None)

    def by_id(self, kind: type[K]) -> dict[str, K]:
        """The same without their places, by id."""
        return {placed.record.id: placed.record for placed in self.of(kind)}


def unknown_names(records: Records) -> Iterator[Problem]:
    """The names of nothing, and entries that name themselves."""
    known = _known(records)
    for placed in records.placed:
        for path, ref, name in names_in(placed.record):
            names = known.get(ref.kind)
            if names is None:
                continue
            if name not in names and name not in ref.also:
                message = f'There is no {ref.kind} "{name}" in {HOMES.get(ref.kind, "vocabulary.yaml")}:'
                fix = f"fix or remove it here, or add it there.{did_you_mean(name, sorted(names))}"
                yield placed.problem(path, f"{message} {fix}")
            elif isinstance(placed.record, Entry) and (ref.kind, name) == ("entry", placed.record.id):
                yield placed.problem(path, f"`{path[0]}` names the entry itself: remove it.")


def _known(records: Records) -> dict[str, Collection[str]]:
    """What there is to name, by kind, where that can be known; entries in broken records, too."""
    others = {i for i, intent in records.by_id(Intent).items() if not isinstance(intent, Entry)}
    known: dict[str, Collection[str]] = {} if Entry in records.unread else {"entry": {*records.written_ids} - others}
    if Vocabulary not in records.broken:
        known |= (records.one(Vocabulary) or Vocabulary()).terms
    for quiz in records.of(Quiz):
        known |= {"dimension": quiz.record.dimensions, "statement": [s.id for s in quiz.record.statements]}
    return known


def names_in(value: object, path: Path = (), ref: Ref | None = None) -> Iterator[tuple[Path, Ref, str]]:
    """The texts in a record that are names: where each stands, what it must be the name of, and the name."""
    if isinstance(value, Record):
        for field, info in type(value).model_fields.items():
            mark = next((mark for mark in info.metadata if isinstance(mark, Ref)), None)
            yield from names_in(getattr(value, field), (*path, field), mark)
    elif isinstance(value, Mapping | tuple):
        for key, item in value.items() if isinstance(value, Mapping) else enumerate(value):
            yield from names_in(item, (*path, key), ref)
    elif ref and isinstance(value, str):
        yield path, ref, value
