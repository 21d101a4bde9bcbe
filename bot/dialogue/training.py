"""Turns whose meaning is known, to fit the model of readings on: the labelled chats, and turns made of the knowledge.

Knows nothing of how the model is fitted.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from bot.dialogue.records import Conversation
from bot.dialogue.turns import Turn
from bot.knowledge.fields import NOT_COVERED, SMALL_TALK
from bot.knowledge.records import Entry, KnowledgeBase

# A message that was not read yet, its conversation, and what it means.
Unread = tuple[str, Conversation, tuple[str, ...]]
# The kinds of words that ask to hear the same again.
SAME = ("again", "reason", "short", "example", "meaning")
# So many chats, the newest, tell how turns are read: more only make the start slower.
NEWEST_CHATS = 700
# After each entry every so manyth record of small talk is said.
TALK_APART = 5
# So many phrases and jobs of each personal fact are told.
TELLINGS = 4


@dataclass(frozen=True)
class KnownTurn:
    """A message in a conversation, and what it means: ids of entries (any one will do), or names of outcomes."""

    question: str
    turn: Turn
    conversation: Conversation
    expect: tuple[str, ...]


def known_turns(knowledge: KnowledgeBase, read: Callable[[str], Turn]) -> Iterator[KnownTurn]:
    """All of them, but for chats of long ago."""
    for example in knowledge.examples:
        yield KnownTurn(example.question, read(example.question), Conversation(), example.expect)
    for told, entry_id in _tellings(knowledge):
        yield KnownTurn(told, read(told), Conversation(), (entry_id,))
    for chat in knowledge.follow_ups.chats[-NEWEST_CHATS:]:
        conversation = Conversation()
        for turn in chat:
            asked = read(turn.question)
            yield KnownTurn(turn.question, asked, conversation, turn.expect)
            entry = next((knowledge.entries[i] for i in turn.expect if i in knowledge.entries), None)
            if entry:
                conversation = conversation.answered_with([entry], asked.utterance.facets.roles, asked.utterance.roles)
            if entry or NOT_COVERED in turn.expect:
                conversation = conversation.after(asked)
    if knowledge.follow_ups.chats:
        for place, entry in enumerate(knowledge.entries.values()):
            for text, conversation, expect in _pointing_back(knowledge, entry, place):
                yield KnownTurn(text, read(text), conversation, expect)


def _tellings(knowledge: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """Messages that only tell something personal, and the entry that each is answered with."""
    facts = knowledge.personal_facts
    for fact in facts.facts:
        jobs = [f"{before} {noun}" for before in facts.before_nouns[:1] for noun in fact.nouns[:TELLINGS]]
        if fact.entry:
            yield from ((told, fact.entry) for told in (*fact.phrases[:TELLINGS], *jobs))


def _pointing_back(knowledge: KnowledgeBase, entry: Entry, place: int) -> Iterator[Unread]:
    """After an entry: small talk, ways to ask for more and to hear it again, and one to choose from a list, in turn."""
    said, words = Conversation().answered_with([entry]), knowledge.follow_ups
    for record in list(knowledge.small_talk.values())[place % TALK_APART :: TALK_APART]:
        yield (record.ask[place % len(record.ask)], said, (SMALL_TALK,))
    if words.more and (entry.more or entry.related):
        yield (words.more[place % len(words.more)], said, (entry.id,) if entry.more else entry.related)
    for names in (getattr(words, kind) for kind in SAME):
        if names:
            yield (names[place % len(names)], said, (entry.id,))
    offered = (entry.id, *entry.related)
    if len(offered) == 1:
        return
    choosing = replace(said, entries=offered, answered=())
    if words.ordinals:
        name, number = list(words.ordinals.items())[place % len(words.ordinals)]
        chosen = offered[min(number, len(offered)) - (number > 0)]
        yield (name, choosing, (chosen,))
    yield (entry.title, choosing, (entry.id,))
    if words.none_of_these:
        yield (words.none_of_these[place % len(words.none_of_these)], choosing, (NOT_COVERED,))
