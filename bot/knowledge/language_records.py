"""How people name what the knowledge is about, and how they follow up: the words of the vocabulary and of chats.

Frozen records, as moderators write them. Knows nothing of entries.
"""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from bot.knowledge.fields import OUTCOMES, Identifier, Name, Names, Phrasing, Record, Ref, RoleName, Title


class Term(Record):
    """A role, a topic or a level, and what people call it."""

    title: Title
    names: Names = ()
    short: Annotated[Names, Field(description="What it is called in a chat that is about it already.")] = ()
    years: Annotated[
        tuple[Annotated[int, Field(ge=0)], Annotated[int, Field(ge=0)]] | None,
        Field(description="From and to how many years of experience mean this level."),
    ] = None


class Grammar(Record):
    """The small words by which a message is read."""

    negations: Annotated[Names, Field(description="Negate a level or a role that follows: not, without.")] = ()
    level_negations: Annotated[Names, Field(description="Negate a level only: no experience.")] = ()
    between: Annotated[Names, Field(description="May stand between a negation and what it negates: the, about.")] = ()
    corrections: Annotated[Names, Field(description="At the start, they answer what was said before: no, nah.")] = ()
    articles: Names = ()
    same: Annotated[Mapping[Name, Name], Field(description="Words that are read as another one: an as a.")] = Field(
        default_factory=dict
    )
    joins: Annotated[Names, Field(description="Set two roles beside each other: or, vs.")] = ()
    numbers: Annotated[Names, Field(description="The words for 0, 1, 2 and so on.")] = ()
    years: Annotated[Names, Field(description="After a number, they tell years of experience.")] = ()
    age: Annotated[Names, Field(description="After years, they tell an age instead: old.")] = ()


class Vocabulary(Record):
    """How people name the facets of an entry."""

    roles: Mapping[Identifier, Term] = Field(default_factory=dict)
    topics: Mapping[Identifier, Term] = Field(default_factory=dict)
    levels: Mapping[Identifier, Term] = Field(default_factory=dict)
    every_role: Annotated[Names, Field(description="Words for all roles at once: both, each of them.")] = ()
    other_role: Annotated[Names, Field(description="Words for the role not spoken of: the other one.")] = ()
    asides: Annotated[Names, Field(description="Words that change nothing of what is asked: anyway.")] = ()
    grammar: Grammar = Field(default_factory=Grammar)

    @property
    def terms(self) -> Mapping[str, Mapping[str, Term]]:
        """The terms of each facet, by the facet's name."""
        return {"role": self.roles, "topic": self.topics, "level": self.levels}


class Slot(Record):
    """What people call things of one kind that restrict a question, such as places, by group.

    The slot is called as its file is. A name in a question is marked with slot and group, so that any place is read
    like those that phrasings name. Names in the group `home` restrict nothing: there the source holds.
    """

    unnamed: Annotated[Name, Field(description="Stands in a reply where the question holds no name.")]
    capitalised: Annotated[bool, Field(description="Whether its names are written with capitals.")] = True
    not_names: Annotated[Names, Field(description="Longer expressions that only look like a name.")] = ()
    groups: Mapping[Identifier, Names]


class Check(Record):
    """A question that must keep its answer, whatever is edited."""

    question: Phrasing
    expect: Annotated[
        tuple[Identifier, ...],
        Ref("entry", also=OUTCOMES),
        Field(min_length=1, description="Ids of entries (any one will do), or not_covered, or small_talk."),
    ]


class Example(Check):
    """A question of somebody who had not seen these files, labelled: its wording is learned, and how sure to be."""


class Note(Record):
    """What follows from something that a member told; of one role, or where an answer is of none."""

    role: RoleName = None
    text: Annotated[str, Field(min_length=1, max_length=160, pattern=r"^[^\n]*$")]


class PersonalFact(Record):
    """Something that members tell of themselves and that an answer depends on, and how it is said back."""

    id: Identifier
    nouns: Annotated[Names, Field(description="What they are: teacher. After words such as I am a.")] = ()
    fields: Annotated[Names, Field(description="What they work in or study: marketing.")] = ()
    phrases: Annotated[Names, Field(description="Whole phrases: i teach, i cant code.")] = ()
    since: Annotated[str, Field(min_length=1, max_length=45, description="Said back before a note: Since you teach")]
    notes: Annotated[tuple[Note, ...], Field(min_length=1)]
    entry: Annotated[
        Identifier | None, Ref("entry"), Field(description="What a message that says nothing else is answered with.")
    ] = None


class PersonalFacts(Record):
    """How members tell of themselves, and under which topics what they told is said back."""

    topics: Annotated[tuple[Identifier, ...], Ref("topic")] = ()
    decided: Annotated[
        tuple[Identifier, ...],
        Ref("topic"),
        Field(description="Topics in which, asked of no role, a fact's own entry is the answer: which suits me?"),
    ] = ()
    before_nouns: Annotated[Names, Field(description="Go before what somebody is: i am a.")] = ()
    before_fields: Annotated[Names, Field(description="Go before what somebody does: i work in.")] = ()
    asking: Annotated[Names, Field(description="Words before `i` that ask instead of telling: do, should.")] = ()
    openers: Annotated[Names, Field(description="What begins so only tells, but for questions: im, my son.")] = ()
    closers: Annotated[Names, Field(description="What ends so only tells: here.")] = ()
    facts: tuple[PersonalFact, ...] = ()


class FollowUps(Record):
    """How people follow up in a chat, and labelled chats from which it is learned how turns are to be read."""

    openers: Names = ()
    people: Annotated[Names, Field(description="What stands for the role that is spoken of: they, them.")] = ()
    things: Annotated[Names, Field(description="What stands for what was said: that, it.")] = ()
    more: Annotated[Names, Field(description="What asks to hear more of it.")] = ()
    again: Annotated[Names, Field(description="What asks to hear it again, or doubts it.")] = ()
    reason: Annotated[Names, Field(description="What asks why.")] = ()
    short: Annotated[Names, Field(description="What asks to hear it in short.")] = ()
    example: Annotated[Names, Field(description="What asks for an example.")] = ()
    meaning: Annotated[Names, Field(description="What asks what was meant.")] = ()
    later: Annotated[Names, Field(description="What asks for the next level: and after that.")] = ()
    none_of_these: Annotated[Names, Field(description="What says that nothing of what was offered is meant.")] = ()
    ordinals: Annotated[Mapping[Name, int], Field(description="What chooses: 1 is the first, -1 the last.")] = Field(
        default_factory=dict
    )
    interjections: Names = ()
    fillers: Annotated[Names, Field(description="Words that carry no topic.")] = ()
    joints: Annotated[Names, Field(description="Words that join two questions: and, plus.")] = ()
    chats: tuple[tuple[Example, ...], ...] = ()
