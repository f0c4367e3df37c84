"""What the reporter heard, each notice once, and by which way; if no message reaches him, whether a call did."""

from services.complaint import commands as c
from services.complaint import events as e
from services.complaint import refusals
from services.complaint.decisions.base import NOTHING, Decision
from services.complaint.state import Merged, Opened

Telling = c.RecordTold | c.AskForCall | c.RecordCall | c.RecordUnreachable | c.RecordAccountLost

CALLS = 3
"""Nobody answered so often: not reached."""


def decide(state: Opened | Merged, command: Telling) -> Decision:
    match command:
        case c.RecordTold():
            return told(state, command)
        case c.AskForCall():
            return ask_for_call(state, command)
        case c.RecordCall():
            return called(state, command)
        case c.RecordUnreachable():
            return unreachable(state, command)
        case c.RecordAccountLost():
            return account_lost(state, command)


def account_lost(state: Opened | Merged, command: c.RecordAccountLost) -> Decision:
    """Once for each time that it was lost; again only where something suspect came in since it was said."""
    before = state.file.lost.get(command.door)
    if before is not None and before[0] <= command.since and (before[1] or not command.suspect):
        return NOTHING
    return (e.AccountLost(door=command.door, since=command.since, suspect=command.suspect),)


def told(state: Opened | Merged, command: c.RecordTold) -> Decision:
    by = state.file.told_by.get(command.notice)
    if command.notice in state.file.told and (by is None or command.rung in (None, by)):
        return NOTHING
    return (
        e.ReporterTold(
            party=command.party,
            notice=command.notice,
            about=command.about,
            template=command.template,
            channel=command.channel,
            rung=command.rung,
            why=command.why,
        ),
    )


def ask_for_call(state: Opened | Merged, command: c.AskForCall) -> Decision:
    known = command.notice in state.file.calls or command.notice in state.file.called
    if known or command.party in state.file.erased:
        return NOTHING
    return (
        e.CallWanted(
            party=command.party,
            notice=command.notice,
            about=command.about,
            template=command.template,
            channel=command.channel,
            reason=command.reason,
        ),
    )


def called(state: Opened | Merged, command: c.RecordCall) -> Decision:
    """One call covers all that waits for it. What can't be reached by telephone either is not reached."""
    waiting = {notice: call for notice, call in state.file.calls.items() if call.party == command.party}
    if not waiting:
        return refusals.NOBODY_TO_CALL
    event = e.ReporterCalled(
        party=command.party, seat=command.seat, notices=tuple(waiting), outcome=command.outcome, text=command.text
    )
    given_up = [
        e.ReporterUnreachable(
            party=command.party, notice=notice, about=call.about, channel="call", reason=f"call_{command.outcome}"
        )
        for notice, call in waiting.items()
        if command.outcome in ("wrong_number", "refused")
        or (command.outcome == "no_answer" and call.tries + 1 >= CALLS)
    ]
    return (event, *given_up)


def unreachable(state: Opened | Merged, command: c.RecordUnreachable) -> Decision:
    if command.notice in state.file.given_up:
        return NOTHING
    return (
        e.ReporterUnreachable(
            party=command.party,
            notice=command.notice,
            about=command.about,
            channel=command.channel,
            reason=command.reason,
        ),
    )
