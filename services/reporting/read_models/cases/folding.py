"""What each event changes in a card. Pure."""

from datetime import datetime

from services.complaint import events as e
from services.contracts.changing import put, replace
from services.contracts.envelope import Recorded
from services.reporting.read_models.cases import calling, contact, holdings, merging, publishing, working
from services.reporting.read_models.cases.card import Card
from services.reporting.read_models.cases.closing import fold as fold_closing
from services.reporting.read_models.cases.holdings import Holding
from services.reporting.read_models.cases.parts import (
    Note,
)


class OutOfOrder(Exception):
    """The event is not the next one of this card."""


def fold(card: Card | None, event: Recorded[e.Event]) -> Card:
    """The card after `event`. Raises OutOfOrder when an event between is missing."""
    data = event.data
    if card is None:
        if not isinstance(data, e.ComplaintReceived) or event.n != 1:
            raise OutOfOrder(f"{event.complaint}: {event.type} n={event.n} and nothing before")
        card = Card(
            complaint=event.complaint, city=event.city, ticket=data.ticket, n=1, received_at=event.at, since=event.at,
            confidentiality=data.confidentiality, session=data.session, imported=data.message.channel == "import",
        )  # fmt: skip
        return card if data.past is None else _over(card, data.past, data.message.sent_at)
    if event.n != card.n + 1:
        raise OutOfOrder(f"{event.complaint}: n={event.n} after {card.n}")
    if type(data) in _SCREENED:
        after = _own(card, data, event.n, event.at)
    else:
        after = _with_calls_and_closing(_after(card, event.n, event.at, data), event)
    if after is card:
        return replace(card, n=event.n)
    if (after.waits_on, after.lead) != (card.waits_on, card.lead):
        return put(after, n=event.n, since=event.at)
    return put(after, n=event.n)


_SCREENED = frozenset({e.ScreeningProposed, e.ComplaintScreened})
"""Half of the log, and nothing to those who look at calls, merges, work or proof: they need not be asked."""


def _with_calls_and_closing(card: Card, event: Recorded[e.Event]) -> Card:
    called = calling.fold(card.calls, event.n, event.at, event.data)
    if called is not card.calls:
        card = replace(card, calls=called)
    closing = fold_closing(card.closing, event, card.round)
    return card if closing is card.closing else replace(card, closing=closing)


def _said(card: Card, data: e.ContactAllowed | e.ContactDisallowed | e.AfterwordGiven) -> Card:
    """The reporter's own words about himself and about the handling."""
    if isinstance(data, e.AfterwordGiven):
        return replace(card, afterword=True, score=data.score)
    return replace(card, callable=isinstance(data, e.ContactAllowed))


def _over(card: Card, past: e.Past, came: datetime | None) -> Card:
    """It stands among others of its own days, and waits for nobody since it ended there."""
    received = min(came or past.ended or card.received_at, card.received_at)
    return replace(card, phase="closed", end="elsewhere", received_at=received, since=past.ended or received)


def _after(card: Card, n: int, at: datetime, data: e.Event) -> Card:
    if (shared := merging.fold(card, data)) is not None:
        return shared
    if (worked := working.fold(card, data, n, at)) is not None:
        return worked
    if isinstance(data, publishing.PUBLISHING | e.ReplySent):
        return publishing.fold(card, data)
    return _own(card, data, n, at)


def _own(card: Card, data: e.Event, n: int, at: datetime) -> Card:  # one case per event
    match data:
        case e.ScreeningProposed():
            if card.phase != "screening":
                return card
            alike = tuple(one for one in data.duplicates or () if one.complaint not in card.not_same)
            return replace(
                card,
                matter=data.matter,
                summary=data.summary,
                proposed=True,
                abstains=data.abstains,
                perhaps_danger="danger" in (data.unsure or ()),
                screen_by=card.screen_by or (data.screen_by.due if data.screen_by is not None else None),
                alike=alike,
            )
        case e.ComplaintScreened():
            level = data.matter.confidentiality
            return replace(card, phase="working", matter=data.matter, summary=data.summary, confidentiality=level)
        case e.ConfidentialityRaised():
            return replace(card, confidentiality=data.level)
        case e.ReporterErased():
            return replace(card, erased=(*card.erased, data.party))
        case e.ContactAllowed() | e.ContactDisallowed() | e.AfterwordGiven():
            return _said(card, data)
        case e.ContactAsked() | e.ContactRuled() | e.ContactShown():
            return replace(card, contacts=contact.fold(card.contacts, data))
        case e.AssignmentAccepted():
            met = working.meets(card, data.seat, data.met)
            if data.seat not in met.holdings:
                return met
            return replace(
                met, holdings={**met.holdings, data.seat: replace(met.holdings[data.seat], accepted=True)},
                expected_end=data.finish_by or met.expected_end,
            )  # fmt: skip
        case e.ProgressReported():
            return replace(
                working.meets(card, data.seat, data.met), expected_end=data.expected_end or card.expected_end
            )
        case e.PlaceVisited() | e.ResolutionSubmitted():
            return working.meets(card, data.seat, data.met)
        case e.SignOffRecorded():
            return replace(card, holdings=holdings.moved(card.holdings, data.moved))
        case e.QuestionAnswered():
            left = {number: seat for number, seat in card.questions.items() if number not in data.numbers}
            return replace(card, holdings=holdings.moved(card.holdings, data.moved), questions=left)
        case e.InstructionGiven():
            return working.instructed(card, data, n, at)
        case e.InstructionAnswered():
            return _answered(card, data)
        case e.ClockBreached():
            return _breached(card, data)
        case e.Escalated():
            return _escalated(card, data, at)
        case e.ClocksRecomputed():
            return replace(card, holdings=holdings.recomputed(card.holdings, data))
        case e.BreachExplained():
            return _noted(card, data.note, explained=True)
        case e.NoteRuled():
            return _noted(card, data.note, ruling=data.ruling)
        case e.ComplaintResolved():
            return replace(
                working.over(working.led_by(card, data.seat)), phase="resolved", closure=data.closure,
                expected_end=None, without_proof=data.without_proof, confirm_by=data.confirm_by, word_until=None,
            )  # fmt: skip
        case e.ResolutionConfirmed():
            return replace(_closed(card), end="confirmed")
        case e.ComplaintClosed():
            return replace(_closed(card), end=data.end)
        case e.ComplaintWithdrawn() | e.EntryUndone():
            return replace(_closed(card), withdrawn=True, undone=isinstance(data, e.EntryUndone))
        case e.ComplaintReopened():
            return replace(
                card, phase="working", round=data.round, closure=None, without_proof=False, confirm_by=None, end=None,
                word_until=None,
            )  # fmt: skip
        case _:
            # Messages, evidence, replies, deliveries and the concerned person stand in the timeline alone.
            return card


def _closed(card: Card) -> Card:
    return replace(working.over(card), phase="closed")


def _escalated(card: Card, data: e.Escalated, at: datetime) -> Card:
    holding = card.holdings.get(data.to) or Holding("superior", at)
    return replace(card, holdings={**card.holdings, data.to: holding}, raised_to=data.to)


def _answered(card: Card, data: e.InstructionAnswered) -> Card:
    instruction = card.instructions.get(data.number)
    if instruction is None:
        return card
    card = replace(card, instructions={**card.instructions, data.number: replace(instruction, answered=True)})
    holding = card.holdings.get(data.seat)
    if holding is None:
        return card
    return working.with_clocks(card, data.seat, tuple(c for c in holding.clocks if c.started != instruction.given))


def _breached(card: Card, data: e.ClockBreached) -> Card:
    if data.clock == "screen":
        return replace(card, screen_late=True)
    card = replace(card, holdings=holdings.breached(card.holdings, data))
    if data.note is None:
        return card
    return replace(card, notes={**card.notes, data.note: Note(data.seat, data.superior)})


def _noted(card: Card, number: int, *, explained: bool | None = None, ruling: str | None = None) -> Card:
    note = card.notes.get(number)
    if note is None:
        return card
    changed = replace(note, explained=explained or note.explained, ruling=ruling or note.ruling)
    return replace(card, notes={**card.notes, number: changed})
