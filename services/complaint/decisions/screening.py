"""What it is and who gets it: the machine's proposal, a person's decision, a new assignment."""

from datetime import datetime
from typing import assert_never

from services.complaint import commands as c
from services.complaint import events as e
from services.complaint import refusals
from services.complaint.decisions import moving
from services.complaint.decisions.base import LEVELS, NOTHING, Decision
from services.complaint.state import Closed, Desk, Opened, Resolved, Screening, Working
from services.contracts.commands import Refusal


def propose(state: Opened, command: c.ProposeScreening, at: datetime) -> Decision:
    """A proposal that comes after a person has decided, or that says nothing new, leads to nothing."""
    if not isinstance(state, Screening):
        return NOTHING
    proposal = command.proposal
    if command.straight is None:
        before = state.proposal
        return NOTHING if before is not None and before.based_on == proposal.based_on else (proposal,)
    matter = _as_closed(proposal.matter, state)
    if matter.confidentiality == "secret" != proposal.matter.confidentiality:
        return (proposal,)  # the word RAHASIA came while the machine was reading: a person decides first
    screened = e.ComplaintScreened(matter=matter, by="machine", summary=proposal.summary)
    return proposal, screened, moving.assigned(command.straight, "machine", at=at)


def screen(state: Opened, command: c.Screen, at: datetime) -> Decision:
    if not isinstance(state, Screening | Working):
        return refusals.NOT_OPEN
    if not _one_lead(command.assigning):
        return refusals.NO_LEAD_TWICE
    proposed = state.proposal.matter if isinstance(state, Screening) and state.proposal else None
    matter = _as_closed(command.matter, state)
    screened = e.ComplaintScreened(
        matter=matter,
        by="person",
        summary=command.summary,
        wording=command.wording,
        notes=command.notes,
        corrected=proposed is not None and proposed != matter,
    )
    desk = state.desk if isinstance(state, Working) else None
    assigned = moving.assigned(command.assigning, "person", desk, at=at)
    if command.concerned_name is None and command.concerned_place is None:
        return screened, assigned
    concerned = e.ConcernedRecorded(name=command.concerned_name, place=command.concerned_place)
    return screened, concerned, assigned


def _as_closed(matter: e.Matter, state: Screening | Working) -> e.Matter:
    """Nobody's screening lowers what was raised meanwhile."""
    kept = max(matter.confidentiality, state.file.confidentiality, key=LEVELS.__getitem__)
    return e.Matter.model_validate({**matter.model_dump(), "confidentiality": kept})


def locate(state: Opened, command: c.Locate, at: datetime) -> Decision:
    """Only where nobody knew it yet: a place that stands is for people to correct."""
    if not isinstance(state, Working) or state.desk.matter.district_code is not None:
        return NOTHING
    matter = _as_closed(command.matter, state)
    screened = e.ComplaintScreened(matter=matter, by="machine", summary=command.summary)
    if command.assigning is None:
        return (screened,)
    return screened, moving.assigned(command.assigning, "machine", state.desk, at=at)


def assign(state: Opened, command: c.Assign, at: datetime) -> Decision:
    match state:
        case Working():
            if not _one_lead(command.assigning):
                return refusals.NO_LEAD_TWICE
            refusal = _not_misassigned(state.desk, command)
            if refusal is not None:
                return refusal
            return (moving.assigned(command.assigning, command.by, state.desk, command.misassigned, at=at),)
        case Screening():
            return refusals.NOT_SCREENED
        case Resolved() | Closed():
            return refusals.NOT_OPEN
        case _:
            assert_never(state)


def _not_misassigned(desk: Desk, command: c.Assign) -> Refusal | None:
    """Only a seat that had to do with it, and from now on has not, can have got it wrongly."""
    named = {assignment.seat for assignment in command.assigning.assignments}
    had = {*desk.holds, *(r.seat for r in desk.returns.values()), *(note.seat for note in desk.notes.values())}
    if not named.isdisjoint(command.misassigned):
        return refusals.STILL_HELD
    return refusals.NEVER_HELD if set(command.misassigned) - had else None


def _one_lead(assigning: c.Assigning) -> bool:
    seats_named = [a.seat for a in assigning.assignments]
    leads = sum(a.role == "lead" for a in assigning.assignments)
    return leads == 1 and len(set(seats_named)) == len(seats_named)
