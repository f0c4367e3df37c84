"""`tuntas webhook`: offices' own programs that are called with each new state of a task.

`add CITY SEAT URL` prints the secret once, `rotate CITY ID` a new one; `ls CITY`, `test`, `enable`, `disable`, `rm`.
"""

import argparse
import asyncio
import json
from dataclasses import asdict
from datetime import UTC, datetime

from services.contracts.webhooks import BadAddressError
from services.reporting.webhooks import TooManyError, Webhooks
from services.runtime import cities, postgres
from services.runtime.sealing import MasterKey
from services.runtime.settings import Settings
from services.runtime.vault import Vault

BY = "operator"


async def run(given: argparse.Namespace, settings: Settings) -> int:
    if settings.vault_url is None:
        raise SystemExit("TUNTAS_VAULT_URL is needed")
    known = cities.load(settings.cities_dir)
    if given.city not in known:
        raise SystemExit(f"no city {given.city}")
    pool = await postgres.pool(settings.vault_url, size=2, service="reporting-webhook")
    store = Webhooks(
        pool,
        Vault(pool, MasterKey.load(settings.master_key)),
        lambda: datetime.now(UTC),
        inside=settings.webhook_inside,
    )
    try:
        match given.do:
            case "add":
                try:
                    fresh = await store.add(known[given.city], given.seat, given.url, BY)
                except (BadAddressError, TooManyError, KeyError) as error:
                    return _say({"error": type(error).__name__, "why": str(error)}, 1)
                return _say(asdict(fresh))
            case "rotate":
                turned = await store.rotate(given.city, given.id)
                return _say(asdict(turned) if turned else {"error": "no such webhook"}, 0 if turned else 1)
            case "ls":
                return _say([asdict(one) for one in await store.of(given.city)])
            case _:
                doing = {"test": store.test, "enable": store.enable, "disable": store.disable, "rm": store.remove}
                done = await doing[given.do](given.city, given.id)
                return _say({"done": done}, 0 if done else 1)
    finally:
        await pool.close()


def _say(what: object, code: int = 0) -> int:
    print(json.dumps(what, default=str, indent=1))
    return code


def arguments_of(given: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tuntas webhook", description="Signed calls to offices' own programs.")
    doing = parser.add_subparsers(dest="do", required=True)
    for name in ("add", "ls", "rotate", "test", "enable", "disable", "rm"):
        one = doing.add_parser(name)
        one.add_argument("city")
        if name == "add":
            one.add_argument("seat")
            one.add_argument("url")
        elif name != "ls":
            one.add_argument("id")
    return parser.parse_args(given)


if __name__ == "__main__":
    raise SystemExit(asyncio.run(run(arguments_of(), Settings())))
