"""What was learned from the knowledge that comes with the bot, for other knowledge to begin from. Pure.

The weights of evidence and of readings know of no subject, only of how messages of people are answered: where a
community has few phrasings and chats of its own, they tell more than those. `python -m tests.benchmarks.experience`
writes the files anew.
"""

import json
from pathlib import Path

import numpy as np

from bot.matching.features import Floats

# Experience counts as much as so many questions or turns of the knowledge itself.
WORTH = 300.0


def read_experience(file: Path) -> dict[str, Floats]:
    """The arrays that such a file holds, by name."""
    return {name: np.array(values, np.float32) for name, values in json.loads(file.read_bytes()).items()}


def shrunk(own: Floats, seen: float, experience: Floats) -> Floats:
    """Weights learned from so many cases, drawn towards those of experience: the more so, the fewer cases there were.

    (Shrinkage: James and Stein 1961.) Raises ValueError where the two are of other shapes: of another version.
    """
    if own.shape != experience.shape:
        raise ValueError("experience is of another shape: run python -m tests.benchmarks.experience")
    return ((seen * own + WORTH * experience) / (seen + WORTH)).astype(np.float32)
