"""The city files, for tests."""

from functools import cache
from pathlib import Path

import yaml

from services.contracts.city import City

FOLDER = Path(__file__).parents[2] / "deploy" / "cities"


@cache
def read(city: str) -> City:
    return City.model_validate(yaml.safe_load((FOLDER / f"{city}.yaml").read_text(encoding="utf-8")))
