"""The facets of all targets, by number, held against those of a message. Knows no texts."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from bot.matching.features import Floats
from bot.matching.utterance import Facets

COLUMNS = 9


class TargetFacets:
    """Role, topic and level of each target."""

    def __init__(self, own: Sequence[tuple[str | None, str | None, str | None]]) -> None:
        """One row a target."""
        self._facets = np.array([[facet or "" for facet in row] for row in own], str).reshape(-1, 3)

    def agreement(self, facets: Facets, targets: npt.NDArray[np.intp]) -> Floats:
        """For each of these targets whether it agrees with, contradicts or goes beyond the question: (targets, 9).

        Columns of 0 or 1: role agrees, role contradicts, one role though several are asked about, role though none is
        named; level agrees, level contradicts, level though none is named; topic agrees; level agrees, but not topic.
        """
        found = np.zeros((len(targets), COLUMNS), np.float32)
        roles, topics, levels = self._facets[targets].T
        has_role, has_level = roles != "", levels != ""
        if len(facets.roles) == 1:
            same = roles == next(iter(facets.roles))
            found[:, 0], found[:, 1] = same, has_role & ~same
        else:
            found[:, 2 if facets.roles else 3] = has_role
        if facets.level is not None:
            same = levels == facets.level
            found[:, 4], found[:, 5] = same, has_level & ~same
        else:
            found[:, 6] = has_level
        if facets.topic is not None:
            found[:, 7] = topics == facets.topic
        # A level is a reason for pay where pay is asked for, and much less where it is not.
        found[:, 8] = found[:, 4] * (1 - found[:, 7])
        return found
