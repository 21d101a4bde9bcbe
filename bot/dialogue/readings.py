"""The readings of a turn, each a match; nothing here says which is right.

By itself; without what it only tells; as answered by what it tells; with the role that was spoken of put in; after the
last question; with what was said in place of "that"; as the last question with something replaced; as a choice, or as
none; as more of it; as the same again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import IntEnum

from bot.dialogue.records import Conversation
from bot.dialogue.telling import TellingReader
from bot.dialogue.turns import Turn
from bot.knowledge.records import KnowledgeBase
from bot.matching.matcher import Match, Matcher
from bot.matching.targets import Kind, Target
from bot.matching.text import words
from bot.matching.utterance import Facets

# A message of more words than this is no fragment of the last question.
FRAGMENT = 12


class Reading(IntEnum):
    """How a turn may be read."""

    STANDALONE = 0
    ROLE_CARRIED = 1
    EXTENDED = 2
    SUBJECT = 3
    REPLACED = 4
    CHOSEN = 5
    REJECTED = 6
    MORE = 7
    AGAIN = 8
    ASKED = 9
    TOLD = 10


class ReadingMaker:
    """Makes the readings of turns."""

    def __init__(self, knowledge: KnowledgeBase, matcher: Matcher, telling: TellingReader) -> None:
        """Match with this matcher."""
        self._knowledge, self._matcher, self._telling = knowledge, matcher, telling
        self._targets = {target.id: target for target in matcher.targets}
        self._by_facets = {
            (target.role, target.topic, target.level): target
            for target in reversed(matcher.targets)
            if target.kind is not Kind.SMALL_TALK
        }

    def target(self, entry_id: str) -> Target:
        """The target that an entry is."""
        return self._targets[entry_id]

    def of(self, text: str, turn: Turn, conversation: Conversation) -> dict[Reading, Match]:
        """Every reading that this turn can have in this conversation; the first is always there."""
        alone = self._alone(text, turn, conversation)
        readings = {Reading.STANDALONE: alone}
        asked = self._asked(text, turn)
        if asked:
            readings[Reading.ASKED] = asked
        told = next(self._telling.entries_of(self._telling.told(text)), None)
        if told and (self._is_decided(asked) if asked else self._telling.only_tells(text)):
            readings[Reading.TOLD] = _led_by(alone, [self._targets[told]])
        role, own = self._role(turn, conversation), turn.utterance.facets
        if conversation.is_new:
            if role and turn.short.roles and (own.topic or own.level) and not turn.utterance.slots:  # "prompt salary"
                readings[Reading.ROLE_CARRIED] = self._role_carried(turn, role)
            return readings
        readings |= self._worded(turn, conversation, role)
        for reading, *targets in self._pointed_at(turn, conversation, role):
            readings[reading] = _led_by(alone, targets)
        if "none_of_these" in turn.kinds and len(conversation.entries) > 1:
            none = tuple(candidate._replace(confidence=0.0) for candidate in alone.candidates)
            readings[Reading.REJECTED] = replace(alone, candidates=none, none=1.0)
        return readings

    def _alone(self, text: str, turn: Turn, conversation: Conversation) -> Match:
        """The message by itself. Where "they" may be the one role that is spoken of, no wording of it is certain."""
        facets = turn.utterance.facets
        is_carried = turn.people and len(conversation.facets.roles) == 1 and not facets.roles
        return self._matcher.match(text, facets) if is_carried else self._matcher.match_message(text)

    def _asked(self, text: str, turn: Turn) -> Match | None:
        """The message without what it only tells, asked of the role that it names anywhere."""
        asked = self._telling.asked(text)
        if not asked:
            return None
        roles, facets = turn.utterance.facets.roles, self._matcher.read(asked).facets
        if len(roles) != 1 or facets.roles:
            return self._matcher.match(asked)
        title = self._knowledge.vocabulary.roles[next(iter(roles))].title
        return self._matcher.match(f"{asked} {title}", replace(facets, roles=roles))

    def _is_decided(self, asked: Match) -> bool:
        """Whether what a member told answers what is asked ("which suits me?")."""
        best = asked.candidates[0].target
        return best.role is None and best.topic in self._knowledge.personal_facts.decided

    def _role(self, turn: Turn, conversation: Conversation) -> str | None:
        """The one role that a turn is about: named, in short, by the order of mention, the other one, or as before."""
        own, roles = turn.utterance.facets, conversation.facets.roles
        if turn.names_every_role:
            return None
        if own.roles:
            roles = own.roles
        elif own.other_role:
            roles = self._matcher.reader.every_role - roles
        elif turn.short.roles:
            roles = turn.short.roles
        elif turn.place is not None and (turn.content or len(conversation.entries) <= 1):
            order = tuple(dict.fromkeys((*conversation.mentioned, *self._knowledge.vocabulary.roles)))
            roles = frozenset(order[turn.place : turn.place + 1 or None]) or roles
        return next(iter(roles)) if len(roles) == 1 else None

    def _worded(self, turn: Turn, conversation: Conversation, role: str | None) -> dict[Reading, Match]:
        """The readings that put into words what the turn leaves unsaid."""
        if turn.only_points_back and conversation.last:
            return {}
        own, text = turn.utterance.facets, turn.utterance.words
        facets = replace(own, roles=frozenset({role}), other_role=False) if role else own
        readings = {}
        if role and not own.roles:
            readings[Reading.ROLE_CARRIED] = self._role_carried(turn, role)
        is_choice = turn.place is not None and not turn.content
        if conversation.question and len(text) <= FRAGMENT and not is_choice:
            readings[Reading.EXTENDED] = self._extended(turn, conversation.question, role)
        subject = self._knowledge.entries[conversation.entries[0]].subject if conversation.entries else None
        if turn.things and subject:
            start, end = turn.things
            put = (*text[:start], subject, *text[end:])
            readings[Reading.SUBJECT] = self._matcher.match(" ".join(put), facets)
        return readings

    def _role_carried(self, turn: Turn, role: str) -> Match:
        """The message, asked of a role that it does not name in full."""
        facets = replace(turn.utterance.facets, roles=frozenset({role}), other_role=False)
        return self._matcher.match(self._with_role(turn, role), facets)

    def _with_role(self, turn: Turn, role: str) -> str:
        """The message with the role in place of "they" or of "the other one", or at the end."""
        title, text = self._knowledge.vocabulary.roles[role].title, turn.utterance.words
        if turn.utterance.facets.other_role:
            return self._matcher.reader.with_only(role, turn.utterance)
        start, end = turn.people or turn.things or (len(text), len(text))
        return " ".join((*text[:start], title, *text[end:]))

    def _extended(self, turn: Turn, question: str, role: str | None) -> Match:
        """The last question, asked of the role that is meant now, with this turn after it."""
        reader, own = self._matcher.reader, turn.utterance.facets
        question = reader.without_slots(turn.utterance.restricted, self._matcher.read(question))
        asked = self._matcher.read(question)
        before = reader.with_only(role, asked) if role and asked.roles else question
        text = " ".join((before, *turn.utterance.words))
        both = self._matcher.read(text).facets
        roles = frozenset({role}) if role else own.roles or both.roles
        return self._matcher.match(text, replace(both, roles=roles, topic=own.topic or both.topic, other_role=False))

    def _pointed_at(
        self, turn: Turn, conversation: Conversation, role: str | None
    ) -> Iterator[tuple[Reading, *tuple[Target, ...]]]:
        """The readings that mean one thing for certain: none where the turn names a place or what else restricts it."""
        if turn.utterance.slots:
            return
        entries, last = conversation.entries, conversation.last
        replaced = self._replaced(turn, conversation, role)
        if replaced:
            yield Reading.REPLACED, *replaced
        if len(entries) > 1 and (chosen := self._chosen(turn, entries)):
            yield Reading.CHOSEN, self._targets[chosen]
        if last not in self._targets or self._names_another(turn, self._targets[last]):
            return
        asks_more = "more" in turn.kinds
        if asks_more or not turn.only_points_back:
            yield Reading.MORE, self._targets[self._more(last, conversation)]
        if not (asks_more and turn.only_points_back):
            yield Reading.AGAIN, self._targets[last]

    def _chosen(self, turn: Turn, entries: Sequence[str]) -> str | None:
        """The entry that a turn chooses from those that were offered: by its place, or by words of its title alone."""
        if turn.place is not None and not turn.content and -1 <= turn.place < len(entries):
            return entries[turn.place]
        titles = {i: words(self._knowledge.entries[i].title) for i in entries}
        called = [i for i, title in titles.items() if turn.salient and turn.salient <= {*title}]
        return called[0] if len(called) == 1 else None

    def _more(self, last: str, conversation: Conversation) -> str:
        """What belongs to the entry that was answered last: more of itself, else what is related, first of its role."""
        entry = self._knowledge.entries[last]
        if entry.more and last not in conversation.expanded:
            return last
        further = [i for i in entry.related if i not in conversation.answered]
        same_role = [i for i in further if self._knowledge.entries[i].role in {entry.role, None}]
        return (same_role or further or [last])[0]

    def _names_another(self, turn: Turn, last: Target) -> bool:
        """Whether the turn names a role or a level that the last answer is not about."""
        own = turn.utterance.facets
        another_role = bool(own.roles) and last.role is not None and last.role not in own.roles
        return another_role or bool(own.level and own.level != last.level)

    def _replaced(self, turn: Turn, conversation: Conversation, role: str | None) -> Sequence[Target]:
        """The last question, asked of another role, topic or level; of each role that is spoken of."""
        own, short, before = turn.utterance.facets, turn.short, conversation.facets
        own_topic, own_level = own.topic or short.topic, own.level or short.level
        if "later" in turn.kinds and not own_level:
            own_level = self._after(before.level)
        topic, level = own_topic or before.topic, own_level or before.level
        if topic is None:
            return ()
        names_all = turn.names_every_role or len(own.roles) > 1
        if names_all and not level:
            entries = self._knowledge.entries.values()
            return [self._targets[e.id] for e in entries if e.side_by_side and e.topic == topic][:1]
        is_home = bool(turn.utterance.restricted)  # what names another place is no replacement
        names = (own.roles, own_topic, own_level, own.other_role, short.roles, turn.place is not None, is_home)
        spoken_of = () if names_all else before.roles
        roles = [role] if role else [r for r in self._knowledge.vocabulary.roles if not spoken_of or r in spoken_of]
        if not (names_all or any(names)):
            return ()
        found = [self._by_facets.get((r, topic, level)) or self._by_facets.get((r, topic, own_level)) for r in roles]
        if role and not any((*found, own_topic, own_level)):
            found = [self._nearest_twin(conversation.last, role)]
        return [target for target in found if target] if all(found) else ()

    def _nearest_twin(self, entry_id: str, role: str) -> Target | None:
        """What is most like an entry that this role has no counterpart of: that of the first related one that has."""
        entry = self._knowledge.entries.get(entry_id)
        related = entry.related if entry else ()
        twins = (self._knowledge.twin(i) for i in related)
        return next((self._targets[twin.id] for twin in twins if twin and twin.role == role), None)

    def _after(self, level: str | None) -> str | None:
        """The level that comes after this one."""
        levels = list(self._knowledge.vocabulary.levels)
        return levels[levels.index(level) + 1] if level in levels[:-1] else None


def _led_by(alone: Match, targets: Sequence[Target]) -> Match:
    """Certainly these targets, each as much as the others."""
    roles = frozenset(target.role for target in targets if target.role)
    facets = Facets(roles, targets[0].topic, targets[0].level)
    return replace(alone.led_by(dict.fromkeys(targets, "")), facets=facets)
