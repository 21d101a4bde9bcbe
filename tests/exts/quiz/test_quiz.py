"""The fit quiz, played through the simulated Discord: every path, restarts, edits, strangers, failures."""

import pytest

from bot.exts.quiz.texts import tie_breaker_texts
from bot.quiz.progress import Action, Progress, encode
from bot.ui import sentences
from bot.ui.layouts import button, screen
from bot.ui.texts import answer_text
from tests.exts.conftest import build, images_of, items_of, labels_of, text_of

pytestmark = pytest.mark.asyncio

PE, AIE = "prompt_engineer", "ai_engineer"
NEVER, ALWAYS = 0, 4


async def start(world, actor=None):
    """The first screen."""
    return (await (actor or world.asker).slash(world.channel, "quiz")).response.message


async def press(world, message, label, actor=None):
    """The screen after a press."""
    return (await (actor or world.asker).click(message, label=label)).response.message


async def play(world, message, *, prompt=ALWAYS, ai=NEVER, upto=12):
    """Answer so that each role gets this step; the screen after so many statements, and any tie-breakers."""
    for statement in world.bot.answers.knowledge.quiz.statements[len(_answered(message)) : upto]:
        step = prompt if statement.role == PE else ai
        message = await press(world, message, sentences.STEPS[4 - step if statement.reversed else step])
    while sentences.PREFERENCES[2] in labels_of(message):
        message = await press(world, message, sentences.PREFERENCES[2])
    return message


def _answered(message):
    """The answers so far, as the way out carries them."""
    stop = next(i for i in items_of(message) if getattr(i, "label", None) == sentences.BUTTON_STOP)
    return stop.custom_id.split(":")[-2]


async def test_the_whole_quiz(world):
    """Twelve presses in one private message; then outcome, picture, reasons, and what to read next."""
    first = await world.asker.slash(world.channel, "quiz")
    assert first.ephemeral
    message = first.response.message
    assert "1 of 12" in text_of(message)
    assert labels_of(message) == [*sentences.STEPS, sentences.BUTTON_SKIP, sentences.BUTTON_STOP]
    result = await play(world, message)
    assert result.id == message.id
    assert "### Strongly: Prompt engineer" in text_of(result)
    assert sentences.QUIZ_MOVED in text_of(result)
    assert sentences.QUIZ_MIRROR in text_of(result)
    assert len(images_of(result)) == 1
    assert "Prompt engineer 100 of 100, AI engineer 0 of 100" in images_of(result)[0]
    assert labels_of(result)[-3:] == [sentences.BUTTON_SHARE, sentences.BUTTON_RETAKE, sentences.BUTTON_COUNTED]


@pytest.mark.parametrize(
    ("prompt", "ai", "title"),
    [
        (ALWAYS, NEVER, "Strongly: Prompt engineer"),
        (NEVER, ALWAYS, "Strongly: AI engineer"),
        (3, 2, "Leaning to: Prompt engineer"),
        (4, 4, "Both roles"),
        (2, 2, "Too close to call"),
        (0, 0, "Neither speaks to you"),
    ],
)
async def test_every_outcome_leads_on(world, knowledge, prompt, ai, title):
    """Its title, and buttons that open the knowledge's own answers."""
    result = await play(world, await start(world), prompt=prompt, ai=ai)
    assert f"### {title}" in text_of(result)
    for label in labels_of(result)[:-3]:
        entry = await press(world, result, label)
        (named,) = (e for e in knowledge.entries.values() if e.title == label)
        assert answer_text(knowledge, named) in text_of(entry)
        assert entry.id != result.id


async def test_answers_that_disagree_are_shown(world):
    """The same extreme answer everywhere: the very statements that contradict each other."""
    message = await start(world)
    for _ in range(12):
        message = await press(world, message, sentences.STEPS[4])
    assert "### Your answers disagree" in text_of(message)
    quiz = world.bot.answers.knowledge.quiz
    for pair in quiz.pairs[:2]:
        assert all(quiz.statements[place].text in text_of(message) for place in pair)


async def test_tie_breakers_decide_a_close_case(world):
    """Two or four more, which name both activities; they tip the result."""
    quiz = world.bot.answers.knowledge.quiz
    message = await start(world)
    for _ in quiz.statements:
        message = await press(world, message, sentences.STEPS[2])
    for place in range(4):
        first, second = tie_breaker_texts(quiz, place)
        assert f"**1** {first}\n**2** {second}" in text_of(message)
        message = await press(world, message, sentences.PREFERENCES[1 if place % 2 else 3])
    assert "### Leaning to: AI engineer" in text_of(message)
    assert "**AI engineer** 56" in text_of(message)


async def test_back_to_the_start_and_on(world):
    """Back takes one answer back at a time, at the start there is none."""
    message = await play(world, await start(world), upto=3)
    for place in (3, 2, 1):
        message = await press(world, message, sentences.BUTTON_BACK)
        assert f"{place} of 12" in text_of(message)
    assert sentences.BUTTON_BACK not in labels_of(message)
    assert "### Strongly: Prompt engineer" in text_of(await play(world, message))


async def test_skipping_leaves_out_up_to_a_minimum(world):
    """A few may be skipped; with too few answers the way back is shown."""
    message = await start(world)
    for _ in range(12):
        message = await press(world, message, sentences.BUTTON_SKIP)
    assert sentences.QUIZ_TOO_FEW in text_of(message)
    assert "12 of 12" in text_of(await press(world, message, sentences.BUTTON_BACK))


async def test_stop_asks_once(world):
    """A slip of the finger loses nothing; whoever means it is told that nothing was kept."""
    message = await play(world, await start(world), upto=5)
    asked = await press(world, message, sentences.BUTTON_STOP)
    assert text_of(asked) == sentences.QUIZ_STOP
    message = await press(world, asked, sentences.BUTTON_GO_ON)
    assert "6 of 12" in text_of(message)
    asked = await press(world, message, sentences.BUTTON_STOP)
    assert text_of(await press(world, asked, sentences.BUTTON_END)) == sentences.QUIZ_STOPPED


async def test_how_each_answer_counted_and_back(world):
    """Every statement with its answer; then the result again."""
    result = await play(world, await start(world))
    counted = await press(world, result, sentences.BUTTON_COUNTED)
    for statement in world.bot.answers.knowledge.quiz.statements:
        assert statement.text in text_of(counted)
    again = await press(world, counted, sentences.BUTTON_TO_RESULT)
    assert text_of(again) == text_of(result)


async def test_retake_begins_anew_in_the_same_message(world):
    """The first statement, without answers."""
    result = await play(world, await start(world))
    again = await press(world, result, sentences.BUTTON_RETAKE)
    assert (again.id, "1 of 12" in text_of(again), images_of(again)) == (result.id, True, [])


async def test_a_restart_in_the_middle_changes_nothing(world, advisor):
    """Another process goes on where the first one was."""
    message = await play(world, await start(world), upto=6)
    await world.env.restart_bot(build(advisor))
    assert "### Strongly: Prompt engineer" in text_of(await play(world, message))


def edit_quiz(world, monkeypatch, **changes):
    """An edit of the quiz while it is played."""
    knowledge = world.bot.answers.knowledge
    quiz = knowledge.quiz and knowledge.quiz.model_copy(update=changes.get("update", {}))
    changed = type(knowledge)(**{**vars(knowledge), "quiz": quiz if changes else None})
    monkeypatch.setattr(type(world.bot.answers), "knowledge", property(lambda _: changed))


async def test_an_edit_in_the_middle_is_a_friendly_fresh_start(world, monkeypatch):
    """The old answers are to other statements: say so, and begin anew in the same message."""
    message = await play(world, await start(world), upto=6)
    statements = world.bot.answers.knowledge.quiz.statements
    reworded = statements[0].model_copy(update={"text": "I like tea."})
    edit_quiz(world, monkeypatch, update={"statements": (reworded, *statements[1:])})
    told = await press(world, message, sentences.STEPS[2])
    assert text_of(told) == sentences.QUIZ_EDITED
    assert "I like tea." in text_of(await press(world, told, sentences.BUTTON_QUIZ))


async def test_a_quiz_that_is_gone_is_said(world, monkeypatch):
    """Without quiz.yaml."""
    message = await start(world)
    edit_quiz(world, monkeypatch)
    assert text_of(await press(world, message, sentences.STEPS[2])) == sentences.QUIZ_NONE
    assert text_of(await start(world)) == sentences.QUIZ_NONE


async def test_a_button_with_another_seal_is_a_friendly_fresh_start(world, advisor):
    """Tampered with, or from a bot with another token."""
    message = await start(world)
    await world.env.restart_bot(build(advisor, discord_token="another"))
    told = await press(world, message, sentences.STEPS[2])
    assert text_of(told) == sentences.QUIZ_FORGED
    assert "1 of 12" in text_of(await press(world, told, sentences.BUTTON_QUIZ))


async def test_a_strangers_press_is_refused(world):
    """Whoever gets hold of a button of somebody else's quiz."""
    quiz, key = world.bot.answers.knowledge.quiz, world.bot.quiz.key
    custom_id = encode(Action.GO, Progress(world.asker.id), quiz, key)
    view = screen("Mine", [button("Mine", custom_id)])
    message = await world.bot.get_channel(world.channel.id).send(view=view)
    result = await world.stranger.click(message, label="Mine")
    assert (result.ephemeral, result.response.content) == (True, sentences.NOT_YOURS)


async def twice(world, message, label):
    """Press a button twice, before the bot has got round to the first press."""
    settle, world.env._settle_internal = world.env._settle_internal, _not_yet
    results = [await world.asker.click(message, label=label) for _ in range(2)]
    world.env._settle_internal = settle
    await world.env.settle()
    return results


async def _not_yet(**_):
    """Wait for nothing."""


async def test_a_double_press_does_no_harm(world, advisor, tmp_path):
    """The same button twice leads to the same screen, is counted once and shared once."""
    await world.env.restart_bot(build(advisor, quiz_tally=True, data_dir=tmp_path))
    message = await start(world)
    for result in await twice(world, message, sentences.STEPS[4]):
        assert "2 of 12" in text_of(result.response.message)
    last = await play(world, result.response.message, upto=11)
    result, _ = await twice(world, last, sentences.STEPS[0])
    assert await world.bot.quiz.tally.of(world.guild.id) == {PE: 1}
    assert len(images_of(result.response.message)) == 1
    preview = await press(world, result.response.message, sentences.BUTTON_SHARE)
    before = len(world.channel.history())
    await twice(world, preview, sentences.BUTTON_POST)
    assert len(world.channel.history()) == before + 1


async def test_a_late_picture_does_not_overwrite_the_next_screen(world):
    """Retaking the quiz while the picture is drawn shows the first statement."""
    last = await play(world, await start(world), upto=11)
    settle, world.env._settle_internal = world.env._settle_internal, _not_yet
    await world.asker.click(last, label=sentences.STEPS[0])
    back = await world.asker.click(last, label=sentences.BUTTON_BACK)
    world.env._settle_internal = settle
    await world.env.settle()
    assert "11 of 12" in text_of(back.response.message)
    assert images_of(back.response.message) == []


async def test_two_open_quizzes_do_not_mix(world):
    """Each message goes its own way."""
    one, two = await start(world), await start(world)
    one = await play(world, one, upto=4)
    two = await play(world, two, upto=2)
    assert ("5 of 12" in text_of(one), "3 of 12" in text_of(two)) == (True, True)


async def test_sharing_is_previewed_explicit_and_without_answers(world):
    """First for the sharer alone, then for all: outcome and both scales; the quiz for others, Delete for the sharer."""
    result = await play(world, await start(world))
    before = len(world.channel.history())
    preview = await press(world, result, sentences.BUTTON_SHARE)
    assert len(world.channel.history()) == before
    assert sentences.QUIZ_PREVIEW in text_of(preview)
    again = await press(world, preview, sentences.BUTTON_TO_RESULT)
    assert text_of(again) == text_of(result)
    preview = await press(world, again, sentences.BUTTON_SHARE)
    await world.asker.click(preview, label=sentences.BUTTON_POST)
    shared = world.channel.last_message
    assert len(world.channel.history()) == before + 1
    assert text_of(shared) == "**asker** took the fit quiz: **Strongly: Prompt engineer**."
    assert text_of(shared) in text_of(preview)
    assert images_of(shared) == images_of(preview)
    assert not any(
        dimension.title in images_of(shared)[0] for dimension in world.bot.answers.knowledge.quiz.dimensions.values()
    )
    assert labels_of(shared) == [sentences.BUTTON_QUIZ, sentences.BUTTON_DELETE]
    opened = await world.stranger.click(shared, label=sentences.BUTTON_QUIZ)
    assert (opened.ephemeral, "1 of 12" in text_of(opened.response.message)) == (True, True)
    refused = await world.stranger.click(shared, label=sentences.BUTTON_DELETE)
    assert refused.response.content == sentences.NOT_YOURS
    await world.asker.click(shared, label=sentences.BUTTON_DELETE)
    assert len(world.channel.history()) == before


async def test_the_conversation_knows_the_result(world):
    """Asked which role suits them, members are told what the quiz said; the role that is ahead is spoken of."""
    unknowing = await world.mention("which one suits me")
    assert "Your quiz today" not in text_of(unknowing)
    await play(world, await start(world), prompt=NEVER, ai=ALWAYS)
    reply = await world.mention("which one suits me")
    assert "Your quiz today: **Strongly: AI engineer** (Prompt engineer 0, AI engineer 100)." in text_of(reply)
    await play(world, await start(world))
    assert "A prompt engineer's day" in text_of(await world.mention("what would i do all day"))


@pytest.mark.parametrize("code", [0, 10062])
async def test_a_failing_discord_loses_nothing(world, code):
    """A 500 or an expired interaction: the same button works at the next press."""
    message = await play(world, await start(world), upto=4)
    status = 404 if code else 500
    world.env.inject_error("POST", "/interactions/*/*/callback", status=status, code=code)
    await world.asker.click(message, label=sentences.STEPS[4])
    assert "6 of 12" in text_of(await press(world, message, sentences.STEPS[4]))


async def test_a_picture_that_can_not_be_sent_leaves_the_result(world, caplog):
    """The text is there at once; the picture is extra."""
    message = await play(world, await start(world), upto=11)
    world.env.inject_error("PATCH", "/webhooks/*", status=500, times=None)
    await world.asker.click(message, label=sentences.STEPS[0])
    assert "stays without its picture" in caplog.text


async def test_in_a_dm(world):
    """The whole quiz, alone with the bot; nothing is counted there."""
    user = world.asker.user
    message = (await user.slash("quiz")).response.message
    for statement in world.bot.answers.knowledge.quiz.statements:
        step = ALWAYS if statement.role == PE else NEVER
        label = sentences.STEPS[4 - step if statement.reversed else step]
        message = (await user.click(message, label=label)).response.message
    assert "### Strongly: Prompt engineer" in text_of(message)


async def test_answers_about_fit_lead_to_the_quiz(world):
    """A button under what suits whom; none under pay."""
    reply = await world.mention("who is prompt engineering for, what kind of person?")
    assert sentences.BUTTON_WHICH_SUITS_ME in labels_of(reply)
    opened = await world.stranger.click(reply, label=sentences.BUTTON_WHICH_SUITS_ME)
    assert opened.ephemeral
    assert sentences.BUTTON_WHICH_SUITS_ME not in labels_of(await world.mention("what does a junior AI engineer earn"))


async def test_the_statistics_are_shown_from_ten_results_on(world, advisor, tmp_path):
    """Counted by server, once a member; before that, one private line."""
    await world.env.restart_bot(build(advisor, quiz_tally=True, data_dir=tmp_path))
    result = await play(world, await start(world))
    counted = await press(world, result, sentences.BUTTON_COUNTED)
    await press(world, counted, sentences.BUTTON_TO_RESULT)
    few = await world.asker.slash(world.channel, "quiz-stats")
    assert few.ephemeral
    assert await world.bot.quiz.tally.of(world.guild.id) == {PE: 1}
    for _ in range(9):
        world.bot.quiz.tally.add(world.guild.id, AIE)
    shown = (await world.stranger.slash(world.channel, "quiz-stats")).response.message
    assert "(10 results)" in text_of(shown)
    assert "Prompt engineer: 1; AI engineer: 9" in images_of(shown)[0]


async def test_a_member_counts_once_in_the_statistics(world, advisor, tmp_path):
    """However often they play: a quiz played again changes nothing, another member's does."""
    await world.env.restart_bot(build(advisor, quiz_tally=True, data_dir=tmp_path))
    for _ in range(3):
        await play(world, await start(world))
    assert await world.bot.quiz.tally.of(world.guild.id) == {PE: 1}


async def test_without_a_tally_nothing_is_counted(world):
    """The operator has turned it off."""
    await play(world, await start(world))
    off = await world.asker.slash(world.channel, "quiz-stats")
    assert (off.ephemeral, text_of(off.response.message)) == (True, sentences.QUIZ_STATS_OFF)


@pytest.mark.parametrize("context", [0, 1, 2])
async def test_the_quiz_is_played_by_members_who_installed_the_app_for_themselves(world, context):
    """In a server that the bot is not in, in its DM, and in a private channel: every press, to the result."""
    emit = world.env.backend.emit

    def installed_by_member(event, payload, *rest, **named):
        if event == "INTERACTION_CREATE":
            payload = {**payload, "authorizing_integration_owners": {"1": str(world.asker.id)}, "context": context}
            if context == 0:
                payload["guild_id"] = "999"
            else:
                member = payload.pop("member")
                payload = {**{k: v for k, v in payload.items() if "guild" not in k}, "user": member["user"]}
        return emit(event, payload, *rest, **named)

    world.env.backend.emit = installed_by_member
    result = await play(world, await start(world))
    assert "### Strongly: Prompt engineer" in text_of(result)
    assert images_of(result)
