"""`python -m services.reporting.accounts seed [<city>:<seat> …]`: bring accounts to the passwords of the secrets file.

Without names: all of them. An account also begins by itself with the first login of its seat; this is for setting a
password back to what `tuntas credentials staff:<city>:<seat>` says.
"""

import argparse
import asyncio
from collections.abc import Sequence

import asyncpg

from services.contracts.secrets import Secrets
from services.runtime import cities
from services.runtime.settings import Settings
from services.web import accounts


async def seed(settings: Settings, names: Sequence[str]) -> int:
    """How many accounts changed. Raises KeyError for a name without a password in the secrets."""
    secrets = Secrets.model_validate(settings.secrets)
    known = {f"{city}:{seat}": word for city, held in secrets.cities.items() for seat, word in held.staff.items()}
    wanted = {name: known[name] for name in names} if names else known
    connection = await asyncpg.connect(settings.vault_url)
    try:
        return await accounts.seed(connection, cities.load(settings.cities_dir), wanted)
    finally:
        await connection.close()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m services.reporting.accounts", description=__doc__)
    parser.add_argument("do", choices=["seed"])
    parser.add_argument("names", nargs="*")
    given = parser.parse_args()
    changed = asyncio.run(seed(Settings(), given.names))
    print(f"{changed} accounts changed")  # a command's answer


if __name__ == "__main__":
    main()
