"""Scoring labelled questions: how often the advisor is right, by style, and where it errs. Pure; prints nothing."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import fmean
from typing import Any, NamedTuple

from bot.dialogue.advisor import Advisor
from bot.dialogue.records import Conversation, Reply
from bot.knowledge.fields import NOT_COVERED, SMALL_TALK
from bot.matching.decision import Outcome

FOLLOW_UP = "follow-up"
COVERED, UNCOVERED, ALL = "covered questions", "not covered", "all"
# The ranges of confidence within which the share of right replies is counted.
EDGES = (0.0, 0.4, 0.6, 0.8, 0.9, 0.97, 1.0001)


@dataclass(frozen=True)
class Labelled:
    """A question with its label: any of `gold` will do, or all of `every` must be in the answer."""

    question: str
    style: str
    gold: frozenset[str]
    every: frozenset[str]

    @property
    def wanted(self) -> str:
        """The label in words."""
        return " or ".join(sorted(self.gold)) or " and ".join(sorted(self.every))


@dataclass(frozen=True)
class Scored:
    """A labelled question and what came of it."""

    labelled: Labelled
    reply: Reply

    @property
    def ids(self) -> list[str]:
        """The entries that the reply names."""
        return [entry.id for entry in self.reply.entries]

    @property
    def given(self) -> str:
        """The label that the reply amounts to: an entry's id, or the outcome."""
        return {
            Outcome.ANSWER: " + ".join(self.ids),
            Outcome.CLARIFY: f"clarify: {', '.join(self.ids)}",
            Outcome.DECLINE: NOT_COVERED,
            Outcome.SMALL_TALK: SMALL_TALK,
        }[self.reply.outcome]

    @property
    def right(self) -> bool:
        """Whether the reply is the right one. Of several entries, the first counts, unless all were asked for."""
        if self.reply.outcome is not Outcome.ANSWER:
            return self.given in self.labelled.gold
        return self.labelled.every <= {*self.ids} if self.labelled.every else self.ids[0] in self.labelled.gold

    @property
    def helpful_clarification(self) -> bool:
        """A clarification that offers what was meant."""
        wanted = self.labelled.gold | self.labelled.every
        return self.reply.outcome is Outcome.CLARIFY and any(i in wanted for i in self.ids)

    @property
    def wrong(self) -> bool:
        """A confident wrong answer: the worst that can happen."""
        return self.reply.outcome is Outcome.ANSWER and not self.right

    @property
    def confidence(self) -> float:
        """How sure the bot was of an answer."""
        return min((e.confidence for e in self.reply.entries), default=0.0)

    @property
    def best_guess(self) -> tuple[float, bool] | None:
        """How sure the bot was of its answer, or of the first choice of a clarification, and whether that is right."""
        if self.reply.outcome is Outcome.CLARIFY:
            return self.reply.entries[0].confidence, self.ids[0] in self.labelled.gold | self.labelled.every
        return (self.confidence, self.right) if self.reply.outcome is Outcome.ANSWER else None


class Counts(NamedTuple):
    """The scores of a group of questions."""

    questions: int
    right: int
    clarified: int
    declined: int
    wrong: int


def read_labelled(path: Path) -> Iterator[tuple[Labelled, ...]]:
    """The dialogues of a JSON Lines file; a single question is a dialogue of one turn.

    Raises ValueError, naming the line, when a line is not as described.
    """
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            try:
                row = json.loads(line)
                yield tuple(_labelled(turn, index) for index, turn in enumerate(row.get("turns", [row])))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                message = f"{path}:{number}: not a labelled question ({error!r}); see bot/README.md"
                raise ValueError(message) from error


def _labelled(row: dict[str, Any], index: int) -> Labelled:
    style = row.get("style") or row.get("kind") or (FOLLOW_UP if index else "first turn")
    gold, every = frozenset(row.get("gold", ())), frozenset(row.get("all", ()))
    if not gold | every:
        raise KeyError("gold")
    return Labelled(row["q"], style, gold, every)


def score(advisor: Advisor, dialogues: Iterable[tuple[Labelled, ...]]) -> Iterator[Scored]:
    """Ask each question, each dialogue in a conversation of its own."""
    for dialogue in dialogues:
        conversation = Conversation()
        for labelled in dialogue:
            reply = advisor.reply(labelled.question, conversation)
            conversation = reply.conversation
            yield Scored(labelled, reply)


def count_outcomes(scored: Iterable[Scored]) -> dict[str, Counts]:
    """The counts of each style, in the order in which they first come, then of what is covered and not, and of all."""
    styles: dict[str, list[Scored]] = {}
    totals: dict[str, list[Scored]] = {COVERED: [], UNCOVERED: [], ALL: []}
    for item in scored:
        styles.setdefault(item.labelled.style, []).append(item)
        totals[UNCOVERED if item.labelled.gold == {NOT_COVERED} else COVERED].append(item)
        totals[ALL].append(item)
    return {name: _count(group) for name, group in (styles | totals).items()}


def _count(group: Sequence[Scored]) -> Counts:
    outcomes = Counter(s.reply.outcome for s in group)
    right, wrong = sum(s.right for s in group), sum(s.wrong for s in group)
    return Counts(len(group), right, outcomes[Outcome.CLARIFY], outcomes[Outcome.DECLINE], wrong)


def confusions(scored: Iterable[Scored]) -> list[tuple[str, str, int]]:
    """Pairs (expected, given) of wrong answers, the most frequent first."""
    pairs = Counter((s.labelled.wanted, s.given) for s in scored if s.wrong)
    return [(expected, given, count) for (expected, given), count in pairs.most_common()]


def misses(scored: Iterable[Scored]) -> list[Scored]:
    """What was not right, the surest first."""
    return sorted((s for s in scored if not s.right), key=lambda s: (not s.wrong, -s.confidence))


def failed_checks(advisor: Advisor) -> list[Scored]:
    """The questions of checks.yaml that no longer get their answer."""
    checks = (Labelled(c.question, "check", frozenset(c.expect), frozenset()) for c in advisor.knowledge.checks)
    return [s for s in score(advisor, ((check,) for check in checks)) if not s.right]


@dataclass(frozen=True)
class Bin:
    """The best guesses whose confidence lies in one range: how many, their mean confidence, the share that is right."""

    questions: int
    confidence: float
    right: float


def bins(scored: Sequence[Scored]) -> tuple[Bin, ...]:
    """The best guesses of all answers and clarifications, by confidence; empty ranges are left out.

    (Reliability and expected calibration error: Guo et al. 2017, arXiv:1706.04599.)
    """
    guesses = [s.best_guess for s in scored if s.best_guess]
    inside = ([guess for guess in guesses if low <= guess[0] < high] for low, high in pairwise(EDGES))
    return tuple(Bin(len(found), *(fmean(values) for values in zip(*found, strict=True))) for found in inside if found)


def calibration_error(reliability: Sequence[Bin]) -> float:
    """The mean distance between confidence and the share that is right, weighted by the bins' questions."""
    total = sum(b.questions for b in reliability) or 1
    return sum(b.questions * abs(b.confidence - b.right) for b in reliability) / total
