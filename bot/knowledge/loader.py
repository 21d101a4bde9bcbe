"""A folder of knowledge files → a `KnowledgeBase`, or every problem in it at once.

Reads files; writes nothing. Knows nothing of how the knowledge is matched or shown.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.knowledge.language_records import Check, Example, FollowUps, PersonalFacts, Slot, Vocabulary
from bot.knowledge.problems import KnowledgeError, Problem, did_you_mean
from bot.knowledge.quiz_records import Quiz
from bot.knowledge.records import Entry, Intent, KnowledgeBase, NotCovered, SmallTalk, Source, plain_words
from bot.knowledge.references import Records
from bot.knowledge.rules import check_records
from bot.knowledge.schema import FILES, Placed, kind_of, read_records
from bot.knowledge.strict_yaml import read

# What YAML files are called, on purpose or by a slip: x.yml, x.YAML, x.yaml.txt.
SPELLED_OTHERWISE = re.compile(r"\.ya?ml(\.txt)?$", re.IGNORECASE)
# More would take minutes to learn, and gigabytes, whoever uploads them.
MOST_PHRASINGS = 50_000
# So many files are kept as they were read.
FILES_KEPT = 48
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
    placed: list[Placed[Any]] = []
    written_ids: set[str] = set()
    broken = {kind_of(problem.file) for problem in problems}
    for file, raw in contents.items():
        valid, ids, faults = _read_file(file, raw)
        placed += valid
        written_ids |= ids
        problems += faults
        broken |= {kind_of(file)} if faults else set()
    unread = {kind_of(problem.file) for problem in problems if problem.is_cause}
    records = Records(tuple(placed), written_ids, frozenset(broken), frozenset(unread))
    problems += check_records(records)
    if not records.of(Entry) and not problems:
        problems.append(Problem("answers", 1, 1, "There is no entry yet: add one, as README.md shows."))
    phrasings = sum(len(placed.record.ask) for placed in records.of(Intent))
    if phrasings > MOST_PHRASINGS:
        message = f"The files hold {phrasings:,} phrasings, and at most {MOST_PHRASINGS:,} are learned: take some out."
        problems.append(Problem("answers", 1, 1, message))
    if problems:
        raise KnowledgeError(problems)
    return _knowledge_base(records, contents)


@lru_cache(FILES_KEPT)
def _read_file(file: str, raw: bytes) -> tuple[tuple[Placed[Any], ...], frozenset[str], tuple[Problem, ...]]:
    """The valid records of a file, the ids that it writes, and its problems. Kept: most edits change one file."""
    document, faults = read(file, raw)
    if faults and document.data is None:
        return (), frozenset(), tuple(faults)
    valid, invalid = read_records(document)
    items = document.data if isinstance(document.data, tuple) else ()
    ids = frozenset(i["id"] for i in items if isinstance(i, dict) and isinstance(i.get("id"), str))
    return tuple(valid), ids, (*faults, *invalid)


def read_folder(folder: Path) -> tuple[dict[str, bytes], list[Problem]]:
    """The contents of a folder, in a fixed order, and what could not be read. Raises nothing."""
    if not folder.is_dir():
        message = "This folder is missing or can't be read: check the path given by --knowledge or KNOWLEDGE_DIR."
        return {}, [Problem(str(folder), 1, 1, message)]
    contents: dict[str, bytes] = {}
    problems: list[Problem] = []
    for file in _files(folder):
        if kind_of(file) is None or not _is_utf8(file):
            problems.append(Problem(file.encode(errors="backslashreplace").decode(), 1, 1, _unread(file)))
            continue
        try:
            contents[file] = (folder / file).read_bytes()
        except OSError as error:
            message = f"The file can't be read ({error.strerror}): check its permissions."
            problems.append(Problem(file, 1, 1, message, is_cause=True))
    return contents, problems


def _unread(file: str) -> str:
    """Why a file of this name is not read, and what to do."""
    if not _is_utf8(file):
        return "The name of this file is not UTF-8: rename it."
    stem = SPELLED_OTHERWISE.sub("", file)
    if kind_of(f"{stem}.yaml") and not file.endswith((".yaml", ".yml")):
        return f"Only names that end in .yaml are read: rename the file to {stem}.yaml."
    return f"This file is not one that is read: put entries into answers/.{did_you_mean(file, list(FILES))}"


def _is_utf8(name: str) -> bool:
    """Whether a name is text: the system hands over bytes that are none as lone surrogates."""
    return name.encode(errors="ignore").decode() == name


def _files(folder: Path) -> list[str]:
    """Its YAML files, in links to folders too. While one is being replaced, those that are still there."""
    with suppress(OSError):
        return sorted(path.relative_to(folder).as_posix() for path in _walk(folder, set()))
    return []


def _walk(folder: Path, seen: set[Path]) -> Iterator[Path]:
    """What is called like a YAML file, in folders that a link leads to as well; each folder once, no hidden ones."""
    seen.add(folder.resolve())
    for path in folder.iterdir():
        if path.name.startswith("."):
            continue
        if SPELLED_OTHERWISE.search(path.name):
            yield path
        elif path.is_dir() and path.resolve() not in seen:
            yield from _walk(path, seen)


def _still_declined(records: Records) -> dict[str, NotCovered]:
    """What is not covered, without the phrasings that an entry has: once there is an answer, it is given."""
    answered = {plain_words(text) for entry in records.by_id(Entry).values() for text in entry.ask}
    left = {
        key: tuple(text for text in record.ask if plain_words(text) not in answered)
        for key, record in records.by_id(NotCovered).items()
    }
    return {key: r.model_copy(update={"ask": left[key]}) for key, r in records.by_id(NotCovered).items() if left[key]}


def _knowledge_base(records: Records, contents: Contents) -> KnowledgeBase:
    everything = b"".join(file.encode() + b"\0" + raw + b"\0" for file, raw in contents.items())
    places = {(placed.record.id, ""): placed.at() for placed in records.of(Intent)}
    for placed in records.of(Intent):
        places |= {(placed.record.id, text): placed.at("ask", i) for i, text in enumerate(placed.record.ask)}
    return KnowledgeBase(
        entries=records.by_id(Entry),
        not_covered=_still_declined(records),
        small_talk=records.by_id(SmallTalk),
        vocabulary=records.one(Vocabulary) or Vocabulary(),
        follow_ups=records.one(FollowUps) or FollowUps(),
        personal_facts=records.one(PersonalFacts) or PersonalFacts(),
        slots={placed.slot: placed.record for placed in records.of(Slot)},
        source=records.one(Source),
        checks=tuple(placed.record for placed in records.of(Check) if not isinstance(placed.record, Example)),
        examples=tuple(placed.record for placed in records.of(Example)),
        quiz=records.one(Quiz),
        fingerprint=hashlib.sha256(everything).hexdigest()[:12],
        places=places,
    )
