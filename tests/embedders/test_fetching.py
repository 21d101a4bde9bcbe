"""Fetching the model, over real sockets: whole and checked, or a clear sentence and nothing kept."""

import hashlib
import http.server
import threading

import pytest

from bot.embedders.fetching import FILES, FetchError, ModelFile, fetch

CONTENT = b"weights" * 50_000


@pytest.fixture
def server(tmp_path):
    """A web server on loopback with one file; its address."""
    root = tmp_path / "served"
    (root / "onnx").mkdir(parents=True)
    (root / "onnx" / "model.onnx").write_bytes(CONTENT)

    class Handler(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *arguments):
            super().__init__(*arguments, directory=root)

        def log_message(self, *_):
            """Stay quiet."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as served:
        threading.Thread(target=served.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{served.server_port}"
        served.shutdown()


def wanted(content=CONTENT):
    """The file as it should be."""
    return (ModelFile("onnx/model.onnx", len(content), hashlib.sha256(content).hexdigest()),)


def test_a_file_comes_whole_and_only_once(server, tmp_path):
    """The progress adds up to its size; a second time, nothing is asked of the network."""
    for source in (server, "http://127.0.0.1:9"):
        came = []
        fetch(tmp_path / "model", came.append, source, wanted())
        assert sum(came) == len(CONTENT)
    assert (tmp_path / "model" / "model.onnx").read_bytes() == CONTENT


def test_a_file_that_is_not_the_expected_one_is_not_kept(server, tmp_path):
    """Its hash tells."""
    with pytest.raises(FetchError, match="is not the file that was expected"):
        fetch(tmp_path / "model", lambda _: None, server, wanted(b"other"))
    assert list((tmp_path / "model").iterdir()) == []


@pytest.mark.parametrize("source", ["http://127.0.0.1:9", "{server}/nowhere"])
def test_no_network_is_one_sentence(server, tmp_path, source):
    """Nobody there, or nothing there."""
    with pytest.raises(FetchError, match="could not be fetched"):
        fetch(tmp_path / "model", lambda _: None, source.format(server=server), wanted())


def test_the_shipped_list_is_pinned():
    """Each file has a whole SHA-256 and a size."""
    assert all(len(f.sha256) == 64 and f.size > 0 for f in FILES)
