"""The question behind a message of the bot: quoted in it, or in the message that it replies to. Nothing is stored."""

import unicodedata

import aiohttp
import discord

from bot.matching.text import clean
from bot.ui.layouts import texts_of
from bot.ui.sending import Interaction
from bot.ui.texts import quoted, unescape

MAX_QUOTE = 200
QUOTED = "-# > "


def quote(text: str) -> str:
    """A member's words, marked as such, so that `quoted_question` finds them again.

    The bot repeats them in public under its own name: without links, and without marks that garble what is around them.
    """
    words = "".join(sign for sign in clean(text) if not unicodedata.combining(sign))
    return QUOTED + quoted(words, MAX_QUOTE)


async def quoted_question(interaction: Interaction) -> str:
    """The words of the question, cleaned; nothing where they can't be read."""
    message = interaction.message
    if message is None:
        return ""
    for text in texts_of(message):
        if text.startswith(QUOTED):
            return clean(unescape(text.removeprefix(QUOTED)))
    reference = message.reference.message_id if message.reference else None
    if reference is None or interaction.channel is None:
        return ""
    try:
        asked = await interaction.client.get_partial_messageable(interaction.channel.id).fetch_message(reference)
    except (discord.HTTPException, aiohttp.ClientError):
        return ""
    return clean(asked.content)
