"""Which reading of a turn is meant: a conditional logit over its numbers, fitted on labelled and simulated turns.

P(meaning | turn) is the mixture of what each reading means, weighted by P(reading | turn) (mixture of experts: Jacobs
and others 1991, doi:10.1162/neco.1991.3.1.79). Turns tell what was meant, not how it was read, so the likelihood of the
mixture is climbed directly.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from bot.dialogue.readings import Reading
from bot.dialogue.records import Conversation
from bot.dialogue.turns import KINDS, Turn
from bot.knowledge.fields import NOT_COVERED
from bot.matching.confidence import softmax
from bot.matching.experience import read_experience, shrunk
from bot.matching.features import Floats
from bot.matching.matcher import Match
from bot.matching.targets import Kind, Target

# A Gaussian prior that keeps what few turns show from weighing much.
PRIOR = 2.0
STEPS, RATE = 400, 0.05
LEAST = 1e-6
# How many numbers `features_of` tells of a turn.
FEATURES = 22 + len(KINDS)
EXPERIENCE_FILE = Path(__file__).with_name("experience.json")


def features_of(turn: Turn, conversation: Conversation, readings: Mapping[Reading, Match]) -> Floats:
    """What of a turn tells how it is read."""
    alone, asked = readings[Reading.STANDALONE], readings.get(Reading.ASKED)
    carried = readings[Reading.ROLE_CARRIED].candidates[0] if Reading.ROLE_CARRIED in readings else None
    own, best = turn.utterance.facets, alone.candidates[0]
    length, content = len(turn.utterance.words), len(turn.content)
    return np.array(
        [
            1.0,
            best.confidence,
            best.nearest,
            alone.none,
            alone.share(Kind.SMALL_TALK),
            alone.share(Kind.NOT_COVERED),
            alone.word_for_word,
            content == 0,
            content == 1,
            min(content, 6) / 6,
            min(length, 12) / 12,
            bool(own.roles),
            own.topic is not None,
            own.level is not None,
            own.other_role or turn.names_every_role,
            bool(conversation.facets.roles),
            bool(conversation.last),
            turn.people is not None and not own.roles and len(conversation.facets.roles) == 1,
            len(conversation.entries) > 1,
            asked.candidates[0].confidence if asked else 0.0,
            carried.confidence if carried and carried.target.role and not best.target.role else 0.0,
            asked is not None and bool(asked.facets.roles),
            *(kind in turn.kinds for kind in KINDS),
        ],
        np.float32,
    )


@dataclass(frozen=True)
class LabelledTurn:
    """Numbers of a turn, how sure each reading is, what each makes of the turn, and what is right.

    `meanings` has a row for each reading, of the confidence of each candidate and of none; all zero where a turn can't
    be read so.
    """

    features: Floats
    sureness: Floats
    meanings: Floats
    wanted: Floats


def labelled(
    turn: Turn, conversation: Conversation, readings: Mapping[Reading, Match], expect: Iterable[str]
) -> LabelledTurn:
    """A turn whose meaning is known: ids of entries (any one will do), or the name of an outcome."""
    targets = dict.fromkeys(c.target for match in readings.values() for c in match.candidates)
    columns = {target: column for column, target in enumerate(targets)}
    meanings = np.zeros((len(Reading), len(columns) + 1), np.float32)
    for reading, match in readings.items():
        meanings[reading, -1] = match.none
        for candidate in match.candidates:
            meanings[reading, columns[candidate.target]] = candidate.confidence
    expected = frozenset(expect)
    wanted = [(t.id if t.kind is Kind.ENTRY else t.kind.value) in expected for t in targets]
    numbers = features_of(turn, conversation, readings)
    return LabelledTurn(
        numbers, sureness_of(readings), meanings, np.array([*wanted, NOT_COVERED in expected], np.float32)
    )


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
    def indifferent(cls) -> "ReadingModel":
        """All readings alike, but for the message by itself."""
        weights = np.zeros((len(Reading), FEATURES), np.float32)
        weights[Reading.STANDALONE, 0] = 1.0
        return cls(weights, np.zeros(len(Reading), np.float32))

    @classmethod
    def experienced(cls) -> "ReadingModel":
        """What the chats that come with the bot have led to."""
        kept = read_experience(EXPERIENCE_FILE)
        return cls(kept["weights"], kept["sureness"])

    @classmethod
    def fit(cls, turns: Sequence[LabelledTurn]) -> "ReadingModel":
        """The likeliest weights (Adam: Kingma and Ba 2015, arXiv:1412.6980)."""
        start = cls.indifferent()
        x, sure = (np.array([getattr(turn, name) for turn in turns], float) for name in ("features", "sureness"))
        right = np.array([turn.meanings @ turn.wanted for turn in turns], float)
        possible = np.array([turn.meanings.any(axis=1) for turn in turns])
        prior = np.column_stack([start.weights, start.sureness]).astype(float)
        weights, first, second = prior.copy(), np.zeros_like(prior), np.zeros_like(prior)
        for step in range(1, STEPS + 1):
            shares = softmax(np.where(possible, x @ weights[:, :-1].T + sure * weights[:, -1], -np.inf))
            meant = shares * (right + LEAST)
            pull = meant / meant.sum(axis=1, keepdims=True) - shares
            gradient = np.column_stack([pull.T @ x, (pull * sure).sum(axis=0)]) - PRIOR * (weights - prior)
            first, second = 0.9 * first + 0.1 * gradient, 0.99 * second + 0.01 * gradient**2
            weights += RATE * first / (1 - 0.9**step) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
        return cls(weights[:, :-1].astype(np.float32), weights[:, -1].astype(np.float32))

    def with_turns(self, turns: Sequence[LabelledTurn]) -> "ReadingModel":
        """This one, drawn towards what these turns lead to: the more so, the more there are."""
        if not turns:
            return self
        own = self.fit(turns)
        parts = (shrunk(getattr(own, name), len(turns), getattr(self, name)) for name in ("weights", "sureness"))
        return ReadingModel(*parts)

    def mixture(
        self, turn: Turn, conversation: Conversation, readings: Mapping[Reading, Match]
    ) -> tuple[Match, Reading]:
        """What a turn means: the readings' matches as one, by their probabilities; and the reading that counts most."""
        alone = readings[Reading.STANDALONE]
        if len(readings) == 1:
            return alone, Reading.STANDALONE
        order, sure = list(readings), sureness_of(readings)
        scores = self.weights[order] @ features_of(turn, conversation, readings) + self.sureness[order] * sure[order]
        shares = dict(zip(order, softmax(scores).tolist(), strict=True))
        confidence: dict[Target, float] = {}
        for reading, share in shares.items():
            for candidate in readings[reading].candidates:
                confidence[candidate.target] = confidence.get(candidate.target, 0.0) + share * candidate.confidence
        best = max(confidence, key=lambda target: confidence[target])
        # The facets are those of the reading by which the best candidate got there.
        likeliest = max(shares, key=lambda reading: shares[reading] * _confidence(readings[reading], best))
        none = sum(share * readings[reading].none for reading, share in shares.items())
        matches = (*readings.values(), readings[likeliest])
        found = {candidate.target: candidate for match in matches for candidate in match.candidates}
        candidates = [found[target]._replace(confidence=value) for target, value in confidence.items()]
        candidates.sort(key=lambda c: -c.confidence)
        return replace(readings[likeliest], candidates=tuple(candidates), none=none), likeliest


def _confidence(match: Match, target: Target) -> float:
    return next((c.confidence for c in match.candidates if c.target == target), 0.0)
