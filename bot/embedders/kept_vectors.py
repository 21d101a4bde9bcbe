"""Vectors of phrasings, kept in a file, so that an edit computes only new ones. No member's text gets here."""

import hashlib
import logging
import tempfile
import zipfile
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from threading import RLock

import numpy as np
import numpy.typing as npt

from bot.matching.embedding import Embedder
from bot.matching.features import Floats

log = logging.getLogger(__name__)

# So many are worth a word before they are computed.
MANY = 1000


class KeptVectors:
    """Embeds what a model is fitted on, by another embedder, each text once."""

    def __init__(self, embedder: Embedder, folder: Path) -> None:
        """Keep them in this folder, which need not exist."""
        self.name, self.version = embedder.name, embedder.version
        self._embedder, self._file = embedder, folder / f"embeddings-{embedder.version}.npz"
        self._lock = RLock()
        self._is_unsaved = False

    @cached_property
    def _known(self) -> dict[int, npt.NDArray[np.float16]]:
        try:
            with self._file.open("rb") as raw, np.load(raw) as file:
                return dict(zip(file["keys"].tolist(), file["vectors"].astype(np.float16), strict=True))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
            log.warning("The embeddings in %s can't be used (%s); they are computed anew.", self._file, error)
            return {}

    def learn(self, texts: Sequence[str]) -> None:
        """Compute what is new, for `embed` to have it."""
        with self._lock:
            new = list({_key(text): text for text in texts if _key(text) not in self._known}.values())
            if new:
                vectors = self._embedder.embed(new).astype(np.float16)
                self._known.update(zip(map(_key, new), vectors, strict=True))
                self._is_unsaved = True

    def embed(self, texts: Sequence[str]) -> Floats:
        """One unit vector a text; what is new is computed, then kept."""
        with self._lock:
            if len(texts) >= MANY and not self._known:
                log.warning("The first time, the %s embedder takes about a minute.", self.name)
            self.learn(texts)
            if self._is_unsaved:
                self._write()
                self._is_unsaved = False
            dimensions = self._embedder.embed([]).shape[1]
            return np.array([self._known[_key(text)] for text in texts], np.float32).reshape(-1, dimensions)

    def _write(self) -> None:
        """Write beside, then rename. Without a place to write, the next start is slow again."""
        keys, vectors = np.array(list(self._known), np.uint64), np.array(list(self._known.values()), np.float16)
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(prefix=".new-", dir=self._file.parent) as beside:
                temporary = Path(beside) / self._file.name
                np.savez(temporary, keys=keys, vectors=vectors)
                temporary.replace(self._file)
        except OSError as error:
            log.warning("The embeddings can't be kept in %s (%s); the next start is as slow.", self._file, error)


def _key(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest())
