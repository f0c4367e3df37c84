"""`/panggilan`: reporters whom no message reaches, for the desk to call; the number is shown once for each try."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from services.contracts.commands import RecordCall
from services.contracts.tokens import Role
from services.reporting import reach_labels, reading, sight
from services.reporting.desk import Desk
from services.reporting.pages.case import until
from services.reporting.read_models.cases import queries as cases
from services.reporting.read_models.cases.card import Card
from services.reporting.views import RowView, row
from services.web.i18n import later
from services.web.pages import Page, Pages, Problem, Visit

CALLERS: tuple[Role, ...] = ("clerk", "coordinator")


@dataclass(frozen=True)
class CallView:
    row: RowView
    since: datetime
    tries: int
    why: str
    """Why no message got through."""
    says: list[str]
    """What is to be told, the latest last."""
    command: str


@dataclass(frozen=True)
class CallsView:
    answer: str
    calls: list[CallView]


def routes(pages: Pages, desk: Desk) -> list[Route]:
    async def show(visit: Visit) -> Page:
        return await page(visit, desk)

    async def number(visit: Visit) -> Page:
        card = await _card(visit, desk)
        return Page("call_contact.html", await desk.reveals.for_call(card, visit.who.seat.id))

    async def record(visit: Visit) -> Page | Response:
        return await _record(visit, desk)

    return [
        *pages.get("/panggilan", show, roles=CALLERS),
        *pages.post("/panggilan/{ticket}/nomor", number, roles=CALLERS),
        *pages.post("/panggilan/{ticket}", record, roles=CALLERS),
    ]


async def page(
    visit: Visit, desk: Desk, problem: str | None = None, status: int = 200, tried: Mapping[str, str] | None = None
) -> Page:
    """`tried`: what was typed for which `ticket`, when it was not taken."""
    found = await cases.page(desk.pool, cases.Wanted(visit.who.city.id, "to_call"))
    calls = [await _view(visit, desk, card) for card in found.cards if sight.may_see(visit.who, card)]
    text = later("{count} pelapor menunggu telepon.") if calls else later("Tidak ada pelapor yang menunggu telepon.")
    answer = visit.tr(text).format(count=len(calls))
    outcomes = [(key, visit.tr(text)) for key, text in reach_labels.CALL.items()]
    return Page("calls.html", CallsView(answer, calls), status, more={
        "outcomes": outcomes, "problem": problem, "tried": tried or {}, "done": visit.request.query_params.get("done"),
    })  # fmt: skip


async def _view(visit: Visit, desk: Desk, card: Card) -> CallView:
    tell = desk.teller(visit, desk.clock())
    about = {call.about for call in card.calls.values()}
    steps = await reading.steps(desk.pool, card.complaint)
    says = [tell.tell(step.event.data).title for step in steps if step.event.n in about]
    first = min(card.calls.values(), key=lambda call: call.since)
    why = visit.tr(reach_labels.WHY.get(first.reason, first.reason))
    tries = max(call.tries for call in card.calls.values())
    return CallView(row(card, tell), first.since, tries, why, says, secrets.token_hex(12))


async def _card(visit: Visit, desk: Desk) -> Card:
    card = await desk.card(visit)
    if not card.calls:
        raise Problem(409, later("Pelapor ini tidak perlu ditelepon lagi."))
    return card


async def _record(visit: Visit, desk: Desk) -> Page | Response:
    card = await _card(visit, desk)
    sent = await visit.request.form()
    tried = {name: str(sent.get(name, "")) for name in ("outcome", "text")} | {"ticket": card.ticket}
    outcome, text = str(sent.get("outcome", "")), str(sent.get("text", "")).strip()
    if outcome not in reach_labels.CALL:
        return await page(visit, desk, visit.tr(later("Pilih hasil telepon.")), 422, tried)
    action = RecordCall.model_validate({"do": "record_call", "outcome": outcome, "text": text or None})
    command = str(sent.get("command") or secrets.token_hex(12))
    reply = await desk.acting.act(visit.who, command, card.complaint, action)
    if reply.refusal is not None:
        return await page(visit, desk, reply.refusal.message, 409, tried)
    await until(desk, card.complaint, reply.n or 0)
    return RedirectResponse(f"/panggilan?done={card.ticket}", status_code=303)
