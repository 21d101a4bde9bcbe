"""`/knowledge`, for moderators: look at what is in use, try it, change it, take changes back."""

import asyncio
import io
import zipfile
from typing import Any

import discord
from discord import app_commands, ui
from discord.ext import commands
from rapidfuzz import fuzz, process, utils

from bot.curation.edits import upload
from bot.curation.hunks import difference
from bot.exts.curation import texts
from bot.exts.curation.components import refused
from bot.exts.curation.screens import CurationScreens, run_moderator_action, update_screen, wait_for
from bot.knowledge.strict_yaml import MAX_BYTES
from bot.knowledge.writing import EditError
from bot.matching.health import weaknesses
from bot.matching.text import clean
from bot.ui import sentences
from bot.ui.layouts import MAX_OPTIONS, screen

LATEST = 10
Choices = list[app_commands.Choice[str]]
Interaction = discord.Interaction[Any]


class Knowledge(commands.GroupCog, name="knowledge", description="For moderators: keep what I know"):
    """What moderators do with the knowledge as a whole."""

    def __init__(self, screens: CurationScreens) -> None:
        """Work with these screens."""
        self.screens = screens

    async def interaction_check(self, interaction: Interaction, /) -> bool:
        """Only moderators."""
        return not await refused(interaction)

    @app_commands.command(description="What is in use, and how well it is")
    async def status(self, interaction: Interaction) -> None:
        """Version, sizes, health."""
        await wait_for(interaction)
        lines = await self._health()
        text = texts.status_text(self.screens.manager, self.screens.questions.queued)
        health = f"{sentences.HEALTH}\n{texts.counted(lines)}"
        await update_screen(interaction, screen(f"{text}\n\n{health}"))

    @app_commands.command(description="Read the folder again, now")
    async def reload(self, interaction: Interaction) -> None:
        """Use what the folder holds."""
        await wait_for(interaction)
        manager = self.screens.manager
        found = await manager.reload(self.screens.history)
        await update_screen(interaction, screen(texts.reloaded_text(found, manager)))

    @app_commands.command(description="What is wrong with the files, or weak")
    async def check(self, interaction: Interaction) -> None:
        """Problems, else weak spots, with a file when they are many."""
        await wait_for(interaction)
        manager = self.screens.manager
        if manager.problems:
            text, lines = texts.problems_text(manager.problems), [str(problem) for problem in manager.problems]
        else:
            lines = await self._health()
            rows = texts.listed(lines, 10) or sentences.HEALTHY
            text = texts.cut(f"{sentences.NO_PROBLEMS}\n{rows}")
        await update_screen(interaction, *with_file(text, "check.txt", "\n".join(lines).encode() if lines else None))

    @app_commands.command(name="try", description="Why a question gets the answer that it gets")
    @app_commands.describe(question="As a member would ask it")
    async def try_question(self, interaction: Interaction, question: app_commands.Range[str, 1, 1000]) -> None:
        """The evidence."""
        reply = self.screens.manager.advisor.reply(question)
        knowledge = self.screens.manager.advisor.knowledge
        text = f"{texts.reply_line(knowledge, reply)}\n\n{texts.why_text(reply)}"
        await interaction.response.send_message(view=screen(texts.cut(text)), ephemeral=True)

    @app_commands.command(description="All there is to an entry")
    @app_commands.describe(id="Type a few letters of its name")
    async def entry(self, interaction: Interaction, id: str) -> None:  # noqa: A002 - what members see
        """Answer, phrasings, source."""
        knowledge = self.screens.manager.advisor.knowledge
        found = knowledge.entries.get(id)
        text = texts.entry_text(knowledge, found) if found else sentences.NO_RECORD
        await interaction.response.send_message(view=screen(text), ephemeral=True)

    @app_commands.command(description="Add a phrasing to an entry")
    @app_commands.describe(question="As a member would ask it", entry="Type a few letters of its name")
    async def teach(self, interaction: Interaction, question: app_commands.Range[str, 1, 500], entry: str) -> None:
        """Propose a phrasing."""
        if entry not in self.screens.manager.advisor.knowledge.entries or not clean(question):
            await interaction.response.send_message(view=screen(sentences.NO_RECORD), ephemeral=True)
            return
        await run_moderator_action(interaction, self.screens.teach_text, clean(question), entry)

    @app_commands.command(description="Get the knowledge files")
    @app_commands.describe(file="One file; without it, all of them")
    async def download(self, interaction: Interaction, file: str | None = None) -> None:
        """One file, or all in a ZIP archive."""
        contents = self.screens.manager.contents
        if file is not None and file not in contents:
            await interaction.response.send_message(view=screen(sentences.NO_FILE), ephemeral=True)
            return
        name, raw = (file.rpartition("/")[2], contents[file]) if file else ("knowledge.zip", zipped(contents))
        view, files = with_file(sentences.DOWNLOAD, name, raw)
        await interaction.response.send_message(view=view, files=files, ephemeral=True)

    @app_commands.command(description="Put a file in the place of the one of that name; shows first what would change")
    @app_commands.describe(file="A YAML file, such as salary.yaml")
    async def upload(self, interaction: Interaction, file: discord.Attachment) -> None:
        """Propose a whole file."""
        await run_moderator_action(interaction, self._upload, file)

    async def _upload(self, interaction: Interaction, file: discord.Attachment) -> None:
        if file.size > MAX_BYTES:
            raise EditError(sentences.TOO_LARGE.format(size=file.size, most=MAX_BYTES))
        edit = upload(self.screens.manager.contents, file.filename, await file.read(), sentences.UPLOADED)
        await self.screens.propose(interaction, edit)

    @app_commands.command(description="Who changed what, and when")
    @app_commands.describe(change="The number of a change, to see its lines")
    async def history(
        self, interaction: Interaction, change: app_commands.Range[int, 1, 2**31 - 1] | None = None
    ) -> None:
        """The latest changes, or one with its lines."""
        await run_moderator_action(interaction, self._history, change)

    async def _history(self, interaction: Interaction, number: int | None) -> None:
        if number is None:
            await update_screen(interaction, screen(texts.history_text(await self.screens.history.latest(LATEST))))
            return
        change = await self.screens.history.change(number)
        if change is None:
            await update_screen(interaction, screen(sentences.CHANGE_NONE))
            return
        lines = difference(change.before, change.after)
        text = f"{texts.change_line(change)}\n```diff\n{texts.fenced(lines)}\n```"
        await update_screen(interaction, *with_file(text, "change.diff", lines.encode()))

    @app_commands.command(description="Take a change back; shows first what would change")
    @app_commands.describe(change="Its number, from /knowledge history; without it, the latest")
    async def undo(self, interaction: Interaction, change: app_commands.Range[int, 1, 2**31 - 1] | None = None) -> None:
        """Propose the contrary of a change."""
        await run_moderator_action(interaction, self._undo, change)

    async def _undo(self, interaction: Interaction, number: int | None) -> None:
        latest = await self.screens.history.latest(1) if number is None else []
        await self.screens.undo(interaction, latest[0].id if latest else number or 0)

    @entry.autocomplete("id")
    @teach.autocomplete("entry")
    async def suggest_entry(self, interaction: Interaction, current: str) -> Choices:
        """The entries whose name is nearest to what was typed."""
        entries = self.screens.manager.advisor.knowledge.entries.values()
        return self._choices(interaction, {e.id: f"{e.title} ({e.id})" for e in entries}, current)

    @download.autocomplete("file")
    async def suggest_file(self, interaction: Interaction, current: str) -> Choices:
        """The files."""
        return self._choices(interaction, {file: file for file in self.screens.manager.contents}, current)

    def _choices(self, interaction: Interaction, named: dict[str, str], current: str) -> Choices:
        if not self.screens.moderators.include(interaction):
            return []
        found = process.extract(current, named, scorer=fuzz.WRatio, processor=utils.default_process, limit=MAX_OPTIONS)
        keys = [key for _, _, key in found] if current.strip() else list(named)[:MAX_OPTIONS]
        return [app_commands.Choice(name=named[key][:100], value=key) for key in keys]

    async def _health(self) -> list[str]:
        advisor, today = self.screens.manager.advisor, self.screens.today()
        weak = await asyncio.to_thread(weaknesses, advisor.knowledge, advisor.matcher, today)
        return [f"{w.kind}: {w.place} {w.entry}: {w.message}. {w.fix}" for w in weak]


def with_file(text: str, name: str, raw: bytes | None) -> tuple[ui.LayoutView, list[discord.File]]:
    """A text, with a file below where there is one."""
    if raw is None:
        return screen(text), []
    view = screen(text, below=[ui.File(f"attachment://{name}")])
    return view, [discord.File(io.BytesIO(raw), name)]


def zipped(contents: Any) -> bytes:  # noqa: ANN401 - Contents
    """All files in one archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for file, raw in contents.items():
            archive.writestr(file, raw)
    return buffer.getvalue()
