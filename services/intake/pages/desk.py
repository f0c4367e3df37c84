"""`/meja`: a clerk writes down what a person at the counter or on the telephone says; `/meja/petugas`: whoever is
logged in reports to the city himself.

Both go through the same door as everything else. A browser that lost its connection keeps what was entered and sends it
again; each entry's key is made in the browser, so that nothing comes in twice.
"""

from collections.abc import Sequence

from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from services.contracts.city import City
from services.contracts.tokens import Role
from services.intake.pages import attached, keys, submission
from services.intake.pages.attached import Attached
from services.intake.pages.parts import Parts
from services.intake.pages.receipt import PATIENCE
from services.intake.pages.submission import Given, Source
from services.intake.pages.web_form import choices, map_of
from services.runtime.failures import is_infrastructure
from services.web import bodies
from services.web.i18n import later
from services.web.pages import Page, Pages, Visit

CLERKS: tuple[Role, ...] = ("clerk", "screener", "coordinator")
_NOT_STORED = later("BELUM tersimpan: sistem sedang tidak terjangkau. Isian masih ada; kirim lagi.")
_PATHS: dict[Source, str] = {"desk": "/meja", "staff": "/meja/petugas"}


def routes(pages: Pages, parts: Parts) -> list[Route]:
    async def show_desk(visit: Visit) -> Page:
        return await page(visit, parts, "desk", Given(keys.fresh()))

    async def enter(visit: Visit) -> Page | Response:
        return await _send(visit, parts, "desk")

    async def show_own(visit: Visit) -> Page:
        return await page(visit, parts, "staff", Given(keys.fresh()))

    async def report(visit: Visit) -> Page | Response:
        return await _send(visit, parts, "staff")

    async def ready(visit: Visit) -> Response:
        """For the script: whether somebody is logged in, and the token that a form needs now."""
        return JSONResponse({"seat": visit.who.seat.id, "csrf": visit.who.csrf})

    return [
        *pages.get("/meja", show_desk, roles=CLERKS),
        *pages.post("/meja", enter, roles=CLERKS, most=bodies.FILES),
        *pages.get("/meja/siap", ready),
        *pages.get("/meja/petugas", show_own),
        *pages.post("/meja/petugas", report, most=bodies.FILES),
    ]


async def page(
    visit: Visit, parts: Parts, source: Source, given: Given, *, errors: Sequence[tuple[str, str]] = (),
    problem: str | None = None, refused: Sequence[str] = (),
) -> Page:  # fmt: skip
    city = visit.who.city
    view = {
        "city": city.id, "source": source, "action": _PATHS[source], "given": given, "errors": list(errors),
        "problem": problem, "refused": list(refused),
    }  # fmt: skip
    more = {"map": await map_of(parts, city, given), "officials": _officials(city), **choices(visit, city)}
    return Page("desk.html", view, status=503 if problem else 422 if errors else 200, more=more)


def _officials(city: City) -> list[tuple[str, str]]:
    """Who may have passed a report on."""
    found = ((seat.id, seat.title) for seat in city.seats.values() if seat.kind not in ("desk", "screening"))
    return sorted(found, key=lambda pair: pair[1])


async def _send(visit: Visit, parts: Parts, source: Source) -> Page | Response:
    staff = visit.who
    city = staff.city
    form = await visit.request.form()
    fields = dict(form.multi_items())
    given, files = submission.read(fields), attached.NONE
    try:
        files = await attached.take(parts.keeper, city.id, f"staff:{source}", form)
        given = submission.read(fields, files.uploads)
        if errors := given.errors():
            shown = [(field, visit.tr(sentence)) for field, sentence in errors]
            return await _not_taken(visit, parts, source, given, shown, files)
        await parts.put(city, source, submission.message(city, source, given, staff.seat.id))
    except Exception as error:
        if visit.as_json or not is_infrastructure(error):
            raise
        return await page(visit, parts, source, given, problem=visit.tr(_NOT_STORED), refused=files.refused)
    slip = f"/meja/slip/{given.key}" + (f"?ditolak={','.join(files.refused)}" if files.refused else "")
    if visit.as_json:
        found = await parts.standings.wait_for(city.id, given.key, PATIENCE)
        answer = {"ticket": found.ticket if found else None, "slip": slip, "refused": list(files.refused)}
        return JSONResponse(answer, 201 if found else 202)
    return RedirectResponse(slip, status_code=303)


async def _not_taken(  # noqa: PLR0917 - all of what was filled in
    visit: Visit, parts: Parts, source: Source, given: Given, errors: list[tuple[str, str]], files: Attached
) -> Page | Response:
    if visit.as_json:
        return JSONResponse({"errors": [{"field": field, "sentence": text} for field, text in errors]}, 422)
    return await page(visit, parts, source, given, errors=errors, refused=files.refused)
