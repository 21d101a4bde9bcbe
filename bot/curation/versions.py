"""The versions of the knowledge files that were in use, kept in the data folder: a start with broken files needs one.

Files in, files out. Knows nothing of what they mean, nor who edits them.
"""

import io
import logging
import zipfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bot.knowledge.loader import Contents

log = logging.getLogger(__name__)

KEPT = 10
UNREADABLE = (OSError, zipfile.BadZipFile, EOFError)


@dataclass(frozen=True)
class KnowledgeVersions:
    """Keeps the latest versions, each as an archive named after it, the one that was used last being the newest."""

    folder: Path

    def keep(self, version: str, contents: Contents) -> None:
        """Keep a version that is in use. Where the folder can't be written to, that is logged and nothing else."""
        path = self.folder / f"{version}.zip"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            if path.exists():
                path.touch()
                return
            beside = path.with_suffix(".tmp")
            beside.write_bytes(zipped(contents))
            beside.replace(path)
            for old in self._newest_first()[KEPT:]:
                old.unlink(missing_ok=True)
        except OSError as error:
            log.warning("version %s of the knowledge can't be kept for a later start: %s", version, error)

    def last(self) -> dict[str, bytes] | None:
        """The files of the version that was used last and can be read; None where there is none."""
        for path in self._newest_first():
            with suppress(*UNREADABLE), zipfile.ZipFile(path) as archive:
                return {name: archive.read(name) for name in archive.namelist()}
        return None

    def _newest_first(self) -> list[Path]:
        return sorted(self.folder.glob("*.zip"), key=lambda path: path.stat().st_mtime_ns, reverse=True)


def zipped(contents: Contents) -> bytes:
    """All files in one archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for file, raw in contents.items():
            archive.writestr(file, raw)
    return buffer.getvalue()
