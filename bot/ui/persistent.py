"""A component that outlives a restart: its state is its custom_id. The base of all buttons and menus.

discord.py only logs what goes wrong in such a callback, so each is guarded: whoever pressed always gets a line.
"""

import re
from abc import abstractmethod
from typing import Any, ClassVar, Protocol

import discord
from discord import ui

from bot.exts.answers.responder import Rendered, Responder
from bot.logs import begin_request
from bot.ui import sentences
from bot.ui.failures import report


class _Client(Protocol):
    responder: Responder


Interaction = discord.Interaction[Any]


def responder_of(interaction: Interaction) -> Responder:
    """The responder of the bot that got this interaction."""
    client: _Client = interaction.client
    return client.responder


async def show(interaction: Interaction, rendered: Rendered) -> None:
    """Show what was asked for: in place where the message is private, privately in public, plainly in a DM."""
    message = interaction.message
    if message is not None and message.flags.ephemeral:
        await interaction.response.edit_message(view=rendered.view, attachments=rendered.files)
        return
    private = not isinstance(interaction.channel, discord.DMChannel)
    await interaction.response.send_message(view=rendered.view, files=rendered.files, ephemeral=private)


class PersistentItem(ui.DynamicItem[ui.Item[Any]], template=r"(?!)"):
    """A component whose state is the match of its custom_id; failures are reported to whoever pressed it."""

    owned: ClassVar[bool] = False

    def __init__(self, item: ui.Item[Any], match: re.Match[str]) -> None:
        super().__init__(item)
        self.state = match.groupdict()

    @classmethod
    async def from_custom_id(cls, _: Interaction, item: ui.Item[Any], match: re.Match[str], /) -> "PersistentItem":
        return cls(item, match)

    async def callback(self, interaction: Interaction) -> None:
        begin_request()
        try:
            if self.owned and int(self.state["owner"]) != interaction.user.id and not self.may_anyway(interaction):
                await interaction.response.send_message(sentences.NOT_YOURS, ephemeral=True)
            else:
                await self.pressed(interaction)
        except Exception as error:  # noqa: BLE001 - whatever it is, the member gets a line and the log the rest
            await report(interaction, error)

    def may_anyway(self, _: Interaction) -> bool:
        """Whether somebody who is not the owner may press it."""
        return False

    @abstractmethod
    async def pressed(self, interaction: Interaction) -> None:
        """Do what the button is for."""
