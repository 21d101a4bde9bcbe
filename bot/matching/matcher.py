"""The matcher: a knowledge base, fitted; then question → candidates with a confidence each.

One clear model: typo repair → sparse features and embedding → evidence (linear, likelihood, nearest phrasing) and
facets → confidence.
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from bot.knowledge.records import OFF_TOPIC, KnowledgeBase
from bot.matching.confidence import ConfidenceModel, with_none
from bot.matching.embedding import Embedder, NoEmbedder
from bot.matching.evidence import Evidence
from bot.matching.features import Floats, unit_rows
from bot.matching.fitting import FittedModels, fit
from bot.matching.remembered import Remembered
from bot.matching.targets import CandidateFeatures, Kind, Target, targets_of
from bot.matching.text import sentences, words
from bot.matching.utterance import Facets, Utterance, UtteranceReader

REMEMBERED = 1024
MOST_SENTENCES = 16
# A message is searched for chatter from so much of it on; a sentence of more than so much is passed over.
LITTLE_CHATTER, MUCH_CHATTER = 0.1, 0.3


class Candidate(NamedTuple):
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
        return sum(c.confidence for c in self.of_kind(kind))

    @property
    def chatter(self) -> float:
        """The probability that the message has nothing to do with the subject."""
        off_topic = sum(c.confidence for c in self.of_kind(Kind.NOT_COVERED) if c.target.id == OFF_TOPIC)
        return off_topic + self.share(Kind.SMALL_TALK)

    def led_by(self, certain: Mapping[Target, str]) -> "Match":
        """The same with these targets first, and nothing else possible; with the phrasing that says so, if any."""
        first = [Candidate(target, 1 / len(certain), 0.0, 0.0, 1.0, phrasing) for target, phrasing in certain.items()]
        others = [c._replace(confidence=0.0) for c in self.candidates if c.target not in certain]
        return replace(self, candidates=(*first, *others), none=0.0, word_for_word=any(certain.values()))

    def of_kind(self, kind: Kind) -> tuple[Candidate, ...]:
        """The candidates of this kind, best first."""
        return tuple(c for c in self.candidates if c.target.kind is kind)


@dataclass(frozen=True)
class LeftOut:
    """A phrasing, and what the bot takes it for when it is left out of its own target."""

    target: Target
    phrasing: str
    winner: Candidate


class Matcher:
    """Fitted on one knowledge base; never changes afterwards, so that threads may share it."""

    def __init__(
        self,
        knowledge: KnowledgeBase,
        embedder: Embedder = NoEmbedder(),  # noqa: B008 - stateless
        models: FittedModels | None = None,
        confidence: ConfidenceModel | None = None,
        unseen: Container[str] = (),
    ) -> None:
        """Take what was fitted on this knowledge with this embedder, or fit it: seconds, not for the event loop.

        Labelled questions that are `unseen` are matched as if nobody had seen them, unless they are phrasings, too.
        """
        self.targets = targets_of(knowledge)
        self.reader = UtteranceReader(knowledge.vocabulary, knowledge.slots)
        self.embedder = embedder
        self.models = models or fit(knowledge, self.targets, self.reader, embedder, confidence)
        self.spelling = self.models.spelling
        self._features = CandidateFeatures(self.targets, self.models.slots)
        self._owners = self.models.evidence.phrasings.targets
        self._word_for_word: dict[str, list[int]] = {}  # twins share what is asked of either role
        for row, text in enumerate(self.models.canonical):
            self._word_for_word.setdefault(text, []).append(row)
        self._word_for_word.pop("", None)
        for text, rows in self._word_for_word.items():
            # Once read, a question that is answered may be one that was declined in other words: it is answered.
            answered = [row for row in rows if self.targets[self._owners[row]].kind is Kind.ENTRY]
            self._word_for_word[text] = answered or rows
        self._unseen = {
            self.models.canonical[row]: row
            for row, text in enumerate(self.models.phrasings)
            if text in unseen and text not in self.targets[self._owners[row]].phrasings
        }
        self._utterances = Remembered[str, Utterance](REMEMBERED)
        self._matches = Remembered[tuple[str, Facets | None], Match](REMEMBERED)

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
            yield LeftOut(self.targets[number], text, match.candidates[0])

    def read(self, text: str) -> Utterance:
        """A cleaned text, read once, its spelling repaired."""
        return self._utterances.get(text, lambda: self.reader.read(self.spelling.repair(words(text))))

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
        return unit_rows(vectors)

    def match(self, text: str, facets: Facets | None = None) -> Match:
        """The candidates for a cleaned text. Facets from the conversation may stand in for its own.

        The latest matches are remembered: what is suggested, and what is half typed, comes again and again.
        """
        return self._matches.get((text, facets), lambda: self._found(text, facets))

    def _found(self, text: str, facets: Facets | None) -> Match:
        utterance = self.read(text)
        if utterance.joined in self._unseen:
            evidence = next(self.models.evidence.left_out([self._unseen[utterance.joined]]))
            return self._match(evidence, utterance, facets or utterance.facets)
        evidence = self.models.evidence_of(utterance, self.embedder)
        match = self._match(evidence, utterance, facets or utterance.facets)
        rows = self._word_for_word.get(utterance.joined, ()) if facets is None else ()
        return match.led_by({self.targets[self._owners[r]]: self.models.phrasings[r] for r in rows}) if rows else match

    def match_begun(self, text: str) -> Match:
        """As `match`, for a cleaned text that is still being typed: its last word may be only begun."""
        *before, last = words(text) or ("",)
        return self.match(" ".join((*before, self.spelling.completed(last))))

    def match_message(self, text: str) -> Match:
        """As `match`, for a message that may hold more than a question: sentences of mere chatter are passed over.

        Where there are too many, none is looked at by itself: no message takes long.
        """
        whole = self.match(text)
        parts = sentences(text)
        if not 1 < len(parts) <= MOST_SENTENCES or whole.chatter < LITTLE_CHATTER:
            return whole
        kept = [part for part in parts if self.match(part).chatter < MUCH_CHATTER]
        return self.match(" ".join(kept)) if kept else whole

    def _match(self, evidence: Evidence, utterance: Utterance, facets: Facets, own: int = -1) -> Match:
        numbers = self._features.of(evidence, utterance, facets, own)
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
