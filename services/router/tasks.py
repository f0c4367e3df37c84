"""The task of each office, made anew from the whole complaint. Pure: sealed words come in opened."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from services.complaint import events as e
from services.complaint import pauses
from services.complaint.decisions.seats import IN_CHARGE
from services.complaint.state import Closed, Desk, Hold, Resolved, RunningClock, State, Working
from services.contracts.city import City
from services.contracts.tasks import (
    Brief,
    Task,
    TaskClock,
    TaskInstruction,
    TaskPicture,
    TaskPlace,
    TaskPlan,
    TaskQuestion,
    TaskSignOff,
    TaskUpdate,
)
from services.router import task_pictures, task_size, task_work
from services.router.clocks import sentences
from services.router.clocks.begun import Begun, Identity, begun
from services.router.dossier import Dossier
from services.router.neighbours import is_neighbour, neighbour_safe

RELEVANT: dict[type[e.Event], TaskUpdate] = {
    e.ComplaintAssigned: "changed",
    e.AssignmentAccepted: "changed",
    e.ProgressReported: "changed",
    e.PlaceVisited: "changed",
    e.QuestionAsked: "changed",
    e.QuestionAnswered: "answered",
    e.AssignmentReturned: "changed",
    e.LeadHandedOff: "changed",
    e.ReturnRefused: "changed",
    e.DisposedInternally: "changed",
    e.QuestionLapsed: "changed",
    e.ExtensionAsked: "extended",
    e.ExtensionRuled: "extended",
    e.SubtaskGiven: "subtask",
    e.SubtaskDone: "subtask",
    e.SubtaskDeclined: "subtask",
    e.SubtaskDropped: "subtask",
    e.WorkPlanned: "changed",
    e.PlanWoke: "woke",
    e.InstructionGiven: "instructed",
    e.InstructionAnswered: "changed",
    e.ClockBreached: "changed",
    e.Escalated: "changed",
    e.ClocksRecomputed: "changed",
    e.ConfidentialityRaised: "changed",
    e.ConcernedRecorded: "changed",
    e.ContactAllowed: "changed",
    e.ContactDisallowed: "changed",
    e.EvidenceCleared: "changed",
    e.ResolutionSubmitted: "changed",
    e.SignOffEscalated: "changed",
    e.SignOffRecorded: "changed",
    e.ComplaintResolved: "resolved",
    e.ResolutionConfirmed: "closed",
    e.ComplaintClosed: "closed",
    e.ComplaintReopened: "reopened",
    e.ComplaintWithdrawn: "withdrawn",
    e.EntryUndone: "withdrawn",
    e.ReporterErased: "erased",
    e.ComplaintMerged: "merged",
    e.ComplaintUnmerged: "changed",
    e.MergeJoined: "changed",
    e.MergeLeft: "changed",
    e.MatterReopened: "reopened",
    e.MatterClosed: "closed",
}
"""Events after which offices must see their task anew, and its name for that; a seat that is new sees `assigned`."""


@dataclass(frozen=True, slots=True)
class View:
    """A complaint with the clear words that its offices may read (`words_in_clear.for_offices`, opened)."""

    city: City
    dossier: Dossier
    clear: Mapping[str, str | None]
    at: datetime
    traceparent: str | None = None


@dataclass(frozen=True, slots=True)
class _Same:
    """What is the same in the tasks of all seats of a complaint."""

    place: TaskPlace | None
    brief: Brief
    began: Mapping[Identity, Begun]
    questions: tuple[TaskQuestion, ...]
    plan: TaskPlan | None
    pictures: tuple[TaskPicture, ...]
    sign_off: TaskSignOff | None


def _same(view: View, state: Working | Resolved | Closed, desk: Desk) -> _Same:
    return _Same(
        place=_place(view.city, desk.matter),
        brief=_brief(view, erased=bool(state.file.erased)),
        began=begun(view.dossier.events),
        questions=_questions(view, desk),
        plan=task_work.plan(view.dossier, view.clear) if desk.plan is not None else None,
        pictures=task_pictures.pictures(view.dossier),
        sign_off=task_pictures.sign_off(view.dossier, desk, view.clear.get("sign_off")),
    )


def task(view: View, seat: str, update: TaskUpdate) -> Task:
    """The whole current task of one seat; without a part in the complaint it is a tombstone."""
    return of_seats(view, {seat: update})[0]


def of_seats(view: View, updates: Mapping[str, TaskUpdate]) -> list[Task]:
    """As `task`, for several seats of one complaint."""
    state = view.dossier.state
    if (
        not isinstance(state, Working | Resolved | Closed)
        or state.desk is None
        or updates.keys().isdisjoint(state.desk.holds)
    ):
        return [tombstone(view, seat, update) for seat, update in updates.items()]
    same = _same(view, state, state.desk)
    return [_task(view, seat, update, same) for seat, update in updates.items()]


def _task(view: View, seat: str, update: TaskUpdate, same: _Same) -> Task:
    state = view.dossier.state
    if not isinstance(state, Working | Resolved | Closed) or state.desk is None or seat not in state.desk.holds:
        return tombstone(view, seat, update)
    if isinstance(state, Closed) and state.end is None:
        return tombstone(view, seat, "withdrawn")
    desk, hold = state.desk, state.desk.holds[seat]
    matter = desk.matter
    made = Task(
        complaint=view.dossier.complaint,
        n=view.dossier.n,
        city=view.city.id,
        seat=seat,
        ticket=view.dossier.ticket,
        update=update,
        state="closed"
        if isinstance(state, Closed)
        else "resolved"
        if isinstance(state, Resolved)
        else "waiting_sign_off"
        if desk.submission is not None
        else "waiting_reporter"
        if desk.questions
        else "planned"
        if desk.plan is not None
        else "open",
        role=hold.role,
        kind=matter.kind,
        category=matter.category,
        function=matter.function,
        urgency=matter.urgency,
        confidentiality=state.file.confidentiality,
        place=same.place,
        brief=same.brief,
        clocks=_clocks(view, desk, hold, same.began),
        instructions=_instructions(view, desk, seat),
        questions=same.questions,
        extensions=task_work.extensions(view.dossier, seat),
        subtasks=task_work.subtasks(view.dossier, desk, view.clear, seat),
        plan=same.plan,
        unit=task_work.unit(view.dossier, seat),
        fixed_here=seat in desk.bound
        or (desk.forced and hold.role in IN_CHARGE)
        or (hold.role == "superior" and desk.lead in desk.bound),
        pictures=same.pictures,
        sign_off=same.sign_off,
        round=desk.round,
        may_be_called=not state.file.callable <= state.file.erased,
        reporters=1 + len(state.file.shared.joined),
        at=view.at,
        traceparent=view.traceparent,
    )
    return task_size.within(neighbour_safe(made, view.city) if is_neighbour(view.city, seat) else made)


def tombstone(view: View, seat: str, update: TaskUpdate) -> Task:
    """Drop what you hold of this complaint but its id."""
    return Task(
        complaint=view.dossier.complaint,
        n=view.dossier.n,
        city=view.city.id,
        seat=seat,
        ticket=view.dossier.ticket,
        update=update if update in ("withdrawn", "merged", "erased") else "withdrawn",
        state="gone",
        role=None,
        at=view.at,
        traceparent=view.traceparent,
    )


def _place(city: City, matter: e.Matter) -> TaskPlace | None:
    if matter.district_code is None and matter.ward_code is None:
        return None
    ward = city.wards.get(matter.ward_code) if matter.ward_code else None
    code = city.district_of(ward.code).code if ward else matter.district_code
    district = next((d.name for d in city.districts if d.code == code), None)
    return TaskPlace(district=district, ward=ward.name if ward else None, ward_code=ward.code if ward else None)


def _brief(view: View, *, erased: bool) -> Brief:
    """After an erasure only what rules made of category and place is left."""
    screened = next(ev.data for ev in reversed(view.dossier.events) if isinstance(ev.data, e.ComplaintScreened))
    summary = screened.summary
    instruction = view.clear.get("instruction")
    if instruction:
        summary = f"{summary} Arahan: {instruction}"
    if erased:
        return Brief(summary=summary)
    return Brief(
        summary=summary,
        wording=view.clear.get("wording") if screened.wording is not None else None,
        concerned_name=view.clear.get("concerned_name"),
        concerned_place=view.clear.get("concerned_place"),
    )


def _clocks(view: View, desk: Desk, hold: Hold, began: Mapping[Identity, Begun]) -> tuple[TaskClock, ...]:
    shown: list[TaskClock] = []
    for clock in hold.clocks:
        running = not pauses.paused(desk, clock)
        rule = "at" if clock.extended is None else "extended"
        started = None if clock.extended else began.get((clock.name, clock.seat, clock.started))
        shown.append(
            TaskClock(
                name=clock.name,
                due=clock.due,
                because=sentences.because(
                    view.city,
                    started.clock if started is not None else _set_anew(view, clock, rule),
                    clock.due,
                    recomputed=started is not None and started.recomputed,
                    waited={wait.reason for wait in started.waits} if started is not None else (),
                ),
                running=running,
            )
        )
    return tuple(shown)


def _set_anew(view: View, clock: RunningClock, rule: str) -> e.Clock:
    return e.Clock(name=clock.name, seat=clock.seat, due=clock.due, rule=rule, policy=view.city.policy.version)


def _instructions(view: View, desk: Desk, seat: str) -> tuple[TaskInstruction, ...]:
    return tuple(
        TaskInstruction(
            number=event.data.number,
            by=event.data.by,
            text=view.clear.get(f"instruction.{event.data.number}") or "",
            due=event.data.due,
            answered=desk.instructions[event.data.number].answered,
        )
        for event in view.dossier.events
        if isinstance(event.data, e.InstructionGiven) and event.data.seat == seat
    )


def _questions(view: View, desk: Desk) -> tuple[TaskQuestion, ...]:
    lapses = (event.data for event in view.dossier.events if isinstance(event.data, e.QuestionLapsed))
    lapsed = {number for data in lapses for number in data.numbers}
    return tuple(
        TaskQuestion(
            number=event.data.number,
            question=view.clear.get(f"question.{event.data.number}") or "",
            answered=event.data.number not in desk.questions and event.data.number not in lapsed,
            lapsed=event.data.number in lapsed,
        )
        for event in view.dossier.events
        if isinstance(event.data, e.QuestionAsked)
    )


def _role(state: State, seat: str) -> e.Role | None:
    desk = getattr(state, "desk", None)
    return desk.holds[seat].role if isinstance(desk, Desk) and seat in desk.holds else None


def updates(dossier: Dossier, since: int, before: frozenset[str]) -> dict[str, TaskUpdate]:
    """Which seats must see their task anew after event `since`, and why. `before`: who held it then."""
    last: TaskUpdate | None = None
    for event in dossier.events[since - 1 :]:
        last = RELEVANT.get(type(event.data), last)
    if last is None:
        return {}
    state = dossier.state
    now = frozenset(state.desk.holds) if isinstance(state, Working | Resolved | Closed) and state.desk else frozenset()
    gone: TaskUpdate = "merged" if last == "merged" else "withdrawn"
    found: dict[str, TaskUpdate] = dict.fromkeys(sorted(before - now), gone)
    for seat in sorted(now):
        new: TaskUpdate = "escalated" if _role(state, seat) == "superior" else "assigned"
        found[seat] = last if seat in before else new
    return found
