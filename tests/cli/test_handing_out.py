"""What a service in a container is given, and what a developer's entry point says."""

import json
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from services.cli.provision.given import give, settings_of
from services.cli.settings import CliSettings
from services.contracts.subjects import SERVICES
from tests.conftest import ROOT, Stack


def test_each_service_is_handed_its_own_passwords_and_nobody_elses(stack: Stack, tmp_path: Path) -> None:
    for service in SERVICES:
        give(stack.installation, service, tmp_path / service)
    passwords = stack.installation.secrets.nats
    for service in SERVICES:
        everything = "".join(file.read_text() for file in (tmp_path / service).iterdir())
        assert passwords[service] in everything
        for other in {*SERVICES, "admin", "sys"} - {service}:
            assert passwords[other] not in everything
        assert {stat.S_IMODE(file.stat().st_mode) for file in (tmp_path / service).iterdir()} == {0o600}
        assert settings_of(tmp_path / service)["TUNTAS_SECRETS_FILE"] == str(tmp_path / service / "secrets.json")


def test_only_reporting_can_sign_for_staff(stack: Stack, tmp_path: Path) -> None:
    private = stack.installation.secrets.staff_token_private
    for service in SERVICES:
        give(stack.installation, service, tmp_path / service)
        given = json.loads((tmp_path / service / "secrets.json").read_text())
        assert (given["staff_token_private"] == private) is (service == "reporting")


def test_a_database_password_comes_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text("rahasia/contoh\n")
    settings = CliSettings(database_url="postgresql://postgres@db:5432/postgres", database_password_file=file)
    assert settings.database == "postgresql://postgres:rahasia%2Fcontoh@db:5432/postgres"
    with pytest.raises(ValueError, match="names no user"):
        _ = CliSettings(database_url="postgresql://db/postgres", database_password_file=file).database


@pytest.mark.parametrize(("arguments", "code"), [([], 2), (["--help"], 0), (["test", "-h"], 0), (["terbang"], 2)])
def test_dev_py_says_what_it_can_do(arguments: list[str], code: int) -> None:
    said = subprocess.run(
        [sys.executable, "-S", "-I", ROOT / "dev.py", *arguments], capture_output=True, text=True, check=False
    )
    assert said.returncode == code
    assert "usage: python3 dev.py COMMAND" in said.stdout + said.stderr
