"""`/siaran`: LIVE sessions planned, the one board, taking down by keyboard, answers given on air, the report."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from services.contracts.city import City
from services.contracts.facts.live import Session
from services.contracts.tokens import Role
from services.reporting import labels, live_views, sight
from services.reporting.desk import Desk
from services.reporting.facts.sessions import EntriesAway
from services.reporting.forms import filling
from services.reporting.live_views import LiveRow, SessionView
from services.reporting.pages.case import until
from services.reporting.read_models.cases import queries as cases
from services.reporting.views import row
from services.web.i18n import later
from services.web.pages import Page, Pages, Problem, Visit

RUNS: tuple[Role, ...] = ("leader", "aide", "communication", "coordinator")
ENTERS: tuple[Role, ...] = (*RUNS, "screener", "clerk")
LISTED = 15
"""Entries shown below the form."""
_ENTERED, _PLANNED = ("text", "place", "handle"), ("platform", "host", "title", "planned_for")
_COMMANDS = {"mulai": "start_live", "akhiri": "end_live", "hadir": "check_in_live"}


@dataclass(frozen=True)
class ListView:
    answer: str
    sessions: list[SessionView]
    errors: list[tuple[str, str]]
    values: dict[str, str]
    command: str


@dataclass(frozen=True)
class EntryView:
    session: SessionView
    entry: str
    """Makes a form that is sent twice one entry."""
    rows: list[LiveRow]
    count: int
    problem: str | None
    values: dict[str, str]


def routes(pages: Pages, desk: Desk) -> list[Route]:
    async def listing(visit: Visit) -> Page:
        return await _list(visit, desk)

    async def plan(visit: Visit) -> Page | Response:
        return await _plan(visit, desk)

    async def board(visit: Visit) -> Page:
        return await _board(visit, desk)

    async def report(visit: Visit) -> Page:
        one = _session(visit, desk)
        view = await live_views.report(desk, visit, one, await cases.of_session(desk.pool, one.id))
        return Page("live_report.html", view)

    async def entry(visit: Visit) -> Page:
        return await _entry(visit, desk)

    async def enter(visit: Visit) -> Page | Response:
        return await _enter(visit, desk)

    async def undo(visit: Visit) -> Response:
        return await _undo(visit, desk)

    async def answer(visit: Visit) -> Page | Response:
        return await _answer(visit, desk)

    async def act(visit: Visit) -> Page | Response:
        return await _act(visit, desk)

    return [
        *pages.get("/siaran", listing),
        *pages.post("/siaran", plan, roles=RUNS),
        *pages.get("/siaran/{session}", board),
        *pages.get("/siaran/{session}/rekap", report),
        *pages.get("/siaran/{session}/catat", entry, roles=ENTERS),
        *pages.post("/siaran/{session}/catat", enter, roles=ENTERS),
        *pages.post("/siaran/{session}/batal/{ticket}", undo, roles=ENTERS),
        *pages.post("/siaran/{session}/jawab/{ticket}", answer, roles=RUNS),
        *pages.post("/siaran/{session}/{do}", act),
    ]


def _session(visit: Visit, desk: Desk) -> Session:
    found = desk.on_air.of(visit.who.city.id, visit.request.path_params["session"])
    if found is None or found.plan is None:
        raise Problem(404, later("Siaran langsung ini tidak ada."))
    return found


# The list, and a new one


async def _list(
    visit: Visit, desk: Desk, errors: list[tuple[str, str]] | None = None, values: Mapping[str, str] | None = None,
    roster: tuple[str, ...] | None = None,
) -> Page:  # fmt: skip
    """`roster`: who was chosen in a form that comes back; None: nobody chose yet."""
    city, now = visit.who.city, desk.clock()
    found = await live_views.sessions(desk, visit, desk.on_air.all_of(city.id)[:50])
    going = sum(one.on_air(now) for one in desk.on_air.all_of(city.id))
    text = later("{going} siaran sedang berlangsung.") if going else later("Tidak ada siaran yang sedang berlangsung.")
    filled = dict.fromkeys(_PLANNED, "") | dict(values or {})
    view = ListView(visit.tr(text).format(going=going), found, errors or [], filled, secrets.token_hex(12))
    more: dict[str, object] = {"platforms": labels.choices(live_views.PLATFORM, visit.tr), **_seats(city)}
    more |= {"runs": visit.who.has(*RUNS), "roster": roster}
    return Page("live_list.html", view, status=422 if errors else 200, more=more)


def _seats(city: City) -> dict[str, list[tuple[str, str]]]:
    def of(*kinds: str) -> list[tuple[str, str]]:
        return [(seat.id, seat.title) for seat in city.seats.values() if seat.kind in kinds]

    return {"hosts": of("leader"), "agencies": of("agency"), "districts": of("district"), "wards": of("ward")}


async def _plan(visit: Visit, desk: Desk) -> Page | Response:
    sent = await visit.request.form()
    values = _values(sent)
    roster = tuple(seat for seat in sent.getlist("roster") if isinstance(seat, str))
    given: dict[str, object] = {
        "do": "plan_live", "platform": values.get("platform", ""), "host": values.get("host", ""), "roster": roster,
    }  # fmt: skip
    if values.get("title"):
        given["title"] = values["title"]
    try:
        given["planned_for"] = filling.local_moment(values.get("planned_for", ""), visit.who.city)
    except ValueError:
        wrong = visit.tr(later("Tulis tanggal dan jam: {label}")).format(label=visit.tr(later("Waktu siaran")))
        return await _list(visit, desk, [("planned_for", wrong)], values, roster)
    filled = filling.checked(given, visit.tr)
    if filled.action is None:
        return await _list(visit, desk, filled.errors, values, roster)
    reply = await desk.acting.act(visit.who, values.get("command") or secrets.token_hex(12), None, filled.action)
    if reply.refusal is not None:
        return await _list(visit, desk, [(reply.refusal.field or "", reply.refusal.message)], values, roster)
    await desk.heard(reply.fact)
    return RedirectResponse(f"/siaran/{reply.fact}", status_code=303)


def _values(sent: FormData) -> dict[str, str]:
    return {name: value.strip() for name, value in sent.items() if isinstance(value, str)}


# The board


async def _board(
    visit: Visit, desk: Desk, problem: str | None = None, tried: tuple[str, Mapping[str, str]] | None = None
) -> Page:
    """`tried`: the ticket whose answer was not taken, and what was typed."""
    one = _session(visit, desk)
    view = await live_views.board(desk, visit, one, await cases.of_session(desk.pool, one.id))
    more: dict[str, object] = {"problem": problem, "runs": visit.who.has(*RUNS), "enters": visit.who.has(*ENTERS)}
    more |= {"command": secrets.token_hex(12), "screens": visit.who.has("screener", "coordinator"), "tried": tried}
    return Page("live_board.html", view, status=409 if problem else 200, more=more)


async def _act(visit: Visit, desk: Desk) -> Page | Response:
    one, do = _session(visit, desk), _COMMANDS.get(visit.request.path_params["do"])
    if do is None:
        raise Problem(404, later("Siaran langsung ini tidak ada."))
    values = _values(await visit.request.form())
    filled = filling.checked({"do": do, "session": one.id}, visit.tr)
    assert filled.action is not None
    reply = await desk.acting.act(visit.who, values.get("command") or secrets.token_hex(12), None, filled.action)
    if reply.refusal is not None:
        return await _board(visit, desk, reply.refusal.message)
    await desk.heard(one.id, reply.n or 0)
    return RedirectResponse(f"/siaran/{one.id}" + ("/rekap" if do == "end_live" else ""), status_code=303)


async def _answer(visit: Visit, desk: Desk) -> Page | Response:
    one, card, values = _session(visit, desk), await desk.card(visit), _values(await visit.request.form())
    given = {
        "do": "answer_on_air", "session": one.id, "text": values.get("text", ""),
        "settles": values.get("settles") == "yes",
    }  # fmt: skip
    filled = filling.checked(given, visit.tr)
    if filled.action is None:
        return await _board(visit, desk, filled.errors[0][1], (card.ticket, values))
    command = values.get("command") or secrets.token_hex(12)
    reply = await desk.acting.act(visit.who, command, card.complaint, filled.action)
    if reply.refusal is not None:
        return await _board(visit, desk, reply.refusal.message, (card.ticket, values))
    await until(desk, card.complaint, reply.n or 0)
    return RedirectResponse(f"/siaran/{one.id}", status_code=303)


# Taking down


async def _entry(
    visit: Visit, desk: Desk, *, problem: str | None = None, values: Mapping[str, str] | None = None
) -> Page:
    one = _session(visit, desk)
    cards = await cases.of_session(desk.pool, one.id)
    tell = desk.teller(visit, desk.clock())
    shown = [card for card in cards[:LISTED] if sight.may_see(visit.who, card)]
    rows = [LiveRow(row(card, tell), card.on_air is not None, not card.open) for card in shown]
    # What was not stored is sent again as the same entry, whatever became of the first try.
    entry = (values or {}).get("entry") or secrets.token_hex(12)
    known = await live_views.session(desk, visit, one)
    view = EntryView(known, entry, rows, len(cards), problem, dict.fromkeys(_ENTERED, "") | dict(values or {}))
    return Page("live_entry.html", view, status=503 if problem else 200)


async def _enter(visit: Visit, desk: Desk) -> Page | Response:
    one, values = _session(visit, desk), _values(await visit.request.form())
    if not values.get("text"):
        return RedirectResponse(f"/siaran/{one.id}/catat", status_code=303)
    entry = {"id": values.get("entry") or secrets.token_hex(12), "session": one.id, "by": visit.who.seat.id}
    most = {"text": 4_000, "place": 200, "handle": 100}
    entry |= {name: values[name][:size] for name, size in most.items() if values.get(name)}
    try:
        complaint = await desk.entries.take_down(visit.who.city.id, entry)
    except EntriesAway:
        sentence = visit.tr(later("Belum tersimpan. Tekan Simpan lagi; tidak akan tercatat dua kali."))
        return await _entry(visit, desk, problem=sentence, values=values)
    await until(desk, complaint, 1)
    return RedirectResponse(f"/siaran/{one.id}/catat", status_code=303)


async def _undo(visit: Visit, desk: Desk) -> Response:
    one, card = _session(visit, desk), await desk.card(visit)
    filled = filling.checked({"do": "undo_entry"}, visit.tr)
    assert filled.action is not None
    reply = await desk.acting.act(visit.who, secrets.token_hex(12), card.complaint, filled.action)
    if reply.refusal is not None:
        raise Problem(409, reply.refusal.message)
    await until(desk, card.complaint, reply.n or 0)
    return RedirectResponse(f"/siaran/{one.id}/catat", status_code=303)
