"""The records of the knowledge base, as moderators write them.

Each record is frozen and checks its own fields, strictly. What one record says about another is checked in
`references` and `rules`. This module must not know where a record came from.
"""

import datetime as dt
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from bot.knowledge.fields import (
    EntryIds,
    Identifier,
    LevelName,
    Name,
    Phrasings,
    Record,
    RoleName,
    Sentence,
    Text,
    Title,
    TopicName,
)
from bot.knowledge.language_records import Check, Example, FollowUps, PersonalFacts, Slot, Vocabulary
from bot.knowledge.quiz_records import Quiz

# The small-talk record of this id answers messages in other languages.
OTHER_LANGUAGE = "bot_languages"
# The not-covered record of this id gathers messages that have nothing to do with the subject.
OFF_TOPIC = "off_topic"
SIGNS = {"USD": "$", "EUR": "€", "GBP": "£"}


def plain_words(phrasing: str) -> str:
    """A phrasing by which another is the same: its words alone."""
    return " ".join(re.findall(r"\w+", phrasing.casefold())) or phrasing


class Figures(Record):
    """A range of money. It stands once, here; texts and charts read it."""

    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$"), Field(description="ISO 4217: USD.")] = "USD"
    low: Annotated[int, Field(gt=0)]
    high: Annotated[int, Field(gt=0)]
    per: Literal["year", "hour"]
    region: Annotated[Name | None, Field(description="Where it holds, if the source says.")] = None
    and_above: Annotated[bool, Field(description="The source says that some earn more than `high`.")] = False

    @property
    def sign(self) -> str:
        """What goes before an amount: a sign where there is one, else the currency's code."""
        return SIGNS.get(self.currency, f"{self.currency} ")

    @property
    def range(self) -> str:
        """The range as text, without the period: `$65,000 to $95,000`."""
        return f"{self.sign}{self.low:,} to {self.sign}{self.high:,}"


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
        Field(description="The paragraphs of the source that the answer rests on."),
    ] = ()
    more_source: Annotated[
        tuple[Annotated[int, Field(ge=1)], ...],
        Field(description="Further paragraphs, on which only `more` and `because` rest."),
    ] = ()
    side_by_side: Annotated[EntryIds, Field(description="Entries that are shown, side by side, below this one.")] = ()
    compares: Annotated[
        EntryIds,
        Field(description="Entries whose facts its own answer sets side by side: `/compare` shows it instead."),
    ] = ()


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
    reaction: Annotated[
        str | None,
        Field(
            pattern=r"^[^\w\s:<>]{1,8}$",
            description="An emoji that says enough in a channel where the bot reads along: 👍.",
        ),
    ] = None


class Source(Record):
    """What the answers rest on, and how the bot speaks of itself and of it."""

    title: Title
    year: Annotated[int, Field(ge=1900, le=2200)]
    name: Annotated[Name, Field(description="What the bot is called.")] = "Advisor"
    about: Annotated[Name | None, Field(description="What it answers questions about: bakers and cooks.")] = None
    called: Annotated[Name, Field(description="What the source is called in a sentence: the article.")] = "the source"
    questions: Annotated[
        Phrasings | None, Field(description="A few questions that newcomers may ask, for the preview.")
    ] = None
    paragraphs: Annotated[int, Field(ge=1)]
    text: Annotated[
        tuple[Annotated[str, StringConstraints(min_length=1)], ...],
        Field(description="Its paragraphs, in order: then `check` tells where an answer is stronger than they are."),
    ] = ()


@dataclass(frozen=True)
class KnowledgeBase:
    """Everything that the bot knows. Immutable; an edit makes a new one. Mappings are by id, in the files' order."""

    entries: Mapping[str, Entry]
    not_covered: Mapping[str, NotCovered] = field(default_factory=dict)
    small_talk: Mapping[str, SmallTalk] = field(default_factory=dict)
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    slots: Mapping[str, Slot] = field(default_factory=dict)
    follow_ups: FollowUps = field(default_factory=FollowUps)
    personal_facts: PersonalFacts = field(default_factory=PersonalFacts)
    source: Source | None = None
    checks: tuple[Check, ...] = ()
    examples: tuple[Example, ...] = ()
    quiz: Quiz | None = None
    fingerprint: str = ""
    places: Mapping[tuple[str, str], str] = field(default_factory=dict, compare=False, repr=False)

    @property
    def about(self) -> str:
        """What it is about, in a few words."""
        titles = [role.title for role in self.vocabulary.roles.values()]
        return (self.source and self.source.about) or " and ".join(titles) or "what I know"

    @property
    def names(self) -> Mapping[str, Collection[str]]:
        """What there is to name, by kind of reference."""
        found: dict[str, Collection[str]] = {"entry": self.entries, **self.vocabulary.terms}
        if self.quiz:
            found |= {"dimension": self.quiz.dimensions, "statement": [s.id for s in self.quiz.statements]}
        return found

    @property
    def intents(self) -> Mapping[str, Intent]:
        """All that a message can mean, by id."""
        return {**self.entries, **self.not_covered, **self.small_talk}

    def is_checked(self, question: str) -> bool:
        """Whether it is one of the questions that must keep their answer."""
        return plain_words(question) in {plain_words(check.question) for check in self.checks}

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
