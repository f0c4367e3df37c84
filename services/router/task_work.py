"""What a task says of more time, parts of the work and plans. Pure."""

from collections.abc import Mapping

from services.complaint import events as e
from services.complaint.state import Desk
from services.contracts.tasks import TaskExtension, TaskPlan, TaskSubtask
from services.router.dossier import Dossier


def unit(dossier: Dossier, seat: str) -> str | None:
    """What was said last: with the assignment, or inside the office."""
    found: str | None = None
    for event in dossier.events:
        match event.data:
            case e.ComplaintAssigned():
                found = next((a.unit for a in event.data.assignments if a.seat == seat and a.clocks), found)
            case e.LeadHandedOff() if event.data.to.seat == seat:
                found = event.data.to.unit
            case e.DisposedInternally() if event.data.seat == seat:
                found = event.data.unit or found
            case _:
                continue
    return found


def extensions(dossier: Dossier, seat: str) -> tuple[TaskExtension, ...]:
    """The wishes of this seat, in order."""
    ruled = {ev.data.number: ev.data for ev in dossier.events if isinstance(ev.data, e.ExtensionRuled)}
    found: list[TaskExtension] = []
    for event in dossier.events:
        if isinstance(event.data, e.ExtensionAsked) and event.data.seat == seat:
            wish = event.data
            ruling = ruled.get(wish.number)
            until = wish.until if ruling is None or ruling.until is None else ruling.until
            said = None if ruling is None else ruling.ruling
            found.append(TaskExtension(number=wish.number, clock=wish.clock, until=until, ruling=said))
    return tuple(found)


def subtasks(dossier: Dossier, desk: Desk, clear: Mapping[str, str | None], seat: str) -> tuple[TaskSubtask, ...]:
    """All of them for the lead, for every other seat its own."""
    return tuple(
        TaskSubtask(
            number=given.number,
            by=given.by,
            seat=given.seat,
            text=clear.get(f"subtask.{given.number}") or "",
            due=given.due,
            standing=desk.subtasks[given.number].standing,
            answer=clear.get(f"subtask.{given.number}.answer"),
        )
        for given in (event.data for event in dossier.events if isinstance(event.data, e.SubtaskGiven))
        if seat in (given.seat, desk.lead)
    )


def plan(dossier: Dossier, clear: Mapping[str, str | None]) -> TaskPlan | None:
    """The date that stands now."""
    planned = [event.data for event in dossier.events if isinstance(event.data, e.WorkPlanned)]
    if not planned:
        return None
    return TaskPlan(programme=clear.get("programme") or "", date=planned[-1].wakes, moves=planned[-1].moves)
