"""The preview, in a process of its own, as a newcomer runs it."""

import re
import signal
import subprocess
import sys
import urllib.request

import pytest

from tests import small
from tests.conftest import ROOT


@pytest.fixture
def preview(tmp_path):
    """The running preview on the small knowledge, and its address."""
    folder = small.write(tmp_path)
    command = [sys.executable, "-m", "bot", "preview", "--no-browser", "--knowledge", str(folder)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)  # noqa: S603
    seen = []
    for line in process.stdout:
        seen.append(line)
        found = re.search(r"http://\S+", line)
        if found:
            yield process, found[0]
            break
    else:
        pytest.fail("".join(seen) + process.stderr.read())
    if process.poll() is None:
        process.kill()
    process.stdout.close()
    process.stderr.close()
    process.wait()


def test_it_opens_on_loopback_and_ends_cleanly(preview):
    """A page is served to this machine only; Ctrl-C ends it without a traceback."""
    process, url = preview
    assert url.startswith("http://127.0.0.1:")
    with urllib.request.urlopen(url.split("#")[0], timeout=20) as page:  # noqa: S310
        assert page.status == 200
    process.send_signal(signal.SIGINT)
    shown, errors = process.communicate(timeout=30)
    assert "The preview has ended." in shown
    assert "Traceback" not in errors
    assert process.returncode == 0
