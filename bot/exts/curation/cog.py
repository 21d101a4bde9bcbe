"""The moderators' commands: `/knowledge`, `/questions`, and the message menu that teaches what somebody wrote."""

import asyncio
import functools
from collections.abc import Awaitable, Callable, Coroutine, Hashable
from typing import Any, Concatenate, ParamSpec

import discord
from cachetools import LRUCache
from discord import app_commands
from discord.ext import commands
from rapidfuzz import fuzz, process, utils

from bot.curation.edits import require_size, upload
from bot.curation.versions import zipped
from bot.exts.curation import texts
from bot.exts.curation.actions import run_moderator_action
from bot.exts.curation.forms import answer_lost_form
from bot.exts.curation.screens import Curation
from bot.journal.hunks import difference
from bot.matching.health import Weakness, weaknesses
from bot.matching.text import clean
from bot.ui import sentences
from bot.ui.layouts import MAX_OPTIONS, Download, Screen, screen
from bot.ui.sending import Interaction, send
from bot.ui.texts import cut

LATEST_ANSWERED = 40
LATEST = 10
Choices = list[app_commands.Choice[str]]
Number = app_commands.Range[int, 1, 2**31 - 1]
P = ParamSpec("P")


def shown(
    work: Callable[Concatenate["CurationCommands", Interaction, P], Awaitable[Screen]],
) -> Callable[Concatenate["CurationCommands", Interaction, P], Coroutine[Any, Any, None]]:
    """A command that asks for time, then shows the screen that its work returns."""

    @functools.wraps(work)
    async def run(cog: "CurationCommands", interaction: Interaction, /, *args: P.args, **options: P.kwargs) -> None:
        await run_moderator_action(interaction, functools.partial(work, cog, interaction, *args, **options))

    return run


class CurationCommands(commands.Cog):
    """What moderators do with the knowledge as a whole, and with single questions."""

    knowledge = app_commands.Group(name="knowledge", description="For moderators: look after what I know")

    def __init__(self, bot: commands.AutoShardedBot, curation: Curation, home: discord.Object) -> None:
        """Work with this curation, in the home server."""
        self.bot, self.curation, self.home = bot, curation, home
        self._health_of: LRUCache[Hashable, list[Weakness]] = LRUCache(1)
        self.menu = app_commands.ContextMenu(name="Teach the bot this question", callback=self.teach_message)

    async def cog_load(self) -> None:
        """Add the message menu, which a cog can't declare, and hide all commands from others."""
        self.bot.tree.add_command(self.menu, guild=self.home)
        for command in (*self.get_app_commands(), self.menu):
            command.default_permissions = self.curation.moderators.permissions

    @commands.Cog.listener()
    async def on_interaction(self, interaction: Interaction) -> None:
        """What nobody else answers."""
        await answer_lost_form(interaction)

    async def interaction_check(self, interaction: Interaction, /) -> bool:
        """Only moderators."""
        return not await self.curation.moderators.refuse(interaction)

    @app_commands.command(description="For moderators: what members asked and I could not answer")
    @shown
    async def questions(self, _: Interaction) -> Screen:
        """The most wanted first."""
        return await self.curation.page(0)

    @knowledge.command(description="What members asked lately, and which answer they got")
    @shown
    async def answered(self, _: Interaction) -> Screen:
        """The latest; whose they were is not known."""
        found = await self.curation.clusters.questions.answered(LATEST_ANSWERED)
        return screen(texts.answered_text(self.curation.advisor.knowledge, found))

    async def teach_message(self, interaction: Interaction, message: discord.Message) -> None:
        """The message menu: teach what somebody wrote."""
        text = clean(message.content)
        if await self.curation.moderators.refuse(interaction):
            return
        if text:
            await run_moderator_action(
                interaction, functools.partial(self.curation.open_new, text, interaction.user.id)
            )
        else:
            await send(interaction, screen(sentences.NO_TEXT))

    @knowledge.command(description="What is in use, and how healthy it is")
    @shown
    async def status(self, _: Interaction) -> Screen:
        """Version, sizes, health."""
        text = texts.status_text(self.curation.manager, self.curation.clusters.questions.queued)
        return screen(f"{text}\n\n{sentences.HEALTH}\n{texts.counted(await self._health())}")

    @knowledge.command(description="Read the folder again, now")
    @shown
    async def reload(self, _: Interaction) -> Screen:
        """Use what the folder holds."""
        found = await self.curation.manager.reload(self.curation.history)
        return screen(texts.reloaded_text(found, self.curation.manager))

    @knowledge.command(description="What is wrong with the files, or weak")
    @shown
    async def check(self, _: Interaction) -> Screen:
        """Problems, else weak spots, with a file when they are many."""
        problems = self.curation.manager.problems
        if problems:
            text, lines = texts.problems_text(problems), [str(problem) for problem in problems]
        else:
            weak = await self._health()
            failed = texts.checks_text(self.curation.manager.failed_checks)
            text = cut("\n\n".join(filter(None, [failed, texts.health_text(weak)])))
            lines = [texts.weakness_line(weakness) for weakness in weak]
        return screen(text, below=[Download("check.txt", "\n".join(lines).encode())] if lines else ())

    @knowledge.command(name="try", description="Why a question gets the answer that it gets")
    @app_commands.describe(question="As a member would ask it")
    @shown
    async def try_question(self, _: Interaction, question: app_commands.Range[str, 1, 1000]) -> Screen:
        """The evidence."""
        reply = self.curation.advisor.reply(question)
        text = f"{texts.reply_line(self.curation.advisor.knowledge, reply)}\n\n{texts.why_text(reply)}"
        return screen(cut(text))

    @knowledge.command(description="All there is to an entry, to edit or remove it")
    @app_commands.describe(id="Type a few letters of its name")
    @shown
    async def entry(self, _: Interaction, id: str) -> Screen:  # noqa: A002 - what members see
        """What it says, its phrasings and source; also for what is not covered, and small talk."""
        return self.curation.show(id)

    @knowledge.command(description="Give an entry another id, in all files at once")
    @app_commands.describe(id="Type a few letters of its name", new_id="Only a-z, 0-9, _ and single dots")
    @shown
    async def rename(self, interaction: Interaction, id: str, new_id: str) -> Screen:  # noqa: A002 - what members see
        """Its id, and all that names it."""
        return await self.curation.decisions.rename(id, new_id.strip(), interaction.user.id)

    @knowledge.command(description="Add a phrasing to an entry")
    @app_commands.describe(question="As a member would ask it", entry="Type a few letters of its name")
    @shown
    async def teach(self, _: Interaction, question: app_commands.Range[str, 1, 500], entry: str) -> Screen:
        """Propose a phrasing."""
        if entry not in self.curation.advisor.knowledge.intents or not clean(question):
            return screen(sentences.NO_RECORD)
        return await self.curation.teach_texts([clean(question)], entry)

    @knowledge.command(description="Get the knowledge files")
    @app_commands.describe(file="One file; without it, all of them")
    @shown
    async def download(self, _: Interaction, file: str | None = None) -> Screen:
        """One file, or all in a ZIP archive."""
        contents = self.curation.manager.contents
        if file is None:
            return screen(sentences.DOWNLOAD, below=[Download("knowledge.zip", zipped(contents))])
        if file not in contents:
            return screen(sentences.NO_FILE)
        return screen(sentences.DOWNLOAD, below=[Download(file.rpartition("/")[2], contents[file])])

    @knowledge.command(description="Replace a file, or add one; shows first what would change")
    @app_commands.describe(file="A YAML file, such as salary.yaml")
    @shown
    async def upload(self, _: Interaction, file: discord.Attachment) -> Screen:
        """Propose a whole file."""
        require_size(file.size)
        edit = upload(self.curation.manager.contents, file.filename, await file.read(), sentences.UPLOADED)
        return await self.curation.decisions.propose(edit)

    @knowledge.command(description="Who changed what, and when")
    @app_commands.describe(change="The number of a change, to see its lines")
    @shown
    async def history(self, _: Interaction, change: Number | None = None) -> Screen:
        """The latest changes, or one with its lines."""
        if change is None:
            return screen(texts.history_text(await self.curation.history.latest(LATEST)))
        found = await self.curation.history.change(change)
        if found is None:
            return screen(sentences.CHANGE_NONE)
        lines = difference(found.before, found.after)
        text = f"{texts.change_line(found)}\n```diff\n{texts.fenced(lines)}\n```"
        return screen(text, below=[Download("change.diff", lines.encode())])

    @knowledge.command(description="Take a change back; shows first what would change")
    @app_commands.describe(change="Its number, from /knowledge history; without it, the latest")
    @shown
    async def undo(self, _: Interaction, change: Number | None = None) -> Screen:
        """Propose the contrary of a change."""
        latest = await self.curation.history.latest(1) if change is None else []
        return await self.curation.undo(latest[0].id if latest else change or 0)

    @entry.autocomplete("id")
    @rename.autocomplete("id")
    @teach.autocomplete("entry")
    async def suggest_entry(self, interaction: Interaction, current: str) -> Choices:
        """The records whose name is nearest to what was typed: entries, what is not covered, small talk."""
        intents = self.curation.advisor.knowledge.intents.values()
        return self._choices(interaction, {i.id: f"{i.title} ({i.id})" for i in intents}, current)

    @download.autocomplete("file")
    async def suggest_file(self, interaction: Interaction, current: str) -> Choices:
        """The files."""
        return self._choices(interaction, {file: file for file in self.curation.manager.contents}, current)

    def _choices(self, interaction: Interaction, named: dict[str, str], current: str) -> Choices:
        if not self.curation.moderators.include(interaction):
            return []
        found = process.extract(current, named, scorer=fuzz.WRatio, processor=utils.default_process, limit=MAX_OPTIONS)
        keys = [key for _, _, key in found] if current.strip() else list(named)[:MAX_OPTIONS]
        return [app_commands.Choice(name=named[key][:100], value=key) for key in keys]

    async def _health(self) -> list[Weakness]:
        """The weak spots of the version in use, worked out once a day: it takes seconds."""
        advisor, today = self.curation.advisor, self.curation.now().date()
        key = (advisor.knowledge.fingerprint, advisor.matcher.embedder.name, today)
        if key not in self._health_of:
            self._health_of[key] = await asyncio.to_thread(weaknesses, advisor.knowledge, advisor.matcher, today)
        return self._health_of[key]
