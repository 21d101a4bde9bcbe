"""Scoring labelled questions: how often the advisor is right, by style, and where it errs. Pure; prints nothing."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from bot.dialogue.advisor import Advisor
from bot.dialogue.records import Conversation, Reply
from bot.knowledge.records import NOT_COVERED, SMALL_TALK
from bot.matching.decision import Outcome

FOLLOW_UP = "follow-up"
# The ranges of confidence within which the share of right replies is counted.
EDGES = (0.0, 0.4, 0.6, 0.8, 0.9, 0.97, 1.0001)


@dataclass(frozen=True)
class Labelled:
    """A question with its label: any of `gold` will do, or all of `every` must be in the answer."""

    question: str
    style: str
    gold: frozenset[str]
    every: frozenset[str]


@dataclass(frozen=True)
class Scored:
    """A labelled question and what came of it."""

    labelled: Labelled
    reply: Reply

    @property
    def given(self) -> str:
        """The label that the reply amounts to: an entry's id, or the outcome."""
        return {
            Outcome.ANSWER: " + ".join(e.id for e in self.reply.entries),
            Outcome.CLARIFY: "clarify: " + ", ".join(e.id for e in self.reply.entries),
            Outcome.DECLINE: NOT_COVERED,
            Outcome.SMALL_TALK: SMALL_TALK,
        }[self.reply.outcome]

    @property
    def right(self) -> bool:
        """Whether the reply is the right one. Of several entries, the first counts, unless all were asked for."""
        ids = [e.id for e in self.reply.entries]
        if self.reply.outcome is not Outcome.ANSWER:
            return self.given in self.labelled.gold
        return self.labelled.every <= set(ids) if self.labelled.every else ids[0] in self.labelled.gold

    @property
    def helpful_clarification(self) -> bool:
        """A clarification that offers what was meant."""
        ids = {e.id for e in self.reply.entries}
        wanted = self.labelled.gold | self.labelled.every
        return self.reply.outcome is Outcome.CLARIFY and bool(ids & wanted)

    @property
    def best_guess_right(self) -> bool:
        """Whether the answer, or the first choice of a clarification, is right."""
        if self.reply.outcome is Outcome.CLARIFY:
            return self.reply.entries[0].id in self.labelled.gold | self.labelled.every
        return self.right

    @property
    def wrong(self) -> bool:
        """A confident wrong answer: the worst that can happen."""
        return self.reply.outcome is Outcome.ANSWER and not self.right

    @property
    def confidence(self) -> float:
        """How sure the bot was of an answer."""
        return min((e.confidence for e in self.reply.entries), default=0.0)


@dataclass(frozen=True)
class Counts:
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
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            turns = row.get("turns", [row])
            yield tuple(_labelled(turn, index) for index, turn in enumerate(turns))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            message = f"{path}:{number}: not a labelled question ({error!r}); see bot/README.md"
            raise ValueError(message) from error


def _labelled(row: dict[str, Any], index: int) -> Labelled:
    style = row.get("style") or (FOLLOW_UP if index else "first turn")
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


def count_outcomes(scored: Iterable[Scored]) -> Counts:
    """Count a group."""
    group = list(scored)
    return Counts(
        questions=len(group),
        right=sum(s.right for s in group),
        clarified=sum(s.reply.outcome is Outcome.CLARIFY for s in group),
        declined=sum(s.reply.outcome is Outcome.DECLINE for s in group),
        wrong=sum(s.wrong for s in group),
    )


def by_style(scored: Iterable[Scored]) -> dict[str, Counts]:
    """A count for each style, in the order in which they first come."""
    groups: dict[str, list[Scored]] = {}
    for item in scored:
        groups.setdefault(item.labelled.style, []).append(item)
    return {style: count_outcomes(group) for style, group in groups.items()}


def confusions(scored: Iterable[Scored]) -> list[tuple[str, str, int]]:
    """Pairs (expected, given) of wrong answers, the most frequent first."""
    pairs = Counter((" or ".join(sorted(s.labelled.gold | s.labelled.every)), s.given) for s in scored if s.wrong)
    return [(expected, given, count) for (expected, given), count in pairs.most_common()]


def worst_misses(scored: Iterable[Scored]) -> list[Scored]:
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
    guesses = [
        (s.confidence if s.reply.outcome is Outcome.ANSWER else s.reply.entries[0].confidence, s.best_guess_right)
        for s in scored
        if s.reply.outcome in {Outcome.ANSWER, Outcome.CLARIFY}
    ]
    found = []
    for low, high in pairwise(EDGES):
        inside = [guess for guess in guesses if low <= guess[0] < high]
        if inside:
            count = len(inside)
            found.append(Bin(count, sum(c for c, _ in inside) / count, sum(right for _, right in inside) / count))
    return tuple(found)


def calibration_error(reliability: Sequence[Bin]) -> float:
    """The mean distance between confidence and the share that is right, weighted by the bins' questions."""
    total = sum(b.questions for b in reliability) or 1
    return sum(b.questions * abs(b.confidence - b.right) for b in reliability) / total
