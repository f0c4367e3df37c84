"""What was answered on air, and entries that are taken back."""

from datetime import timedelta

from services.complaint import commands as c
from services.contracts import commands as outside
from services.contracts.commands import Refusal
from services.router.acting import refusals
from services.router.acting.meanings.frame import Frame

UNDO_WITHIN = timedelta(minutes=15)
"""So long an entry can be taken back; after that it is a complaint like any other."""


def meaning(frame: Frame, action: outside.AnswerOnAir | outside.UndoEntry) -> c.Command | Refusal:
    if isinstance(action, outside.UndoEntry):
        if frame.opened is None or frame.at - frame.opened > UNDO_WITHIN:
            return refusals.TOO_LATE_TO_UNDO
        return c.UndoEntry(cause=frame.cause, by=frame.seat)
    if frame.host is None:
        return refusals.NO_SESSION
    text = frame.sealed("text", action.text)
    return c.AnswerOnAir(
        cause=frame.cause, session=action.session, seat=frame.host, text=text, settles=action.settles, by=frame.seat
    )
