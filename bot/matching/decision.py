"""Probabilities → what to do: answer, clarify, decline or small talk, whichever is expected to cost a member least.

The costs say how bad each mistake is; how sure is sure enough follows from them and from the fitted confidence. (Bayes
decision rule: Berger, "Statistical Decision Theory", 1985.) Knows nothing of conversations.
"""

from dataclasses import dataclass
from enum import StrEnum

from bot.matching.acceptance import Acceptance
from bot.matching.matcher import Candidate, Match
from bot.matching.targets import Kind

MIN_CHOICES, MAX_CHOICES = 2, 4
# What each reply costs the member, from 0 (just right) to 1 (a confident wrong answer).
WRONG = 1.0
NEEDLESS_CLARIFICATION = 0.5
CLARIFIED_UNCOVERED = 0.5
USELESS_CLARIFICATION = 0.75
NEEDLESS_DECLINE = 0.9


class Outcome(StrEnum):
    """What a reply is."""

    ANSWER = "answer"
    CLARIFY = "clarify"
    DECLINE = "decline"
    SMALL_TALK = "small_talk"


@dataclass(frozen=True)
class Decision:
    """The outcome and the candidates it is about: answers, choices, or what is nearest."""

    outcome: Outcome
    candidates: tuple[Candidate, ...]
    expected_cost: float


def decide(match: Match, acceptance: Acceptance = Acceptance()) -> Decision:  # noqa: B008 - frozen
    """The reply with the lowest expected cost; where two cost the same, the more careful one."""
    entries = match.of_kind(Kind.ENTRY)
    if not any(candidate.nearest > 0 for candidate in match.candidates):
        return Decision(Outcome.DECLINE, (), NEEDLESS_DECLINE)  # not a word of it is known
    covered, chat = match.share(Kind.ENTRY), match.share(Kind.SMALL_TALK)
    decline = NEEDLESS_DECLINE * covered + WRONG * chat
    options = [
        Decision(Outcome.DECLINE, match.of_kind(Kind.NOT_COVERED), decline),
        Decision(Outcome.SMALL_TALK, match.of_kind(Kind.SMALL_TALK), WRONG * (1 - chat)),
    ]
    for count in range(MIN_CHOICES, min(MAX_CHOICES, len(entries)) + 1):
        shown = sum(c.confidence for c in entries[:count])
        uncovered = match.none + match.share(Kind.NOT_COVERED)
        cost = NEEDLESS_CLARIFICATION * shown + CLARIFIED_UNCOVERED * uncovered
        cost += USELESS_CLARIFICATION * (1 - shown - uncovered)
        options.append(Decision(Outcome.CLARIFY, entries[:count], cost))
    if entries:
        answer = acceptance.best(entries)
        options.append(Decision(Outcome.ANSWER, (answer,), WRONG * (1 - answer.confidence)))
    return min(options, key=lambda option: option.expected_cost)
