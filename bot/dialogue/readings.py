"""The readings of a turn, each a match; nothing here says which is right.

By itself, with the role that was spoken of put in, as the last question with something replaced, as a choice, as more
of that, as the same again.
"""

from collections.abc import Iterator
from dataclasses import replace
from enum import IntEnum

from bot.dialogue.records import Conversation, facets_of
from bot.dialogue.turns import Turn
from bot.knowledge.records import Entry, KnowledgeBase
from bot.matching.matcher import Match, Matcher
from bot.matching.targets import Kind, Target


class Reading(IntEnum):
    """How a turn may be read."""

    STANDALONE = 0
    ROLE_CARRIED = 1
    REPLACED = 2
    CHOSEN = 3
    MORE = 4
    AGAIN = 5


class ReadingMaker:
    """Makes the readings of turns."""

    def __init__(self, knowledge: KnowledgeBase, matcher: Matcher) -> None:
        """Match with this matcher."""
        self._knowledge, self._matcher = knowledge, matcher
        self._targets = {target.id: target for target in matcher.targets if target.kind is Kind.ENTRY}

    def target(self, entry_id: str) -> Target:
        """The target that an entry is."""
        return self._targets[entry_id]

    def of(self, text: str, turn: Turn, conversation: Conversation) -> dict[Reading, Match]:
        """Every reading that this turn can have in this conversation; the first is always there."""
        alone = self._matcher.match_message(text)
        readings = {Reading.STANDALONE: alone}
        if conversation.is_new:
            return readings
        own, role = turn.utterance.facets, self._role(turn, conversation)
        if role and not own.roles:
            facets = replace(own, roles=frozenset({role}), other_role=False)
            readings[Reading.ROLE_CARRIED] = self._matcher.match(self._with_role(turn, role), facets)
        pointed = dict(self._pointed_at(turn, conversation, role))
        return readings | {r: _led_by(alone, self._targets[i], self._knowledge) for r, i in pointed.items()}

    def _role(self, turn: Turn, conversation: Conversation) -> str | None:
        """The one role that a turn is about: named, in short, by the order of mention, the other one, or as before."""
        own, roles = turn.utterance.facets, conversation.facets.roles
        if turn.names_every_role:
            return None
        if own.roles:
            roles = own.roles
        elif own.other_role:
            roles = self._matcher.reader.every_role - roles
        elif turn.short_role:
            roles = frozenset({turn.short_role})
        elif turn.place is not None and (turn.content or len(conversation.entries) == 1):
            order = conversation.mentioned or tuple(self._knowledge.vocabulary.roles)
            roles = frozenset(order[turn.place : turn.place + 1 or None]) or roles
        return next(iter(roles)) if len(roles) == 1 else None

    def _with_role(self, turn: Turn, role: str) -> str:
        """The message with the role in place of "they" or of "the other one", or at the end."""
        title, text = self._knowledge.vocabulary.roles[role].title, turn.utterance.words
        if turn.utterance.facets.other_role:
            return self._matcher.reader.with_only(role, turn.utterance)
        start, end = turn.people or (len(text), len(text))
        return " ".join((*text[:start], title, *text[end:]))

    def _pointed_at(self, turn: Turn, conversation: Conversation, role: str | None) -> Iterator[tuple[Reading, str]]:
        """The readings that mean one entry for certain: none where the turn names a place or what else restricts it."""
        if turn.utterance.slots:
            return
        entries, last = conversation.entries, conversation.last
        replaced = self._replaced(turn, conversation, role)
        if replaced:
            yield Reading.REPLACED, replaced.id
        if turn.place is not None and not turn.content and -1 <= turn.place < len(entries) > 1:
            yield Reading.CHOSEN, entries[turn.place]
        if last in self._targets:
            entry = self._knowledge.entries[last]
            further = [i for i in entry.related if i not in conversation.answered]
            same_role = [i for i in further if self._knowledge.entries[i].role in {entry.role, None}]
            yield Reading.MORE, (same_role or further or [last])[0]
            yield Reading.AGAIN, last

    def _replaced(self, turn: Turn, conversation: Conversation, role: str | None) -> Entry | None:
        """The last question, asked of another role, topic or level."""
        own, before, of_facets = turn.utterance.facets, conversation.facets, self._knowledge.of_facets
        topic, level = own.topic or before.topic, own.level or before.level
        if topic is None:
            return None
        if turn.names_every_role or len(own.roles) > 1:
            entries = self._knowledge.entries.values()
            return next((e for e in entries if e.side_by_side and e.topic == topic), None)
        names = (own.roles, own.topic, own.level, own.other_role, turn.short_role, turn.place is not None)
        if role is None or not any(names):
            return None
        return of_facets(role, topic, level) or of_facets(role, topic, own.level)


def _led_by(alone: Match, target: Target, knowledge: KnowledgeBase) -> Match:
    return replace(alone.led_by({target: ""}), facets=facets_of(knowledge.entries[target.id]))
