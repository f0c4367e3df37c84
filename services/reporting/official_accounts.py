"""The offices' own public accounts and when each last showed work: from the city's file and from what was posted or
recorded. Pure, but for the one query.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import asyncpg

from services.contracts.city import Account, City

SILENT = timedelta(days=30)
"""Without work shown for so long an account counts as silent."""
MOST = 5_000

_ACTS = """
select c.ticket, s.type, s.at, s.event from reporting.step s join reporting.complaint c using (complaint)
where c.city = $1 and s.type in ('complaint.proof_posted', 'complaint.proof_linked', 'complaint.proof_withdrawn',
    'complaint.proof_removed')
order by s.at desc limit $2
"""


@dataclass(frozen=True)
class Act:
    """Something that was shown, or taken back. `link`: where it stands."""

    ticket: str
    at: datetime
    what: str
    account: str | None
    seat: str | None
    link: str | None
    how: str | None = None
    number: int = 0


@dataclass(frozen=True)
class Official:
    account: Account
    handle: str
    last: datetime | None
    """When it last showed work."""
    link: str | None
    shown: int

    def silent(self, now: datetime) -> bool:
        return self.last is None or now - self.last > SILENT


@dataclass(frozen=True)
class ToRemove:
    """A post that nobody but the account's own people can take away, and that does not hold any more."""

    ticket: str
    at: datetime
    account: str | None
    link: str | None
    number: int


async def acts(pool: asyncpg.Pool, city: str) -> list[Act]:
    """The latest first."""
    return [_act(row) for row in await pool.fetch(_ACTS, city, MOST)]


def _act(row: Any) -> Act:
    data = json.loads(row["event"])["data"]
    return Act(
        row["ticket"], row["at"], row["type"].removeprefix("complaint.proof_"), data.get("account"), data.get("by"),
        data.get("link"), data.get("how"), data.get("number", 0),
    )  # fmt: skip


def handle(url: str) -> str:
    """`@contoh` of `https://www.instagram.com/contoh/`; of a website its name."""
    parts = urlsplit(url)
    first = next((part for part in parts.path.split("/") if part), "")
    return f"@{first.removeprefix('@')}" if first else (parts.hostname or url).removeprefix("www.")


def official(city: City, found: Iterable[Act]) -> list[Official]:
    """Every account of the city's file, by seat."""
    shown: dict[str, list[Act]] = {}
    for act in found:
        name = _account_of(city, act)
        if name is not None and act.what in ("posted", "linked"):
            shown.setdefault(name, []).append(act)
    made = []
    for account in sorted(city.accounts, key=lambda one: (one.seat, one.channel)):
        mine = shown.get(account.id, [])
        last = max(mine, key=lambda act: act.at, default=None)
        made.append(
            Official(
                account,
                handle(account.url),
                last.at if last else None,
                last.link if last else None,
                len(mine),
            )
        )
    return made


def _account_of(city: City, act: Act) -> str | None:
    """What we posted names its account; a recorded link is the office's whose address it begins with, or whose
    platform it stands on."""
    if act.account is not None:
        return act.account
    if act.link is None:
        return None
    where = _plain(act.link)
    own = next((one.id for one in city.accounts if where.startswith(_plain(one.url))), None)
    host = where.split("/", 1)[0]
    same = (one.id for one in city.accounts if one.seat == act.seat and _plain(one.url).split("/", 1)[0] == host)
    return own or next(same, None)


def _plain(url: str) -> str:
    parts = urlsplit(url)
    return f"{(parts.hostname or '').removeprefix('www.').removeprefix('m.')}{parts.path.rstrip('/')}/".lower()


def without(city: City) -> list[str]:
    """Offices that have no account at all."""
    having = {account.seat for account in city.accounts}
    return [agency.id for agency in city.agencies if agency.id not in having]


def to_remove(found: Sequence[Act]) -> list[ToRemove]:
    """Taken back, but only its own people can take it away, and nobody has said yet that it is gone. The latest
    first."""
    where = {(act.ticket, act.account): act.link for act in reversed(found) if act.what == "posted"}
    linked = {(act.ticket, act.number): act.link for act in reversed(found) if act.what == "linked"}
    gone = {(act.ticket, act.number, act.account) for act in found if act.what == "removed"}
    return [
        ToRemove(
            act.ticket,
            act.at,
            act.account,
            where.get((act.ticket, act.account)) or linked.get((act.ticket, act.number)),
            act.number,
        )
        for act in found
        if act.what == "withdrawn" and act.how == "by_hand" and (act.ticket, act.number, act.account) not in gone
    ]
