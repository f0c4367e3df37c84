"""`tuntas open311`: the keys of programs that hand reports in over Open311.

`make CITY NAME` prints a new key once; `rotate CITY NAME` makes another and lets the old ones end (after `--hours`);
`revoke CITY NAME` ends them at once; `ls` says which there are, never what they are.
"""

import argparse
import asyncio
import json
import secrets
from datetime import UTC, datetime, timedelta

from services.intake.doors.open311 import Keys
from services.runtime import postgres
from services.runtime.settings import Settings


def new_key() -> str:
    """160 bits."""
    return f"o3_{secrets.token_hex(20)}"


async def run(arguments: argparse.Namespace, settings: Settings) -> int:
    if settings.vault_url is None:
        raise SystemExit("TUNTAS_VAULT_URL is needed")
    pool = await postgres.pool(settings.vault_url, size=1, service="intake-open311")
    keys, now = Keys(pool), datetime.now(UTC)
    try:
        match arguments.do:
            case "make" | "rotate":
                if arguments.do == "rotate":
                    await keys.end(arguments.city, arguments.name, now + timedelta(hours=arguments.hours))
                key = new_key()
                await keys.add(arguments.city, arguments.name, key)
                print(json.dumps({"city": arguments.city, "name": arguments.name, "api_key": key}))
                return 0
            case "revoke":
                ended = await keys.end(arguments.city, arguments.name, now)
                print(json.dumps({"revoked": ended}))
                return 0 if ended else 1
            case _:
                rows = await pool.fetch(
                    "select city, name, made_at, ends_at, used_at from intake.open311_key order by city, name, made_at"
                )
                print(json.dumps([dict(row) for row in rows], default=str, indent=1))
                return 0
    finally:
        await pool.close()


def arguments_of(given: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tuntas open311", description="Keys of Open311 clients.")
    doing = parser.add_subparsers(dest="do", required=True)
    for name in ("make", "rotate", "revoke"):
        one = doing.add_parser(name)
        one.add_argument("city")
        one.add_argument("name")
        if name == "rotate":
            one.add_argument("--hours", type=float, default=24, help="So long the old key still works.")
    doing.add_parser("ls")
    return parser.parse_args(given)


if __name__ == "__main__":
    raise SystemExit(asyncio.run(run(arguments_of(), Settings())))
