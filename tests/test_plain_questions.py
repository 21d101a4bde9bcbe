"""The plainest wordings get their answer, for both roles alike, and every claim of the article is reachable."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.evaluation import Labelled, Scored, score
from bot.matching.decision import Outcome
from bot.ui.texts import answer_text, plain_text

QUESTIONS = Path(__file__).parent / "questions"
RIGHT_AT_LEAST = 0.97
WRONG_AT_MOST = 0.01
ROLES_APART_AT_MOST = 0.02
CLAIMS_REACHED_AT_LEAST = 0.97
NAMES = {
    "prompt_engineer": {
        "role": "prompt engineer",
        "article": "a",
        "field": "prompt engineering",
        "short": "prompt eng",
    },
    "ai_engineer": {"role": "ai engineer", "article": "an", "field": "ai engineering", "short": "ai eng"},
}
BOTH = "both"


@dataclass(frozen=True)
class Cell:
    """A question of the grid: the role that it is about, or both."""

    role: str
    labelled: Labelled


def _values(role: str) -> dict[str, str]:
    """What stands for the places of a row when it is asked of a role."""
    own, other = NAMES[role], next(names for name, names in NAMES.items() if name != role)
    return {
        **own,
        "id": role,
        "a_role": f"{own['article']} {own['role']}",
        "roles": f"{own['role']}s",
        "Role": own["role"].title().replace("Ai ", "AI "),
        "other": other["role"],
        "others": f"{other['role']}s",
        "a_other": f"{other['article']} {other['role']}",
        "other_field": other["field"],
    }


def _rows(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = yaml.safe_load((QUESTIONS / name).read_text(encoding="utf-8"))
    return rows


def _grid() -> Iterator[Cell]:
    for row in _rows("grid.yaml"):
        for question in row["ask"]:
            for role in NAMES if "{" in question else [row.get("role", BOTH)]:
                values = _values(role) if role in NAMES else {}
                gold = frozenset(expected.format(**values) for expected in row["expect"])
                yield Cell(role, Labelled(question.format(**values), "plain", gold, frozenset()))


def _share(scored: list[Scored]) -> float:
    """The share that is right."""
    return sum(s.right for s in scored) / len(scored)


def test_the_plainest_wordings_are_answered_for_both_roles_alike(advisor):
    """What people type first is right almost always, hardly ever answered wrongly, and no role is served worse."""
    cells = list(_grid())
    scored = list(score(advisor, ((cell.labelled,) for cell in cells)))
    missed = [f"{s.labelled.question!r} → {s.given}, not {s.labelled.wanted}" for s in scored if not s.right]
    by_role = [[s for s, cell in zip(scored, cells, strict=True) if cell.role == role] for role in NAMES]
    prompt, ai = (_share(group) for group in by_role)
    assert _share(scored) >= RIGHT_AT_LEAST, missed
    assert sum(s.wrong for s in scored) / len(scored) <= WRONG_AT_MOST, missed
    assert abs(prompt - ai) <= ROLES_APART_AT_MOST, missed


def test_every_claim_of_the_article_is_reached_by_a_plain_question(advisor, knowledge):
    """The answer comes, it may state the claim, and its telling words stand in what the member reads."""
    claims = _rows("claims.yaml")
    asked = [(Labelled(c["ask"], "claim", frozenset(c["expect"]), frozenset()),) for c in claims]
    missed = [
        f"¶ {claim['claim']} {claim['ask']!r} → {scored.given}"
        for claim, scored in zip(claims, score(advisor, asked), strict=True)
        if not scored.right or not any(part in plain_text(knowledge, scored.reply) for part in claim["says"])
    ]
    assert {claim["claim"] for claim in claims} == set(range(1, knowledge.source.paragraphs + 1))
    assert 1 - len(missed) / len(claims) >= CLAIMS_REACHED_AT_LEAST, missed


def test_the_answers_that_state_a_claim_say_its_telling_words(knowledge):
    """Every entry that a claim may be answered with has them, whatever the ranking."""
    silent = [
        (claim["ask"], expected)
        for claim in _rows("claims.yaml")
        for expected in claim["expect"]
        if not any(part in answer_text(knowledge, knowledge.entries[expected]) for part in claim["says"])
    ]
    assert silent == []


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("prompt salary", "prompt_engineer.salary"),
        ("ai salary", "ai_engineer.salary"),
        ("prompting skills", "prompt_engineer.skills"),
        ("skills for ai", "ai_engineer.skills"),
        ("mid level prompt", "prompt_engineer.salary.mid"),
        ("senior ai", "ai_engineer.salary.senior"),
        ("what does an AI product manager earn", None),
    ],
)
def test_a_role_in_short_is_one_where_a_topic_or_level_stands_beside_it(advisor, asked, expected):
    """Two words are a question, also the first one; what names another job is none."""
    reply = advisor.reply(asked)
    assert next((e.id for e in reply.entries if reply.outcome is Outcome.ANSWER), None) == expected
