"""Saving a knowledge file in one step: a crash at any moment leaves the old or the new one. Knows not what is in it.

Works on any file system: what one does not offer (owners, locks, syncing) is done without.
"""

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from bot.knowledge.writing import EditError

try:
    import fcntl
except ImportError:  # on Windows
    fcntl = None  # type: ignore[assignment]

NOT_OFFERED = {errno.EINVAL, errno.ENOTSUP, errno.ENOSYS, errno.EPERM, errno.EACCES}


def replace_file(folder: Path, file: str, before: bytes | None, after: bytes | None) -> None:
    """Put `after` in the place of `before` (None: no file), in one step that survives a crash at any moment.

    Raises EditError when the file is not, or no longer, as `before`, or can't be written; then nothing has changed.
    """
    # A link stays a link: what it leads to is replaced.
    path = (folder / file).resolve()
    try:
        with _locked(folder):
            if (path.read_bytes() if path.exists() else None) != before:
                raise EditError(f"{file} was edited meanwhile. Nothing was changed; please look at it and try again.")
            path.parent.mkdir(parents=True, exist_ok=True)
            if after is None:
                path.unlink()
            else:
                _replace(path, after)
        _sync(path.parent)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise EditError(f"{file} could not be saved ({reason}). Nothing was changed.") from error


def _replace(path: Path, after: bytes) -> None:
    # The loader passes over names with a dot in front, so that what a crash leaves behind does no harm.
    number, name = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=path.parent)
    beside = Path(name)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(after)
            file.flush()
            with _where_supported():
                os.fsync(file.fileno())
        status = path.stat() if path.exists() else None
        with _where_supported():
            if status and hasattr(os, "chown"):
                os.chown(beside, status.st_uid, status.st_gid)
        with _where_supported():
            beside.chmod(status.st_mode & 0o7777 if status else 0o644)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Alone among all processes that edit this folder, where the system has such locks."""
    with ExitStack() as stack:
        with _where_supported():
            if fcntl:
                number = os.open(folder, os.O_RDONLY)
                stack.callback(os.close, number)
                fcntl.flock(number, fcntl.LOCK_EX)
        yield


@contextmanager
def _where_supported() -> Iterator[None]:
    """Do without what a file system does not offer, such as owners on a Windows share."""
    try:
        yield
    except OSError as error:
        if error.errno not in NOT_OFFERED:
            raise


def _sync(folder: Path) -> None:
    """Make a rename last, where the system can. It has been made: what fails here must not say otherwise."""
    if hasattr(os, "O_DIRECTORY"):
        with suppress(OSError):
            number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(number)
            finally:
                os.close(number)
