"""The moderators' screens: open questions, teaching, proposals, undo; and that nobody else gets near them."""

import discord
import pytest

from bot.curation.edits import teaching
from bot.curation.effects import Trial
from bot.knowledge.loader import load
from bot.ui import custom_ids, sentences
from bot.ui.texts import spoken
from tests.exts.conftest import build, items_of, labels_of, press, slash, text_of

pytestmark = pytest.mark.asyncio

UNKNOWN = "umbrella bonus"


def custom_id_of(message, label):
    """What a button of a message carries."""
    return next(i.custom_id for i in items_of(message) if isinstance(i, discord.ui.Button) and i.label == label)


async def old_button(world, custom_id, actor=None, channel=None):
    """A press on a button that was left over somewhere; the message that results."""
    view = discord.ui.View(timeout=None)
    view.add_item(discord.ui.Button(label="old", custom_id=custom_id))
    where = world.bot.get_partial_messageable((channel or world.channel).id)
    result = await (actor or world.moderator).click(await where.send(view=view), label="old")
    return result.response.message


async def menu(world, actor, message):
    """The message menu, with the server of the command in it, as Discord sends it and the simulator does not."""
    dispatch = actor._dispatch_interaction
    actor._dispatch_interaction = lambda kind, channel, data: dispatch(
        kind, channel, {**data, "guild_id": str(world.guild.id)}
    )
    return await actor.context_menu(world.channel, "Teach the bot this question", message)


async def opened(world):
    """The first cluster of the list."""
    return await press(world, await slash(world, "questions"), sentences.BUTTON_OPEN)


async def test_the_whole_loop(home):
    """A member gets no answer, a moderator teaches, and the same question is answered at once."""
    assert "Bakers earn" not in text_of(await home.mention(UNKNOWN))
    assert f"**1×** {UNKNOWN}" in text_of(await slash(home, "questions"))
    cluster = await opened(home)
    assert UNKNOWN in text_of(cluster)
    proposal = await press(home, cluster, "Teach: What bakers earn")
    assert "**Then**: *What bakers earn*" in text_of(proposal)
    saved = await press(home, proposal, sentences.BUTTON_CONFIRM)
    assert text_of(saved).startswith("**Saved and in use.**")
    assert "Bakers earn" in text_of(await home.mention(UNKNOWN))
    assert text_of(await slash(home, "questions")) == sentences.QUESTIONS_NONE


async def test_a_warning_names_what_would_be_lost(home, folder):
    """A phrasing that would take questions from another entry, or a check its answer, is told before it is saved."""
    (folder / "checks.yaml").write_text("- question: umbrella bonuses\n  expect: [not_covered]\n")
    await home.start()
    await home.mention(UNKNOWN)
    proposal = await press(home, await opened(home), "Teach: What bakers earn")
    assert sentences.PROPOSAL_CHECKS in text_of(proposal)
    assert "Changed: `baker.pay`" in text_of(proposal)


async def test_what_is_right_as_it_is_never_comes_back(home, folder):
    """It becomes a check, so that no edit changes it, and is not listed again."""
    await home.mention(UNKNOWN)
    proposal = await press(home, await opened(home), sentences.BUTTON_RIGHT)
    await press(home, proposal, sentences.BUTTON_CONFIRM)
    check = load(folder).checks[-1]
    assert (check.question, check.expect) == (UNKNOWN, ("not_covered",))
    await home.mention("Umbrella bonus?")
    assert text_of(await slash(home, "questions")) == sentences.QUESTIONS_NONE


async def test_answers_that_are_not_sure_are_listed_with_what_was_answered(home, monkeypatch):
    """Right or wrong, a moderator should look at them; what leads clearly is not listed."""
    await home.mention("what does a baker earn")
    assert text_of(await slash(home, "questions")) == sentences.QUESTIONS_NONE
    monkeypatch.setattr("bot.exts.answers.responder.UNSURE", 1.1)
    await home.mention("what does a baker earn")
    assert "answered, but not surely: *What bakers earn*" in text_of(await slash(home, "questions"))
    proposal = await press(home, await opened(home), sentences.BUTTON_RIGHT)
    assert "keeps the answer that it has" in text_of(proposal)


async def test_what_was_answered_is_listed_without_whose_it_was(home):
    """A moderator sees what the bot takes members' words for; it is no open question."""
    assert text_of(await slash(home, "knowledge answered")) == sentences.ANSWERED_NONE
    await home.mention("what does a baker earn")
    assert "“what does a baker earn” → *What bakers earn*" in text_of(await slash(home, "knowledge answered"))
    (kept,) = await home.bot.questions.answered(9)
    assert kept.member == ""
    assert await home.bot.questions.open() == []


async def test_cancel_changes_nothing(home, folder):
    """What was proposed is forgotten; it can't be confirmed afterwards."""
    await home.mention(UNKNOWN)
    before = (folder / "answers" / "work.yaml").read_bytes()
    proposal = await press(home, await opened(home), "Teach: What bakers earn")
    confirm = custom_id_of(proposal, sentences.BUTTON_CONFIRM)
    cancelled = await press(home, proposal, sentences.BUTTON_CANCEL)
    assert sentences.CANCELLED in text_of(cancelled)
    assert sentences.PROPOSAL_GONE in text_of(await old_button(home, confirm))
    assert (folder / "answers" / "work.yaml").read_bytes() == before


async def test_another_moderator_confirms_where_edits_are_reviewed(home, folder):
    """The author sends it to the moderators' channel; only somebody else's press saves it, under the author's name."""
    mods = home.guild.create_text_channel("mods")
    await home.start(review=True, moderator_channel=mods.id)
    await home.mention(UNKNOWN)
    proposal = await press(home, await opened(home), "Teach: What bakers earn")
    assert sentences.BUTTON_CONFIRM not in labels_of(proposal)
    assert f"Sent to <#{mods.id}>" in text_of(await press(home, proposal, sentences.BUTTON_SUBMIT))
    posted = mods.last_message
    assert f"<@{home.moderator.id}> proposes an edit" in text_of(posted)
    own = await home.moderator.click(posted, label=sentences.BUTTON_CONFIRM)
    assert [f.content for f in own.followups] == [sentences.REVIEW_OTHER]
    role = home.guild.create_role("More mods", permissions=discord.Permissions(manage_guild=True))
    second = home.guild.add_member(home.env.create_user("second"), roles=[role])
    await second.click(posted, label=sentences.BUTTON_CONFIRM)
    assert text_of(mods.last_message).startswith("**Saved and in use.**")
    assert UNKNOWN in load(folder).entries["baker.pay"].ask
    assert f"<@{home.moderator.id}>" in text_of(await slash(home, "knowledge history"))


async def test_a_review_that_cannot_be_posted_can_be_sent_again(home):
    """Where the bot may not write to the moderators' channel, the proposal and its button stay."""
    mods = home.guild.create_text_channel("mods")
    await home.start(review=True, moderator_channel=mods.id)
    await home.mention(UNKNOWN)
    proposal = await press(home, await opened(home), "Teach: What bakers earn")
    home.env.inject_error("POST", f"/channels/{mods.id}/messages", status=403)
    refused = await press(home, proposal, sentences.BUTTON_SUBMIT)
    assert text_of(refused) == sentences.REVIEW_CLOSED.format(channel=mods.id)
    assert f"Sent to <#{mods.id}>" in text_of(await press(home, refused, sentences.BUTTON_SUBMIT))
    assert "proposes an edit" in text_of(mods.last_message)


async def test_a_hook_of_the_operators_is_run_after_an_edit(home, folder, tmp_path, caplog):
    """With the file, who, and what, in the knowledge folder; a hook that fails costs a line in the log."""
    hook = tmp_path / "hook"
    hook.write_text('#!/bin/sh\nprintf "%s|%s|%s" "$1" "$2" "$3" > ../hooked\necho no repository >&2\nexit 3\n')
    hook.chmod(0o755)
    await home.start(edit_hook=hook)
    await home.mention(UNKNOWN)
    await press(home, await press(home, await opened(home), "Teach: What bakers earn"), sentences.BUTTON_CONFIRM)
    told = (folder.parent / "hooked").read_text()
    assert told == f"answers/work.yaml|{home.moderator.id}|**What bakers earn** also answers “{UNKNOWN}”"
    assert "EDIT_HOOK ended with 3: no repository" in caplog.text


async def test_a_proposal_outlives_a_restart(home):
    """What was shown before a restart can be confirmed after it."""
    await home.mention(UNKNOWN)
    proposal = await press(home, await opened(home), "Teach: What bakers earn")
    await home.start()
    saved = await press(home, proposal, sentences.BUTTON_CONFIRM)
    assert text_of(saved).startswith("**Saved and in use.**")
    assert "Bakers earn" in text_of(await home.mention(UNKNOWN))


async def test_a_new_entry_lands_in_the_folder_flagged_for_review(home, folder):
    """A form asks for title and answer; the entry is valid YAML and `check` asks to look at it again."""
    await home.mention(UNKNOWN)
    form = await home.moderator.click(await opened(home), label=sentences.BUTTON_NEW_ENTRY)
    result = await fill(home, form, "Umbrella bonus", "There is one: on rainy days.")
    assert "New: `umbrella_bonus`" in text_of(result)
    await press(home, result, sentences.BUTTON_CONFIRM)
    assert "on rainy days" in text_of(await home.mention(UNKNOWN))
    entry = load(folder).entries["umbrella_bonus"]
    assert (entry.ask, entry.review_by is not None) == ((UNKNOWN,), True)
    assert "umbrella_bonus" in text_of(await slash(home, "knowledge check"))


async def fill(home, form, title, text, **more):
    """Fill in a form that was shown; the message that results. `ticked`: other wordings than at first."""
    ticked, source = more.get("ticked"), more.get("source", "")
    controls = [c["component"] for c in form.modal["components"]]
    values = {controls[0]["custom_id"]: title, controls[1]["custom_id"]: text}
    for control in controls[2:]:
        if "options" in control:
            labels = {option["label"]: option["value"] for option in control["options"]}
            default = [option["value"] for option in control["options"] if option.get("default")]
            values[control["custom_id"]] = default if ticked is None else [labels[t] for t in ticked if t in labels]
        else:
            values[control["custom_id"]] = source
    return (await home.moderator.submit_modal(form, values)).response.message


async def test_a_form_that_was_open_over_a_restart_keeps_what_was_typed(home):
    """The new process does not know the form; the moderator reads so, with the text to copy."""
    await home.mention(UNKNOWN)
    form = await home.moderator.click(await opened(home), label=sentences.BUTTON_NEW_ENTRY)
    await home.start()
    lost = await fill(home, form, "Umbrella bonus", "There is one: on rainy days.")
    assert sentences.FORM_LOST in text_of(lost)
    assert "There is one: on rainy days." in text_of(lost)


async def test_a_new_entry_takes_all_wordings_and_what_declined_them(home, folder):
    """The cluster's wordings are ticked, those of the topic that declined it can be; from then on they are answered."""
    asked = ["vacation days", "how many holidays do bakers get", "any vacation days for bakers"]
    for number, text in enumerate(asked, 1):
        home.bot.questions.note(number, text, number, "decline", "holidays")
    form = await home.moderator.click(await opened(home), label=sentences.BUTTON_NEW_ENTRY)
    wordings, declined = (c["component"]["options"] for c in form.modal["components"][2:4])
    assert {option["label"] for option in wordings if option["default"]} == {*asked}
    assert [option["label"] for option in declined if option.get("default")] == [declined[0]["label"]]
    ticked = [*asked, "time off for cooks"]
    proposal = await fill(home, form, "Vacation", "Bakers get 25 days.", ticked=ticked, source="1, 2")
    assert sentences.PROPOSAL_TRIED.format(answered=4, count=4) in text_of(proposal)
    await press(home, proposal, sentences.BUTTON_CONFIRM)
    for text in ticked:
        assert "25 days" in text_of(await home.mention(text))
    entry = load(folder).entries["vacation"]
    assert ({*entry.ask}, entry.source) == ({*ticked}, (1, 2))
    assert "holidays" not in load(folder).not_covered


async def test_what_does_not_answer_its_own_question_can_not_be_saved(home):
    """The screen says so, and there is only the way back."""
    curation = home.bot.curation
    edit = teaching(curation.manager.contents, curation.advisor.knowledge, "cook.pay", ["cooks get what"], "taught")
    shown = await curation.decisions.propose(edit, Trial("cook.pay", ("when do bakers work",)))
    (container, row) = shown.children
    assert sentences.PROPOSAL_DOES_NOT_WORK in container.children[0].content
    assert [item.label for item in row.children] == [sentences.BUTTON_CANCEL]


async def test_what_overturns_a_sure_answer_is_the_loudest_warning(home):
    """A question that bakers' pay answers, taught to their hours."""
    proposal = await slash(home, "knowledge teach", question="how much do the bakers earn here", entry="baker.hours")
    assert sentences.PROPOSAL_OVERTURNS in text_of(proposal)


async def test_a_form_that_fails_keeps_its_text(home):
    """What was typed is shown again, with what is wrong."""
    await home.mention(UNKNOWN)
    form = await home.moderator.click(await opened(home), label=sentences.BUTTON_NEW_ENTRY)
    failed = await fill(home, form, "Umbrella bonus", "It costs $20 a day.")
    assert "Figures stand once" in text_of(failed)
    assert "Umbrella bonus\nIt costs $20 a day." in text_of(failed)
    form = await home.moderator.click(await opened(home), label=sentences.BUTTON_NEW_ENTRY)
    failed = await fill(home, form, "Umbrella bonus", "There is one.", source="the last one")
    assert "names no paragraph" in text_of(failed)


async def test_not_covered_is_said_honestly_from_then_on(home, folder):
    """Either as one of the topics that are known, or as a new one with its own reply."""
    await home.mention(UNKNOWN)
    choice = await press(home, await opened(home), sentences.BUTTON_NOT_COVERED)
    assert labels_of(choice)[0] == "Holidays"
    form = await home.moderator.click(choice, label=sentences.BUTTON_NEW_RECORD)
    result = await fill(home, form, "Umbrellas", "Nobody wrote about umbrellas.")
    await press(home, result, sentences.BUTTON_CONFIRM)
    assert "Nobody wrote about umbrellas." in text_of(await home.mention(UNKNOWN))
    assert UNKNOWN in load(folder).not_covered["umbrellas"].ask
    assert load(folder).place("umbrellas") == "not_covered/new_topics.yaml:1"


async def test_a_known_topic_that_is_not_covered_takes_the_question(home, folder):
    """One press on the topic, and confirm."""
    await home.mention(UNKNOWN)
    choice = await press(home, await opened(home), sentences.BUTTON_NOT_COVERED)
    proposal = await press(home, choice, "Holidays")
    await press(home, proposal, sentences.BUTTON_CONFIRM)
    assert UNKNOWN in load(folder).not_covered["holidays"].ask


async def test_dismissed_is_gone(home):
    """What nobody needs to answer leaves the list."""
    await home.mention(UNKNOWN)
    cluster = await opened(home)
    teach = custom_id_of(cluster, "Teach: What bakers earn")
    assert sentences.DISMISSED in text_of(await press(home, cluster, sentences.BUTTON_DISMISS))
    assert text_of(await slash(home, "questions")) == sentences.QUESTIONS_NONE
    assert sentences.QUESTION_GONE in text_of(await old_button(home, teach))


async def test_twenty_wordings_are_one_row_and_pages_turn(home):
    """Wordings of one cluster are one row, most wanted first; the rest is on further pages."""
    for number in range(20):
        home.bot.questions.note(number + 1, f"umbrella bonus {'please ' * (number % 3)}?", number, "decline")
    words = ["zebra", "quartz", "violin", "tundra", "mosaic", "galaxy"]
    for number, word in enumerate(words):
        home.bot.questions.note(100 + number, f"{word} {word}", 1, "clarify")
    page = await slash(home, "questions")
    assert text_of(page).split("\n")[2].startswith("**20×** umbrella bonus")
    assert labels_of(page).count(sentences.BUTTON_OPEN) == 5
    later = await press(home, page, sentences.BUTTON_LATER)
    assert labels_of(later) == [sentences.BUTTON_OPEN] * 2 + [sentences.BUTTON_EARLIER]
    assert text_of(await press(home, later, sentences.BUTTON_EARLIER)) == text_of(page)


async def test_teaching_closes_what_it_answers(home):
    """The other wordings that now get the same answer are closed with the one that was taught."""
    for number, text in enumerate((UNKNOWN, "umbrella bonus?", "umbrella bonus!"), 1):
        home.bot.questions.note(number, text, number, "decline")
    proposal = await press(home, await opened(home), "Teach: What bakers earn")
    saved = await press(home, proposal, sentences.BUTTON_CONFIRM)
    assert sentences.SAVED_CLOSED.format(count=3) in text_of(saved)


async def test_any_message_can_be_taught(home):
    """The message menu opens it as a question of its own."""
    message = await home.asker.send(home.channel, "what about the umbrella bonus")
    result = await menu(home, home.moderator, message)
    assert "what about the umbrella bonus" in text_of(result.response.message)
    proposal = await press(home, result.response.message, "Teach: What bakers earn")
    assert "what about the umbrella bonus" in text_of(proposal)
    empty = await home.asker.send(home.channel, "<@1>")
    result = await menu(home, home.moderator, empty)
    assert text_of(result.response.message) == sentences.NO_TEXT


async def test_who_asked_to_be_told_is_told_once(home):
    """By a DM, with the answer; afterwards nothing of it is kept."""
    declined = await home.mention(UNKNOWN)
    told = await home.asker.click(declined, label=sentences.BUTTON_TELL)
    assert (told.ephemeral, told.response.content) == (True, sentences.WILL_TELL)
    proposal = await press(home, await opened(home), "Teach: What bakers earn")
    await press(home, proposal, sentences.BUTTON_CONFIRM)
    message = home.asker.user.dm_channel.last_message
    assert sentences.TOLD.format(question=UNKNOWN) in text_of(message)
    assert "Bakers earn" in text_of(message)
    assert await home.bot.questions.open() == []


async def test_undo_and_undo_the_undo(home, folder):
    """Every change can be taken back, the taking back too; the history says who and what."""
    path = folder / "answers" / "work.yaml"
    before = path.read_bytes()
    await home.mention(UNKNOWN)
    proposal = await press(home, await opened(home), "Teach: What bakers earn")
    saved = await press(home, proposal, sentences.BUTTON_CONFIRM)
    taught = path.read_bytes()
    assert taught != before
    await press(home, await press(home, saved, sentences.BUTTON_UNDO), sentences.BUTTON_CONFIRM)
    assert path.read_bytes() == before
    await press(home, await slash(home, "knowledge undo"), sentences.BUTTON_CONFIRM)
    assert path.read_bytes() == taught
    history = text_of(await slash(home, "knowledge history"))
    assert history.count(f"<@{home.moderator.id}>") == 3
    assert "Undo change 2: Undo change 1: **What bakers earn** also answers" in history
    assert "umbrella bonus]" in text_of(await slash(home, "knowledge history", change=1))
    assert sentences.CHANGE_NONE in text_of(await slash(home, "knowledge undo", change=99))


async def test_two_moderators_at_once_lose_nothing(home, folder):
    """Two proposals for one file: the second is told that the file was edited meanwhile."""
    for number, text in enumerate((UNKNOWN, "zebra violin"), 1):
        home.bot.questions.note(number, text, number, "decline")
    pages = [(await slash(home, "questions"), custom_ids.curation_action("open", number)) for number in (1, 2)]
    one, two = [await press(home, page, custom_id=custom_id) for page, custom_id in pages]
    one = await press(home, one, "Teach: What bakers earn")
    two = await press(home, two, "Teach: What bakers earn")
    await press(home, one, sentences.BUTTON_CONFIRM)
    late = await press(home, two, sentences.BUTTON_CONFIRM)
    assert "edited meanwhile" in text_of(late)
    ask = load(folder).entries["baker.pay"].ask
    assert (UNKNOWN in ask, "zebra violin" in ask) == (True, False)


async def test_a_file_edited_by_hand_meanwhile_is_kept(home, folder):
    """A proposal never overwrites what a hand has saved since."""
    await home.mention(UNKNOWN)
    proposal = await press(home, await opened(home), "Teach: What bakers earn")
    path = folder / "answers" / "work.yaml"
    path.write_bytes(path.read_bytes() + b"# by hand\n")
    late = await press(home, proposal, sentences.BUTTON_CONFIRM)
    assert "edited meanwhile" in text_of(late)
    assert path.read_bytes().endswith(b"# by hand\n")
    assert "Nothing has been changed" in text_of(await slash(home, "knowledge history"))


async def test_a_read_only_folder_is_a_clear_line(home, monkeypatch):
    """Nothing is lost, nothing is in the history."""
    await home.mention(UNKNOWN)
    proposal = await press(home, await opened(home), "Teach: What bakers earn")

    def refuse(*_, **__):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("bot.knowledge.saving.tempfile.mkstemp", refuse)
    assert "Read-only file system" in text_of(await press(home, proposal, sentences.BUTTON_CONFIRM))
    assert sentences.HISTORY_NONE in text_of(await slash(home, "knowledge history"))


async def test_a_dead_journal_is_a_clear_line_and_answers_go_on(home, expected_errors, data_folder):
    """Members notice nothing; moderators are told; when it is back, nothing that was queued is lost."""
    expected_errors.append("the journal fails")
    data_folder.write_text("a file where the folder should be")
    assert spoken(home.bot.answers.knowledge, sentences.UNKNOWN) in text_of(await home.mention(UNKNOWN))
    assert text_of(await slash(home, "questions")) == sentences.JOURNAL_AWAY
    data_folder.unlink()
    assert UNKNOWN in text_of(await slash(home, "questions"))


PATHS = {
    "command": lambda actor, home: actor.slash(home.channel, "questions"),
    "group": lambda actor, home: actor.slash(home.channel, "knowledge status"),
    "menu": lambda actor, home: menu(home, actor, home.asked),
}


@pytest.mark.parametrize("path", PATHS)
async def test_nobody_else_is_let_in(home, path):
    """Who is no moderator here is refused, privately, also where the server shows them the command."""
    home.asked = await home.asker.send(home.channel, "hello")
    for command in home.bot.tree.get_commands(guild=discord.Object(home.guild.id)):
        command.default_permissions = None
    await home.bot.tree.sync(guild=discord.Object(home.guild.id))
    result = await PATHS[path](home.stranger, home)
    assert (result.ephemeral, result.response.content) == (True, sentences.MODERATORS_ONLY)


async def test_commands_are_hidden_from_others(home):
    """They carry default permissions, and are registered in the home server only."""
    assert "questions" in home.moderator.available_commands(home.channel)
    assert "questions" not in home.stranger.available_commands(home.channel)
    elsewhere = home.env.create_guild("Elsewhere")
    channel = elsewhere.create_text_channel("general")
    boss = elsewhere.create_role("Boss", permissions=discord.Permissions(manage_guild=True))
    stranger = elsewhere.add_member(home.env.create_user("boss"), roles=[boss])
    assert "questions" not in stranger.available_commands(channel)
    assert "ask" in stranger.available_commands(channel)


@pytest.mark.parametrize(
    "action", ["page", "open", "teach", "confirm", "cancel", "undo", "dismiss", "new", "uncovered"]
)
async def test_buttons_are_for_moderators(home, action):
    """A button that a stranger gets hold of, here or in another server, opens nothing."""
    custom_id = custom_ids.curation_action(action, 1, "baker.pay" if action == "teach" else "")
    elsewhere = home.env.create_guild("Elsewhere")
    channel = elsewhere.create_text_channel("general")
    boss = elsewhere.create_role("Boss", permissions=discord.Permissions(manage_guild=True))
    for where, actor in (
        (home.channel, home.stranger),
        (channel, elsewhere.add_member(home.env.create_user("b"), roles=[boss])),
    ):
        message = await old_button(home, custom_id, actor, where)
        assert (message.flags.ephemeral, message.content) == (True, sentences.MODERATORS_ONLY)


async def test_a_form_is_for_moderators_also_when_it_is_sent(home):
    """Whoever has lost the role meanwhile can't send a form."""
    await home.mention(UNKNOWN)
    form = await home.moderator.click(await opened(home), label=sentences.BUTTON_NEW_ENTRY)
    home.bot.curation.moderators = type(home.bot.curation.moderators)(home.guild.id, 1)
    assert (await fill(home, form, "a", "b")).content == sentences.MODERATORS_ONLY


async def test_autocompletion_tells_others_nothing(home):
    """Entries and files are suggested to moderators only."""
    suggested = await home.moderator.autocomplete(home.channel, "knowledge entry", "id", "bakers earn")
    assert suggested[0]["value"] == "baker.pay"
    home.bot.curation.moderators = type(home.bot.curation.moderators)(home.guild.id, 1)
    assert await home.moderator.autocomplete(home.channel, "knowledge entry", "id", "bakers earn") == []


async def test_a_role_decides_where_one_is_set(home):
    """With MODERATOR_ROLE its members are moderators, and managing the server is not enough."""
    role = home.guild.create_role("Keepers", permissions=discord.Permissions(manage_messages=True))
    manager = home.guild.add_member(home.env.create_user("manager"), roles=[role])
    bot = build(home.bot.manager.advisor, home.bot.manager.folder, home_server=home.guild.id, moderator_role=role.id)
    await home.env.restart_bot(bot)
    result = await manager.slash(home.channel, "questions")
    assert text_of(result.response.message) == sentences.QUESTIONS_NONE
    assert (await old_button(home, custom_ids.curation_action("page", 0))).content == sentences.MODERATORS_ONLY


async def test_undoing_twice_undoes_once(home, folder):
    """Two moderators undo the same change at the same time: the second is told, and nothing is undone twice."""
    await home.mention(UNKNOWN)
    proposal = await press(home, await opened(home), "Teach: What bakers earn")
    await press(home, proposal, sentences.BUTTON_CONFIRM)
    one, two = [await slash(home, "knowledge undo", change=1) for _ in range(2)]
    await press(home, one, sentences.BUTTON_CONFIRM)
    assert "edited meanwhile" in text_of(await press(home, two, sentences.BUTTON_CONFIRM))
    assert UNKNOWN not in load(folder).entries["baker.pay"].ask
    assert "have changed since" in text_of(await slash(home, "knowledge undo", change=1))


async def test_an_upload_while_the_file_is_saved_by_hand(home, folder):
    """What the hand has saved stays; the upload is shown again when it is sent again."""
    path = folder / "answers" / "work.yaml"
    raw = path.read_text().replace("baker wage", "wages of bakers")
    shown = await slash(home, "knowledge upload", file=("work.yaml", raw.encode()))
    path.write_text(path.read_text() + "# by hand\n")
    assert "edited meanwhile" in text_of(await press(home, shown, sentences.BUTTON_CONFIRM))
    assert path.read_text().endswith("# by hand\n")
    await slash(home, "knowledge reload")
    again = await slash(home, "knowledge upload", file=("work.yaml", raw.encode()))
    await press(home, again, sentences.BUTTON_CONFIRM)
    assert path.read_text() == raw
