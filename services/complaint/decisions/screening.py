"""What it is and who gets it: the machine's proposal, a person's decision, a new assignment."""

from typing import assert_never

from services.complaint import commands as c
from services.complaint import events as e
from services.complaint import refusals
from services.complaint.decisions.base import LEVELS, NOTHING, Decision
from services.complaint.state import Closed, Opened, Resolved, Screening, Working


def propose(state: Opened, command: c.ProposeScreening) -> Decision:
    """A proposal that comes after a person has decided, or that says nothing new, leads to nothing."""
    if not isinstance(state, Screening):
        return NOTHING
    proposal = command.proposal
    if command.straight is None:
        before = state.proposal
        return NOTHING if before is not None and before.based_on == proposal.based_on else (proposal,)
    screened = e.ComplaintScreened(matter=proposal.matter, by="machine", summary=proposal.summary)
    return proposal, screened, _assigned(command.straight, "machine")


def screen(state: Opened, command: c.Screen) -> Decision:
    if not isinstance(state, Screening | Working):
        return refusals.NOT_OPEN
    if not _one_lead(command.assigning):
        return refusals.NO_LEAD_TWICE
    proposed = state.proposal.matter if isinstance(state, Screening) and state.proposal else None
    kept = max(command.matter.confidentiality, state.file.confidentiality, key=LEVELS.__getitem__)
    matter = e.Matter.model_validate({**command.matter.model_dump(), "confidentiality": kept})
    screened = e.ComplaintScreened(
        matter=matter,
        by="person",
        summary=command.summary,
        wording=command.wording,
        notes=command.notes,
        corrected=proposed is not None and proposed != matter,
    )
    assigned = _assigned(command.assigning, "person")
    if command.concerned_name is None and command.concerned_place is None:
        return screened, assigned
    concerned = e.ConcernedRecorded(name=command.concerned_name, place=command.concerned_place)
    return screened, concerned, assigned


def assign(state: Opened, command: c.Assign) -> Decision:
    match state:
        case Working():
            if not _one_lead(command.assigning):
                return refusals.NO_LEAD_TWICE
            return (_assigned(command.assigning, command.by),)
        case Screening():
            return refusals.NOT_SCREENED
        case Resolved() | Closed():
            return refusals.NOT_OPEN
        case _:
            assert_never(state)


def _one_lead(assigning: c.Assigning) -> bool:
    seats_named = [a.seat for a in assigning.assignments]
    leads = sum(a.role == "lead" for a in assigning.assignments)
    return leads == 1 and len(set(seats_named)) == len(seats_named)


def _assigned(assigning: c.Assigning, by: e.Decider) -> e.ComplaintAssigned:
    return e.ComplaintAssigned(
        assignments=assigning.assignments,
        by=by,
        rule=assigning.rule,
        policy=assigning.policy,
        instruction=assigning.instruction,
        reason=assigning.reason,
        rules=assigning.rules,
        left_out=assigning.left_out,
    )
