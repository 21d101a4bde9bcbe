"""Phrasings that lead to their entry by a word that has nothing to do with it: "good morning, baker wage".

Such a word becomes a key: whoever uses it in another question gets this answer. Computes; prints nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.matching.features import Floats, unit_rows
from bot.matching.likelihood import KEY
from bot.matching.matcher import Matcher
from bot.matching.targets import Kind, Target
from bot.matching.text import words

# A word is rare where so many phrasings of the entry, and so many of all the others, have it at most.
RARE, RARE_ELSEWHERE = 2, 4
# A word whose meaning is so like what sets an entry apart (cosine) belongs to it.
RELATED = 0.05
# So many words are tried, the most foreign first: that bounds the time.
PROBED = 1200
# A word that alone is taken for the entry with so much confidence decides.
DECIDES = 0.5


@dataclass(frozen=True)
class Incidental:
    """A phrasing, its incidental word, and how surely the word alone, asked of the role, leads to the target."""

    target: Target
    phrasing: str
    word: str
    confidence: float


def incidental(matcher: Matcher, role_titles: Mapping[str, str]) -> list[Incidental]:
    """The phrasings that would not be found without their incidental word, the surest first.

    Without an embedder nobody can tell what a word has to do with an entry: then there are none.
    """
    if not matcher.models.mean.any():
        return []
    found = dict[tuple[str, str], Incidental]()
    for target, word in _foreign_words(matcher):
        leading = matcher.match(f"{role_titles.get(target.role or '', '')} {word}").candidates[0]
        if leading.target is target and leading.confidence >= DECIDES:
            for phrasing in _written(target):
                known = found.get((target.id, phrasing))
                surer = known is None or leading.confidence > known.confidence
                if surer and word in words(phrasing):
                    found[target.id, phrasing] = Incidental(target, phrasing, word, leading.confidence)
    owners, phrasings = {owner for owner, _ in found}, {phrasing for _, phrasing in found}
    lost = [
        found[item.target.id, item.phrasing]
        for item in matcher.left_out(owners, phrasings)
        if item.winner.target is not item.target and (item.target.id, item.phrasing) in found
    ]
    return sorted(lost, key=lambda item: -item.confidence)


def _foreign_words(matcher: Matcher) -> Iterator[tuple[Target, str]]:
    """The rare words of each entry's phrasings, but for names, that mean something else than the entry."""
    space, coverage = matcher.models.space, matcher.models.evidence.coverage
    features, owners = np.divmod(coverage.keys, KEY)
    entries = np.flatnonzero([target.kind is Kind.ENTRY for target in matcher.targets])
    elsewhere = np.bincount(features, coverage.counts, len(space))[features] - coverage.counts
    rare = (coverage.counts <= RARE) & (elsewhere <= RARE_ELSEWHERE) & np.isin(owners, entries)
    rare &= ~coverage.answered
    names = {word for name in matcher.reader.names() for word in name}
    written = {owner: set(words(" ".join(_written(matcher.targets[owner])))) - names for owner in entries.tolist()}
    pairs = [(space.features[f], o) for f, o in zip(features[rare], owners[rare].tolist(), strict=True)]
    pairs = [(word, owner) for word, owner in pairs if word in written[owner]]
    if pairs:
        likeness = _likeness(matcher, entries, [word for word, _ in pairs], np.array([owner for _, owner in pairs]))
        for place in np.argsort(likeness)[:PROBED]:
            if likeness[place] < RELATED:
                yield matcher.targets[pairs[place][1]], pairs[place][0]


def _written(target: Target) -> list[str]:
    """Its phrasings but for its title, which stands on a button."""
    return [phrasing for phrasing in target.phrasings if phrasing != target.title]


def _likeness(matcher: Matcher, entries: npt.NDArray[np.intp], rare: list[str], owners: npt.NDArray[np.intp]) -> Floats:
    """How like in meaning each word is to what sets its entry apart from the others of the same role.

    1 where the embedder does not know the word.
    """
    evidence = matcher.models.evidence
    starts = evidence.nearest.starts
    counts = np.diff(starts).astype(np.float32)[:, None]
    centres: Floats = np.divide(np.add.reduceat(evidence.phrasings.embeddings, starts[:-1]), counts, dtype=np.float32)
    roles = np.array([str(target.role) for target in matcher.targets])[entries]
    for role in set(roles):
        centres[entries[roles == role]] -= centres[entries[roles == role]].mean(axis=0)
    meanings = matcher.embedder.embed(rare)
    likeness = np.einsum("ij,ij->i", unit_rows(meanings - meanings.mean(axis=0)), unit_rows(centres)[owners])
    return np.where(meanings.any(axis=1), likeness, np.float32(1))
