"""Probabilities → what to do: answer, clarify, decline or small talk, whichever is expected to cost a member least.

The costs say how bad each mistake is; how sure is sure enough follows from them and from the fitted confidence. (Bayes
decision rule: Berger, "Statistical Decision Theory", 1985.) Knows nothing of conversations.
"""

from dataclasses import dataclass
from enum import StrEnum

from bot.matching.matcher import Candidate, Match
from bot.matching.targets import Kind

MIN_CHOICES, MAX_CHOICES = 2, 4


class Outcome(StrEnum):
    """What a reply is."""

    ANSWER = "answer"
    CLARIFY = "clarify"
    DECLINE = "decline"
    SMALL_TALK = "small_talk"


@dataclass(frozen=True)
class Costs:
    """What each reply costs the member, from 0 (just right) to 1 (a confident wrong answer)."""

    wrong: float = 1.0
    needless_clarification: float = 0.5
    clarified_uncovered: float = 0.5
    useless_clarification: float = 0.75
    needless_decline: float = 0.9


@dataclass(frozen=True)
class Decision:
    """The outcome and the candidates it is about: answers, choices, or what is nearest."""

    outcome: Outcome
    candidates: tuple[Candidate, ...]
    expected_cost: float


def decide(match: Match, costs: Costs = Costs()) -> Decision:
    """The reply with the lowest expected cost; where two cost the same, the more careful one."""
    entries = match.of_kind(Kind.ENTRY)
    if not any(candidate.nearest > 0 for candidate in match.candidates):
        return Decision(Outcome.DECLINE, (), costs.needless_decline)  # not a word of it is known
    covered, chat = match.share(Kind.ENTRY), match.share(Kind.SMALL_TALK)
    decline = costs.needless_decline * covered + costs.wrong * chat
    options = [
        Decision(Outcome.DECLINE, match.of_kind(Kind.NOT_COVERED), decline),
        Decision(Outcome.SMALL_TALK, match.of_kind(Kind.SMALL_TALK), costs.wrong * (1 - chat)),
    ]
    for count in range(MIN_CHOICES, min(MAX_CHOICES, len(entries)) + 1):
        shown = sum(c.confidence for c in entries[:count])
        uncovered = match.none + match.share(Kind.NOT_COVERED)
        cost = costs.needless_clarification * shown + costs.clarified_uncovered * uncovered
        cost += costs.useless_clarification * (1 - shown - uncovered)
        options.append(Decision(Outcome.CLARIFY, entries[:count], cost))
    if entries:
        options.append(Decision(Outcome.ANSWER, entries[:1], costs.wrong * (1 - entries[0].confidence)))
    return min(options, key=lambda option: option.expected_cost)
