"""The health of the knowledge: weak spots, what harms members most first, each with what to do. It prints nothing.

The plainest phrasings of each entry are asked as if they had not been written (leave-one-out), since those are what
people ask: what then goes wrong shows where the knowledge is thin or two records overlap.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from bot.knowledge.honesty import polar_texts, too_strong
from bot.knowledge.records import Entry, KnowledgeBase
from bot.matching.incidental import incidental
from bot.matching.matcher import Candidate, LeftOut, Matcher
from bot.matching.targets import Kind

THIN = 20
# So many phrasings of each entry are asked.
PLAINEST = 20
# Only what is lost clearly is worth a moderator's time.
CLEARLY = 0.8
# From here on an answer is given, or leads the choices.
LIKELY = 0.5
# A record that wins so large a share of an entry's phrasings is confused with it.
CONFUSED = 0.25


class WeaknessKind(StrEnum):
    """What is weak, the worst first: untrue answers, wrong answers, answers that are hard to get."""

    POLARITY = "yes or no"
    STRENGTH = "stronger than its source"
    OVERDUE = "overdue"
    TWIN = "answered for one role only"
    NEVER_REACHED = "never reached"
    CONFUSED = "confused"
    LOST = "lost phrasing"
    INCIDENTAL = "incidental word"
    THIN = "thin"


FIXES = {
    WeaknessKind.POLARITY: "Begin with the subject and state the fact: it must be true however it was asked.",
    WeaknessKind.STRENGTH: "Use the source's own words, or cite the paragraph that says it so strongly.",
    WeaknessKind.OVERDUE: "Check the answer, then set a new review_by.",
    WeaknessKind.TWIN: "If that is wrong, add the question, for the other role, to the record that it belongs to.",
    WeaknessKind.NEVER_REACHED: "Add plain phrasings that are like one another.",
    WeaknessKind.CONFUSED: "If either answer is right for those, all is well; else add plain phrasings to the first.",
    WeaknessKind.LOST: "Similar questions go there. If that is wrong, add a few more phrasings like this one here.",
    WeaknessKind.INCIDENTAL: "Add the same question in plain words; if the word belongs here, add two more with it.",
    WeaknessKind.THIN: f"Add phrasings, {THIN} and beyond, the plainest first.",
}


@dataclass(frozen=True)
class Weakness:
    """A weak spot of a record: what it is, and where to look (`file:line`, or nothing)."""

    kind: WeaknessKind
    record: str
    message: str
    place: str = ""

    @property
    def fix(self) -> str:
        """What to do. Following it never makes answers worse."""
        return FIXES[self.kind]


def weaknesses(knowledge: KnowledgeBase, matcher: Matcher, today: dt.date) -> list[Weakness]:
    """All weak spots by kind, the clearest first within each. Takes a second or two: not for the event loop."""
    left_out = list(matcher.left_out(knowledge.entries, _plainest(knowledge, matcher)))
    return [  # in the order of WeaknessKind
        *_untrue(knowledge),
        *_overdue(knowledge, today),
        *_one_role_only(knowledge, matcher),
        *_never_reached(knowledge, left_out),
        *_confused(knowledge, left_out),
        *_lost(knowledge, left_out),
        *_incidental(knowledge, matcher),
        *_thin(knowledge),
    ]


def shortlist(weak: Sequence[Weakness], most: int) -> list[Weakness]:
    """At most so many, in order: of each kind the same number, where there are as many."""
    seen, ranks = Counter[WeaknessKind](), list[int]()
    for weakness in weak:
        ranks.append(seen[weakness.kind])
        seen[weakness.kind] += 1
    chosen = sorted(range(len(weak)), key=ranks.__getitem__)[:most]
    return [weak[place] for place in sorted(chosen)]


def _plainest(knowledge: KnowledgeBase, matcher: Matcher) -> set[str]:
    """The phrasings of each entry that have no rare word, or the least rare ones."""
    models, content = matcher.models, matcher.models.evidence.coverage.content
    vectors = models.space.vectors
    rarity = np.zeros(len(vectors), np.float32)
    np.maximum.at(rarity, vectors.owners(), content[vectors.indices])
    rarest = dict(zip(models.phrasings, rarity.tolist(), strict=True))
    asked = ((text for text in entry.ask if text in rarest) for entry in knowledge.entries.values())
    return {text for texts in asked for text in sorted(texts, key=rarest.__getitem__)[:PLAINEST]}


def _untrue(knowledge: KnowledgeBase) -> Iterator[Weakness]:
    for record, word in polar_texts(knowledge):
        yield Weakness(WeaknessKind.POLARITY, record, f'its text begins with "{word}"', knowledge.place(record))
    for entry, words in too_strong(knowledge):
        paragraphs = ", ".join(map(str, entry.source))
        told = ", ".join(f'"{word}"' for word in words)
        message = f"its answer says {told}, which paragraphs {paragraphs} don't"
        yield Weakness(WeaknessKind.STRENGTH, entry.id, message, knowledge.place(entry.id))


def _overdue(knowledge: KnowledgeBase, today: dt.date) -> Iterator[Weakness]:
    for entry in knowledge.entries.values():
        if entry.review_by and entry.review_by < today:
            message = f"was to be reviewed by {entry.review_by}"
            yield Weakness(WeaknessKind.OVERDUE, entry.id, message, knowledge.place(entry.id))


def _one_role_only(knowledge: KnowledgeBase, matcher: Matcher) -> Iterator[Weakness]:
    """Entries whose first phrasings, asked of the other role, get an answer that nobody meant for them.

    Meant are the twin, what is not covered, and every record that has one of these questions word for word.
    """
    for entry in knowledge.entries.values():
        others = [role for role in knowledge.vocabulary.roles if role != entry.role]
        if entry.role is None or len(others) != 1:
            continue
        twin = knowledge.twin(entry.id)
        matches = [(text, matcher.match(exchanged)) for text, exchanged in _exchanged(entry, others[0], matcher)]
        meant = {match.candidates[0].target.id for _, match in matches if match.word_for_word}
        meant |= {twin.id} if twin else set()
        strays = [(text, match.candidates[0]) for text, match in matches if _is_stray(match.candidates[0], meant)]
        if strays:
            text, winner = max(strays, key=lambda stray: stray[1].confidence)
            role = knowledge.vocabulary.roles[others[0]].title
            message = f'"{text}", asked of {role}, goes to {winner.target.id} ({_percent(winner)})'
            yield Weakness(WeaknessKind.TWIN, entry.id, message, knowledge.place(entry.id, text))


def _exchanged(entry: Entry, other: str, matcher: Matcher) -> Iterator[tuple[str, str]]:
    """The entry's first phrasings that name its role once, and no other, each with the same asked of the other role."""
    for text in entry.ask[:PLAINEST]:
        utterance = matcher.read(text)
        if [mention.key for mention in utterance.mentions if mention.facet == "role"] == [entry.role]:
            yield text, matcher.reader.with_only(other, utterance)


def _is_stray(winner: Candidate, meant: set[str]) -> bool:
    answered = winner.target.kind is Kind.ENTRY and winner.confidence >= LIKELY
    return answered and winner.target.id not in meant


def _never_reached(knowledge: KnowledgeBase, left_out: Sequence[LeftOut]) -> Iterator[Weakness]:
    reached = {item.target.id for item in left_out if item.winner.target is item.target}
    for entry in knowledge.entries:
        if entry not in reached:
            message = "no plain phrasing would be found without itself"
            yield Weakness(WeaknessKind.NEVER_REACHED, entry, message, knowledge.place(entry))


def _confused(knowledge: KnowledgeBase, left_out: Sequence[LeftOut]) -> Iterator[Weakness]:
    counts = Counter(item.target.id for item in left_out)
    lost = Counter((i.target.id, i.winner.target.id) for i in left_out if i.winner.target is not i.target)
    for (entry, winner), count in lost.most_common():
        if count > 1 and count / counts[entry] >= CONFUSED:
            message = f"{count} of its {counts[entry]} plainest phrasings would go to {winner}"
            yield Weakness(WeaknessKind.CONFUSED, entry, message, knowledge.place(entry))


def _lost(knowledge: KnowledgeBase, left_out: Sequence[LeftOut]) -> Iterator[Weakness]:
    clear = [i for i in left_out if i.winner.target is not i.target and i.winner.confidence > CLEARLY]
    for item in sorted(clear, key=lambda i: -i.winner.confidence):
        winner = item.winner
        message = f'"{item.phrasing}" is like "{winner.phrasing}" of {winner.target.id} ({_percent(winner)})'
        place = knowledge.place(item.target.id, item.phrasing)
        yield Weakness(WeaknessKind.LOST, item.target.id, message, place)


def _incidental(knowledge: KnowledgeBase, matcher: Matcher) -> Iterator[Weakness]:
    titles = {role: term.title for role, term in knowledge.vocabulary.roles.items()}
    for item in incidental(matcher, titles):
        message = f'"{item.word}" alone leads here ({100 * item.confidence:.0f} %), by "{item.phrasing}"'
        place = knowledge.place(item.target.id, item.phrasing)
        yield Weakness(WeaknessKind.INCIDENTAL, item.target.id, message, place)


def _thin(knowledge: KnowledgeBase) -> Iterator[Weakness]:
    for entry in sorted(knowledge.entries.values(), key=lambda entry: len(entry.ask)):
        if len(entry.ask) < THIN:
            message = f"only {len(entry.ask)} phrasings"
            yield Weakness(WeaknessKind.THIN, entry.id, message, knowledge.place(entry.id))


def _percent(winner: Candidate) -> str:
    return f"{100 * winner.confidence:.0f} %"
