"""Whether another seat must look before the reporter is asked, which one, and what chance draws. Pure."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from services.complaint.commands import SignOffAsked
from services.complaint.events import Mark
from services.complaint.events.checks import SignOffReason
from services.complaint.state import Desk, Submission
from services.contracts import ids
from services.contracts.city import City, Seat, conflicts
from services.contracts.commands import Resolve

_ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"


def drawn(id_key: bytes, purpose: str, complaint: str, round_: int, share: float) -> bool:
    """Chance that is the same whenever it is asked, and that nobody without the city's key can foresee."""
    if share <= 0:
        return False
    number = 0
    for letter in ids.derive(id_key, purpose, complaint, str(round_))[:8]:
        number = number * 32 + _ALPHABET.index(letter)
    return number < share * 32**8


def reasons(
    city: City, desk: Desk, action: Resolve, marks: tuple[Mark, ...], *, by_chance: bool
) -> tuple[SignOffReason, ...]:
    """Why the policy wants a second seat here; empty: it doesn't."""
    rules = city.policy.sign_off
    unproven = action.closure == "fixed" and not action.evidence and action.proof_link is None
    found: list[SignOffReason] = []
    if marks and rules.flagged:
        found.append("flagged")
    if desk.matter.category in rules.categories:
        found.append("category")
    if unproven and rules.without_proof:
        found.append("without_proof")
    if by_chance:
        found.append("share")
    return tuple(found)


def asked(
    city: City, desk: Desk, doer: str, why: tuple[SignOffReason, ...], *, at: datetime, scale: float
) -> SignOffAsked | None:
    """None: the policy wants nobody, or the city has no seat that is free to look."""
    if not why:
        return None
    seat = next((seat for seat in _candidates(city, desk, doer) if independent(city, desk, doer, seat)), None)
    return None if seat is None else _asking(city, seat, why, at, scale)


def above(city: City, desk: Desk, submission: Submission, at: datetime, scale: float) -> SignOffAsked | None:
    """The next seat up that is free to look, once the one that was asked has let its time pass."""
    seat = city.seats.get(submission.to)
    while seat is not None and seat.superior is not None:
        seat = city.seats.get(seat.superior)
        if seat is not None and independent(city, desk, submission.seat, seat.id):
            return _asking(city, seat.id, (), at, scale)
    return None


def _asking(city: City, seat: str, why: tuple[SignOffReason, ...], at: datetime, scale: float) -> SignOffAsked:
    """The policy's hours come scaled; the rule names the real ones."""
    hours = city.policy.sign_off.hours
    rule = f"{hours / scale:.6f}".rstrip("0").rstrip(".") + "h"
    return SignOffAsked(to=seat, why=why, due=at + timedelta(hours=hours), rule=rule, policy=city.policy.version)


def _candidates(city: City, desk: Desk, doer: str) -> Iterator[str]:
    """Whom the policy names, then the lurah and camat of the place, who see it daily; then whoever oversees.

    Of secret matters nobody in the neighbourhood hears.
    """
    yield from city.policy.sign_off.by
    matter = desk.matter
    if matter.confidentiality != "secret":
        codes = [matter.ward_code, matter.district_code]
        if matter.ward_code in city.wards:
            codes.append(city.district_of(matter.ward_code).code)
        yield from (city.territorial[code].id for code in codes if code in city.territorial)
    yield from (seat.id for seat in city.seats.values() if seat.kind == "oversight" and "auditor" in seat.roles)
    doing = city.seats.get(doer)
    if doing is not None and doing.superior is not None:
        yield doing.superior
    yield from (seat.id for seat in city.seats.values() if seat.kind == "leader")


def independent(city: City, desk: Desk, doer: str, seat_id: str) -> bool:
    """Neither the doer nor below it nor complained of, and without work of its own in it (being told of it is none)."""
    if seat_id not in city.seats or seat_id == doer or not conflicts.conflict_free(city, desk.matter, seat_id):
        return False
    hold = desk.holds.get(seat_id)
    if hold is not None and hold.role != "territorial":
        return False
    return doer not in _superiors(city, city.seats[seat_id])


def _superiors(city: City, seat: Seat) -> list[str]:
    found: list[str] = []
    while seat.superior is not None and seat.superior not in found and seat.superior in city.seats:
        found.append(seat.superior)
        seat = city.seats[seat.superior]
    return found
