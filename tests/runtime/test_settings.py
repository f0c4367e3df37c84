"""Settings and city files: what a service is told, and what it says when it was told wrong."""

import json
from pathlib import Path

import pytest
import yaml

from services.contracts.city import Policy
from services.runtime import cities
from services.runtime.settings import Settings

CITIES = Path("deploy/cities")


def test_the_inbox_prefix_follows_the_user_of_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUNTAS_NATS_URL", "nats://router:p%40ss@127.0.0.1:4222")
    assert Settings().inbox_prefix == "_INBOX_router"
    monkeypatch.setenv("TUNTAS_NATS_INBOX_PREFIX", "_OWN")
    assert Settings().inbox_prefix == "_OWN"


def test_secrets_are_read_from_their_file_and_none_is_no_error(tmp_path: Path) -> None:
    assert Settings(home=tmp_path).secrets == {}
    (tmp_path / "secrets.json").write_text(json.dumps({"a": 1}))
    assert Settings(home=tmp_path).secrets == {"a": 1}


def test_time_scale_multiplies_the_policy_once_and_leaves_the_calendar_alone() -> None:
    policy = Policy(version=1)
    scaled = cities.scaled(policy, 0.01)
    assert scaled.first_response_hours == pytest.approx(0.24)
    assert scaled.settle_seconds == pytest.approx(0.9)
    assert scaled.resolve_working_days == policy.resolve_working_days
    assert cities.scaled(policy, 1.0) == policy


def test_every_city_file_of_ours_loads_scaled() -> None:
    plain, quick = cities.load(CITIES), cities.load(CITIES, 0.5)
    assert plain.keys() == quick.keys() >= {"bengkulu", "bukittinggi", "pekanbaru", "kupang"}
    for name, city in plain.items():
        assert quick[name].policy.settle_seconds == city.policy.settle_seconds / 2
        assert quick[name].seats == city.seats


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"ticket_prefix": "lower"}, "ticket_prefix"),
        ({"mayor": "Ibu Contoh"}, "mayor"),
        ({"id": "elsewhere"}, "elsewhere.yaml"),
    ],
)
def test_a_city_file_that_is_wrong_is_named_with_its_field(
    tmp_path: Path, change: dict[str, object], said: str
) -> None:
    city = yaml.safe_load((CITIES / "kupang.yaml").read_text())
    (tmp_path / "kupang.yaml").write_text(yaml.safe_dump({**city, **change}))
    with pytest.raises(cities.CityFileWrong, match=said) as error:
        cities.load(tmp_path)
    assert "kupang.yaml" in str(error.value)
