"""The hand-off ledger, and what holds of every history of the work: no gap, no overlap, no time won or lost."""

import itertools
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from services.complaint import commands as c
from services.complaint import events as e
from services.complaint import pauses
from services.complaint.decide import decide
from services.complaint.ledger import Entry, charged, ledger
from services.complaint.state import Desk, RunningClock, Working
from services.contracts.commands import Refusal
from tests.complaint.given import Life, assigned, assigning, cause, clock, message, resolving, sealed

H = sealed("handling")
HOUR = timedelta(hours=1)
SEATS = st.sampled_from(["dlh", "camat-contoh", "pupr"])


def hand(life: Life, seat: str, to: str) -> c.HandOff:
    due = life.now + 24 * HOUR
    part = e.Assignment(seat=to, role="lead", clocks=(clock(to, due), clock(to, due, "resolve")))
    return c.HandOff(cause=cause(f"hand {len(life.events)}"), seat=seat, to=part, reason=H, most_bounces=3)


def told(entries: tuple[Entry, ...], start: datetime) -> list[tuple[str | None, str, float, float | None]]:
    return [
        (x.holder, x.why, (x.since - start) / HOUR, None if x.until is None else (x.until - start) / HOUR)
        for x in entries
    ]


def test_who_held_it_from_when_to_when_and_what_the_reporter_took() -> None:
    life = assigned()
    start = life.now
    life.later(hours=2).when(c.AskReporter(cause=cause("ask"), seat="dlh", question=H))
    life.later(hours=3).when(c.AddMessage(cause=cause("answer"), party="reporter:1", message=message()))
    life.later(hours=1).when(hand(life, "dlh", "pupr"))
    life.later(hours=4).when(c.ReturnAssignment(cause=cause("no"), seat="pupr", ground="not_our_area", reason=H))
    life.later(hours=2).when(c.Assign(cause=cause("rule"), by="person", assigning=assigning(life.now, "perkim", ())))
    wakes = life.now + 48 * HOUR
    life.later(hours=1).when(
        c.PlanWork(cause=cause("plan"), seat="perkim", programme=H, text=H, wakes=wakes, most_moves=2)
    )
    entries = ledger(life.events)
    assert told(entries, start) == [
        ("dlh", "work", 0, 2), ("dlh", "reporter", 2, 5), ("dlh", "work", 5, 6), ("pupr", "work", 6, 10),
        (None, "ruling", 10, 12), ("perkim", "work", 12, 13), ("perkim", "planned", 13, None),
    ]  # fmt: skip
    assert [x.ended_by for x in entries] == [
        "complaint.question_asked", "complaint.question_answered", "complaint.handed_off", "complaint.returned",
        "complaint.assigned", "complaint.planned", None,
    ]  # fmt: skip
    spent = charged(entries, start + 20 * HOUR)
    assert spent == {"dlh": 3 * HOUR, "pupr": 4 * HOUR, None: 2 * HOUR, "perkim": 8 * HOUR}


def test_it_ends_with_the_resolution_and_begins_again_with_a_reopening() -> None:
    life = assigned()
    start = life.now
    life.later(hours=5).when(resolving(life))
    life.later(hours=7).when(c.SayNotDone(cause=cause("no"), party="reporter:1", message=message()))
    life.later(hours=1).when(resolving(life))
    assert told(ledger(life.events), start) == [("dlh", "work", 0, 5), ("dlh", "work", 12, 13)]


def test_nothing_is_charged_before_somebody_has_it() -> None:
    life = assigned()
    assert ledger(life.events[:2]) == ()
    assert len(ledger(life.events)) == 1


def _command(life: Life, kind: int, seat: str, other: str, hours: int) -> c.Command:
    by, later = cause(f"step {len(life.events)} {kind} {hours}"), life.now + hours * HOUR
    said = message()
    last = max((ev.n for ev in life.events if isinstance(ev.data, e.WorkPlanned)), default=0)
    number = hours % 3 + 1
    commands: list[c.Command] = [
        c.AskReporter(cause=by, seat=seat, question=H, remind_at=later, lapse_at=later),
        c.LapseQuestion(cause=by, number=number),
        c.AddMessage(cause=by, party="reporter:1", message=said),
        c.ReturnAssignment(cause=by, seat=seat, ground="not_our_function", reason=H, most_bounces=3),
        c.RefuseReturn(cause=by, by="sekda", number=number, reason=H, policy=1),
        hand(life, seat, other),
        c.Assign(cause=by, by="person", assigning=assigning(life.now, seat, ())),
        c.PlanWork(cause=by, seat=seat, programme=H, text=H, wakes=later, most_moves=99),
        c.WakePlan(cause=by, started=last),
        c.GiveSubtask(cause=by, by=seat, seat=other, text=H, due=later),
        c.FinishSubtask(cause=by, seat=seat, number=number, text=H),
        c.Instruct(cause=by, by="walikota", seat=other, text=H, due=later),
        c.AskExtension(cause=by, seat=seat, clock="resolve", until=later + 99 * HOUR, reason=H),
        c.RuleExtension(cause=by, by="sekda", coordinates=True, number=number, ruling="granted", reason=H),
        resolving(life, seat=seat, closure="explained"),
        c.SayNotDone(cause=by, party="reporter:1", message=said),
        c.Accept(cause=by, seat=seat, finish_by=later),
    ]
    return commands[kind % len(commands)]


STEPS = st.lists(st.tuples(st.integers(0, 16), SEATS, SEATS, st.integers(0, 30)), min_size=1, max_size=40)


def _lived(steps: list[tuple[int, str, str, int]]) -> tuple[Life, list[tuple[Desk, Desk, e.Event, datetime]]]:
    life, changes = assigned(), []
    for kind, seat, other, hours in steps:
        life.later(hours=hours)
        command = _command(life, kind, seat, other, hours)
        if isinstance(decide(life.state, command, life.now), Refusal):
            continue
        before = life.state
        events = life.when(command)
        if len(events) == 1 and isinstance(before, Working) and isinstance(life.state, Working):
            changes.append((before.desk, life.state.desk, events[0], life.now))
    return life, changes


@given(STEPS)
@settings(max_examples=300, deadline=None)
def test_every_moment_from_assignment_to_resolution_stands_in_exactly_one_entry(
    steps: list[tuple[int, str, str, int]],
) -> None:
    life, _ = _lived(steps)
    entries = ledger(life.events)
    begun = [ev.at for ev in life.events if isinstance(ev.data, e.ComplaintReopened)]
    spans = [(life.events[3].at, None), *((at, None) for at in begun)]
    ends = [ev.at for ev in life.events if isinstance(ev.data, e.ComplaintResolved)]
    wanted = sum(((ends[i] if i < len(ends) else life.now) - start for i, (start, _) in enumerate(spans)), timedelta())
    assert sum((x.lasted(life.now) for x in entries), timedelta()) == wanted
    for one, following in itertools.pairwise(entries):
        assert one.until is not None
        assert one.since < one.until <= following.since
        assert one.until == following.since or following.since in begun
    assert all(x.holder is not None for x in entries if x.why in ("work", "planned"))


@given(STEPS)
@settings(max_examples=300, deadline=None)
def test_no_pause_shortens_or_lengthens_a_clock_and_only_a_granted_extension_moves_it(
    steps: list[tuple[int, str, str, int]],
) -> None:
    for before, after, event, at in _lived(steps)[1]:
        if isinstance(event, e.ComplaintAssigned | e.LeadHandedOff):
            continue
        old, new = _standing(before, at), _standing(after, at)
        for key in old.keys() & new.keys():
            if isinstance(event, e.ExtensionRuled) and event.moved and new[key] != old[key]:
                assert new[key] == event.until
            else:
                assert new[key] == old[key], type(event).__name__


def _standing(desk: Desk, at: datetime) -> dict[tuple[str, str, int], datetime]:
    """Where each clock would stand if it ran on from now."""

    def key(one: RunningClock) -> tuple[str, str, int]:
        return one.seat, one.name, one.started

    return {
        key(one): pauses.due(desk, one, at) for hold in desk.holds.values() for one in hold.clocks if not one.breached
    }
