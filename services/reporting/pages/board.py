"""`/papan`: what waits for me, what is late, and how the city stands."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from services.contracts.city import City
from services.reporting import budget, labels, sight
from services.reporting.budget import MoneyView
from services.reporting.categories import SENSITIVE
from services.reporting.desk import Desk
from services.reporting.live_views import PLATFORM
from services.reporting.read_models.cases import queries as cases
from services.reporting.read_models.cases.queries import Wanted
from services.reporting.read_models.scoreboard import queries as scoreboard
from services.reporting.read_models.scoreboard.queries import NOTHING, Counted
from services.reporting.sentences import Teller
from services.reporting.views import RowView, row
from services.web import bars
from services.web.i18n import later
from services.web.pages import Page, Pages, Visit
from services.web.staff import Staff

LATE_SHOWN = 10


@dataclass(frozen=True)
class CountView:
    """One row of a table: what it counts, and its figures."""

    key: str
    title: str
    open: int
    figures: dict[str, int]


@dataclass(frozen=True)
class OffView:
    id: str
    function: str
    places: list[str]
    text: str | None
    since: object
    expected_end: object


@dataclass(frozen=True)
class SurgeView:
    row: RowView
    reporters: int


@dataclass(frozen=True)
class BoardView:
    """`scope`: city, or the seat whose own figures these are. `definitions`: what each figure counts."""

    answer: str
    scope: str
    figures: dict[str, int]
    definitions: dict[str, tuple[str, str]]
    late: list[RowView]
    agencies: list[CountView]
    wards: list[CountView]
    categories: list[CountView]
    """Of the whole city. Matters of people (violence at home, the conduct of officials …) are counted for those alone
    who see the whole city: a small number would tell a lurah that somebody has complained."""
    off: list[OffView]
    surges: list[SurgeView]
    lost: list[str]
    """Accounts of the city that somebody else has."""
    on_air: list[tuple[str, str]]
    """LIVE sessions that go on and have this seat on the roster, or that everybody follows: id and platform."""
    money: MoneyView | None
    """What is spent on messages today, once there is something to say of it."""
    vacant: list[str]
    """Seats of the city on which nobody sits, or nobody reads, in words."""
    to_sign: int
    """Resolutions that wait for this seat's own signature."""
    to_audit: int
    """Resolutions drawn for audit, for an auditor."""
    to_rule: int
    """Complaints on which this seat may rule; for whoever protects personal data those with a wish for a contact."""
    to_remove: int
    """Complaints with posts that must be taken away by hand, for whoever publishes."""


ENDS = ("confirmed", "silent", "answered_on_air", "unreachable")
ALWAYS = ("received", "screening", "working", "waiting_reporter", "late", "resolved", *ENDS)
"""Figures that say something also where they are nought."""


def routes(pages: Pages, desk: Desk) -> list[Route]:
    async def show(visit: Visit) -> Page:
        view = await build(visit, desk)
        most = max((one.open for one in (*view.agencies, *view.wards)), default=1)
        return Page("board.html", view, more={"most": most, "bar": _bar, "ends": ENDS, "always": ALWAYS})

    async def lift(visit: Visit) -> Response:
        await budget.lift(desk.reveals.pool, visit.who.city, desk.clock(), visit.who.seat.id)
        return RedirectResponse("/papan", status_code=303)

    return [*pages.get("/papan", show), *pages.post("/papan/anggaran", lift, roles=budget.LIFTERS)]


async def build(visit: Visit, desk: Desk) -> BoardView:
    staff, tr, now = visit.who, visit.tr, desk.clock()
    whole = sight.sees_all(staff)
    counted = await scoreboard.of_city(desk.pool, staff.city.id)
    by = {(one.scope, one.key): one for one in counted}
    scope, key = ("city", staff.city.id) if whole else ("seat", staff.seat.id)
    mine = by.get((scope, key), Counted(scope, key, NOTHING))
    wanted = Wanted(staff.city.id, "late", seat=None if whole else staff.seat.id)
    late = await cases.page(desk.pool, wanted, LATE_SHOWN)
    tell = desk.teller(visit, now)
    signs, audits = await cases.asked_to_look(desk.pool, staff.city.id, staff.seat.id, audits=staff.has("auditor"))
    return BoardView(
        answer=_answer(mine, staff.seat.title, whole=whole, tr=tr),
        scope=scope,
        figures=mine.figures,
        definitions={name: (tr(title), tr(text)) for name, (title, text) in labels.FIGURE.items()},
        late=[row(card, tell) for card in late.cards if sight.may_see(staff, card)],
        agencies=[one for one in _counts(counted, "seat", staff.city, tr) if whole or _mine(staff, one.key)],
        wards=_counts(counted, "ward", staff.city, tr),
        categories=[one for one in _counts(counted, "category", staff.city, tr) if whole or one.key not in SENSITIVE],
        off=await _off(desk, staff.city),
        surges=await _surges(desk, staff, tell),
        lost=[door.label for door in staff.city.doors if desk.accounts.barred(staff.city.id, door.id)] if whole else [],
        on_air=_on_air(desk, staff, now),
        money=await budget.today(desk.reveals.pool, staff.city, now, may_lift=staff.has(*budget.LIFTERS))
        if whole
        else None,
        vacant=_vacant(desk, staff.city, now, tr) if whole else [],
        to_sign=signs,
        to_audit=audits,
        to_rule=await _to_rule(desk, staff, mine),
        to_remove=await cases.to_remove(desk.pool, staff.city.id) if staff.has("communication") else 0,
    )


async def _to_rule(desk: Desk, staff: Staff, mine: Counted) -> int:
    if staff.has("coordinator"):
        return mine.figures["to_rule"]
    return await cases.contact_wishes(desk.pool, staff.city.id) if staff.has("data_protection") else 0


def _on_air(desk: Desk, staff: Staff, now: datetime) -> list[tuple[str, str]]:
    going = [one for one in desk.on_air.all_of(staff.city.id) if one.on_air(now)]
    mine = [one for one in going if sight.sees_all(staff) or staff.seat.id in one.roster]
    return [(one.id, PLATFORM[one.plan.platform]) for one in mine if one.plan is not None]


def _vacant(desk: Desk, city: City, now: datetime, tr: labels.Translate) -> list[str]:
    found = []
    for seat, sitting in desk.vacancies.of(city.id, now).items():
        title = labels.seat(city, seat) or seat
        if sitting.unread is None:
            found.append(tr(later("{seat}: tidak ada pejabat")).format(seat=title))
        else:
            text = tr(later("{seat}: {count} laporan belum dibaca"))
            found.append(text.format(seat=title, count=sitting.unread.unread))
    return sorted(found)


def _mine(staff: Staff, seat: str) -> bool:
    return sight.answers_for(staff.city, staff.seat.id, seat)


def _answer(mine: Counted, title: str, *, whole: bool, tr: labels.Translate) -> str:
    late = mine.figures["late"]
    if whole:
        text = later("{open} laporan terbuka, {late} terlambat, {screening} menunggu disaring.")
        return tr(text).format(open=mine.open, late=late, screening=mine.figures["screening"])
    if mine.open == 0:
        return tr(later("Tidak ada laporan yang menunggu {title}.")).format(title=title)
    text = later("{open} laporan menunggu {title}, {late} terlambat.")
    return tr(text).format(open=mine.open, title=title, late=late)


def _counts(counted: list[Counted], scope: str, city: City, tr: labels.Translate) -> list[CountView]:
    """Rows of one scope, those with most open first."""
    names: dict[str, Any] = {
        "seat": lambda key: labels.seat(city, key),
        "ward": lambda key: labels.place(city, key, None) or key,
        "category": lambda key: labels.category(key, tr),
    }
    found = [CountView(one.key, names[scope](one.key), one.open, one.figures) for one in counted if one.scope == scope]
    return sorted(found, key=lambda one: (-one.figures["late"], -one.open, one.title))


async def _surges(desk: Desk, staff: Staff, tell: Teller) -> list[SurgeView]:
    """Matters that so many write about just now that they are handled as one."""
    found = await cases.by_ids(desk.pool, desk.surges.of(staff.city.id))
    return [SurgeView(row(card, tell), 1 + card.joined) for card in found if sight.may_see(staff, card)]


async def _off(desk: Desk, city: City) -> list[OffView]:
    running = desk.interruptions.of(city.id)
    texts = await desk.opener.open_many([(one.text, one.cause, "text") for one in running])
    return [
        OffView(one.id, one.function, [labels.place(city, code, None) or code for code in one.ward_codes], text,
                one.since, one.expected_end)
        for one, text in zip(running, texts, strict=True)
    ]  # fmt: skip


def _bar(counted: CountView, most: int) -> object:
    late = counted.figures["late"]
    parts = (bars.Part("terlambat", late, "late"), bars.Part("terbuka", max(counted.open - late, 0), "open"))
    return bars.bar(parts, most)
