"""The cities of `deploy/cities` without surges: for loads whose every complaint is to be handled by itself.

A thousand invented messages a second about five matters are one outage to a city, and would rightly become one task.
"""

import shutil
from pathlib import Path

SOURCE = Path(__file__).parents[1] / "deploy" / "cities"


def without_surges(folder: Path) -> Path:
    """A copy in `folder`, made if it is not there; its path."""
    if not folder.exists():
        shutil.copytree(SOURCE, folder)
        for file in folder.glob("*.yaml"):
            text = file.read_text(encoding="utf-8")
            assert text.count("\npolicy:\n") == 1, file.name
            file.write_text(text.replace("\npolicy:\n", "\npolicy:\n  surge_count: 0\n"), encoding="utf-8")
    return folder
