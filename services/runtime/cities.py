"""The cities that this installation serves, from `deploy/cities/<city>.yaml`."""

from pathlib import Path

import yaml
from pydantic import ValidationError

from services.contracts.city import City, Policy


class CityFileWrong(Exception):
    """A city file that can't be used; the message names file and field."""


def load(folder: Path, time_scale: float = 1.0) -> dict[str, City]:
    """Cities by id. The policy's hours, seconds and fractions of days come multiplied by `time_scale`, once, here."""
    cities: dict[str, City] = {}
    for path in sorted(folder.glob("*.yaml")):
        city = _read(path)
        if city.id != path.stem:
            raise CityFileWrong(f"{path}: describes {city.id}, so it should be {city.id}.yaml")
        cities[city.id] = with_policy(city, scaled(city.policy, time_scale))
    return cities


def with_policy(city: City, policy: Policy) -> City:
    """The same city under another policy."""
    return City.model_validate({**city.model_dump(exclude={"policy"}), "policy": policy})


def scaled(policy: Policy, time_scale: float) -> Policy:
    """Working days that are whole numbers (`resolve_working_days`) follow the calendar and stay."""
    if time_scale == 1.0:
        return policy
    return Policy.model_validate(
        {
            **policy.model_dump(),
            "first_response_hours": policy.first_response_hours * time_scale,
            "live_minutes": policy.live_minutes * time_scale,
            "escalate_hours": policy.escalate_hours * time_scale,
            "settle_seconds": policy.settle_seconds * time_scale,
            "confirm_working_days": policy.confirm_working_days * time_scale,
            "surge_quiet_minutes": policy.surge_quiet_minutes * time_scale,
            "surge_update_hours": policy.surge_update_hours * time_scale,
        }
    )


def _read(path: Path) -> City:
    try:
        return City.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except yaml.YAMLError as error:
        raise CityFileWrong(f"{path}: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        raise CityFileWrong(f"{path}: {'.'.join(str(part) for part in first['loc'])}: {first['msg']}") from error
