"""`/kontak`: who was shown what of whom, when and why, for auditors and whoever answers for personal data.

No contact, no name and no word of anybody stands here.
"""

from dataclasses import dataclass
from datetime import datetime

from starlette.routing import Route

from services.contracts.tokens import Role
from services.reporting import labels, sight
from services.reporting.desk import Desk
from services.reporting.read_models.cases import queries as cases
from services.reporting.revealing import Look
from services.runtime.vault import WITHOUT_CONTENT
from services.web.i18n import later
from services.web.pages import Page, Pages, Problem, Visit

READERS: tuple[Role, ...] = ("auditor", "data_protection")


@dataclass(frozen=True)
class LookView:
    at: datetime
    ticket: str
    ground: str
    who: str
    approved_by: str | None
    found: bool


@dataclass(frozen=True)
class LooksView:
    answer: str
    looks: list[LookView]
    next_url: str | None


def routes(pages: Pages, desk: Desk) -> list[Route]:
    async def show(visit: Visit) -> Page:
        return Page("contacts.html", await build(visit, desk))

    return pages.get("/kontak", show, roles=READERS)


async def build(visit: Visit, desk: Desk) -> LooksView:
    tr = visit.tr
    looks = await desk.reveals.looks(_before(visit))
    known = {card.complaint: card for card in await cases.by_ids(desk.pool, [look.complaint for look in looks])}
    shown = [
        _view(visit, look, known[look.complaint].ticket)
        for look in looks
        if look.complaint in known and sight.may_see(visit.who, known[look.complaint])
    ]
    answer = tr(later("Setiap pembukaan kontak atau isi yang tertutup tercatat di sini: siapa, kapan, atas dasar apa."))
    return LooksView(answer, shown, f"/kontak?before={looks[-1].id}" if len(looks) > 1 else None)


def _before(visit: Visit) -> int | None:
    text = visit.request.query_params.get("before")
    if text is None:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise Problem(400, later("Saringan tidak dikenal."))
    return int(text)


def _view(visit: Visit, look: Look, ticket: str) -> LookView:
    tr = visit.tr
    if look.number is None:
        # By command on the machine: what was typed as a reason is read by whoever answers for personal data alone.
        reason = look.why if visit.who.has("data_protection") else tr(later("alasan tercatat"))
        if look.why == WITHOUT_CONTENT:
            return LookView(
                look.at, ticket, tr(later("langkahnya saja, tanpa isi")), tr(later("operator sistem")), None, True
            )
        return LookView(look.at, ticket, reason, tr(later("operator sistem")), None, look.found)
    return LookView(
        look.at, ticket, tr(labels.CONTACT_LOOKED[look.why]), _seat(visit, look.who),
        None if look.approved_by is None else _seat(visit, look.approved_by), look.found,
    )  # fmt: skip


def _seat(visit: Visit, actor: str) -> str:
    seat = actor.removeprefix("seat:")
    return labels.seat(visit.who.city, seat) or seat
