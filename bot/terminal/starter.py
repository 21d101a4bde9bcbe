"""The folder that another community begins with → a folder of its own. Knows nothing of what stands in the files."""

import shutil
from pathlib import Path

STARTER = Path(__file__).parents[1] / "starter"


def copy_starter(folder: Path) -> None:
    """Copy it. Raises OSError, with a sentence to show, where the folder holds something or can't be made."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FileExistsError(f"{folder} holds something already. Name a folder that doesn't exist yet.")
    try:
        shutil.copytree(STARTER, folder, dirs_exist_ok=True, copy_function=shutil.copyfile)
    except OSError as error:
        raise OSError(f"{folder} can't be made: {error.strerror or error}.") from error
