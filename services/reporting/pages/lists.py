"""`/laporan`: lists with filters, page by page."""

from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.routing import Route

from services.reporting import sight
from services.reporting.desk import Desk
from services.reporting.read_models.cases import queries as cases
from services.reporting.read_models.cases.queries import STATUSES, Status, Wanted
from services.reporting.views import RowView, row
from services.web.i18n import later
from services.web.pages import Page, Pages, Problem, Visit
from services.web.staff import Staff

STATUS_NAME: dict[Status, str] = {
    "open": later("Terbuka"), "late": later("Terlambat"), "screening": later("Disaring"),
    "working": later("Ditangani"), "resolved": later("Menunggu kata pelapor"), "closed": later("Berakhir"),
    "to_rule": later("Perlu putusan"), "merged": later("Digabung"), "to_sign": later("Menunggu pengesahan"),
    "to_audit": later("Terpilih untuk diperiksa"), "to_call": later("Perlu ditelepon"),
    "all": later("Semua"),
}  # fmt: skip
STATUS_EMPTY = later("Belum ada laporan di sini. Laporan yang cocok dengan saringan ini akan muncul di sini.")


@dataclass(frozen=True)
class ListView:
    status: Status
    status_text: str
    seat: str | None
    ward: str | None
    category: str | None
    rows: list[RowView]
    next: str | None
    """Cursor for `?after=`."""
    next_url: str | None


def routes(pages: Pages, desk: Desk) -> list[Route]:
    async def show(visit: Visit) -> Page:
        view = await build(visit, desk)
        city = visit.who.city
        return Page("list.html", view, more={
            "statuses": [(key, visit.tr(name)) for key, name in STATUS_NAME.items()],
            "seats": _seats(visit.who),
            "wards": [(code, ward.name) for code, ward in sorted(city.wards.items(), key=lambda pair: pair[1].name)],
            "nothing": visit.tr(STATUS_EMPTY),
        })  # fmt: skip

    return pages.get("/laporan", show)


def _seats(staff: Staff) -> list[tuple[str, str]]:
    """The seats that this one may filter by."""
    return [
        (seat.id, seat.title)
        for seat in staff.city.seats.values()
        if sight.sees_all(staff) or sight.answers_for(staff.city, staff.seat.id, seat.id)
    ]


def wanted(visit: Visit) -> Wanted:
    """Filters from the address; a handler's list never leaves its own seats. Raises Problem 400."""
    asked, staff = visit.request.query_params, visit.who
    status = next((one for one in STATUSES if one == asked.get("status", "open")), None)
    if status is None:
        raise Problem(400, later("Saringan tidak dikenal."))
    seat = asked.get("seat") or None
    if seat is not None and seat not in dict(_seats(staff)):
        raise Problem(403, later("Halaman ini bukan untuk jabatan Anda."))
    if seat is None and not sight.sees_all(staff):
        seat = staff.seat.id
    return Wanted(
        staff.city.id, status, seat, asked.get("ward") or None, asked.get("category") or None,
        asked.get("after") or None,
    )  # fmt: skip


async def build(visit: Visit, desk: Desk) -> ListView:
    ask = wanted(visit)
    try:
        found = await cases.page(desk.pool, ask)
    except ValueError:
        raise Problem(400, later("Saringan tidak dikenal.")) from None
    tell = desk.teller(visit, desk.clock())
    filters = {"status": ask.status, "seat": ask.seat, "ward": ask.ward, "category": ask.category, "after": found.next}
    query = urlencode({name: value for name, value in filters.items() if value})
    return ListView(
        ask.status, visit.tr(STATUS_NAME[ask.status]), ask.seat, ask.ward, ask.category,
        [row(card, tell) for card in found.cards if sight.may_see(visit.who, card)], found.next,
        f"/laporan?{query}" if found.next else None,
    )  # fmt: skip
