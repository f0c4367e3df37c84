"""What else gave a complaint to somebody, or took it away, between its assignments: a sentence each, in order. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from services.complaint import events as e
from services.contracts.envelope import Recorded

_WHY = {
    "unanswered": "nobody answered a missed date of {seat}",
    "danger": "a life is at risk and {seat} missed its date",
    "vacant": "nobody sits at {seat}",
}


@dataclass(frozen=True, slots=True)
class Passed:
    n: int
    at: datetime
    what: str


def passed_on(events: Iterable[Recorded[e.Event]]) -> list[Passed]:
    said = ((event, _said(event.data)) for event in events)
    return [Passed(event.n, event.at, what) for event, what in said if what is not None]


def _said(data: e.Event) -> str | None:  # one sentence per event
    match data:
        case e.AssignmentReturned():
            told = f", the lead's bounce number {data.bounce}" if data.bounce else ""
            forced = "; from now on only a coordinator moves it" if data.forced else ""
            return f"returned by {data.seat}: {data.ground}{told}{forced}"
        case e.ReturnRefused():
            return f"sent back to {data.seat} ({data.to.role}) by a ruling of {data.by}, who binds it there"
        case e.Escalated():
            return f"up the line from {data.from_seat} to {data.to}: {_WHY[data.reason].format(seat=data.seat)}"
        case e.InstructionGiven():
            return f"instruction {data.number} of {data.by} to {data.seat}"
        case e.SubtaskGiven():
            return f"part {data.number} of the work given by {data.by} to {data.seat}"
        case e.ComplaintMerged():
            return f"handled under another complaint of the same matter from here on, by {data.by}"
        case e.ComplaintUnmerged():
            return f"on its own again: {data.why}, by {data.by}"
        case _:
            return None
