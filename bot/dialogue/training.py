"""Turns whose meaning is known, to fit the model of readings on: the labelled chats, and turns made of the knowledge.

Knows nothing of how the model is fitted.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.dialogue.records import Conversation
from bot.knowledge.records import Entry, KnowledgeBase
from bot.matching.matcher import Matcher


@dataclass(frozen=True)
class KnownTurn:
    """A message in a conversation, and what it means: ids of entries (any one will do), or names of outcomes."""

    question: str
    conversation: Conversation
    expect: tuple[str, ...]


def known_turns(knowledge: KnowledgeBase, matcher: Matcher) -> Iterator[KnownTurn]:
    """All of them. Only turns that something was said before teach how to read."""
    for chat in knowledge.follow_ups.chats:
        conversation = Conversation()
        for turn in chat:
            if not conversation.is_new:
                yield KnownTurn(turn.question, conversation, turn.expect)
            entry = next((knowledge.entries[i] for i in turn.expect if i in knowledge.entries), None)
            if entry:
                asked = matcher.read(turn.question)
                conversation = conversation.answered_with([entry], asked.facets.roles, asked.roles)
    if knowledge.follow_ups.chats:
        for place, entry in enumerate(knowledge.entries.values()):
            yield from _pointing_back(knowledge, entry, place)


def _pointing_back(knowledge: KnowledgeBase, entry: Entry, place: int) -> Iterator[KnownTurn]:
    """After an entry: one of the ways to ask for more, and one to choose from a list, in turn."""
    said = Conversation().answered_with([entry])
    more, ordinals = knowledge.follow_ups.more, list(knowledge.follow_ups.ordinals.items())
    if more and entry.related:
        yield KnownTurn(more[place % len(more)], said, entry.related)
    offered = (entry.id, *entry.related)
    if ordinals and len(offered) > 1:
        name, number = ordinals[place % len(ordinals)]
        chosen = offered[min(number, len(offered)) - (number > 0)]
        for text in (name, f"the {name}", f"the {name} one"):
            yield KnownTurn(text, replace(said, entries=offered, answered=()), (chosen,))
