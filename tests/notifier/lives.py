"""Lives of complaints as the tests of the policy tell them; each returns one that has come so far."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from services.complaint import commands as c
from services.complaint import events as e
from services.notifier import policy
from tests.complaint import given
from tests.complaint import test_contact as contact
from tests.complaint import test_news as news
from tests.complaint.given import Life, cause

Given = Callable[[], Life]


def accepted(by: timedelta | None) -> Given:
    def life() -> Life:
        life = given.assigned()
        until = None if by is None else life.now + by
        life.when(c.Accept(cause=cause("accept"), seat="dlh", finish_by=until))
        return life

    return life


def asked() -> Life:
    life = given.assigned()
    life.when(c.AskReporter(cause=cause("ask"), seat="dlh", question=given.sealed("handling")))
    return life


def breached() -> Life:
    life = given.assigned().later(hours=25)
    life.when(c.BreachClock(cause=cause("breach"), clock="first_response", seat="dlh", started=4, superior="asisten-2"))
    return life


def silent() -> Life:
    life = given.resolved().later(days=15)
    life.when(c.CloseAtTerm(cause=cause("term")))
    return life


def unreachable() -> Life:
    life = given.resolved()
    told = c.RecordUnreachable(
        cause=cause("u"), party="reporter:1", notice="n", about=5, channel="whatsapp", reason="not_on_channel"
    )
    life.when(told)
    life.later(days=15).when(c.CloseAtTerm(cause=cause("term")))
    return life


def reopened() -> Life:
    life = given.resolved()
    life.when(c.SayNotDone(cause=cause("no"), party="reporter:1", message=given.message()))
    return life


def audited(*, passed: bool) -> Life:
    life = given.resolved()
    life.when(c.DrawAudit(cause=cause("draw"), round=1, share=0.1, policy=1))
    life.when(c.RecordAudit(cause=cause("audit"), seat="inspektorat", passed=passed, text=given.sealed("handling")))
    return life


def submitted() -> Life:
    life = given.assigned()
    to_sign = c.SignOffAsked(to="lurah-contoh", due=life.now, rule="48h", policy=1, why=("flagged",))
    life.when(given.resolving(life, sign_off=to_sign))
    return life


def returned() -> Life:
    life = given.assigned()
    life.when(
        c.ReturnAssignment(
            cause=cause("return"), seat="dlh", ground="not_our_function", reason=given.sealed("handling")
        )
    )
    return life


def told() -> Life:
    life = given.received()
    life.when(
        c.RecordTold(
            cause=cause("told"), party="reporter:1", notice="n", about=1, template="received", channel="whatsapp"
        )
    )
    return life


def assigned_again() -> Life:
    life = reopened()
    again = replace(given.assigning(life.now), rule=policy.AFTER_REOPENING)
    life.when(c.Assign(cause=cause("again"), by="machine", assigning=again))
    return life


def resolving_by(days: float) -> Life:
    """`dlh` leads with a clock for the resolution."""
    life = given.received()
    clock = given.clock("dlh", life.now + timedelta(days=days), "resolve")
    part = e.Assignment(seat="dlh", role="lead", clocks=(clock,))
    straight = c.Assigning(assignments=(part,), rule="function", policy=1)
    life.when(c.ProposeScreening(cause=cause("propose"), proposal=given.proposal(1), straight=straight))
    return life


def extension(ruling: Any) -> Given:
    def life() -> Life:
        life = resolving_by(10)
        later = life.now + timedelta(days=20)
        life.when(c.AskExtension(
            cause=cause("more"), seat="dlh", clock="resolve", until=later, reason=given.sealed("handling"),
        ))  # fmt: skip
        life.when(c.RuleExtension(
            cause=cause("rule"), by="sekda", coordinates=True, number=1, ruling=ruling,
            reason=given.sealed("handling"),
        ))  # fmt: skip
        return life

    return life


def sent_back() -> Life:
    life = returned()
    life.when(c.RefuseReturn(cause=cause("no"), by="sekda", number=1, reason=given.sealed("handling"), policy=1))
    return life


def planned() -> Life:
    life = resolving_by(10)
    words = given.sealed("handling")
    life.when(c.PlanWork(
        cause=cause("plan"), seat="dlh", programme=words, text=words, wakes=life.now + timedelta(days=30), most_moves=2,
    ))  # fmt: skip
    return life


def woken() -> Life:
    life = planned().later(days=30)
    life.when(c.WakePlan(cause=cause("wake"), started=life.events[-1].n))
    return life


def unanswered(*, lapsed: bool) -> Given:
    def life() -> Life:
        life = given.assigned()
        end = life.now + timedelta(days=5)
        life.when(c.AskReporter(
            cause=cause("ask"), seat="dlh", question=given.sealed("handling"), remind_at=life.now, lapse_at=end,
        ))  # fmt: skip
        life.when(c.RemindReporter(cause=cause("remind"), number=1))
        if lapsed:
            life.later(days=5).when(c.LapseQuestion(cause=cause("lapse"), number=1))
        return life

    return life


def part_of_the_work() -> Life:
    life = given.assigned()
    words = given.sealed("handling")
    life.when(c.GiveSubtask(cause=cause("give"), by="dlh", seat="pupr", text=words, due=life.now + timedelta(days=1)))
    life.later(days=2).when(c.BreachClock(cause=cause("late"), clock="subtask", seat="pupr", started=5))
    return life


def somewhere(*said: e.Whereabouts | None) -> Life:
    """A proposal for each message, with what is known of the place then."""
    life = given.received()
    for number, whereabouts in enumerate(said, start=1):
        proposal = e.ScreeningProposed.model_validate(
            {**given.proposal(number).model_dump(), "whereabouts": whereabouts}
        )
        life.when(c.ProposeScreening(cause=cause(f"propose {number}"), proposal=proposal, straight=None))
    return life


NOWHERE = e.Whereabouts(how="none", ask=True)


def _hushed_and_resolved() -> given.Life:
    life = news.stopped()
    life.when(given.resolving(life))
    return life


def _heard_again() -> given.Life:
    return contact.after(_hushed_and_resolved(), news.resume())


def _found_dangerous() -> given.Life:
    return contact.after(given.assigned(urgency="danger"), news.stop())
