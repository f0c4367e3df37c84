"""What a city's rules name that the city does not have. Pure; the file's reader says it with the line."""

from collections.abc import Iterator
from dataclasses import dataclass

from services.contracts.city import City
from services.contracts.city.rules import SEAT_WORDS, Rules

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """`at`: where in the rules, as keys and positions: `("rules", 3, "then", "lead")`."""

    at: Path
    says: str


def problems(city: City, rules: Rules) -> list[Problem]:
    """Everything that can't be meant: unknown seats, places, doors and units."""
    return [*_in_rules(city, rules), *_in_hand_offs(city, rules), *_in_agencies(city)]


def _in_rules(city: City, rules: Rules) -> Iterator[Problem]:
    doors = {door.id for door in city.doors}
    units = {unit.id for agency in city.agencies for unit in agency.units}
    for number, rule in enumerate(rules.rules):
        at: Path = ("rules", number)
        for name in rule.when.district or ():
            if not city.codes(name) & {d.code for d in city.districts}:
                yield Problem((*at, "when", "district"), f"no kecamatan of {city.name} is called {name}")
        for name in rule.when.ward or ():
            found = city.codes(name) & city.wards.keys()
            if not found:
                yield Problem((*at, "when", "ward"), f"no kelurahan of {city.name} is called {name}")
            elif len(found) > 1:
                codes = ", ".join(sorted(found))
                yield Problem((*at, "when", "ward"), f"{name} is several kelurahan: write the code ({codes})")
        for door in rule.when.door or ():
            if door not in doors:
                yield Problem((*at, "when", "door"), f"the city has no door {door}")
        for part in ("lead", "supporting", "territorial"):
            for seat in getattr(rule.then, part) or ():
                if seat not in city.seats and seat not in SEAT_WORDS:
                    yield Problem((*at, "then", part), f"the city has no seat {seat}")
        if rule.then.unit is not None and rule.then.unit not in units:
            yield Problem((*at, "then", "unit"), f"no office has a unit {rule.then.unit}")
        if rule.then.instruction is not None:
            try:
                rule.then.instruction.format(category="", place="")
            except (KeyError, IndexError, ValueError):
                says = "an instruction knows {category} and {place}, nothing else in braces"
                yield Problem((*at, "then", "instruction"), says)


def _in_hand_offs(city: City, rules: Rules) -> Iterator[Problem]:
    for number, one in enumerate(rules.hand_offs):
        for name, seats in (("from", one.giver), ("to", one.to)):
            for seat in seats:
                if seat not in city.seats and seat not in SEAT_WORDS:
                    yield Problem(("hand_offs", number, name), f"the city has no seat {seat}")


def _in_agencies(city: City) -> Iterator[Problem]:
    for agency in city.agencies:
        for name in (*agency.areas, *(area for unit in agency.units for area in unit.areas)):
            if not city.codes(name):
                yield Problem(("agencies", agency.id, "areas"), f"{agency.id}: no place of the city is called {name}")
        ids = [unit.id for unit in agency.units]
        if len(ids) != len(set(ids)):
            yield Problem(("agencies", agency.id, "units"), f"{agency.id}: two units of one id")
