"""The fit quiz, as moderators write it. Frozen records; how answers are scored is not known here."""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated

from pydantic import Field, StringConstraints

from bot.knowledge.fields import EntryIds, Identifier, Record, Ref, Sentence, Title

BOTH, NEITHER, MIXED = "both", "neither", "mixed"


class Statement(Record):
    """A statement of the quiz about an activity; members say how much it is like them."""

    id: Identifier
    text: Annotated[str, StringConstraints(min_length=1, max_length=120, pattern=r"^[^\n]*$")]
    role: Annotated[Identifier, Ref("role"), Field(description="The role that it speaks for.")]
    reversed: Annotated[bool, Field(description="Whether it speaks against that role.")] = False
    dimension: Annotated[Identifier, Ref("dimension")]
    entry: Annotated[Identifier, Ref("entry"), Field(description="The entry that it rests on.")]
    opposite: Annotated[
        Identifier | None, Ref("statement"), Field(description="The statement that says the contrary.")
    ] = None


class QuizResult(Record):
    """What a member is told at the end, and the entries that lead on."""

    sentence: Sentence
    next: Annotated[EntryIds, Field(min_length=2, max_length=3)]


class Quiz(Record):
    """The fit quiz. Its statements count alike; the order in the file is the order in which they are asked."""

    dimensions: Annotated[
        Mapping[Identifier, Title], Field(description="The title of each dimension, as charts show it.")
    ]
    results: Annotated[
        Mapping[Identifier, QuizResult], Field(description="One for each role, and for both, neither and mixed.")
    ]
    offered_under: Annotated[
        tuple[Identifier, ...], Ref("topic"), Field(description="Topics whose answers have a button to the quiz.")
    ] = ()
    statements: Annotated[tuple[Statement, ...], Field(min_length=8, max_length=20)]

    @cached_property
    def roles(self) -> tuple[str, ...]:
        """The roles, in the order in which statements first speak for them."""
        return tuple(dict.fromkeys(statement.role for statement in self.statements))

    @cached_property
    def pairs(self) -> tuple[tuple[int, int], ...]:
        """The places of partners among the statements."""
        places = {statement.id: place for place, statement in enumerate(self.statements)}
        return tuple((place, places[s.opposite]) for place, s in enumerate(self.statements) if s.opposite)
