"""The facade: (question, conversation) → Reply. Fitted on one knowledge base; pure, safe to share between threads."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from operator import itemgetter

from bot.dialogue.parts import asked_of_each, both_roles, halves
from bot.dialogue.reading_model import LabelledTurn, ReadingModel, labelled
from bot.dialogue.readings import ReadingMaker
from bot.dialogue.records import Conversation, Reference, Reply
from bot.dialogue.training import known_turns
from bot.dialogue.turns import TurnReader
from bot.knowledge.records import OTHER_LANGUAGE, KnowledgeBase
from bot.matching.decision import Decision, Outcome, decide
from bot.matching.embedding import Embedder, NoEmbedder
from bot.matching.fitting import FittedModels
from bot.matching.language import is_foreign
from bot.matching.matcher import Candidate, Match, Matcher
from bot.matching.targets import Kind
from bot.matching.text import clean

NEAREST = 3
# Both parts of a two-part question must be at least this sure.
SURE = 0.6
MAX_JOINTS = 3
# An answer for one role, when none is named, gives way to both roles only where that costs so much less.
FAR_BETTER = 0.35
LIKELY = 0.5


@dataclass(frozen=True)
class Models:
    """All that is learned from a knowledge base."""

    matching: FittedModels
    readings: ReadingModel


class Advisor:
    """Answers questions from a knowledge base."""

    def __init__(
        self,
        knowledge: KnowledgeBase,
        embedder: Embedder = NoEmbedder(),  # noqa: B008 - stateless
        models: Models | None = None,
    ) -> None:
        """Take what was fitted on this knowledge with this embedder, or fit it: seconds, not for the event loop."""
        self.knowledge = knowledge
        self.matcher = Matcher(knowledge, embedder, models.matching if models else None)
        self._turns = TurnReader(knowledge.follow_ups, knowledge.vocabulary)
        self._readings = ReadingMaker(knowledge, self.matcher)
        self.models = models or Models(self.matcher.models, ReadingModel.fit(list(self._labelled())))

    def _labelled(self) -> Iterator[LabelledTurn]:
        for known in known_turns(self.knowledge, self.matcher):
            text = self._turns.without_interjections(clean(known.question))
            turn = self._turns.read(self.matcher.read(text))
            readings = self._readings.of(text, turn, known.conversation)
            yield labelled(turn, known.conversation, readings, known.expect)

    def reply(self, question: str, conversation: Conversation = Conversation()) -> Reply:  # noqa: B008 - frozen
        """Reply to one message of a conversation; the reply carries the conversation's next state."""
        text = self._turns.without_interjections(clean(question))
        words = self.matcher.read(text).words
        if OTHER_LANGUAGE in self.knowledge.small_talk and is_foreign(text, words, self.matcher.spelling.knows):
            return Reply(Outcome.SMALL_TALK, (), OTHER_LANGUAGE, (), (), conversation, 1.0)
        match = self._read(text, conversation)
        decision = decide(match)
        if decision.outcome is Outcome.SMALL_TALK:
            best = decision.candidates[0]
            return Reply(Outcome.SMALL_TALK, (), best.target.id, (), (match,), conversation, best.confidence)
        cut = self._cut(text, conversation, decision)
        if cut:
            return self._answer(tuple(c for c, _ in cut), tuple(m for _, m in cut), conversation)
        pair, wanted = both_roles(self.knowledge, match)
        if decision.outcome is Outcome.CLARIFY:
            pair, wanted = max((pair, wanted), asked_of_each(self.knowledge, self.matcher, match), key=itemgetter(1))
        if pair and self._wants_both(match, decision, wanted):
            confidences = {c.target.id: c.confidence for c in match.candidates}
            best = match.of_kind(Kind.ENTRY)[0]
            both = tuple(
                replace(best, target=self._readings.target(i), confidence=max(wanted, confidences.get(i, 0.0)))
                for i in pair
            )
            # An entry that sets others side by side is what was asked for; it is made from them.
            asked = (best,) if set(self.knowledge.entries[best.target.id].side_by_side) == set(pair) else ()
            return self._answer((*asked, *both), (match,), conversation)
        if decision.outcome is Outcome.ANSWER:
            return self._answer(decision.candidates, (match,), conversation)
        return self._no_answer(decision, match, conversation)

    def chosen(self, entry_id: str, conversation: Conversation) -> Reply:
        """The reply to a choice from a list: that entry, and the conversation goes on from there."""
        entry = self.knowledge.entries[entry_id]
        shown = (Reference(entry_id, entry.title, 1.0),)
        return Reply(Outcome.ANSWER, shown, None, (), (), conversation.answered_with([entry]))

    def _read(self, text: str, conversation: Conversation) -> Match:
        """What a message means in this conversation."""
        turn = self._turns.read(self.matcher.read(text))
        readings = self._readings.of(text, turn, conversation)
        return self.models.readings.mixture(turn, conversation, readings)

    def _cut(
        self, text: str, conversation: Conversation, whole: Decision
    ) -> tuple[tuple[Candidate, Match], ...] | None:
        """The two parts of a message that asks two things, each with its answer; None where it asks one."""
        cuts = [cut for cut in halves(text) if not self.matcher.reader.joins_roles(*map(self.matcher.read, cut))]
        word_for_word = bool(whole.candidates) and whole.candidates[0].nearest >= 1
        if word_for_word or len(cuts) > MAX_JOINTS:  # a story, not two questions
            return None
        best = SURE if whole.outcome is not Outcome.ANSWER else max(SURE, 1 - whole.expected_cost)
        known = {whole.candidates[0].target.id} if whole.outcome is Outcome.ANSWER else set()
        found = None
        for first, second in cuts:
            parts = self._parts(first, second, conversation)
            ids = {candidate.target.id for candidate, _ in parts}
            sure = min((candidate.confidence for candidate, _ in parts), default=0.0)
            # Two parts, one of which is what the whole seems to ask, need only be sure enough.
            if len(ids) > 1 and sure > (SURE if known & ids else best):
                best, known, found = sure, set(), parts
        return found

    def _parts(self, first: str, second: str, conversation: Conversation) -> tuple[tuple[Candidate, Match], ...]:
        """The answers to both parts, the second read after the first; nothing where one has none."""
        one = self._read(first, conversation)
        carried = replace(conversation, facets=conversation.facets.carried_into(one.facets, frozenset()))
        other = self._read(second, carried)
        decisions = decide(one), decide(other)
        if any(decision.outcome is not Outcome.ANSWER for decision in decisions):
            return ()
        return (decisions[0].candidates[0], one), (decisions[1].candidates[0], other)

    def _wants_both(self, match: Match, decision: Decision, wanted: float) -> bool:
        """Whether the pair is the better reply: both roles are named, or none is and the pair is likelier than one."""
        if decision.outcome is Outcome.DECLINE:
            return False
        best = match.of_kind(Kind.ENTRY)[0]
        if self.knowledge.entries[best.target.id].side_by_side or len(match.facets.roles) > 1:
            return 1 - wanted < decision.expected_cost or decision.outcome is Outcome.ANSWER
        much = FAR_BETTER if decision.outcome is Outcome.ANSWER else 1.0
        return 1 - wanted < much * decision.expected_cost

    def _answer(self, candidates: tuple[Candidate, ...], why: tuple[Match, ...], conversation: Conversation) -> Reply:
        entries = [self.knowledge.entries[c.target.id] for c in candidates]
        carried = conversation.answered_with(entries, why[-1].facets.roles, _named(why))
        shown = tuple(map(_reference, candidates))
        return Reply(Outcome.ANSWER, shown, None, self._runners_up(why, {*carried.entries}), why, carried)

    def _no_answer(self, decision: Decision, match: Match, conversation: Conversation) -> Reply:
        facets = conversation.facets.carried_into(match.facets, self.matcher.reader.every_role)
        record, sure = None, 0.0
        if decision.outcome is Outcome.CLARIFY:
            entries = tuple(_reference(c) for c in decision.candidates)
        else:
            likely = decision.candidates[0] if decision.candidates else None
            # A record's own sentence denies something; that is said only where it was likely asked.
            if likely and likely.confidence >= LIKELY:
                record, sure = likely.target.id, likely.confidence
            entries = self._nearest(record, match)
        runners_up = self._runners_up((match,), {e.id for e in entries})
        if decision.outcome is Outcome.CLARIFY and not match.facets.topic:
            facets = replace(facets, topic=decision.candidates[0].target.topic)
        mentioned = tuple(dict.fromkeys((*conversation.mentioned, *_named((match,)))))
        carried = Conversation(facets, tuple(e.id for e in entries), conversation.answered, mentioned)
        return Reply(decision.outcome, entries, record, runners_up, (match,), carried, sure)

    def _nearest(self, record: str | None, match: Match) -> tuple[Reference, ...]:
        """What the record names as nearest; without a record, the likeliest entries."""
        confidences = {c.target.id: c for c in match.of_kind(Kind.ENTRY)}
        if record is None:
            return tuple(map(_reference, list(confidences.values())[:NEAREST]))
        declined, facets = self.knowledge.not_covered[record], match.facets
        role = next(iter(facets.roles)) if len(facets.roles) == 1 else None
        # Pay that is asked for elsewhere, at a level: what there is of it here comes first.
        asked = self.knowledge.of_facets(role, declined.topic, facets.level) if declined.topic else None
        nearest = dict.fromkeys([asked.id] if asked else []) | dict.fromkeys(declined.nearest)
        return tuple(
            Reference(i, self.knowledge.entries[i].title, confidences[i].confidence if i in confidences else 0.0)
            for i in nearest
        )

    def _runners_up(self, why: tuple[Match, ...], shown: set[str]) -> tuple[Reference, ...]:
        likely = [c for match in why for c in match.of_kind(Kind.ENTRY)]
        others = {c.target.id: _reference(c) for c in likely if c.target.id not in shown}
        return tuple(others.values())[:NEAREST]


def _reference(candidate: Candidate) -> Reference:
    return Reference(candidate.target.id, candidate.target.title, candidate.confidence)


def _named(why: Iterable[Match]) -> tuple[str, ...]:
    """The roles that a message names, in its order."""
    return tuple(role for match in why for role in match.utterance.roles)
