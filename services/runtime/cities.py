"""The cities that this installation serves: `deploy/cities/<city>.yaml`, and beside it `<city>/rules.yaml` and
`<city>/hearing.yaml`."""

from pathlib import Path

import yaml
from pydantic import ValidationError

from services.contracts.city import Agency, City
from services.contracts.city.policy import Policy
from services.contracts.city.rule_checks import problems
from services.contracts.city.rules import Rules
from services.contracts.hearing.rules import Hearing
from services.runtime import hearing_files, rule_files


class CityFileWrong(Exception):
    """A city file that can't be used; the message names file and field."""


def load(folder: Path, time_scale: float = 1.0, *, quiet_hours: bool = True) -> dict[str, City]:
    """Cities by id. The policy's hours, seconds and fractions of days come multiplied by `time_scale`, once, here.

    Where time runs otherwise than on the clock, and without `quiet_hours`, nothing waits for the end of a night."""
    cities: dict[str, City] = {}
    for path in sorted(folder.glob("*.yaml")):
        city = _read(path)
        if city.id != path.stem:
            raise CityFileWrong(f"{path}: describes {city.id}, so it should be {city.id}.yaml")
        rules = folder / city.id / "rules.yaml"
        found = read_rules(rules, city) if rules.exists() else city.rules
        heard = folder / city.id / "hearing.yaml"
        hearing = read_hearing(heard, city) if heard.exists() else city.hearing
        if not quiet_hours or time_scale != 1.0:
            hearing = awake(hearing)
        for wrong in problems(city, found):
            raise CityFileWrong(f"{path}: {'.'.join(str(part) for part in wrong.at)}: {wrong.says}")
        cities[city.id] = remade(city, policy=scaled(city.policy, time_scale), rules=found, hearing=hearing)
    return cities


def read_rules(path: Path, city: City) -> Rules:
    """Raises `CityFileWrong` with file, line and field."""
    try:
        return rule_files.read(path, city)
    except rule_files.RulesWrong as error:
        raise CityFileWrong(str(error)) from error


def read_hearing(path: Path, city: City) -> Hearing:
    """Raises `CityFileWrong` with file, line and field."""
    try:
        return hearing_files.read(path, city)
    except rule_files.RulesWrong as error:
        raise CityFileWrong(str(error)) from error


def awake(hearing: Hearing) -> Hearing:
    """The same without quiet hours."""
    return Hearing.model_validate({**hearing.model_dump(), "quiet": None})


def remade(
    city: City,
    *,
    policy: Policy | None = None,
    rules: Rules | None = None,
    agencies: tuple[Agency, ...] | None = None,
    hearing: Hearing | None = None,
) -> City:
    """The same city under another policy, other rules, or with offices that serve something else."""
    return City.model_validate(
        {
            **city.model_dump(exclude={"policy", "rules", "agencies", "hearing"}),
            "policy": policy or city.policy,
            "rules": rules or city.rules,
            "agencies": agencies or city.agencies,
            "hearing": hearing or city.hearing,
        }
    )


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
            "recompute_grace_hours": policy.recompute_grace_hours * time_scale,
            "vacant_after_hours": policy.vacant_after_hours * time_scale,
            "settle_seconds": policy.settle_seconds * time_scale,
            "remind_hours": policy.remind_hours * time_scale,
            "question_working_days": policy.question_working_days * time_scale,
            "confirm_working_days": policy.confirm_working_days * time_scale,
            "surge_quiet_minutes": policy.surge_quiet_minutes * time_scale,
            "surge_update_hours": policy.surge_update_hours * time_scale,
            "sign_off": {**policy.sign_off.model_dump(), "hours": policy.sign_off.hours * time_scale},
        }
    )


def _read(path: Path) -> City:
    try:
        return City.model_validate(rule_files.loaded(path.read_text(encoding="utf-8")))
    except yaml.YAMLError as error:
        raise CityFileWrong(f"{path}: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        raise CityFileWrong(f"{path}: {'.'.join(str(part) for part in first['loc'])}: {first['msg']}") from error
