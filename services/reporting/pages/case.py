"""`/laporan/<ticket>`: one complaint, the answer first, then every step; forms for whoever may act."""

import asyncio
import secrets

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from services.contracts import tickets
from services.reporting import forms, reading, sight, views
from services.reporting.desk import Desk
from services.reporting.forms import Form, FormView
from services.reporting.pages.related import related
from services.reporting.read_models.cases import queries as cases
from services.reporting.read_models.cases.card import Card
from services.web.i18n import later
from services.web.pages import Page, Pages, Problem, Visit


def routes(pages: Pages, desk: Desk) -> list[Route]:
    async def show(visit: Visit) -> Page:
        return await page(visit, desk, await desk.card(visit))

    async def act(visit: Visit) -> Page | Response:
        return await _act(visit, desk)

    return [*pages.get("/laporan/{ticket}", show), *pages.post("/laporan/{ticket}/{do}", act)]


async def page(
    visit: Visit, desk: Desk, card: Card, *, tried: FormView | None = None, problem: str | None = None,
    status: int = 200,
) -> Page:  # fmt: skip
    """`tried`: a form that came back with what is wrong; `problem`: the sentence above everything."""
    now, staff = desk.clock(), visit.who
    steps = await reading.steps(desk.pool, card.complaint)
    view = await views.case(card, steps, staff=staff, tell=desk.teller(visit, now), opener=desk.opener, now=now)
    shown = [
        tried if tried is not None and tried.do == form.do
        else forms.view(form, staff, card, visit.tr, command=secrets.token_hex(12))
        for form in forms.allowed(staff, card)
    ]  # fmt: skip
    return Page("case.html", view, status=status, more={
        "forms": shown, "problem": problem, "done": visit.request.query_params.get("done"),
        "related": await related(visit, desk, card),
        "screens": card.phase == "screening" and staff.has("screener", "coordinator"),
    })  # fmt: skip


async def _act(visit: Visit, desk: Desk) -> Page | Response:
    card, staff = await desk.card(visit), visit.who
    form = forms.BY_NAME.get(visit.request.path_params["do"])
    if form is None or not form.may(staff, card):
        raise Problem(403, later("Tindakan ini bukan untuk jabatan Anda, atau tidak pada keadaan laporan sekarang."))
    values = {name: value for name, value in (await visit.request.form()).items() if isinstance(value, str)}
    command = values.get("command") or secrets.token_hex(12)
    named = await _named(visit, desk, form, values)
    filled = forms.read(form.do, form.fields, staff.city, named, visit.tr)
    if filled.action is None:
        tried = forms.view(form, staff, card, visit.tr, command=command, values=values, errors=filled.errors)
        return await page(visit, desk, card, tried=tried, status=422)
    reply = await desk.acting.act(staff, command, card.complaint, filled.action)
    if reply.refusal is not None:
        tried = forms.view(form, staff, card, visit.tr, command=command, values=values)
        return await page(visit, desk, card, tried=tried, problem=reply.refusal.message, status=409)
    await until(desk, card.complaint, reply.n or 0)
    return RedirectResponse(f"/laporan/{card.ticket}?done={form.do}#langkah-{reply.n}", status_code=303)


async def _named(visit: Visit, desk: Desk, form: Form, values: dict[str, str]) -> dict[str, str]:
    """Tickets that a form names, as the complaints that commands know; one that is none, or not for this seat, stays
    as it was typed and is refused as a field."""
    named = dict(values)
    for one in form.fields:
        ticket = tickets.read(values.get(one.name, "")) if one.kind == "ticket" else None
        other = await cases.by_ticket(desk.pool, ticket) if ticket else None
        if other is not None and sight.may_see(visit.who, other):
            named[one.name] = other.complaint
    return named


async def until(desk: Desk, complaint: str, n: int, seconds: float = 1.5) -> None:
    """Wait a moment for the tables to show what was just done; the page is shown anyway after that."""
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    while loop.time() < end and await cases.standing(desk.pool, complaint) < n:
        await asyncio.sleep(0.04)
