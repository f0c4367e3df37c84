"""Logged-in staff at intake's pages: intake itself could make no session."""

from datetime import UTC, datetime

from services.runtime import postgres
from services.web import accounts, passwords
from services.web.sessions import Sessions
from tests.intake.conftest import CITY, Behind


async def login(behind: Behind, seat: str, city: str = CITY) -> tuple[str, str]:
    """Cookie and CSRF token of a new session. An account that is begun here has the password it would have anyway:
    other tests of the same installation log in with it."""
    installation = behind.stack.installation
    pool = await postgres.pool(installation.vault_url("tuntas_reporting"), size=1)
    try:
        await accounts.begin(pool, city, seat, passwords.make(installation.secrets.cities[city].staff[seat]))
        return await Sessions(pool, behind.stack.cities).open(city, seat, None, datetime.now(UTC))
    finally:
        await pool.close()
