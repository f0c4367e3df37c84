"""`/meja/pintu`: how the city's doors stand: which is silent against its habit, and whose messages wait their turn."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from starlette.routing import Route

from services.contracts.tokens import Role
from services.intake.budgets.slowing import Slow, of_city
from services.intake.pages.parts import Parts
from services.intake.silence.watch import states
from services.web import channels
from services.web.i18n import later
from services.web.pages import Page, Pages, Visit

if TYPE_CHECKING:
    from services.runtime.vault import Pool

SEES: tuple[Role, ...] = ("ops", "screener", "coordinator", "clerk", "administrator")
DAYS = 7


@dataclass(frozen=True)
class DoorView:
    label: str
    channel: str
    called: str
    """The channel as people call it."""
    last: datetime | None
    today: int
    silent_since: datetime | None
    usual: int
    hours: int


@dataclass(frozen=True)
class DoorsView:
    answer: str
    doors: list[DoorView]
    slowed: list[Slow]


def routes(pages: Pages, parts: Parts, pool: "Pool") -> list[Route]:
    async def show(visit: Visit) -> Page:
        return await _page(visit, parts, pool)

    return pages.get("/meja/pintu", show, roles=SEES)


async def _page(visit: Visit, parts: Parts, pool: "Pool") -> Page:
    city, now = visit.who.city, parts.clock()
    found = [
        DoorView(
            one.door.label, one.door.channel, channels.named(one.door.channel, visit.tr), one.last, one.today,
            one.silent.since if one.silent else None, one.silent.usual if one.silent else 0,
            one.silent.hours if one.silent else 0,
        )
        for one in await states(pool, city, now)
    ]  # fmt: skip
    slowed = await of_city(pool, city.id, now - timedelta(days=DAYS))
    silent = [one.label for one in found if one.silent_since]
    text = (
        later("{count} pintu diam di luar kebiasaannya.") if silent else later("Tidak ada pintu yang diam tidak wajar.")
    )
    view = DoorsView(visit.tr(text).format(count=len(silent)), found, slowed)
    return Page("doors.html", view)
