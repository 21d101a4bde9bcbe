"""Which embedder is used: the one that is asked for, or the best that is already on disk. Never downloads."""

import importlib.metadata
import logging
from collections.abc import Sequence
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from bot.embedders.fetching import FILES, missing_files, model_folder, sha256_of
from bot.matching.embedding import Embedder, NoEmbedder
from bot.matching.features import Floats

log = logging.getLogger(__name__)

FETCH = "Run `python -m bot fetch-model`, or set MODEL_DIR to a folder that holds a model."


class EmbedderChoice(StrEnum):
    """What an operator may ask for."""

    AUTO = "auto"
    NONE = "none"
    STATIC = "static"
    NEURAL = "neural"


class NoEmbedderError(Exception):
    """The embedder that is asked for can't be had; the text says why and what to do."""


class StaticEmbedder:
    """A fixed vector of 256 dimensions for each piece of a word, averaged; all in the package `wordllama`.

    About 25 µs a sentence. (Averaged word vectors as sentence embeddings: Wieting et al. 2016, arXiv:1511.08198.)
    """

    name = "static"

    def __init__(self) -> None:
        """Load the vectors from the package's own folder."""
        import wordllama  # noqa: PLC0415 - has no wheel for every machine

        folder = Path(wordllama.__file__).parent
        self.version = importlib.metadata.version("wordllama")
        self._model = wordllama.WordLlama.load(cache_dir=folder, disable_download=True)
        # As they lie in the package: half the memory, and the mean of a text is taken in single precision all the same.
        self._model.embedding = self._model.embedding.astype(np.float16)

    def embed(self, texts: Sequence[str]) -> Floats:
        """One unit vector a text; zeros for a text without words."""
        vectors = self._model.embed(list(texts), norm=False)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        unit: Floats = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
        return unit


def available(data: Path, model: Path | None) -> list[EmbedderChoice]:
    """The kinds that are on disk, the best first."""
    libraries = all(map(find_spec, ("onnxruntime", "tokenizers")))
    neural = libraries and not missing_files(model or model_folder(data))
    found = {EmbedderChoice.NEURAL: neural, EmbedderChoice.STATIC: find_spec("wordllama"), EmbedderChoice.NONE: True}
    return [choice for choice, there in found.items() if there]


def choose(choice: EmbedderChoice, data: Path, model: Path | None = None) -> Embedder:
    """The embedder. `data` is the data folder, `model` a model folder other than the one there.

    Raises NoEmbedderError when the one that is asked for can't be had; the best is the best that can.
    """
    if choice is not EmbedderChoice.AUTO:
        return _load(choice, data, model)
    best, *others = available(data, model)
    try:
        return _load(best, data, model)
    except NoEmbedderError as error:
        log.warning("%s Until then, the %s embedder is used.", error, others[0])
        return _load(others[0], data, model)


def _load(choice: EmbedderChoice, data: Path, model: Path | None) -> Embedder:
    try:
        if choice is EmbedderChoice.NEURAL:
            return _neural(model or model_folder(data), is_fetched=model is None)
        return StaticEmbedder() if choice is EmbedderChoice.STATIC else NoEmbedder()
    except ImportError as error:
        extra = " with the extra: pip install '.[neural]'" if choice is EmbedderChoice.NEURAL else ""
        raise NoEmbedderError(f"The {choice} embedder needs the package {error.name}; install it{extra}.") from error
    except (OSError, ValueError) as error:
        raise NoEmbedderError(f"The {choice} embedder can't be loaded ({error}). {FETCH}") from error


def _neural(folder: Path, *, is_fetched: bool) -> Embedder:
    """The model in a folder. What was fetched must still be what it was; another's model may be any."""
    from bot.embedders.neural import NeuralEmbedder  # noqa: PLC0415 - an extra, and slow to import

    if lacking := missing_files(folder):
        raise NoEmbedderError(f"The model folder {folder} lacks {', '.join(lacking)}. {FETCH}")
    hashes = {file.name: sha256_of(folder / file.name) for file in FILES}
    damaged = [file.name for file in FILES if hashes[file.name] != file.sha256]
    if damaged and is_fetched:
        raise NoEmbedderError(f"In the model folder {folder}, {', '.join(damaged)} is damaged. {FETCH}")
    return NeuralEmbedder(folder, "".join(found[:12] for found in hashes.values()))
