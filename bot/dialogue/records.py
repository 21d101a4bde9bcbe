"""What goes into the advisor and comes out of it. Frozen; a turn of the conversation makes a new `Conversation`."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from operator import attrgetter

from bot.dialogue.turns import Turn
from bot.knowledge.records import Entry
from bot.matching.decision import Outcome
from bot.matching.matcher import Match
from bot.matching.utterance import Facets

REMEMBERED = 8


class Aspect(StrEnum):
    """What of an entry a reply shows: its answer, or what a member asked of an answer that was given."""

    ANSWER = "answer"
    MORE = "more"
    AGAIN = "again"
    REASON = "reason"
    SHORT = "short"
    EXAMPLE = "example"
    MEANING = "meaning"


@dataclass(frozen=True, slots=True)
class Conversation:
    """What is carried from turn to turn.

    What was spoken of; the entries of the last reply (answers or choices), in order; those answered of late; the
    roles in the order in which they were mentioned; the last question that says by itself what it is about; the entries
    of which more was said; what the member told, as ids of personal facts, and of which roles that was said back; what
    the quiz said of the member, in a sentence.
    """

    facets: Facets = field(default_factory=Facets)
    entries: tuple[str, ...] = ()
    answered: tuple[str, ...] = ()
    mentioned: tuple[str, ...] = ()
    question: str = ""
    expanded: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    noted: tuple[tuple[str, str | None], ...] = ()
    quiz_note: str = ""

    @property
    def is_new(self) -> bool:
        """Whether nothing was said yet that a message could point at."""
        return not (self.entries or self.facets.roles or self.facets.topic)

    @property
    def last(self) -> str:
        """The entry that was answered last, if the last reply was an answer."""
        return self.answered[-1] if self.answered and self.answered[-1] in self.entries else ""

    def answered_with(
        self, entries: Sequence[Entry], roles: frozenset[str] = frozenset(), named: Sequence[str] = ()
    ) -> "Conversation":
        """Once these entries were shown as the answer to a message about these roles, which named some, in this order.

        What is spoken of then are the roles of the entries, else of the message; else, unless it is one role already,
        those that the entries suggest.
        What only sets others side by side comes last: a member calls "the first one" what is shown in full.
        """
        about, suggested = (frozenset(filter(None, map(attrgetter(n), entries))) for n in ("role", "suggests"))
        if suggested and len(self.facets.roles) == 1:
            suggested = self.facets.roles
        kept = frozenset() if any(entry.compares or entry.side_by_side for entry in entries) else self.facets.roles
        shown = sorted(entries, key=lambda entry: bool(entry.side_by_side))
        ids = tuple(entry.id for entry in shown)
        spoken_of = (*self.mentioned, *named, *(entry.role or entry.suggests for entry in shown))
        return replace(
            self,
            facets=Facets(about or roles or suggested or kept, entries[0].topic, entries[0].level),
            entries=ids,
            answered=(*self.answered, *ids)[-REMEMBERED:],
            mentioned=tuple(dict.fromkeys(filter(None, spoken_of))),
        )

    def said_back(self, entries: Sequence[Entry]) -> tuple[tuple[str, ...], "Conversation"]:
        """What the member told that is yet to be said back of the role of these entries; and once it is said."""
        roles = {entry.role for entry in entries}
        role = next(iter(roles)) if len(roles) == 1 else None
        told = tuple(fact for fact in self.told if (fact, role) not in self.noted)
        return told, replace(self, noted=(*self.noted, *((fact, role) for fact in told)))

    def after_quiz(self, note: str, role: str | None) -> "Conversation":
        """Once the quiz said this; the role that is ahead in it is what is spoken of now."""
        return replace(self, quiz_note=note, facets=Facets(frozenset([role])) if role else self.facets)

    def after(self, turn: Turn) -> "Conversation":
        """Once this turn was heard: a fragment leaves the question as it was."""
        return replace(self, question=" ".join(turn.utterance.words)) if turn.content or not self.question else self


@dataclass(frozen=True, slots=True)
class Reference:
    """An entry that a reply names, and how sure the bot is that it is meant (0 to 1)."""

    id: str
    title: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Reply:
    """The reply to one message.

    `entries` holds, for an answer, the entries that it is made from, best first; for a clarification the choices; for a
    decline the nearest entries. `record` is the id of the not-covered or small-talk record that it rests on, if any,
    and `record_confidence` how sure the bot is of it.
    `runners_up` are other entries that may have been meant. `why` is the evidence: one match for each part of a
    question in parts. `aspect` is what of the entries is shown, `told` what is said back of what the member told.
    """

    outcome: Outcome
    entries: tuple[Reference, ...]
    record: str | None
    runners_up: tuple[Reference, ...]
    why: tuple[Match, ...]
    conversation: Conversation
    record_confidence: float = 0.0
    aspect: Aspect = Aspect.ANSWER
    told: tuple[str, ...] = ()

    @property
    def lead(self) -> float:
        """How much surer the bot is of what it answers than of what it does not (0 to 1)."""
        sure = min((entry.confidence for entry in self.entries), default=0.0)
        return sure - max((entry.confidence for entry in self.runners_up), default=0.0)
