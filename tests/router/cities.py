"""The city files, for tests."""

from functools import cache
from pathlib import Path

from services.contracts.city import City
from services.runtime import cities

FOLDER = Path(__file__).parents[2] / "deploy" / "cities"


@cache
def read(city: str) -> City:
    return cities.load(FOLDER)[city]
