"""The desk's calls."""

from services.complaint import commands as c
from services.contracts import commands as outside
from services.router.acting.meanings.frame import Frame


def record(frame: Frame, action: outside.RecordCall) -> c.Command:
    return c.RecordCall(
        cause=frame.cause, seat=frame.seat, party=action.party, outcome=action.outcome,
        text=frame.seal("text", action.text),
    )  # fmt: skip
