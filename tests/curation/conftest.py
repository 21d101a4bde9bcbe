"""A small knowledge folder to edit."""

import pytest

from tests.small import write


@pytest.fixture
def folder(tmp_path):
    """A small folder."""
    return write(tmp_path / "knowledge")
