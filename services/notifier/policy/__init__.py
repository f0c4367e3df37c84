"""The table of who hears what (`contracts.hearing.table`), asked. Pure.

Two questions. `for_reporter` and `for_seats` ask the event alone, so that an event which interests nobody costs
nothing. `still_said` and `still_told` ask again when the words are about to be sent, with the complaint as it stands
then: a promise that has been overtaken is not sent at all, because a newer notice says how things stand.
"""

from dataclasses import dataclass
from datetime import datetime

from services.complaint import events as e
from services.complaint.state import Merged, State, Unopened
from services.contracts.base import given
from services.contracts.city import City
from services.contracts.envelope import Recorded
from services.contracts.hearing import table
from services.contracts.hearing.rows import Row
from services.notifier.policy.cases import AFTER_REOPENING, CASES
from services.notifier.policy.holding import TO_REPORTER, TO_SEAT
from services.notifier.policy.seats import LEAD, halfway, lead_of, seats
from services.notifier.policy.walls import danger, wall

__all__ = [
    "AFTER_REOPENING", "INTERESTING", "LEAD", "ONCE", "REPORTER", "Planned", "Told", "danger", "for_reporter",
    "for_seats", "lead_of", "still_said", "still_told", "still_true", "unwanted",
    "wall",
]  # fmt: skip

ONCE = "once"
"""In place of an event's id: one notice of this template in a complaint's whole life."""

REPORTER = "reporter:1"

Event = Recorded[e.Event]


@dataclass(frozen=True, slots=True)
class Planned:
    """To a reporter. `of` makes the notice one and the same however often it is planned: the event's id, or `ONCE`."""

    template: str
    party: str
    of: str
    row: str
    at: datetime | None = None
    """Not before then; None: the row's own time."""


@dataclass(frozen=True, slots=True)
class Told:
    """To a seat. `at`: not before then; None: the row's own time."""

    template: str
    seat: str
    row: str
    at: datetime | None = None


def _by_event(rows: tuple[Row, ...]) -> dict[str, tuple[Row, ...]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        if row.event.split(".", 1)[0] not in table.NO_EVENTS:
            found.setdefault(row.event, []).append(row)
    return {event: tuple(rows) for event, rows in found.items()}


_REPORTERS = _by_event(table.REPORTER)
_SEATS = _by_event(table.SEATS)

INTERESTING = frozenset(_REPORTERS) | frozenset(_SEATS)
"""Every other type is passed over unread."""

_NAMES = {data: name for name, data in e.TYPES.items()}


def for_reporter(event: Event) -> tuple[Planned, ...]:
    """What this event may give the reporter to hear."""
    rows = _REPORTERS.get(event.type, ())
    fits = [row for row in rows if not row.case or CASES[row.case](event)]
    if not fits:
        return ()
    party = given(event.data, "party") or given(event.data, "reporter") or REPORTER
    # An audit speaks for nobody; its reopening is told to the complaint's own reporter.
    party = party if party.startswith("reporter:") else REPORTER
    planned = (
        Planned(row.template, party, ONCE if row.once else event.id, row.id, halfway(event) if row.at else None)
        for row in fits
    )
    return tuple(one for one in planned if one.at is None or one.at > event.at)


def for_seats(event: Event) -> tuple[Told, ...]:
    """Which seats may hear of it."""
    rows = [row for row in _SEATS.get(event.type, ()) if not row.case or CASES[row.case](event)]
    return tuple(Told(row.template, seat, row.id, at) for row in rows for seat, at in seats(row, event))


_OF_THE_HANDLING = frozenset({
    "assigned", "accepted", "progressed", "visited", "breached", "returned", "handed_off", "resolved", "extended",
    "sent_back", "planned", "plan_woke", "word_reminded",
})  # fmt: skip
"""Who has come to his end, or was asked, hears none of these when another one's BELUM has the work begin again."""


def unwanted(template: str, event: Event, state: State) -> bool:
    """Its reporter wants no more news, and this is some (`Row.after_stop`)."""
    if isinstance(state, Unopened) or not state.file.hushed:
        return False
    party = given(event.data, "party") or given(event.data, "reporter") or REPORTER
    if (party if party.startswith("reporter:") else REPORTER) not in state.file.hushed:
        return False
    row = next((row for row in _REPORTERS.get(event.type, ()) if row.template == template), None)
    return row is not None and not row.after_stop


def still_said(template: str, event: Event, state: State) -> bool:
    """Whether the words to the reporter are still true and of use, the complaint being where it is now."""
    if isinstance(state, Unopened) or unwanted(template, event, state):
        return False
    if template != "erased" and getattr(event.data, "party", REPORTER) in state.file.erased:
        return False
    if template in _OF_THE_HANDLING and state.file.shared.quiet:
        return False
    if isinstance(event.data, e.MatterAdvanced):
        return isinstance(state, Merged) and state.ended is None and state.asked is None
    return still_true(template, event.data, state)


def still_true(template: str, data: e.Event, state: State) -> bool:
    """As `still_said`, whoever is to hear it."""
    rows = _REPORTERS.get(_NAMES[type(data)], ())
    row = next((row for row in rows if row.template == template), None)
    return row is None or not row.holds or TO_REPORTER[row.holds](data, state)


def still_told(template: str, seat: str, event: Event, state: State, city: City) -> str | None:
    """Why the seat is not told any more: `overtaken`, or one of the walls; None: it is true and of use."""
    row = next((row for row in _SEATS.get(event.type, ()) if row.template == template), None)
    if row is not None and row.holds and not TO_SEAT[row.holds](event.data, seat, state):
        return "overtaken"
    return wall(city, state, seat)
