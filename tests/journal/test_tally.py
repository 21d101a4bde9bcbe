"""The tally of the quiz: it survives restarts, mixes no servers, and its failures stop nothing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

from bot.journal.tally import FILE, Tally

DAY = date(2026, 1, 1)


def test_counts_by_server_over_all_days(tmp_path):
    """Kept in a file: another process sees them."""
    tally = Tally(tmp_path / "new")
    for day, outcome in ((DAY, "both"), (DAY, "both"), (date(2026, 1, 2), "both"), (DAY, "mixed")):
        tally.add(1, day, outcome)
    tally.add(2, DAY, "neither")
    assert Tally(tmp_path / "new").of(1) == {"both": 3, "mixed": 1}
    assert tally.of(3) == {}


def test_nothing_is_lost_when_many_finish_at_once(tmp_path):
    """Threads and processes wait for each other."""
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: Tally(tmp_path).add(1, DAY, "both"), range(200)))
    assert Tally(tmp_path).of(1) == {"both": 200}


def test_a_dead_store_stops_nothing(tmp_path, caplog):
    """A broken file, and a folder that can't be made: logged, not raised."""
    (tmp_path / FILE).write_bytes(b"this is no database" * 100)
    Tally(tmp_path).add(1, DAY, "both")
    assert Tally(tmp_path).of(1) == {}
    Tally(tmp_path / FILE / "below").add(1, DAY, "both")
    assert caplog.text.count("was not counted") == 2


def test_nothing_is_written_before_the_first_count(tmp_path):
    """Looking leaves no file."""
    assert Tally(tmp_path).of(1) == {}
    assert list(tmp_path.iterdir()) == []
