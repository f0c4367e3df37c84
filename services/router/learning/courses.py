"""What a complaint's course says about whose it was: only people's decisions teach, the last one counts. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from services.complaint import events as e
from services.contracts.base import Function
from services.contracts.city import Seat
from services.contracts.envelope import Recorded
from services.router.learning.examples import Source

READ = frozenset({
    "complaint.screened", "complaint.assigned", "complaint.accepted", "complaint.resolved", "complaint.returned",
    "complaint.return_refused", "complaint.handed_off", "complaint.reporter_erased",
})  # fmt: skip
"""Types of the events that say something; others need not be decoded."""

DECIDED, HANDED_OFF, FINISHED, ACCEPTED = 1.0, 0.8, 0.8, 0.5
"""Weights: a person who read it and decided; an office that found the right one; work that was finished, or begun, as
the machine had assigned it, which is a quiet agreement."""

_DONE = frozenset({"fixed", "explained", "adopted", "not_adopted", "refused"})


@dataclass(frozen=True, slots=True)
class Label:
    functions: frozenset[Function]
    weight: float
    source: Source
    at: datetime


class Course:
    """One complaint, followed event by event."""

    __slots__ = ("_label", "_lead", "_matter", "erased", "words_until")

    def __init__(self) -> None:
        self._label: Label | None = None
        self._matter: Function | None = None
        self._lead: str | None = None
        self.words_until = 0
        """`n` of the screening: what the reporter said before it is what it was decided on."""
        self.erased = False

    @property
    def label(self) -> Label | None:
        """None: nobody has decided, or who did was contradicted and nobody has since; or the reporter was erased."""
        return None if self.erased else self._label

    def add(self, event: Recorded[e.Event], seats: Mapping[str, Seat]) -> None:  # one branch per event
        """The next event, in order; those that say nothing may be left out."""
        data, at = event.data, event.at
        match data:
            case e.ComplaintScreened():
                self._matter, self.words_until = data.matter.function, event.n
                self._label = None
                if data.by == "person":
                    source: Source = "corrected" if data.corrected else "screened"
                    self._label = Label(frozenset((data.matter.function,)), DECIDED, source, at)
            case e.ComplaintAssigned():
                self._lead = next((a.seat for a in data.assignments if a.role == "lead"), None)
                if data.by == "person":
                    self._belongs_to(seats.get(self._lead or ""), DECIDED, "ruled", at)
            case e.LeadHandedOff():
                self._lead = data.to.seat
                self._belongs_to(seats.get(data.to.seat), HANDED_OFF, "handed_off", at)
            case e.AssignmentReturned():
                if data.seat == self._lead:
                    self._lead = None
                    if data.ground == "not_our_function":
                        self._label = None
            case e.ReturnRefused():
                self._lead = data.to.seat
                self._belongs_to(seats.get(data.to.seat), DECIDED, "ruled", at)
            case e.AssignmentAccepted():
                self._carried_out(data.seat, seats, ACCEPTED, at)
            case e.ComplaintResolved():
                if data.closure in _DONE:
                    self._carried_out(data.seat, seats, FINISHED, at)
            case e.ReporterErased():
                self.erased = self.erased or data.party == "reporter:1"
            case _:
                return

    def _belongs_to(self, seat: Seat | None, weight: float, source: Source, at: datetime) -> None:
        """A person gave it to this seat. A camat or lurah may get anything; an agency only what it is there for."""
        if seat is None or seat.kind != "agency" or not seat.functions:
            return
        if self._matter in seat.functions:
            if self._label is None:
                self._label = Label(frozenset((self._matter,)), weight, source, at)
            return
        self._label = Label(frozenset(seat.functions), weight, source, at)
        self._matter = seat.functions[0] if len(seat.functions) == 1 else None

    def _carried_out(self, who: str, seats: Mapping[str, Seat], weight: float, at: datetime) -> None:
        """By the lead, with the matter as it stands; it says more the further it got, but less than a decision."""
        seat = seats.get(who)
        if who != self._lead or seat is None or self._matter is None or self._matter not in seat.functions:
            return
        if self._label is None or (self._label.source == "carried_out" and self._label.weight < weight):
            self._label = Label(frozenset((self._matter,)), weight, "carried_out", at)
