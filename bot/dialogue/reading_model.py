"""Which reading of a turn is meant: a conditional logit over its numbers, fitted on labelled and simulated turns.

P(meaning | turn) is the mixture of what each reading means, weighted by P(reading | turn) (mixture of experts: Jacobs
and others 1991, doi:10.1162/neco.1991.3.1.79). Turns tell what was meant, not how it was read, so the likelihood of the
mixture is climbed directly.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from bot.dialogue.readings import Reading
from bot.dialogue.records import Conversation
from bot.dialogue.turns import KINDS, Turn
from bot.knowledge.records import NOT_COVERED, SMALL_TALK
from bot.matching.confidence import softmax
from bot.matching.features import Floats
from bot.matching.matcher import Match
from bot.matching.targets import Kind

FEATURES = 16 + len(KINDS)
# A Gaussian prior that keeps what few turns show from weighing much.
PRIOR = 2.0
STEPS, RATE = 400, 0.05
LEAST = 1e-6


def features_of(turn: Turn, conversation: Conversation, alone: Match) -> Floats:
    """What of a turn tells how it is read."""
    own, best = turn.utterance.facets, alone.candidates[0]
    length, content = len(turn.utterance.words), len(turn.content)
    return np.array(
        [
            1.0,
            best.confidence,
            alone.none,
            alone.share(Kind.SMALL_TALK),
            alone.word_for_word,
            content == 0,
            min(content, 6) / 6,
            min(length, 12) / 12,
            bool(own.roles),
            own.topic is not None,
            own.level is not None,
            own.other_role or turn.names_every_role,
            turn.short_role is not None,
            turn.place is not None and content == 0,
            turn.place is not None and content > 0,
            bool(conversation.facets.roles),
            *(kind in turn.kinds for kind in KINDS),
        ],
        np.float32,
    )


@dataclass(frozen=True)
class LabelledTurn:
    """Numbers of a turn, which readings it can have, how sure each is, and how likely each gets the right meaning."""

    features: Floats
    possible: Floats
    sureness: Floats
    right: Floats


def labelled(
    turn: Turn, conversation: Conversation, readings: Mapping[Reading, Match], expect: Iterable[str]
) -> LabelledTurn:
    """A turn whose meaning is known: ids of entries (any one will do), or the name of an outcome."""
    wanted, width = frozenset(expect), len(Reading)
    right, possible = np.zeros(width, np.float32), np.zeros(width, np.float32)
    for reading, match in readings.items():
        possible[reading] = 1
        right[reading] = sum(c.confidence for c in match.of_kind(Kind.ENTRY) if c.target.id in wanted)
        right[reading] += (match.none + match.share(Kind.NOT_COVERED)) * (NOT_COVERED in wanted)
        right[reading] += match.share(Kind.SMALL_TALK) * (SMALL_TALK in wanted)
    alone = readings[Reading.STANDALONE]
    return LabelledTurn(features_of(turn, conversation, alone), possible, sureness_of(readings), right)


def sureness_of(readings: Mapping[Reading, Match]) -> Floats:
    """The confidence of the best candidate of each reading."""
    found = np.zeros(len(Reading), np.float32)
    for reading, match in readings.items():
        found[reading] = match.candidates[0].confidence
    return found


@dataclass(frozen=True)
class ReadingModel:
    """One weight for each reading and feature, and one for each reading's own sureness."""

    weights: Floats
    sureness: Floats

    @classmethod
    def fit(cls, turns: Sequence[LabelledTurn]) -> "ReadingModel":
        """Climb the likelihood of the right meanings (Adam: Kingma and Ba 2015, arXiv:1412.6980)."""
        weights = np.zeros((len(Reading), FEATURES + 1))
        weights[Reading.STANDALONE, 0] = 1.0
        if not turns:
            return cls(weights[:, :-1].astype(np.float32), weights[:, -1].astype(np.float32))
        x = np.array([turn.features for turn in turns], float)
        possible, right = (np.array([getattr(t, name) for t in turns], float) for name in ("possible", "right"))
        sure = np.array([turn.sureness for turn in turns], float)
        start, first, second = weights.copy(), np.zeros_like(weights), np.zeros_like(weights)
        for step in range(1, STEPS + 1):
            scores = np.where(possible > 0, x @ weights[:, :-1].T + sure * weights[:, -1], -np.inf)
            shares = np.exp(scores - scores.max(axis=1, keepdims=True))
            shares /= shares.sum(axis=1, keepdims=True)
            meant = shares * (right + LEAST)
            pull = meant / meant.sum(axis=1, keepdims=True) - shares
            gradient = np.column_stack([pull.T @ x, (pull * sure).sum(axis=0)]) - PRIOR * (weights - start)
            first, second = 0.9 * first + 0.1 * gradient, 0.99 * second + 0.01 * gradient**2
            weights += RATE * first / (1 - 0.9**step) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
        return cls(weights[:, :-1].astype(np.float32), weights[:, -1].astype(np.float32))

    def mixture(self, turn: Turn, conversation: Conversation, readings: Mapping[Reading, Match]) -> Match:
        """What a turn means: the readings' matches as one, by their probabilities, with the likeliest one's facets."""
        if len(readings) == 1:
            return readings[Reading.STANDALONE]
        numbers = features_of(turn, conversation, readings[Reading.STANDALONE])
        order, sure = list(readings), sureness_of(readings)
        scores = self.weights[order] @ numbers + self.sureness[order] * sure[order]
        shares = dict(zip(order, softmax(scores.astype(np.float32)).tolist(), strict=True))
        confidence: dict[tuple[Kind, str], float] = {}
        for reading, share in shares.items():
            for candidate in readings[reading].candidates:
                key = (candidate.target.kind, candidate.target.id)
                confidence[key] = confidence.get(key, 0.0) + share * candidate.confidence
        best = max(confidence, key=lambda key: confidence[key])
        # The facets are those of the reading by which the best candidate got there.
        likeliest = readings[max(shares, key=lambda r: shares[r] * _confidence(readings[r], best))]
        found = {(c.target.kind, c.target.id): c for match in (*readings.values(), likeliest) for c in match.candidates}
        candidates = [replace(found[key], confidence=value) for key, value in confidence.items()]
        candidates.sort(key=lambda c: -c.confidence)
        none = sum(share * readings[reading].none for reading, share in shares.items())
        return replace(likeliest, candidates=tuple(candidates), none=none)


def _confidence(match: Match, key: tuple[Kind, str]) -> float:
    return next((c.confidence for c in match.candidates if (c.target.kind, c.target.id) == key), 0.0)
