"""English or not: by script, by a list of words, and by a detector for what has few English words."""

import pytest

from bot.matching.language import english_words, has_word, hashes_of, is_foreign
from bot.matching.text import words


@pytest.fixture(scope="module")
def foreign(advisor):
    """Whether a text is taken for another language, by the bot that knows the words of its subject."""
    return lambda text: is_foreign(text, words(text), advisor.matcher.spelling.knows)


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
def test_other_languages_are_told(foreign, text):
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
        "LLM RAG API AWS",
        "is a résumé from a café in São Paulo fine to send",
        "gracias amigo",
        "wat does ai enginer do",
        "pe vs aie",
    ],
)
def test_english_is_not_taken_for_another_language(foreign, text):
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


def test_the_list_of_english_words_is_a_large_one():
    """Everyday words and names of places; no typos."""
    assert all(has_word(english_words(), word) for word in ("dawn", "peru", "salaries", "weren't"))
    assert not any(has_word(english_words(), word) for word in ("enginer", "salery", "xqzt"))
