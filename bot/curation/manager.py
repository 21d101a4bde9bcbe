"""The knowledge that is in use, and the only way to change it: reload what was edited, or propose, then apply an edit.

Fitting runs in a worker thread; the new advisor takes the old one's place in one assignment. Bad knowledge never does.
Where the best embedder takes long, another answers until its vectors are made.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from bot.curation.effects import Effect, effect_of
from bot.curation.renaming import renamed
from bot.curation.versions import KnowledgeVersions
from bot.dialogue.advisor import Advisor
from bot.evaluation import Scored, failed_checks
from bot.journal.history import Edit, History
from bot.journal.hunks import is_made, rebased
from bot.journal.store import JournalError
from bot.knowledge.loader import Contents, load_contents, read_folder
from bot.knowledge.problems import KnowledgeError, Problem
from bot.knowledge.records import KnowledgeBase
from bot.knowledge.saving import replace_file
from bot.knowledge.writing import EditError, with_file
from bot.model_cache import ModelCache
from bot.quiz.fairness import require_fair

log = logging.getLogger(__name__)

# A folder is read again after so long, until two readings agree: nothing half-written is ever loaded.
QUIET_SECONDS = 0.3
MAX_READINGS = 100
# So many phrasings are embedded at a time: whoever stops the bot waits for one portion, not for all.
PORTION = 128


@dataclass(frozen=True)
class Proposal:
    """An edit, what it would do, and the advisors before it and after."""

    edit: Edit
    effect: Effect
    before: Advisor
    advisor: Advisor


class Reloaded(StrEnum):
    """What came of reading the folder again."""

    UNCHANGED = "unchanged"
    LOADED = "loaded"
    BROKEN = "broken"
    STILL_BROKEN = "still broken"
    FIXED = "fixed"


class KnowledgeManager:
    """Holds the advisor in use, and the files that it was made from."""

    def __init__(
        self,
        folder: Path,
        fit: Callable[[KnowledgeBase], Advisor],
        better: ModelCache | None = None,
        versions: KnowledgeVersions | None = None,
    ) -> None:
        """Load and fit; where the folder is broken, the last good version. Not for the event loop.

        Raises KnowledgeError where no version is kept. `better` takes the place of `fit`: at once where its model is
        kept, else when `improve` has made it.
        """
        self.folder, self._versions = folder, versions
        self.problems: tuple[Problem, ...] = ()
        self._are_told = True
        self.failed_checks: tuple[Scored, ...] = ()
        start = time.perf_counter()
        knowledge = self._first()
        if better and better.has(knowledge):
            fit, better = better.advisor, None
        self._fit, self._better = fit, better
        self.advisor = fit(knowledge)
        self.fit_seconds = time.perf_counter() - start
        self._settle()
        # Fitting takes memory and a core, so that one proposal is made ready at a time.
        self._lock, self._proposing = asyncio.Lock(), asyncio.Lock()

    def _first(self) -> KnowledgeBase:
        """What the folder holds, or the last good version of it. Raises KnowledgeError."""
        self.contents, found = read_folder(self.folder)
        try:
            return require_fair(load_contents(self.contents, found))
        except KnowledgeError as error:
            kept = self._versions.last() if self._versions else None
            if kept is None:
                raise
            self.problems, self._are_told, self.contents = error.problems, False, kept
            knowledge = require_fair(load_contents(kept))
            log.error("%s is broken; its last good version %s is in use:", self.folder, knowledge.fingerprint)  # noqa: TRY400
            for problem in error.problems:
                log.error("%s", problem)  # noqa: TRY400
            return knowledge

    def _keep_version(self) -> None:
        if self._versions:
            self._versions.keep(self.advisor.knowledge.fingerprint, self.contents)

    def _learn(self, contents: Contents, problems: Iterable[Problem] = ()) -> Advisor:
        return self._fit(self._fair(load_contents(contents, problems)))

    def _fair(self, knowledge: KnowledgeBase) -> KnowledgeBase:
        """The same knowledge; whether its quiz is fair is worked out for another quiz only. Raises KnowledgeError."""
        return knowledge if knowledge.quiz == self.advisor.knowledge.quiz else require_fair(knowledge)

    async def improve(self) -> None:
        """Make the better advisor, where there is one to come; from then on it is the one that edits are fitted by."""
        better, start = self._better, time.perf_counter()
        if better is None:
            return
        texts = sorted(set(self.advisor.matcher.models.canonical), key=len)
        for first in range(0, len(texts), PORTION):
            await asyncio.to_thread(better.prepare, texts[first : first + PORTION])
        async with self._lock:
            self.advisor = await asyncio.to_thread(better.advisor, self.advisor.knowledge)
            self._fit, self._better = better.advisor, None
            await asyncio.to_thread(self._settle)
        name, seconds = self.advisor.matcher.embedder.name, time.perf_counter() - start
        log.info("the %s embedder is in use, made ready in %.0f s", name, seconds)

    async def reload(self, history: History) -> Reloaded:
        """Use what the folder holds now. Bad knowledge changes only `problems`. Edits by hand enter the history."""
        async with self._lock:
            contents, found = await self._read()
            before, known = self.contents, self.problems
            try:
                if contents != before or found:
                    start = time.perf_counter()
                    self.advisor = await asyncio.to_thread(self._learn, contents, found)
                    self.contents, self.fit_seconds = contents, time.perf_counter() - start
                    await asyncio.to_thread(self._settle)
                    log.info("knowledge %s is in use", self.advisor.knowledge.fingerprint)
                    await self._record_by_hand(history, before)
                self.problems = ()
            except KnowledgeError as error:
                are_told, self._are_told = self._are_told and known == error.problems, True
                self.problems = error.problems
                return Reloaded.STILL_BROKEN if are_told else Reloaded.BROKEN
            if known:
                return Reloaded.FIXED
            return Reloaded.UNCHANGED if self.contents is before else Reloaded.LOADED

    async def propose(self, edit: Edit) -> Proposal:
        """What an edit would do. Changes nothing. Raises KnowledgeError when the result would not be usable."""
        async with self._proposing:
            contents, old = with_file(self.contents, edit.file, edit.after), self.advisor
            new = await asyncio.to_thread(self._learn, contents)
            return Proposal(edit, await asyncio.to_thread(effect_of, old, new), old, new)

    async def apply(self, edit: Edit, who: int, history: History, fitted: Advisor | None = None) -> int:
        """Save an edit and use it; the number of the change. `fitted`: the advisor of its proposal, to spare the time.

        Where the file was edited since, in other lines, both edits stand. Raises EditError, KnowledgeError or
        JournalError; then nothing has changed.
        """
        async with self._lock:
            now = self.contents.get(edit.file)
            if now != edit.before:
                after = await asyncio.to_thread(rebased, now, edit.before, edit.after)
                edit = replace(edit, before=now, after=after)
            (change,) = await self._adopt([edit], who, history, fitted)
            return change

    async def rename(self, old: str, new: str, what: str, who: int, history: History) -> list[Edit]:
        """Give a record another id, in all files at once; the edits that were made. Raises as `apply` does."""
        async with self._lock:
            files = await asyncio.to_thread(renamed, self.contents, old, new)
            edits = [Edit(what, file, self.contents[file], after) for file, after in files.items()]
            await self._adopt(edits, who, history)
            return edits

    async def _adopt(
        self, edits: Sequence[Edit], who: int, history: History, fitted: Advisor | None = None
    ) -> list[int]:
        """Save edits of several files, all or none, and use them; the numbers of the changes."""
        contents: Contents = self.contents
        for edit in edits:
            contents = with_file(contents, edit.file, edit.after)
        knowledge = await asyncio.to_thread(lambda: self._fair(load_contents(contents)))
        if fitted is None or not self._is_current(fitted, knowledge):
            fitted = await asyncio.to_thread(self._fit, knowledge)
        # The history knows of a change before it is made: another process that sees it won't take it for a hand's.
        changes = [await history.record(edit, who) for edit in edits]
        try:
            await asyncio.to_thread(self._replace, edits)
        except EditError:
            for change in changes:
                await history.strike(change)
            raise
        log.info("changes %s by %s: %s", changes, who, [edit.file for edit in edits])
        self.advisor, self.contents = fitted, dict(contents)
        await asyncio.to_thread(self._settle)
        with suppress(JournalError):  # told in the log; the change is found in the file later
            for change in changes:
                await history.confirm(change)
        return changes

    def _replace(self, edits: Iterable[Edit]) -> None:
        """Put the files in place; where one can't be, those before it go back."""
        with ExitStack() as undo:
            for edit in edits:
                replace_file(self.folder, edit.file, edit.before, edit.after)
                undo.callback(replace_file, self.folder, edit.file, edit.after, edit.before)
            undo.pop_all()

    async def settle_history(self, history: History) -> None:
        """Strike what a crash has left in the history without making it; confirm what it made. Raises JournalError."""
        open_changes = await history.unconfirmed()
        if not open_changes:
            return
        async with self._lock:
            contents, problems = await asyncio.to_thread(read_folder, self.folder)
            if problems:
                return
            for change in open_changes:
                if is_made(contents.get(change.file), change):
                    await history.confirm(change.id)
                else:
                    log.warning("change %s of %s was never made: a crash came between", change.id, change.file)
                    await history.strike(change.id)

    def _settle(self) -> None:
        """What a new version is asked and kept for, once it is in use: not for the event loop."""
        self.failed_checks = tuple(failed_checks(self.advisor))
        self._keep_version()

    def _is_current(self, fitted: Advisor, knowledge: KnowledgeBase) -> bool:
        """Whether it was fitted on this knowledge, with the embedder that is in use."""
        embedders = {advisor.matcher.embedder.name for advisor in (fitted, self.advisor)}
        return fitted.knowledge.fingerprint == knowledge.fingerprint and len(embedders) == 1

    async def _read(self) -> tuple[dict[str, bytes], list[Problem]]:
        """The folder, when it holds still for a moment."""
        last = await asyncio.to_thread(read_folder, self.folder)
        for _ in range(MAX_READINGS):
            if last[0] == self.contents and not last[1]:
                break
            await asyncio.sleep(QUIET_SECONDS)
            now = await asyncio.to_thread(read_folder, self.folder)
            if now == last:
                break
            last = now
        return last

    async def _record_by_hand(self, history: History, before: Contents) -> None:
        for file in sorted({*before, *self.contents}):
            old, new = before.get(file), self.contents.get(file)
            try:
                if old != new:
                    await history.record_by_hand(Edit(f"edited {file} by hand", file, old, new))
            except JournalError:
                log.warning("an edit of %s by hand is not in the history", file)
