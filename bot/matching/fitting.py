"""A knowledge base → all that is learned from it. Takes seconds: not for an event loop. Knows no conversations."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

import numpy as np

from bot.knowledge.fields import NOT_COVERED
from bot.knowledge.records import KnowledgeBase
from bot.matching.confidence import ConfidenceModel, Question, with_none
from bot.matching.embedding import Embedder
from bot.matching.evidence import Evidence, EvidenceModel
from bot.matching.features import FeatureSpace, Floats, Phrasings
from bot.matching.slots import SlotModel
from bot.matching.spelling import Spelling
from bot.matching.targets import CandidateFeatures, Kind, Target
from bot.matching.text import clean, words
from bot.matching.utterance import Utterance, UtteranceReader

# Confidence is fitted on a spread of this many phrasings at most: more only makes the start slower.
FITTED_ON = 1200
# What members send, by kind. The files hold far more that is not covered than members ask.
CLASS_PRIORS = {Kind.ENTRY: 0.75, Kind.NOT_COVERED: 0.2, Kind.SMALL_TALK: 0.05}
# So many of the questions that members ask are about something that no record is about.
NONE_SHARE = 0.1
# An example tells more of what members ask than a phrasing that was left out.
EXAMPLE_WEIGHT = 3.0


@dataclass(frozen=True)
class FittedModels:
    """All that is learned; `phrasings`, `canonical` and `mean` are of all phrasings, ordered by target."""

    spelling: Spelling
    phrasings: tuple[str, ...]
    canonical: tuple[str, ...]
    space: FeatureSpace
    mean: Floats
    evidence: EvidenceModel
    slots: SlotModel
    confidence: ConfidenceModel

    def evidence_of(self, utterance: Utterance, embedder: Embedder) -> Evidence:
        """What speaks for each target, for an unseen utterance."""
        (embedding,) = embedder.embed([utterance.joined])
        canonical = utterance.canonical
        return self.evidence.of(self.space.vector(canonical), embedding, self.space.strangeness(canonical))


def fit(
    knowledge: KnowledgeBase,
    targets: tuple[Target, ...],
    reader: UtteranceReader,
    embedder: Embedder,
    confidence: ConfidenceModel | None = None,
) -> FittedModels:
    """Fit everything on the phrasings, those that entries lend to their twins, and the labelled examples.

    Half of the time goes into how sure to be, which may come from nearly the same knowledge.
    """
    written = {text: words(text) for target in targets for text in target.phrasings}
    spelling = Spelling.fit([written[text] for target in targets for text in target.phrasings], reader.names())
    repaired = {word: spelling.repaired(word) for word in spelling.counts}
    read = {text: reader.read(tuple([repaired[word] for word in found])) for text, found in written.items()}
    own = [(number, text, read[text]) for number, target in enumerate(targets) for text in target.phrasings]
    rows = sorted([*own, *_lent(knowledge, targets, reader, read)], key=itemgetter(0))
    numbers, texts, utterances = zip(*rows, strict=True)
    space = FeatureSpace.fit([utterance.canonical for utterance in utterances])
    canonical = tuple(utterance.joined for utterance in utterances)
    embeddings = embedder.embed(canonical)
    phrasings = Phrasings(space.vectors, embeddings, np.array(numbers, np.intp))
    evidence = EvidenceModel.fit(phrasings, space, [spelling.repair(words(target.text)) for target in targets])
    slots = SlotModel.fit(utterances, phrasings.targets)
    untold = ConfidenceModel(np.zeros(0, np.float32))
    models = FittedModels(spelling, texts, canonical, space, embeddings.mean(axis=0), evidence, slots, untold)
    if confidence:
        return replace(models, confidence=confidence)
    features = CandidateFeatures(targets, slots)
    questions = [
        *_left_out(models, targets, features, utterances),
        *_labelled(knowledge, models, targets, features, reader, embedder),
    ]
    return replace(models, confidence=ConfidenceModel.experienced().with_questions(questions))


def _lent(
    knowledge: KnowledgeBase, targets: Sequence[Target], reader: UtteranceReader, read: Mapping[str, Utterance]
) -> Iterator[tuple[int, str, Utterance]]:
    """What each entry lends to its twin: its phrasings with the role exchanged, but for those that stand anywhere.

    Years of experience are a level of one role only, so phrasings that name them stay at home.
    """
    numbers = {target.id: number for number, target in enumerate(targets) if target.kind is Kind.ENTRY}
    taken = {utterance.joined for utterance in read.values()}
    for entry_id in numbers:
        entry, twin = knowledge.entries[entry_id], knowledge.twin(entry_id)
        if twin is None:
            continue
        for text in (*entry.ask, entry.title):
            utterance = read[text]
            if {*utterance.roles} != {entry.role} or reader.names_years(utterance):
                continue
            exchanged = reader.with_only(str(twin.role), utterance)
            lent = reader.read(words(exchanged))
            if lent.joined not in taken:
                taken.add(lent.joined)
                yield numbers[twin.id], exchanged, lent


def _left_out(
    models: FittedModels, targets: Sequence[Target], features: CandidateFeatures, utterances: Sequence[Utterance]
) -> Iterator[Question]:
    """Phrasings as if they had not been written, weighed as members' messages are mixed, not as the files happen to be.

    Each counts once as it is, and once with its own target hidden: then none of the others is meant.
    """
    owners = models.evidence.phrasings.targets
    kinds = np.array([target.kind for target in targets])[owners]
    rows_of = {kind: np.flatnonzero(kinds == kind) for kind in CLASS_PRIORS}
    sampled = {
        kind: rows[:: max(1, round(len(rows) / (CLASS_PRIORS[kind] * FITTED_ON)))].tolist()
        for kind, rows in rows_of.items()
    }
    sample = [row for rows in sampled.values() for row in rows]
    weights = {kind: CLASS_PRIORS[kind] * len(sample) / len(rows) for kind, rows in sampled.items() if rows}
    for row, evidence in zip(sample, models.evidence.left_out(sample), strict=True):
        own, utterance, weight = int(owners[row]), utterances[row], weights[targets[owners[row]].kind]
        numbers = features.of(evidence, utterance, utterance.facets, own)
        is_own = evidence.targets == own
        if is_own.any():
            yield with_none(numbers, evidence), np.append(is_own, False), weight * (1 - NONE_SHARE)
        hidden = evidence.take(~is_own)
        only_none = np.append(np.zeros(len(hidden.targets), bool), True)
        yield with_none(numbers[~is_own], hidden), only_none, weight * NONE_SHARE


def _labelled(  # noqa: PLR0913, PLR0917 - what reading and matching an example take
    knowledge: KnowledgeBase,
    models: FittedModels,
    targets: Sequence[Target],
    features: CandidateFeatures,
    reader: UtteranceReader,
    embedder: Embedder,
) -> Iterator[Question]:
    """The examples, as they would be asked; those whose right answer is not among the candidates teach nothing."""
    for example in knowledge.examples:
        utterance = reader.read(models.spelling.repair(words(clean(example.question))))
        evidence = models.evidence_of(utterance, embedder)
        found = [targets[number] for number in evidence.targets]
        names = [target.id if target.kind is Kind.ENTRY else target.kind.value for target in found]
        right = np.array([*(name in example.expect for name in names), NOT_COVERED in example.expect])
        if right.any():
            yield with_none(features.of(evidence, utterance, utterance.facets), evidence), right, EXAMPLE_WEIGHT
