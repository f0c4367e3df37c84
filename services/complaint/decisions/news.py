"""Whether the reporter wants news, and his word after a confirmation. In any phase: it is his own matter."""

from datetime import datetime
from typing import assert_never

from services.complaint import commands as c
from services.complaint import events as e
from services.complaint import refusals
from services.complaint.decisions import reporter
from services.complaint.decisions.base import NOTHING, Decision
from services.complaint.state import Closed, Merged, Opened

News = c.StopNews | c.ResumeNews | c.GiveAfterword


def decide(state: Opened | Merged, command: News, at: datetime) -> Decision:
    if command.party in state.file.erased:
        return refusals.ERASED
    stopped = command.party in state.file.hushed
    match command:
        case c.StopNews():
            if stopped and command.message is None:
                return NOTHING
            return (e.NewsStopped(party=command.party, message=command.message, again=stopped),)
        case c.ResumeNews():
            if not stopped and command.message is None:
                return NOTHING
            return (e.NewsResumed(party=command.party, message=command.message),)
        case c.GiveAfterword():
            return _afterword(state, command, at)
        case _:
            assert_never(command)


def _afterword(state: Opened | Merged, command: c.GiveAfterword, at: datetime) -> Decision:
    if command.party not in state.file.afterwords and _confirmed(state):
        score = command.score if command.score is not None and 1 <= command.score <= 5 else None
        return (e.AfterwordGiven(party=command.party, message=command.message, score=score),)
    if isinstance(state, Merged):
        return (e.MessageAdded(party=command.party, message=command.message),)
    return reporter.add(state, command.party, command.message, at)


def _confirmed(state: Opened | Merged) -> bool:
    """By this reporter himself, whatever goes on for others of the same matter."""
    if isinstance(state, Merged):
        return state.ended == "confirmed"
    return state.file.shared.ended == "confirmed" or (isinstance(state, Closed) and state.end == "confirmed")
