"""Why a complaint went where it did, from what was recorded: proposal, rules looked at, conflicts, clocks, versions.

The rules that are gone through are those of the version that the decision names; what today's would say stands apart.
No words of people are in it: reasons are our own vocabulary, places end at the kelurahan.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime

from services.complaint import events as e
from services.contracts.city import City
from services.contracts.envelope import Recorded
from services.router import brief
from services.router.clocks import sentences
from services.router.dossier import door_of
from services.router.rules.case import Case, Chosen, case_of
from services.router.rules.choosing import DECLARED, choose
from services.router.rules.matching import misses
from services.router.rules.passed_on import Passed, passed_on

CityAt = Callable[[int], City | None]
"""The city with the rules of that policy version."""


@dataclass(slots=True)
class Proposal:
    model: str
    policy: int
    confidence: float
    abstains: bool
    category: str
    place: str | None
    about: str | None
    against: str | None
    reasons: list[str]
    alternatives: list[tuple[str, float]]


@dataclass(slots=True)
class Looked:
    """One rule, in its order. `said`: which parts of the outcome it gave."""

    rule: str
    why: str
    fits: bool
    not_because: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Decision:
    """One assignment or hand-off. `rules` is None where a person chose, or where the version's rules are not known."""

    n: int
    at: datetime
    what: str
    by: str
    rule: str
    policy: int
    seats: list[tuple[str, str]]
    unit: str | None
    left_out: list[str]
    clocks: list[str]
    rules: list[Looked] | None = None
    agrees: bool | None = None
    """Whether going through the recorded version's rules gives the recorded seats."""


@dataclass(slots=True)
class Explanation:
    ticket: str
    city: str
    received_at: datetime
    door: str | None
    first_level: str | None
    proposal: Proposal | None
    screened_by: str | None
    corrected: bool
    decisions: list[Decision]
    passed_on: list[Passed]
    """What gave it to somebody, or took it away, beside the decisions."""
    today: str | None = None
    """Where it would go by the rules in force now."""
    today_policy: int | None = None

    def as_json(self) -> dict[str, object]:
        return asdict(self)


def explain(events: Sequence[Recorded[e.Event]], today: City, city_at: CityAt) -> Explanation | None:
    """None if there is no such complaint."""
    first = events[0].data if events else None
    if not isinstance(first, e.ComplaintReceived):
        return None
    found = Explanation(
        first.ticket, today.id, events[0].at, door_of(events), first.first_level, None, None,
        corrected=False, decisions=[], passed_on=passed_on(events),
    )  # fmt: skip
    matter: e.Matter | None = None
    for event in events:
        match event.data:
            case e.ScreeningProposed():
                found.proposal = _proposal(today, event.data)
                matter = event.data.matter
            case e.ComplaintScreened():
                found.screened_by, found.corrected = event.data.by, event.data.corrected
                matter = event.data.matter
            case e.ComplaintAssigned():
                case = _case(found, matter, event.at) if matter is not None else None
                found.decisions.append(_assigned(event, event.data, case, today, city_at))
            case e.LeadHandedOff():
                found.decisions.append(_handed_off(event, event.data, today))
            case _:
                pass
    if matter is not None:
        at = found.decisions[0].at if found.decisions else events[-1].at
        chosen = choose(today, _case(found, matter, at))
        found.today, found.today_policy = seats_of(chosen), today.policy.version
    return found


def seats_of(chosen: Chosen | None) -> str:
    if chosen is None:
        return "a person decides"
    named = [f"{chosen.lead} (lead, {chosen.rule})", *(f"{seat} (supporting)" for seat in chosen.supporting)]
    if chosen.territorial:
        named.append(f"{chosen.territorial} (territorial)")
    return ", ".join(named)


def _case(found: Explanation, matter: e.Matter, at: datetime) -> Case:
    return case_of(matter, first_level=found.first_level, door=found.door, at=at)


def _proposal(city: City, data: e.ScreeningProposed) -> Proposal:
    matter = data.matter
    return Proposal(
        model=data.model,
        policy=data.policy,
        confidence=data.confidence,
        abstains=data.abstains,
        category=matter.category,
        place=brief.place_name(city, matter.district_code, matter.ward_code),
        about=matter.about,
        against=matter.against,
        reasons=list(data.reasons),
        alternatives=[(one.category, one.p) for one in data.alternatives],
    )


def _assigned(
    event: Recorded[e.Event],
    data: e.ComplaintAssigned,
    case: Case | None,
    today: City,
    city_at: CityAt,
) -> Decision:
    decision = Decision(
        n=event.n,
        at=event.at,
        what="assigned",
        by=data.by,
        rule=data.rule,
        policy=data.policy,
        seats=[(one.seat, one.role) for one in data.assignments],
        unit=next((one.unit for one in data.assignments if one.unit is not None), None),
        left_out=list(data.left_out or ()),
        clocks=[_because(today, clock) for one in data.assignments for clock in one.clocks],
    )
    then = city_at(data.policy)
    known = then is not None and (
        data.rule.startswith(DECLARED) or any(rule.id == data.rule for rule in then.rules.rules)
    )
    if then is None or case is None or not known:
        return decision
    decision.rules = _looked(then, case, data)
    chosen = choose(then, case)
    decision.agrees = chosen is not None and set(chosen.seats) == {one.seat for one in data.assignments}
    return decision


def _looked(city: City, case: Case, data: e.ComplaintAssigned) -> list[Looked]:
    gave = {"lead": data.rule, **(data.rules or {})}
    looked = []
    for rule in city.rules.rules:
        missing = misses(city, rule, case)
        said = [part for part, by in gave.items() if by == rule.id]
        looked.append(Looked(rule.id, rule.why, not missing, list(missing), said))
    return looked


def _handed_off(event: Recorded[e.Event], data: e.LeadHandedOff, today: City) -> Decision:
    clocks = data.to.clocks
    return Decision(
        n=event.n,
        at=event.at,
        what=f"handed off by {data.seat}",
        by="person",
        rule="hand_off",
        policy=clocks[0].policy if clocks else today.policy.version,
        seats=[(data.to.seat, data.to.role)],
        unit=data.to.unit,
        left_out=[],
        clocks=[_because(today, clock) for clock in clocks],
    )


def _because(city: City, clock: e.Clock) -> str:
    return f"{clock.seat}: {sentences.because(city, clock)}"
