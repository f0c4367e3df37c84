"""Whom an internal note may call: seats of the city that it is not about, and which of them see it by their role."""

from services.complaint import commands as c
from services.contracts import commands as outside
from services.contracts.commands import Refusal
from services.contracts.tokens import Role
from services.router.acting import refusals
from services.router.acting.meanings.frame import Frame
from services.router.dossier import matter_of

OVERSEES: frozenset[Role] = frozenset({"screener", "coordinator", "clerk", "leader", "aide", "communication"})
"""They open complaints of the whole city, or of their area, and the offices' words in them."""

_NEIGHBOURS = frozenset({"rt", "rw"})
"""They live beside the reporter and read nobody's words."""


def mention(frame: Frame, action: outside.Mention) -> c.MentionSeats | Refusal:
    known = [frame.city.seats.get(name) for name in action.seats]
    if any(seat is None or seat.kind in _NEIGHBOURS for seat in known):
        return refusals.unknown_seat("seats")
    matter = matter_of(frame.state)
    if not all(frame.conflict_free(name) for name in action.seats):
        return refusals.conflict("seats")
    code = (matter.ward_code or matter.district_code) if matter is not None else None
    overseers = frozenset(
        seat.id
        for seat in known
        if seat is not None
        and not OVERSEES.isdisjoint(seat.roles)
        and (seat.area is None or (code is not None and code.startswith(seat.area)))
    )
    return c.MentionSeats(
        cause=frame.cause, by=frame.seat, seats=action.seats, overseers=overseers,
        text=frame.sealed("text", action.text),
    )  # fmt: skip
