"""What the quiz says about the rest of the knowledge and about itself: roles, entries, dimensions, partners, results.

Whether its scores are fair is not known here; `bot.quiz` works that out.
"""

from collections.abc import Callable, Iterator

from bot.knowledge.problems import Problem, did_you_mean
from bot.knowledge.records import BOTH, MIXED, NEITHER, Quiz
from bot.knowledge.references import Placed, Records
from bot.knowledge.strict_yaml import Path

ROLES = 2


def check_quiz(records: Records) -> list[Problem]:
    """Every problem of the quiz; none where there is no quiz."""
    if records.quiz is None:
        return []
    rules: tuple[Callable[[Placed[Quiz], Records], Iterator[Problem]], ...] = (
        _statement_ids,
        _roles,
        _entries,
        _dimensions,
        _opposites,
        _results,
    )
    return [problem for rule in rules for problem in rule(records.quiz, records)]


def _statement_ids(quiz: Placed[Quiz], _: Records) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, statement in enumerate(quiz.record.statements):
        if statement.id in seen:
            yield quiz.problem(("statements", index, "id"), f'The id "{statement.id}" stands twice: choose another.')
        seen.add(statement.id)


def _roles(quiz: Placed[Quiz], records: Records) -> Iterator[Problem]:
    known = records.vocabulary.record.roles if records.vocabulary else {}
    for index, statement in enumerate(quiz.record.statements):
        if statement.role not in known:
            guess = did_you_mean(statement.role, sorted(known))
            message = f'There is no role "{statement.role}" in vocabulary.yaml: fix it, or add it there.{guess}'
            yield quiz.problem(("statements", index, "role"), message)
    if len(quiz.record.roles) != ROLES:
        message = f"The statements speak for {len(quiz.record.roles)} roles: the quiz weighs two against each other."
        yield quiz.problem(("statements",), message)


def _entries(quiz: Placed[Quiz], records: Records) -> Iterator[Problem]:
    known = records.entry_ids
    named: list[tuple[Path, str]] = [
        (("statements", index, "entry"), s.entry) for index, s in enumerate(quiz.record.statements)
    ]
    for key, result in quiz.record.results.items():
        named += [(("results", key, "next", index), entry) for index, entry in enumerate(result.next)]
    for path, entry in named:
        if entry not in known:
            message = f'There is no entry "{entry}": fix or remove it.{did_you_mean(entry, known)}'
            yield quiz.problem(path, message)
    topics = records.vocabulary.record.topics if records.vocabulary else {}
    for index, topic in enumerate(quiz.record.offered_under):
        if topic not in topics:
            message = f'There is no topic "{topic}" in vocabulary.yaml: fix it.{did_you_mean(topic, sorted(topics))}'
            yield quiz.problem(("offered_under", index), message)


def _dimensions(quiz: Placed[Quiz], _: Records) -> Iterator[Problem]:
    dimensions = quiz.record.dimensions
    owners: dict[str, str] = {}
    for index, statement in enumerate(quiz.record.statements):
        place = ("statements", index, "dimension")
        if statement.dimension not in dimensions:
            guess = did_you_mean(statement.dimension, sorted(dimensions))
            yield quiz.problem(place, f'There is no dimension "{statement.dimension}": add it to `dimensions`.{guess}')
        elif owners.setdefault(statement.dimension, statement.role) != statement.role:
            message = f'"{statement.dimension}" already speaks for {owners[statement.dimension]}: take another one.'
            yield quiz.problem(place, message)
    for key in dimensions:
        if key not in owners:
            yield quiz.problem(("dimensions", key), f'No statement is of the dimension "{key}": remove it.')


def _opposites(quiz: Placed[Quiz], _: Records) -> Iterator[Problem]:
    by_id = {statement.id: statement for statement in quiz.record.statements}
    partners: dict[str, str] = {}
    for index, statement in enumerate(quiz.record.statements):
        if statement.opposite is None:
            continue
        place = ("statements", index, "opposite")
        other = by_id.get(statement.opposite)
        if other is None:
            guess = did_you_mean(statement.opposite, sorted(by_id))
            yield quiz.problem(place, f'There is no statement "{statement.opposite}": fix or remove it.{guess}')
        elif (other.role, other.reversed) != (statement.role, not statement.reversed):
            message = f'"{other.id}" is no opposite: partners speak for one role, one of them `reversed: true`.'
            yield quiz.problem(place, message)
        elif {statement.id, other.id} & partners.keys():
            yield quiz.problem(place, "A statement has one partner, named on one side only: remove this line.")
        else:
            partners |= {statement.id: other.id, other.id: statement.id}


def _results(quiz: Placed[Quiz], _: Records) -> Iterator[Problem]:
    wanted = {*quiz.record.roles, BOTH, NEITHER, MIXED}
    for key in sorted(wanted - quiz.record.results.keys()):
        yield quiz.problem(("results",), f'The result "{key}" is missing: add its `sentence` and `next`.')
    for key in sorted(quiz.record.results.keys() - wanted):
        yield quiz.problem(
            ("results", key), f'No outcome is called "{key}": the results are {", ".join(sorted(wanted))}.'
        )
