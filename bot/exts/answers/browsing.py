"""Browsing without a question: `/topics` and `/compare`."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.exts.answers.responder import Responder
from bot.ui import sentences
from bot.ui.layouts import MAX_OPTIONS, topics_layout, topics_of


class Browsing(commands.Cog):
    """Shows what there is to know."""

    def __init__(self, responder: Responder) -> None:
        """Show what this responder knows."""
        self.responder = responder

    @app_commands.command(description="See everything I know, by topic")
    async def topics(self, interaction: discord.Interaction) -> None:
        """Open the menu of topics, privately."""
        await interaction.response.send_message(view=topics_layout(self.responder.knowledge), ephemeral=True)

    @app_commands.command(description="Set the two roles side by side")
    @app_commands.describe(topic="What to compare, such as skills or pay")
    async def compare(self, interaction: discord.Interaction, topic: str) -> None:
        """Show both roles' entries on a topic; what is typed freely is read like a question."""
        pair = self._pair(topic)
        if not pair:
            rendered = self.responder.sentence(sentences.NO_COMPARISON)
            await interaction.response.send_message(view=rendered.view, ephemeral=True)
            return
        rendered = await self.responder.entries(pair, owner=interaction.user.id, private=False)
        await interaction.response.send_message(view=rendered.view, files=rendered.files)

    @compare.autocomplete("topic")
    async def suggest(self, _: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
        """The topics that both roles have."""
        titles = {key: title for key, title in topics_of(self.responder.knowledge).items() if self._pair(key)}
        wanted = current.casefold().strip()
        return [
            app_commands.Choice(name=title, value=key)
            for key, title in titles.items()
            if wanted in title.casefold() or wanted in key
        ][:MAX_OPTIONS]

    def _pair(self, topic: str) -> tuple[str, ...]:
        """The entries of a topic, one for each role; the topic may be named in a member's words."""
        knowledge = self.responder.knowledge
        if topic not in knowledge.vocabulary.topics:
            topic = self.responder.advisor.matcher.read(topic).facets.topic or ""
        found = [knowledge.of_facets(role, topic, None) for role in knowledge.vocabulary.roles] if topic else []
        return tuple(entry.id for entry in found if entry) if len(found) > 1 and all(found) else ()
