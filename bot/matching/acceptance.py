"""How often one entry would do where another was meant, learned from the questions that moderators labelled with both.

Two answers that say much the same share the probability of what was asked; either will do, so neither is a gamble.
Knows entries only by their ids.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import permutations

from bot.matching.matcher import Candidate

# So many labelled questions in which nothing else would do are taken for granted.
ALONE = 2.0


@dataclass(frozen=True)
class Acceptance:
    """For each entry, by id, the share of its questions that each other entry answers as well."""

    shares: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    @classmethod
    def fit(cls, labels: Iterable[Sequence[str]]) -> "Acceptance":
        """From the ids that would do for each labelled question."""
        asked, together = Counter[str](), dict[str, Counter[str]]()
        for label in labels:
            asked.update(label)
            for meant, other in permutations(label, 2):
                together.setdefault(meant, Counter())[other] += 1
        return cls({m: {o: n / (asked[m] + ALONE) for o, n in others.items()} for m, others in together.items()})

    def best(self, entries: Sequence[Candidate]) -> Candidate:
        """The candidate that most likely answers, with the probability that it does."""
        meant = {candidate.target.id: candidate.confidence for candidate in entries}
        right = dict(meant)
        for meant_id, probability in meant.items():
            for answer, share in self.shares.get(meant_id, {}).items():
                if answer in right:
                    right[answer] += probability * share
        chosen = max(entries, key=lambda candidate: right[candidate.target.id])
        return chosen._replace(confidence=min(1.0, right[chosen.target.id]))
