"""How a message gets to Discord: in response to a command or a press, or as a reply. Knows nothing of what is said."""

import asyncio
import logging
from typing import Any

import aiohttp
import discord

from bot.ui.layouts import Screen

log = logging.getLogger(__name__)

Interaction = discord.Interaction[Any]
Sendable = str | Screen

# After each try that failed in a way that may pass; discord.py itself tries 500, 502 and 504 again.
WAIT_SECONDS = (1.0, 4.0, 16.0, 60.0)
PASSING = (discord.DiscordServerError, aiohttp.ClientError, OSError, TimeoutError)
# The message is gone; its history may not be read.
NO_REFERENCE = {50035, 160002}


async def send(interaction: Interaction, what: Sendable, *, private: bool = True) -> None:
    """Send a message of its own, also where the interaction was responded to already."""
    response = interaction.response
    post = interaction.followup.send if response.is_done() else response.send_message
    await post(**_parts(what), ephemeral=private)


async def edit(interaction: Interaction, what: Screen) -> None:
    """Change the message that was pressed, or that Discord was asked to wait for."""
    response = interaction.response
    change = interaction.edit_original_response if response.is_done() else response.edit_message
    await change(view=what, attachments=what.files)


async def send_or_edit(interaction: Interaction, what: Screen) -> None:
    """Show what was asked for: in place where the message is private, privately in public, plainly in a DM."""
    if is_private(interaction):
        await edit(interaction, what)
    else:
        await send(interaction, what, private=not isinstance(interaction.channel, discord.DMChannel))


def is_private(interaction: Interaction) -> bool:
    """Whether the message that was pressed is seen by one member only."""
    return interaction.message is not None and interaction.message.flags.ephemeral


async def reply_once(message: discord.Message, what: Sendable) -> None:
    """Reply to a message; where it is gone or its history hidden, say it in the channel. Once, however Discord fails.

    A try that seems to have failed may have reached Discord all the same. The message's id goes along as a nonce, by
    which Discord knows the reply that it has. Raises what discord.py and aiohttp raise, when waiting does not help.
    """
    for wait in WAIT_SECONDS:
        try:
            return await _reply(message, what)
        except PASSING as error:
            log.warning("a reply to %s failed (%s); next try in %.0f s", message.id, type(error).__name__, wait)
            await asyncio.sleep(wait)
    return await _reply(message, what)


async def react(message: discord.Message, emoji: str) -> None:
    """React to a message, or do nothing where that can't be."""
    try:
        await message.add_reaction(emoji)
    except (discord.HTTPException, aiohttp.ClientError) as error:
        log.info("no reaction to %s: %s", message.id, error)


async def _reply(message: discord.Message, what: Sendable) -> None:
    try:
        await message.channel.send(**_parts(what), reference=message, mention_author=False, nonce=message.id)
    except discord.HTTPException as error:
        if error.code not in NO_REFERENCE:
            raise
        await message.channel.send(**_parts(what), nonce=message.id)


def _parts(what: Sendable) -> dict[str, Any]:
    """What discord.py takes it as; files are fresh, as each can be sent only once."""
    return {"content": what} if isinstance(what, str) else {"view": what, "files": what.files}
