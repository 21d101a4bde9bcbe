"""Follow-ups: what a message leaves unsaid is taken from the conversation. Knows no knowledge but the vocabulary."""

from dataclasses import replace

from bot.knowledge.records import Vocabulary
from bot.matching.facets import Facets
from bot.matching.matcher import Candidate, Match

STRONG_OPENERS = frozenset({"and", "or", "but", "also", "same", "no", "nah", "sorry"})
PRONOUNS = frozenset({"they", "them", "their", "that", "those", "there", "it", "its", "these", "he", "she", "this"})
SHORT = 7
VERY_SHORT = 4
# Words that carry no topic: a message of these and names of facets only asks the last question about something else.
FILLERS = frozenset(
    [
        "a",
        "about",
        "actually",
        "after",
        "again",
        "ah",
        "all",
        "also",
        "alright",
        "an",
        "and",
        "are",
        "as",
        "at",
        "but",
        "case",
        "cool",
        "damn",
        "did",
        "do",
        "does",
        "else",
        "fine",
        "for",
        "from",
        "general",
        "get",
        "go",
        "going",
        "great",
        "haha",
        "hm",
        "hmm",
        "how",
        "i",
        "i'd",
        "i'm",
        "if",
        "in",
        "instead",
        "into",
        "is",
        "it",
        "it's",
        "its",
        "just",
        "kind",
        "later",
        "level",
        "like",
        "lol",
        "make",
        "makes",
        "me",
        "mean",
        "meant",
        "more",
        "my",
        "nah",
        "nice",
        "no",
        "normal",
        "normally",
        "not",
        "now",
        "of",
        "oh",
        "ok",
        "okay",
        "on",
        "or",
        "people",
        "please",
        "question",
        "rather",
        "same",
        "say",
        "so",
        "some",
        "sorry",
        "stage",
        "stay",
        "still",
        "talk",
        "tell",
        "than",
        "that",
        "that's",
        "the",
        "their",
        "them",
        "then",
        "there",
        "they",
        "thing",
        "think",
        "this",
        "those",
        "though",
        "to",
        "too",
        "usual",
        "usually",
        "was",
        "wait",
        "we",
        "what",
        "what's",
        "whats",
        "when",
        "with",
        "would",
        "wow",
        "yes",
        "you",
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "year",
        "years",
        "yr",
        "yrs",
    ]
)


def asks_the_same(unnamed: tuple[str, ...], own: Facets) -> bool:
    """Whether a message only names another role, level or topic ("and senior?", "no, I meant AI engineers")."""
    says_something = bool(own.roles or own.topic or own.level or own.other_role)
    return says_something and all(word in FILLERS or word.isdecimal() for word in unnamed)


def context_weight(words: tuple[str, ...], facets: Facets) -> float:
    """How much the conversation counts in reading this message, from 0 (stands alone) to 1."""
    if facets.other_role or (words and words[0] in STRONG_OPENERS):
        return 0.75
    if facets.roles and facets.topic:
        return 0.0
    if len(words) <= VERY_SHORT or PRONOUNS.intersection(words):
        return 0.6
    return 0.5 if len(words) <= SHORT else 0.0


def spelled_out(text: str, merged: Facets, own: Facets, vocabulary: Vocabulary) -> tuple[str, str]:
    """The message with what it leaves unsaid added in words: the role alone, and role, topic and level."""
    role, rest = "", ""
    if not own.roles and len(merged.roles) == 1:
        role = " ".join(vocabulary.roles[key].title for key in merged.roles)
    if not own.topic and merged.topic:
        rest += f" {vocabulary.topics[merged.topic].title}"
    if not own.level and merged.level:
        rest += f" {vocabulary.levels[merged.level].title}"
    bare = text.rstrip("?.! ")
    return f"{bare} {role}", f"{bare} {role}{rest}"


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
    return Match(tuple(candidates), in_context.words, in_context.facets)
