"""`/umum/<city>`: what everybody may see of the city's work, as a list and on a map, through the role for everybody.

Published is what a person has shown to everybody (the view `reporting.published`), never by a machine alone. No ticket,
id, word, name or picture of anybody stands here, a place is a kelurahan, a time is a day. Matters of people are not
listed at all; how many there were lately is told where there were three or more.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from urllib.parse import urlencode

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from services.contracts.city import City
from services.reporting import labels
from services.reporting.categories import CATEGORIES, SENSITIVE
from services.reporting.desk import Desk
from services.reporting.pages import published_map
from services.reporting.read_models.published import queries
from services.reporting.read_models.published.queries import LAST_PAGE, SIZE, STATES, Counted, State, Wanted
from services.web import moments
from services.web.i18n import later
from services.web.pages import Page, Pages, Problem, Visit

STATE: Mapping[State, str] = {
    "working": later("Sedang ditangani"), "resolved": later("Dinyatakan selesai, pelapor ditanya"),
    "closed": later("Berakhir"),
}  # fmt: skip
_NUMBER: Mapping[State, str] = {
    "working": later("{number} sedang ditangani"), "resolved": later("{number} dinyatakan selesai"),
    "closed": later("{number} berakhir"),
}  # fmt: skip
FEW = "<3"
_UNKNOWN = later("Saringan tidak dikenal.")


@dataclass(frozen=True)
class MatterView:
    title: str
    place: str | None
    """Kelurahan and kecamatan, or the kecamatan alone; never nearer."""
    state: State
    state_text: str
    ended: str | None
    """How: `confirmed`, `silent`, …"""
    office: str | None
    received: date
    """Days of the city: a minute would tell a neighbour who stood there with a phone."""
    updated: date
    expected: date | None


@dataclass(frozen=True)
class CountView:
    name: str
    number: str
    url: str | None = None


@dataclass(frozen=True)
class PublishedView:
    answer: str
    ward: str | None
    category: str | None
    state: State | None
    page: int
    matters: list[MatterView]
    wards: list[CountView]
    people: list[CountView]
    """Matters of people of the last 90 days in the whole city; "<3" also where there was none."""
    next_url: str | None


@dataclass(frozen=True)
class CitiesView:
    cities: list[dict[str, str]]


def routes(pages: Pages, desk: Desk) -> list[Route]:
    async def choose(_visit: Visit) -> Page | Response:
        cities = sorted(desk.cities.values(), key=lambda city: city.name)
        if len(cities) == 1:
            return RedirectResponse(f"/umum/{cities[0].id}", status_code=303)
        return Page("published_cities.html", CitiesView([{"id": city.id, "name": city.name} for city in cities]))

    async def show(visit: Visit) -> Page:
        city = desk.cities.get(visit.request.path_params["city"])
        if city is None:
            raise Problem(404, later("Halaman ini tidak ada."))
        return await _show(visit, desk, city)

    return [*pages.get("/umum", choose, public=True), *pages.get("/umum/{city}", show, public=True)]


def wanted(asked: Mapping[str, str], city: City) -> Wanted:
    """Filters from the address; an empty one counts as none. Raises Problem 400."""
    ward, category = asked.get("kelurahan") or None, asked.get("jenis") or None
    state = next((one for one in STATES if one == asked.get("keadaan")), None)
    page = asked.get("halaman") or "1"
    known = (
        (ward is None or ward in city.wards)
        and (category is None or (category in CATEGORIES and category not in SENSITIVE))
        and (state is not None or not asked.get("keadaan"))
        and page.isascii() and page.isdigit() and len(page) < 4 and 1 <= int(page) <= LAST_PAGE
    )  # fmt: skip
    if not known:
        raise Problem(400, _UNKNOWN)
    return Wanted(city.id, ward, category, state, int(page))


async def _show(visit: Visit, desk: Desk, city: City) -> Page:
    ask = wanted(visit.request.query_params, city)
    counted, rows = await queries.counted(desk.public, ask), await queries.page(desk.public, ask)
    people = await queries.people(desk.public, city.id)
    tr = visit.tr
    view = PublishedView(
        answer=_answer(visit, counted),
        ward=ask.ward, category=ask.category, state=ask.state, page=ask.page,
        matters=[_matter(visit, city, dict(row)) for row in rows[:SIZE]],
        wards=_wards(city, counted, ask),
        people=[CountView(labels.category(one, tr) or one, str(people.get(one, FEW))) for one in sorted(SENSITIVE)],
        next_url=_url(ask, page=ask.page + 1) if len(rows) > SIZE and ask.page < LAST_PAGE else None,
    )  # fmt: skip
    drawn = published_map.svg(
        city, counted.wards, lambda code: _url(ask, ward=code), tr(later("Peta per kelurahan")), ask.ward
    )
    categories = [(one, labels.category(one, tr) or one) for one in {*counted.categories, ask.category} if one]
    return Page("published.html", view, city=city, more={
        "map": drawn,
        "choices_wards": [(code, ward.name) for code, ward in sorted(city.wards.items(), key=lambda one: one[1].name)],
        "choices_categories": sorted(categories, key=lambda one: one[1]),
        "choices_states": [(one, tr(text)) for one, text in STATE.items()],
        "date": partial(moments.of_day, language=visit.language),
        "filtered": bool(ask.ward or ask.category or ask.state),
    })  # fmt: skip


def _url(ask: Wanted, *, ward: str | None = None, page: int = 1) -> str:
    asked = {"kelurahan": ward or ask.ward, "jenis": ask.category, "keadaan": ask.state,
             "halaman": page if page > 1 else None}  # fmt: skip
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"/umum/{ask.city}" + (f"?{query}" if query else "")


def _answer(visit: Visit, counted: Counted) -> str:
    if not counted.total:
        return visit.tr(later("Belum ada laporan yang ditunjukkan kepada umum di sini."))
    parts = [visit.tr(_NUMBER[one]).format(number=counted.states[one]) for one in STATES if counted.states.get(one)]
    text = visit.tr(later("{total} laporan ditunjukkan kepada umum: {parts}."))
    return text.format(total=counted.total, parts=", ".join(parts))


def _wards(city: City, counted: Counted, ask: Wanted) -> list[CountView]:
    known = [(labels.place(city, code, None), code, number) for code, number in counted.wards.items()]
    found = sorted((name, code, number) for name, code, number in known if name is not None)
    return [CountView(name, str(number), _url(ask, ward=code)) for name, code, number in found]


def _matter(visit: Visit, city: City, row: Mapping[str, object]) -> MatterView:
    tr, state = visit.tr, next(one for one in STATES if one == row["phase"])
    ward, district, lead = (None if row[name] is None else str(row[name]) for name in ("ward", "district", "lead"))
    ended = str(row["ended_how"]) if state == "closed" and row["ended_how"] is not None else None
    received, updated, expected = (_day(city, row[name]) for name in ("received_at", "updated_at", "expected_end"))
    assert received is not None
    return MatterView(
        title=labels.category(str(row["category"]), tr) or "",
        place=labels.place(city, ward, district), state=state, ended=ended,
        state_text=tr(labels.END.get(ended or "", STATE[state])),
        office=labels.seat(city, lead), received=received, updated=updated or received,
        expected=expected if state == "working" else None,
    )  # fmt: skip


def _day(city: City, at: object) -> date | None:
    return at.astimezone(city.zone).date() if isinstance(at, datetime) else None
