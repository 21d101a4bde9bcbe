"""What was fitted on a knowledge base, kept in the data folder for the next start. Knows no Discord.

Each model has a folder of its own, named after what was learned from, the embedder and the code. Its arrays are mapped
into memory, not read. A folder that can't be written to, or a broken one, only costs the time to fit.
"""

import ctypes
import hashlib
import json
import logging
import shutil
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import numpy as np

from bot.dialogue import __path__ as dialogue_folders
from bot.dialogue.advisor import Advisor
from bot.dialogue.reading_model import ReadingModel
from bot.embedders.choice import EmbedderChoice
from bot.embedders.kept_vectors import KeptVectors
from bot.embedders.reused_vectors import ReusedVectors
from bot.knowledge.records import KnowledgeBase
from bot.matching import __path__ as matching_folders
from bot.matching.confidence import ConfidenceModel
from bot.matching.embedding import Embedder
from bot.matching.fitting import FittedModels, labelled_questions
from bot.matching.matcher import Matcher
from bot.matching.serialization import pack, unpack

log = logging.getLogger(__name__)

PLAIN = "model.json"
# The models of the versions used last: of an edit, of taking it back, of another folder.
KEPT = 9
Model = TypeVar("Model")
UNUSABLE = (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError)


class ModelCache:
    """Makes advisors; fits only what was not fitted before."""

    def __init__(self, embedder: Embedder, folder: Path) -> None:
        """Keep models in this folder, which need not exist."""
        self._embedder, self._models = embedder, folder
        self.is_slow = embedder.name == EmbedderChoice.NEURAL
        self._fits_with = KeptVectors(embedder, folder.parent) if self.is_slow else embedder
        self._latest: FittedModels | None = None
        self._code = _digest(
            path.read_bytes()
            for root in (*matching_folders, *dialogue_folders)
            for path in sorted(Path(root).glob("*.*"))
        )

    def advisor(self, knowledge: KnowledgeBase) -> Advisor:
        """An advisor on this knowledge. Where it must be fitted this takes seconds: not for the event loop.

        How sure to be and how turns are read hardly depend on single entries: the one is fitted anew for other words or
        labelled questions, or for twice as many phrasings; the other for other words or chats.
        """
        words, size = knowledge.vocabulary, len(knowledge.intents).bit_length()
        labelled = (words, size, *labelled_questions(knowledge))
        sure = self._folder(ConfidenceModel, map(repr, labelled))
        confidence = self._found(ConfidenceModel, sure)
        matching = self._kept(
            FittedModels,
            self._folder_of(knowledge),
            lambda: Matcher(knowledge, ReusedVectors(self._fits_with, self._latest), confidence=confidence).models,
        )
        self._latest = matching
        if confidence is None:
            self._kept(ConfidenceModel, sure, lambda: matching.confidence)
        spoken = (knowledge.follow_ups, words, knowledge.personal_facts)
        readings = self._kept(
            ReadingModel,
            self._folder(ReadingModel, map(repr, spoken)),
            lambda: Advisor(knowledge, self._fits_with, matching).readings,
        )
        return Advisor(knowledge, self._embedder, matching, readings)

    def _found(self, kind: type[Model], folder: Path) -> Model | None:
        """The model that is kept in this folder, if it can be used."""
        try:
            model = _read(kind, folder)
        except FileNotFoundError:
            return None
        except UNUSABLE as error:
            log.warning("The model in %s can't be used (%s); it is fitted anew.", folder, error)
            return None
        with suppress(OSError):
            folder.touch()
        return model

    def _kept(self, kind: type[Model], folder: Path, fit: Callable[[], Model]) -> Model:
        """The model that is kept in this folder; or else fitted, and kept there if that can be."""
        model = self._found(kind, folder)
        if model is not None:
            return model
        model = fit()
        try:
            _write(folder, model)
            model = _read(kind, folder)  # mapped arrays, in place of those in memory
            give_back_memory()
        except OSError as error:
            log.info("The model can't be kept in %s (%s); the next start fits it anew.", folder, error)
        return model

    def has(self, knowledge: KnowledgeBase) -> bool:
        """Whether the advisor on this knowledge is there at once."""
        return self._folder_of(knowledge).is_dir()

    def prepare(self, texts: Sequence[str]) -> None:
        """Embed phrasings, to spare the next fit the time."""
        if isinstance(self._fits_with, KeptVectors):
            self._fits_with.learn(texts)

    def _folder_of(self, knowledge: KnowledgeBase) -> Path:
        return self._folder(FittedModels, (knowledge.fingerprint,))

    def _folder(self, kind: type[object], depends_on: Iterable[str]) -> Path:
        parts = (kind.__name__, *depends_on, self._embedder.name, self._embedder.version, self._code)
        return self._models / _digest(part.encode() for part in parts)


def give_back_memory() -> None:
    """Give what is free again, such as after fitting, back to the system."""
    with suppress(OSError, AttributeError, TypeError):  # the C library is not glibc
        ctypes.CDLL(None).malloc_trim(0)


def _digest(parts: Iterator[bytes]) -> str:
    digest = hashlib.blake2b(digest_size=12)
    for part in parts:
        digest.update(len(part).to_bytes(8) + part)
    return digest.hexdigest()


def _read(kind: type[Model], folder: Path) -> Model:
    """Raises FileNotFoundError where there is none, and any of UNUSABLE where it is broken."""
    kept = json.loads((folder / PLAIN).read_bytes())
    arrays = {}
    for name, checksum in kept["checksums"].items():
        file = folder / f"{name}.npy"
        if zlib.crc32(file.read_bytes()) != checksum:
            raise ValueError(f"{file.name} is damaged")
        # A plain view of what is mapped: numpy's own class of mapped arrays is slow to cut.
        arrays[name] = np.asarray(np.load(file, mmap_mode="r", allow_pickle=False))
    return unpack(kind, kept["plain"], arrays)


def _write(folder: Path, model: object) -> None:
    """Write beside, then rename: a folder is there as a whole or not at all. Old ones go. Raises OSError."""
    plain, arrays = pack(model)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".new-", dir=folder.parent, ignore_cleanup_errors=True) as made:
        beside, checksums = Path(made), {}
        for name, array in arrays.items():
            file = beside / f"{name}.npy"
            np.save(file, array, allow_pickle=False)
            checksums[name] = zlib.crc32(file.read_bytes())
        (beside / PLAIN).write_text(json.dumps({"checksums": checksums, "plain": plain}), encoding="utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        beside.rename(folder)
    by_age = sorted((path for path in folder.parent.iterdir() if path.is_dir()), key=lambda path: path.stat().st_mtime)
    for old in by_age[:-KEPT]:
        shutil.rmtree(old, ignore_errors=True)
