"""One running stack for all short forms that leave it whole."""

import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.faults.stack import Stack, running


@pytest.fixture(scope="session")
def short_folder() -> Iterator[Path]:
    """Sockets have short paths."""
    with tempfile.TemporaryDirectory(prefix="tuntas-faults-", dir="/tmp") as folder:
        yield Path(folder)


@pytest_asyncio.fixture(scope="session")
async def whole(short_folder: Path) -> AsyncIterator[Stack]:
    """Everything as `tuntas up` starts it, with the provider's stand-in. Its parts may be killed, not the whole."""
    async with running(short_folder / "whole") as stack:
        yield stack
