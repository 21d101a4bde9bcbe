"""Plain data → records, with every fault told in plain words at its place; and the same rules as a JSON Schema.

Knows the shape of each file. Knows nothing of folders, and nothing of what records say about each other.
"""

from collections.abc import Iterator
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from bot.knowledge.problems import Problem, did_you_mean
from bot.knowledge.records import Check, Entry, NotCovered, Quiz, SmallTalk, Source, Vocabulary
from bot.knowledge.strict_yaml import Document

# What each file holds; a tuple type is a list of records. Every file in answers/ is of the first kind.
FILES: dict[str, type[BaseModel]] = {
    "answers": Entry,
    "not_covered.yaml": NotCovered,
    "small_talk.yaml": SmallTalk,
    "vocabulary.yaml": Vocabulary,
    "source.yaml": Source,
    "checks.yaml": Check,
    "quiz.yaml": Quiz,
}
SINGLE = (Vocabulary, Source, Quiz)

# What each kind of fault means to a moderator. `name` is the key, `ctx` what pydantic knows of the rule.
SENTENCES = {
    "missing": "`{name}` is missing: add it.",
    "extra_forbidden": "`{name}` is not a key that is known here: remove it or fix the name.{guess}",
    "string_too_long": "`{name}` is too long for Discord: {length} characters of {ctx[max_length]}.",
    "string_too_short": "`{name}` is empty: write its text, or remove the line.",
    "too_short": "`{name}` is empty: give at least one.",
    "too_long": "`{name}` has {ctx[actual_length]} items, at most {ctx[max_length]} are shown.",
    "string_pattern_mismatch": "`{name}` must stand on one line.",
    "literal_error": "`{name}` must be {ctx[expected]}.",
    "greater_than": "`{name}` must be more than {ctx[gt]}.",
    "greater_than_equal": "`{name}` must be {ctx[ge]} or more.",
    "less_than_equal": "`{name}` must be {ctx[le]} or less.",
    "int_type": "`{name}` must be a whole number, without quotes.",
    "bool_type": "`{name}` must be true or false, without quotes.",
    "tuple_type": "`{name}` must be a list: one item a line, each after a dash.",
    "string_type": "`{name}` must be text.",
}
UNQUOTED = '`{name}` wants text, but {written} unquoted is read as something else: write "{written}" in quotes.'
TOO_FEW = "`{name}` has {ctx[actual_length]} items: at least {ctx[min_length]} are needed."
EMPTY = "`{name}` is empty: write its text, or remove the line."
BAD_ID = "`{name}` may only have a-z, 0-9, _ and single dots: rename {value!r}."
NO_KEYS = "`{name}` wants keys with values (`key: value`, on lines of their own)."
OTHER = "`{name}`: {message}."


R = TypeVar("R", bound=BaseModel)


def read_records(document: Document, kind: type[R]) -> tuple[list[tuple[int, R]], list[Problem]]:
    """The valid records of a document, each with its place in the list, and the problems of the others."""
    data = document.data
    if kind in SINGLE:
        data = (data if data is not None else {},)
    elif data is None:
        data = ()
    elif not isinstance(data, tuple):
        message = "This file is a list: each record begins with a dash (`- id: …`)."
        return [], [document.problem((), message)]
    records: list[tuple[int, R]] = []
    problems: list[Problem] = []
    for index, item in enumerate(data):
        at = () if kind in SINGLE else (index,)
        try:
            records.append((index, kind.model_validate(item)))
        except ValidationError as error:
            problems += _translate(document, kind, at, error)
    return records, problems


def _translate(
    document: Document, kind: type[BaseModel], at: tuple[int, ...], error: ValidationError
) -> Iterator[Problem]:
    faults = error.errors(include_url=False)
    for fault in faults:
        if fault["type"] == "too_short" and any(other["loc"][:-1] == fault["loc"] for other in faults):
            continue  # pydantic counts the items that are left after the faulty ones, which are told already
        path = (*at, *(part for part in fault["loc"] if part != "[key]"))
        yield document.problem(path, _sentence(fault, document.written.get(path), kind))


def _sentence(fault: ErrorDetails, written: str | None, kind: type[BaseModel]) -> str:
    """One pydantic fault, as what is wrong and what to do."""
    value, context = fault["input"], fault.get("ctx", {})
    template = SENTENCES.get(fault["type"], OTHER)
    if fault["type"] == "too_short" and value:
        template = TOO_FEW
    if fault["type"] == "string_type" and value is None:
        template = EMPTY
    elif fault["type"] == "string_type" and written is not None:
        template = UNQUOTED
    elif fault["type"] == "string_pattern_mismatch" and "a-z" in context["pattern"]:
        template = BAD_ID
    elif fault["type"].startswith(("model_", "mapping_", "dict_")):
        template = NO_KEYS
    name = _name(fault["loc"])
    return template.format(
        name=name,
        ctx=context,
        written=written,
        value=value,
        length=len(value) if isinstance(value, str) else 0,
        guess=did_you_mean(name, sorted(kind.model_fields)),
        message=fault["msg"],
    )


def _name(location: tuple[int | str, ...]) -> str:
    """What a moderator would call this place: its key, or an item of a key's list."""
    match location:
        case (*_, str(key), int(index)):
            return f"{key}, item {index + 1}"
        case (*_, key):
            return str(key)
        case _:
            return "record"


def json_schema() -> dict[str, Any]:
    """One JSON Schema for all files; `#/$defs/files/…` holds the schema of each, for editors that map files."""
    definitions: dict[str, Any] = {}
    files = {}
    for file, kind in FILES.items():
        shape = kind if kind in SINGLE else list[kind]  # type: ignore[valid-type]
        schema = TypeAdapter(shape).json_schema(ref_template="#/$defs/{model}")
        definitions |= schema.pop("$defs", {})
        files[file.removesuffix(".yaml")] = schema
    definitions["files"] = files
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Knowledge files of the career advisor",
        "anyOf": [{"$ref": f"#/$defs/files/{name}"} for name in files],
        "$defs": definitions,
    }
