"""The buttons and menus that outlive a restart: each carries its state in its custom_id.

What is pressed in a private message changes that message; what is pressed in public is answered privately.
"""

from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import discord

from bot.exts.answers.layouts import sentence_layout, topics_layout
from bot.exts.answers.quoted_question import quoted_question
from bot.exts.answers.responder import Responder
from bot.journal.questions import Miss
from bot.ui import custom_ids, sentences
from bot.ui.layouts import Screen
from bot.ui.persistent import persistent
from bot.ui.sending import Interaction, edit, is_private, send, send_or_edit
from bot.ui.texts import spoken

Show = Callable[[Interaction, Screen], Awaitable[None]]


@persistent(custom_ids.SHOW)
async def show_entry(interaction: Interaction, entry: str) -> None:
    """Shows an entry to whoever presses it."""
    await _show(interaction, entry, send_or_edit)


@persistent(custom_ids.OPEN)
async def open_entry(interaction: Interaction, entry: str) -> None:
    """Shows an entry in a private message of its own, so that what was pressed stays."""
    await _show(interaction, entry, send)


@persistent(custom_ids.CHOOSE)
async def choose(interaction: Interaction, entry: str) -> None:
    """A choice in a clarification: the message becomes the answer."""
    await _show(interaction, entry, edit, private=is_private(interaction))


@persistent(custom_ids.NONE_OF_THESE)
async def none_of_these(interaction: Interaction) -> None:
    """The way out of a clarification."""
    owner = None if is_private(interaction) else interaction.user.id
    knowledge = _responder(interaction).knowledge
    await edit(interaction, sentence_layout(knowledge, spoken(knowledge, sentences.NOTED), owner=owner))


@persistent(custom_ids.NOT_MEANT)
async def not_meant(interaction: Interaction, shown: str, others: str) -> None:
    """Shows what else may have been meant, and notes the miss."""
    knowledge = _responder(interaction).knowledge
    entries = custom_ids.ids_of(others, knowledge.entries)
    sentence = sentences.NOT_MEANT if entries else spoken(knowledge, sentences.NOTHING_ELSE)
    await send_or_edit(interaction, sentence_layout(knowledge, sentence, entries, lead=""))
    await _note_miss(interaction, Miss.NOT_MEANT, shown)


@persistent(custom_ids.VOTE)
async def vote(interaction: Interaction, side: str, shown: str, others: str) -> None:
    """A thumb under an answer, for everybody: notes the vote; thumbs down offer what else may have been meant."""
    responder, knowledge = _responder(interaction), _responder(interaction).knowledge
    for entry in custom_ids.ids_of(shown, knowledge.entries):
        responder.questions.vote(interaction.user.id, entry, up=side == "up")
    if side == "up":
        await send(interaction, sentences.VOTED_UP)
        return
    entries = custom_ids.ids_of(others, knowledge.entries)
    thanks = sentences.VOTED_DOWN if entries else sentences.VOTED_DOWN_ALONE
    await send(interaction, sentence_layout(knowledge, thanks, entries, lead="", topics=False))
    await _note_miss(interaction, Miss.VOTED_DOWN, shown)


@persistent(custom_ids.TELL)
async def tell(interaction: Interaction, question: str) -> None:
    """Asks to be told when a question has its answer. Kept is the channel of the DM, until then.

    Whether a DM arrives is only known once one is sent, so that is where it is promised.
    """
    await interaction.response.defer(ephemeral=True, thinking=True)
    try:
        channel = await interaction.user.create_dm()
        await channel.send(sentences.WILL_TELL)
    except (discord.HTTPException, aiohttp.ClientError):
        await send(interaction, sentences.CANT_TELL)
        return
    _responder(interaction).questions.tell(int(question), channel.id)
    await send(interaction, sentences.WILL_TELL)


def _may_delete(interaction: Interaction) -> bool:
    return interaction.guild_id is not None and interaction.permissions.manage_messages


@persistent(custom_ids.DELETE, open_to=_may_delete)
async def delete(interaction: Interaction) -> None:
    """Deletes the bot's message, for the asker and for those who may delete messages anyway."""
    await interaction.response.defer()
    await interaction.delete_original_response()


@persistent(custom_ids.TOPICS)
async def all_topics(interaction: Interaction) -> None:
    """Opens the menu of topics."""
    await send_or_edit(interaction, topics_layout(_responder(interaction).knowledge))


@persistent(custom_ids.TOPIC)
async def choose_topic(interaction: Interaction, menu: str) -> None:  # noqa: ARG001 - which menu of several
    """A topic was chosen: shows its questions."""
    await edit(interaction, topics_layout(_responder(interaction).knowledge, _chosen(interaction)))


@persistent(custom_ids.ENTRY)
async def choose_entry(interaction: Interaction, menu: str) -> None:  # noqa: ARG001 - which menu of several
    """A question of the menu was chosen: shows its answer beside the menu."""
    await _show(interaction, _chosen(interaction), send)


ITEMS = (
    show_entry, open_entry, choose, none_of_these, not_meant, vote, tell, delete,
    all_topics, choose_topic, choose_entry,
)  # fmt: skip


def _responder(interaction: Interaction) -> Responder:
    responder: Responder = interaction.client.answers
    return responder


async def _show(interaction: Interaction, entry: str, show: Show, *, private: bool = True) -> None:
    """Show an entry; a friendly line when an edit has removed it."""
    responder = _responder(interaction)
    if entry in responder.knowledge.entries:
        place = (interaction.user.id, interaction.channel_id)
        await show(interaction, await responder.entries([entry], place, private=private))
    else:
        await send(interaction, sentences.ENTRY_GONE)


async def _note_miss(interaction: Interaction, why: Miss, shown: str) -> None:
    """Note the question behind an answer that was not good, where its words can still be read."""
    text = await quoted_question(interaction)
    answer = next(iter(custom_ids.ids_of(shown, _responder(interaction).knowledge.entries)), None)
    if text and interaction.message:
        # The same number for the same answer and member, so that pressing twice counts once.
        number = (interaction.message.id ^ interaction.user.id) & (2**62 - 1)
        _responder(interaction).questions.note(number, text, interaction.user.id, why, answer)


def _chosen(interaction: Interaction) -> str:
    data: Any = interaction.data or {}
    return str(next(iter(data.get("values", ())), ""))
