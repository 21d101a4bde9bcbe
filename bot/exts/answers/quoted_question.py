"""The question behind a message of the bot: quoted in it, or in the message that it replies to. Nothing is stored."""

import re

import aiohttp
import discord
from discord import ui

from bot.matching.text import clean
from bot.ui.layouts import QUOTED
from bot.ui.persistent import Interaction

ESCAPED = re.compile(r"\\([\\*_~`|>#\[\]()-])|\u200b")


async def quoted_question(interaction: Interaction) -> str:
    """The words of the question, cleaned; nothing where they can't be read."""
    message = interaction.message
    if message is None:
        return ""
    texts = (
        item.content for item in ui.LayoutView.from_message(message).walk_children() if isinstance(item, ui.TextDisplay)
    )
    quote = next((text.removeprefix(QUOTED) for text in texts if text.startswith(QUOTED)), None)
    if quote is not None:
        return clean(ESCAPED.sub(r"\1", quote))
    reference = message.reference.message_id if message.reference else None
    if reference is None or interaction.channel is None:
        return ""
    try:
        asked = await interaction.client.get_partial_messageable(interaction.channel.id).fetch_message(reference)
    except (discord.HTTPException, aiohttp.ClientError):
        return ""
    return clean(asked.content)
