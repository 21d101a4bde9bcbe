"""The command tree: where commands are open, and what a member sees when one fails."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.logs import begin_request
from bot.ui import sentences
from bot.ui.failures import report
from bot.ui.sending import send


class CommandTree(app_commands.CommandTree[commands.AutoShardedBot]):
    """Commands work in servers, in DMs, and for members who installed the app for themselves."""

    def __init__(self, client: commands.AutoShardedBot) -> None:
        """Open all commands everywhere, unless one says otherwise."""
        super().__init__(
            client,
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
        )

    async def interaction_check(self, _: discord.Interaction, /) -> bool:
        """Nothing is refused here; a request begins."""
        begin_request()
        return True

    async def on_error(self, interaction: discord.Interaction, error: app_commands.AppCommandError) -> None:
        """One private line to the member, the rest to the log. Autocomplete has nobody to tell."""
        cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
        if interaction.type is discord.InteractionType.autocomplete or isinstance(error, app_commands.CheckFailure):
            return  # whoever fails a check has been told so by it
        if isinstance(error, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch):
            await send(interaction, sentences.COMMAND_GONE)  # Discord shows old commands for a while
        else:
            await report(interaction, cause)
