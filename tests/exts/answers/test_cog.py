"""Every way to ask: mention, reply, DM, ask channel, thread, `/ask`, message menu; and `/compare`."""

import discord
import pytest
import simcord

from bot.client import intents_for
from bot.settings import Settings
from bot.ui import sentences
from bot.ui.texts import spoken
from tests.exts.conftest import build, images_of, labels_of, text_of

pytestmark = pytest.mark.asyncio

ENTRY_PAY = "$90,000 to $130,000"


async def test_a_mention_is_answered_with_source_chart_and_related_questions(world):
    """A mention gets the answer, its paragraph, the pay chart with alt text, at most two related questions."""
    reply = await world.mention("what does a junior AI engineer earn?")
    assert ENTRY_PAY in text_of(reply)
    assert "paragraph 16" in text_of(reply)
    assert "AI engineer, Entry level: $90k to $130k" in images_of(reply)[0]
    assert [a.filename for a in reply.attachments] == ["chart.png"]
    *related, up, down, delete = labels_of(reply)
    assert 1 <= len(related) <= 2
    assert [up, down, delete] == [sentences.BUTTON_UP, sentences.BUTTON_DOWN, sentences.BUTTON_DELETE]


async def test_the_answer_refers_to_the_question_and_pings_nobody(world):
    """The answer is a reply to the question, and nobody is notified of it."""
    await world.asker.send(world.channel, f"<@{world.bot.user.id}> what does a prompt engineer do")
    question, answer = world.channel.history()[-2:]
    assert answer.reference.message_id == question.id
    assert not answer.mentions


async def test_a_reply_to_the_bot_goes_on_with_the_conversation(world):
    """Replying to an answer (with the ping that Discord sets by default) asks a follow-up."""
    first = await world.mention("what does a junior AI engineer earn?")
    await world.asker.send(world.channel, f"<@{world.bot.user.id}> and prompt engineers?", reply_to=first)
    assert "$65,000 to $95,000" in text_of(world.channel.last_message)


async def test_a_direct_message_is_answered(world):
    """In a DM no mention is needed."""
    await world.asker.user.send_dm("what does an AI engineer do all day")
    assert "LLM API" in text_of(world.asker.user.dm_channel.last_message)


async def test_a_message_in_a_thread_is_answered_there(world):
    """The answer goes where the question was asked."""
    await world.asker.send(world.channel, "Let's talk")
    message = await world.bot.get_channel(world.channel.id).fetch_message(world.channel.last_message.id)
    await message.create_thread(name="talk")
    thread = world.channel.threads[0]
    reply = await world.mention("what is few-shot prompting", channel=thread)
    assert "few-shot" in text_of(reply).lower()
    assert reply.channel.id == thread.id


async def test_silence_where_the_bot_is_not_addressed(world):
    """An ordinary message, another bot, and a mention of somebody else get no reply."""
    await world.asker.send(world.channel, "what does a junior AI engineer earn?")
    await world.asker.send(world.channel, f"{world.stranger.mention} what do AI engineers earn?")
    assert [m.author.id for m in world.channel.history()] == [world.asker.id] * 2


async def test_a_mention_without_a_question_gets_help(world):
    """Only pinging the bot shows what to ask, with something to press."""
    reply = await world.mention("")
    assert spoken(world.bot.answers.knowledge, sentences.EMPTY) in text_of(reply)
    assert len(labels_of(reply)) > 2


async def test_every_message_of_an_ask_channel_is_a_question(advisor):
    """In an ask channel and its threads no mention is needed; elsewhere it still is."""
    async with simcord.run(discord.Client(intents=discord.Intents.none()), settle_timeout=30) as env:
        guild = env.create_guild()
        open_channel, other = guild.create_text_channel("ask"), guild.create_text_channel("other")
        asker = guild.add_member(env.create_user("asker"))
        await env.restart_bot(build(advisor, ask_channels=frozenset({open_channel.id})))
        await asker.send(open_channel, "what does a junior AI engineer earn?")
        await asker.send(other, "what does a junior AI engineer earn?")
        assert ENTRY_PAY in text_of(open_channel.last_message)
        assert len(other.history()) == 1


async def test_message_content_is_only_asked_for_with_ask_channels():
    """No privileged intent by default; the message content intent with ask channels, and no other."""
    plain = intents_for(Settings(_env_file=None))
    with_channels = intents_for(Settings(_env_file=None, ask_channels=frozenset({1})))
    privileged = [(i.message_content, i.members, i.presences) for i in (plain, with_channels)]
    assert privileged == [(False, False, False), (True, False, False)]


async def test_ask_answers_publicly_and_quotes_the_question(world):
    """`/ask` shows everyone the question and the answer."""
    result = await world.asker.slash(world.channel, "ask", question="what does a **junior** AI engineer earn @everyone")
    assert not result.ephemeral
    assert ENTRY_PAY in text_of(result.response.message)
    assert "what does a junior AI engineer earn" in text_of(result.response.message)
    assert "@everyone" not in text_of(result.response.message)


async def test_ask_repeats_no_link_and_nothing_that_garbles(world):
    """What stands in public under the bot's name is words: no links, no reversed or towering letters."""
    typed = "what is role prompting? https://evil.example/x \u202eabc\u202c h\u0335\u0321\u0336\u0334i"
    result = await world.asker.slash(world.channel, "ask", question=typed)
    shown = text_of(result.response.message)
    assert "> what is role prompting? abc hi" in shown
    assert not {"\u202e", "\u0335"} & {*shown}


async def test_a_miss_by_ask_is_private(world):
    """What the article does not answer is said in one sentence, to the asker alone, with the nearest entries."""
    result = await world.asker.slash(world.channel, "ask", question="prompt engineer salary in Germany?")
    assert result.ephemeral
    assert sentences.NEAREST in text_of(result.response.message)
    assert sentences.BUTTON_DELETE not in labels_of(result.response.message)


async def test_autocomplete_offers_the_entries_titles(world):
    """At most 25 choices of at most 100 characters, the likeliest first, also for a word half typed; never an error."""
    for typed in ("", "salary junior ai", "x" * 100, "\u202e@everyone ```", "🦄"):
        choices = await world.asker.autocomplete(world.channel, "ask", "question", typed)
        assert 0 < len(choices) <= 25
        assert all(0 < len(c["name"]) <= 100 and c["value"] == c["name"] for c in choices)
    for typed, expected in (
        ("ai engineer sk", "AI engineer skills"),
        ("Is it wo", "Is it worth learning both?"),
        ("freelance prompt mon", "Freelance prompt engineering rates"),
    ):
        assert (await world.asker.autocomplete(world.channel, "ask", "question", typed))[0]["name"] == expected


async def test_a_choice_of_the_autocompletion_gets_its_entry(world):
    """Whoever chooses a title gets just that entry, never a question back."""
    for typed in ("", "pay"):
        for choice in (await world.asker.autocomplete(world.channel, "ask", "question", typed))[:5]:
            result = await world.asker.slash(world.channel, "ask", question=choice["value"])
            assert choice["name"] in text_of(result.response.message)
            assert not result.ephemeral


async def test_the_message_menu_answers_somebody_elses_message(world):
    """Apps → Answer this question."""
    await world.stranger.send(world.channel, "what does a junior AI engineer earn?")
    result = await world.asker.context_menu(world.channel, "Answer this question", world.channel.last_message)
    assert ENTRY_PAY in text_of(result.response.message)


async def test_the_message_menu_on_a_picture_says_so(world):
    """A message without text gets a private line."""
    await world.stranger.send(world.channel, "<:smile:123456789012345678>")
    result = await world.asker.context_menu(world.channel, "Answer this question", world.channel.last_message)
    assert result.ephemeral
    assert sentences.NO_TEXT in text_of(result.response.message)


async def test_conversations_are_kept_apart(world):
    """A follow-up of one member does not follow another member's question."""
    await world.mention("what does a junior AI engineer earn?")
    other = await world.mention("and prompt engineers?", actor=world.stranger)
    same = await world.mention("and prompt engineers?")
    assert "### Entry-level prompt engineer pay" not in text_of(other)
    assert "### Entry-level prompt engineer pay" in text_of(same)


async def test_what_comes_too_fast_waits_and_is_answered(advisor):
    """Told privately or by a reaction; only what comes on top of as many that wait is turned away."""
    async with simcord.run(build(advisor, cooldown_questions=2, cooldown_seconds=60), settle_timeout=30) as env:
        guild = env.create_guild()
        channel = guild.create_text_channel("general")
        asker = guild.add_member(env.create_user("asker"))
        for _ in range(2):
            await asker.slash(channel, "ask", question="what is role prompting")
        waits = await asker.slash(channel, "ask", question="what is role prompting")
        assert waits.ephemeral
        assert "60 s" in waits.response.content
        await asker.send(channel, f"<@{env.bot.user.id}> what does an AI engineer do all day")
        waiting = channel.last_message
        assert [str(r.emoji) for r in waiting.reactions] == [sentences.REACTION_WAIT]
        refused = await asker.slash(channel, "ask", question="what is role prompting")
        assert refused.response.content == sentences.TOO_MANY
        await asker.send(channel, f"<@{env.bot.user.id}> hello")
        assert [str(r.emoji) for r in channel.last_message.reactions] == [sentences.REACTION_TOO_MANY]
        await env.advance_time(61)
        answers = [text_of(m) for m in channel.history() if m.author.id == env.bot.user.id][2:]
        assert sorted("persona" in text for text in answers) == [False, True]
        assert "LLM API" in "".join(answers)


async def test_a_channel_has_a_bound_of_its_own(advisor):
    """A raid by many members waits, and then is turned away, so that nobody else's question waits for minutes."""
    async with simcord.run(build(advisor, cooldown_questions=1, cooldown_seconds=60), settle_timeout=30) as env:
        guild = env.create_guild()
        raided, calm = guild.create_text_channel("raided"), guild.create_text_channel("calm")
        members = [guild.add_member(env.create_user(f"member {number}")) for number in range(10)]
        for member in members[:9]:
            await member.send(raided, f"<@{env.bot.user.id}> what is role prompting")
        asked = [message for message in raided.history() if message.author.id != env.bot.user.id]
        marks = ["".join(str(r.emoji) for r in message.reactions) for message in asked]
        assert marks == [""] * 4 + [sentences.REACTION_WAIT] * 4 + [sentences.REACTION_TOO_MANY]
        await members[9].send(calm, f"<@{env.bot.user.id}> what is role prompting")
        assert "persona" in text_of(calm.last_message)


async def test_chatter_in_an_ask_channel_gets_a_reaction(advisor):
    """A box with buttons for every "ok" would drown the channel; whoever mentions the bot gets its words."""
    async with simcord.run(discord.Client(intents=discord.Intents.none()), settle_timeout=30) as env:
        guild = env.create_guild()
        channel = guild.create_text_channel("ask")
        asker = guild.add_member(env.create_user("asker"))
        await env.restart_bot(build(advisor, ask_channels=frozenset({channel.id})))
        for said in ("ok", "thanks!", "hi there"):
            await asker.send(channel, said)
            assert channel.last_message.content == said
            assert len(channel.last_message.reactions) == 1
        await asker.send(channel, "are you a bot?")
        assert channel.last_message.author.id == env.bot.user.id
        await asker.send(channel, f"<@{env.bot.user.id}> thanks!")
        assert channel.last_message.author.id == env.bot.user.id


async def test_a_press_goes_on_with_the_conversation(world):
    """What was chosen is what a follow-up is about."""
    shown = await world.mention("what does a junior AI engineer earn?")
    await world.asker.click(shown, label="Mid-level AI engineer pay")
    assert "### Mid-level prompt engineer pay" in text_of(await world.mention("and prompt engineers?"))


async def test_the_chart_comes_once_a_conversation(world):
    """What was asked for first is lit in it; after that, figures are enough."""
    first = await world.mention("what does a junior AI engineer earn?")
    assert images_of(first)
    assert not images_of(await world.mention("and senior?"))
    assert images_of(await world.mention("what does a junior AI engineer earn?", actor=world.stranger))


async def test_a_chosen_title_does_not_stand_twice(world):
    """`/ask` quotes the question, but for one that is the title of its answer."""
    chosen = await world.asker.slash(world.channel, "ask", question="AI engineer skills")
    assert text_of(chosen.response.message).count("AI engineer skills") == 1


async def test_autocompletion_ends_where_nothing_fits(world):
    """No irrelevant tail below what was typed."""
    choices = await world.asker.autocomplete(world.channel, "ask", "question", "chain of thou")
    assert 0 < len(choices) <= 8
    assert "thought" in choices[0]["name"].lower()


async def test_compare_sets_the_roles_side_by_side(world):
    """Both answers in one message, with both sources."""
    result = await world.asker.slash(world.channel, "compare", topic="skills")
    text = text_of(result.response.message)
    assert not result.ephemeral
    assert "### Prompt engineer skills" in text
    assert "### AI engineer skills" in text


async def test_compare_says_each_figure_once(world):
    """The entry that compares pay level by level, in place of two ladders and a chart."""
    result = await world.asker.slash(world.channel, "compare", topic="salary")
    text = text_of(result.response.message)
    assert "Entry level: prompt $65,000 to $95,000, AI $90,000 to $130,000" in text
    assert text.count("$65,000") == text.count("$350,000") == 1
    assert "paragraphs 14, 15, 16" in text
    assert not images_of(result.response.message)


async def test_compare_understands_free_text(world):
    """A member may type what is no choice."""
    result = await world.asker.slash(world.channel, "compare", topic="what they earn")
    assert "### Which role pays more?" in text_of(result.response.message)
    lost = await world.asker.slash(world.channel, "compare", topic="the weather")
    assert lost.ephemeral
    assert sentences.NO_COMPARISON in text_of(lost.response.message)


async def test_compare_completes_topics_that_both_roles_have(world):
    """The choices are the comparable topics, filtered by what was typed."""
    everything = await world.asker.autocomplete(world.channel, "compare", "topic", "")
    assert {"salary", "skills", "day", "fit"} <= {c["value"] for c in everything}
    assert "technique" not in {c["value"] for c in everything}
    assert [c["name"] for c in await world.asker.autocomplete(world.channel, "compare", "topic", "ski")] == ["Skills"]
