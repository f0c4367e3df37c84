"""The clocks that a city's policy starts. Each outcome is recorded with its rule, so that it can be explained later."""

from datetime import datetime, timedelta

from services.complaint.events import Assignment, Clock, ClockName, Role
from services.contracts.base import Kind
from services.contracts.city import City
from services.router.assignment import Chosen
from services.router.clocks import calendar


def assignments(
    city: City, chosen: Chosen, kind: Kind, at: datetime, scale: float, *, live: bool = False
) -> tuple[Assignment, ...]:
    """Every chosen seat with a clock of its own for the first response, the lead with one for the resolution too."""
    parts: list[tuple[str, Role]] = [(chosen.lead, "lead"), *((seat, "supporting") for seat in chosen.supporting)]
    if chosen.territorial:
        parts.append((chosen.territorial, "territorial"))
    return tuple(assignment(city, seat, role, kind, at=at, scale=scale, live=live) for seat, role in parts)


def assignment(
    city: City, seat: str, role: Role, kind: Kind, *, at: datetime, scale: float, live: bool = False
) -> Assignment:
    """`live`: it came up in a LIVE session that goes on now, so that whoever gets it stands by."""
    first = first_response(city, seat, at, scale, live=live)
    return Assignment(
        seat=seat, role=role, clocks=(first, resolution(city, seat, kind, at, scale)) if role == "lead" else (first,)
    )


def first_response(city: City, seat: str, at: datetime, scale: float, *, live: bool = False) -> Clock:
    """Around the clock, nights and weekends included; minutes while the officials stand by in a LIVE session.

    The policy's durations come scaled; the rule names the real ones.
    """
    hours, minutes = city.policy.first_response_hours, city.policy.live_minutes
    return Clock(
        name="first_response",
        seat=seat,
        due=at + (timedelta(minutes=minutes) if live else timedelta(hours=hours)),
        rule=f"{_number(minutes / scale)}m" if live else f"{_number(hours / scale)}h",
        policy=city.policy.version,
    )


def resolution(city: City, seat: str, kind: Kind, at: datetime, scale: float) -> Clock:
    by_type = city.policy.resolve_working_days
    days = by_type.get(kind, by_type.get("complaint", 14))
    return in_working_days(city, "resolve", seat, at=at, days=days, scale=scale)


def in_working_days(city: City, name: ClockName, seat: str, *, at: datetime, days: int, scale: float) -> Clock:
    due = calendar.after_working_days(city, at, days, scale)
    return Clock(
        name=name,
        seat=seat,
        due=due,
        rule=f"{days}wd",
        policy=city.policy.version,
        calendar=calendar.version(city, at, due) if scale == 1.0 else None,
    )


def screening(city: City, seat: str, received: datetime, scale: float) -> Clock:
    """Until when people have decided what the machine leaves to them."""
    days = city.policy.screen_working_days
    return in_working_days(city, "screen", seat, at=received, days=days, scale=scale)


def screens(city: City, first_level: str | None) -> str | None:
    """The seat that screens: the first level of the door, else the city's team. None: the city names none."""
    return first_level or next((seat.id for seat in city.seats.values() if seat.kind == "screening"), None)


def confirm_by(city: City, at: datetime, scale: float) -> datetime:
    """When a resolved complaint closes without a further word. The policy's days come scaled."""
    return calendar.after_working_days(city, at, city.policy.confirm_working_days / scale, scale)


def remind_at(city: City, at: datetime) -> datetime:
    """When a question's reporter is reminded. The policy's hours come scaled."""
    return at + timedelta(hours=city.policy.remind_hours)


def lapse_at(city: City, at: datetime, scale: float) -> datetime:
    """When work goes on without the answer. The policy's days come scaled."""
    return calendar.after_working_days(city, at, city.policy.question_working_days / scale, scale)


def settle(city: City) -> timedelta:
    """How long a chat must be silent before an incomplete complaint goes on. Comes scaled."""
    return timedelta(seconds=city.policy.settle_seconds)


def _number(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")
