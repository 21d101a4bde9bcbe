"""Which embedder is used: the one that is asked for, or the best that is already on disk. Never downloads."""

import importlib.metadata
from collections.abc import Sequence
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from bot.embedders.fetching import missing_files, model_folder
from bot.matching.embedding import Embedder, NoEmbedder
from bot.matching.features import Floats


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
    neural = find_spec("fastembed") and not missing_files(model or model_folder(data))
    found = {EmbedderChoice.NEURAL: neural, EmbedderChoice.STATIC: find_spec("wordllama"), EmbedderChoice.NONE: True}
    return [choice for choice, there in found.items() if there]


def choose(choice: EmbedderChoice, data: Path, model: Path | None = None) -> Embedder:
    """The embedder. `data` is the data folder, `model` a model folder other than the one there.

    Raises NoEmbedderError when the one that is asked for can't be had.
    """
    if choice is EmbedderChoice.AUTO:
        choice = available(data, model)[0]
    folder = model or model_folder(data)
    try:
        if choice is EmbedderChoice.NEURAL:
            from bot.embedders.neural import NeuralEmbedder  # noqa: PLC0415 - an extra, and slow to import

            if lacking := missing_files(folder):
                raise NoEmbedderError(
                    f"The model folder {folder} lacks {', '.join(lacking)}. Run `python -m bot fetch-model`, "
                    "or set MODEL_DIR to a folder that holds a model."
                )
            return NeuralEmbedder(folder, data)
        return StaticEmbedder() if choice is EmbedderChoice.STATIC else NoEmbedder()
    except ImportError as error:
        extra = " with the extra: pip install '.[neural]'" if choice is EmbedderChoice.NEURAL else ""
        raise NoEmbedderError(f"The {choice} embedder needs the package {error.name}; install it{extra}.") from error
    except (OSError, ValueError) as error:
        raise NoEmbedderError(f"The {choice} embedder can't be loaded ({error}). Fetch the model anew.") from error
