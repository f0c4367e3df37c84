"""What providers say of the city's own accounts, kept where whoever runs the installation sees it:
`intake.account_notice`, a line in the log, and `tuntas notices`.
"""

from typing import TYPE_CHECKING, Any

from services.intake.inbox.incoming import Noticed
from services.runtime import figures, logs

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
