"""A folder of knowledge files → a `KnowledgeBase`, or every problem in it at once.

Reads files; writes nothing. Knows nothing of how the knowledge is matched or shown.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from bot.knowledge.problems import KnowledgeError, Problem, did_you_mean
from bot.knowledge.quiz_references import check_quiz
from bot.knowledge.records import KnowledgeBase, Vocabulary
from bot.knowledge.references import Placed, Records, check_references
from bot.knowledge.schema import FILES, read_records
from bot.knowledge.strict_yaml import Document, read

# The bytes of each file, by its name relative to the folder.
Contents = Mapping[str, bytes]


def load(folder: Path) -> KnowledgeBase:
    """Load and check all files of the folder.

    Raises KnowledgeError with every problem found; then nothing of the folder is used.
    """
    return load_contents(*read_folder(folder))


def load_contents(contents: Contents, problems: Iterable[Problem] = ()) -> KnowledgeBase:
    """As `load`, from what was read of a folder: the contents, and the problems met in reading."""
    problems = list(problems)
    placed: dict[str, list[Placed[Any]]] = {kind: [] for kind in FILES}
    written_ids: set[str] = set()
    for file, raw in contents.items():
        document, faults = read(file, raw)
        problems += faults
        if faults and document.data is None:
            continue
        kind = "answers" if file.startswith("answers/") else file
        valid, faults = read_records(document, FILES[kind])
        problems += faults
        placed[kind] += [Placed(record, document, _path(document, index)) for index, record in valid]
        written_ids |= set(_ids(document))
    records = _collect(placed, written_ids)
    problems += [*check_references(records), *check_quiz(records)]
    if not records.entries and not problems:
        problems.append(Problem("answers", 1, 1, "There is no entry yet: add one, as README.md shows."))
    if problems:
        raise KnowledgeError(problems)
    return _knowledge_base(records, contents)


def read_folder(folder: Path) -> tuple[dict[str, bytes], list[Problem]]:
    """The contents of a folder, in a fixed order, and what could not be read. Raises nothing."""
    if not folder.is_dir():
        message = "This folder is missing or can't be read: check the path given by --knowledge or KNOWLEDGE_DIR."
        return {}, [Problem(str(folder), 1, 1, message)]
    contents: dict[str, bytes] = {}
    problems: list[Problem] = []
    for path in _files(folder):
        file = path.relative_to(folder).as_posix()
        if file.startswith(".") or "/." in file:
            continue
        if file not in FILES and not file.startswith("answers/"):
            known = [name for name in FILES if name.endswith(".yaml")]
            message = f"This file is not one that is read: put entries into answers/.{did_you_mean(file, known)}"
            problems.append(Problem(file, 1, 1, message))
            continue
        try:
            contents[file] = path.read_bytes()
        except OSError as error:
            problems.append(Problem(file, 1, 1, f"The file can't be read ({error.strerror}): check its permissions."))
    return contents, problems


def _files(folder: Path) -> list[Path]:
    """Its YAML files; also where `answers` is a link. While a folder is being replaced, those that are still there."""
    with suppress(OSError):
        found = {*folder.rglob("*"), *(folder / "answers").rglob("*")}
        return sorted(path for path in found if path.suffix in {".yaml", ".yml"})
    return []


def _path(document: Document, index: int) -> tuple[int, ...]:
    return (index,) if isinstance(document.data, tuple) else ()


def _ids(document: Document) -> Iterator[str]:
    if isinstance(document.data, tuple):
        yield from (item["id"] for item in document.data if isinstance(item, dict) and isinstance(item.get("id"), str))


def _collect(placed: dict[str, list[Placed[Any]]], written_ids: set[str]) -> Records:
    return Records(
        entries=tuple(placed["answers"]),
        not_covered=tuple(placed["not_covered.yaml"]),
        small_talk=tuple(placed["small_talk.yaml"]),
        checks=tuple(placed["checks.yaml"]),
        vocabulary=next(iter(placed["vocabulary.yaml"]), None),
        source=next(iter(placed["source.yaml"]), None),
        quiz=next(iter(placed["quiz.yaml"]), None),
        written_ids=written_ids,
    )


def _knowledge_base(records: Records, contents: Contents) -> KnowledgeBase:
    digest = hashlib.sha256()
    for file, raw in contents.items():
        digest.update(file.encode() + b"\0" + raw + b"\0")

    return KnowledgeBase(
        entries={placed.record.id: placed.record for placed in records.entries},
        not_covered={placed.record.id: placed.record for placed in records.not_covered},
        small_talk={placed.record.id: placed.record for placed in records.small_talk},
        vocabulary=records.vocabulary.record if records.vocabulary else Vocabulary(),
        source=records.source.record if records.source else None,
        checks=tuple(item.record for item in records.checks),
        quiz=records.quiz.record if records.quiz else None,
        fingerprint=digest.hexdigest()[:12],
        places=dict(_places((*records.entries, *records.not_covered, *records.small_talk))),
    )


def _places(placed: Iterable[Placed[Any]]) -> Iterator[tuple[tuple[str, str], str]]:
    """For each record, and each of its phrasings, the file and line where it stands."""
    for item in placed:
        places, file = item.document.places, item.document.file
        yield (item.record.id, ""), f"{file}:{places[item.path][0]}"
        for index, phrasing in enumerate(item.record.ask):
            yield (item.record.id, phrasing), f"{file}:{places[(*item.path, 'ask', index)][0]}"
