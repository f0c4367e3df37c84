"""A city's file of who hears what, read with the line of what is wrong in it."""

from pathlib import Path

from services.contracts.city import City
from services.contracts.hearing.rules import Hearing
from services.runtime.rule_files import RulesWrong, line_of, parsed


def read(path: Path, city: City) -> Hearing:
    """Raises `RulesWrong`."""
    hearing, node = parsed(path, Hearing)
    for number, name in enumerate(hearing.morning.seats):
        seat = city.seats.get(name)
        if seat is None or "leader" not in seat.roles:
            line = line_of(node, ("morning", "seats", number))
            raise RulesWrong(f"{path}:{line}: morning.seats.{number}: no leader of {city.name} has the seat {name}")
    return hearing
