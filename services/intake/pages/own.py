"""`/lapor/<city>/saya/<key>`: the reporter's own page, for whoever holds the link from the submission.

What offices ask and answer is shown in words here, as a chat would bring it; SUDAH, BELUM, more words and pictures go
through the same door as everything else. Knowing a ticket code alone opens nothing of this.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from urllib.parse import quote

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from services.complaint import events as e
from services.complaint.state import Merged, Resolved, State, Working
from services.contracts.city import City
from services.contracts.envelope import Recorded
from services.contracts.intake import IntakeMessage, Media, Sender, Wish
from services.intake.clean import clean
from services.intake.pages import attached, keys, submission
from services.intake.pages.attached import Attached
from services.intake.pages.parts import Parts, address, from_elsewhere
from services.intake.pages.posters import CHAT
from services.intake.pages.standing import Standing
from services.runtime.failures import is_infrastructure
from services.web import bodies
from services.web.i18n import later
from services.web.pages import Page, Pages, Problem, Visit

_UNKNOWN = later("Tautan pribadi ini tidak dikenal. Periksa lagi, atau lacak dengan kode laporan.")
_NOT_STORED = later(
    "Jawaban Anda BELUM tersimpan: sistem sedang tidak terjangkau. Isian Anda masih ada; tekan Kirim lagi."
)
_NEEDS_WORDS = later("Tulis sesuatu atau sertakan foto.")
WISHES: tuple[Wish, ...] = ("done", "not_done", "add", "withdraw")
_SAYS: Mapping[str, str] = {
    "complaint.question_asked": later("Pertanyaan dari {seat}"),
    "complaint.replied": later("Balasan dari {seat}"),
    "complaint.progressed": later("Kabar dari {seat}"),
    "complaint.visited": later("{seat} meninjau tempatnya"),
    "complaint.planned": later("Rencana {seat}"),
    "complaint.resolved": later("{seat} menyatakan selesai"),
}


@dataclass(frozen=True)
class Said:
    """What an office said to the reporter. `waits`: an answer is awaited."""

    title: str
    at: datetime
    words: str
    waits: bool


def routes(pages: Pages, parts: Parts) -> list[Route]:
    async def show(visit: Visit) -> Page:
        city = parts.city(visit)
        key, found = await _found(visit, parts, city)
        sent = visit.request.query_params.get("terkirim") is not None
        return await _page(visit, parts, city, key, found, sent=sent)

    async def say(visit: Visit) -> Page | Response:
        city = parts.city(visit)
        return await _say(visit, parts, city)

    path = "/lapor/{city}/saya/{key}"
    return [*pages.get(path, show, public=True), *pages.post(path, say, anyone=True, most=bodies.FILES)]


async def _found(visit: Visit, parts: Parts, city: City) -> tuple[str, Standing]:
    key = keys.read(visit.request.path_params["key"])
    found = await parts.standings.of_key(city.id, key) if key is not None else None
    if key is None or found is None:
        raise Problem(404, _UNKNOWN)
    return key, found


async def _page(
    visit: Visit, parts: Parts, city: City, key: str, found: Standing, *, sent: bool = False, text: str = "",
    once: str = "", files: Attached = attached.NONE, error: str | None = None, problem: str | None = None,
    code: str | None = None,
) -> Page:  # fmt: skip
    state, events = await parts.decider.load(city.id, found.complaint)
    said = await _said(visit, parts, city, state, events)
    view = {
        "ticket": found.ticket, "city": city.id, "said": said, "resolved": _resolved(state),
        "asked": any(one.waits for one in said), "sent": sent, "text": text, "error": error, "problem": problem,
        "once": once or keys.fresh(), "key": key, "uploads": list(files.uploads), "refused": list(files.refused),
        "tracking": parts.tracking(found.ticket, key), "code": code, "chat": _chat(city, code) if code else None,
    }  # fmt: skip
    status = 503 if problem else 422 if error else 200
    return Page("own.html", view, status=status, city=city, more={
        "reasons": {name: visit.tr(reason) for name, reason in attached.REFUSED.items()},
    })  # fmt: skip


def _chat(city: City, code: str) -> str | None:
    """Where the code is sent from a phone with one tap; None: the city file names no number."""
    number = next((door.number for door in city.doors if door.channel == "whatsapp" and door.number), None)
    return CHAT.format(number=number, text=quote(f"SAMBUNG {code}")) if number else None


def _resolved(state: State) -> bool:
    match state:
        case Resolved():
            return state.file.shared.ended is None
        case Merged():
            return state.asked is not None and state.ended is None
        case _:
            return False


async def _said(visit: Visit, parts: Parts, city: City, state: State, events: list[Recorded[e.Event]]) -> list[Said]:
    """The latest first."""
    waiting = set(state.desk.questions) if isinstance(state, Working) else set()
    told = [event for event in events if event.type in _SAYS and _sealed(event.data) is not None]
    words = await parts.opener.open_many([(_sealed(one.data), one.causation, _field(one.data)) for one in told])
    found = []
    for event, text in zip(told, words, strict=True):
        if text is None:
            continue
        seat = city.seats.get(getattr(event.data, "seat", "") or "")
        title = visit.tr(_SAYS[event.type]).format(seat=seat.title if seat else visit.tr(later("petugas")))
        waits = isinstance(event.data, e.QuestionAsked) and event.data.number in waiting
        found.append(Said(title, event.at, text, waits))
    return found[::-1]


def _sealed(data: e.Event) -> str | None:
    match data:
        case e.QuestionAsked():
            return data.question
        case e.ProgressReported() | e.PlaceVisited() | e.ReplySent() | e.ComplaintResolved() | e.WorkPlanned():
            return data.text
        case _:
            return None


def _field(data: e.Event) -> str:
    return "question" if isinstance(data, e.QuestionAsked) else "text"


async def _say(visit: Visit, parts: Parts, city: City) -> Page | Response:
    if from_elsewhere(visit.request):
        raise Problem(403, later("Formulir ini dikirim dari situs lain."))
    key, found = await _found(visit, parts, city)
    form = await visit.request.form()
    await parts.pace.wait(address(visit.request))
    fields = {name: value for name, value in form.multi_items() if isinstance(value, str)}
    text = clean(fields.get("text", "")).strip()[: submission.LONGEST]
    once = keys.read(fields.get("once")) or ""
    wish = cast("Wish", fields["say"]) if fields.get("say") in WISHES else "add"
    files = attached.NONE
    if fields.get("say") == "join":
        code = await parts.standings.join_code(city.id, key, parts.clock())
        return await _page(visit, parts, city, key, found, code=code)
    try:
        files = await attached.take(parts.keeper, city.id, "web:form", form)
        if wish == "add" and not text and not files.uploads:
            error = visit.tr(_NEEDS_WORDS)
            return await _page(visit, parts, city, key, found, text=text, once=once, files=files, error=error)
        draft = IntakeMessage(
            id="-", sender=Sender(person=keys.person(key)), text=text or None, wish=wish,
            media=tuple(Media(reference=one) for one in files.uploads),
        )  # fmt: skip
        message = draft.model_copy(update={"id": submission.identified(key, draft, once)})
        await parts.put(city, found.channel or "web", message)
    except Exception as error:
        if not is_infrastructure(error):
            raise
        problem = visit.tr(_NOT_STORED)
        return await _page(visit, parts, city, key, found, text=text, once=once, files=files, problem=problem)
    if fields.get("kembali") == "lacak":
        return RedirectResponse(parts.tracking(found.ticket, key) + "&terkirim=1", status_code=303)
    return RedirectResponse(f"/lapor/{city.id}/saya/{key}?terkirim=1", status_code=303)
