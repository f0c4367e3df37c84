"""`/lapor/<city>`: anybody reports, from a phone, without an account, without script if need be.

A report is acknowledged only when it is durable. Where it can't be made so now, the page comes back as it was filled in
(503) and nothing has to be typed again.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlencode

from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from services.contracts import place_codes
from services.contracts.city import City
from services.contracts.intake import Pin
from services.intake.pages import attached, keys, submission, ward_map
from services.intake.pages.parts import Parts, address, from_elsewhere
from services.intake.pages.submission import Given
from services.runtime.failures import is_infrastructure
from services.web import bodies
from services.web.i18n import later
from services.web.pages import Page, Pages, Problem, Visit

_ELSEWHERE = later("Formulir ini dikirim dari situs lain. Buka halaman lapor, lalu isi di sana.")
_NOT_STORED = later(
    "Laporan Anda BELUM tersimpan: sistem sedang tidak terjangkau. Isian Anda masih ada; tekan Kirim lagi."
)
PATIENCE_FOR_MAP = 1.0
"""Seconds."""
TRAP = "website"
"""A field that people do not see and programs fill in."""


def routes(pages: Pages, parts: Parts) -> list[Route]:
    async def choose(_visit: Visit) -> Page | Response:
        cities = sorted(parts.cities.values(), key=lambda city: city.name)
        if len(cities) == 1:
            return RedirectResponse(f"/lapor/{cities[0].id}", status_code=303)
        return Page("choose_city.html", {"cities": [{"id": city.id, "name": city.name} for city in cities]})

    async def show(visit: Visit) -> Page:
        city = parts.city(visit)
        asked = visit.request.query_params.get("tempat", "")
        ward = asked if asked in city.wards else place_codes.find(city, f"#{asked}") or ""
        return await page(visit, parts, city, Given(keys.fresh(), ward=ward))

    async def send(visit: Visit) -> Page | Response:
        return await _send(visit, parts, parts.city(visit))

    async def draw(visit: Visit) -> Response:
        city = parts.city(visit)
        drawn = await parts.borders.of(city)
        if not drawn:
            raise Problem(404, later("Kota ini belum punya peta."))
        asked = visit.request.query_params
        pin = Given("", latitude=asked.get("lat", ""), longitude=asked.get("lon", "")).pin
        return Response(ward_map.svg(city, drawn, pin), media_type="image/svg+xml")

    return [
        *pages.get("/lapor", choose, public=True),
        *pages.get("/lapor/{city}/peta.svg", draw, public=True),
        *pages.get("/lapor/{city}", show, public=True),
        *pages.post("/lapor/{city}", send, anyone=True, most=bodies.FILES),
    ]


async def page(
    visit: Visit, parts: Parts, city: City, given: Given, *, errors: Sequence[tuple[str, str]] = (),
    problem: str | None = None, status: int = 200, refused: Sequence[str] = (),
) -> Page:  # fmt: skip
    return Page(
        "web_form.html",
        {"city": city.id, "given": given, "errors": list(errors), "problem": problem, "refused": list(refused)},
        status=status, city=city, more={"map": await map_of(parts, city, given), **choices(visit, city)},
    )  # fmt: skip


async def map_of(parts: Parts, city: City, given: Given) -> dict[str, object] | None:
    """What the page needs to show the map, and to tell a tap's place with script. None: there is none now."""
    try:
        async with asyncio.timeout(PATIENCE_FOR_MAP):
            drawn = await parts.borders.of(city)
    except Exception as error:
        if not (is_infrastructure(error) or isinstance(error, TimeoutError)):
            raise
        return None  # a map is a help, never a condition
    if not drawn:
        return None
    frame, pin = ward_map.WardMap.of(drawn), given.pin
    ward = ward_map.ward_at(drawn, pin) if pin is not None else None
    return {
        "src": f"/lapor/{city.id}/peta.svg", "width": ward_map.WIDTH, "height": frame.height,
        "query": "?" + urlencode({"lat": given.latitude, "lon": given.longitude}) if pin is not None else "",
        "ward": city.wards[ward].name if ward is not None else None,
        "west": frame.west, "north": frame.north, "scale": frame.scale, "shrink": frame.shrink,
        "edge": ward_map.EDGE,
    }  # fmt: skip


def choices(visit: Visit, city: City) -> dict[str, object]:
    """For every form on which a place and a kind are chosen."""
    return {
        "districts": [
            (district.name, [(ward.code, ward.name) for ward in sorted(district.wards, key=lambda one: one.name)])
            for district in sorted(city.districts, key=lambda one: one.name)
        ],
        "kinds": [(kind, visit.tr(text)) for kind, text in submission.KINDS.items()],
        "reasons": {name: visit.tr(text) for name, text in attached.REFUSED.items()},
        "whatsapp": any(door.channel == "whatsapp" for door in city.doors),
        "trap": TRAP,
    }


async def _send(visit: Visit, parts: Parts, city: City) -> Page | Response:
    if from_elsewhere(visit.request):
        raise Problem(403, _ELSEWHERE)
    form = await visit.request.form()
    await parts.pace.wait(address(visit.request), trapped=bool(form.get(TRAP)))
    given = submission.read(dict(form.multi_items()))
    try:
        files = await attached.take(parts.keeper, city.id, "web:form", form)
        given = submission.read(dict(form.multi_items()), files.uploads)
        tapped = await _tapped(parts, city, form)
        if tapped is not None:
            return await page(visit, parts, city, _at(given, tapped), refused=files.refused)
        if errors := given.errors():
            shown = [(field, visit.tr(sentence)) for field, sentence in errors]
            return await page(visit, parts, city, given, errors=shown, status=422, refused=files.refused)
        await parts.put(city, "web", submission.message(city, "web", given))
    except Exception as error:
        if not is_infrastructure(error):
            raise
        problem = visit.tr(_NOT_STORED)
        return await page(visit, parts, city, given, problem=problem, status=503)
    refused = "?" + urlencode({"ditolak": ",".join(files.refused)}) if files.refused else ""
    return RedirectResponse(f"/lapor/{city.id}/terima/{given.key}{refused}", status_code=303)


async def _tapped(parts: Parts, city: City, form: FormData) -> Pin | None:
    """Where the map was tapped, if that sent the form. From the keyboard it is its corner, which is no place."""
    x, y = form.get("titik.x"), form.get("titik.y")
    if not isinstance(x, str) or not isinstance(y, str) or (x, y) == ("0", "0"):
        return None
    drawn = await parts.borders.of(city)
    if not (drawn and x.isascii() and x.isdigit() and y.isascii() and y.isdigit() and len(x + y) < 12):
        return None
    return ward_map.WardMap.of(drawn).point(float(x), float(y))


def _at(given: Given, pin: Pin) -> Given:
    return replace(given, latitude=str(pin.latitude), longitude=str(pin.longitude))
