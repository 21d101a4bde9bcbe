"""The health of the knowledge: thin entries, and phrasings that another record would win. Computes; prints nothing."""

from dataclasses import dataclass

from bot.knowledge.records import KnowledgeBase
from bot.matching.matcher import Kind, Matcher

THIN = 20
# Only what is lost clearly is worth a moderator's time.
CLEARLY = 0.7
MEND_LOST = "Reword it, move it there, or write a few more like it."


@dataclass(frozen=True)
class Weakness:
    """A weak spot of an entry, and what to do about it."""

    entry: str
    message: str
    mend: str


def weaknesses(knowledge: KnowledgeBase, matcher: Matcher) -> list[Weakness]:
    """All weak spots: thin entries first, then the phrasings that are lost most clearly."""
    thin = [
        Weakness(e.id, f"only {len(e.ask)} ways to ask", f"Write more, up to {THIN} and beyond, each in other words.")
        for e in knowledge.entries.values()
        if len(e.ask) < THIN
    ]
    lost = [
        (winner.confidence, Weakness(target.id, f'"{text}" would go to {winner.target.id}', MEND_LOST))
        for target, text, winner in matcher.lost_phrasings()
        if target.kind is Kind.ENTRY and winner.confidence > CLEARLY
    ]
    lost.sort(key=lambda pair: -pair[0])
    return thin + [weakness for _, weakness in lost]
