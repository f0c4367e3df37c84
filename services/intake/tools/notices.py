"""`tuntas notices`: what providers say of the city's accounts."""

import argparse
import asyncio
import json
from datetime import datetime
from typing import Any

from services.intake.inbox.notices import listed
from services.runtime import postgres
from services.runtime.settings import Settings


def _line(one: dict[str, Any]) -> str:
    at: datetime = one["at"]
    where = f"{one['city']}/{one['door'] or one['channel']}"
    return f"{at:%Y-%m-%d %H:%M}  {one['level']:<8}  {where}  {one['code']}  {one['sentence'] or ''}".rstrip()


async def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """1 if something critical is among them."""
    if settings.vault_url is None:
        raise SystemExit("TUNTAS_VAULT_URL is needed")
    pool = await postgres.pool(settings.vault_url, size=1, service="intake-notices")
    try:
        found = await listed(pool, arguments.city, arguments.days)
    finally:
        await pool.close()
    if arguments.json:
        print(json.dumps(found, default=str, indent=1, ensure_ascii=False))  # a command's answer
    else:
        print("\n".join(map(_line, found)) or "Providers said nothing of the accounts.")
    return 0 if all(one["level"] != "critical" for one in found) else 1


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="tuntas notices", description="What providers say of the city's accounts.")
    parser.add_argument("--city")
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--json", action="store_true", help="For programs.")
    raise SystemExit(asyncio.run(run(parser.parse_args(), Settings())))
