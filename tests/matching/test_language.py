"""English or not: by script, by a list of words, and by a detector for what has few English words."""

import pytest

from bot.matching.language import english_words, has_word, hashes_of, is_foreign
from bot.matching.text import words


def foreign(text):
    """Whether a text is taken for another language."""
    return is_foreign(text, words(text), lambda word: has_word(english_words(), word))


@pytest.mark.parametrize(
    "text",
    [
        "¿cuánto gana un ingeniero de prompts al año?",
        "quanto ganha um engenheiro de inteligência artificial",
        "wie viel verdient man als Prompt Engineer in Deutschland",
        "combien gagne un ingénieur en intelligence artificielle",
        "сколько зарабатывает инженер",
        "एक प्रॉम्प्ट इंजीनियर क्या करता है",
        "كم يكسب المهندس",
        "提示工程师挣多少钱",
        "ありがとう",
    ],
)
def test_other_languages_are_told(text):
    """By their letters, or by their words."""
    assert foreign(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "???",
        "👎",
        "how much do prompt engineers make",
        "yo whats the bag like for junior ai engs lol",
        "LLM RAG API GPU CUDA",
        "is a résumé from a café in São Paulo fine to send",
        "gracias amigo",
        "wat does ai enginer do",
        "pe vs aie",
    ],
)
def test_english_is_not_taken_for_another_language(text):
    """Slang, typos, abbreviations, borrowed words, and what has too few words to tell."""
    assert not foreign(text)


def test_hashed_words_are_found_again():
    """Each of them; and hardly any other."""
    hashes = hashes_of(["sea", "apple", "sea"])
    assert len(hashes) == 2
    assert [has_word(hashes, word) for word in ("apple", "sea", "pear", "zebra", "")] == [
        True,
        True,
        False,
        False,
        False,
    ]
