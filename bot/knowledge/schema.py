"""Plain data → records, with every fault told in plain words at its place; and the same rules as a JSON Schema.

Knows the shape of each file. Knows nothing of folders, and nothing of what records say about each other.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic.json_schema import models_json_schema
from pydantic_core import ErrorDetails

from bot.knowledge.fields import NAMES, Record
from bot.knowledge.language_records import Check, Example, FollowUps, PersonalFacts, Slot, Vocabulary
from bot.knowledge.problems import Problem, did_you_mean
from bot.knowledge.quiz_records import Quiz
from bot.knowledge.records import Entry, NotCovered, SmallTalk, Source
from bot.knowledge.strict_yaml import Document, Path

# What the files of a folder hold, and what each other file holds: one record, or a list of them.
FOLDERS: dict[str, type[Record]] = {"answers": Entry, "not_covered": NotCovered, "vocabulary": Slot}
FILES: dict[str, type[Record]] = {
    "small_talk.yaml": SmallTalk,
    "vocabulary.yaml": Vocabulary,
    "source.yaml": Source,
    "checks.yaml": Check,
    "examples.yaml": Example,
    "conversation.yaml": FollowUps,
    "personal_facts.yaml": PersonalFacts,
    "quiz.yaml": Quiz,
}
DIALECT = "https://json-schema.org/draft/2020-12/schema"
SINGLE = (Slot, FollowUps, PersonalFacts, Vocabulary, Source, Quiz)

DATE = "`{name}` must be a date such as 2027-06-30, without quotes."
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
    "date_type": DATE,
    "date_parsing": DATE,
    "date_from_datetime_parsing": DATE,
}
UNQUOTED = '`{name}` wants text, but {written} unquoted is read as something else: write "{written}" in quotes.'
TOO_FEW = "`{name}` has {ctx[actual_length]} items: at least {ctx[min_length]} are needed."
COLON = "`{name}` has a colon with a space after it, which means something else to YAML: put the whole text in quotes."
NO_WORD = "`{name}` has no word in it: write its text, or remove the line."
BAD_ID = "`{name}` may only have a-z, 0-9, _ and single dots: rename {value!r}."
NO_KEYS = "`{name}` wants keys with values (`key: value`, on lines of their own)."
OTHER = "`{name}`: {message}."

R_co = TypeVar("R_co", bound=Record, covariant=True)


@dataclass(frozen=True)
class Placed(Generic[R_co]):
    """A record and where it stands."""

    record: R_co
    document: Document
    path: Path

    def problem(self, where: Path, message: str) -> Problem:
        """A problem at a place inside the record."""
        return self.document.problem((*self.path, *where), message)

    @property
    def slot(self) -> str:
        """What a file in vocabulary/ is called."""
        return self.document.file.rpartition("/")[2].removesuffix(".yaml")

    def at(self, *where: str | int) -> str:
        """`file:line` of a place inside the record."""
        return f"{self.document.file}:{self.document.places[(*self.path, *where)][0]}"


def kind_of(file: str) -> type[Record] | None:
    """What a file of this name holds; None where it is not one that is read."""
    return FOLDERS.get(file.partition("/")[0]) if file.endswith((".yaml", ".yml")) and "/" in file else FILES.get(file)


def read_records(document: Document) -> tuple[list[Placed[Any]], list[Problem]]:
    """The valid records of a file that is read, and the problems of the others."""
    kind = kind_of(document.file) or Entry
    data, items = document.data, dict[Path, Any]()
    if kind in SINGLE:
        items[()] = {} if data is None else data
    elif data is None or isinstance(data, tuple):
        items = {(index,): item for index, item in enumerate(data or ())}
    else:
        return [], [document.problem((), "This file is a list: each record begins with a dash (`- id: …`).")]
    records: list[Placed[Any]] = []
    problems: list[Problem] = []
    for path, item in items.items():
        try:
            records.append(Placed(kind.model_validate(item), document, path))
        except ValidationError as error:
            problems += _translate(document, kind, path, error)
    return records, problems


def _translate(document: Document, kind: type[Record], at: Path, error: ValidationError) -> Iterator[Problem]:
    faults = error.errors(include_url=False)
    for fault in faults:
        if fault["type"] == "too_short" and any(other["loc"][:-1] == fault["loc"] for other in faults):
            continue  # pydantic counts the items that are left after the faulty ones, which are told already
        path = (*at, *(part for part in fault["loc"] if part != "[key]"))
        yield document.problem(path, _sentence(fault, document.written.get(path), kind))


def _sentence(fault: ErrorDetails, written: str | None, kind: type[Record]) -> str:
    """One pydantic fault, as what is wrong and what to do."""
    value, context, name = fault["input"], fault.get("ctx", {}), _name(fault["loc"])
    match fault["type"]:
        case "too_short" if value:
            template = TOO_FEW
        case "string_type" if value is None:
            template = SENTENCES["string_too_short"]
        case "string_type" if isinstance(value, dict):
            template = COLON
        case "string_pattern_mismatch" if "\n" not in str(value) and "a-z" not in context["pattern"]:
            template = NO_WORD
        case "string_type" if written is not None:
            template = UNQUOTED
        case "string_pattern_mismatch" if "a-z" in context["pattern"]:
            template = BAD_ID
        case "model_type" | "model_attributes_type" | "mapping_type" | "dict_type":
            template = NO_KEYS
        case other:
            template = SENTENCES.get(other, OTHER)
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
        case (*_, key, "[key]") | (*_, key):
            return str(key)
        case _:
            return "record"


def file_schemas(known: Mapping[str, Collection[str]]) -> dict[str, dict[str, Any]]:
    """A JSON Schema for each kind of file, by the name of the folder or file; its names are those that are known."""
    made = {}
    for file, kind in (FOLDERS | FILES).items():
        adapter: TypeAdapter[Any] = TypeAdapter(kind if kind in SINGLE else tuple[kind, ...])  # type: ignore[valid-type]
        schema = _with_names(adapter.json_schema(), known)
        made[file] = {"$schema": DIALECT, "title": file, **schema}
    return made


def _with_names(schema: Any, known: Mapping[str, Collection[str]]) -> Any:  # noqa: ANN401 - JSON
    """The same, with the names that there are as the values that an editor may offer."""
    if isinstance(schema, list):
        return [_with_names(item, known) for item in schema]
    if not isinstance(schema, dict):
        return schema
    found = {key: _with_names(value, known) for key, value in schema.items() if key != NAMES}
    if NAMES not in schema:
        return found
    kind, *also = schema[NAMES]
    names = sorted({*known.get(kind, ()), *also})
    texts = [part for part in (found, found.get("items"), *found.get("anyOf", ())) if part]
    for part in texts:
        if part.get("type") == "string" and names:
            part["enum"] = names
    return found


def json_schema() -> dict[str, Any]:
    """One JSON Schema for all files; `#/$defs/files/…` holds the schema of each, for editors that map files."""
    kinds = FOLDERS | FILES
    schemas, definitions = models_json_schema([(kind, "validation") for kind in kinds.values()])
    files = {}
    for file, kind in kinds.items():
        record = schemas[kind, "validation"]
        files[file] = record if kind in SINGLE else {"type": "array", "items": record}
    return {
        "$schema": DIALECT,
        "title": "Knowledge files of the career advisor",
        "anyOf": [{"$ref": f"#/$defs/files/{name}"} for name in files],
        "$defs": {**definitions["$defs"], "files": files},
    }
