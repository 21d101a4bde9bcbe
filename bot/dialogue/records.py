"""What goes into the advisor and comes out of it. Frozen; a turn of the conversation makes a new `Conversation`."""

from dataclasses import dataclass, field

from bot.matching.decision import Outcome
from bot.matching.matcher import Match
from bot.matching.utterance import Facets


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
