"""`/saring`: what waits for a screener; `/saring/<ticket>`: confirm or correct what the machine proposes."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from services.complaint import events as e
from services.contracts.base import Mark
from services.contracts.city import City
from services.contracts.tokens import Role
from services.reporting import labels, reading, sight
from services.reporting.categories import CATEGORIES
from services.reporting.desk import Desk
from services.reporting.forms import filling
from services.reporting.labels import Translate
from services.reporting.pages.case import until
from services.reporting.pages.related import related
from services.reporting.read_models.cases import queries as cases
from services.reporting.read_models.cases.card import Card
from services.reporting.read_models.scoreboard import queries as scoreboard
from services.reporting.reading import Step
from services.reporting.rule_sentences import ABOUT
from services.reporting.views import CaseView, RowView, row
from services.web.i18n import later
from services.web.pages import Page, Pages, Visit

SCREENERS: tuple[Role, ...] = ("screener", "coordinator")
FIELDS = (
    "kind", "category", "ward_code", "urgency", "confidentiality", "wording", "notes", "lead", "instruction",
    "about", "against", "concerned_name", "concerned_place", "n",
)  # fmt: skip


@dataclass(frozen=True)
class QueueView:
    answer: str
    rows: list[RowView]
    alike: list[RowView]
    """Open ones of which the machine says that they may be the same matter as another."""


UNSURE: dict[Mark, str] = {
    "danger": later("Mungkin ada jiwa yang terancam: baca dulu."),
    "secret": later("Mungkin harus dirahasiakan: korupsi, kekerasan, atau orang yang dituduh."),
    "behalf": later("Mungkin tentang orang lain yang perlu dibantu."),
    "unwanted": later("Mungkin iklan, penipuan, atau pesan berantai."),
}


@dataclass(frozen=True)
class ProposalView:
    """What the machine thinks, and why. `alternatives`: category and probability."""

    confidence: float
    abstains: bool
    unsure: list[str]
    """What a person must look at before anything goes on, a sentence for each."""
    summary: str
    reasons: list[str]
    """The rules that spoke, by their ids."""
    words: list[str]
    """What of the reporter's words they heard."""
    alternatives: list[tuple[str, float]]
    at: datetime


@dataclass(frozen=True)
class ScreeningView:
    case: CaseView
    proposal: ProposalView | None
    values: dict[str, str]
    errors: list[tuple[str, str]]
    problem: str | None
    command: str


def routes(pages: Pages, desk: Desk) -> list[Route]:
    async def queue(visit: Visit) -> Page:
        tell = desk.teller(visit, desk.clock())
        waiting = await cases.to_screen(desk.pool, visit.who.city.id)
        rows = [row(card, tell) for card in waiting if sight.may_see(visit.who, card)]
        answer = visit.tr(later("{count} laporan menunggu disaring.")).format(
            count=await scoreboard.to_screen(desk.pool, visit.who.city.id)
        )
        doubtful = await cases.alike(desk.pool, visit.who.city.id)
        alike = [row(card, tell) for card in doubtful if sight.may_see(visit.who, card)]
        return Page("screening_queue.html", QueueView(answer, rows, alike))

    async def show(visit: Visit) -> Page:
        return await _page(visit, desk, await desk.card(visit))

    async def decide(visit: Visit) -> Page | Response:
        return await _decide(visit, desk)

    return [
        *pages.get("/saring", queue, roles=SCREENERS),
        *pages.get("/saring/{ticket}", show, roles=SCREENERS),
        *pages.post("/saring/{ticket}", decide, roles=SCREENERS),
    ]


def _proposal(steps: list[Step], tr: Translate) -> ProposalView | None:
    for step in reversed(steps):
        data = step.event.data
        if isinstance(data, e.ScreeningProposed):
            named = None if data.abstains else data.matter.category
            others = [
                (labels.category(one.category, tr) or one.category, one.p)
                for one in data.alternatives
                if one.category != named
            ]
            words = [one.removeprefix("word:") for one in data.reasons if one.startswith("word:")]
            rules = [one for one in data.reasons if not one.startswith("word:")]
            at = step.event.at
            unsure = [tr(UNSURE[mark]) for mark in data.unsure or ()]
            return ProposalView(data.confidence, data.abstains, unsure, data.summary, rules, words, others, at)
    return None


def _proposed(card: Card) -> dict[str, str]:
    """The form as the proposal fills it."""
    matter = card.matter
    if matter is None:
        return {"kind": "complaint", "urgency": "normal", "confidentiality": card.confidentiality, "n": str(card.n)}
    return {
        "kind": matter.kind, "category": matter.category, "ward_code": matter.ward_code or "",
        "urgency": matter.urgency, "confidentiality": card.confidentiality, "n": str(card.n),
        "about": matter.about or "nobody", "against": matter.against or "",
    }  # fmt: skip


async def _page(
    visit: Visit, desk: Desk, card: Card, *, values: Mapping[str, str] | None = None,
    errors: list[tuple[str, str]] | None = None, problem: str | None = None,
) -> Page:  # fmt: skip
    staff = visit.who
    steps = await reading.steps(desk.pool, card.complaint)
    case = await desk.case(visit, card, steps)
    command = (values or {}).get("command") or secrets.token_hex(12)
    filled = dict.fromkeys(FIELDS, "") | dict(_proposed(card) if values is None else values)
    view = ScreeningView(case, _proposal(steps, visit.tr), filled, errors or [], problem, command)
    status = 422 if errors or problem else 200
    return Page("screening.html", view, status=status, more={
        **_choices(staff.city, visit.tr), "related": await related(visit, desk, card),
    })  # fmt: skip


def _choices(city: City, tr: Translate) -> dict[str, object]:
    return {
        "kinds": labels.choices(labels.KIND, tr),
        "urgencies": labels.choices(labels.URGENCY, tr),
        "levels": labels.choices(labels.CONFIDENTIALITY, tr),
        "categories": sorted(((key, tr(one.label)) for key, one in CATEGORIES.items()), key=lambda pair: pair[1]),
        "wards": sorted(
            ((code, f"{ward.name} ({city.district_of(code).name})") for code, ward in city.wards.items()),
            key=lambda pair: pair[1],
        ),
        "abouts": [("nobody", tr(later("Bukan tentang orang atau kantor"))), *labels.choices(ABOUT, tr)],
        "seats": [(seat.id, seat.title) for seat in city.seats.values()],
    }


def _given(values: Mapping[str, str], card: Card) -> dict[str, object]:
    """The contract's `screen` from the form; what is empty is left out."""
    category = values.get("category", "")
    known = CATEGORIES.get(category)
    given: dict[str, object] = {
        "do": "screen", "kind": values.get("kind", ""), "category": category,
        "urgency": values.get("urgency", "normal"),
        "function": known.function if known else card.matter.function if card.matter else "",
    }  # fmt: skip
    for name in ("ward_code", "confidentiality", "wording", "notes", "lead", "instruction", "about", "against"):
        if values.get(name, "").strip():
            given[name] = values[name].strip()
    concerned = {
        name: values[f"concerned_{name}"].strip()
        for name in ("name", "place")
        if values.get(f"concerned_{name}", "").strip()
    }
    if concerned:
        given["concerned"] = concerned
    return given


async def _decide(visit: Visit, desk: Desk) -> Page | Response:
    card, staff = await desk.card(visit), visit.who
    values = {name: value for name, value in (await visit.request.form()).items() if isinstance(value, str)}
    filled = filling.checked(_given(values, card), visit.tr)
    if filled.action is None:
        return await _page(visit, desk, card, values=values, errors=filled.errors)
    command = values.get("command") or secrets.token_hex(12)
    seen = values.get("n", "")
    expected = int(seen) if seen.isdigit() and int(seen) > 0 else None
    reply = await desk.acting.act(staff, command, card.complaint, filled.action, expected)
    if reply.refusal is not None:
        # The form keeps what was typed, but counts from what is shown now: the next try is a new command.
        fresh = {**values, "n": str(card.n), "command": ""}
        return await _page(visit, desk, card, values=fresh, problem=reply.refusal.message)
    await until(desk, card.complaint, reply.n or 0)
    return RedirectResponse(f"/laporan/{card.ticket}?done=screen", status_code=303)
