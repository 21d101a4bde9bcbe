"""The buttons: what each does, for whom, and that it still does it after a restart."""

from dataclasses import replace

import discord
import pytest

from bot.exts.answers.layouts import topics_layout, topics_of
from bot.ui import custom_ids, sentences
from bot.ui.texts import spoken
from tests.exts.conftest import build, images_of, labels_of, text_of

pytestmark = pytest.mark.asyncio

AMBIGUOUS = "salary"


async def test_a_related_question_is_answered_privately(world):
    """A press in public is answered privately, for anybody."""
    reply = await world.mention("what does a junior AI engineer earn?")
    label = labels_of(reply)[0]
    for actor in (world.asker, world.stranger):
        result = await actor.click(reply, label=label)
        assert result.ephemeral
        assert f"### {label}" in text_of(result.response.message)


async def test_a_press_in_a_private_answer_changes_it_in_place(world):
    """Browsing on does not pile up private messages."""
    reply = await world.mention("what does a junior AI engineer earn?")
    private = (await world.asker.click(reply, label=labels_of(reply)[0])).response.message
    label = labels_of(private)[0]
    result = await world.asker.click(private, label=label)
    assert f"### {label}" in text_of(result.response.message)
    assert result.response.message.id == private.id


async def test_buttons_work_after_a_restart(world, advisor):
    """All state is in the custom_id: a new process answers old buttons."""
    reply = await world.mention("what does a junior AI engineer earn?")
    await world.env.restart_bot(build(advisor))
    result = await world.asker.click(reply, label=labels_of(reply)[0])
    assert f"### {labels_of(reply)[0]}" in text_of(result.response.message)
    result = await world.asker.click(reply, label=sentences.BUTTON_DOWN)
    assert sentences.VOTED_DOWN in text_of(result.response.message)


async def test_not_what_i_meant_under_old_answers_still_works(world):
    """The runners-up come as buttons, privately, for the asker; moderators will see the miss."""
    from bot.exts.answers.layouts import sentence_layout  # noqa: PLC0415
    from bot.ui.layouts import button  # noqa: PLC0415

    knowledge = world.bot.answers.knowledge
    view = sentence_layout(knowledge, "-# > what does a junior AI engineer earn?")
    keys = {"shown": custom_ids.key_of("ai_engineer.salary.entry"), "others": custom_ids.keys_of(["both.early"])}
    old = button("Not what I meant", custom_ids.NOT_MEANT.format(owner=world.asker.id, **keys))
    view.add_item(discord.ui.ActionRow(old))
    await world.bot.get_channel(world.channel.id).send(view=view)
    shown = world.channel.last_message
    stranger = await world.stranger.click(shown, label="Not what I meant")
    assert stranger.response.content == sentences.NOT_YOURS
    result = await world.asker.click(shown, label="Not what I meant")
    assert result.ephemeral
    assert sentences.NOT_MEANT in text_of(result.response.message)
    noted = await world.bot.questions.open()
    assert [(q.outcome, q.text) for q in noted] == [("not_meant", "what does a junior AI engineer earn?")]


async def test_a_stranger_gets_a_friendly_private_line(world):
    """The asker's buttons are the asker's."""
    reply = await world.mention("what does a prompt engineer do?")
    result = await world.stranger.click(reply, label=sentences.BUTTON_DELETE)
    assert result.ephemeral
    assert result.response.content == sentences.NOT_YOURS
    assert world.channel.last_message.id == reply.id


async def test_the_asker_deletes_the_answer(world):
    """The asker can delete an answer."""
    reply = await world.mention("what does a prompt engineer do?")
    await world.asker.click(reply, label=sentences.BUTTON_DELETE)
    assert world.channel.last_message.author.id == world.asker.id


async def test_a_moderator_deletes_anybodys_answer(world):
    """Who may delete messages may delete the bot's."""
    role = world.guild.create_role("Mods", permissions=discord.Permissions(manage_messages=True))
    moderator = world.guild.add_member(world.env.create_user("mod"), roles=[role])
    reply = await world.mention("what does a prompt engineer do?")
    await moderator.click(reply, label=sentences.BUTTON_DELETE)
    assert world.channel.last_message.author.id == world.asker.id


@pytest.mark.usefixtures("clarification")
async def test_a_choice_turns_the_question_back_into_the_answer(world):
    """A clarification becomes the chosen answer, in the same message."""
    asked = await world.mention("what is chain of thought")
    assert sentences.CLARIFY in text_of(asked)
    choice = labels_of(asked)[0]
    stranger = await world.stranger.click(asked, label=choice)
    assert stranger.response.content == sentences.NOT_YOURS
    await world.asker.click(asked, label=choice)
    assert f"### {choice}" in text_of(world.channel.last_message)
    assert world.channel.last_message.id == asked.id


@pytest.mark.usefixtures("clarification")
async def test_none_of_these_leads_on(world):
    """The way out says thanks and shows the topics."""
    asked = await world.mention("what is chain of thought")
    await world.asker.click(asked, label=sentences.BUTTON_NONE)
    after = world.channel.last_message
    assert spoken(world.bot.answers.knowledge, sentences.NOTED) in text_of(after)
    assert labels_of(after) == [sentences.BUTTON_TOPICS, sentences.BUTTON_DELETE]


async def test_topics_lead_from_topic_to_question_to_answer(world):
    """`/topics`: choose a topic, then a question; the answer is private."""
    shown = (await world.asker.slash(world.channel, "topics")).response.message
    chosen = (await world.asker.select(shown, ["salary"], custom_id="topic")).response.message
    answer = await world.asker.select(chosen, ["salary.compare"], custom_id="entry")
    assert answer.ephemeral
    assert "### Which role pays more?" in text_of(answer.response.message)
    assert images_of(answer.response.message)


async def test_topics_reach_every_entry(knowledge):
    """More than a menu holds, and entries without a topic, too."""
    many = {f"extra_{n}": knowledge.entries["fit.choose"].model_copy(update={"id": f"extra_{n}"}) for n in range(40)}
    lost = knowledge.entries["fit.choose"].model_copy(update={"id": "lost", "topic": None})
    changed = replace(knowledge, entries={**knowledge.entries, **many, "lost": lost})
    reached = {
        option.value
        for topic in topics_of(changed)
        for row in topics_layout(changed, topic).children[1:]
        for option in row.children[0].options
    }
    assert reached >= changed.entries.keys()


async def test_all_topics_opens_the_menu(world):
    """The button under a decline leads to everything there is."""
    result = await world.asker.slash(world.channel, "ask", question="prompt engineer salary in Germany?")
    opened = await world.asker.click(result.response.message, label=sentences.BUTTON_TOPICS)
    assert sentences.TOPICS in text_of(opened.response.message)


async def test_an_entry_that_is_gone_gets_a_line(world, monkeypatch):
    """A button of an answer that an edit removed says so."""
    reply = await world.mention("what does a junior AI engineer earn?")
    entries = {k: v for k, v in world.bot.answers.knowledge.entries.items() if k != "ai_engineer.salary.mid"}
    monkeypatch.setattr(type(world.bot.answers), "knowledge", property(lambda _: type("K", (), {"entries": entries})()))
    result = await world.asker.click(reply, label="Mid-level AI engineer pay")
    assert result.ephemeral
    assert result.response.content == sentences.ENTRY_GONE
