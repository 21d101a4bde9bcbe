"""Knowledge with little of its own begins from what other knowledge taught."""

import numpy as np
import pytest

from bot.matching.experience import WORTH, shrunk

OWN, EXPERIENCE = np.array([4.0, 0.0], np.float32), np.array([0.0, 2.0], np.float32)


@pytest.mark.parametrize(("seen", "share"), [(0, 0.0), (WORTH, 0.5), (1e9, 1.0)])
def test_the_fewer_cases_the_more_experience_counts(seen, share):
    """Nothing seen: experience alone; as much as it is worth: half and half; very much: one's own."""
    assert shrunk(OWN, seen, EXPERIENCE) == pytest.approx(share * OWN + (1 - share) * EXPERIENCE, abs=1e-5)


def test_experience_of_another_version_is_refused():
    """With the command that writes it anew."""
    with pytest.raises(ValueError, match=r"python -m tests\.benchmarks\.experience"):
        shrunk(OWN, 10, EXPERIENCE[:1])
