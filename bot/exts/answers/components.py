"""The buttons and menus that outlive a restart: each carries its state in its custom_id.

What is pressed in a private message changes that message; what is pressed in public is answered privately.
"""

from typing import Any

import aiohttp
import discord

from bot.exts.answers.quoted_question import quoted_question
from bot.exts.answers.responder import Rendered
from bot.journal.questions import Miss
from bot.ui import custom_ids, sentences
from bot.ui.layouts import topics_layout
from bot.ui.persistent import Interaction, PersistentItem, responder_of, show


async def entry_or_gone(interaction: Interaction, entry_id: str, *, private: bool) -> Rendered | None:
    """The entry as a message; None, and a friendly line, when an edit has removed it."""
    responder = responder_of(interaction)
    if entry_id in responder.knowledge.entries:
        return await responder.entries([entry_id], owner=interaction.user.id, private=private)
    await interaction.response.send_message(sentences.ENTRY_GONE, ephemeral=True)
    return None


class ShowEntry(PersistentItem, template=custom_ids.SHOW):
    """Shows an entry to whoever presses it."""

    async def pressed(self, interaction: Interaction) -> None:
        rendered = await entry_or_gone(interaction, self.state["entry"], private=True)
        if rendered:
            await show(interaction, rendered)


class OpenEntry(PersistentItem, template=custom_ids.OPEN):
    """Shows an entry in a private message of its own, so that what was pressed stays."""

    async def pressed(self, interaction: Interaction) -> None:
        rendered = await entry_or_gone(interaction, self.state["entry"], private=True)
        if rendered:
            await interaction.response.send_message(view=rendered.view, files=rendered.files, ephemeral=True)


class Choose(PersistentItem, template=custom_ids.CHOOSE):
    """A choice in a clarification: the message becomes the answer."""

    owned = True

    async def pressed(self, interaction: Interaction) -> None:
        private = interaction.message is not None and interaction.message.flags.ephemeral
        rendered = await entry_or_gone(interaction, self.state["entry"], private=private)
        if rendered:
            await interaction.response.edit_message(view=rendered.view, attachments=rendered.files)


class NoneOfThese(PersistentItem, template=custom_ids.NONE_OF_THESE):
    """The way out of a clarification."""

    owned = True

    async def pressed(self, interaction: Interaction) -> None:
        public = interaction.message is not None and not interaction.message.flags.ephemeral
        owner = interaction.user.id if public else None
        rendered = responder_of(interaction).sentence(sentences.NOTED, owner=owner)
        await interaction.response.edit_message(view=rendered.view, attachments=[])


class NotMeant(PersistentItem, template=custom_ids.NOT_MEANT):
    """Shows what else may have been meant, and notes the miss."""

    owned = True

    async def pressed(self, interaction: Interaction) -> None:
        responder = responder_of(interaction)
        known = responder.knowledge.entries
        others = custom_ids.ids_of(self.state["others"], known)
        sentence = sentences.NOT_MEANT if others else sentences.NOTHING_ELSE
        await show(interaction, responder.sentence(sentence, others, lead=""))
        await note_miss(interaction, Miss.NOT_MEANT)


class Vote(PersistentItem, template=custom_ids.VOTE):
    """A thumb under an answer, for everybody: notes the vote; thumbs down offer what else may have been meant."""

    async def pressed(self, interaction: Interaction) -> None:
        responder, known = responder_of(interaction), responder_of(interaction).knowledge.entries
        up, others = self.state["side"] == "up", custom_ids.ids_of(self.state["others"], known)
        for entry in custom_ids.ids_of(self.state["shown"], known):
            responder.questions.vote(interaction.user.id, entry, up=up)
        thanks = sentences.VOTED_DOWN if others else sentences.VOTED_DOWN_ALONE
        if up:
            await interaction.response.send_message(sentences.VOTED_UP, ephemeral=True)
            return
        rendered = responder.sentence(thanks, others, lead="", topics=False)
        await interaction.response.send_message(view=rendered.view, ephemeral=True)
        await note_miss(interaction, Miss.VOTED_DOWN)


class Tell(PersistentItem, template=custom_ids.TELL):
    """Asks to be told when a question has its answer. Kept is the channel of the DM, until then."""

    owned = True

    async def pressed(self, interaction: Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        try:
            channel = await interaction.user.create_dm()
        except (discord.HTTPException, aiohttp.ClientError):
            await interaction.followup.send(sentences.CANT_TELL, ephemeral=True)
            return
        responder_of(interaction).questions.tell(int(self.state["question"]), channel.id)
        await interaction.followup.send(sentences.WILL_TELL, ephemeral=True)


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
        await show(interaction, Rendered(topics_layout(responder_of(interaction).knowledge)))


class ChooseTopic(PersistentItem, template=custom_ids.TOPIC):
    """A topic was chosen: shows its questions."""

    async def pressed(self, interaction: Interaction) -> None:
        topic = _chosen(interaction)
        await interaction.response.edit_message(view=topics_layout(responder_of(interaction).knowledge, topic))


class ChooseEntry(PersistentItem, template=custom_ids.ENTRY):
    """A question of the menu was chosen: shows its answer beside the menu."""

    async def pressed(self, interaction: Interaction) -> None:
        rendered = await entry_or_gone(interaction, _chosen(interaction), private=True)
        if rendered:
            await interaction.response.send_message(view=rendered.view, files=rendered.files, ephemeral=True)


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
