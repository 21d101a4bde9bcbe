"""What must hold between records, and inside the quiz, beyond names of things that are there.

Whether the quiz's scores are fair is not known here; `bot.quiz` works that out.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from typing import TypeVar

from bot.knowledge.fields import OUTCOMES
from bot.knowledge.language_records import Slot, Vocabulary
from bot.knowledge.placeholders import OWN, WRITTEN_FIGURE, has_stray_brace, without_figures
from bot.knowledge.problems import Problem
from bot.knowledge.quiz_records import BOTH, CLOSE, MIXED, NEITHER, Quiz
from bot.knowledge.records import Entry, Intent, NotCovered, Source, plain_words
from bot.knowledge.references import Records, unknown_names
from bot.knowledge.schema import Placed

T = TypeVar("T")

ROLES = 2
STRAY_BRACE = "A brace is opened or closed alone, and members would read it: write {range}, or remove it."
# What Discord shows in one message, without the lines around an answer.
MAX_SHOWN = 3400


def check_records(records: Records) -> list[Problem]:
    """Every problem between records."""
    rules = (unknown_names, _ids, _paragraphs, _figures, _replies, _phrasings, _side_by_side, _vocabulary)
    quiz_rules = (_statement_ids, _roles, _dimensions, _opposites, _tie_breakers, _results)
    found = [problem for rule in rules for problem in rule(records)]
    return found + [problem for quiz in records.of(Quiz) for rule in quiz_rules for problem in rule(quiz)]


def _repeated(items: Iterable[tuple[Hashable, T]]) -> Iterator[tuple[T, T]]:
    """The items whose key came before, each with the first of that key."""
    seen: dict[Hashable, T] = {}
    for key, item in items:
        first = seen.setdefault(key, item)
        if first is not item:
            yield item, first


def _ids(records: Records) -> Iterator[Problem]:
    intents = records.of(Intent)
    copies = _copies(records)
    for file, other in copies.items():
        yield Problem(file, 1, 1, f"All ids in this file stand in {other} too: one is a copy of the other, remove it.")
    for placed, first in _repeated((placed.record.id, placed) for placed in intents):
        if placed.document.file not in copies:
            yield placed.problem(("id",), f'The id "{placed.record.id}" is taken by {first.at()}: choose another.')
    for placed in intents:
        if placed.record.id in OUTCOMES:
            yield placed.problem(("id",), f'The id "{placed.record.id}" has a meaning of its own: choose another.')


def _copies(records: Records) -> dict[str, str]:
    """The files of several records whose ids all stand in one other, before it: an editor's backup, say."""
    homes: dict[str, str] = {}
    others: dict[str, list[str | None]] = defaultdict(list)
    for placed in records.of(Intent):
        file = placed.document.file
        home = homes.setdefault(placed.record.id, file)
        others[file].append(home if home != file else None)
    return {file: found[0] for file, found in others.items() if len(found) > 1 and len({*found}) == 1 and found[0]}


def _paragraphs(records: Records) -> Iterator[Problem]:
    cited = [
        (number, entry, (field, index))
        for entry in records.of(Entry)
        for field in ("source", "more_source")
        for index, number in enumerate(getattr(entry.record, field))
    ]
    for source in records.of(Source):
        last, written = source.record.paragraphs, len(source.record.text)
        if written not in {0, last}:
            message = f"`text` holds {written} paragraphs and `paragraphs` says {last}: make them agree."
            yield source.problem(("text",), message)
        for number, entry, place in cited:
            if number > last:
                yield entry.problem(place, f"The source has only {last} paragraphs: fix {number}.")
        unused = sorted({*range(1, last + 1)} - {number for number, *_ in cited})
        if unused and Entry not in records.broken:
            listed = ", ".join(map(str, unused))
            message = f"No entry rests on paragraph {listed}: add it to the `source` of the entries that use it."
            yield source.problem(("paragraphs",), message)


def _figures(records: Records) -> Iterator[Problem]:
    entries = records.by_id(Entry)
    for placed in records.of(Entry):
        entry = placed.record
        if entry.figures and entry.figures.low > entry.figures.high:
            yield placed.problem(("figures", "low"), "`low` is more than `high`: exchange them.")
        for field, text in (("answer", entry.answer), ("more", entry.more or ""), ("because", entry.because or "")):
            written = WRITTEN_FIGURE.search(text)
            if written:
                message = f"Figures stand once, in `figures`: write {{range}} or {{id}} in place of {written[0]!r}."
                yield placed.problem((field,), message)
            if has_stray_brace(text):
                yield placed.problem((field,), STRAY_BRACE)
            for name in without_figures(text, {**entries, OWN: entry}):
                if name != OWN and Entry in records.broken:
                    continue  # perhaps one of those that have a fault
                message = f"{{{name}}} names no figures: write {{range}} for this entry's own, or {{id}} of another."
                yield placed.problem((field,), message)


def _replies(records: Records) -> Iterator[Problem]:
    entries, slots = records.by_id(Entry), {placed.slot for placed in records.of(Slot)}
    for placed in records.of(NotCovered):
        written = WRITTEN_FIGURE.search(placed.record.reply)
        if written:
            message = (
                f"Figures stand once, with an entry: write {{id}} of one that has them in place of {written[0]!r}."
            )
            yield placed.problem(("reply",), message)
        if has_stray_brace(placed.record.reply):
            yield placed.problem(("reply",), STRAY_BRACE)
        for name in without_figures(placed.record.reply, entries):
            if name not in slots and not {Entry, Slot} & {*records.broken}:
                message = f"{{{name}}} is neither the name of a file in vocabulary/ nor an entry with figures: fix it."
                yield placed.problem(("reply",), message)


def _phrasings(records: Records) -> Iterator[Problem]:
    asked = (
        (plain_words(phrasing), (placed, index))
        for placed in records.of(Intent)
        for index, phrasing in enumerate(placed.record.ask)
    )
    for (placed, index), (first, first_index) in _repeated(asked):
        if _are_twins(placed.record, first.record):  # asked of either role: both answer
            continue
        if placed is not first and placed.record.id == first.record.id:  # a copy, which is told already
            continue
        if {type(placed.record), type(first.record)} == {Entry, NotCovered}:  # what was declined is answered now
            continue
        owner = "this record" if first is placed else f'"{first.record.id}"'
        message = f"This phrasing stands already in {owner} ({first.at('ask', first_index)}): remove one."
        yield placed.problem(("ask", index), message)


def _side_by_side(records: Records) -> Iterator[Problem]:
    entries = records.by_id(Entry)
    for placed in records.of(Entry):
        shown = [placed.record, *(entries[i] for i in placed.record.side_by_side if i in entries)]
        length = sum(len(entry.title) + len(entry.answer) for entry in shown)
        if len(shown) > 1 and length > MAX_SHOWN:
            message = (
                f"Together these have {length} characters, more than the {MAX_SHOWN} that Discord shows: name fewer."
            )
            yield placed.problem(("side_by_side",), message)


def _are_twins(one: Intent, other: Intent) -> bool:
    if not (isinstance(one, Entry) and isinstance(other, Entry) and one.role and other.role):
        return False
    return one.role != other.role and (one.topic, one.level) == (other.topic, other.level)


def _vocabulary(records: Records) -> Iterator[Problem]:
    for placed in records.of(Vocabulary):
        for facet, terms in placed.record.terms.items():
            names = ((n.casefold(), (key, i, n)) for key, term in terms.items() for i, n in enumerate(term.names))
            for (key, index, name), (owner, *_) in _repeated(names):
                if owner != key:
                    message = f'"{name}" already names the {facet} "{owner}": remove one of the two.'
                    yield placed.problem((f"{facet}s", key, "names", index), message)


def _statement_ids(quiz: Placed[Quiz]) -> Iterator[Problem]:
    for (index, name), _ in _repeated((s.id, (i, s.id)) for i, s in enumerate(quiz.record.statements)):
        yield quiz.problem(("statements", index, "id"), f'The id "{name}" stands twice: choose another.')


def _roles(quiz: Placed[Quiz]) -> Iterator[Problem]:
    if len(quiz.record.roles) != ROLES:
        message = f"The statements speak for {len(quiz.record.roles)} roles: the quiz weighs two against each other."
        yield quiz.problem(("statements",), message)


def _dimensions(quiz: Placed[Quiz]) -> Iterator[Problem]:
    owners: dict[str, str] = {}
    for index, statement in enumerate(quiz.record.statements):
        owner = owners.setdefault(statement.dimension, statement.role)
        if owner != statement.role:
            message = f'"{statement.dimension}" already speaks for {owner}: take another one.'
            yield quiz.problem(("statements", index, "dimension"), message)
    for key in quiz.record.dimensions.keys() - owners:
        yield quiz.problem(("dimensions", key), f'No statement is of the dimension "{key}": remove it.')


def _opposites(quiz: Placed[Quiz]) -> Iterator[Problem]:
    by_id = {statement.id: statement for statement in quiz.record.statements}
    paired: set[str] = set()
    for index, statement in enumerate(quiz.record.statements):
        other = by_id.get(statement.opposite or "")
        if other is None:
            continue
        place = ("statements", index, "opposite")
        if (other.role, other.reversed) != (statement.role, not statement.reversed):
            message = f'"{other.id}" is no opposite: partners speak for one role, one of them `reversed: true`.'
            yield quiz.problem(place, message)
        elif {statement.id, other.id} & paired:
            yield quiz.problem(place, "A statement has one partner, named on one side only: remove this line.")
        else:
            paired |= {statement.id, other.id}


def _tie_breakers(quiz: Placed[Quiz]) -> Iterator[Problem]:
    for index, tie_breaker in enumerate(quiz.record.tie_breakers):
        if tie_breaker.rather.keys() != {*quiz.record.roles}:
            message = f"`rather` names one activity for each of {' and '.join(quiz.record.roles)}: fix it."
            yield quiz.problem(("tie_breakers", index, "rather"), message)
    if len(quiz.record.tie_breakers) % ROLES:
        message = "Tie-breakers are asked two at a time, so that each role comes first once: add or remove one."
        yield quiz.problem(("tie_breakers",), message)


def _results(quiz: Placed[Quiz]) -> Iterator[Problem]:
    given, wanted = quiz.record.results.keys(), {*quiz.record.roles, BOTH, CLOSE, NEITHER, MIXED}
    for key in wanted - given:
        yield quiz.problem(("results",), f'The result "{key}" is missing: add its `step` and `next`.')
    for key in given - wanted:
        message = f'No outcome is called "{key}": the results are {", ".join(sorted(wanted))}.'
        yield quiz.problem(("results", key), message)
