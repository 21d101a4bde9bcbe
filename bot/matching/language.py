"""English or not: a large list of English words, and a language detector for what has few of them.

Knows nothing of the knowledge.
"""

import unicodedata
import zlib
from collections.abc import Callable, Iterable, Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

LATIN = "LATIN"
# So few words say nothing of their language.
MIN_WORDS = 3
# A list of English words is asked first: short English messages full of slang look foreign to a detector.
FEW_ENGLISH = 0.7

# The CRC-32 of each word, in order: less than a megabyte, which can be kept in a file and mapped.
Hashes = npt.NDArray[np.uint32]


@cache
def english_words() -> Hashes:
    """The English words in common use, 160,000 of them. Takes a fifth of a second, once a process."""
    from spellchecker import SpellChecker  # noqa: PLC0415 - slow to load, and not needed where a model is kept

    return hashes_of(SpellChecker(language="en").word_frequency.words())


def hashes_of(words: Iterable[str]) -> Hashes:
    """The words, hashed, each once."""
    return np.unique(np.fromiter((zlib.crc32(word.encode()) for word in words), np.uint32))


def has_word(hashes: Hashes, word: str) -> bool:
    """Whether a word is among those that were hashed."""
    digest = zlib.crc32(word.encode())
    place = int(np.searchsorted(hashes, np.uint32(digest)))
    return place < len(hashes) and int(hashes[place]) == digest


def is_foreign(text: str, words: Sequence[str], is_english: Callable[[str], bool]) -> bool:
    """Whether a message is in another language than English, by its script or by its words."""
    letters = [character for character in text if character.isalpha()]
    others = sum(not unicodedata.name(letter, LATIN).startswith(LATIN) for letter in letters)
    if 2 * others > len(letters):
        return True
    if len(words) < MIN_WORDS or sum(map(is_english, words)) > FEW_ENGLISH * len(words):
        return False
    return detected(text) != "en"


def detected(text: str) -> str:
    """The language of a text. Takes a second the first time, when the detector is read."""
    from py3langid import classify  # noqa: PLC0415 - slow to load, and seldom asked

    return str(classify(text)[0])
