"""The fit quiz, as moderators write it. Frozen records; how answers are scored is not known here."""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated

from pydantic import Field, StringConstraints

from bot.knowledge.fields import EntryIds, Identifier, Record, Ref, Sentence, Title

BOTH, CLOSE, NEITHER, MIXED = "both", "close", "neither", "mixed"
MIDDLE = 2

Activity = Annotated[str, StringConstraints(min_length=1, max_length=120, pattern=r"^[^\n]*$")]


class Dimension(Record):
    """One side of what somebody likes, and a sentence for who likes it, who is in the middle, and who does not."""

    title: Title
    high: Sentence
    middle: Sentence
    low: Sentence


class Statement(Record):
    """An activity; members say how much they would like it."""

    id: Identifier
    text: Activity
    role: Annotated[Identifier, Ref("role"), Field(description="The role that it speaks for.")]
    reversed: Annotated[bool, Field(description="Whether it speaks against that role.")] = False
    dimension: Annotated[Identifier, Ref("dimension")]
    entry: Annotated[Identifier, Ref("entry"), Field(description="The entry that it rests on.")]
    opposite: Annotated[
        Identifier | None, Ref("statement"), Field(description="The statement that says the contrary.")
    ] = None
    typical: Annotated[
        int, Field(ge=0, le=4, description="What most people answer, from 0 (not at all) to 4 (very much).")
    ] = MIDDLE


class TieBreaker(Record):
    """Two activities, one of each role; members say which they would rather do. Asked only where it is close."""

    id: Identifier
    rather: Annotated[Mapping[Identifier, Activity], Field(description="The activity of each role.")]
    entries: Annotated[EntryIds, Field(min_length=1, description="The entries that it rests on.")]


class QuizResult(Record):
    """What a member is told to do next, and the entries that lead on."""

    step: Sentence
    next: Annotated[EntryIds, Field(min_length=2, max_length=3)]


class Quiz(Record):
    """The fit quiz. Its statements count alike; the order in the file is the order in which they are asked."""

    dimensions: Mapping[Identifier, Dimension]
    results: Annotated[
        Mapping[Identifier, QuizResult], Field(description="One for each role, and for both, close, neither and mixed.")
    ]
    offered_under: Annotated[
        tuple[Identifier, ...], Ref("topic"), Field(description="Topics whose answers have a button to the quiz.")
    ] = ()
    told_under: Annotated[
        tuple[Identifier, ...], Ref("topic"), Field(description="Topics whose answers tell members their own result.")
    ] = ()
    statements: Annotated[tuple[Statement, ...], Field(min_length=8, max_length=20)]
    tie_breakers: Annotated[tuple[TieBreaker, ...], Field(max_length=8)] = ()

    @cached_property
    def roles(self) -> tuple[str, ...]:
        """The roles, in the order in which statements first speak for them."""
        return tuple(dict.fromkeys(statement.role for statement in self.statements))

    @cached_property
    def pairs(self) -> tuple[tuple[int, int], ...]:
        """The places of partners among the statements."""
        places = {statement.id: place for place, statement in enumerate(self.statements)}
        return tuple((place, places[s.opposite]) for place, s in enumerate(self.statements) if s.opposite)
