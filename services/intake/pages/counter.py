"""`/meja/laporan/<ticket>`: somebody comes with a slip. Where it stands, and what they say to it, written down by the
clerk on their behalf: the seat is the actor, the word is the reporter's."""

from functools import partial
from typing import cast

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from services.complaint.state import Merged, Resolved, State
from services.contracts import tickets
from services.contracts.city.conflicts import may_know
from services.contracts.intake import Counter, IntakeMessage, Media, Sender, Wish
from services.intake.clean import clean
from services.intake.pages import attached, keys, status, submission
from services.intake.pages.attached import Attached
from services.intake.pages.desk import CLERKS
from services.intake.pages.own import WISHES
from services.intake.pages.parts import Parts
from services.intake.pages.standing import Standing
from services.runtime.failures import is_infrastructure
from services.web import bodies, moments
from services.web.i18n import later
from services.web.pages import Page, Pages, Problem, Visit

_UNKNOWN = later("Laporan dengan kode ini tidak ada, atau bukan untuk jabatan Anda.")
_WRONG = later("Kode ini tidak cocok. Periksa lagi hurufnya, contohnya BKL-4K7QT9M2-X.")
_NOT_STORED = later("BELUM tersimpan: sistem sedang tidak terjangkau. Isian masih ada; kirim lagi.")
_NEEDS_WORDS = later("Tulis sesuatu atau sertakan foto.")


def routes(pages: Pages, parts: Parts) -> list[Route]:
    async def find(visit: Visit) -> Page | Response:
        typed = visit.request.query_params.get("tiket", "")
        ticket = read(typed)
        if ticket is not None:
            return RedirectResponse(f"/meja/laporan/{ticket}", status_code=303)
        error = visit.tr(_WRONG) if typed else None
        return Page("find.html", {"ticket": typed[:60], "error": error}, status=422 if error else 200)

    async def show(visit: Visit) -> Page:
        found, state = await _found(visit, parts)
        return _page(visit, found, state, sent=visit.request.query_params.get("tersimpan") is not None)

    async def say(visit: Visit) -> Page | Response:
        return await _say(visit, parts)

    return [
        *pages.get("/meja/cari", find, roles=CLERKS),
        *pages.get("/meja/laporan/{ticket}", show, roles=CLERKS),
        *pages.post("/meja/laporan/{ticket}", say, roles=CLERKS, most=bodies.FILES),
    ]


def read(typed: str) -> str | None:
    """A code as it was typed, or what a scanner makes of the slip: the address of the tracking page."""
    return tickets.read(typed.strip()) or tickets.find(typed.partition("/lacak/")[2])


async def _found(visit: Visit, parts: Parts) -> tuple[Standing, State]:
    """Raises Problem 404 also for what this seat must not know."""
    city = visit.who.city
    ticket = tickets.read(visit.request.path_params["ticket"])
    found = await parts.standings.of_ticket(city.id, ticket) if ticket else None
    if found is None:
        raise Problem(404, _UNKNOWN)
    state, _ = await parts.decider.load(city.id, found.complaint)
    desk = getattr(state, "desk", None)
    if desk is not None and not may_know(city, desk.matter, visit.who.seat.id):
        raise Problem(404, _UNKNOWN)
    return found, state


def _page(
    visit: Visit, found: Standing, state: State, *, sent: bool = False, text: str = "", once: str = "",
    files: Attached = attached.NONE, error: str | None = None, problem: str | None = None,
) -> Page:  # fmt: skip
    city = visit.who.city
    when = partial(moments.exact, zone=city.zone, language=visit.language)
    resolved = isinstance(state, Resolved) or (isinstance(state, Merged) and state.asked is not None)
    view = {
        "ticket": found.ticket, "answer": status.sentence(city, state, visit.tr, when), "resolved": resolved,
        "ended": found.phase in ("closed", "withdrawn"), "sent": sent, "text": text, "once": once or keys.fresh(),
        "uploads": list(files.uploads), "refused": list(files.refused), "error": error, "problem": problem,
    }  # fmt: skip
    code = 503 if problem else 422 if error else 200
    return Page("counter.html", view, status=code, more={
        "reasons": {name: visit.tr(reason) for name, reason in attached.REFUSED.items()},
    })  # fmt: skip


async def _say(visit: Visit, parts: Parts) -> Page | Response:
    staff = visit.who
    found, state = await _found(visit, parts)
    form = await visit.request.form()
    fields = {name: value for name, value in form.multi_items() if isinstance(value, str)}
    text = clean(fields.get("text", "")).strip()[: submission.LONGEST]
    once = keys.read(fields.get("once")) or keys.fresh()
    wish = cast("Wish", fields["say"]) if fields.get("say") in WISHES else "add"
    files = attached.NONE
    try:
        files = await attached.take(parts.keeper, staff.city.id, "staff:desk", form)
        if wish == "add" and not text and not files.uploads:
            return _page(visit, found, state, once=once, files=files, error=visit.tr(_NEEDS_WORDS))
        draft = IntakeMessage(
            id="-", sender=Sender(person=keys.person(once)), text=text or None, wish=wish,
            media=tuple(Media(reference=one) for one in files.uploads),
            counter=Counter(by=staff.seat.id, ticket=found.ticket),
        )  # fmt: skip
        message = draft.model_copy(update={"id": submission.identified(once, draft)})
        await parts.put(staff.city, "desk", message)
    except Exception as error:
        if visit.as_json or not is_infrastructure(error):
            raise
        return _page(visit, found, state, text=text, once=once, files=files, problem=visit.tr(_NOT_STORED))
    return RedirectResponse(f"/meja/laporan/{found.ticket}?tersimpan=1", status_code=303)
