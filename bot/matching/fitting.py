"""A knowledge base → all that is learned from it. Takes seconds: not for an event loop. Knows no conversations."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import NamedTuple

import numpy as np

from bot.knowledge.fields import NOT_COVERED
from bot.knowledge.language_records import Check
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
# A labelled question tells more of what members ask than a phrasing that was left out.
LABELLED_WEIGHT = 3.0


class Row(NamedTuple):
    """A wording of a target, by its number."""

    target: int
    text: str
    utterance: Utterance


# A labelled question, read.
Asked = tuple[Check, Utterance]


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
    """Fit everything on the phrasings, what members were seen to ask, and what entries lend of both to their twins.

    Half of the time goes into how sure to be, which may come from nearly the same knowledge.
    """
    spelling = Spelling.fit([words(text) for target in targets for text in target.phrasings], reader.names())
    labelled = labelled_questions(knowledge)
    asked = [(question, reader.read(spelling.repair(words(clean(question.question))))) for question in labelled]
    own = [*_written(targets, reader, spelling)]
    own += _seen(targets, own, asked)
    rows = sorted([*own, *_lent(knowledge, targets, reader, own)], key=itemgetter(0))
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
        *_labelled(asked, models, targets, features, embedder),
    ]
    return replace(models, confidence=ConfidenceModel.experienced().with_questions(questions))


def labelled_questions(knowledge: KnowledgeBase) -> Iterator[Check]:
    """The labelled questions that stand by themselves: the examples, and what begins a chat."""
    yield from knowledge.examples
    yield from (chat[0] for chat in knowledge.follow_ups.chats)


def _written(targets: Sequence[Target], reader: UtteranceReader, spelling: Spelling) -> Iterator[Row]:
    """The phrasings, as the files have them."""
    repaired = {word: spelling.repaired(word) for word in spelling.counts}
    for number, target in enumerate(targets):
        for text in target.phrasings:
            yield Row(number, text, reader.read(tuple([repaired[word] for word in words(text)])))


def _seen(targets: Sequence[Target], written: Iterable[Row], asked: Iterable[Asked]) -> Iterator[Row]:
    """What members were seen to ask and nobody wrote, as wordings of the entry that was named first.

    A level that is asked for goes before what was named first; without a role it is a wording of no single role.
    """
    numbers = {target.id: number for number, target in enumerate(targets) if target.kind is Kind.ENTRY}
    taken = {row.utterance.joined for row in written}
    for question, utterance in asked:
        if utterance.joined in taken or question.expect[0] not in numbers:
            continue
        named, right = utterance.facets, [numbers[i] for i in question.expect if i in numbers]
        at_level = [number for number in right if named.level and targets[number].level == named.level]
        number = (at_level or right)[0]
        if not at_level or targets[number].role in named.roles:
            taken.add(utterance.joined)
            yield Row(number, question.question, utterance)


def _lent(
    knowledge: KnowledgeBase, targets: Sequence[Target], reader: UtteranceReader, own: Sequence[Row]
) -> Iterator[Row]:
    """What each entry lends to its twin: its phrasings with the role exchanged, but for those that stand anywhere.

    Years of experience are a level of one role only, so phrasings that name them stay at home.
    """
    numbers = {target.id: number for number, target in enumerate(targets) if target.kind is Kind.ENTRY}
    twins = {number: knowledge.twin(entry_id) for entry_id, number in numbers.items()}
    taken = {row.utterance.joined for row in own}
    for number, _, utterance in own:
        twin = twins.get(number)
        if twin is None or {*utterance.roles} != {targets[number].role} or reader.names_years(utterance):
            continue
        exchanged = reader.with_only(str(twin.role), utterance)
        lent = reader.read(words(exchanged))
        if lent.joined not in taken:
            taken.add(lent.joined)
            yield Row(numbers[twin.id], exchanged, lent)


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


def _labelled(
    asked: Sequence[Asked],
    models: FittedModels,
    targets: Sequence[Target],
    features: CandidateFeatures,
    embedder: Embedder,
) -> Iterator[Question]:
    """The labelled questions, as if they had not been seen; those with no right answer among the candidates are out."""
    rows = {text: row for row, text in enumerate(models.canonical)}
    seen = [rows[utterance.joined] for _, utterance in asked if utterance.joined in rows]
    left_out = models.evidence.left_out(seen)
    for question, utterance in asked:
        evidence = next(left_out) if utterance.joined in rows else models.evidence_of(utterance, embedder)
        found = [targets[number] for number in evidence.targets]
        names = [target.id if target.kind is Kind.ENTRY else target.kind.value for target in found]
        right = np.array([*(name in question.expect for name in names), NOT_COVERED in question.expect])
        if right.any():
            yield with_none(features.of(evidence, utterance, utterance.facets), evidence), right, LABELLED_WEIGHT
