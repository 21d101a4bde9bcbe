"""What changed between two versions of a file, as lines, and taking such a change back. Pure."""

import difflib
import io
from dataclasses import dataclass

from bot.knowledge.writing import EditError

# So many lines around the changed ones are kept, to find the place again.
AROUND = 2
OVERLAP = "Those lines were edited meanwhile. Nothing was changed; please look at the file and try again."


@dataclass(frozen=True)
class Hunk:
    """The lines before and after a change, with a few around, from line `line` (from 1) on. None: there was no file."""

    line: int
    before: str | None
    after: str | None


def hunk_of(before: bytes | None, after: bytes | None) -> Hunk:
    """What changed, as one piece from the first changed line to the last."""
    if before is None or after is None:
        return Hunk(1, text_of(before), text_of(after))
    old, new = _lines(before), _lines(after)
    same = _alike(old, new)
    tail = _alike(old[same:][::-1], new[same:][::-1])
    start, keep = max(0, same - AROUND), max(0, tail - AROUND)
    return Hunk(start + 1, "".join(old[start : len(old) - keep]), "".join(new[start : len(new) - keep]))


def revert(raw: bytes | None, hunk: Hunk) -> bytes | None:
    """The file without this change. Raises EditError where the changed lines can't be found any more."""
    if hunk.before is None or hunk.after is None:
        if text_of(raw) != hunk.after:
            raise EditError("The file has changed since. Undo the later changes first.")
        return None if hunk.before is None else hunk.before.encode()
    lines, wanted = _lines(raw or b""), _lines(hunk.after.encode())
    place = _place(lines, wanted, hunk.line - 1)
    if place is None:
        raise EditError("Those lines have changed since. Undo the later changes first, or fix them by hand.")
    return "".join([*lines[:place], hunk.before, *lines[place + len(wanted) :]]).encode()


def is_made(raw: bytes | None, hunk: Hunk) -> bool:
    """Whether a file has this change in it; where neither its old nor its new lines are found, it had it once.

    Where both are found, those in their own place tell, then the longer ones: they hold the others.
    """
    if hunk.before is None or hunk.after is None:
        return text_of(raw) == hunk.after or text_of(raw) != hunk.before
    lines, first = _lines(raw or b""), hunk.line - 1
    found = list[tuple[bool, int, bool]]()
    for text, is_new in ((hunk.before, False), (hunk.after, True)):
        wanted = _lines(text.encode())
        place = _place(lines, wanted, first)
        if place is not None:
            found.append((place == first, len(wanted), is_new))
    return max(found, default=(True, 0, True))[2]


def rebased(now: bytes | None, before: bytes | None, after: bytes | None) -> bytes:
    """The file as it is now, with the change from `before` to `after`: each changed piece in its place among the lines.

    Raises EditError where one of those lines has changed too, or the file came or went. What is added at one place by
    both comes one below the other. (Three-way merge: Khanna, Kunal and Pierce 2007, doi:10.1007/978-3-540-77050-3_40.)
    """
    if now is None or before is None or after is None:
        raise EditError(OVERLAP)
    old, new, current = _lines(before), _lines(after), _lines(now)
    # Where each line that both have stands now; the first line's upper edge and the last one's lower edge stay theirs.
    place = {-1: -1, len(old): len(current)}
    for start, here, count in difflib.SequenceMatcher(None, old, current, autojunk=False).get_matching_blocks():
        place |= {start + step: here + step for step in range(count)}
    merged, done = list[str](), 0
    for tag, first, end, *added in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        above, below = place.get(first - 1), place.get(end)
        start = above + 1 if above is not None else (below or 0) - (end - first)
        if (above is None and below is None) or current[start : start + end - first] != old[first:end]:
            raise EditError(OVERLAP)
        # What others have added at the same place comes first.
        if first == end and below is not None:
            start = below
        merged += [*current[done:start], *new[slice(*added)]]
        done = start + end - first
    return "".join([*merged, *current[done:]]).encode()


def difference(before: str | None, after: str | None) -> str:
    """The changed lines, with + and - in front, as a reader of a change wants them."""
    lines = difflib.ndiff((before or "").splitlines(), (after or "").splitlines())
    return "\n".join(line for line in lines if line[:2] in {"+ ", "- "})


def text_of(raw: bytes | None) -> str | None:
    """A file as text; None where there is no file."""
    return None if raw is None else raw.decode("utf-8")


def _place(lines: list[str], wanted: list[str], first: int) -> int | None:
    """Where those lines stand: at `first`, else at the only place; None where that can't be told."""
    count = len(wanted)
    places = [i for i in range(len(lines) - count + 1) if lines[i : i + count] == wanted]
    if first in places:
        return first
    return places[0] if len(places) == 1 else None


def _alike(old: list[str], new: list[str]) -> int:
    """How many lines, from the first on, are the same."""
    return next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))


def _lines(raw: bytes) -> list[str]:
    """The lines with their ends. A line feed alone ends one, so that every other sign stays as it is."""
    return list(io.StringIO(raw.decode("utf-8"), newline="\n"))
