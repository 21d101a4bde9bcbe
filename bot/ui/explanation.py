"""Why a reply is what it is, as plain values, which the terminal and the moderators' screens both show."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.dialogue.records import Reply
from bot.matching.matcher import Candidate


@dataclass(frozen=True)
class Explanation:
    """One part of a question: how its words were read, and the candidates, best first, with what speaks for each."""

    words: str
    facets: str
    candidates: tuple[Candidate, ...]

    @property
    def margin(self) -> float:
        """How much surer the first candidate is than the second."""
        first, *others = (candidate.confidence for candidate in self.candidates)
        return first - (others[0] if others else 0.0)


def explain(reply: Reply) -> Iterator[Explanation]:
    """The evidence for a reply, part by part."""
    for match in reply.why:
        facets = match.facets
        named = [*sorted(facets.roles), facets.topic, facets.level, "the other role" if facets.other_role else None]
        yield Explanation(" ".join(match.utterance.words), ", ".join(filter(None, named)) or "none", match.candidates)
