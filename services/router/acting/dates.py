"""Dates that offices and people name: what has passed is no promise, nor is what nobody will ever check."""

from datetime import datetime, timedelta

from services.contracts import commands as outside
from services.contracts.commands import Refusal
from services.router.acting import refusals
from services.router.acting.meaning import ComplaintAction

_MOST = timedelta(days=5 * 366)
"""A city's own plan (RPJMD) reaches five years; nobody who answers for a promise can look further."""


def refused(action: ComplaintAction, at: datetime) -> Refusal | None:
    """None: the action names no date, or one that somebody can be held to."""
    field, moment = _named(action)
    if moment is None:
        return None
    if moment <= at:
        return Refusal(code="invalid", message=refusals.NO_PROMISE, field=field)
    return Refusal(code="invalid", message=refusals.TOO_FAR, field=field) if moment > at + _MOST else None


def _named(action: ComplaintAction) -> tuple[str, datetime | None]:
    match action:
        case outside.Accept():
            return "finish_by", action.finish_by
        case outside.Progress():
            return "expected_end", action.expected_end
        case outside.Instruct() | outside.GiveSubtask():
            return "due", action.due
        case outside.AskExtension() | outside.RuleExtension():
            return "until", action.until
        case outside.PlanWork():
            return "date", action.date
        case _:
            return "", None
