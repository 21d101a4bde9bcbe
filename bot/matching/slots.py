"""The names of places, other jobs and the like in a question, held against those in each target's phrasings.

A name that restricts a question and that a target never speaks of is a reason against it. Knows targets as numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.matching.features import Floats
from bot.matching.utterance import Utterance, marker

COLUMNS = 3


@dataclass(frozen=True)
class SlotModel:
    """How many of each target's phrasings hold a marker (markers, targets), and the share that hold any."""

    markers: tuple[str, ...]
    counts: Floats
    shares: Floats

    @classmethod
    def fit(cls, utterances: Sequence[Utterance], targets: npt.NDArray[np.intp]) -> "SlotModel":
        """Count the markers of all phrasings, which stand beside their targets' numbers."""
        found = [{marker(mention) for mention in utterance.slots} for utterance in utterances]
        markers = sorted(set().union(*found))
        sizes = np.bincount(targets)
        counts, any_marker = np.zeros((len(markers), len(sizes)), np.float32), np.zeros(len(sizes), np.float32)
        for target, own in zip(targets, found, strict=True):
            if own:
                any_marker[target] += 1
                counts[[markers.index(name) for name in own], target] += 1
        return cls(tuple(markers), counts, (any_marker / sizes).astype(np.float32))

    def agreement(self, utterance: Utterance, targets: npt.NDArray[np.intp], own: int = -1) -> Floats:
        """For each of these targets (rows) whether it speaks of what restricts the question.

        How many of the question's slots it speaks of, and how many it does not; and how often it speaks of any where
        the question names none. `own` is the target that a phrasing of its own is left out of.
        """
        found = np.zeros((len(targets), COLUMNS), np.float32)
        asked = {marker(mention) for mention in utterance.slots}
        if not asked:
            found[:, 2] = self.shares[targets]
            return found
        known = [self.markers.index(name) for name in asked if name in self.markers]
        spoken_of = (self.counts[known][:, targets] - (targets == own) > 0).sum(axis=0)
        found[:, 0], found[:, 1] = spoken_of, len(asked) - spoken_of
        return found
