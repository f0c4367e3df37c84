"""What providers say of the city's own accounts, kept where whoever runs the installation sees it:
`intake.account_notice`, a line in the log, and `tuntas notices` (`python -m services.intake.notices`).
"""

import argparse
import asyncio
import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from services.intake.incoming import Noticed
from services.runtime import figures, logs, postgres
from services.runtime.settings import Settings

if TYPE_CHECKING:
    from services.runtime.vault import Pool

KEPT_DAYS = 400

_log = logs.get(__name__)


class Notices:
    def __init__(self, pool: "Pool") -> None:
        self._pool = pool

    async def keep(self, one: Noticed) -> None:
        """May be repeated. Old ones go as new ones come."""
        notice = one.notice
        new = await self._pool.fetchval(
            "insert into intake.account_notice (message_key, city, channel, door, topic, level, code, sentence, at) "
            "values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing returning true",
            one.key, one.city.id, one.channel, notice.door, notice.topic, notice.level, notice.code, notice.sentence,
            notice.at or one.at,
        )  # fmt: skip
        if not new:
            return
        await self._pool.execute(
            "delete from intake.account_notice where at < now() - $1 * interval '1 day'", KEPT_DAYS
        )
        figures.record_account_notice(one.channel, notice.topic, notice.level)
        if notice.level != "info":
            _log.warning("account_notice", city=one.city.id, channel=one.channel, level=notice.level, code=notice.code)


async def listed(pool: "Pool", city: str | None, days: int) -> list[dict[str, Any]]:
    """The newest first."""
    rows = await pool.fetch(
        "select city, channel, door, topic, level, code, sentence, at from intake.account_notice "
        "where ($1::text is null or city = $1) and at > now() - $2 * interval '1 day' order by at desc limit 500",
        city, days,
    )  # fmt: skip
    return [dict(row) for row in rows]


def _line(one: dict[str, Any]) -> str:
    at: datetime = one["at"]
    where = f"{one['city']}/{one['door'] or one['channel']}"
    return f"{at:%Y-%m-%d %H:%M}  {one['level']:<8}  {where}  {one['code']}  {one['sentence'] or ''}".rstrip()


async def _run(arguments: argparse.Namespace, settings: Settings) -> int:
    if settings.vault_url is None:
        raise SystemExit("TUNTAS_VAULT_URL is needed")
    pool = await postgres.pool(settings.vault_url, size=1, service="intake-notices")
    try:
        found = await listed(pool, arguments.city, arguments.days)
    finally:
        await pool.close()
    if arguments.json:
        print(json.dumps(found, default=str, indent=1, ensure_ascii=False))  # noqa: T201  # a command's answer
    else:
        print("\n".join(map(_line, found)) or "Providers said nothing of the accounts.")  # noqa: T201
    return 0 if all(one["level"] != "critical" for one in found) else 1


def main() -> None:
    parser = argparse.ArgumentParser(prog="tuntas notices", description="What providers say of the city's accounts.")
    parser.add_argument("--city")
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--json", action="store_true", help="For programs.")
    raise SystemExit(asyncio.run(_run(parser.parse_args(), Settings())))


if __name__ == "__main__":
    main()
