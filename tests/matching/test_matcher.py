"""The matcher on a small knowledge base of another subject: nothing in it knows the two careers."""

import gc
import weakref

import numpy as np
import pytest

from bot.knowledge.loader import load
from bot.matching.decision import Outcome, decide
from bot.matching.evidence import EvidenceModel
from bot.matching.features import FeatureSpace, Phrasings
from bot.matching.matcher import Matcher
from bot.matching.targets import Kind
from bot.matching.text import words
from tests import small


@pytest.fixture(scope="module")
def fitted(tmp_path_factory):
    """A matcher on the small knowledge."""
    return Matcher(load(small.write(tmp_path_factory.mktemp("small"))))


def test_what_an_edit_replaces_is_freed_at_once(tmp_path):
    """Not once the garbage collector looks through everything, which in a running bot it seldom does."""
    matcher = Matcher(load(small.write(tmp_path)))
    matcher.match("what does a bakr earn")
    left = weakref.ref(matcher)
    gc.disable()
    try:
        del matcher
        assert left() is None
    finally:
        gc.enable()


@pytest.mark.parametrize(
    ("question", "target"),
    [
        ("what does a baker earn", "baker.pay"),
        ("wage of a cook", "cook.pay"),
        ("how early does a baker have to start", "baker.hours"),
        ("vacation days", "holidays"),
        ("hello", "greeting"),
        ("whta dose a bakr earn", "baker.pay"),
    ],
)
def test_the_right_target_comes_first(fitted, question, target):
    """Exact wordings, other wordings, typos."""
    match = fitted.match(question)
    assert match.candidates[0].target.id == target
    assert sum(c.confidence for c in match.candidates) + match.none == pytest.approx(1, abs=1e-5)


def test_the_evidence_names_the_nearest_phrasing(fitted):
    """A moderator can see why."""
    best = fitted.match("cook wage please").candidates[0]
    assert best.phrasing == "cook wage"
    assert best.nearest > 0.5


def test_a_phrasing_asked_word_for_word_gets_its_answer(fitted):
    """What a moderator teaches is what the bot says."""
    for target in fitted.targets:
        for phrasing in target.phrasings:
            assert fitted.match(phrasing).candidates[0].target is target


def test_in_a_story_the_sentence_that_asks_counts(fitted):
    """What has nothing to do with the subject is passed over."""
    story = "Hello. Hi there! What does a baker earn? Good morning."
    assert fitted.match_message(story).candidates[0].target.id == "baker.pay"


def test_words_that_nobody_used_are_declined(fitted):
    """No feature in common: no guess."""
    decision = decide(fitted.match("zzz qqq"))
    assert (decision.outcome, decision.candidates) == (Outcome.DECLINE, ())


@pytest.mark.parametrize("dimensions", [0, 8])
def test_leaving_a_phrasing_out_is_the_same_as_fitting_without_it(dimensions):
    """The leave-one-out evidence is what a model without the phrasing says, but for the bias and words' rarity."""
    texts = [
        words(t) for t in ("red apple pie", "green apple", "apple tart red", "blue sea", "the sea is blue", "sea wind")
    ]
    targets = np.array([0, 0, 0, 1, 1, 1])
    space = FeatureSpace.fit(texts)
    vectors = space.vectors
    embeddings = np.random.default_rng(1).normal(size=(6, dimensions)).astype(np.float32)
    answers = [words("apples and the pie"), words("waves")]
    (left_out,) = EvidenceModel.fit(Phrasings(vectors, embeddings, targets), space, answers).left_out([1])
    others = [0, 2, 3, 4, 5]
    without = EvidenceModel.fit(Phrasings(vectors.take(others), embeddings[others], targets[others]), space, answers)
    seen = without.of(vectors[1], embeddings[1], 0.0)
    order, expected = np.argsort(left_out.targets), np.argsort(seen.targets)
    assert left_out.nearest[order] == pytest.approx(seen.nearest[expected], abs=1e-6)
    assert left_out.coverage[order] == pytest.approx(seen.coverage[expected], abs=1e-6)
    assert left_out.linear[order] == pytest.approx(seen.linear[expected], abs=0.12)
    assert left_out.likelihood[order] == pytest.approx(seen.likelihood[expected], abs=0.3)


def test_a_decision_follows_the_probabilities(fitted):
    """Sure: answer. Small talk and what is not covered: no answer."""
    assert decide(fitted.match("vacation days")).outcome is Outcome.DECLINE
    assert decide(fitted.match("hello")).outcome is Outcome.SMALL_TALK
    sure = decide(fitted.match("what does a baker earn"))
    assert sure.outcome in {Outcome.ANSWER, Outcome.CLARIFY}
    assert sure.candidates[0].target.kind is Kind.ENTRY


def test_what_nothing_is_about_is_likelier_none_of_them(advisor):
    """A question of the same build, about something that no record mentions. A dozen phrasings can't teach that."""
    known, unknown = (
        advisor.matcher.match("how much money does an ai engineer make"),
        advisor.matcher.match("how much fuel does a submarine burn"),
    )
    assert known.none < unknown.none


def test_one_entry_with_one_phrasing_is_enough(tmp_path):
    """The smallest folder there is."""
    (tmp_path / "answers").mkdir()
    (tmp_path / "answers" / "faq.yaml").write_text("- {id: a, title: A, answer: An a., ask: [what is it]}\n")
    assert Matcher(load(tmp_path)).match("what is it").candidates[0].target.id == "a"


LENT = small.ENTRIES.replace("[what does a baker earn,", "[do bakers get rich, after six years what does a baker get,")


@pytest.fixture(scope="module")
def lending(tmp_path_factory):
    """A matcher on knowledge where one role has phrasings that the other lacks."""
    return Matcher(load(small.write(tmp_path_factory.mktemp("lent"), answers__work=LENT)))


def owners(matcher, phrasing):
    """The targets that have a phrasing, their own or a lent one."""
    rows = zip(matcher.models.evidence.phrasings.targets, matcher.models.phrasings, strict=True)
    return [matcher.targets[target].id for target, text in rows if text == phrasing]


def test_an_entry_lends_its_phrasings_to_its_twin(lending):
    """With the role exchanged: what is asked of one role is understood of the other."""
    assert owners(lending, "do bakers get rich") == ["baker.pay"]
    assert owners(lending, "do cook get rich") == ["cook.pay"]
    best = lending.match("do cooks get rich").candidates[0]
    assert (best.target.id, best.confidence) == ("cook.pay", 1)


def test_what_stands_somewhere_is_not_lent_there_again(lending):
    """A phrasing has one home."""
    texts = [lending.read(text).joined for text in lending.models.phrasings]
    assert len(texts) == len(set(texts))


def test_years_of_experience_stay_at_home(lending):
    """They are a level of one role; of the other nothing is known."""
    assert owners(lending, "after six years what does a baker get") == ["baker.pay"]
    assert not any("six" in text and "cook" in text for text in lending.models.phrasings)


def test_what_has_no_twin_lends_nothing(lending):
    """Cooks have no entry on hours."""
    assert not any("cook" in text and "start" in text for text in lending.models.phrasings)


SEEN = """\
- {question: can a baker afford a house, expect: [baker.pay, baker.hours]}
- {question: baker wage, expect: [baker.hours]}
- {question: do bakers ride horses, expect: [not_covered]}
"""
CHAT = """\
chats:
  - - {question: is a baker up before the sun, expect: [baker.hours]}
    - {question: and on sundays, expect: [not_covered]}
"""


@pytest.fixture(scope="module")
def seen(tmp_path_factory):
    """A matcher on knowledge that holds labelled questions and a chat."""
    return Matcher(load(small.write(tmp_path_factory.mktemp("seen"), examples=SEEN, conversation=CHAT)))


def test_what_members_were_seen_to_ask_is_a_wording_of_what_answers_it(seen):
    """An example, of the first entry that would do, and of its twin; and what begins a chat."""
    assert owners(seen, "can a baker afford a house") == ["baker.pay"]
    assert owners(seen, "can a cook afford a house") == ["cook.pay"]
    assert owners(seen, "is a baker up before the sun") == ["baker.hours"]
    assert seen.match("could a baker afford the house").candidates[0].target.id == "baker.pay"


def test_what_is_written_stays_where_it_is_written(seen):
    """A label that says otherwise moves no phrasing; what no entry answers, or follows in a chat, is no wording."""
    assert owners(seen, "baker wage") == ["baker.pay"]
    assert owners(seen, "do bakers ride horses") == owners(seen, "and on sundays") == []


def test_a_labelled_question_can_be_matched_as_if_nobody_had_seen_it(seen, tmp_path):
    """What is fitted on labelled questions must see them as new; a phrasing stays known."""
    knowledge = load(small.write(tmp_path, examples=SEEN, conversation=CHAT))
    fresh = Matcher(knowledge, models=seen.models, unseen={"can a baker afford a house", "baker wage"})
    known, unseen = (matcher.match("can a baker afford a house") for matcher in (seen, fresh))
    assert known.word_for_word
    assert not unseen.word_for_word
    assert unseen.candidates[0].nearest < known.candidates[0].nearest
    assert fresh.match("baker wage").word_for_word
