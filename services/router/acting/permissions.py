"""Who may do what: one table. The complaint itself then asks whether the seat holds it."""

from dataclasses import dataclass

from services.complaint.state import State, Unopened
from services.contracts import conflicts
from services.contracts.city import City
from services.contracts.commands import Refusal
from services.contracts.tokens import Role
from services.router.acting import refusals
from services.router.dossier import matter_of, seats_of

_OFFICES: frozenset[Role] = frozenset({"agency_officer", "agency_head", "territorial", "leader", "coordinator"})
"""Roles of seats that can hold a complaint."""

_GUARDIANS: frozenset[Role] = frozenset({"clerk", "screener", "data_protection"})

PERMITTED: dict[str, frozenset[Role]] = {
    "accept": _OFFICES,
    "progress": _OFFICES,
    "visit": _OFFICES | {"aide"},
    "ask": _OFFICES,
    "return": _OFFICES,
    "hand_off": _OFFICES,
    "resolve": _OFFICES,
    "answer_instruction": _OFFICES,
    "explain_breach": _OFFICES,
    "ask_extension": _OFFICES,
    "rule_extension": frozenset({"coordinator", "leader", "agency_head", "territorial"}),
    "refuse_return": frozenset({"coordinator"}),
    "give_subtask": _OFFICES,
    "finish_subtask": _OFFICES,
    "decline_subtask": _OFFICES,
    "drop_subtask": _OFFICES,
    "plan": _OFFICES,
    "dispose": frozenset({"agency_head", "territorial"}),
    "screen": frozenset({"screener"}),
    "assign": frozenset({"coordinator"}),
    "instruct": frozenset({"leader"}),
    "reply": frozenset({"leader", "communication", "agency_head", "territorial"}),
    "rule_note": frozenset({"leader", "coordinator", "territorial", "agency_head"}),
    "raise_confidentiality": _OFFICES | _GUARDIANS,
    "erase_reporter": frozenset({"data_protection"}),
    "merge": frozenset({"screener", "coordinator"}),
    "unmerge": frozenset({"screener", "coordinator"}),
    "dismiss_duplicate": frozenset({"screener", "coordinator"}),
    "clear_evidence": frozenset({"screener", "coordinator", "communication"}),
    "sign_off": _OFFICES | {"aide", "auditor"},
    "audit": frozenset({"auditor"}),
    "dissolve_cluster": frozenset({"screener", "coordinator"}),
    "interrupt_service": frozenset({"agency_head", "agency_officer", "coordinator", "leader"}),
    "restore_service": frozenset({"agency_head", "agency_officer", "coordinator", "leader"}),
}

HOLDERS_ONLY: frozenset[str] = frozenset({"reply", "raise_confidentiality"})
"""For offices without a role for the whole city these need the complaint in hand."""

_CITY_WIDE: frozenset[Role] = frozenset(
    {"leader", "communication", "clerk", "screener", "data_protection", "coordinator"}
)

_IN_AREA: frozenset[str] = frozenset({
    "screen", "assign", "visit", "instruct", "reply", "raise_confidentiality", "refuse_return", "give_subtask",
    "drop_subtask", "plan", "merge", "unmerge", "dismiss_duplicate", "clear_evidence", "dissolve_cluster",
})  # fmt: skip
"""What is not already bound to holding the complaint is bound to the person's area."""

_CLOSED_LEVEL: frozenset[str] = frozenset({"screen"})
"""The first level of a door may screen what came in by it, as the tables of the city say of no role."""


@dataclass(frozen=True, slots=True)
class Who:
    """Who acts, as subject or token say."""

    seat: str
    roles: frozenset[Role]
    area: tuple[str, ...] = ()
    """Kemendagri codes, as prefixes; empty: the whole city."""


def refused(city: City, who: Who, do: str, state: State) -> Refusal | None:
    """Why this person may not do this to this complaint; None: they may."""
    if who.seat not in city.seats:
        return refusals.NO_SEAT
    matter = matter_of(state)
    if matter is not None and not conflicts.may_know(city, matter, who.seat):
        return refusals.UNKNOWN  # for those it is about it does not exist
    allowed = bool(who.roles & PERMITTED[do]) or (do in _CLOSED_LEVEL and _is_first_level(state, who.seat))
    if not allowed:
        return refusals.NOT_ALLOWED
    holds = who.seat in seats_of(state) or _is_first_level(state, who.seat)
    if do in HOLDERS_ONLY and not holds and not who.roles & _CITY_WIDE:
        return refusals.NOT_YOURS
    if do in _IN_AREA and who.area and not holds and not _inside(who.area, state):
        return refusals.OUTSIDE_AREA
    return None


def _is_first_level(state: State, seat: str) -> bool:
    return not isinstance(state, Unopened) and state.file.first_level == seat


def _inside(area: tuple[str, ...], state: State) -> bool:
    """A complaint whose place nobody knows yet is in no area."""
    matter = matter_of(state)
    code = None if matter is None else matter.ward_code or matter.district_code
    return code is not None and any(code.startswith(prefix) for prefix in area)
