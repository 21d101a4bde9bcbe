"""The preview, in a process of its own, as a newcomer runs it."""

import contextlib
import datetime as dt
import random
import re
import signal
import subprocess
import sys
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.preview import RealTime
from tests import small
from tests.conftest import ROOT
from tests.person import Person, completed

PRESSES = 60


@contextlib.contextmanager
def running(folder):
    """The preview on this knowledge: its process, and the addresses of its three pages."""
    command = [sys.executable, "-m", "bot", "preview", "--no-browser", "--knowledge", str(folder)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)  # noqa: S603
    with process:
        try:
            urls = []
            while len(urls) < 3 and (line := process.stdout.readline()):
                urls += re.findall(r"http://\S+", line)
            assert len(urls) == 3, process.stderr.read()
            yield process, urls
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=30)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A small knowledge folder."""
    return small.write(tmp_path_factory.mktemp("knowledge"))


@pytest.fixture(scope="module")
def pages(folder):
    """The addresses of the ask channel, the plain channel and the DM of one preview."""
    with running(folder) as (_, urls):
        yield urls


def test_it_opens_on_loopback_and_ends_cleanly(folder):
    """Pages are served to this machine only; Ctrl-C ends it without a traceback; the log is quiet."""
    with running(folder) as (process, urls):
        for url in urls:
            assert url.startswith("http://127.0.0.1:")
            with urllib.request.urlopen(url.split("#")[0], timeout=20) as page:  # noqa: S310
                assert page.status == 200
        process.send_signal(signal.SIGINT)
        shown, errors = process.communicate(timeout=30)
    assert "The preview has ended." in shown
    assert process.returncode == 0
    assert "Traceback" not in errors
    assert [line.split("bot.client: ")[1] for line in errors.splitlines() if "bot.exts.answers" not in line] == [
        "ready as Advisor, in 1 server"
    ]


def test_in_the_ask_channel_every_question_is_answered_with_true_dates(pages):
    """The first page greets, and answers what is asked."""
    mia = Person(pages[0])
    assert "Welcome!" in mia.texts()
    assert completed(mia.ask("what does a baker earn"))
    seen = mia.look()
    assert "Bakers earn $30,000" in mia.texts()
    at = dt.datetime.fromisoformat(seen["messages"][seen["timeline"][-1]]["timestamp"])
    assert abs(dt.datetime.now(dt.UTC) - at) < dt.timedelta(minutes=1)


def test_elsewhere_it_must_be_mentioned(pages):
    """In the plain channel the bot is silent until its name is typed after an @; what the menu does can be seen."""
    mia = Person(pages[1])
    assert "Answer this question" in mia.texts()
    mia.ask("when do bakers work")
    mia.look()
    assert "Bakers get up early." not in mia.texts()
    mia.ask("@advisor when do bakers work")
    mia.look()
    assert "Bakers get up early." in mia.texts()


def test_it_can_be_written_to_alone(pages):
    """The DM's page answers, too."""
    mia = Person(pages[2])
    assert completed(mia.ask("what does a cook earn"))
    mia.look()
    assert "Cooks earn $35,000" in mia.texts()


def test_a_press_on_a_page_that_has_changed_meanwhile_counts(pages):
    """Somebody else asks between Mia's look and her press."""
    mia = Person(pages[0])
    mia.ask("hello")
    mia.look()
    assert completed(Person(pages[0]).ask("cook wage"))
    assert completed(mia.press(mia.buttons()[-1]))


def test_nothing_is_refused_while_two_press_at_once_and_files_are_edited(pages, folder):
    """Two people press and ask as fast as they can, on two pages; meanwhile a file is broken and fixed."""
    file = folder / "small_talk.yaml"

    def press(url):
        person, dice = Person(url), random.Random(7)  # noqa: S311
        for number in range(PRESSES):
            person.look()
            if number % 15 == 5:
                file.write_text("- broken: [")
            elif number % 15 == 10:
                file.write_text(small.SMALL_TALK)
            yield person.do_something(dice)

    with ThreadPoolExecutor(2) as both:
        receipts = [r for found in both.map(lambda url: list(press(url)), (pages[0], pages[2])) for r in found]
    assert len(receipts) == 2 * PRESSES
    assert [receipt for receipt in receipts if not completed(receipt)] == []


def test_what_the_bot_says_of_its_own_accord_is_seen(pages, folder):
    """A broken file is told of on the open page, without a press."""
    mia = Person(pages[0])
    (folder / "holidays.yaml").write_text("- broken: [")
    until = time.monotonic() + 30
    while "holidays.yaml" not in mia.texts() and time.monotonic() < until:
        mia.look()
    (folder / "holidays.yaml").unlink()
    assert "holidays.yaml" in mia.texts()


def test_its_clock_is_real_but_stands_still_while_a_press_is_worked_on(monkeypatch):
    """Cooldowns end without anybody moving the clock; a slow machine makes no answer late; it never goes back."""
    real = 1_000.0
    monkeypatch.setattr(time, "time", lambda: real)
    clock = RealTime()
    real += 5
    assert clock.elapsed == 5
    with clock.standing():
        real += 10
        assert clock.elapsed == 5
        clock.advance(2)
        assert clock.elapsed == 7
    assert clock.elapsed == 15
    real -= 100
    assert clock.elapsed == 15
    assert clock.now() == dt.datetime.fromtimestamp(1_015, dt.UTC)
