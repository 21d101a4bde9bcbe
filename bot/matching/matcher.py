"""The matcher: a knowledge base, fitted; then question → candidates with a confidence each.

One clear model: typo repair → sparse features and embedding → evidence (linear, likelihood, nearest phrasing) and
facets → confidence.
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from operator import attrgetter, itemgetter
from threading import Lock

import numpy as np
import numpy.typing as npt
from cachetools import LRUCache, cachedmethod

from bot.knowledge.records import OFF_TOPIC, KnowledgeBase
from bot.matching.confidence import ConfidenceModel, with_none
from bot.matching.embedding import Embedder, NoEmbedder
from bot.matching.evidence import Evidence, EvidenceModel
from bot.matching.facets import TargetFacets
from bot.matching.features import FeatureSpace, Floats, Phrasings
from bot.matching.slots import SlotModel
from bot.matching.spelling import Spelling
from bot.matching.text import sentences, words
from bot.matching.utterance import Facets, Utterance, UtteranceReader

REMEMBERED = 1024
# Confidence is fitted on a spread of this many phrasings at most: more only makes the start slower.
FITTED_ON = 1200
# So many of the questions that members ask are about something that no record is about.
NONE_SHARE = 0.15
# A message is searched for chatter from so much of it on; a sentence of more than so much is passed over.
LITTLE_CHATTER, MUCH_CHATTER = 0.1, 0.3


class Kind(StrEnum):
    """What a target is."""

    ENTRY = "entry"
    NOT_COVERED = "not_covered"
    SMALL_TALK = "small_talk"


# What members send, by kind. The files hold far more that is not covered than members ask.
CLASS_PRIORS = {Kind.ENTRY: 0.75, Kind.NOT_COVERED: 0.2, Kind.SMALL_TALK: 0.05}


@dataclass(frozen=True)
class Target:
    """Something that a message can mean."""

    kind: Kind
    id: str
    title: str
    phrasings: tuple[str, ...]
    text: str = ""
    role: str | None = None
    topic: str | None = None
    level: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A target for a question: how sure, and on what evidence."""

    target: Target
    confidence: float
    linear: float
    likelihood: float
    nearest: float
    phrasing: str


@dataclass(frozen=True, slots=True)
class Match:
    """The candidates, best first, and how the question was read; `none`: the probability that none of them is meant."""

    candidates: tuple[Candidate, ...]
    utterance: Utterance
    facets: Facets
    none: float = 0.0
    word_for_word: bool = False

    def share(self, kind: Kind) -> float:
        """The probability that the message is of this kind."""
        return sum(c.confidence for c in self.candidates if c.target.kind is kind)

    @property
    def chatter(self) -> float:
        """The probability that the message has nothing to do with the subject."""
        off_topic = sum(c.confidence for c in self.of_kind(Kind.NOT_COVERED) if c.target.id == OFF_TOPIC)
        return off_topic + self.share(Kind.SMALL_TALK)

    def led_by(self, target: Target, phrasing: str) -> "Match":
        """The same with this target first and certain."""
        first = Candidate(target, 1.0, 0.0, 0.0, 1.0, phrasing)
        others = [replace(c, confidence=0.0) for c in self.candidates if c.target is not target]
        return replace(self, candidates=(first, *others), none=0.0, word_for_word=bool(phrasing))

    def of_kind(self, kind: Kind) -> tuple[Candidate, ...]:
        """The candidates of this kind, best first."""
        return tuple(c for c in self.candidates if c.target.kind is kind)


@dataclass(frozen=True)
class LeftOut:
    """A phrasing, and the candidates that it gets when it is left out of its own target."""

    target: Target
    phrasing: str
    candidates: tuple[Candidate, ...]

    @property
    def winner(self) -> Candidate:
        """What the bot would take it for."""
        return self.candidates[0]

    @property
    def rivals(self) -> tuple[Candidate, ...]:
        """The candidates but for its own target."""
        return tuple(c for c in self.candidates if c.target is not self.target)


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


@dataclass(frozen=True)
class FittedModels:
    """All that is learned from a knowledge base; `phrasings`, `canonical` and `mean` are of all phrasings, in order."""

    spelling: Spelling
    phrasings: tuple[str, ...]
    canonical: tuple[str, ...]
    space: FeatureSpace
    mean: Floats
    evidence: EvidenceModel
    slots: SlotModel
    confidence: ConfidenceModel


class Matcher:
    """Fitted on one knowledge base; never changes afterwards, so that threads may share it."""

    def __init__(
        self,
        knowledge: KnowledgeBase,
        embedder: Embedder = NoEmbedder(),  # noqa: B008 - stateless
        models: FittedModels | None = None,
    ) -> None:
        """Take what was fitted on this knowledge with this embedder, or fit it: seconds, not for the event loop."""
        self.targets = targets_of(knowledge)
        self.reader = UtteranceReader(knowledge.vocabulary, knowledge.slots)
        self.embedder = embedder
        self._target_facets = TargetFacets([(t.role, t.topic, t.level) for t in self.targets])
        self._is_kind = {kind: np.array([t.kind is kind for t in self.targets]) for kind in Kind}
        self.models = models or self._fit(knowledge)
        self.spelling = self.models.spelling
        self._owners = self.models.evidence.phrasings.targets
        self._word_for_word = {text: row for row, text in reversed(list(enumerate(self.models.canonical))) if text}
        self._lock = Lock()
        self._utterances: LRUCache[object, Utterance] = LRUCache(REMEMBERED)
        self._matches: LRUCache[object, Match] = LRUCache(REMEMBERED)

    def _fit(self, knowledge: KnowledgeBase) -> FittedModels:
        rows = [(number, text) for number, t in enumerate(self.targets) for text in t.phrasings]
        spelling = Spelling.fit([words(text) for _, text in rows], self.reader.names())
        read = {text: self.reader.read(spelling.repair(words(text))) for _, text in rows}
        rows = sorted([*rows, *self._lent(knowledge, rows, read)], key=itemgetter(0))
        utterances = [read.get(text) or self.reader.read(words(text)) for _, text in rows]
        space = FeatureSpace.fit([utterance.canonical for utterance in utterances])
        canonical = tuple(utterance.joined for utterance in utterances)
        embeddings = self.embedder.embed(canonical)
        phrasings = Phrasings(space.vectors, embeddings, np.array([number for number, _ in rows], np.intp))
        answers = [spelling.repair(words(t.text)) for t in self.targets]
        evidence = EvidenceModel.fit(phrasings, space, answers)
        slots = SlotModel.fit(utterances, phrasings.targets)
        confidence = self._fit_confidence(evidence, slots, utterances)
        texts = tuple(text for _, text in rows)
        return FittedModels(spelling, texts, canonical, space, embeddings.mean(axis=0), evidence, slots, confidence)

    def _lent(
        self, knowledge: KnowledgeBase, rows: Sequence[tuple[int, str]], read: Mapping[str, Utterance]
    ) -> Iterator[tuple[int, str]]:
        """What each entry lends to its twin: its phrasings with the role exchanged, but for those that stand anywhere.

        Years of experience are a level of one role only, so phrasings that name them stay at home.
        """
        numbers = {t.id: number for number, t in enumerate(self.targets) if t.kind is Kind.ENTRY}
        taken = {utterance.joined for utterance in read.values()}
        for number, text in rows:
            twin, utterance = knowledge.twin(self.targets[number].id), read[text]
            if twin is None or self.reader.names_years(utterance):
                continue
            named = {mention.key for mention in utterance.mentions if mention.facet == "role"}
            exchanged = self.reader.with_only(str(twin.role), utterance)
            if named == {self.targets[number].role} and self.reader.read(words(exchanged)).joined not in taken:
                taken.add(exchanged)
                yield numbers[twin.id], exchanged

    def _fit_confidence(
        self, model: EvidenceModel, slots: SlotModel, utterances: Sequence[Utterance]
    ) -> ConfidenceModel:
        """Fit on leave-one-out evidence of phrasings, mixed as members' messages are, not as the files happen to be.

        Each counts once as it is, and once with its own target hidden: then none of the others is meant.
        """
        questions = []
        sample = list(self._sample(model.phrasings.targets))
        for row, evidence in zip(sample, model.left_out(sample), strict=True):
            own = int(model.phrasings.targets[row])
            numbers = self._candidate_features(evidence, utterances[row], utterances[row].facets, slots, own)
            truth = np.flatnonzero(evidence.targets == own)
            if len(truth):
                questions.append((with_none(numbers, evidence), int(truth[0]), 1 - NONE_SHARE))
            others = evidence.targets != own
            hidden = evidence.take(others)
            questions.append((with_none(numbers[others], hidden), len(hidden.targets), NONE_SHARE))
        return ConfidenceModel.fit(questions, questions[0][0].shape[1])

    def _sample(self, owners: npt.NDArray[np.intp]) -> Iterator[int]:
        """Rows of each kind, evenly spread, as many as the kind's share of the messages."""
        for kind, share in CLASS_PRIORS.items():
            rows = np.flatnonzero(self._is_kind[kind][owners])
            yield from rows[:: max(1, round(len(rows) / (share * FITTED_ON)))].tolist()

    def left_out(self, owners: Container[str], phrasings: Container[str] | None = None) -> Iterator[LeftOut]:
        """The phrasings of these targets, all or only some, asked as if not written. Half a millisecond each."""
        rows = [
            row
            for row, (number, text) in enumerate(zip(self._owners, self.models.phrasings, strict=True))
            if self.targets[number].id in owners and (phrasings is None or text in phrasings)
        ]
        for row, evidence in zip(rows, self.models.evidence.left_out(rows), strict=True):
            number, text = int(self._owners[row]), self.models.phrasings[row]
            utterance = self.read(text)
            match = self._match(evidence, utterance, utterance.facets, number)
            yield LeftOut(self.targets[number], text, match.candidates)

    @cachedmethod(attrgetter("_utterances"), lock=attrgetter("_lock"))
    def read(self, text: str) -> Utterance:
        """A cleaned text, read once, its spelling repaired."""
        return self.reader.read(self.spelling.repair(words(text)))

    def intent_embeddings(self, texts: Sequence[str]) -> Floats:
        """A unit vector a text for what it wants: without names of facets, away from what all phrasings share."""
        bare = [utterance.unnamed or utterance.words for utterance in map(self.read, texts)]
        vectors = self.embedder.embed([" ".join(text) for text in bare])
        if not vectors.shape[1]:
            known = {word: place for place, word in enumerate(dict.fromkeys(w for text in bare for w in text))}
            vectors = np.zeros((len(texts), len(known)), np.float32)
            for row, text in enumerate(bare):
                vectors[row, [known[word] for word in text]] = 1
        else:
            vectors = vectors - self.models.mean
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        unit: Floats = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
        return unit

    @cachedmethod(attrgetter("_matches"), lock=attrgetter("_lock"))
    def match(self, text: str, facets: Facets | None = None) -> Match:
        """The candidates for a cleaned text. Facets from the conversation may stand in for its own.

        The latest matches are remembered: what is suggested, and what is half typed, comes again and again.
        """
        utterance = self.read(text)
        (embedding,) = self.embedder.embed([utterance.joined])
        space, canonical = self.models.space, utterance.canonical
        evidence = self.models.evidence.of(space.vector(canonical), embedding, space.strangeness(canonical))
        match = self._match(evidence, utterance, facets or utterance.facets)
        row = self._word_for_word.get(utterance.joined) if facets is None else None
        return match if row is None else match.led_by(self.targets[self._owners[row]], self.models.phrasings[row])

    def match_begun(self, text: str) -> Match:
        """As `match`, for a cleaned text that is still being typed: its last word may be only begun."""
        *before, last = words(text) or ("",)
        return self.match(" ".join((*before, self.spelling.completed(last))))

    def match_message(self, text: str) -> Match:
        """As `match`, for a message that may hold more than a question: sentences of mere chatter are passed over."""
        whole = self.match(text)
        parts = sentences(text)
        if len(parts) == 1 or whole.chatter < LITTLE_CHATTER:
            return whole
        kept = [part for part in parts if self.match(part).chatter < MUCH_CHATTER]
        return self.match(" ".join(kept)) if kept else whole

    def _match(self, evidence: Evidence, utterance: Utterance, facets: Facets, own: int = -1) -> Match:
        numbers = self._candidate_features(evidence, utterance, facets, self.models.slots, own)
        *probabilities, none = self.models.confidence.probabilities(with_none(numbers, evidence))
        candidates = tuple(
            Candidate(
                target=self.targets[evidence.targets[place]],
                confidence=float(probabilities[place]),
                linear=float(evidence.linear[place]),
                likelihood=float(evidence.likelihood[place]),
                nearest=float(evidence.nearest[place]),
                phrasing=self.models.phrasings[evidence.phrasing[place]],
            )
            for place in np.argsort(-np.array(probabilities), kind="stable")
        )
        return Match(candidates, utterance, facets, float(none))

    def _candidate_features(
        self, evidence: Evidence, utterance: Utterance, facets: Facets, slots: SlotModel, own: int = -1
    ) -> Floats:
        """What the confidence model sees: one row for each candidate. `own` is the target that a phrasing is of."""
        kinds = [self._is_kind[kind][evidence.targets] for kind in (Kind.NOT_COVERED, Kind.SMALL_TALK)]
        numbers = np.column_stack([evidence.linear, evidence.likelihood, evidence.nearest, evidence.coverage, *kinds])
        agreement = self._target_facets.agreement(facets, evidence.targets)
        return np.hstack([numbers, agreement, slots.agreement(utterance, evidence.targets, own)]).astype(np.float32)
