"""`/akun`: the city's own numbers, pages and accounts; one that was taken over is declared here, and trusted again."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from services.contracts.tokens import Role
from services.reporting import sight
from services.reporting.desk import Desk
from services.reporting.forms import filling
from services.reporting.read_models.cases import queries as cases
from services.reporting.views import RowView, row
from services.web import channels
from services.web.i18n import later
from services.web.pages import Page, Pages, Problem, Visit

DECLARES: tuple[Role, ...] = ("leader", "aide", "communication", "coordinator", "administrator")
TRUSTS: tuple[Role, ...] = ("leader", "coordinator", "administrator")
SEES: tuple[Role, ...] = (*DECLARES, "screener", "clerk", "ops", "auditor")


@dataclass(frozen=True)
class AccountView:
    door: str
    label: str
    channel: str
    since: datetime | None
    """Since when it is somebody else's; None: it is the city's."""
    declared: datetime | None
    reason: str | None
    waiting: list[RowView]
    """Open complaints whose reporters wrote by it."""


@dataclass(frozen=True)
class AccountsView:
    answer: str
    accounts: list[AccountView]


def routes(pages: Pages, desk: Desk) -> list[Route]:
    async def show(visit: Visit) -> Page:
        return await _page(visit, desk)

    async def act(visit: Visit) -> Page | Response:
        return await _act(visit, desk)

    return [*pages.get("/akun", show, roles=SEES), *pages.post("/akun/{door}/{do}", act, roles=DECLARES)]


async def _page(visit: Visit, desk: Desk, problem: str | None = None, tried: Mapping[str, str] | None = None) -> Page:
    """`tried`: what was typed for which `door`, when it was not taken."""
    city = visit.who.city
    views = [
        await _account(visit, desk, door.id, door.label, channels.named(door.channel, visit.tr)) for door in city.doors
    ]
    lost = sum(one.since is not None for one in views)
    text = later("{count} akun sedang dikuasai orang lain.") if lost else later("Semua akun kota dipercaya.")
    view = AccountsView(visit.tr(text).format(count=lost), views)
    more: dict[str, object] = {"problem": problem, "tried": tried or {}, "command": secrets.token_hex(12)}
    more |= {"declares": visit.who.has(*DECLARES), "trusts": visit.who.has(*TRUSTS)}
    return Page("accounts.html", view, status=409 if problem else 200, more=more)


async def _account(visit: Visit, desk: Desk, door: str, label: str, channel: str) -> AccountView:
    staff, lost = visit.who, desk.accounts.of(visit.who.city.id, door).now
    if lost is None:
        return AccountView(door, label, channel, None, None, None, [])
    reason = None
    if lost.reason is not None:
        [reason] = await desk.opener.open_many([(lost.reason, lost.cause, "reason")])
    tell = desk.teller(visit, desk.clock())
    found = await cases.by_lost_door(desk.pool, staff.city.id, door)
    rows = [row(card, tell) for card in found if sight.may_see(staff, card)]
    return AccountView(door, label, channel, lost.since, lost.declared, reason, rows)


async def _act(visit: Visit, desk: Desk) -> Page | Response:
    door, do = visit.request.path_params["door"], visit.request.path_params["do"]
    form = await visit.request.form()
    values = {name: value.strip() for name, value in form.items() if isinstance(value, str)}
    tried = values | {"door": door}
    given: dict[str, object] = {"do": {"pulih": "trust_account"}.get(do, "declare_compromised"), "door": door}
    if do not in ("hilang", "pulih"):
        raise Problem(404, later("Halaman ini tidak ada."))
    if do == "hilang":
        try:
            given["since"] = filling.local_moment(values.get("since", ""), visit.who.city)
        except ValueError:
            wrong = visit.tr(later("Tulis tanggal dan jam: {label}"))
            return await _page(visit, desk, wrong.format(label=visit.tr(later("Sejak kapan"))), tried)
        if values.get("reason"):
            given["reason"] = values["reason"]
    filled = filling.checked(given, visit.tr)
    if filled.action is None:
        return await _page(visit, desk, filled.errors[0][1], tried)
    reply = await desk.acting.act(visit.who, values.get("command") or secrets.token_hex(12), None, filled.action)
    if reply.refusal is not None:
        return await _page(visit, desk, reply.refusal.message, tried)
    await desk.until_known(lambda: desk.accounts.of(visit.who.city.id, door).n >= (reply.n or 0))
    return RedirectResponse("/akun", status_code=303)
