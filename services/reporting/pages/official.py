"""`/akun/resmi`: the offices' own public accounts, who answers for each, and when it last showed work."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from pydantic import ValidationError
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from services.contracts.commands import ConfirmRemoval
from services.contracts.tokens import Role
from services.reporting import labels, official_accounts
from services.reporting.desk import Desk
from services.reporting.official_accounts import ToRemove
from services.reporting.pages.case import until
from services.web import channels
from services.web.i18n import later
from services.web.pages import Page, Pages, Problem, Visit

TICKS: tuple[Role, ...] = ("communication", "leader")
SEES: tuple[Role, ...] = ("leader", "aide", "communication", "coordinator", "administrator", "auditor", "agency_head")


@dataclass(frozen=True)
class OfficialView:
    """`posts`: we post there ourselves. `silent`: it showed no work for thirty days, or never."""

    channel: str
    handle: str
    url: str
    posts: bool
    last: datetime | None
    link: str | None
    shown: int
    silent: bool


@dataclass(frozen=True)
class OfficeView:
    seat: str
    title: str
    accounts: list[OfficialView]


@dataclass(frozen=True)
class RegisterView:
    answer: str
    offices: list[OfficeView]
    without: list[str]
    """Titles of offices that have no account."""
    to_remove: list[ToRemove]


def routes(pages: Pages, desk: Desk) -> list[Route]:
    async def show(visit: Visit) -> Page:
        return Page("official.html", await build(visit, desk), more={"ticks": visit.who.has(*TICKS)})

    async def tick(visit: Visit) -> Page | Response:
        return await _tick(visit, desk)

    return [
        *pages.get("/akun/resmi", show, roles=SEES),
        *pages.post("/akun/resmi/{ticket}/{number}", tick, roles=TICKS),
    ]


async def _tick(visit: Visit, desk: Desk) -> Page | Response:
    """Somebody looked: the post is gone. Twice is once."""
    card = await desk.card(visit)
    number, sent = visit.request.path_params["number"], await visit.request.form()
    account = str(sent.get("account", "")) or None
    if not number.isdecimal() or len(number) > 4:
        raise Problem(404, later("Halaman ini tidak ada."))
    try:
        action = ConfirmRemoval.model_validate({"do": "confirm_removal", "number": int(number), "account": account})
    except ValidationError:
        raise Problem(422, later("Akun itu tidak dikenal.")) from None
    reply = await desk.acting.act(visit.who, secrets.token_hex(12), card.complaint, action)
    if reply.refusal is not None:
        raise Problem(409, reply.refusal.message)
    await until(desk, card.complaint, reply.n or 0)
    return RedirectResponse("/akun/resmi", status_code=303)


async def build(visit: Visit, desk: Desk) -> RegisterView:
    city, now = visit.who.city, desk.clock()
    found = await official_accounts.acts(desk.pool, city.id)
    offices: dict[str, list[OfficialView]] = {}
    for one in official_accounts.official(city, found):
        account = one.account
        offices.setdefault(account.seat, []).append(
            OfficialView(
                channels.named(account.channel, visit.tr), one.handle, account.url, account.door is not None,
                one.last, one.link, one.shown, one.silent(now),
            )
        )  # fmt: skip
    silent = sum(view.silent for views in offices.values() for view in views)
    whole = sum(len(views) for views in offices.values())
    remove = official_accounts.to_remove(found) if visit.who.has("communication", "leader", "administrator") else []
    if not whole:
        answer = visit.tr(later("Belum ada akun resmi yang terdaftar."))
    elif silent:
        text = visit.tr(later("{silent} dari {whole} akun resmi diam: 30 hari tidak menunjukkan pekerjaan."))
        answer = text.format(silent=silent, whole=whole)
    else:
        answer = visit.tr(later("Semua akun resmi menunjukkan pekerjaan dalam 30 hari ini."))
    return RegisterView(
        answer,
        [OfficeView(seat, labels.seat(city, seat) or seat, views) for seat, views in offices.items()],
        [labels.seat(city, seat) or seat for seat in official_accounts.without(city)],
        remove,
    )
