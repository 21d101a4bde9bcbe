"""Contextual embeddings: a small sentence transformer in ONNX form, read from a folder. Uses no network.

(MiniLM: Wang et al. 2020, arXiv:2002.10957; sentence transformers: Reimers and Gurevych 2019, arXiv:1908.10084.)
"""

import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from onnxruntime import InferenceSession, SessionOptions
from tokenizers import Tokenizer

from bot.embedders.fetching import MODEL_FILE, TOKENIZER_FILE
from bot.matching.features import Floats

# Of a longer text, the model's authors read no more either.
MOST_TOKENS = 256
# As fast as larger batches, whose memory would stay taken.
BATCH = 16
MOST_THREADS = 4


class NeuralEmbedder:
    """A model folder in use. Threads may share it."""

    name = "neural"

    def __init__(self, folder: Path, version: str) -> None:
        """Load the model; `version` names what the files hold. Raises ValueError where the files are not usable."""
        self.version = version
        try:
            self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
            self._tokenizer.enable_truncation(MOST_TOKENS)
            self._tokenizer.enable_padding()
            self._session = InferenceSession(folder / MODEL_FILE, _options(), providers=["CPUExecutionProvider"])
            self._inputs = {model_input.name for model_input in self._session.get_inputs()}
            self._dimensions = self._unit_vectors([""]).shape[1]
        except Exception as error:  # the libraries below raise whatever they like
            raise ValueError(f"{folder} holds no usable model: {error}") from error

    def embed(self, texts: Sequence[str]) -> Floats:
        """One unit vector a text."""
        vectors = np.empty((len(texts), self._dimensions), np.float32)
        # Texts of like length together: a batch is as slow as its longest text.
        order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
        for start in range(0, len(order), BATCH):
            places = order[start : start + BATCH]
            vectors[places] = self._unit_vectors([texts[place] for place in places])
        return vectors

    def _unit_vectors(self, texts: list[str]) -> Floats:
        """The mean of the vectors of a text's tokens, without the padding, at length 1."""
        encodings = self._tokenizer.encode_batch(texts)
        given = {
            "input_ids": np.array([encoding.ids for encoding in encodings], np.int64),
            "attention_mask": np.array([encoding.attention_mask for encoding in encodings], np.int64),
            "token_type_ids": np.array([encoding.type_ids for encoding in encodings], np.int64),
        }
        tokens = self._session.run(None, {name: given[name] for name in self._inputs})[0]
        # The sum points where the mean does.
        sums = np.einsum("btd,bt->bd", tokens, given["attention_mask"].astype(np.float32))
        unit: Floats = sums / np.linalg.norm(sums, axis=1, keepdims=True)
        return unit


def _options() -> SessionOptions:
    options = SessionOptions()
    # Half of the cores: members are answered while phrasings are embedded.
    options.intra_op_num_threads = min(MOST_THREADS, max(1, (os.cpu_count() or 1) // 2))
    # A thread that waits for work sleeps: members' questions come far apart.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    return options
