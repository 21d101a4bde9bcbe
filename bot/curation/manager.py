"""The knowledge that is in use, and the only way to change it: reload what was edited, or propose, then apply an edit.

Fitting runs in a worker thread; the new advisor takes the old one's place in one assignment. Bad knowledge never does.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from bot.curation.effects import Effect, effect_of
from bot.curation.hunks import hunk_of
from bot.curation.validation import validated
from bot.dialogue.advisor import Advisor
from bot.journal.history import Edit, History
from bot.journal.store import JournalError
from bot.knowledge.loader import Contents, read_folder
from bot.knowledge.problems import KnowledgeError, Problem
from bot.knowledge.records import KnowledgeBase
from bot.knowledge.writing import EditError, replace_file, with_file

log = logging.getLogger(__name__)

# A folder is read again after so long, until two readings agree: nothing half-written is ever loaded.
QUIET_SECONDS = 0.3
MAX_READINGS = 100


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

    def __init__(self, folder: Path, fit: Callable[[KnowledgeBase], Advisor]) -> None:
        """Load and fit. Raises KnowledgeError. Not for the event loop."""
        self.folder = folder
        self.problems: tuple[Problem, ...] = ()
        self._fit = fit
        self.contents, problems = read_folder(folder)
        knowledge = validated(self.contents, problems)
        start = time.perf_counter()
        self.advisor = fit(knowledge)
        self.fit_seconds = time.perf_counter() - start
        self._lock = asyncio.Lock()

    async def reload(self, history: History) -> Reloaded:
        """Use what the folder holds now. Bad knowledge changes only `problems`. Edits by hand enter the history."""
        async with self._lock:
            contents, found = await self._read()
            before, was_broken = self.contents, bool(self.problems)
            if contents != before or found:
                try:
                    await self._use(contents, found)
                except KnowledgeError as error:
                    is_known, self.problems = error.problems == self.problems, error.problems
                    return Reloaded.STILL_BROKEN if is_known else Reloaded.BROKEN
                log.info("knowledge %s is in use", self.advisor.knowledge.fingerprint)
                await self._record_by_hand(history, before)
            self.problems = ()
            if was_broken:
                return Reloaded.FIXED
            return Reloaded.UNCHANGED if self.contents is before else Reloaded.LOADED

    async def propose(self, edit: Edit) -> Proposal:
        """What an edit would do. Changes nothing. Raises KnowledgeError when the result would not be usable."""
        contents = with_file(self.contents, edit.file, edit.after)
        old = self.advisor

        def work() -> Proposal:
            new = self._fit(validated(contents))
            return Proposal(edit, effect_of(old, new), old, new)

        return await asyncio.to_thread(work)

    async def apply(self, edit: Edit, who: int, history: History, fitted: Advisor | None = None) -> int:
        """Save an edit and use it; the number of the change. `fitted`: the advisor of its proposal, to spare the time.

        Raises EditError, KnowledgeError or JournalError; then nothing has changed.
        """
        async with self._lock:
            contents = with_file(self.contents, edit.file, edit.after)
            if self.contents.get(edit.file) != edit.before:
                raise EditError(f"{edit.file} was edited meanwhile. Nothing was changed; please try again.")
            knowledge = await asyncio.to_thread(validated, contents)
            # The history knows of a change before it is made: another process that sees it won't take it for a hand's.
            hunk = hunk_of(edit.before, edit.after)
            change = await history.record(who, edit.what, edit.file, hunk.line, (hunk.before, hunk.after))
            try:
                await asyncio.to_thread(replace_file, self.folder, edit.file, edit.before, edit.after)
            except EditError:
                await history.strike(change)
                raise
            log.info("change %s by %s: %s", change, who, edit.file)
            same = fitted is not None and fitted.knowledge.fingerprint == knowledge.fingerprint
            await self._use(contents, (), fitted if same else None)
            return change

    async def _use(self, contents: Contents, found: Iterable[Problem], fitted: Advisor | None = None) -> None:
        start = time.perf_counter()
        if fitted is None:
            fitted = await asyncio.to_thread(lambda: self._fit(validated(contents, found)))
            self.fit_seconds = time.perf_counter() - start
        self.advisor, self.contents = fitted, dict(contents)

    async def _read(self) -> tuple[Contents, list[Problem]]:
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
            if old == new:
                continue
            hunk = hunk_of(old, new)
            try:
                await history.record_by_hand(file, hunk.line, (hunk.before, hunk.after))
            except JournalError:
                log.warning("an edit of %s by hand is not in the history", file)
