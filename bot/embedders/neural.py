"""Contextual embeddings: a small sentence transformer in ONNX form, run by `fastembed`. Uses no network.

A few milliseconds a sentence, so the vectors of the phrasings are kept in a file beside the model's name.
(MiniLM: Wang et al. 2020, arXiv:2002.10957; sentence transformers: Reimers and Gurevych 2019, arXiv:1908.10084.)
"""

import hashlib
import logging
import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from fastembed import TextEmbedding
from fastembed.common.model_description import ModelSource, PoolingType

from bot.matching.features import Floats

log = logging.getLogger(__name__)

MODEL_FILE = "model.onnx"
DIMENSIONS = 384
BATCH = 64
# So many new texts are worth writing to the file: the phrasings are, single questions are not.
WORTH_KEEPING = 200


class NeuralEmbedder:
    """A model folder, and a file of vectors that were computed before."""

    name = "neural"

    def __init__(self, folder: Path, data: Path) -> None:
        """Load the model. Raises OSError or ValueError when the folder holds no usable one."""
        self.version = hashlib.sha256((folder / MODEL_FILE).read_bytes()).hexdigest()[:12]
        self._file = data / f"embeddings-{self.version}.npz"
        try:
            self._model = TextEmbedding(_registered(f"local/{self.version}"), specific_model_path=str(folder))
        except Exception as error:  # the libraries below raise whatever they like
            raise ValueError(f"{folder} holds no usable model: {error}") from error
        self._known = self._read()

    def embed(self, texts: Sequence[str]) -> Floats:
        """One unit vector a text."""
        keys = [_key(text) for text in texts]
        # Texts of like length together: a batch is as slow as its longest text.
        unknown = (text for key, text in zip(keys, texts, strict=True) if key not in self._known)
        new = sorted(dict.fromkeys(unknown), key=len)
        vectors = self._model.embed(new, batch_size=BATCH)
        found = {_key(text): vector.astype(np.float32) for text, vector in zip(new, vectors, strict=True)}
        if len(new) >= WORTH_KEEPING:
            self._known |= found
            self._write()
        return np.array([found[k] if k in found else self._known[k] for k in keys]).reshape(-1, DIMENSIONS)

    def _read(self) -> dict[int, Floats]:
        try:
            with self._file.open("rb") as raw, np.load(raw) as file:
                return dict(zip(file["keys"].tolist(), file["vectors"].astype(np.float32), strict=True))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
            log.warning("The embeddings in %s can't be used (%s); they are computed anew.", self._file, error)
            return {}

    def _write(self) -> None:
        """Keep the vectors for the next start; without a place to write, that start is slow again."""
        temporary = self._file.with_suffix(".new.npz")
        keys, vectors = np.array(list(self._known), np.uint64), np.array(list(self._known.values()), np.float16)
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            np.savez(temporary, keys=keys, vectors=vectors)
            temporary.replace(self._file)
        except OSError as error:
            log.warning("The embeddings can't be kept in %s (%s); the next start is as slow.", self._file, error)


def _registered(name: str) -> str:
    """The name, made known to fastembed once in this process."""
    if all(model["model"] != name for model in TextEmbedding.list_supported_models()):
        TextEmbedding.add_custom_model(
            model=name,
            pooling=PoolingType.MEAN,
            normalization=True,
            sources=ModelSource(hf=name),
            dim=DIMENSIONS,
            model_file=MODEL_FILE,
        )
    return name


def _key(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest())
