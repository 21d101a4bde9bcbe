"""What an edit would do to the bot's answers: the old advisor and the new one, held against each other. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.dialogue.advisor import Advisor
from bot.dialogue.records import Reply
from bot.evaluation import failed_checks
from bot.matching.decision import Outcome
from bot.matching.matcher import Matcher

# Of the records that a new phrasing is near to, those at least so likely are looked at.
LIKELY = 0.01
# And of their phrasings, so many that are most similar.
SIMILAR = 400


@dataclass(frozen=True)
class Stolen:
    """A phrasing of one record that would, had it not been written, now go to a record of the edit."""

    phrasing: str
    owner: str
    winner: str


@dataclass(frozen=True)
class Effect:
    """Records by what happens to them, the checks that have not their answer then, and phrasings that go elsewhere."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    edited: tuple[str, ...]
    lost_checks: tuple[str, ...]
    stolen: tuple[Stolen, ...]


@dataclass(frozen=True)
class Tried:
    """What came of trying wordings: each with whether it gets to the edit's record, and what the first one gets."""

    answered: tuple[tuple[str, bool], ...]
    before: Reply
    after: Reply

    @property
    def works(self) -> bool:
        """Whether the question for which it was made gets there."""
        return self.answered[0][1]

    @property
    def overturned(self) -> bool:
        """Whether the question had a confident answer of another entry."""
        return self.before.outcome is Outcome.ANSWER and self.before.entries[0].id not in _named(self.after)


@dataclass(frozen=True)
class Trial:
    """The record that an edit is about, and the wordings that should get there, its own question first."""

    record: str
    wordings: tuple[str, ...]

    def tried(self, old: Advisor, new: Advisor) -> Tried:
        """Ask all wordings of the new advisor, the first one of both."""
        asked = dict.fromkeys(self.wordings)
        answered = tuple((text, self.record in _named(new.reply(text))) for text in asked)
        return Tried(answered, old.reply(self.wordings[0]), new.reply(self.wordings[0]))


def _named(reply: Reply) -> set[str | None]:
    """The records that a reply rests on; of a clarification, none."""
    return {reply.record, *(e.id for e in reply.entries if reply.outcome is Outcome.ANSWER)} - {None}


def effect_of(old: Advisor, new: Advisor) -> Effect:
    """Compare two advisors. Takes a second or two: not for the event loop."""
    before, after = old.knowledge.intents, new.knowledge.intents
    added = tuple(i for i in after if i not in before)
    removed = tuple(i for i in before if i not in after)
    edited = tuple(i for i in after if i in before and before[i] != after[i])
    lost = tuple(scored.labelled.question for scored in failed_checks(new))
    fresh = [text for i in (*added, *edited) for text in after[i].ask if i in added or text not in before[i].ask]
    near = {c.target.id for text in fresh for c in old.matcher.match(text).candidates if c.confidence > LIKELY}
    similar = _similar(old.matcher, fresh, [text for i in near for text in before[i].ask])
    return Effect(added, removed, edited, lost, _stolen(old.matcher, new.matcher, near, similar, {*added, *edited}))


def _similar(matcher: Matcher, fresh: Sequence[str], phrasings: Sequence[str]) -> set[str]:
    """Those of these phrasings that are most similar to any of the new ones."""
    if not (fresh and phrasings):
        return set()
    vectors = matcher.intent_embeddings([*fresh, *phrasings])
    similarity = (vectors[len(fresh) :] @ vectors[: len(fresh)].T).max(axis=1)
    return {phrasings[place] for place in np.argsort(-similarity)[:SIMILAR]}


def _stolen(old: Matcher, new: Matcher, near: set[str], similar: set[str], touched: set[str]) -> tuple[Stolen, ...]:
    """The phrasings near to new ones that were found without themselves, and would not be any more."""
    lost = [Stolen(item.phrasing, item.target.id, item.winner.target.id) for item in new.left_out(near, similar)]
    lost = [item for item in lost if item.winner != item.owner and item.winner in touched]
    owners, phrasings = {item.owner for item in lost}, {item.phrasing for item in lost}
    found = {(item.target.id, item.phrasing): item.winner.target.id for item in old.left_out(owners, phrasings)}
    return tuple(item for item in lost if found.get((item.owner, item.phrasing)) == item.owner)
