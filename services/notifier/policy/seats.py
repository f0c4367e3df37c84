"""Which seats a row of the table means, and moments of its own before which it is not told. Pure, over the event."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from services.complaint import events as e
from services.complaint.state import State
from services.contracts.envelope import Recorded
from services.contracts.hearing.rows import Row

Event = Recorded[e.Event]

LEAD = "@lead"
"""In place of a seat: whoever leads it now."""

SOON_SHARE = 0.25
"""A clock's reminder comes when a quarter of its time is left, but not for a clock of less than …"""
SOON_LEAST = timedelta(hours=2)
SOON_MOST = timedelta(days=1)
"""… and not earlier than a day before."""


def seats(row: Row, event: Event) -> Iterator[tuple[str, datetime | None]]:
    """Each with the moment before which it hears nothing; None: there is none."""
    match row.hears:
        case "given":
            for one in _given(event.data):
                if row.at != "soon":
                    yield one.seat, None
                elif (soon := _soon(event.at, one)) is not None:
                    yield one.seat, soon
        case "named" if isinstance(event.data, e.SeatsMentioned):
            for seat in event.data.seats:
                if seat != event.data.by:
                    yield seat, None
        case "named":
            yield named(event.data) or LEAD, None
        case "lead":
            yield LEAD, None
        case _:
            return


def _given(data: e.Event) -> tuple[e.Assignment, ...]:
    match data:
        case e.ComplaintAssigned():
            return data.assignments
        case e.LeadHandedOff() | e.ReturnRefused():
            return (data.to,)
        case _:
            return ()


def named(data: e.Event) -> str | None:
    """The seat that is meant, not the one that acts."""
    match data:
        case e.Escalated():
            return data.to
        case e.ExtensionAsked():
            return data.superior
        case _:
            seat: str | None = getattr(data, "seat", None)
            return seat


def _soon(began: datetime, assignment: e.Assignment) -> datetime | None:
    """One reminder of the clock for the first response; later clocks are of the officer's own making."""
    for clock in assignment.clocks:
        length = clock.due - began
        if clock.name == "first_response" and length >= SOON_LEAST:
            return clock.due - min(length * SOON_SHARE, SOON_MOST)
    return None


def halfway(event: Event) -> datetime:
    """Of the time within which the reporter is asked for his word; no time of its own where none was named."""
    data = event.data
    until = getattr(data, "confirm_by", None) if isinstance(data, e.ComplaintResolved | e.MatterResolved) else None
    return event.at if until is None else event.at + (until - event.at) / 2


def lead_of(state: State) -> str | None:
    desk = getattr(state, "desk", None)
    lead: str | None = getattr(desk, "lead", None)
    return lead
