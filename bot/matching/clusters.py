"""Which texts ask for the same: average-linkage clustering (UPGMA: Sokal & Michener 1958) of unit vectors. Pure."""

import numpy as np
import numpy.typing as npt

from bot.matching.features import Floats

NOTHING = -2.0


def clusters(vectors: Floats, least: float) -> list[list[int]]:
    """Groups of rows of (n, d) unit vectors whose mean cosine is at least `least`; the largest group first."""
    count = len(vectors)
    similar = (vectors @ vectors.T).astype(np.float64)
    np.fill_diagonal(similar, NOTHING)
    members = {row: [row] for row in range(count)}
    while count:
        one, other = map(int, np.unravel_index(similar.argmax(), similar.shape))
        if similar[one, other] < least:
            break
        _join(similar, one, other, len(members[one]), len(members[other]))
        members[one] += members.pop(other)
    return sorted(map(sorted, members.values()), key=lambda group: (-len(group), group))


def _join(similar: npt.NDArray[np.float64], one: int, other: int, size: int, other_size: int) -> None:
    """Make two groups one: its mean cosine to every other group is the mean of theirs, by size."""
    mean = (similar[one] * size + similar[other] * other_size) / (size + other_size)
    mean[[one, other]] = NOTHING
    mean[similar[one] == NOTHING] = NOTHING  # groups that are gone
    similar[one], similar[:, one] = mean, mean
    similar[other], similar[:, other] = NOTHING, NOTHING
