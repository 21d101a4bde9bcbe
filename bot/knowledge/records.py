"""The records of the knowledge base, as moderators write them.

Each record is frozen and checks its own fields, strictly. What one record says about another is checked in
`references` and `rules`. This module must not know where a record came from.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

NOT_COVERED = "not_covered"
SMALL_TALK = "small_talk"
# The small-talk record of this id answers messages in other languages.
OTHER_LANGUAGE = "bot_languages"
OUTCOMES = (NOT_COVERED, SMALL_TALK)
BOTH, NEITHER, MIXED = "both", "neither", "mixed"
# The not-covered record of this id gathers messages that have nothing to do with the subject.
OFF_TOPIC = "off_topic"


@dataclass(frozen=True)
class Ref:
    """Marks a field whose texts are names of something of this kind, or one of the words in `also`."""

    kind: Literal["entry", "role", "topic", "level", "dimension", "statement"]
    also: tuple[str, ...] = ()


Identifier = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9_]+(\.[a-z0-9_]+)*$", max_length=48),
    Field(description="Lower-case words joined by _ and dots. Buttons and links name it, so it never changes."),
]
Title = Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=r"^[^\n]*$")]
Text = Annotated[str, StringConstraints(min_length=1, max_length=1500)]
Sentence = Annotated[str, StringConstraints(min_length=1, max_length=300)]
Phrasing = Annotated[str, StringConstraints(min_length=1, max_length=500, pattern=r"^[^\n]*$")]
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


class Figures(Record):
    """A range of money. It stands once, here; texts and charts read it."""

    currency: Literal["USD"] = "USD"
    low: Annotated[int, Field(gt=0)]
    high: Annotated[int, Field(gt=0)]
    per: Literal["year", "hour"]
    region: Annotated[Name | None, Field(description="Where it holds, if the source says.")] = None
    and_above: Annotated[bool, Field(description="The source says that some earn more than `high`.")] = False

    @property
    def range(self) -> str:
        """The range as text, without the period: `$65,000 to $95,000`."""
        return f"${self.low:,} to ${self.high:,}"


class Intent(Record):
    """Something that a message can mean, and how people put it."""

    id: Identifier
    title: Title
    ask: Phrasings


class Entry(Intent):
    """One fact: its answer and how people ask for it."""

    answer: Text
    role: RoleName = None
    suggests: Annotated[
        RoleName, Field(description="The role that an answer for no role in particular leads to: who asks on means it.")
    ] = None
    topic: TopicName = None
    level: LevelName = None
    subject: Annotated[
        Name | None, Field(description="What “that” means once this was said, as a few words: working as a freelancer.")
    ] = None
    more: Annotated[Text | None, Field(description="What else the source says of it, for who asks for more.")] = None
    because: Annotated[Text | None, Field(description="The reason that the source gives, for who asks why.")] = None
    figures: Figures | None = None
    review_by: Annotated[
        dt.date | None, Field(description="From this day on, `check` asks to look at the answer again.")
    ] = None
    related: Annotated[EntryIds, Field(max_length=6)] = ()
    source: Annotated[
        tuple[Annotated[int, Field(ge=1)], ...],
        Field(description="The paragraphs of the article that the answer rests on."),
    ] = ()
    side_by_side: Annotated[EntryIds, Field(description="Entries that are shown, side by side, below this one.")] = ()


class NotCovered(Intent):
    """Something that people ask and the source does not answer, with the honest reply."""

    reply: Sentence
    role: RoleName = None
    topic: TopicName = None
    level: LevelName = None
    nearest: Annotated[EntryIds, Field(max_length=4)] = ()


class SmallTalk(Intent):
    """A message that asks nothing: a greeting, thanks, who are you."""

    reply: Sentence


class Term(Record):
    """A role, a topic or a level, and what people call it."""

    title: Title
    names: Names = ()
    short: Annotated[Names, Field(description="What it is called in a chat that is about it already.")] = ()
    years: Annotated[
        tuple[Annotated[int, Field(ge=0)], Annotated[int, Field(ge=0)]] | None,
        Field(description="From and to how many years of experience mean this level."),
    ] = None


class Check(Record):
    """A question that must keep its answer, whatever is edited."""

    question: Phrasing
    expect: Annotated[
        tuple[Identifier, ...],
        Ref("entry", also=OUTCOMES),
        Field(min_length=1, description="Ids of entries (any one will do), or not_covered, or small_talk."),
    ]


class Example(Check):
    """A labelled question, as somebody asked it who had not seen these files. How sure to be is learned from them."""


class FollowUps(Record):
    """How people follow up in a chat, and labelled chats from which it is learned how turns are to be read."""

    openers: Names = ()
    people: Annotated[Names, Field(description="What stands for the role that is spoken of: they, them.")] = ()
    things: Annotated[Names, Field(description="What stands for what was said: that, it.")] = ()
    more: Annotated[Names, Field(description="What asks to hear more of it.")] = ()
    again: Annotated[Names, Field(description="What asks to hear it again, in short, or its reason.")] = ()
    ordinals: Annotated[Mapping[Name, int], Field(description="What chooses: 1 is the first, -1 the last.")] = Field(
        default_factory=dict
    )
    interjections: Names = ()
    fillers: Annotated[Names, Field(description="Words that carry no topic.")] = ()
    chats: tuple[tuple[Example, ...], ...] = ()


class Vocabulary(Record):
    """How people name the facets of an entry."""

    roles: Mapping[Identifier, Term] = Field(default_factory=dict)
    topics: Mapping[Identifier, Term] = Field(default_factory=dict)
    levels: Mapping[Identifier, Term] = Field(default_factory=dict)
    every_role: Annotated[Names, Field(description="Words for all roles at once: both, each of them.")] = ()
    other_role: Annotated[Names, Field(description="Words for the role not spoken of: the other one.")] = ()
    asides: Annotated[Names, Field(description="Words that change nothing of what is asked: anyway.")] = ()

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


class Source(Record):
    """The article that the answers rest on."""

    title: Title
    year: Annotated[int, Field(ge=1900, le=2200)]
    paragraphs: Annotated[int, Field(ge=1)]
    text: Annotated[
        tuple[Annotated[str, StringConstraints(min_length=1)], ...],
        Field(description="Its paragraphs, in order: then `check` tells where an answer is stronger than they are."),
    ] = ()


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


@dataclass(frozen=True)
class KnowledgeBase:
    """Everything that the bot knows. Immutable; an edit makes a new one. Mappings are by id, in the files' order."""

    entries: Mapping[str, Entry]
    not_covered: Mapping[str, NotCovered] = field(default_factory=dict)
    small_talk: Mapping[str, SmallTalk] = field(default_factory=dict)
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    slots: Mapping[str, Slot] = field(default_factory=dict)
    follow_ups: FollowUps = field(default_factory=FollowUps)
    source: Source | None = None
    checks: tuple[Check, ...] = ()
    examples: tuple[Example, ...] = ()
    quiz: Quiz | None = None
    fingerprint: str = ""
    places: Mapping[tuple[str, str], str] = field(default_factory=dict, compare=False, repr=False)

    @property
    def intents(self) -> Mapping[str, Intent]:
        """All that a message can mean, by id."""
        return {**self.entries, **self.not_covered, **self.small_talk}

    def place(self, record: str, phrasing: str = "") -> str:
        """Where a record, or one of its phrasings, stands (`file:line`); nothing for knowledge that is from no file."""
        return self.places.get((record, phrasing), "")

    def of_facets(self, role: str | None, topic: str | None, level: str | None) -> Entry | None:
        """The first entry with exactly these facets, or None."""
        wanted = (role, topic, level)
        return next((e for e in self.entries.values() if (e.role, e.topic, e.level) == wanted), None)

    def twin(self, entry_id: str) -> Entry | None:
        """The entry that says of the other role what this one says of its own; None where there is none."""
        entry = self.entries.get(entry_id)
        others = [role for role in self.vocabulary.roles if entry and role != entry.role]
        if entry is None or entry.role is None or len(others) != 1:
            return None
        return self.of_facets(others[0], entry.topic, entry.level)

    @property
    def phrasings(self) -> int:
        """How many phrasings of facts there are."""
        return sum(len(entry.ask) for entry in self.entries.values())
