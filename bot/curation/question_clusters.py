"""Open questions → clusters: many wordings of one intent are one row. Pure."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from bot.journal.questions import OpenQuestion
from bot.matching.clusters import clusters
from bot.matching.decision import Outcome
from bot.matching.matcher import Matcher

# Mean cosine from which wordings have one intent: of two wordings that it brings together some 70 in 100 belong so.
ALIKE = 0.2


@dataclass(frozen=True)
class QuestionCluster:
    """What several members want to know, in their wordings, the latest first."""

    questions: tuple[OpenQuestion, ...]

    @property
    def wordings(self) -> tuple[str, ...]:
        """The wordings, each once."""
        return tuple(dict.fromkeys(question.text for question in self.questions))

    @property
    def members(self) -> int:
        """How many want to know it, however often each of them asked."""
        return len({question.member for question in self.questions})

    @property
    def is_settled(self) -> bool:
        """Whether all of it was declined honestly, by a record that says so: nothing needs to be done."""
        return all(question.record and question.outcome == Outcome.DECLINE for question in self.questions)

    @property
    def latest(self) -> OpenQuestion:
        """The question that was asked last."""
        return self.questions[0]


def likest(matcher: Matcher, wordings: Sequence[str], phrasings: Sequence[str]) -> list[str]:
    """The phrasings, those first that mean most nearly what these wordings do. Not for the event loop."""
    if not phrasings:
        return []
    vectors = matcher.intent_embeddings([*wordings, *phrasings])
    meant, others = vectors[: len(wordings)].mean(axis=0), vectors[len(wordings) :]
    return [phrasings[row] for row in (-(others @ meant)).argsort()]


def cluster_questions(questions: Sequence[OpenQuestion], matcher: Matcher) -> list[QuestionCluster]:
    """The clusters behind the questions: what needs a moderator, most wanted first, then what is settled.

    Questions that one record declined are one cluster.

    Takes a second or two for a thousand questions: not for the event loop.
    """
    declined: dict[str, list[OpenQuestion]] = defaultdict(list)
    others: list[OpenQuestion] = []
    for question in questions:
        is_declined = question.record and question.outcome == Outcome.DECLINE
        (declined[str(question.record)] if is_declined else others).append(question)
    alike = clusters(matcher.intent_embeddings([q.text for q in others]), ALIKE) if others else []
    found = [QuestionCluster(tuple(group)) for group in declined.values()]
    found += [QuestionCluster(tuple(others[row] for row in rows)) for rows in alike]
    return sorted(found, key=lambda c: (c.is_settled, -c.members, -len(c.questions), -c.latest.at.timestamp()))
