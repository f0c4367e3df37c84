"""How the tests are spread over processes (`-n`, pytest-xdist): whole files, those of one shared stack together.

Each process has its own NATS, Postgres and services, as a run without `-n` has once. Files that take long come first,
so that the processes end at about the same time; in a run of one process that is only another order.
"""

from collections.abc import Sequence
from typing import Any

import pytest

LONGEST_FIRST = (
    "tests/faults/test_faults.py",
    "tests/journeys/test_",
    "tests/faults/",
    "tests/cli/test_supervisor.py",
    "tests/router/test_learning_log.py",
    "tests/notifier/test_unknown.py",
    "tests/router/test_learning_training.py",
    "tests/router/test_keeping.py",
    "tests/runtime/test_service.py",
    "tests/contracts/test_asyncapi.py",
    "tests/router/test_knowledge.py",
    "tests/router/test_",
    "tests/intake/test_",
    "tests/reporting/test_",
)
"""Beginnings of test ids, by what they took; what is not named comes after, in its own order."""

ALONE = "tests/journeys/test_demo.py"
"""The other journeys share a whole installation, which takes longer to start than it saves to spread them."""


def unit(test: str) -> str:
    """What stays in one process, in order: a file, or several that share what is dear to start."""
    file = test.partition("::")[0]
    return "tests/journeys" if file.startswith("tests/journeys/") and file != ALONE else file


def place(test: str) -> int:
    return next((at for at, begin in enumerate(LONGEST_FIRST) if test.startswith(begin)), len(LONGEST_FIRST))


def in_order(items: Sequence[pytest.Item]) -> list[pytest.Item]:
    """Longest first, each unit in one piece."""
    first: dict[str, int] = {}
    for at, item in enumerate(items):
        first.setdefault(unit(item.nodeid), at)
    return sorted(items, key=lambda item: (place(item.nodeid), first[unit(item.nodeid)]))


def scheduler(config: pytest.Config, log: Any) -> Any:
    """xdist's own for whole files, with `unit` for what a file is and our order kept."""
    from xdist.scheduler import LoadFileScheduling  # noqa: PLC0415 - `-p no:xdist` must work without it

    class Units(LoadFileScheduling):  # type: ignore[misc]  # xdist has no types
        def _split_scope(self, nodeid: str) -> str:
            return unit(nodeid)

    config.option.loadscopereorder = False
    return Units(config, log)
