"""`python -m services.intake.forget`: every erasure that the log knows, carried out again.

For after the vault was restored from a backup, which may still hold what was destroyed since. Run it before the
services start; with an up-to-date vault it changes nothing.
"""

import asyncio
from secrets import randbits

import nats

from services.complaint.aggregate import COMPLAINT
from services.complaint.events import ReporterErased
from services.contracts import subjects
from services.intake.inbox.chats import REPORTER, Chats
from services.runtime import postgres
from services.runtime.log import Log
from services.runtime.sealing import MasterKey
from services.runtime.settings import Settings
from services.runtime.vault import Vault

EVERYTHING = "complaint.*.*.*"
ERASED = "complaint.reporter_erased"


async def forget(log: Log, chats: Chats, vault: Vault) -> int:
    """The number of erasures in the log, each of which now stands in the vault too."""
    done = 0
    async for page in log.pages(EVERYTHING):
        for entry in page:
            if entry.type != ERASED:
                continue
            event = COMPLAINT.decode(entry.type, entry.schema, entry.body)
            assert isinstance(event.data, ReporterErased)
            await vault.destroy(event.complaint, event.data.party)
            if event.data.party == REPORTER:
                await chats.forget(event.city, event.complaint)
            done += 1
    return done


async def run(settings: Settings) -> int:
    if settings.vault_url is None or settings.master_key_file is None:
        raise SystemExit("TUNTAS_VAULT_URL and TUNTAS_MASTER_KEY_FILE are needed")
    connection = await nats.connect(settings.nats_url, inbox_prefix=settings.inbox_prefix.encode())
    pool = await postgres.pool(settings.vault_url, size=2, service="intake-forget")
    try:
        master = MasterKey.load(settings.master_key_file)
        vault = Vault(pool, master)
        chats = Chats(pool, vault, randbits, master.derived("waiting"))
        return await forget(Log(connection, subjects.COMPLAINTS), chats, vault)
    finally:
        await pool.close()
        await connection.close()


if __name__ == "__main__":
    print(f"Erasures of the log that stand in the vault: {asyncio.run(run(Settings()))}")  # a command's answer
