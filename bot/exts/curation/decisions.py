"""What becomes of an edit: it is proposed with all that it would do, reviewed, confirmed or cancelled, and told of.

Proposals stand in the journal, so that they outlive a restart; kept in memory is only the fitted advisor of the latest,
which spares the time of a second fit.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

import aiohttp
import discord
from cachetools import LRUCache
from discord import ui

from bot.curation.effects import Trial
from bot.curation.manager import KnowledgeManager
from bot.dialogue.advisor import Advisor
from bot.exts.curation import layouts, texts
from bot.exts.curation.clusters import OpenClusters
from bot.exts.curation.layouts import Action, press, to_list
from bot.journal.history import Edit, History
from bot.journal.questions import OpenQuestion
from bot.knowledge.writing import EditError
from bot.matching.decision import Outcome
from bot.ui import sending, sentences
from bot.ui.layouts import Screen, screen, texts_of
from bot.ui.sending import Interaction
from bot.ui.texts import cut, quoted

log = logging.getLogger(__name__)

FITTED = 2


@dataclass(eq=False)
class Decisions:
    """Decides on edits. `render_answer` lays out entries below a text.

    With a channel for review, an edit is confirmed there, by another moderator than its author. A hook is called with
    each edit that was saved, and who made it.
    """

    manager: KnowledgeManager
    history: History
    clusters: OpenClusters
    render_answer: Callable[[Sequence[str], str], ui.LayoutView]
    review: int | None = None
    hook: Callable[[Edit, int], Awaitable[None]] | None = None
    _fitted: LRUCache[int, Advisor] = field(default_factory=lambda: LRUCache(FITTED))

    async def propose(self, edit: Edit, trial: Trial | None = None) -> Screen:
        """Show what an edit would do, and ask for confirmation; what fails its own question can't be saved."""
        if edit.before == edit.after:
            return screen(sentences.PROPOSAL_NONE)
        proposal = await self.manager.propose(edit)
        tried = await asyncio.to_thread(trial.tried, proposal.before, proposal.advisor) if trial else None
        number = await self.history.propose(edit)
        self._fitted[number] = proposal.advisor
        works, action = tried is None or tried.works, Action.SUBMIT if self.review else Action.CONFIRM
        return screen(texts.proposal_text(proposal, tried), layouts.decision(number, action if works else None))

    async def submit(self, proposal: int, interaction: Interaction) -> Screen:
        """Show a proposal to the other moderators, in their channel."""
        edit = await self.history.take(proposal)
        if edit is None:
            return screen(sentences.PROPOSAL_GONE)
        author = interaction.user.id
        await self.history.put_back(proposal, replace(edit, author=author))
        shown = "\n".join(texts_of(interaction.message)) if interaction.message else ""
        head = sentences.REVIEW.format(author=author)
        posted = screen(cut(f"{head}\n{shown}"), layouts.decision(proposal, Action.CONFIRM))
        try:
            await interaction.client.get_partial_messageable(self.review).send(view=posted)
        except (discord.HTTPException, aiohttp.ClientError):
            again = layouts.decision(proposal, Action.SUBMIT)
            return screen(sentences.REVIEW_CLOSED.format(channel=self.review), again)
        return screen(sentences.SUBMITTED.format(channel=self.review))

    async def confirm(self, proposal: int, interaction: Interaction) -> None:
        """Save what was proposed, use it and show that; then tell those who asked to be told.

        Where it can't be saved, such as in a folder that is read-only, it can be confirmed again once it can.
        """
        edit, presser = await self.history.take(proposal), interaction.user.id
        if edit is None:
            return await sending.edit(interaction, screen(sentences.PROPOSAL_GONE))
        if self.review and edit.author in {None, presser}:
            await self.history.put_back(proposal, edit)
            return await sending.send(interaction, sentences.REVIEW_OTHER)
        who = edit.author or presser
        try:
            change = await self.manager.apply(edit, who, self.history, self._fitted.get(proposal))
        except EditError as error:
            await self.history.put_back(proposal, edit)
            again = layouts.decision(proposal, Action.CONFIRM)
            return await sending.edit(interaction, screen(cut(str(error)), again))
        self._fitted.pop(proposal, None)
        answered = await self._close_answered(edit.question) if edit.question else []
        text = sentences.SAVED.format(what=edit.what)
        if answered:
            text += "\n" + sentences.SAVED_CLOSED.format(count=len(answered))
        buttons = [press(sentences.BUTTON_UNDO, Action.UNDO, change), *(to_list() if edit.question is not None else ())]
        await sending.edit(interaction, screen(text, buttons))
        await self._tell(interaction.client, answered)
        return await self.hook(edit, who) if self.hook else None

    async def rename(self, old: str, new: str, who: int) -> Screen:
        """Give a record another id in all files: no answer changes, so there is nothing to confirm."""
        if self.review:
            return screen(sentences.RENAME_REVIEWED)
        what = sentences.RENAMED.format(old=old, new=new)
        edits = await self.manager.rename(old, new, what, who, self.history)
        if self.hook:
            for edit in edits:
                await self.hook(edit, who)
        return screen(sentences.SAVED.format(what=what) + "\n" + sentences.RENAMED_FILES.format(count=len(edits)))

    async def cancel(self, proposal: int) -> Screen:
        """Forget what was proposed."""
        edit = await self.history.take(proposal)
        self._fitted.pop(proposal, None)
        return screen(sentences.CANCELLED, to_list() if edit and edit.question is not None else ())

    async def _close_answered(self, question: int) -> list[OpenQuestion]:
        """Close the questions of this cluster that have their answer now; which they are."""
        cluster = await self.clusters.find(question)
        asked = cluster.questions if cluster else ()
        replies = {q.id: _meaning(self.manager.advisor, q.text) for q in asked}
        done = [q for q in asked if replies[q.id] == replies[question]]
        await self.clusters.questions.close([q.id for q in done])
        return done

    async def _tell(self, client: discord.Client, answered: Iterable[OpenQuestion]) -> None:
        """Write to those who pressed "tell me", where there is an answer now."""
        for question in answered:
            reply = self.manager.advisor.reply(question.text)
            if question.tell is None or reply.outcome is not Outcome.ANSWER:
                continue
            lead = sentences.TOLD.format(question=quoted(question.text))
            view = self.render_answer([entry.id for entry in reply.entries], lead)
            try:
                await client.get_partial_messageable(question.tell).send(view=view)
            except (discord.HTTPException, aiohttp.ClientError) as error:
                log.info("a member could not be told of an answer: %s", error)


def _meaning(advisor: Advisor, text: str) -> tuple[Outcome, tuple[str, ...], str | None]:
    reply = advisor.reply(text)
    return reply.outcome, tuple(entry.id for entry in reply.entries), reply.record
