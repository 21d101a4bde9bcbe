"""The health of the knowledge: weak spots, the worst kind first, each with what to do. Computes; prints nothing.

Every phrasing of an entry is asked as if it had not been written (leave-one-out): what then goes wrong shows where the
knowledge is thin or two records overlap.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.knowledge.records import KnowledgeBase
from bot.matching.matcher import LeftOut, Matcher

THIN = 20
# Only what is lost clearly is worth a moderator's time.
CLEARLY = 0.8
# Cosine from which two phrasings of different records say the same.
NEARLY_THE_SAME = 0.97
# A record that wins so large a share of an entry's phrasings is confused with it.
CONFUSED = 0.15


class WeaknessKind(StrEnum):
    """What is weak, the worst first."""

    OVERDUE = "overdue"
    NEVER_REACHED = "never reached"
    THIN = "thin"
    CONFUSED = "confused"
    DUPLICATE = "near-duplicate"
    LOST = "lost phrasing"


@dataclass(frozen=True)
class Weakness:
    """A weak spot of an entry: what it is, where to look (`file:line`, or nothing), what to do."""

    kind: WeaknessKind
    entry: str
    message: str
    fix: str
    place: str = ""
    phrasing: str = ""


def weaknesses(knowledge: KnowledgeBase, matcher: Matcher, today: dt.date) -> list[Weakness]:
    """All weak spots by kind, the clearest first within each."""
    left_out = list(matcher.left_out(knowledge.entries))
    return [
        *_overdue(knowledge, today),
        *_never_reached(knowledge, left_out),
        *_thin(knowledge),
        *_confused(knowledge, left_out),
        *_duplicates(knowledge, left_out),
        *_lost(knowledge, left_out),
    ]


def _overdue(knowledge: KnowledgeBase, today: dt.date) -> Iterator[Weakness]:
    for entry in knowledge.entries.values():
        if entry.review_by and entry.review_by < today:
            message, fix = f"was to be reviewed by {entry.review_by}", "Check the answer, then set a new review_by."
            yield Weakness(WeaknessKind.OVERDUE, entry.id, message, fix, knowledge.place(entry.id))


def _never_reached(knowledge: KnowledgeBase, left_out: Sequence[LeftOut]) -> Iterator[Weakness]:
    reached = {item.target.id for item in left_out if item.winner.target is item.target}
    for entry in knowledge.entries:
        if entry not in reached:
            message, fix = "no phrasing would be found without itself", "Write more, and more like one another."
            yield Weakness(WeaknessKind.NEVER_REACHED, entry, message, fix, knowledge.place(entry))


def _thin(knowledge: KnowledgeBase) -> Iterator[Weakness]:
    for entry in knowledge.entries.values():
        if len(entry.ask) < THIN:
            message, fix = f"only {len(entry.ask)} phrasings", f"Write more, {THIN} and beyond, each in other words."
            yield Weakness(WeaknessKind.THIN, entry.id, message, fix, knowledge.place(entry.id))


def _confused(knowledge: KnowledgeBase, left_out: Sequence[LeftOut]) -> Iterator[Weakness]:
    counts = Counter(item.target.id for item in left_out)
    lost = Counter((i.target.id, i.winner.target.id) for i in left_out if i.winner.target is not i.target)
    for (entry, winner), count in lost.most_common():
        if count > 1 and count / counts[entry] >= CONFUSED:
            message = f"{count} of its {counts[entry]} phrasings would go to {winner}"
            fix = "Say in each what sets it apart, or make them one."
            yield Weakness(WeaknessKind.CONFUSED, entry, message, fix, knowledge.place(entry))


def _duplicates(knowledge: KnowledgeBase, left_out: Sequence[LeftOut]) -> Iterator[Weakness]:
    told = set()
    for item in left_out:
        for rival in item.rivals:
            pair = frozenset({item.phrasing, rival.phrasing})
            if rival.nearest >= NEARLY_THE_SAME and pair not in told:
                told.add(pair)
                place = knowledge.place(rival.target.id, rival.phrasing)
                message = f'"{item.phrasing}" is nearly "{rival.phrasing}" of {rival.target.id} ({place})'
                fix = "Keep it in one of them."
                here = knowledge.place(item.target.id, item.phrasing)
                yield Weakness(WeaknessKind.DUPLICATE, item.target.id, message, fix, here, item.phrasing)


def _lost(knowledge: KnowledgeBase, left_out: Sequence[LeftOut]) -> Iterator[Weakness]:
    clear = [i for i in left_out if i.winner.target is not i.target and i.winner.confidence > CLEARLY]
    for item in sorted(clear, key=lambda i: -i.winner.confidence):
        message = f'"{item.phrasing}" would go to {item.winner.target.id}'
        fix = "Reword it, move it there, or write a few more like it."
        place = knowledge.place(item.target.id, item.phrasing)
        yield Weakness(WeaknessKind.LOST, item.target.id, message, fix, place, item.phrasing)
