"""The shipped knowledge keeps its promises: every fact is there, with its figures, sources and enough phrasings."""

import re

import pytest

from bot.evaluation import read_labelled
from bot.knowledge.placeholders import fill
from tests.conftest import KNOWLEDGE, ROOT

# The facts of the article, then what people ask by their situation: id → paragraphs. From the project's list of facts.
FACTS = {
    "overview.market": {1, 28}, "overview.difference": {1, 28}, "overview.analogy": {5},
    "prompt_engineer.definition": {3}, "ai_engineer.definition": {4},
    "prompt_engineer.skills": {7}, "ai_engineer.skills": {8}, "skills.overlap": {9}, "skills.both_literacy": {9},
    "glossary.chain_of_thought": {7}, "glossary.role_prompting": {7}, "glossary.constraints": {7},
    "glossary.structured_output": {7, 26}, "glossary.llm_vs_ml": {8}, "glossary.few_shot": {26},
    "prompt_engineer.day": {11}, "ai_engineer.day": {12},
    "prompt_engineer.collaborators": {13}, "ai_engineer.collaborators": {12, 13}, "collaboration.compare": {13},
    "salary.compare": {14, 16}, "prompt_engineer.salary.entry": {15}, "prompt_engineer.salary.mid": {15},
    "prompt_engineer.salary.senior": {15}, "prompt_engineer.salary.freelance": {15}, "prompt_engineer.salary": {15},
    "ai_engineer.salary.entry": {16}, "ai_engineer.salary.mid": {16}, "ai_engineer.salary.senior": {16},
    "ai_engineer.salary": {16}, "salary.hybrid": {17},
    "prompt_engineer.career_path": {19}, "prompt_engineer.specialities": {19},
    "ai_engineer.career_path": {20}, "ai_engineer.specialities": {20}, "ai_engineer.leadership": {20},
    "careers.convergence": {21}, "fit.choose": {22, 25}, "prompt_engineer.fit": {23}, "prompt_engineer.entry": {23},
    "ai_engineer.fit": {24}, "fit.neither": {25}, "both.strategy": {26}, "both.early": {27},
    "both.python_for_prompt_engineers": {27}, "both.prompting_for_ai_engineers": {27}, "both.best_move": {29},
    "prompt_engineer.start": {7, 23, 26, 27}, "ai_engineer.start": {8, 9, 24, 27}, "ai_engineer.entry": {4, 8, 24},
    "difficulty.compare": {4, 8, 23, 24},
    "prompt_engineer.outlook": {18, 19, 21, 28}, "ai_engineer.outlook": {18, 20, 21, 28},
    "switch.technical": {4, 8, 24, 27}, "switch.language": {3, 7, 27}, "switch.domain": {19, 20},
    "switch.any": {22, 23, 24, 25, 27}, "ai_engineer.versus_neighbours": {4, 8}, "skills.people": {11, 13, 21},
    "careers.industries": {15, 16, 19, 20}, "prompt_engineer.tools": {7}, "salary.highest": {15, 16},
}  # fmt: skip

# The article's figures, as it gives them.
FIGURES = {
    "prompt_engineer.salary.entry": (65_000, 95_000, "year"),
    "prompt_engineer.salary.mid": (100_000, 145_000, "year"),
    "prompt_engineer.salary.senior": (160_000, 220_000, "year"),
    "prompt_engineer.salary.freelance": (50, 200, "hour"),
    "ai_engineer.salary.entry": (90_000, 130_000, "year"),
    "ai_engineer.salary.mid": (130_000, 175_000, "year"),
    "ai_engineer.salary.senior": (200_000, 350_000, "year"),
}

MIN_PHRASINGS = 50
# So many words a question may have that anybody would put in the same way.
PLAIN = 6
QUESTIONS = ROOT / "tests" / "questions"
MIN_TOPICS, MIN_TOPIC_PHRASINGS = 80, 10


@pytest.mark.parametrize("fact", FACTS)
def test_every_fact_is_an_entry_with_its_source(knowledge, fact):
    """Under its very id, citing its paragraphs."""
    assert set(knowledge.entries[fact].source) >= FACTS[fact]


def test_the_figures_are_the_articles(knowledge):
    """All of them, and no others."""
    found = {e.id: (e.figures.low, e.figures.high, e.figures.per) for e in knowledge.entries.values() if e.figures}
    assert found == FIGURES


def test_no_number_in_an_answer_is_invented(knowledge):
    """Digits in a finished answer come from the figures or are the article's year."""
    allowed = {str(knowledge.source.year)} | {f"{n:,}" for low, high, _ in FIGURES.values() for n in (low, high)}
    for entry in knowledge.entries.values():
        assert set(re.findall(r"\d[\d,]*\d|\d", fill(entry, knowledge.entries))) <= allowed, entry.id


def test_every_paragraph_is_cited(knowledge):
    """The article is used to the end."""
    assert knowledge.source.paragraphs == 29
    assert {p for e in knowledge.entries.values() for p in e.source} == set(range(1, 30))


def test_there_are_enough_ways_to_ask(knowledge):
    """Nothing helps as much as phrasings."""
    assert {e.id: len(e.ask) for e in knowledge.entries.values() if len(e.ask) < MIN_PHRASINGS} == {}


def test_enough_that_is_not_covered_is_known(knowledge):
    """Near misses matter most: at least 80 topics, each with ten phrasings and something to go on with."""
    topics = knowledge.not_covered.values()
    assert len(topics) >= MIN_TOPICS
    assert [t.id for t in topics if len(t.ask) < MIN_TOPIC_PHRASINGS or not t.nearest] == []
    assert len(knowledge.not_covered["off_topic"].ask) >= 260


def test_every_phrasing_is_at_its_place(knowledge):
    """What the health of the knowledge and the loader's problems lead to: the line on which it stands."""
    lines = {path.name: path.read_text(encoding="utf-8").splitlines() for path in (KNOWLEDGE / "answers").iterdir()}
    for entry in knowledge.entries.values():
        for phrasing in entry.ask:
            file, line = knowledge.place(entry.id, phrasing).split(":")
            written = lines[file.removeprefix("answers/")][int(line) - 1].replace("''", "'").replace('\\"', '"')
            assert phrasing.split()[0] in written, (file, line, phrasing)


def test_every_answer_leads_on(knowledge):
    """Related questions wherever one reads."""
    assert [e.id for e in knowledge.entries.values() if not 2 <= len(e.related) <= 6] == []


def test_the_measuring_questions_are_not_among_the_phrasings(knowledge):
    """What measures must not be learnt; so short a question that anybody would put it so may stand in both."""
    questions = {dialogue[-1].question.casefold() for dialogue in read_labelled(QUESTIONS / "single.jsonl")}
    asked = {text.casefold() for record in knowledge.intents.values() for text in record.ask}
    asked |= {example.question.casefold() for example in knowledge.examples}
    asked |= {turn.question.casefold() for chat in knowledge.follow_ups.chats for turn in chat}
    assert {question for question in questions & asked if len(question.split()) > PLAIN} == set()
