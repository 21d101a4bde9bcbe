"""What goes into the advisor and comes out of it. Frozen; a turn of the conversation makes a new `Conversation`."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bot.knowledge.records import Entry
from bot.matching.decision import Outcome
from bot.matching.matcher import Match
from bot.matching.utterance import Facets

REMEMBERED = 8


def facets_of(*entries: Entry) -> Facets:
    """What these entries are about: their roles, or the one that an entry suggests; topic and level of the first."""
    roles = frozenset(filter(None, (entry.role or entry.suggests for entry in entries)))
    return Facets(roles, entries[0].topic, entries[0].level)


@dataclass(frozen=True, slots=True)
class Conversation:
    """What is carried from turn to turn.

    What was spoken of; the entries of the last reply (answers or choices), in order; those answered of late; and the
    roles in the order in which they were mentioned.
    """

    facets: Facets = field(default_factory=Facets)
    entries: tuple[str, ...] = ()
    answered: tuple[str, ...] = ()
    mentioned: tuple[str, ...] = ()

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

        What only sets others side by side comes last: a member calls "the first one" what is shown in full.
        """
        about = facets_of(*entries)
        shown = sorted(entries, key=lambda entry: bool(entry.side_by_side))
        ids = tuple(entry.id for entry in shown)
        spoken_of = (*self.mentioned, *named, *(entry.role or entry.suggests for entry in shown))
        return Conversation(
            replace(about, roles=about.roles or roles),
            ids,
            (*self.answered, *ids)[-REMEMBERED:],
            tuple(dict.fromkeys(filter(None, spoken_of))),
        )


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
    question in parts.
    """

    outcome: Outcome
    entries: tuple[Reference, ...]
    record: str | None
    runners_up: tuple[Reference, ...]
    why: tuple[Match, ...]
    conversation: Conversation
    record_confidence: float = 0.0
