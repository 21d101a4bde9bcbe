"""Who is a moderator. Asked on every path: commands, autocompletion, menus, buttons and forms."""

from dataclasses import dataclass

import discord

from bot.ui import sentences
from bot.ui.sending import Interaction, send


@dataclass(frozen=True)
class Moderators:
    """Members of the home server with the role; without a role, those who may manage that server."""

    home: int | None
    role: int | None

    def include(self, interaction: Interaction) -> bool:
        """Whether whoever acts is a moderator, here."""
        user = interaction.user
        if self.home is None or interaction.guild_id != self.home or not isinstance(user, discord.Member):
            return False
        if self.role is None:
            return interaction.permissions.manage_guild
        return any(role.id == self.role for role in user.roles)

    async def refuse(self, interaction: Interaction) -> bool:
        """Tell whoever is no moderator so, privately; whether that was done."""
        if self.include(interaction):
            return False
        await send(interaction, sentences.MODERATORS_ONLY)
        return True

    @property
    def permissions(self) -> discord.Permissions:
        """Who is offered the commands, unless the server says otherwise."""
        return (
            discord.Permissions(manage_guild=True) if self.role is None else discord.Permissions(manage_messages=True)
        )
