"""Follow-ups: what a message leaves unsaid is taken from the conversation. Knows no knowledge but the vocabulary."""

from dataclasses import replace

from bot.knowledge.records import Vocabulary
from bot.matching.facets import Facets
from bot.matching.matcher import Candidate, Match

OPENERS = frozenset(
    {"and", "or", "but", "then", "so", "also", "same", "ok", "okay", "no", "nah", "what", "how", "hm", "hmm"}
)
STRONG_OPENERS = frozenset({"and", "or", "but", "also", "same", "no", "nah"})
PRONOUNS = frozenset({"they", "them", "their", "that", "those", "there", "it", "its", "these", "he", "she", "this"})
SHORT = 7
VERY_SHORT = 4


def context_weight(words: tuple[str, ...], facets: Facets) -> float:
    """How much the conversation counts in reading this message, from 0 (stands alone) to 1."""
    if facets.other_role or (words and words[0] in STRONG_OPENERS):
        return 0.75
    if facets.roles and facets.topic:
        return 0.0
    if len(words) <= VERY_SHORT or PRONOUNS.intersection(words):
        return 0.6
    return 0.5 if len(words) <= SHORT else 0.0


def spelled_out(text: str, merged: Facets, own: Facets, vocabulary: Vocabulary) -> str:
    """The message with the facets that it leaves unsaid added in words, so that it can be matched on its own."""
    added = []
    if not own.roles and len(merged.roles) == 1:
        added += [vocabulary.roles[role].title for role in merged.roles]
    if not own.topic and merged.topic:
        added.append(vocabulary.topics[merged.topic].title)
    if not own.level and merged.level:
        added.append(vocabulary.levels[merged.level].title)
    return " ".join([text.rstrip("?.! "), *added])


def mixed(alone: Match, in_context: Match, weight: float) -> Match:
    """One match out of two: each candidate's confidence is the mean of both, weighted.

    A message that is clear by itself needs no context: the surer it is alone, the less the context weighs.
    """
    weight *= 1 - alone.candidates[0].confidence ** 2
    confidence: dict[str, float] = {}
    best: dict[str, Candidate] = {}
    for match, share in ((alone, 1 - weight), (in_context, weight)):
        for candidate in match.candidates:
            key = f"{candidate.target.kind}:{candidate.target.id}"
            confidence[key] = confidence.get(key, 0.0) + share * candidate.confidence
            best.setdefault(key, candidate)
    candidates = [replace(candidate, confidence=confidence[key]) for key, candidate in best.items()]
    candidates.sort(key=lambda c: -c.confidence)
    return Match(tuple(candidates), in_context.words, in_context.facets)
