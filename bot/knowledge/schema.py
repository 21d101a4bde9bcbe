"""Plain data → records, with every fault told in plain words at its place; and the same rules as a JSON Schema.

Knows the shape of each file. Knows nothing of folders, and nothing of what records say about each other.
"""

from collections.abc import Iterator
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from bot.knowledge.problems import Problem, did_you_mean
from bot.knowledge.records import Check, Entry, NotCovered, SmallTalk, Source, Vocabulary
from bot.knowledge.strict_yaml import Document

# What each file holds; a tuple type is a list of records. Every file in answers/ is of the first kind.
FILES: dict[str, type[BaseModel]] = {
    "answers": Entry,
    "not_covered.yaml": NotCovered,
    "small_talk.yaml": SmallTalk,
    "vocabulary.yaml": Vocabulary,
    "source.yaml": Source,
    "checks.yaml": Check,
}
SINGLE = (Vocabulary, Source)

NOUNS = {"string": "text", "int": "a whole number", "bool": "true or false", "tuple": "a list", "mapping": "keys"}


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
    for fault in error.errors(include_url=False):
        path = (*at, *(part for part in fault["loc"] if part != "[key]"))
        yield document.problem(path, _sentence(fault, document.written.get(path), kind))


def _sentence(fault: Any, written: str | None, kind: type[BaseModel]) -> str:
    """One pydantic fault, as what is wrong and what to do."""
    name = str(fault["loc"][-1]) if fault["loc"] else "record"
    name = f"item {int(name) + 1} of {fault['loc'][-2]}" if name.isdigit() and len(fault["loc"]) > 1 else name
    context = fault.get("ctx", {})
    match fault["type"]:
        case "missing":
            return f"`{name}` is missing: add it."
        case "extra_forbidden":
            known = sorted(kind.model_fields)
            return f"`{name}` is not a key that is known here: remove it or mend the name.{did_you_mean(name, known)}"
        case "string_type" if written is not None and fault["input"] is not None:
            return (
                f'`{name}` wants text, but {written} unquoted is read as something else: write "{written}" in quotes.'
            )
        case "string_type" if fault["input"] is None:
            return f"`{name}` is empty: write its text, or remove the line."
        case "string_too_long":
            return f"`{name}` is too long for Discord: {len(fault['input'])} characters of {context['max_length']}."
        case "string_too_short" | "too_short":
            return f"`{name}` is empty: give at least one."
        case "too_long":
            return f"`{name}` has {context['actual_length']} items, at most {context['max_length']} are shown."
        case "string_pattern_mismatch" if "a-z" in context["pattern"]:
            return f"`{name}` may only have a-z, 0-9, _ and single dots: rename {fault['input']!r}."
        case "string_pattern_mismatch":
            return f"`{name}` must stand on one line."
        case "literal_error":
            return f"`{name}` must be {context['expected']}."
        case "greater_than" | "greater_than_equal" | "less_than_equal":
            return f"`{name}` is out of range: {fault['msg'].removeprefix('Input should be ')}."
        case "model_type" | "model_attributes_type" | "mapping_type" | "dict_type":
            return f"`{name}` wants keys with values (`key: value` on lines of their own)."
        case _ if fault["type"].endswith("_type"):
            noun = NOUNS.get(fault["type"].removesuffix("_type"), "another kind of value")
            return f"`{name}` must be {noun}."
        case _:
            return f"`{name}`: {fault['msg']}."


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
