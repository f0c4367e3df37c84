"""What a command leads to: events, nothing (it is so already), or a refusal. One small function per command."""

from datetime import datetime

from services.complaint import commands as c
from services.complaint import refusals
from services.complaint.decisions import (
    checks,
    clocks,
    contact,
    extending,
    held,
    leading,
    live,
    merging,
    moving,
    planning,
    publishing,
    questions,
    reporter,
    screening,
    seats,
    subtasks,
    told,
)
from services.complaint.decisions.base import NOTHING, Decision
from services.complaint.state import Merged, Opened, State, Unopened


def decide(state: State, command: c.Command, at: datetime) -> Decision:  # one branch per command
    """Pure; `at` is our clock (UTC). A cause that has led to something already leads to nothing more."""
    if isinstance(command, c.OpenComplaint):
        return reporter.open_(state, command)
    if isinstance(state, Unopened):
        return refusals.UNKNOWN
    if command.cause in state.file.causes:
        return NOTHING
    if isinstance(command, live.Live):
        return live.decide(state, command)
    if isinstance(command, merging.Sharing):
        return merging.decide(state, command, at)
    if isinstance(command, contact.Contact):
        return contact.decide(state, command, at)
    if isinstance(command, publishing.Publishing):
        return publishing.decide(state, command)
    if isinstance(state, Merged):
        return merging.of_merged(state, command, at)
    if isinstance(command, checks.Closing):
        return checks.decide(state, command, at)
    match command:
        case c.AddMessage():
            return reporter.add(state, command.party, command.message, at)
        case c.SayDone():
            return reporter.say_done(state, command, at)
        case c.SayNotDone():
            return reporter.say_not_done(state, command, at)
        case c.Withdraw():
            return reporter.withdraw(state, command, at)
        case c.RaiseConfidentiality():
            return reporter.raise_confidentiality(state, command, at)
        case c.EraseReporter():
            return reporter.erase(state, command, at)
        case c.AttachEvidence():
            return reporter.attach(state, command)
        case c.RefuseEvidence() | c.RecordConcerned():
            return reporter.note(command)
        case c.ProposeScreening():
            return screening.propose(state, command, at)
        case c.Screen():
            return screening.screen(state, command, at)
        case c.Locate():
            return screening.locate(state, command, at)
        case c.Assign():
            return screening.assign(state, command, at)
        case c.Instruct():
            return leading.instruct(state, command, at)
        case c.RuleNote():
            return leading.rule_note(state, command)
        case c.BreachClock() | c.Escalate() | c.ActForVacant() | c.RecomputeClocks():
            return clocks.decide(state, command, at)
        case c.CloseAtTerm():
            return seats.close_at_term(state, command, at)
        case (
            c.RecordTold() | c.AskForCall() | c.RecordCall() | c.RecordUnreachable() | c.RecordAccountLost()
        ):  # fmt: skip
            return told.decide(state, command)
        case c.AnswerInstruction():
            return leading.answer(state, command)
        case c.ExplainBreach():
            return leading.explain(state, command)
        case c.RecordVisit():
            return seats.visit(state, command)
        case _:
            return _of_the_work(state, command, at)


Work = (
    held.SeatCommand | c.RefuseReturn | c.RuleExtension | c.GiveSubtask | c.DropSubtask | c.PlanWork | c.WakePlan
    | c.RemindReporter | c.LapseQuestion
)  # fmt: skip


def _of_the_work(state: Opened, command: Work, at: datetime) -> Decision:  # likewise
    match command:
        case c.RefuseReturn():
            return moving.refuse_return(state, command, at)
        case c.RuleExtension():
            return extending.rule(state, command, at)
        case c.GiveSubtask():
            return subtasks.give(state, command, at)
        case c.DropSubtask():
            return subtasks.drop(state, command)
        case c.PlanWork():
            return planning.plan(state, command, at)
        case c.WakePlan():
            return planning.wake(state, command, at)
        case c.RemindReporter():
            return questions.remind(state, command, at)
        case c.LapseQuestion():
            return questions.lapse(state, command, at)
        case _:
            return held.decide(state, command, at)
