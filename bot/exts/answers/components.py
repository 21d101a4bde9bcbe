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
from bot.ui.layouts import Rendered
from bot.ui.persistent import PersistentItem
from bot.ui.sending import Interaction, edit, is_private, send, send_or_edit

Show = Callable[[Interaction, Rendered], Awaitable[None]]


def responder_of(interaction: Interaction) -> Responder:
    """The responder of the bot that got this interaction."""
    responder: Responder = interaction.client.answers
    return responder


async def show_entry(interaction: Interaction, entry_id: str, show: Show, *, private: bool = True) -> None:
    """Show an entry; a friendly line when an edit has removed it."""
    responder = responder_of(interaction)
    if entry_id in responder.knowledge.entries:
        await show(interaction, await responder.entries([entry_id], owner=interaction.user.id, private=private))
    else:
        await send(interaction, sentences.ENTRY_GONE)


class ShowEntry(PersistentItem, template=custom_ids.SHOW):
    """Shows an entry to whoever presses it."""

    async def pressed(self, interaction: Interaction) -> None:
        await show_entry(interaction, self.state["entry"], send_or_edit)


class OpenEntry(PersistentItem, template=custom_ids.OPEN):
    """Shows an entry in a private message of its own, so that what was pressed stays."""

    async def pressed(self, interaction: Interaction) -> None:
        await show_entry(interaction, self.state["entry"], send)


class Choose(PersistentItem, template=custom_ids.CHOOSE):
    """A choice in a clarification: the message becomes the answer."""

    owned = True

    async def pressed(self, interaction: Interaction) -> None:
        await show_entry(interaction, self.state["entry"], edit, private=is_private(interaction))


class NoneOfThese(PersistentItem, template=custom_ids.NONE_OF_THESE):
    """The way out of a clarification."""

    owned = True

    async def pressed(self, interaction: Interaction) -> None:
        owner = None if is_private(interaction) else interaction.user.id
        await edit(interaction, sentence_layout(responder_of(interaction).knowledge, sentences.NOTED, owner=owner))


class NotMeant(PersistentItem, template=custom_ids.NOT_MEANT):
    """Shows what else may have been meant, and notes the miss."""

    owned = True

    async def pressed(self, interaction: Interaction) -> None:
        knowledge = responder_of(interaction).knowledge
        others = custom_ids.ids_of(self.state["others"], knowledge.entries)
        sentence = sentences.NOT_MEANT if others else sentences.NOTHING_ELSE
        await send_or_edit(interaction, sentence_layout(knowledge, sentence, others, lead=""))
        await note_miss(interaction, Miss.NOT_MEANT)


class Vote(PersistentItem, template=custom_ids.VOTE):
    """A thumb under an answer, for everybody: notes the vote; thumbs down offer what else may have been meant."""

    async def pressed(self, interaction: Interaction) -> None:
        responder, up = responder_of(interaction), self.state["side"] == "up"
        knowledge = responder.knowledge
        for entry in custom_ids.ids_of(self.state["shown"], knowledge.entries):
            responder.questions.vote(interaction.user.id, entry, up=up)
        if up:
            await send(interaction, sentences.VOTED_UP)
            return
        others = custom_ids.ids_of(self.state["others"], knowledge.entries)
        thanks = sentences.VOTED_DOWN if others else sentences.VOTED_DOWN_ALONE
        await send(interaction, sentence_layout(knowledge, thanks, others, lead="", topics=False))
        await note_miss(interaction, Miss.VOTED_DOWN)


class Tell(PersistentItem, template=custom_ids.TELL):
    """Asks to be told when a question has its answer. Kept is the channel of the DM, until then."""

    owned = True

    async def pressed(self, interaction: Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        try:
            channel = await interaction.user.create_dm()
        except (discord.HTTPException, aiohttp.ClientError):
            await send(interaction, sentences.CANT_TELL)
            return
        responder_of(interaction).questions.tell(int(self.state["question"]), channel.id)
        await send(interaction, sentences.WILL_TELL)


class Delete(PersistentItem, template=custom_ids.DELETE):
    """Deletes the bot's message, for the asker and for those who may delete messages anyway."""

    owned = True

    def may_anyway(self, interaction: Interaction) -> bool:
        return interaction.guild_id is not None and interaction.permissions.manage_messages

    async def pressed(self, interaction: Interaction) -> None:
        await interaction.response.defer()
        await interaction.delete_original_response()


class AllTopics(PersistentItem, template=custom_ids.TOPICS):
    """Opens the menu of topics."""

    async def pressed(self, interaction: Interaction) -> None:
        await send_or_edit(interaction, topics_layout(responder_of(interaction).knowledge))


class ChooseTopic(PersistentItem, template=custom_ids.TOPIC):
    """A topic was chosen: shows its questions."""

    async def pressed(self, interaction: Interaction) -> None:
        await edit(interaction, topics_layout(responder_of(interaction).knowledge, _chosen(interaction)))


class ChooseEntry(PersistentItem, template=custom_ids.ENTRY):
    """A question of the menu was chosen: shows its answer beside the menu."""

    async def pressed(self, interaction: Interaction) -> None:
        await show_entry(interaction, _chosen(interaction), send)


async def note_miss(interaction: Interaction, why: Miss) -> None:
    """Note the question behind an answer that was not good, where its words can still be read."""
    text = await quoted_question(interaction)
    if text and interaction.message:
        # The same number for the same answer and member, so that pressing twice counts once.
        number = (interaction.message.id ^ interaction.user.id) & (2**62 - 1)
        responder_of(interaction).questions.note(number, text, interaction.user.id, why)


def _chosen(interaction: Interaction) -> str:
    data: Any = interaction.data or {}
    return str(next(iter(data.get("values", ())), ""))


ITEMS = (ShowEntry, OpenEntry, Choose, NoneOfThese, NotMeant, Vote, Tell, Delete, AllTopics, ChooseTopic, ChooseEntry)
