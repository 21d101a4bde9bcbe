"""The benchmarks run, at a small size; their figures are read by people, not asserted."""

import re

import pytest

from bot.evaluation import Labelled
from bot.knowledge import loader
from bot.matching.embedding import NoEmbedder
from tests import small
from tests.benchmarks import faq, growth, load, pauses, questions, quiz_load, servers, soak
from tests.benchmarks.engines import ENGINES

pytestmark = pytest.mark.slow

TRAIN = """sentence,label
where is my order,track
track my parcel,track
when will it arrive,track
i want my money back,refund
refund please,refund
how do i return it,refund
who won the match,NONE
tell me a joke,NONE
what is the weather,NONE
"""
TEST = "where is my parcel,track\ni want a refund,refund\nwho won the game,NONE\n"


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_learns_and_answers(engine):
    """Each finds most of a small knowledge's questions."""
    texts, labels, questions = growth.labelled(200)
    label = ENGINES[engine](texts, labels)
    assert sum(label(text) == expected for text, expected in questions) > len(questions) / 2


def test_the_growth_table_and_picture_are_made(tmp_path):
    """From the figures of a process of its own."""
    results = {("this bot, none", 200): growth.measured_apart("this bot, none", 200)}
    assert growth.table(results).count("\n") == 3
    growth.draw(results, tmp_path / "growth.png")
    assert (tmp_path / "growth.png").read_bytes().startswith(b"\x89PNG")


def test_any_labelled_faq_is_scored(tmp_path):
    """In scope, out of scope, and both at the best threshold."""
    for name, text in (("train.csv", TRAIN), ("test.csv", TEST)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    found = faq.score(faq.read(tmp_path / "train.csv"), faq.read(tmp_path / "test.csv"), "NONE", NoEmbedder())
    assert (found.in_scope_top_1, found.out_of_scope_auroc, found.best_joint) == (1, 1, 1)


def test_a_faulty_csv_is_told_with_its_line(tmp_path):
    """A sentence without a label."""
    (tmp_path / "bad.csv").write_text("hello,a\nno label\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"bad\.csv:2"):
        faq.read(tmp_path / "bad.csv")


def test_every_engine_is_held_against_labelled_questions(tmp_path):
    """The peers, and the bot as members meet it."""
    wanted = Labelled("what does a baker earn", "plain", frozenset({"baker.pay"}), frozenset())
    found = questions.shares(loader.load(small.write(tmp_path)), [wanted])
    assert set(found) == {*ENGINES, questions.AS_SHIPPED}
    assert found[questions.AS_SHIPPED] == 1


@pytest.mark.asyncio
async def test_members_play_the_quiz_at_once(tmp_path):
    """None is lost, and every outcome is counted."""
    rounds, outcomes = await quiz_load.play(5, tmp_path)
    playing = [len(seconds) for seconds in rounds]
    assert playing[:13] == [5] * 13
    assert playing == sorted(playing, reverse=True)  # tie-breakers, for some
    assert outcomes.pop("counted in the tally") == sum(outcomes.values()) == 5


@pytest.mark.asyncio
async def test_the_load_table_has_both_bots(capsys):
    """The echo bot and the advisor, on the same loads."""
    await load.measure([load.message, load.press], 2, 0.2)
    rows = [line.split(" | ")[:2] for line in capsys.readouterr().out.splitlines()[2:]]
    assert rows == [["| message", "echo"], ["| press", "echo"], ["| message", "advisor"], ["| press", "advisor"]]


@pytest.mark.asyncio
async def test_pauses_are_measured_during_reload_and_picture(capsys, monkeypatch):
    """A row for each."""
    monkeypatch.setattr(pauses, "TIMES", 1)
    monkeypatch.setattr(pauses, "QUIET_SECONDS", 0.2)
    await pauses.measure()
    rows = [line.split(" | ")[0] for line in capsys.readouterr().out.splitlines()[2:]]
    assert rows[:3] == ["| nothing else goes on", "| reload 1", "| picture 1"]


@pytest.mark.asyncio
async def test_a_soak_tells_the_memory(capsys):
    """As it goes along, over a restart; at the end no question is missing in the journal."""
    await soak.soak(minutes=0.05, rate=50, every=1)
    *rows, counted = capsys.readouterr().out.splitlines()[2:]
    assert len(rows) >= 2
    assert all(float(row.split("|")[3]) > 0 for row in rows)
    asked, kept = re.findall(r"\d+", counted)
    assert asked == kept


@pytest.mark.asyncio
async def test_the_memory_of_servers_is_told(capsys):
    """A row for each number of servers."""
    await servers.measure((1, 20), "none")
    assert [row.split("|")[1].strip() for row in capsys.readouterr().out.splitlines()[2:]] == ["1", "20"]
