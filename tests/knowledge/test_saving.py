"""Saving a knowledge file: a crash at any moment leaves the old or the new one, on whatever file system it lies."""

import errno
import subprocess
import sys
from pathlib import Path

import pytest

from bot.knowledge import saving
from bot.knowledge.loader import load_contents, read_folder
from bot.knowledge.saving import replace_file
from bot.knowledge.writing import EditError


def test_a_file_is_replaced_added_and_removed(tmp_path):
    """The whole life of a file, its permissions kept."""
    replace_file(tmp_path, "answers/x.yaml", None, b"one")
    path = tmp_path / "answers" / "x.yaml"
    path.chmod(0o640)
    replace_file(tmp_path, "answers/x.yaml", b"one", b"two")
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"two", 0o640)
    replace_file(tmp_path, "answers/x.yaml", b"two", None)
    assert list((tmp_path / "answers").iterdir()) == []


def test_a_link_stays_a_link(tmp_path):
    """What a link leads to is replaced, not the link."""
    (tmp_path / "real").write_bytes(b"one")
    (tmp_path / "x.yaml").symlink_to("real")
    replace_file(tmp_path, "x.yaml", b"one", b"two")
    assert (tmp_path / "x.yaml").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"two"


@pytest.mark.parametrize("before", [None, b"older"])
def test_a_file_edited_meanwhile_is_left_alone(tmp_path, before):
    """Somebody else's edit is never overwritten."""
    (tmp_path / "x.yaml").write_bytes(b"theirs")
    with pytest.raises(EditError, match="edited meanwhile"):
        replace_file(tmp_path, "x.yaml", before, b"mine")
    assert (tmp_path / "x.yaml").read_bytes() == b"theirs"


@pytest.mark.parametrize("step", ["fsync", "chown", "open"])
def test_what_a_file_system_does_not_offer_is_done_without(tmp_path, monkeypatch, step):
    """A share without owners or syncing takes the edit all the same; nothing says that it was not saved."""
    path = tmp_path / "x.yaml"
    path.write_bytes(b"old")
    path.chmod(0o640)
    monkeypatch.setattr(saving.os, step, refusing(getattr(saving.os, step), tmp_path))
    replace_file(tmp_path, "x.yaml", b"old", b"new")
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"new", 0o640)


def refusing(call, folder):
    """The same call, refused; `open` only for the folder, which is opened to make a rename last."""

    def refused(*arguments, **options):
        if call.__name__ == "open" and arguments[0] != folder:
            return call(*arguments, **options)
        raise OSError(errno.EINVAL, "Invalid argument")

    return refused


@pytest.mark.parametrize("step", ["mkstemp", "fsync"])
def test_a_full_or_read_only_disk_changes_nothing(tmp_path, monkeypatch, step):
    """The line says why; the old file stays and nothing is left lying about."""
    (tmp_path / "x.yaml").write_bytes(b"old")

    def refuse(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr({"mkstemp": saving.tempfile, "fsync": saving.os}[step], step, refuse)
    with pytest.raises(EditError, match="No space left on device"):
        replace_file(tmp_path, "x.yaml", b"old", b"new")
    assert [p.name for p in tmp_path.iterdir()] == ["x.yaml"]
    assert (tmp_path / "x.yaml").read_bytes() == b"old"


CRASHING = """
import os, signal, sys
from pathlib import Path
from bot.knowledge.saving import replace_file
left = int(sys.argv[2])
def die(event, arguments):
    global left
    if event in {"open", "os.rename", "os.chmod", "os.remove", "os.mkdir", "shutil.copymode", "tempfile.mkstemp"}:
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(die)
replace_file(Path(sys.argv[1]), "vocabulary.yaml", b"roles: {}\\n", b"topics: {}\\n")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")
def test_a_killed_process_leaves_the_old_or_the_new_file(tmp_path):
    """`kill -9` before each step of a real process's write: the folder is valid, with the old content or the new."""
    seen = []
    for step in range(20):
        folder = tmp_path / str(step)
        (folder / "answers").mkdir(parents=True)
        (folder / "answers" / "a.yaml").write_text("- {id: a, title: A, answer: A, ask: [x]}\n")
        (folder / "vocabulary.yaml").write_bytes(b"roles: {}\n")
        command = [sys.executable, "-c", CRASHING, str(folder), str(step)]
        run = subprocess.run(command, cwd=Path.cwd(), check=False)  # noqa: S603 - the script above
        contents, problems = read_folder(folder)
        load_contents(contents, problems)
        seen.append(contents["vocabulary.yaml"])
        if run.returncode == 0:
            break
        assert run.returncode == -9
    assert len(seen) > 4
    assert set(seen) == {b"roles: {}\n", b"topics: {}\n"}
    assert seen == sorted(seen)


TOGETHER = """
import sys
from pathlib import Path
from bot.knowledge.saving import replace_file
from bot.knowledge.writing import EditError

folder = Path(sys.argv[1])
for number in range(50):
    while True:
        before = (folder / "x.yaml").read_bytes()
        try:
            replace_file(folder, "x.yaml", before, before + b"x")
            break
        except EditError:
            pass
"""


@pytest.mark.skipif(sys.platform == "win32", reason="one process there")
def test_processes_that_save_at_once_lose_nothing(tmp_path):
    """Each finds the file as it was when it looked, or is told so and looks again."""
    (tmp_path / "x.yaml").write_bytes(b"")
    command = [sys.executable, "-c", TOGETHER, str(tmp_path)]
    running = [subprocess.Popen(command, cwd=Path.cwd()) for _ in range(3)]  # noqa: S603 - the script above
    assert [process.wait(60) for process in running] == [0, 0, 0]
    assert (tmp_path / "x.yaml").read_bytes() == b"x" * 150
