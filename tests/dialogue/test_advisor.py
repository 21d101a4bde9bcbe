"""The advisor: outcomes, conversations, two-part and both-role questions, on the shipped knowledge."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue import advisor as advising
from bot.dialogue.records import Aspect, Conversation
from bot.matching.decision import Decision, Outcome
from bot.matching.targets import Kind

PE, AIE = "prompt_engineer", "ai_engineer"


def ids(reply):
    """The ids of a reply's entries."""
    return [e.id for e in reply.entries]


def talk(advisor, *questions):
    """The last reply of a conversation."""
    conversation = Conversation()
    for question in questions:
        reply = advisor.reply(question, conversation)
        conversation = reply.conversation
    return reply


def test_an_answer_carries_its_evidence(advisor):
    """Outcome, entry, runners-up, and the match that it rests on."""
    reply = advisor.reply("what does a junior AI engineer earn?")
    assert reply.outcome is Outcome.ANSWER
    assert ids(reply) == ["ai_engineer.salary.entry"]
    assert reply.why[0].candidates[0].phrasing
    assert "ai_engineer.salary.entry" not in [r.id for r in reply.runners_up]


def test_what_is_not_covered_is_declined_with_the_nearest(advisor):
    """One honest sentence, and what there is."""
    reply = advisor.reply("what do prompt engineers earn in Germany")
    assert reply.outcome is Outcome.DECLINE
    assert reply.record in advisor.knowledge.not_covered
    assert ids(reply)


@pytest.mark.parametrize("text", ["", "???", "🦄🦄", "<@123>"])
def test_nothing_to_read_is_no_answer(advisor, text):
    """A message without words is never answered."""
    assert advisor.reply(text).outcome is not Outcome.ANSWER


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (("what does a prompt engineer make when starting out", "and senior?"), ["prompt_engineer.salary.senior"]),
        (("what does a junior AI engineer earn", "and the other one?"), ["prompt_engineer.salary.entry"]),
        (("what does a junior prompt engineer earn", "no, I meant AI engineers"), ["ai_engineer.salary.entry"]),
        (("typical day as an AI engineer?", "and the other one"), ["prompt_engineer.day"]),
        (("who do prompt engineers work with", "what is chain of thought"), ["glossary.chain_of_thought"]),
        (("how much does an AI engineer make", "no, I meant prompt engineers", "for seniors"), [f"{PE}.salary.senior"]),
        (("what's an AI engineer", "what about the other one?", "and their pay?"), [f"{PE}.salary"]),
        (("salary of a junior AI engineer", "who do they work with"), [f"{AIE}.collaborators"]),
        (("what does an AI engineer do", "who earns more then"), ["salary.compare"]),
        (("which pays more", "the second one"), [f"{AIE}.salary"]),
        (("junior pay", "the second one", "and senior?"), [f"{AIE}.salary.senior"]),
        (("pay",), ["salary.ladders", f"{PE}.salary", f"{AIE}.salary"]),
        (("skills?",), ["skills.compare", f"{PE}.skills", f"{AIE}.skills"]),
    ],
)
def test_follow_ups(advisor, turns, expected):
    """What a follow-up leaves unsaid comes from before; a new topic inherits nothing."""
    assert ids(talk(advisor, *turns)) == expected


@pytest.mark.parametrize("more", ["more", "tell me more", "go on"])
def test_more_is_more_of_the_same_then_what_is_related(advisor, more):
    """Never the same twice."""
    asked = ("what does a prompt engineer do all day", more, "tell me more", "go on")
    replies = [talk(advisor, *asked[:count]) for count in range(1, len(asked) + 1)]
    assert [reply.aspect for reply in replies[:3]] == [Aspect.ANSWER, Aspect.MORE, Aspect.ANSWER]
    assert ids(replies[0]) == ids(replies[1]) == [f"{PE}.day"]
    assert ids(replies[2]) == [advisor.knowledge.entries[f"{PE}.day"].related[0]]
    assert len({(*ids(reply), reply.aspect) for reply in replies}) == len(replies)


@pytest.mark.parametrize(
    ("asked", "aspect"),
    [
        ("why?", Aspect.REASON),
        ("how come", Aspect.REASON),
        ("in short?", Aspect.SHORT),
        ("shorter please", Aspect.SHORT),
        ("example?", Aspect.EXAMPLE),
        ("what does that mean", Aspect.MEANING),
    ],
)
def test_what_is_asked_of_an_answer_stays_with_it(advisor, asked, aspect):
    """A reason, the short of it, an example: another subject would be none."""
    reply = talk(advisor, "what does a prompt engineer do all day", asked)
    assert (ids(reply), reply.aspect) == ([f"{PE}.day"], aspect)


def test_a_figure_in_a_question_is_the_one_that_was_given(advisor):
    """Who repeats a number wants it confirmed, not something else that begins so."""
    assert ids(talk(advisor, "junior ai engineer salary", "so 90k to start?")) == [f"{AIE}.salary.entry"]


def test_a_level_after_both_roles_is_that_of_both(advisor):
    """And of the one, once one of them is chosen."""
    turns = ["what do both earn", "senior?"]
    assert ids(talk(advisor, *turns)) == [f"{PE}.salary.senior", f"{AIE}.salary.senior"]
    assert ids(talk(advisor, *turns, "the second one")) == [f"{AIE}.salary.senior"]


def test_a_level_after_a_comparison_is_that_of_both(advisor):
    """Nobody in particular was spoken of."""
    both = [f"{PE}.salary.senior", f"{AIE}.salary.senior"]
    assert ids(talk(advisor, "which job pays better", "and senior?")) == both


def test_a_role_that_is_only_set_beside_another_is_not_spoken_of_next(advisor):
    """Who asks whether it is harder than something asks about what "it" is, and so does the next question."""
    turns = ["what is an ai engineer", "is it harder than prompt engineering"]
    assert ids(talk(advisor, *turns, "what skills do i need for it")) == [f"{AIE}.skills"]
    turned = ["what is a prompt engineer", "is that easier than ai engineering"]
    assert ids(talk(advisor, *turned, "what skills do i need for it")) == [f"{PE}.skills"]


def test_that_stands_for_the_job_too(advisor):
    """After its pay, "for that" asks what the job needs."""
    turns = ["what does a prompt engineer do", "how much do they make", "what do i need for that"]
    assert ids(talk(advisor, *turns)) == [f"{PE}.skills"]


@pytest.mark.parametrize(
    ("told", "role"),
    [("i already code in python", AIE), ("im a good writer but i cant code", PE), ("php dev here", AIE)],
)
def test_what_was_told_says_whose_day_is_asked_for(advisor, told, role):
    """Once a question on the fit was answered with it, its role is the one spoken of, also after a "why?"."""
    assert ids(talk(advisor, f"{told}, which one should i pick", "what would i do all day")) == [f"{role}.day"]
    assert ids(talk(advisor, f"{told}, which one should i pick", "why", "what would i do all day")) == [f"{role}.day"]


@pytest.mark.parametrize("told", ["i hate writing", "i like logic, not so much writing", "im not a writer"])
def test_what_somebody_dislikes_does_not_suit_them(advisor, told):
    """Writing is named, but not as a strength."""
    assert ids(talk(advisor, told)) == [f"{AIE}.fit"]


def test_they_are_those_who_are_spoken_of(advisor):
    """A wording that asks of both roles when nobody was named asks of the one that was."""
    asked = "how much do they make"
    assert ids(talk(advisor, "whats a prompt engineer", "and ai?", asked)) == [f"{AIE}.salary"]
    assert ids(talk(advisor, asked))[0] == "salary.ladders"


def test_a_role_in_short_is_none_beside_they(advisor):
    """Who "they" are was said before; the AI that they may build is no role, and neither are the prompts they write."""
    assert ids(talk(advisor, "what are prompt engineering techniques", "do they build the ai")) == [f"{PE}.definition"]
    writes = talk(advisor, "what does an ai engineer do all day", "and do they also write prompts")
    assert ids(writes) == ["both.prompting_for_ai_engineers"]


def test_more_pay_is_no_wish_to_hear_more(advisor):
    """A comparison after an answer is a question of its own."""
    assert ids(talk(advisor, "whats a prompt engineer", "and the other one", "which one makes more")) == [
        "salary.compare"
    ]


@pytest.mark.parametrize("role", [PE, AIE])
def test_what_is_asked_of_no_role_is_asked_of_the_one_that_is_spoken_of(advisor, role):
    """Even if the words alone would ask for both side by side."""
    title = advisor.knowledge.vocabulary.roles[role].title
    assert ids(talk(advisor, f"what skills does the {title} need", "what does a normal day look like")) == [
        f"{role}.day"
    ]


@pytest.mark.parametrize(
    ("turns", "answer"),
    [
        (["what does a prompt engineer earn in poland", "and in usa?"], f"{PE}.salary"),
        (["how much in germany for an ai engineer", "and in the us?"], f"{AIE}.salary"),
        (["what is an ai engineer", "is it hard?", "how much do they make"], f"{AIE}.salary"),
    ],
)
def test_what_was_spoken_of_is_kept(advisor, turns, answer):
    """Another place takes the place of the last one; an answer that leads to another role takes nothing."""
    assert ids(talk(advisor, *turns)) == [answer]


def test_a_topic_that_is_not_meant_is_not_asked_for(advisor):
    """Also where it was asked for just before."""
    meant = talk(advisor, "what skills does a prompt engineer need", "no i meant what do they do, not skills")
    assert ids(meant)[0] in {f"{PE}.definition", f"{PE}.day"}


@pytest.mark.parametrize(
    "reaction", ["nice one", "haha sold", "damn thats nice", "ok cool", "that sounds nice actually"]
)
def test_a_reaction_to_an_answer_is_no_question_about_it(advisor, reaction):
    """Where nothing is said besides, the bot has nothing to add."""
    assert talk(advisor, "what does a junior ai engineer earn", reaction).outcome is Outcome.SMALL_TALK


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("i code in java for a living, hate writing docs", "switch.technical"),
        ("I write ad copy for a living", "switch.language"),
        ("i'm a nurse", "switch.domain"),
    ],
)
def test_who_only_tells_of_themselves_hears_what_it_means_for_them(advisor, told, expected):
    """Nothing was asked, but there is something to say."""
    assert ids(talk(advisor, told)) == [expected]


def test_what_is_only_told_is_no_part_of_the_question(advisor):
    """A message that tells something and asks one thing asks one thing."""
    asked = "my son is 17 and wants to do this prompt thing, is it a real job"
    assert ids(talk(advisor, asked)) == [f"{PE}.outlook"]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("im a cs student 3rd year, which job fits me", "switch.technical"),
        ("nurse here. which of the two would suit me?", "switch.domain"),
    ],
)
def test_what_a_member_tells_decides_what_hangs_on_it(advisor, asked, expected):
    """Who suits which role is answered for the one who asks."""
    assert ids(talk(advisor, asked))[0] == expected


@pytest.mark.parametrize(
    ("first", "then", "expected"),
    [
        ("can an ai engineer become cto?", "and for prompt engineers?", f"{PE}.career_path"),
        ("what are the tools for prompt engineers", "no i meant the other", f"{AIE}.skills"),
        ("what does a prompt engineer earn", "and for the second role", f"{AIE}.salary"),
    ],
)
def test_what_the_other_role_has_no_counterpart_of(advisor, first, then, expected):
    """The nearest that it has is told; the second role is the one that was not named yet."""
    assert ids(talk(advisor, first, then)) == [expected]


@pytest.mark.parametrize("sign", ["👍", "😂", "🙏", "👍🏽"])
def test_a_sign_is_a_reaction(advisor, sign):
    """Not the last question once more."""
    assert talk(advisor, "which pays more", sign).outcome is Outcome.SMALL_TALK


def test_why_after_an_answer_on_both_roles_is_not_the_whole_of_it_again(advisor):
    """The reason, or that none is given; not both roles once more."""
    reply = talk(advisor, "what do both earn", "why")
    assert (ids(reply), reply.aspect) == (["salary.ladders"], "reason")


def test_the_next_level_follows_the_last_one(advisor):
    """What comes after mid level is senior."""
    assert ids(talk(advisor, "mid level prompt engineer salary", "and after that?")) == [f"{PE}.salary.senior"]


def test_a_follow_up_finds_what_is_not_covered_by_its_facets(advisor):
    """Freelance rates are known of one role; asked of the other, they are declined."""
    reply = talk(advisor, "freelance prompt engineer rates", "and for ai engineers?")
    assert (reply.outcome, reply.record) == (Outcome.DECLINE, "ai_engineer_freelance_rate")


def test_what_a_member_tells_is_said_back_once(advisor):
    """Where an answer depends on it; elsewhere, and the second time, it would only be noise."""
    told = "i can't code"
    assert talk(advisor, told, "how do i become an ai engineer").told == ("cannot_code",)
    assert talk(advisor, told, "what does an ai engineer earn").told == ()
    again = talk(advisor, told, "how do i become an ai engineer", "who suits ai engineering")
    assert (ids(again), again.told) == ([f"{AIE}.fit"], ())


def test_what_was_told_is_forgotten_with_the_conversation(advisor):
    """It is kept nowhere else."""
    assert advisor.reply("how do i become a prompt engineer", Conversation()).told == ()


@pytest.mark.parametrize(
    "question",
    [
        "nurse here. what does a prompt engineer do",
        "im 17 and like games, what does a prompt engineer do",
        "i studied law. what does a prompt engineer do?",
    ],
)
def test_what_a_message_only_tells_does_not_hide_what_it_asks(advisor, question):
    """The question counts, whoever asks it."""
    assert advisor.reply(question).entries[0].id in {f"{PE}.definition", f"{PE}.day"}


@pytest.mark.parametrize(("said", "place"), [("the second one", 1), ("the first", 0), ("2nd", 1), ("the former", 0)])
def test_an_ordinal_chooses_among_what_was_offered(advisor, monkeypatch, said, place):
    """After a clarification."""
    with monkeypatch.context() as asking_back:
        choices = lambda match, _: Decision(Outcome.CLARIFY, match.of_kind(Kind.ENTRY)[:3], 0.1)  # noqa: E731
        asking_back.setattr(advising, "decide", choices)
        offered = talk(advisor, "what is chain of thought")
    assert offered.outcome is Outcome.CLARIFY
    chosen = advisor.knowledge.entries[ids(offered)[place]]
    assert ids(advisor.reply(said, offered.conversation)) == list(chosen.side_by_side or (chosen.id,))


@pytest.mark.parametrize(
    "turns",
    [
        ("what's a first-year AI engineer paid", "and in London?"),
        ("how do i become an ai engineer", "salary in germany?"),
        ("what do prompt engineers do", "and their pay in Japan"),
        ("what's an AI engineer", "how much at Google?"),
        ("how much does an AI engineer make", "what does a plumber earn?"),
    ],
)
def test_a_follow_up_that_is_not_covered_is_declined(advisor, turns):
    """Context does not turn a gap into an answer."""
    assert talk(advisor, *turns).outcome is Outcome.DECLINE


@pytest.mark.parametrize("reaction", ["thx bro", "damn ok", "lol jk", "ok dude", "thanks mate"])
def test_a_reaction_and_whom_it_is_said_to_asks_nothing(advisor, reaction):
    """What is passed over in a question must not leave an empty message that seems to point back."""
    assert talk(advisor, "who earns more", reaction).outcome is Outcome.SMALL_TALK


def test_small_talk_does_not_end_a_conversation(advisor):
    """A thank-you in between is passed over."""
    turns = ("what does a prompt engineer make when starting out", "thanks a lot", "and senior?")
    assert ids(talk(advisor, *turns)) == ["prompt_engineer.salary.senior"]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "what does a junior make as a prompt engineer and as an AI engineer?",
            {f"{PE}.salary.entry", f"{AIE}.salary.entry"},
        ),
        (
            "Who do prompt engineers work with and who do AI engineers work with?",
            {f"{PE}.collaborators", f"{AIE}.collaborators"},
        ),
        (
            "explain chain of thought and also role prompting please",
            {"glossary.chain_of_thought", "glossary.role_prompting"},
        ),
        ("which earns more and which is easier to get into", {"salary.compare", "difficulty.compare"}),
        ("how do I become one?", {f"{PE}.start", f"{AIE}.start"}),
    ],
)
def test_two_part_and_both_role_questions_get_two_answers(advisor, question, expected):
    """Side by side."""
    assert set(ids(advisor.reply(question))) == expected


def test_the_same_question_gets_the_same_reply(advisor):
    """No chance is involved."""
    question = "I like people and words, what about money?"
    assert advisor.reply(question) == advisor.reply(question)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=3))
def test_no_message_breaks_a_conversation(advisor, turns):
    """Any text, in any conversation, gets a reply with an outcome and sane confidences."""
    conversation = Conversation()
    for text in turns:
        reply = advisor.reply(text, conversation)
        conversation = reply.conversation
        assert all(0 <= e.confidence <= 1.0001 for e in reply.entries)
