"""Questions in two parts, and questions about both roles. Knows matches; nothing of how a reply is shown."""

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import islice

from bot.knowledge.records import KnowledgeBase
from bot.matching.matcher import Match, Matcher
from bot.matching.targets import Kind
from bot.matching.utterance import Facets

MIN_WORDS = 2
# A message of more joints is a story, or is meant to keep the bot busy.
MOST_JOINTS = 8


def joint(words: Iterable[str]) -> re.Pattern[str]:
    """What joins two questions: one of these words, or the end of a sentence or of a line."""
    names = "|".join(sorted((re.escape(word) for word in words), key=len, reverse=True)) or "(?!)"
    joined = rf",?\s+(?:{names})\s+"
    return re.compile(rf"{joined}|[?;]\s+|\s*\n\s*(?:[-•*]\s*|\d+[.)]\s*)?", re.IGNORECASE)


def halves(text: str, joint: re.Pattern[str]) -> list[tuple[str, str]]:
    """Every way to cut a message into two parts at a joint; none where it has too many."""
    found = list(islice(joint.finditer(text), MOST_JOINTS + 1))
    if len(found) > MOST_JOINTS:
        return []
    cuts = [(text[: m.start()].strip(), text[m.end() :].strip()) for m in found]
    return [(a, b) for a, b in cuts if len(a.split()) >= MIN_WORDS and len(b.split()) >= MIN_WORDS]


def twin(knowledge: KnowledgeBase, entry_id: str, facets: Facets) -> str | None:
    """The entry that says of the other role what this one says, where the message is not about one role alone."""
    other = knowledge.twin(entry_id)
    return other.id if other and facets.roles != {knowledge.entries[entry_id].role} else None


def asked_of_each(knowledge: KnowledgeBase, matcher: Matcher, match: Match) -> tuple[tuple[str, ...], float]:
    """As `both_roles`, found by asking the question of one role, then of the other, where it names both."""
    if len(match.facets.roles) < len(knowledge.vocabulary.roles):
        return (), 0.0
    answers = []
    for role in knowledge.vocabulary.roles:
        asked = matcher.reader.with_only(role, match.utterance)
        answers.append(matcher.match(asked, replace(match.facets, roles=frozenset({role}))).candidates[0])
    if any(answer.target.kind is not Kind.ENTRY for answer in answers):
        return (), 0.0
    pair = tuple(answer.target.id for answer in answers)
    if twin(knowledge, pair[0], match.facets) != pair[-1]:
        return (), 0.0
    return pair, min(answer.confidence for answer in answers)


def both_roles(knowledge: KnowledgeBase, match: Match) -> tuple[tuple[str, ...], float]:
    """The pair of entries that answers for both roles, with the probability that it is wanted; or nothing and 0."""
    entries = {c.target.id: c.confidence for c in match.of_kind(Kind.ENTRY)}
    if not entries:
        return (), 0.0
    best = next(iter(entries))
    pair = knowledge.entries[best].side_by_side or _pair(knowledge, best, match.facets)
    if not match.word_for_word:
        pair = _at_level(knowledge, pair, match.facets.level)
    if not pair:
        return (), 0.0
    topic = knowledge.entries[best].topic
    wanted = {*pair, *(e.id for e in knowledge.entries.values() if e.side_by_side and e.topic == topic), best}
    return pair, sum(entries.get(i, 0.0) for i in wanted)


def _pair(knowledge: KnowledgeBase, best: str, facets: Facets) -> tuple[str, ...]:
    other = twin(knowledge, best, facets)
    return (best, other) if other else ()


def _at_level(knowledge: KnowledgeBase, pair: tuple[str, ...], level: str | None) -> tuple[str, ...]:
    """The same pair at the level that the question names, where both have it."""
    if level is None:
        return pair
    levelled = [
        knowledge.of_facets(e.role, e.topic, level) if e.level != level else e
        for e in map(knowledge.entries.get, pair)
        if e
    ]
    return tuple(e.id for e in levelled if e) if all(levelled) else pair
