"""What a city's rules say that can hardly be meant: rules that never speak, offices that nobody chooses between."""

from collections import Counter
from dataclasses import dataclass

from services.contracts.city import City
from services.contracts.city.rules import SEAT_WORDS, WEEKDAYS, Part, Rule, When, minutes
from services.router.screening.categories import BY_ID

_LISTS = ("function", "category", "kind", "urgency", "confidentiality", "about", "door")
_FLAGS = ("place", "first_level", "on_behalf", "working_day")


@dataclass(frozen=True, slots=True)
class Doubt:
    """`rule`: its id; None where it is about the city's offices."""

    rule: str | None
    says: str


def review(city: City) -> list[Doubt]:
    """In the order of the file. None of these stops the rules from being put in force."""
    return [*_never(city), *_categories(city), *_undecided(city)]


def _never(city: City) -> list[Doubt]:
    """Every part of them is said by an earlier rule that always fits where they do."""
    found = []
    rules = city.rules.rules
    for number, rule in enumerate(rules):
        if _empty(city, rule.when):
            found.append(Doubt(rule.id, "no complaint can fit: its conditions exclude each other"))
            continue
        left = set(rule.then.said())
        by = []
        for earlier in rules[:number]:
            if left and _implied(city, rule.when, earlier.when):
                taken = {part for part in left if _certain(city, earlier, rule.when, part)}
                if taken:
                    by.append(earlier.id)
                    left -= taken
        if not left:
            found.append(Doubt(rule.id, f"never speaks: {', '.join(by)} above it says the same parts wherever it fits"))
    return found


def _implied(city: City, narrow: When, wide: When) -> bool:
    """Whether everything that fits `narrow` fits `wide`."""
    for name in _LISTS:
        of_wide, of_narrow = getattr(wide, name), getattr(narrow, name)
        if of_wide is not None and (of_narrow is None or not set(of_narrow) <= set(of_wide)):
            return False
    for name in _FLAGS:
        if getattr(wide, name) is not None and getattr(wide, name) != getattr(narrow, name):
            places = narrow.district is not None or narrow.ward is not None
            if name != "place" or wide.place != "known" or not places:
                return False
    return _place_implied(city, narrow, wide) and _time_implied(narrow, wide)


def _place_implied(city: City, narrow: When, wide: When) -> bool:
    inside = _wards(city, narrow)
    if wide.district is not None and not (inside is not None and inside <= _of_districts(city, wide.district)):
        return False
    if wide.ward is None:
        return True
    # A complaint of which only the kecamatan is known fits no rule of a kelurahan.
    return narrow.ward is not None and inside is not None and inside <= _of_wards(city, wide.ward)


def _time_implied(narrow: When, wide: When) -> bool:
    if wide.days is not None and not set(narrow.days or WEEKDAYS) <= set(wide.days):
        return False
    return wide.hours is None or (narrow.hours is not None and _inside(narrow.hours, wide.hours))


def _inside(narrow: str, wide: str) -> bool:
    return _minutes(narrow) <= _minutes(wide)


def _minutes(hours: str) -> frozenset[int]:
    start, end = minutes(hours)
    return frozenset(range(start, end) if start < end else [*range(start, 1440), *range(end)])


def _wards(city: City, when: When) -> frozenset[str] | None:
    """The kelurahan that fit; None: all, and unknown ones."""
    by_district = None if when.district is None else _of_districts(city, when.district)
    by_ward = None if when.ward is None else _of_wards(city, when.ward)
    if by_district is None or by_ward is None:
        return by_ward if by_district is None else by_district
    return by_district & by_ward


def _of_districts(city: City, names: tuple[str, ...]) -> frozenset[str]:
    codes = {code for name in names for code in city.codes(name)}
    return frozenset(ward.code for d in city.districts if d.code in codes for ward in d.wards)


def _of_wards(city: City, names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(code for name in names for code in city.codes(name) if code in city.wards)


def _empty(city: City, when: When) -> bool:
    lists = any(getattr(when, name) == () for name in (*_LISTS, "days", "district", "ward"))
    nowhere = when.place == "unknown" and (when.district is not None or when.ward is not None)
    categories = [BY_ID[one].function for one in when.category or () if one in BY_ID]
    apart = (
        when.function is not None
        and len(categories) == len(when.category or ())
        and bool(categories)
        and not set(categories) & set(when.function)
    )
    return lists or nowhere or apart or _wards(city, when) == frozenset()


def _certain(city: City, earlier: Rule, when: When, part: Part) -> bool:
    """Whether the earlier rule surely gives this part: a seat that depends on the complaint may be nobody."""
    said = earlier.then.said().get(part)
    if said is None:
        return False
    if part not in ("lead", "territorial"):
        return True
    names = said if isinstance(said, tuple) else ()
    if part == "territorial" and not names:
        return True
    if when.about is not None:
        return False  # a seat may be left out because the complaint is about it
    if "first_level" in names and when.first_level:
        return True
    return any(name in city.seats and name not in SEAT_WORDS for name in names)


def _categories(city: City) -> list[Doubt]:
    return [
        Doubt(rule.id, f"no complaint is of the category {category}, unless a screener writes it so")
        for rule in city.rules.rules
        for category in rule.when.category or ()
        if category not in BY_ID
    ]


def _undecided(city: City) -> list[Doubt]:
    """Functions that several offices declare everywhere, and that no rule gives to one of them."""
    declared = Counter(f for agency in city.agencies if not agency.areas for f in agency.functions)
    decided = {
        function
        for rule in city.rules.rules
        if rule.then.lead is not None and set(rule.when.said()) <= {"function"}
        for function in rule.when.function or ()
    }
    return [
        Doubt(None, f"{function} is declared by {', '.join(_offices(city, function))}, and no rule says which")
        for function, times in sorted(declared.items())
        if times > 1 and function not in decided
    ]


def _offices(city: City, function: str) -> list[str]:
    return [agency.id for agency in city.agencies if function in agency.functions and not agency.areas]
