"""Who may do what: one table. The complaint itself then asks whether the seat holds it."""

from dataclasses import dataclass

from services.complaint.state import State, Unopened
from services.contracts.city import City, conflicts
from services.contracts.commands import Refusal
from services.contracts.tokens import Role
from services.router.acting import refusals
from services.router.dossier import matter_of, seats_of

_OFFICES: frozenset[Role] = frozenset({"agency_officer", "agency_head", "territorial", "leader", "coordinator"})
"""Roles of seats that can hold a complaint. Whether this seat holds it, the complaint itself asks."""


@dataclass(frozen=True, slots=True)
class Right:
    """One row of the table: who may, and how far it reaches."""

    roles: frozenset[Role]
    area: bool = False
    """A person with an area may do it only there, or to what the seat holds."""
    held: bool = False
    """Offices without a role for the whole city need the complaint in hand."""


def _may(*roles: Role, area: bool = False, held: bool = False) -> Right:
    return Right(frozenset(roles), area, held)


_HOLDS = Right(_OFFICES)
_SHARES = _may("screener", "coordinator", area=True)
_RUNS_LIVE = _may("leader", "aide", "communication", "coordinator")
_SERVICE = _may("agency_head", "agency_officer", "coordinator", "leader")

RIGHTS: dict[str, Right] = {
    "accept": _HOLDS,
    "progress": _HOLDS,
    "visit": Right(_OFFICES | {"aide"}, area=True),
    "ask": _HOLDS,
    "return": _HOLDS,
    "hand_off": _HOLDS,
    "resolve": _HOLDS,
    "answer_instruction": _HOLDS,
    "explain_breach": _HOLDS,
    "ask_extension": _HOLDS,
    "finish_subtask": _HOLDS,
    "decline_subtask": _HOLDS,
    "give_subtask": Right(_OFFICES, area=True),
    "drop_subtask": Right(_OFFICES, area=True),
    "plan": Right(_OFFICES, area=True),
    "dispose": _may("agency_head", "territorial"),
    "rule_extension": _may("coordinator", "leader", "agency_head", "territorial"),
    "refuse_return": _may("coordinator", area=True),
    "assign": _may("coordinator", area=True),
    "screen": _may("screener", area=True),
    "merge": _SHARES,
    "unmerge": _SHARES,
    "split": _SHARES,
    "transcribe": _SHARES,
    "dismiss_duplicate": _SHARES,
    "dissolve_cluster": _SHARES,
    "instruct": _may("leader", area=True),
    "mention": Right(_OFFICES | {"aide", "communication", "screener"}, area=True, held=True),
    "reply": _may("leader", "communication", "agency_head", "territorial", area=True, held=True),
    "draft_reply": _may("aide", "communication", area=True),
    "send_draft": _may("leader", "communication", "agency_head", "territorial", area=True),
    "drop_draft": _may("aide", "leader", "communication", "agency_head", "territorial", area=True),
    "draft_proof": _may("communication", "agency_head", "agency_officer", "territorial", area=True, held=True),
    "approve_proof": _may("communication", area=True),
    "drop_proof": _may("communication", "leader", area=True),
    "confirm_removal": _may("communication", "leader", area=True),
    "link_proof": _may("communication", "agency_head", "agency_officer", "territorial", area=True, held=True),
    "rule_note": _may("leader", "coordinator", "territorial", "agency_head"),
    "clear_evidence": _may("screener", "coordinator", "communication", area=True),
    "sign_off": Right(_OFFICES | {"aide", "auditor"}),
    "audit": _may("auditor"),
    "record_call": _may("clerk", "coordinator"),
    "raise_confidentiality": Right(_OFFICES | {"clerk", "screener", "data_protection"}, area=True, held=True),
    "ask_contact": Right(_OFFICES, area=True, held=True),
    "rule_contact": _may("coordinator", "data_protection", area=True),
    "show_contact": Right(_OFFICES, area=True, held=True),
    "erase_reporter": _may("data_protection"),
    "plan_live": _RUNS_LIVE,
    "set_live_roster": _RUNS_LIVE,
    "start_live": _RUNS_LIVE,
    "end_live": _RUNS_LIVE,
    "check_in_live": Right(_OFFICES | {"aide", "communication", "screener", "clerk"}),
    "answer_on_air": _RUNS_LIVE,
    "undo_entry": _may("leader", "aide", "communication", "coordinator", "screener", "clerk"),
    "hold_seat": _may("administrator"),
    "vacate_seat": _may("administrator"),
    "declare_compromised": _may("leader", "aide", "communication", "coordinator", "administrator"),
    "trust_account": _may("leader", "coordinator", "administrator"),
    "interrupt_service": _SERVICE,
    "restore_service": _SERVICE,
}
"""Every command, by its `do`. docs/commands.md says it for people; a test holds the two together."""

_CITY_WIDE: frozenset[Role] = frozenset(
    {"leader", "communication", "clerk", "screener", "data_protection", "coordinator"}
)

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
    right = RIGHTS[do]
    allowed = bool(who.roles & right.roles) or (do in _CLOSED_LEVEL and _is_first_level(state, who.seat))
    if not allowed:
        return refusals.NOT_ALLOWED
    holds = who.seat in seats_of(state) or _is_first_level(state, who.seat)
    if right.held and not holds and not who.roles & _CITY_WIDE:
        return refusals.NOT_YOURS
    if right.area and who.area and not holds and not _inside(who.area, state):
        return refusals.OUTSIDE_AREA
    return None


def _is_first_level(state: State, seat: str) -> bool:
    return not isinstance(state, Unopened) and state.file.first_level == seat


def _inside(area: tuple[str, ...], state: State) -> bool:
    """A complaint whose place nobody knows yet is in no area."""
    matter = matter_of(state)
    code = None if matter is None else matter.ward_code or matter.district_code
    return code is not None and any(code.startswith(prefix) for prefix in area)
