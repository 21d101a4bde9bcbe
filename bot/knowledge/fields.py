"""What the records of the knowledge files are made of: names, texts of a bounded length, references to others."""

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, GetJsonSchemaHandler, StringConstraints

NOT_COVERED = "not_covered"
SMALL_TALK = "small_talk"
OUTCOMES = (NOT_COVERED, SMALL_TALK)
# In a JSON Schema: what a field names, and the words that it may hold besides.
NAMES = "x-names"


@dataclass(frozen=True)
class Ref:
    """Marks a field whose texts are names of something of this kind, or one of the words in `also`."""

    kind: Literal["entry", "role", "topic", "level", "dimension", "statement"]
    also: tuple[str, ...] = ()

    def __get_pydantic_json_schema__(self, core: Any, handler: GetJsonSchemaHandler) -> dict[str, Any]:  # noqa: ANN401
        """The field's JSON Schema, marked with what it names."""
        return {**handler(core), NAMES: [self.kind, *self.also]}


Identifier = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9_]+(\.[a-z0-9_]+)*$", max_length=48),
    Field(description="Lower-case words joined by _ and dots. Buttons and links name it, so it never changes."),
]
# One line, with something to read on it.
LINE = r"^[^\n]*\S[^\n]*$"
Title = Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=LINE)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=1500, pattern=r"\w")]
Sentence = Annotated[str, StringConstraints(min_length=1, max_length=300, pattern=r"\w")]
Phrasing = Annotated[str, StringConstraints(min_length=1, max_length=500, pattern=LINE)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=r"^[^\n]*$")]
Names = tuple[Name, ...]
Phrasings = Annotated[
    tuple[Phrasing, ...],
    Field(min_length=1, description="How people ask it. The more, and the more varied, the better."),
]
EntryIds = Annotated[tuple[Identifier, ...], Ref("entry")]
RoleName = Annotated[Identifier | None, Ref("role")]
TopicName = Annotated[Identifier | None, Ref("topic")]
LevelName = Annotated[Identifier | None, Ref("level")]


class Record(BaseModel):
    """What all records share: frozen, no unknown keys, no silent conversions."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
