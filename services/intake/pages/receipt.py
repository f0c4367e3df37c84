"""`/lapor/<city>/terima/<key>`: what the reporter gets in hand: the ticket, a code to scan, a link of their own."""

from starlette.responses import Response
from starlette.routing import Route

from services.intake.pages import attached, keys, qr
from services.intake.pages.parts import Parts
from services.web.i18n import later
from services.web.pages import Page, Pages, Problem, Visit

PATIENCE = 2.5
"""Seconds until the page says that the ticket is still being made, and asks again by itself."""


def routes(pages: Pages, parts: Parts) -> list[Route]:
    async def show(visit: Visit) -> Page | Response:
        city = parts.city(visit)
        key = keys.read(visit.request.path_params["key"])
        if key is None:
            raise Problem(404, later("Tautan ini tidak lengkap."))
        found = await parts.standings.wait_for(city.id, key, PATIENCE)
        refused = [one for one in visit.request.query_params.get("ditolak", "").split(",") if one in attached.REFUSED]
        link = parts.tracking(found.ticket, key) if found is not None else None
        view = {"ticket": found.ticket if found else None, "link": link, "refused": refused, "city": city.id}
        code = qr.svg(link, visit.tr(later("Kode QR halaman laporan Anda"))) if link is not None else None
        return Page("receipt.html", view, status=200 if found else 202, city=city, more={
            "code": code, "reasons": {name: visit.tr(text) for name, text in attached.REFUSED.items()},
        })  # fmt: skip

    return pages.get("/lapor/{city}/terima/{key}", show, public=True)
