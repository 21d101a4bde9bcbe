"""Getting the contextual model, once, from where its authors publish it. The only module here that uses the network."""

import hashlib
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

REVISION = "1110a243fdf4706b3f48f1d95db1a4f5529b4d41"
SOURCE = f"https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2/resolve/{REVISION}"
CHUNK = 1 << 16
SECONDS = 30


@dataclass(frozen=True)
class ModelFile:
    """A file of the model: where it lies at the source, its size in bytes and its SHA-256."""

    path: str
    size: int
    sha256: str

    @property
    def name(self) -> str:
        """Its name in the model's folder."""
        return self.path.rpartition("/")[2]


TOKENIZER_FILE, MODEL_FILE = "tokenizer.json", "model.onnx"
FILES = (
    ModelFile(TOKENIZER_FILE, 466247, "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"),
    ModelFile(f"onnx/{MODEL_FILE}", 90405214, "6fd5d72fe4589f189f8ebc006442dbb529bb7ce38f8082112682524616046452"),
)


class FetchError(Exception):
    """The model could not be had; the text says why and what to do. What was there before is untouched."""


def model_folder(data: Path) -> Path:
    """Where the model lies in the data folder."""
    return data / "all-MiniLM-L6-v2"


def missing_files(folder: Path) -> list[str]:
    """The files that a model's folder lacks."""
    return [file.name for file in FILES if not (folder / file.name).is_file()]


def sha256_of(path: Path) -> str:
    """A tenth of a second for the whole model. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def fetch(
    folder: Path, progress: Callable[[int], None], source: str = SOURCE, files: tuple[ModelFile, ...] = FILES
) -> None:
    """Get every file that is not there yet, whole and checked, or raise FetchError.

    `progress` is told how many bytes came.
    """
    for file in files:
        target = folder / file.name
        if target.is_file() and sha256_of(target) == file.sha256:
            progress(file.size)
            continue
        try:
            folder.mkdir(parents=True, exist_ok=True)
            _fetch(f"{source}/{file.path}", target, file, progress)
        except OSError as error:
            todo = f"Check the network and the space in {folder}, then try again."
            raise FetchError(f"{file.name} could not be fetched ({error}). {todo}") from error


def _fetch(url: str, target: Path, file: ModelFile, progress: Callable[[int], None]) -> None:
    partial, digest = target.with_suffix(".partial"), hashlib.sha256()
    try:
        with urllib.request.urlopen(url, timeout=SECONDS) as answer, partial.open("wb") as out:  # noqa: S310 - see SOURCE
            while chunk := answer.read(CHUNK):
                out.write(chunk)
                digest.update(chunk)
                progress(len(chunk))
        if digest.hexdigest() != file.sha256:
            raise FetchError(
                f"{file.name} is not the file that was expected: its hash is {digest.hexdigest()}. "
                "Nothing was kept; try again, and if it stays so, don't trust the network."
            )
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
