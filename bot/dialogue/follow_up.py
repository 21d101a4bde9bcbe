"""Follow-ups: what a message leaves unsaid is taken from the conversation. Knows no knowledge but the vocabulary."""

import re
from dataclasses import replace

from bot.knowledge.records import Vocabulary
from bot.matching.matcher import Candidate, Match
from bot.matching.utterance import Facets, Utterance, UtteranceReader

STRONG_OPENERS = frozenset({"and", "or", "but", "also", "same", "no", "nah", "sorry"})
PEOPLE = ("they", "them", "those", "he", "she", "him", "her")
THINGS = frozenset({"that", "there", "it", "its", "these", "this", "their", "then"})
SHORT = 7
VERY_SHORT = 4
# Words that carry no topic: a message of these and names of facets only asks the last question about something else.
FILLERS = frozenset(
    """a about actually after again ah all also alright an and are as at but case cool damn did do does else exactly
    fine for from general get go going great haha hm hmm how i id if im in instead into is it its just kind later
    level like lol make makes me mean meant my nah nice no normal normally not now of oh ok okay on one ones only
    or people please precisely question rather same say so some sorry stage stay still talk tell than that thats the
    their them then there they thing think this those though to too usual usually was wait we what whats when
    who with would wow wrong yes you zero two three four five six seven eight nine ten year years yr yrs""".split()
)
# A message of these and fillers only asks to hear more of what was just said.
MORE = frozenset(
    """why more elaborate explain explanation detail details detailed further deeper continue reason reasons come
    can could on simpler simple understand get dont didnt quite expand bit little anything
    much many higher lower bigger""".split()
)
ASKS_MORE = frozenset(
    "why more elaborate explain detail details deeper further continue reason reasons simpler expand".split()
)
ORDINALS = {"first": 0, "1st": 0, "former": 0, "second": 1, "2nd": 1, "latter": 1, "third": 2, "3rd": 2, "fourth": 3}
ORDINALS |= {"4th": 3, "last": -1}
_INTERJECTION = re.compile(
    r"(?:a+h+|alright|btw|cool|damn|fine(?=[,.!])|got it|great|haha+|h+m+|lol|nice|ok(?:ay)?|oh|then|well|wow|yeah|yep)"
    r"\b[\s,.!:…-]*",
    re.IGNORECASE,
)
STANDS_ALONE = 4


def without_interjections(text: str) -> str:
    """The text without "ok", "hmm" and the like before it, as long as enough words are left to be a question."""
    while (found := _INTERJECTION.match(text)) and len(text[found.end() :].split()) >= STANDS_ALONE:
        text = text[found.end() :]
    return text


def asks_the_same(unnamed: tuple[str, ...], own: Facets) -> bool:
    """Whether a message only names another role, level or topic ("and senior?", "no, I meant AI engineers")."""
    says_something = bool(own.roles or own.topic or own.level or own.other_role)
    return says_something and all(word in FILLERS or word in ORDINALS or word.isdecimal() for word in unnamed)


def asks_for_more(words: tuple[str, ...]) -> bool:
    """Whether a message only asks to hear more ("why?", "tell me more")."""
    return bool(ASKS_MORE.intersection(words)) and all(word in FILLERS or word in MORE for word in words)


def ordinal(unnamed: tuple[str, ...]) -> int | None:
    """The place, from 0, that a message chooses and says nothing else ("the second one"); -1 is the last."""
    places = [ORDINALS[word] for word in unnamed if word in ORDINALS]
    only = all(word in FILLERS or word in MORE or word in ORDINALS for word in unnamed)
    return places[0] if len(places) == 1 and only else None


def context_weight(utterance: Utterance) -> float:
    """How much the conversation counts in reading this message, from 0 (stands alone) to 1."""
    words, facets = utterance.words, utterance.facets
    if not facets.roles and any(person in words for person in PEOPLE):
        return 0.9
    if facets.other_role:
        return 0.9
    if words and words[0] in STRONG_OPENERS:
        return 0.75
    if facets.roles and facets.topic:
        return 0.0
    if len(words) <= VERY_SHORT or THINGS.intersection(words):
        return 0.6
    return 0.5 if len(words) <= SHORT else 0.0


def with_role(utterance: Utterance, merged: Facets, vocabulary: Vocabulary, reader: UtteranceReader) -> str:
    """The message with the role that is spoken of: in place of "they", or at the end."""
    words, own = utterance.words, utterance.facets
    if own.roles or len(merged.roles) != 1:
        return " ".join(words)
    (role,) = merged.roles
    if own.other_role:
        return reader.with_only(role, utterance)
    title = vocabulary.roles[role].title
    for place, word in enumerate(words):
        if word in PEOPLE:
            return " ".join((*words[:place], title, *words[place + 1 :]))
    return " ".join((*words, title))


def with_all(text: str, merged: Facets, own: Facets, vocabulary: Vocabulary) -> str:
    """The message with topic and level added, too, where it leaves them unsaid."""
    if not own.topic and merged.topic:
        text += f" {vocabulary.topics[merged.topic].title}"
    if not own.level and merged.level:
        text += f" {vocabulary.levels[merged.level].title}"
    return text


def mixed(alone: Match, in_context: Match, weight: float) -> Match:
    """One match out of two: each candidate's confidence is the mean of both, weighted."""
    confidence: dict[str, float] = {}
    best: dict[str, Candidate] = {}
    for match, share in ((alone, 1 - weight), (in_context, weight)):
        for candidate in match.candidates:
            key = f"{candidate.target.kind}:{candidate.target.id}"
            confidence[key] = confidence.get(key, 0.0) + share * candidate.confidence
            best.setdefault(key, candidate)
    candidates = [replace(candidate, confidence=confidence[key]) for key, candidate in best.items()]
    candidates.sort(key=lambda c: -c.confidence)
    return Match(tuple(candidates), in_context.utterance, in_context.facets)
