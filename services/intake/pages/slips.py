"""`/meja/slip/<key>`: what a person takes home from the counter, 58 mm wide or A4. No word of it stands there."""

from starlette.routing import Route

from services.intake.pages import attached, keys, qr
from services.intake.pages.parts import Parts
from services.intake.pages.receipt import PATIENCE
from services.web.i18n import later
from services.web.pages import Page, Pages, Problem, Visit


def routes(pages: Pages, parts: Parts) -> list[Route]:
    async def show(visit: Visit) -> Page:
        city = visit.who.city
        key = keys.read(visit.request.path_params["key"])
        if key is None:
            raise Problem(404, later("Tautan ini tidak lengkap."))
        asked = visit.request.query_params
        paper = "a4" if asked.get("kertas") == "a4" else "58"
        found = await parts.standings.wait_for(city.id, key, PATIENCE)
        link = parts.tracking(found.ticket, key) if found is not None else None
        refused = [one for one in asked.get("ditolak", "").split(",") if one in attached.REFUSED]
        view = {"key": key, "ticket": found.ticket if found else None, "paper": paper, "link": link, "refused": refused}
        return Page("slip.html", view, status=200 if found else 202, more={
            "code": qr.svg(link, visit.tr(later("Kode QR halaman laporan"))) if link else None,
            "home": parts.public_url.partition("://")[2],
            "reasons": {name: visit.tr(text) for name, text in attached.REFUSED.items()},
        })  # fmt: skip

    return pages.get("/meja/slip/{key}", show)
