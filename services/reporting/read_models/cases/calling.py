"""What a card knows of reporters who are to be called. Pure."""

from dataclasses import dataclass, replace
from datetime import datetime

from services.complaint import events as e

HEARD = (e.MessageAdded, e.ResolutionConfirmed, e.ComplaintWithdrawn, e.QuestionAnswered, e.ReporterErased)
"""Who writes need not be called; who was forgotten can't be."""


@dataclass(frozen=True, slots=True)
class Call:
    """One notice that is to be told by telephone. `n`: of the event that last asked for it, or of the last try."""

    about: int
    template: str
    reason: str
    since: datetime
    n: int
    tries: int = 0


def fold(calls: dict[str, Call], n: int, at: datetime, data: e.Event) -> dict[str, Call]:
    """By notice. The same object when the event is about something else."""
    match data:
        case e.MessageAdded() if data.message.transcribes is not None:
            return calls  # an office wrote it
        case e.CallWanted():
            return {**calls, data.notice: Call(data.about, data.template, data.reason, at, n)}
        case e.ReporterCalled(outcome="no_answer"):
            again = {k: replace(c, tries=c.tries + 1, n=n) for k, c in calls.items() if k in data.notices}
            return {**calls, **again}
        case e.ReporterCalled():
            return {notice: call for notice, call in calls.items() if notice not in data.notices}
        case e.ReporterUnreachable() if data.notice in calls:
            return {notice: call for notice, call in calls.items() if notice != data.notice}
        case e.ComplaintReopened() if calls and data.party != "handling":
            return {}
        case _:
            return {} if calls and isinstance(data, HEARD) else calls
