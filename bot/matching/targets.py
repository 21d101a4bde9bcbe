"""What a message can mean: the entries, what is not covered, small talk; and how each is held against a message.

Knows the knowledge; nothing of how it is fitted.
"""

from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from bot.knowledge.records import KnowledgeBase
from bot.matching.evidence import Evidence
from bot.matching.facets import TargetFacets
from bot.matching.features import Floats
from bot.matching.slots import SlotModel
from bot.matching.utterance import Facets, Utterance


class Kind(StrEnum):
    """What a target is."""

    ENTRY = "entry"
    NOT_COVERED = "not_covered"
    SMALL_TALK = "small_talk"


@dataclass(frozen=True)
class Target:
    """Something that a message can mean."""

    kind: Kind
    id: str
    title: str
    phrasings: tuple[str, ...] = field(hash=False)  # hundreds: too many to look a target up by
    text: str = ""
    role: str | None = None
    topic: str | None = None
    level: str | None = None


def targets_of(knowledge: KnowledgeBase) -> tuple[Target, ...]:
    """Everything that a message can mean, by this knowledge."""
    return (
        *(
            Target(Kind.ENTRY, e.id, e.title, (*e.ask, e.title), e.answer, e.role, e.topic, e.level)
            for e in knowledge.entries.values()
        ),
        *(
            Target(Kind.NOT_COVERED, n.id, n.title, (*n.ask, n.title), "", n.role, n.topic, n.level)
            for n in knowledge.not_covered.values()
        ),
        *(Target(Kind.SMALL_TALK, s.id, s.title, s.ask) for s in knowledge.small_talk.values()),
    )


class CandidateFeatures:
    """The numbers by which candidates are told apart."""

    def __init__(self, targets: tuple[Target, ...], slots: SlotModel) -> None:
        """Of these targets, by number."""
        self._facets = TargetFacets([(t.role, t.topic, t.level) for t in targets])
        self._is_kind = np.array([[t.kind is kind for kind in (Kind.NOT_COVERED, Kind.SMALL_TALK)] for t in targets])
        self._slots = slots

    def of(self, evidence: Evidence, utterance: Utterance, facets: Facets, own: int = -1) -> Floats:
        """One row for each candidate: evidence, kind, facets, slots. `own` is the target that a phrasing is of."""
        return np.column_stack(
            [
                evidence.linear,
                evidence.likelihood,
                evidence.nearest,
                evidence.coverage,
                self._is_kind[evidence.targets],
                self._facets.agreement(facets, evidence.targets),
                self._slots.agreement(utterance, evidence.targets, own),
            ]
        ).astype(np.float32)
