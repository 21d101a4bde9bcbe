"""Which embedder is used: the one that is asked for, or the best that is already on disk. Never downloads."""

from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path

from bot.embedders.fetching import missing_files, model_folder
from bot.matching.embedding import Embedder, NoEmbedder


class EmbedderChoice(StrEnum):
    """What an operator may ask for."""

    AUTO = "auto"
    NONE = "none"
    STATIC = "static"
    NEURAL = "neural"


class NoEmbedderError(Exception):
    """The embedder that is asked for can't be had; the text says why and what to do."""


def available(data: Path, model: Path | None) -> list[EmbedderChoice]:
    """The kinds that are on disk, the best first."""
    found = [EmbedderChoice.NONE]
    if find_spec("wordllama"):
        found.insert(0, EmbedderChoice.STATIC)
    if find_spec("fastembed") and not missing_files(model or model_folder(data)):
        found.insert(0, EmbedderChoice.NEURAL)
    return found


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
        if choice is EmbedderChoice.STATIC:
            from bot.embedders.static import StaticEmbedder  # noqa: PLC0415 - has no wheel for every machine

            return StaticEmbedder()
    except ImportError as error:
        extra = " with the extra: pip install '.[neural]'" if choice is EmbedderChoice.NEURAL else ""
        raise NoEmbedderError(f"The {choice} embedder needs the package {error.name}; install it{extra}.") from error
    except (OSError, ValueError) as error:
        raise NoEmbedderError(f"The {choice} embedder can't be loaded ({error}). Fetch the model anew.") from error
    return NoEmbedder()
