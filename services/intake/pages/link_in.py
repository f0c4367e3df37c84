"""`/meja/tautan`: a post that somebody of the city saw elsewhere becomes a complaint, with its link and its words."""

from pydantic import ValidationError
from starlette.datastructures import FormData
from starlette.routing import Route

from services.contracts.tokens import Role
from services.intake.doors import link_names
from services.intake.doors.links import MOST_COMMENTERS, Entered, Link
from services.intake.pages import attached
from services.intake.pages.parts import Parts
from services.runtime.failures import is_infrastructure
from services.web import bodies
from services.web.i18n import later
from services.web.pages import Page, Pages, Visit

ROLES: tuple[Role, ...] = ("clerk", "screener", "coordinator", "communication", "aide")
_FIELDS = ("link", "handle", "text", "commenters")
_NO_LINK = later("Ini bukan tautan. Salin alamat kirimannya, misalnya https://www.tiktok.com/@nama/video/123.")
_NO_TEXT = later("Tulis apa yang dilaporkan kiriman itu.")
_TOO_LONG = later("Ada isian yang terlalu panjang.")
_NOT_STORED = later("BELUM tersimpan: sistem sedang tidak terjangkau. Isian masih ada; kirim lagi.")


def routes(pages: Pages, parts: Parts) -> list[Route]:
    async def show(visit: Visit) -> Page:
        # A link may be handed over by a phone's share button.
        return _page(visit, {"link": visit.request.query_params.get("tautan", "")[: link_names.LONGEST]})

    async def enter(visit: Visit) -> Page:
        return await _entered(visit, parts)

    return [
        *pages.get("/meja/tautan", show, roles=ROLES),
        *pages.post("/meja/tautan", enter, roles=ROLES, most=bodies.FILES),
    ]


def _page(
    visit: Visit, given: dict[str, str], *, entered: Entered | None = None, errors: list[tuple[str, str]] | None = None,
    problem: str | None = None, files: attached.Attached = attached.NONE,
) -> Page:  # fmt: skip
    view = {
        "city": visit.who.city.id, "given": {name: given.get(name, "") for name in _FIELDS},
        "entered": entered._asdict() if entered else None, "errors": errors or [], "problem": problem,
        "uploads": list(files.uploads), "refused": list(files.refused),
    }  # fmt: skip
    reasons = {name: visit.tr(text) for name, text in attached.REFUSED.items()}
    return Page("link_in.html", view, status=503 if problem else 422 if errors else 200, more={"reasons": reasons})


async def _entered(visit: Visit, parts: Parts) -> Page:
    form: FormData = await visit.request.form()
    given = {name: value for name in _FIELDS if isinstance(value := form.get(name, ""), str)}
    city, files = visit.who.city.id, attached.NONE
    assert parts.links is not None
    try:
        files = await attached.take(parts.keeper, city, "staff:link", form)
        named = link_names.read(given["link"]) if given.get("link", "").strip() else None
        link = _link(given, visit.who.seat.id, files.uploads)
        errors = [("link", visit.tr(_NO_LINK))] if named is None else []
        errors += [("text", visit.tr(_NO_TEXT))] if not given.get("text", "").strip() else []
        errors += [("text", visit.tr(_TOO_LONG))] if not errors and link is None else []
        if errors or named is None or link is None:
            return _page(visit, given, errors=errors, files=files)
        entered = await parts.links.enter(city, link, named)
    except Exception as error:
        if not is_infrastructure(error):
            raise
        return _page(visit, given, problem=visit.tr(_NOT_STORED), files=files)
    return _page(visit, {}, entered=entered, files=attached.Attached((), files.refused))


def _link(given: dict[str, str], by: str, uploads: tuple[str, ...]) -> Link | None:
    commenters = tuple(one.strip() for one in given.get("commenters", "").splitlines() if one.strip())
    try:
        return Link(
            link=given.get("link", "").strip(), by=by, text=given.get("text", "").strip(),
            handle=given.get("handle", "").strip() or None, media=uploads,
            commenters=tuple(one[:100] for one in commenters[:MOST_COMMENTERS]),
        )  # fmt: skip
    except ValidationError:
        return None
