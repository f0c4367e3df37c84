"""What the notifier asks for before it does anything."""

import pytest

from services.notifier.main import NEEDS
from services.runtime import postgres
from services.runtime.needs import NotProvisioned
from tests.conftest import Stack


async def test_it_does_not_start_without_the_memory_of_what_was_sent(stack: Stack) -> None:
    connection = await stack.connect("notifier")
    elsewhere = await postgres.pool(stack.installation.database_url("tuntas_notifier"))
    here = await postgres.pool(stack.installation.vault_url("tuntas_notifier"))
    try:
        with pytest.raises(NotProvisioned, match=r"delivery\.notice"):
            await NEEDS.check(connection, None, elsewhere)
        await NEEDS.check(connection, None, here)
    finally:
        await connection.close()
        await elsewhere.close()
        await here.close()
