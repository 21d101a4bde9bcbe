"""The matcher: a knowledge base, fitted; then question → candidates with a confidence each.

One clear model: typo repair → sparse features → evidence (linear, nearest phrasing) and facets → confidence.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from bot.knowledge.records import KnowledgeBase
from bot.matching.confidence import ConfidenceModel
from bot.matching.evidence import Evidence, EvidenceModel
from bot.matching.facets import FacetReader, Facets, agreement
from bot.matching.features import FeatureSpace, Floats, SparseVector
from bot.matching.spelling import Spelling
from bot.matching.text import sentences, words

CANDIDATES = 8
NUMBERS = 10
# Confidence is fitted on a spread of this many phrasings at most: more only makes the start slower.
FITTED_ON = 1500


class Kind(StrEnum):
    """What a target is."""

    ENTRY = "entry"
    NOT_COVERED = "not_covered"
    SMALL_TALK = "small_talk"


# What members send, by kind. The files hold far more that is not covered than members ask.
SHARES = {Kind.ENTRY: 0.75, Kind.NOT_COVERED: 0.2, Kind.SMALL_TALK: 0.05}


@dataclass(frozen=True)
class Target:
    """Something that a message can mean."""

    kind: Kind
    id: str
    title: str
    phrasings: tuple[str, ...]
    role: str | None = None
    topic: str | None = None
    level: str | None = None


@dataclass(frozen=True)
class Candidate:
    """A target for a question: how sure, and on what evidence."""

    target: Target
    confidence: float
    linear: float
    nearest: float
    phrasing: str


@dataclass(frozen=True)
class Match:
    """The candidates, best first, and how the question was read."""

    candidates: tuple[Candidate, ...]
    words: tuple[str, ...]
    facets: Facets

    def share(self, kind: Kind) -> float:
        """The probability that the message is of this kind."""
        return sum(c.confidence for c in self.candidates if c.target.kind is kind)

    def of_kind(self, kind: Kind) -> tuple[Candidate, ...]:
        """The candidates of this kind, best first."""
        return tuple(c for c in self.candidates if c.target.kind is kind)


def targets_of(knowledge: KnowledgeBase) -> tuple[Target, ...]:
    """Everything that a message can mean, by this knowledge."""
    return (
        *(
            Target(Kind.ENTRY, e.id, e.title, (*e.ask, e.title), e.role, e.topic, e.level)
            for e in knowledge.entries.values()
        ),
        *(
            Target(Kind.NOT_COVERED, n.id, n.title, (*n.ask, n.title), n.role, n.topic, n.level)
            for n in knowledge.not_covered.values()
        ),
        *(Target(Kind.SMALL_TALK, s.id, s.title, s.ask) for s in knowledge.small_talk.values()),
    )


class Matcher:
    """Fitted on one knowledge base; never changes afterwards, so that threads may share it."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        """Fit everything. Takes a second or two for ten thousand phrasings: not for the event loop."""
        self.targets = targets_of(knowledge)
        self.facets = FacetReader(knowledge.vocabulary)
        self._rows = [(number, text) for number, t in enumerate(self.targets) for text in t.phrasings]
        texts = [words(text) for _, text in self._rows]
        self.spelling = Spelling.of((*texts, *self.facets.names()))
        self._space = FeatureSpace([self.facets.canonical(text) for text in texts])
        vectors = [self._vector(text) for text in texts]
        self._evidence = EvidenceModel(vectors, [number for number, _ in self._rows], self._space.is_word)
        self._fit_confidence(texts)

    def _fit_confidence(self, texts: Sequence[tuple[str, ...]]) -> None:
        """Fit on leave-one-out evidence of phrasings, mixed as members' messages are, not as the files happen to be."""
        questions, right = [], []
        for row in self._sample():
            evidence = self._evidence.of_phrasing(row)
            chosen = self._choose(evidence)
            truth = np.flatnonzero(chosen == self._rows[row][0])
            if len(truth):
                questions.append(self._numbers(evidence, chosen, self.facets.read(texts[row])))
                right.append(int(truth[0]))
        self._confidence = ConfidenceModel.fit(questions, right, NUMBERS)

    def _sample(self) -> Iterator[int]:
        """Rows of each kind, evenly spread, as many as the kind's share of the messages."""
        for kind, share in SHARES.items():
            rows = [row for row, (number, _) in enumerate(self._rows) if self.targets[number].kind is kind]
            yield from rows[:: max(1, round(len(rows) / (share * FITTED_ON)))]

    def lost_phrasings(self) -> Iterator[tuple[Target, str, Candidate]]:
        """Phrasings that another target wins when they are left out: theirs, the text, the winner."""
        for row, (number, text) in enumerate(self._rows):
            repaired = words(text)
            match = self._match(self._evidence.of_phrasing(row), repaired, self.facets.read(repaired))
            if match.candidates[0].target is not self.targets[number]:
                yield self.targets[number], text, match.candidates[0]

    def read(self, text: str) -> tuple[tuple[str, ...], Facets]:
        """The repaired words of a cleaned text, and its facets."""
        repaired = self.spelling.repair(words(text))
        return repaired, self.facets.read(repaired)

    def _vector(self, repaired: Sequence[str]) -> SparseVector:
        return self._space.vector(self.facets.canonical(repaired))

    def match(self, text: str, facets: Facets | None = None) -> Match:
        """The candidates for a cleaned text. Facets from the conversation may stand in for its own."""
        repaired, own = self.read(text)
        facets = facets or own
        evidence = self._evidence.of(self._vector(repaired))
        return self._match(evidence, repaired, facets)

    def match_message(self, text: str, facets: Facets | None = None) -> Match:
        """As `match`, for a message of several sentences: each target keeps its best evidence of all sentences."""
        whole = self.match(text, facets)
        parts = sentences(text)
        if len(parts) < 2:  # noqa: PLR2004
            return whole
        pieces = [self._evidence.of(self._vector(self.read(part)[0])) for part in (text, *parts)]
        linear = np.max([p.linear for p in pieces], axis=0)
        nearest = np.array([p.nearest for p in pieces])
        best = nearest.argmax(axis=0)
        everyone = np.arange(len(self.targets))
        phrasing = np.array([p.phrasing for p in pieces])[best, everyone]
        unseen = np.min([p.unseen for p in pieces], axis=0)
        joined = Evidence(linear, nearest.max(axis=0), unseen, phrasing)
        return self._match(joined, whole.words, whole.facets)

    def _match(self, evidence: Evidence, repaired: tuple[str, ...], facets: Facets) -> Match:
        chosen = self._choose(evidence)
        probabilities = self._confidence.probabilities(self._numbers(evidence, chosen, facets))
        candidates = tuple(
            Candidate(
                target=self.targets[number],
                confidence=float(probabilities[place]),
                linear=float(evidence.linear[number]),
                nearest=float(evidence.nearest[number]),
                phrasing=self._rows[evidence.phrasing[number]][1],
            )
            for place, number in sorted(enumerate(chosen), key=lambda pair: -probabilities[pair[0]])
        )
        return Match(candidates, repaired, facets)

    def _choose(self, evidence: Evidence) -> np.ndarray:
        """The numbers of the likeliest targets, by the plain mean of both scores."""
        total = evidence.linear + evidence.nearest
        count = min(CANDIDATES, len(total))
        return np.argpartition(-total, count - 1)[:count]

    def _numbers(self, evidence: Evidence, chosen: np.ndarray, facets: Facets) -> Floats:
        """What the confidence model sees: one row for each candidate."""
        rows = np.zeros((len(chosen), NUMBERS), np.float32)
        rows[:, 0] = evidence.linear[chosen]
        rows[:, 1] = evidence.nearest[chosen]
        rows[:, 9] = evidence.unseen[chosen]
        for place, number in enumerate(chosen):
            target = self.targets[number]
            own = {"role": target.role, "topic": target.topic, "level": target.level}
            rows[place, 2:7] = agreement(facets, own)
            rows[place, 7] = target.kind is Kind.NOT_COVERED
            rows[place, 8] = target.kind is Kind.SMALL_TALK
        return rows
