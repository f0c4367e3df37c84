"""What pages show and programs get as JSON: rows of lists and whole timelines."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from services.reporting import labels, sight, work_views
from services.reporting.pictures import gallery
from services.reporting.pictures.gallery import GalleryView
from services.reporting.read_models.cases.card import Card
from services.reporting.reading import Step
from services.reporting.sentences import Teller
from services.reporting.work_views import LedgerView, PartView
from services.runtime.opener import Opener
from services.web import moments
from services.web.i18n import later
from services.web.pages import Visit
from services.web.staff import Staff


@dataclass(frozen=True)
class RowView:
    complaint: str
    ticket: str
    n: int
    phase: str
    phase_text: str
    phase_tone: str
    title: str
    category: str | None
    place: str | None
    urgency: str
    urgency_text: str
    confidentiality: str
    confidentiality_text: str
    lead: str | None
    lead_title: str | None
    waits_on: str
    received_at: datetime
    since: datetime
    due: datetime | None
    late: bool
    ended: str | None
    suspect: bool
    """It came by an account of the city that somebody else had."""
    imported: bool
    """It came out of another system's list."""
    raised: str | None
    """The superior's title, when it has come up the line."""


@dataclass(frozen=True)
class WordsView:
    """`text` is None when it may not be seen (`hidden`) or was erased (`erased`)."""

    label: str
    name: str
    text: str | None
    hidden: bool
    erased: bool


@dataclass(frozen=True)
class StepView:
    n: int
    type: str
    at: datetime
    actor: str
    by: str
    title: str
    tone: str
    facts: list[str]
    due: datetime | None
    words: list[WordsView]
    media: list[str]
    link: str | None
    routine: bool
    trace: str | None


@dataclass(frozen=True)
class ClockView:
    name: str
    text: str
    seat: str
    seat_title: str
    due: datetime
    late: bool
    because: str
    paused: bool


@dataclass(frozen=True)
class HoldingView:
    seat: str
    title: str
    role: str
    role_text: str
    accepted: bool
    unit: str | None
    clocks: list[ClockView]


@dataclass(frozen=True)
class CaseView:
    """One complaint, the answer first."""

    answer: str
    paused: bool
    row: RowView
    summary: str | None
    round: int
    closure: str | None
    expected_end: datetime | None
    bounces: int
    forced: bool
    plan: datetime | None
    """The date that the work is planned for."""
    callable: bool
    """The reporter allowed to be called."""
    holdings: list[HoldingView]
    subtasks: list[PartView]
    ledger: LedgerView
    steps: list[StepView]
    gallery: GalleryView


def teller(visit: Visit, staff: Staff, now: datetime) -> Teller:
    when = partial(moments.short, now=now, zone=staff.city.zone, language=visit.language)
    return Teller(staff.city, visit.tr, when)


def row(card: Card, tell: Teller) -> RowView:
    matter, tr = card.matter, tell.tr
    place = labels.place(tell.city, matter.ward_code, matter.district_code) if matter else None
    category = labels.category(matter.category, tr) if matter else None
    urgency = matter.urgency if matter else "normal"
    return RowView(
        complaint=card.complaint, ticket=card.ticket, n=card.n, phase=card.phase,
        phase_text=tr(labels.PHASE[card.phase]), phase_tone=labels.PHASE_TONE[card.phase],
        title=category or tr(later("Dari sistem lain") if card.end == "elsewhere" else later("Belum disaring")),
        category=matter.category if matter else None, place=place, urgency=urgency,
        urgency_text=tr(labels.URGENCY[urgency]), confidentiality=card.confidentiality,
        confidentiality_text=tr(labels.CONFIDENTIALITY[card.confidentiality]), lead=card.lead,
        lead_title=labels.seat(tell.city, card.lead), waits_on=card.waits_on, received_at=card.received_at,
        since=card.since, due=card.due, late=card.late, ended=card.ended, suspect=card.suspect,
        imported=card.imported,
        raised=labels.seat(tell.city, card.raised_to) if card.phase == "working" else None,
    )  # fmt: skip


def _holdings(card: Card, tell: Teller) -> list[HoldingView]:
    return [
        HoldingView(
            seat=seat, title=labels.seat(tell.city, seat) or seat, role=holding.role,
            role_text=tell.tr(labels.ROLE[holding.role]), accepted=holding.accepted,
            unit=tell.unit(seat, holding.unit),
            clocks=[
                ClockView(
                    clock.name, tell.tr(labels.CLOCK[clock.name]), seat, labels.seat(tell.city, seat) or seat,
                    clock.due, clock.late, tell.because(clock),
                    bool(card.questions) or (card.plan is not None and clock.name == "resolve"),
                )
                for clock in holding.clocks
            ],
        )
        for seat, holding in card.holdings.items()
    ]  # fmt: skip


async def case(
    card: Card, steps: Sequence[Step], *, staff: Staff, tell: Teller, opener: Opener, now: datetime,
    types: Mapping[str, str],
) -> CaseView:  # fmt: skip
    """The timeline as this seat may see it: what it may not read is never opened."""
    lines = [tell.tell(step.event.data) for step in steps]
    wanted = [
        (words.sealed, step.event.causation, words.name)
        for step, line in zip(steps, lines, strict=True)
        for words in line.words
        if sight.opens(staff, card, words.sealed, of_wish=words.of_wish)
    ]
    opened = dict(zip(wanted, await opener.open_many(wanted), strict=True))
    shown = []
    for step, line in zip(steps, lines, strict=True):
        words = []
        for part in line.words:
            key = (part.sealed, step.event.causation, part.name)
            text = opened.get(key)
            hidden = key not in opened
            words.append(WordsView(
                part.label, part.name, _readable(part.name, text), hidden, erased=not hidden and text is None
            ))  # fmt: skip
        event = step.event
        pictures = [] if sight.is_neighbour(staff) else list(line.media)
        shown.append(StepView(
            event.n, event.type, event.at, event.actor, tell.actor(event.actor), line.title, line.tone,
            list(line.facts), line.due, words, pictures, line.link, line.routine, step.trace,
        ))  # fmt: skip
    return CaseView(
        answer=tell.standing(card, now), paused=card.waits_on == "reporter", row=row(card, tell),
        summary=None if sight.is_neighbour(staff) else card.summary,
        round=card.round, closure=tell.tr(labels.CLOSURE[card.closure]) if card.closure else None,
        expected_end=card.expected_end, bounces=card.bounces, forced=card.forced,
        plan=card.plan.wakes if card.plan else None, callable=card.callable, holdings=_holdings(card, tell),
        subtasks=work_views.parts(card, tell), ledger=work_views.book(steps, tell, now), steps=shown,
        gallery=gallery.view(card, types, staff, tell.tr),
    )  # fmt: skip


def _readable(name: str, text: str | None) -> str | None:
    """A place is sealed as JSON with coordinates and a label; everything else is text already."""
    if name != "place" or text is None or not text.startswith("{"):
        return text
    pin = json.loads(text)
    point = f"{pin['latitude']:.5f}, {pin['longitude']:.5f}" if pin.get("latitude") is not None else ""
    return " · ".join(part for part in (pin.get("label"), point) if part)
