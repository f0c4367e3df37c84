"""Whether a rule fits a complaint, and if not, why not."""

from dataclasses import dataclass
from datetime import datetime

from services.contracts.city import City
from services.contracts.city.rules import WEEKDAYS, Rule, When, minutes
from services.router.clocks import calendar
from services.router.rules.case import Case


@dataclass(frozen=True, slots=True)
class Moment:
    """A time as rules see it, in the city's zone."""

    minute: int
    """Since midnight."""
    day: str
    working_day: bool


def moment(city: City, at: datetime) -> Moment:
    local = at.astimezone(city.zone)
    working = calendar.works(city, local.date())
    return Moment(local.hour * 60 + local.minute, WEEKDAYS[local.weekday()], working)


@dataclass(frozen=True, slots=True)
class Ready:
    """A rule with names looked up once; what is None is no condition."""

    rule: Rule
    function: frozenset[str] | None
    category: frozenset[str] | None
    kind: frozenset[str] | None
    urgency: frozenset[str] | None
    confidentiality: frozenset[str] | None
    about: frozenset[str] | None
    places: tuple[frozenset[str], ...]
    """Codes; of each set the place must be one."""
    place: bool | None
    door: frozenset[str] | None
    first_level: bool | None
    on_behalf: bool | None
    timed: bool


def ready(city: City, rule: Rule) -> Ready:
    when = rule.when
    return Ready(
        rule=rule,
        function=_set(when.function),
        category=_set(when.category),
        kind=_set(when.kind),
        urgency=_set(when.urgency),
        confidentiality=_set(when.confidentiality),
        about=_set(when.about),
        places=tuple(
            frozenset(code for name in names for code in city.codes(name))
            for names in (when.district, when.ward)
            if names is not None
        ),
        place=None if when.place is None else when.place == "known",
        door=_set(when.door),
        first_level=when.first_level,
        on_behalf=when.on_behalf,
        timed=when.timed,
    )


def fits(one: Ready, case: Case, district: str | None, now: Moment | None) -> bool:
    """`district`: of the place, also where only the kelurahan was given. `now`: None if the time is not known."""
    return (
        (one.function is None or case.function in one.function)
        and (one.category is None or case.category in one.category)
        and (one.about is None or case.about in one.about)
        and (one.urgency is None or case.urgency in one.urgency)
        and (one.first_level is None or one.first_level == (case.first_level is not None))
        and (one.kind is None or case.kind in one.kind)
        and (one.confidentiality is None or case.confidentiality in one.confidentiality)
        and all(case.ward_code in codes or district in codes for codes in one.places)
        and (one.place is None or one.place == (district is not None))
        and (one.door is None or case.door in one.door)
        and (one.on_behalf is None or one.on_behalf == case.on_behalf)
        and (not one.timed or timely(one.rule.when, now))
    )


def timely(when: When, now: Moment | None) -> bool:
    return now is not None and _hours(when, now) and _days(when, now) and _working(when, now)


def misses(city: City, rule: Rule, case: Case) -> tuple[str, ...]:
    """The conditions (names of `When`) that do not hold; empty where the rule fits."""
    district = district_of(city, case)
    now = None if case.at is None else moment(city, case.at)
    said = rule.when.said()
    return tuple(name for name in said if not fits(ready(city, _alone(rule, name, said[name])), case, district, now))


def district_of(city: City, case: Case) -> str | None:
    if case.ward_code in city.wards:
        return city.district_of(case.ward_code).code
    return case.district_code


def _alone(rule: Rule, name: str, value: object) -> Rule:
    """The same rule with one of its conditions only."""
    return Rule(id=rule.id, why=rule.why, when=When.model_validate({name: value}), then=rule.then)


def _hours(when: When, now: Moment) -> bool:
    if when.hours is None:
        return True
    start, end = minutes(when.hours)
    if start < end:
        return start <= now.minute < end
    return now.minute >= start or now.minute < end


def _days(when: When, now: Moment) -> bool:
    return when.days is None or now.day in when.days


def _working(when: When, now: Moment) -> bool:
    return when.working_day is None or when.working_day == now.working_day


def _set(values: tuple[str, ...] | None) -> frozenset[str] | None:
    return None if values is None else frozenset(values)
