"""The facade: (question, conversation) → Reply. Fitted on one knowledge base; pure, safe to share between threads."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from operator import itemgetter

from bot.dialogue.parts import asked_of_each, both_roles, halves, joint
from bot.dialogue.reading_model import LabelledTurn, ReadingModel, labelled
from bot.dialogue.readings import Reading, ReadingMaker
from bot.dialogue.records import Aspect, Conversation, Reference, Reply
from bot.dialogue.telling import TellingReader
from bot.dialogue.training import SAME, known_turns
from bot.dialogue.turns import Turn, TurnReader
from bot.knowledge.records import OTHER_LANGUAGE, KnowledgeBase
from bot.matching.acceptance import Acceptance
from bot.matching.decision import Decision, Outcome, decide
from bot.matching.embedding import Embedder, NoEmbedder
from bot.matching.fitting import FittedModels, labelled_questions
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


class Advisor:
    """Answers questions from a knowledge base."""

    def __init__(
        self,
        knowledge: KnowledgeBase,
        embedder: Embedder = NoEmbedder(),  # noqa: B008 - stateless
        matching: FittedModels | None = None,
        readings: ReadingModel | None = None,
    ) -> None:
        """Take what was fitted on this knowledge with this embedder, or fit it: seconds, not for the event loop."""
        self.knowledge = knowledge
        self.matcher = Matcher(knowledge, embedder, matching)
        self._turns = TurnReader(knowledge.follow_ups, knowledge.vocabulary)
        self._joint = joint(knowledge.follow_ups.joints)
        self._telling = TellingReader(knowledge.personal_facts, knowledge.vocabulary.grammar)
        self._reading_maker = ReadingMaker(knowledge, self.matcher, self._telling)
        self._acceptance = Acceptance.fit(_labels(knowledge))
        self.readings = readings or ReadingModel.experienced().with_turns(list(self._labelled()))

    def _labelled(self) -> Iterator[LabelledTurn]:
        seen = {question.question for question in labelled_questions(self.knowledge)}
        matcher = Matcher(self.knowledge, self.matcher.embedder, self.matcher.models, unseen=seen)
        maker = ReadingMaker(self.knowledge, matcher, self._telling)
        for known in known_turns(self.knowledge, self._turn):
            text = self._text(known.question)
            readings = maker.of(text, known.turn, known.conversation)
            if len(readings) > 1:
                yield labelled(known.turn, known.conversation, readings, known.expect)

    def _text(self, question: str) -> str:
        return self._turns.without_interjections(clean(question))

    def _turn(self, question: str) -> Turn:
        return self._turns.read(self.matcher.read(self._text(question)))

    def reply(self, question: str, conversation: Conversation = Conversation()) -> Reply:  # noqa: B008 - frozen
        """Reply to one message of a conversation; the reply carries the conversation's next state."""
        text = self._text(question)
        words = self.matcher.read(text).words
        if OTHER_LANGUAGE in self.knowledge.small_talk and is_foreign(text, words, self.matcher.spelling.knows):
            return Reply(Outcome.SMALL_TALK, (), OTHER_LANGUAGE, (), (), conversation, 1.0)
        told = self._telling.told(text)
        conversation = replace(conversation, told=tuple(dict.fromkeys((*conversation.told, *told))))
        reply = self._reply(text, conversation)
        if reply.outcome is Outcome.SMALL_TALK:
            return reply
        return replace(reply, conversation=reply.conversation.after(self._turn(question)))

    def _reply(self, text: str, conversation: Conversation) -> Reply:
        match, reading, turn = self._read(text, conversation)
        decision = decide(match, self._acceptance)
        if decision.outcome is Outcome.SMALL_TALK:
            best = decision.candidates[0]
            return Reply(Outcome.SMALL_TALK, (), best.target.id, (), (match,), conversation, best.confidence)
        cut = self._cut(text, conversation, decision)
        if cut:
            return self._answer(tuple(c for c, _ in cut), tuple(m for _, m in cut), conversation)
        pair, wanted = both_roles(self.knowledge, match)
        if decision.outcome is Outcome.CLARIFY:
            pair, wanted = max((pair, wanted), asked_of_each(self.knowledge, self.matcher, match), key=itemgetter(1))
        is_answer = decision.outcome is Outcome.ANSWER
        aspect = _aspect(decision.candidates[0].target.id, reading, turn, conversation) if is_answer else Aspect.ANSWER
        if aspect is Aspect.ANSWER and pair and self._wants_both(match, decision, wanted):
            return self._answer(self._both(pair, wanted, match), (match,), conversation)
        if is_answer:
            return self._answer(decision.candidates, (match,), conversation, aspect)
        return self._no_answer(decision, match, conversation)

    def _both(self, pair: tuple[str, ...], wanted: float, match: Match) -> tuple[Candidate, ...]:
        """The entries of a pair; before them, the entry that sets them side by side, where it was asked for."""
        confidences = {c.target.id: c.confidence for c in match.candidates}
        best = match.of_kind(Kind.ENTRY)[0]
        both = tuple(
            best._replace(target=self._reading_maker.target(i), confidence=max(wanted, confidences.get(i, 0.0)))
            for i in pair
        )
        asked = (best,) if set(self.knowledge.entries[best.target.id].side_by_side) == set(pair) else ()
        return (*asked, *both)

    def chosen(self, ids: Sequence[str], conversation: Conversation) -> Reply:
        """The reply to a choice from a list: those entries, and the conversation goes on from there.

        Raises KeyError when one is gone.
        """
        entries = [self.knowledge.entries[i] for i in ids]
        shown = tuple(Reference(entry.id, entry.title, 1.0) for entry in entries)
        return Reply(Outcome.ANSWER, shown, None, (), (), conversation.answered_with(entries))

    def _read(self, text: str, conversation: Conversation) -> tuple[Match, Reading, Turn]:
        """What a message means in this conversation, and the reading that says so most."""
        turn = self._turns.read(self.matcher.read(text))
        readings = self._reading_maker.of(text, turn, conversation)
        match, reading = self.readings.mixture(turn, conversation, readings)
        if turn.sets_beside_another and conversation.facets.roles:
            match = replace(match, facets=replace(match.facets, roles=conversation.facets.roles))
        return match, reading, turn

    def _cut(
        self, text: str, conversation: Conversation, whole: Decision
    ) -> tuple[tuple[Candidate, Match], ...] | None:
        """The two parts of a message that asks two things, each with its answer; None where it asks one."""
        joins, asked = self.matcher.reader.joins_roles, self._telling.asked(text) or text
        cuts = [cut for cut in halves(asked, self._joint) if not joins(*map(self.matcher.read, cut))]
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
        one, *_ = self._read(first, conversation)
        carried = replace(conversation, facets=conversation.facets.carried_into(one.facets, frozenset()))
        other, *_ = self._read(second, carried)
        decisions = decide(one, self._acceptance), decide(other, self._acceptance)
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

    def _answer(
        self,
        candidates: tuple[Candidate, ...],
        why: tuple[Match, ...],
        conversation: Conversation,
        aspect: Aspect = Aspect.ANSWER,
    ) -> Reply:
        entries = [self.knowledge.entries[c.target.id] for c in candidates]
        is_personal = entries[0].topic in self.knowledge.personal_facts.topics
        roles = why[-1].facets.roles or (self._told_role(conversation) if is_personal else frozenset())
        carried = conversation.answered_with(entries, roles, _named(why))
        if aspect is Aspect.MORE:
            carried = replace(carried, expanded=(*carried.expanded, entries[0].id))
        shown, runners_up = tuple(map(_reference, candidates)), self._runners_up(why, {*carried.entries})
        told, carried = carried.said_back(entries) if is_personal and aspect is Aspect.ANSWER else ((), carried)
        return Reply(Outcome.ANSWER, shown, None, runners_up, why, carried, aspect=aspect, told=told)

    def _told_role(self, conversation: Conversation) -> frozenset[str]:
        """The one role that all of what the member told points to."""
        told = [self.knowledge.entries[i] for i in self._telling.entries_of(conversation.told)]
        roles = frozenset(role for entry in told if (role := entry.role or entry.suggests))
        return roles if len(roles) == 1 else frozenset()

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
        if not match.facets.topic and (record or decision.outcome is Outcome.CLARIFY):
            facets = replace(facets, topic=decision.candidates[0].target.topic)
        mentioned = tuple(dict.fromkeys((*conversation.mentioned, *_named((match,)))))
        carried = replace(conversation, facets=facets, entries=tuple(e.id for e in entries), mentioned=mentioned)
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


def _aspect(entry_id: str, reading: Reading, turn: Turn, conversation: Conversation) -> Aspect:
    """What of an entry was asked for: something other than its answer only where that was given just before."""
    kinds = [kind for kind in (*SAME, Aspect.MORE) if kind in turn.kinds]
    asks_of_it = turn.only_points_back or reading in {Reading.MORE, Reading.AGAIN}
    return Aspect(kinds[-1]) if entry_id == conversation.last and asks_of_it and kinds else Aspect.ANSWER


def _labels(knowledge: KnowledgeBase) -> Iterator[tuple[str, ...]]:
    """For each labelled question, the entries that would do."""
    labelled = chain(knowledge.examples, *knowledge.follow_ups.chats)
    return (tuple(i for i in question.expect if i in knowledge.entries) for question in labelled)


def _reference(candidate: Candidate) -> Reference:
    return Reference(candidate.target.id, candidate.target.title, candidate.confidence)


def _named(why: Iterable[Match]) -> tuple[str, ...]:
    """The roles that a message names, in its order."""
    return tuple(role for match in why for role in match.utterance.roles)
