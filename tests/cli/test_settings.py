"""What an operator sets reaches the services, whichever setting it is."""

from pathlib import Path

import pytest

from services.cli.settings import DECIDED_HERE, CliSettings
from services.runtime.settings import Settings


@pytest.mark.parametrize("name", sorted(set(Settings.model_fields) - DECIDED_HERE))
def test_a_setting_of_a_service_is_handed_on(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(f"TUNTAS_{name.upper()}", "240")
    assert CliSettings().passed_on()[f"TUNTAS_{name.upper()}"] == "240"


@pytest.mark.parametrize("name", sorted(DECIDED_HERE))
def test_what_the_installation_decides_is_not_taken_from_outside(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    assert name in Settings.model_fields
    monkeypatch.setenv(f"TUNTAS_{name.upper()}", "240")
    assert f"TUNTAS_{name.upper()}" not in CliSettings(http_port=1, http_host="", home=Path()).passed_on()
