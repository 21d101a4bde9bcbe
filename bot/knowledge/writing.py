"""Changing knowledge files so that nothing but the change changes: every other byte of a file, comments too, stays.

Text in, text out. Knows nothing of who edits, of the disk, nor of what the knowledge means.
"""

import re
import textwrap
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import yaml

from bot.knowledge.loader import Contents
from bot.knowledge.schema import FILES, FOLDERS
from bot.knowledge.strict_yaml import LOADER, MAX_BYTES, read

FOLDER_FILE = re.compile(rf"(({'|'.join(FOLDERS)})/)?[a-z0-9][a-z0-9_-]{{0,40}}\.yaml")
ANSWERS = "answers"
COPY = re.compile(r"[ _]*\(\d+\)(?=\.ya?ml$)")
BYTE_ORDER_MARK = "\ufeff"
WIDE = 1 << 16
WRAPPED = 120
GONE = "{record} is not in the file any more. Please try again."


class EditError(Exception):
    """The edit can't be made, and nothing was changed; the text says why and what to do."""


def file_named(name: str, present: Iterable[str] = ()) -> str:
    """Where a file of this name belongs: in place of one that is present, else with answers. May raise EditError."""
    if name in FILES:
        return name
    sent = _as_sent(name)
    for file in present:  # whatever its name is: what was downloaded comes back
        if sent in {_as_sent(file), _as_sent(file.rpartition("/")[2])}:
            return file
    if not FOLDER_FILE.fullmatch(name):
        known = ", ".join(FILES)
        raise EditError(f"A file must be one of {known}, or be named like `pay.yaml` (then it goes into answers/).")
    return name if "/" in name else f"{ANSWERS}/{name}"


def _as_sent(name: str) -> str:
    """A name as it comes back: Discord replaces what is no letter, browsers number a second download: x (1).yaml."""
    ascii_only = unicodedata.normalize("NFKD", COPY.sub("", name)).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9._/-]+", "_", ascii_only).lower()


def add_phrasing(raw: bytes, record: str, phrasing: str) -> bytes:
    """The file with one more phrasing of a record, at the end of its list. Raises EditError where that can't be."""
    text, mark = _text(raw)
    ask = _fields(text, record)["ask"]
    last = ask.value[-1].end_mark.index
    if ask.flow_style:
        new = f"{text[:last]}, {_scalar(phrasing, flow=True)}{text[last:]}"
    else:
        item = f"{' ' * ask.start_mark.column}- {_scalar(phrasing)}"
        new = _with_line(text, last, item)
    return _verified(
        raw,
        mark + new,
        lambda data: tuple({**r, "ask": (*r["ask"], phrasing)} if r["id"] == record else r for r in data),
    )


def add_record(raw: bytes | None, record: Mapping[str, Any]) -> bytes:
    """The file (or a new one) with one more record at its end. Raises EditError where that can't be."""
    text, mark = _text(raw or b"")
    root: Any = yaml.compose(text, Loader=LOADER)
    indent = " " * (root.start_mark.column if root is not None else 0)
    written = yaml.safe_dump([record], sort_keys=False, allow_unicode=True, width=WIDE)
    end = "\r\n" if "\r\n" in text else "\n"
    lines = end.join(indent + line for line in written.splitlines())
    gap = "" if not text else end if text.endswith(("\n", "\r")) else 2 * end
    added = read("", written.encode())[0].data or ()
    return _verified(raw or b"", f"{mark}{text}{gap}{lines}{end}", lambda data: (*(data or ()), *added))


def replace_fields(raw: bytes, record: str, changes: Mapping[str, str]) -> bytes:
    """The file with these texts in the place of the record's own. Raises EditError where that can't be."""
    text, mark = _text(raw)
    fields = _fields(text, record)
    for field in sorted(changes, key=lambda name: -fields[name].start_mark.index):
        node = fields[field]
        start, end = node.start_mark.index, node.end_mark.index
        old = text[start:end]
        indent = " " * (fields["id"].start_mark.column - len("id: ") + 2)
        new = _folded(changes[field], indent) if node.style in {">", "|"} else _scalar(changes[field])
        text = text[:start] + new + old[len(old.rstrip("\r\n")) :] + text[end:]
    return _verified(raw, mark + text, lambda data: tuple({**r, **changes} if r["id"] == record else r for r in data))


def remove_record(raw: bytes, record: str) -> bytes | None:
    """The file without a record; None where it held no other. Raises EditError where that can't be."""
    text, mark = _text(raw)
    items = _items(text)
    node = next((item for item in items if _by_key(item)["id"].value == record), None)
    if node is None:
        raise EditError(GONE.format(record=record))
    if len(items) == 1:
        return None
    start = text.rfind("\n", 0, node.start_mark.index) + 1
    last = max(leaf.end_mark.index for leaf in _leaves(node))
    rest = re.match(r"[^\n]*\n?(?:[ \t]*\r?\n)*", text[last:]) if text[last - 1] != "\n" else None
    end = last + (rest.end() if rest else 0)
    return _verified(raw, mark + text[:start] + text[end:], lambda data: tuple(r for r in data if r["id"] != record))


def _text(raw: bytes) -> tuple[str, str]:
    """The text, and the byte order mark before it, if any."""
    text = raw.decode("utf-8")
    return text.removeprefix(BYTE_ORDER_MARK), BYTE_ORDER_MARK if text.startswith(BYTE_ORDER_MARK) else ""


def _items(text: str) -> list[Any]:
    """The nodes of a file's records."""
    root: Any = yaml.compose(text, Loader=LOADER)
    return list(root.value) if isinstance(root, yaml.SequenceNode) else []


def _by_key(node: Any) -> dict[str, Any]:  # noqa: ANN401 - PyYAML's nodes carry no types
    return {key.value: value for key, value in node.value}


def _leaves(node: Any) -> Iterator[Any]:  # noqa: ANN401 - the same
    """The node's scalars, and what is written in brackets."""
    if isinstance(node, yaml.ScalarNode) or node.flow_style:
        yield node
    else:
        for part in node.value:
            yield from (leaf for child in (part if isinstance(part, tuple) else (part,)) for leaf in _leaves(child))


def _fields(text: str, record: str) -> dict[str, Any]:
    """The nodes of a record's fields. Raises EditError where it is not there."""
    for fields in map(_by_key, _items(text)):
        if fields["id"].value == record:
            return fields
    raise EditError(GONE.format(record=record))


def _with_line(text: str, last: int, item: str) -> str:
    """The text with a line of its own after the one on which the last item ends."""
    end = re.search(r"\r\n|\r|\n", text)
    new_line = end[0] if end else "\n"
    if text[last - 1] in "\r\n":  # a block scalar ends with its line
        return f"{text[:last]}{item}{new_line}{text[last:]}"
    rest = re.split(r"[\r\n]", text[last:], maxsplit=1)[0]
    return f"{text[:last]}{rest}{new_line}{item}{text[last + len(rest) :]}"


def _scalar(text: str, *, flow: bool = False) -> str:
    """A text as YAML, without quotes where it needs none."""
    try:
        plain = yaml.safe_load(f"[{text} ]" if flow else f"- {text}") == [text] and "\n" not in text
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError):  # no date, no number, too many brackets
        plain = False
    return text if plain else yaml.safe_dump(text, default_style='"', allow_unicode=True, width=WIDE).strip()


def _folded(text: str, indent: str) -> str:
    """A text as a folded block, wrapped; in quotes where folding would change it."""
    lines = textwrap.wrap(text, WRAPPED - len(indent), break_long_words=False, break_on_hyphens=False)
    return "\n".join([">-", *(indent + line for line in lines)]) if " ".join(lines) == text else _scalar(text)


def _verified(raw: bytes, new: str, wanted: Callable[[Any], object]) -> bytes:
    """The new file, read back: it must mean what the old one meant, and the change."""
    after = new.encode("utf-8")
    if len(after) > MAX_BYTES:
        raise EditError("The file would become too large: split it into several files by hand.")
    document, problems = read("", after)
    if problems or document.data != wanted(read("", raw)[0].data):
        raise EditError("The file is written in a way that I can't add to safely. Please add it by hand.")
    return after


def with_file(contents: Contents, file: str, after: bytes | None) -> dict[str, bytes]:
    """The contents with one file replaced, added, or (None) taken away."""
    others = {name: raw for name, raw in contents.items() if name != file}
    return dict(sorted(others.items() if after is None else {**others, file: after}.items()))
