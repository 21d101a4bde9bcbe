"""Strict YAML: text → plain data with the position of every value, or all the problems found.

Stricter than PyYAML's safe loader, because a moderator's slip must become a message and not a meaning: no duplicate
keys, no anchors or aliases, no tags, no deep nesting, keys are text. Knows nothing of what the data means.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import yaml

from bot.knowledge.problems import Problem

Path = tuple[str | int, ...]

MAX_BYTES = 1 << 20
TOO_LARGE = f"The file has {{size:,}} bytes, more than {MAX_BYTES:,}: split it into several files."
MAX_DEPTH = 12
MAX_QUOTED = 40
# What newer releases of libyaml say of a thousand levels. No text of a file can stand in such a sentence.
TOO_DEEP_FOR_LIBYAML = "maximum nesting"
# libyaml reads the files about ten times as fast; PyYAML is built without it on a few platforms.
NUMBERS = ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float")
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# What is pasted from web pages and word processors, and only looks like the signs that YAML knows.
ODD_SIGNS = {
    "\u00a0": "a no-break space", "\u202f": "a narrow no-break space", "\u3000": "a wide space",
    "\ufeff": "an invisible byte order mark", "\u200b": "an invisible space", "\u201c": "a curly quote",
    "\u201d": "a curly quote", "\u2018": "a curly quote", "\u2019": "a curly quote", "\uff1a": "a wide colon",
}  # fmt: skip
# Numbers of other shapes are read as something else than they look like: 015 as 13, 1:30 as 90.
PLAIN_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?")
FIXES = {
    "mapping values are not allowed": "A colon followed by a space starts a new key: put the text in quotes.",
    "cannot start any token": "Tabs and the signs @ ` % can't stand here: indent with spaces, put the text in quotes.",
    "expected <block end>": "Indent this line like the one above, or check that no text follows a closing quote.",
    "unexpected end of stream": "A quote is opened here and never closed.",
    "another document": "One file holds one document: remove the line `---` in the middle.",
    "could not find expected ':'": "A key needs a colon and a space after it, or this line is indented wrongly.",
    "characters are not allowed": "There is an invisible control character: delete and retype the line.",
    "unknown escape character": "In \"double quotes\" a backslash is special: use 'single quotes'.",
}


@dataclass(frozen=True)
class Document:
    """A file's data (mappings, tuples, scalars) and, for each path in it, the place and the text as written."""

    file: str
    data: Any
    places: dict[Path, tuple[int, int]] = field(default_factory=dict)
    written: dict[Path, str] = field(default_factory=dict)

    def problem(self, path: Path, message: str) -> Problem:
        """A problem at the deepest known place on the path."""
        while path and path not in self.places:
            path = path[:-1]
        return Problem(self.file, *self.places.get(path, (1, 1)), message)


def read(file: str, raw: bytes) -> tuple[Document, list[Problem]]:
    """Parse one file's bytes. With problems, the document holds what could be read (perhaps nothing)."""
    if len(raw) > MAX_BYTES:
        return Document(file, None), [Problem(file, 1, 1, TOO_LARGE.format(size=len(raw)), is_cause=True)]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - raw.rfind(b"\n", 0, error.start)
        message = "This is not UTF-8 text: save the file as UTF-8."
        return Document(file, None), [Problem(file, line, column, message, is_cause=True)]
    try:
        forbidden = list(_forbidden(file, text))
        node = None if forbidden else yaml.compose(text, Loader=LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        if mark and TOO_DEEP_FOR_LIBYAML in str(getattr(error, "problem", "")).lower():
            # Its scanner is a thousand characters ahead of our count: what stands before that place is too deep for us.
            return read(file, text[: mark.index].encode())
        return Document(file, None), [_syntax_problem(file, text, error)]
    document, problems = Document(file, None), forbidden
    return replace(document, data=_built(node, (), document, problems) if node else None), problems


def _forbidden(file: str, text: str) -> Iterator[Problem]:
    """Anchors, aliases, tags, deep nesting and texts that are cut, found before anything is built from them."""
    depth = 0
    for event in yaml.parse(text, Loader=LOADER):
        tag, place = getattr(event, "tag", None), _place(event.start_mark)
        if getattr(event, "anchor", None):
            message = "Anchors (&name) and aliases (*name) are not used here: write the text out in quotes."
            yield Problem(file, *place, message)
        if tag:
            yield Problem(file, *place, f"Tags such as {tag} are not used here: put the text in quotes.")
        if isinstance(event, yaml.ScalarEvent) and _is_cut(text, event):
            message = "What stands after # is not read: put the text in quotes, or two spaces before a remark."
            yield Problem(file, *place, message)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            yield Problem(file, *place, f"Nested more than {MAX_DEPTH} levels deep: flatten it.")
            return


def _is_cut(text: str, event: yaml.ScalarEvent) -> bool:
    """Whether an item of a list, written without quotes, goes on after a single space and #: mostly its own end.

    A remark on purpose has two spaces before it, as linters of YAML want it.
    """
    start, end = event.start_mark, event.end_mark
    if event.style or start is None or end is None:
        return False
    before = text[text.rfind("\n", 0, start.index) + 1 : start.index]
    return before.strip() == "-" and text.startswith(" #", end.index)


def _syntax_problem(file: str, text: str, error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    said = " ".join(str(getattr(error, "problem", None) or getattr(error, "reason", None) or error).split())
    fix = next((m for sign, m in FIXES.items() if sign in said), "Check this line's indentation, quotes and colons.")
    line, column = _place(mark) if mark else (1, 1)
    fix = _odd_sign(text, line) or fix
    return Problem(file, line, column, f"This line can't be read ({said}). {fix}", is_cause=True)


def _odd_sign(text: str, line: int) -> str:
    """What only looks plain on this line or the one before, and what to do; nothing where there is no such thing."""
    lines = text.split("\n")[max(line - 2, 0) : line]
    found = next((name for each in lines for sign, name in ODD_SIGNS.items() if sign in each), "")
    return found and f"There is {found} here: type it anew, with the plain sign."


def _place(mark: Any) -> tuple[int, int]:  # noqa: ANN401 - libyaml's marks are of a type of their own
    return mark.line + 1, mark.column + 1


def _built(node: yaml.Node, path: Path, document: Document, problems: list[Problem]) -> object:
    """The plain data of a node; its places go into the document, its faults to the problems."""
    document.places[path] = _place(node.start_mark)
    if isinstance(node, yaml.SequenceNode):
        return tuple(_built(item, (*path, index), document, problems) for index, item in enumerate(node.value))
    if isinstance(node, yaml.ScalarNode):
        document.written[path] = node.value
        if node.tag in NUMBERS and not PLAIN_NUMBER.fullmatch(node.value):
            message = f"Write {_short(node.value)} as a plain number, such as 65000; or in quotes, if it is text."
            problems.append(Problem(document.file, *_place(node.start_mark), message))
        try:
            return yaml.constructor.SafeConstructor().construct_object(node)
        except (ValueError, OverflowError, yaml.YAMLError):  # a date such as 2026-13-45
            return node.value
    data: dict[str, object] = {}
    for key_node, value in node.value:
        key, place = str(key_node.value), _place(key_node.start_mark)
        here = (*path, key)
        if key_node.tag != "tag:yaml.org,2002:str":
            message = f"The key {_short(key)} is not read as text: put it in quotes."
            if key.isdecimal() and isinstance(value, yaml.ScalarNode) and not value.value:
                message = f"A comma goes before {key}: write a number without commas, such as 65000."
            problems.append(Problem(document.file, *place, message))
        elif key in data:
            message = f'The key "{key}" stands twice, first on line {document.places[here][0]}: keep one of them.'
            problems.append(Problem(document.file, *place, message))
        else:
            data[key] = _built(value, here, document, problems)
            # A fault in a value is looked for at its key's line, also where the value is empty.
            document.places[here] = place
    return data


def _short(text: str) -> str:
    return text if len(text) <= MAX_QUOTED else text[: MAX_QUOTED - 1] + "…"
