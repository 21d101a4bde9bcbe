"""Giving a record another id, and all that names it, in every file. Pure; text in, text out.

Only lines that name the record are touched, so that comments and layout stay.
"""

import re
from collections.abc import Iterator

from bot.knowledge.loader import Contents
from bot.knowledge.references import names_in
from bot.knowledge.schema import read_records
from bot.knowledge.strict_yaml import Document, Path, read
from bot.knowledge.writing import EditError

ID = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)*")


def renamed(contents: Contents, old: str, new: str) -> dict[str, bytes]:
    """The files that change, with the record `old` called `new`. Raises EditError where that can't be."""
    if not ID.fullmatch(new):
        raise EditError(f'"{new}" can\'t be an id: only a-z, 0-9, _ and single dots.')
    documents = {file: read(file, raw)[0] for file, raw in contents.items()}
    ids = {document.data[path[0]]["id"] for document in documents.values() for path in _ids(document)}
    if old not in ids:
        raise EditError(f'There is no record "{old}".')
    if new in ids:
        raise EditError(f'The id "{new}" is taken: choose another.')
    changed = {file: _replaced(raw, documents[file], old, new) for file, raw in contents.items()}
    return {file: raw for file, raw in changed.items() if raw != contents[file]}


def _ids(document: Document) -> Iterator[tuple[int, str]]:
    """The paths of the ids of a file's records."""
    items = document.data if isinstance(document.data, tuple) else ()
    yield from ((place, "id") for place, item in enumerate(items) if isinstance(item, dict) and "id" in item)


def _replaced(raw: bytes, document: Document, old: str, new: str) -> bytes:
    """The file with the id replaced on the lines where it is an id or names one, and in placeholders."""
    word = re.compile(rf"(?<![\w.]){re.escape(old)}(?![\w.])")
    lines = raw.decode("utf-8").split("\n")
    for path in {*_ids(document), *_references(document, old)}:
        start = document.places[path][0] - 1
        # A value may stand on lines below its key.
        end = next((line for line in range(start, len(lines)) if word.search(lines[line])), start)
        lines[end] = word.sub(new, lines[end]) if _named(document, path) == old else lines[end]
    return "\n".join(lines).replace(f"{{{old}}}", f"{{{new}}}").encode("utf-8")


def _references(document: Document, old: str) -> Iterator[Path]:
    """The paths of the names of this record."""
    for placed in read_records(document)[0]:
        for path, ref, name in names_in(placed.record):
            if name == old and ref.kind == "entry":
                yield (*placed.path, *path)


def _named(document: Document, path: Path) -> object:
    """What stands at a path."""
    value: object = document.data
    for part in path:
        value = value[part]  # type: ignore[index]
    return value
