"""Secrets are replaced while the door is open: old and new count for a while, a revoked one counts no longer."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
import pytest_asyncio

from services.cli.provision.secrets import Keeper, UnknownSecret
from services.contracts.secrets import CitySecrets, Retiring
from services.intake.doors.uploads import uploaders
from services.intake.meta.signature import signed
from services.notifier.door import Door
from services.notifier.doors import renew
from services.notifier.pace import Pace, Rates
from services.runtime.cities import load
from services.runtime.secret_watch import SecretWatch
from tests.conftest import ROOT, Stack
from tests.intake.conftest import Process

CITY = "bukittinggi"
BODY = b'{"object":"whatsapp_business_account","entry":[]}'
DAY = timedelta(days=1)


@pytest_asyncio.fixture
async def keeper(stack: Stack) -> AsyncIterator[Keeper]:
    """The operator's files, put back afterwards."""
    found = stack.installation.keeper
    before = found.read()
    yield found
    city = before.cities[CITY]
    found.rotate(CITY, "whatsapp.app_secret", city.whatsapp.app_secret, timedelta(), datetime.now(UTC))


async def _answers(intake: Process, secret: str) -> int:
    async with httpx.AsyncClient(timeout=10) as http:
        headers = {"x-hub-signature-256": signed(secret, BODY), "content-type": "application/json"}
        return (await http.post(f"{intake.url}/webhooks/{CITY}/whatsapp", content=BODY, headers=headers)).status_code


async def _until(seen: Callable[[], Awaitable[bool]]) -> None:
    for _ in range(100):
        if await seen():
            return
        await asyncio.sleep(0.1)
    raise AssertionError("the door never read it")


async def test_old_and_new_count_for_a_while_and_a_revoked_one_no_longer(keeper: Keeper, intake: Process) -> None:
    old = keeper.read().cities[CITY].whatsapp.app_secret
    assert await _answers(intake, old) == 200
    assert await _answers(intake, "another") == 401

    keeper.rotate(CITY, "whatsapp.app_secret", "another", DAY, datetime.now(UTC))

    async def new_counts() -> bool:
        return await _answers(intake, "another") == 200

    await _until(new_counts)
    assert await _answers(intake, old) == 200, "the provider may not know the new one yet"

    keeper.rotate(CITY, "whatsapp.app_secret", "a third", timedelta(), datetime.now(UTC))

    async def third_counts() -> bool:
        return await _answers(intake, "a third") == 200

    await _until(third_counts)
    assert await _answers(intake, "another") == 401
    assert await _answers(intake, old) == 401, "what was replaced before it is over too"


def _home(tmp_path: Path) -> Keeper:
    made = Keeper(tmp_path)
    made.make(load(ROOT / "deploy" / "cities").values())
    return made


def test_each_service_is_given_its_own_part_of_what_changed(tmp_path: Path) -> None:
    keeper, now = _home(tmp_path), datetime.now(UTC)
    old = keeper.read().cities[CITY]
    keeper.rotate(CITY, "whatsapp.access_token", "fresh", DAY, now)
    notifier = json.loads(keeper.service_file("notifier").read_text())["cities"][CITY]
    intake = json.loads(keeper.service_file("intake").read_text())["cities"][CITY]
    assert notifier["whatsapp"]["access_token"] == intake["whatsapp"]["access_token"] == "fresh"
    assert notifier["retiring"] == []
    assert intake["retiring"][0]["value"] == old.whatsapp.access_token
    assert keeper.service_file("notifier").stat().st_mode & 0o077 == 0
    again = keeper.make(load(ROOT / "deploy" / "cities").values())
    assert again.cities[CITY].retiring[0].value == old.whatsapp.access_token, "provisioning keeps it"


def test_what_a_city_has_not_can_not_be_replaced(tmp_path: Path) -> None:
    keeper = _home(tmp_path)
    for name in ("whatsapp", "whatsapp.none", "none.app_secret", "staff", "adapters.none", "retiring.0", "still.x"):
        with pytest.raises(UnknownSecret):
            keeper.rotate(CITY, name, "x", DAY, datetime.now(UTC))


@pytest.mark.parametrize(("left", "counts"), [(timedelta(seconds=60), True), (timedelta(seconds=-1), False)])
def test_an_adapters_old_token_counts_until_its_time_is_over(left: timedelta, counts: bool) -> None:
    old = Retiring(name="adapters.instagram", value="old", until=datetime.now(UTC) + left)
    known = uploaders({CITY: CitySecrets(adapters={"instagram": "new"}, retiring=(old,))})
    assert known.of("Bearer new").name == "adapter:instagram"
    if counts:
        assert known.of("Bearer old").name == "adapter:instagram"
    else:
        with pytest.raises(Exception, match="wrong_token"):
            known.of("Bearer old")
    known.renew(uploaders({CITY: CitySecrets(adapters={"instagram": "newer"})}))
    with pytest.raises(Exception, match="wrong_token"):
        known.of("Bearer new")


def test_what_is_half_written_changes_nothing(tmp_path: Path) -> None:
    file, heard = tmp_path / "secrets.json", list[dict[str, object]]()
    file.write_text('{"a": 1}')
    watch = SecretWatch(file, heard.append)
    assert not watch.look()
    file.write_text('{"a": ')
    assert not watch.look()
    file.write_text('{"a": 22}')
    assert watch.look()
    assert not watch.look()
    assert heard == [{"a": 22}]


def test_a_door_keeps_its_pace_with_new_credentials_and_is_gone_without() -> None:
    class Sends:
        async def send(self, outgoing: object) -> object:
            raise NotImplementedError

    one, two, rates = Sends(), Sends(), Rates(per_second=1, person_seconds=1)
    before = Door(one, Pace(rates, lambda: 0.0))  # type: ignore[arg-type]  # nothing is sent here
    after = Door(two, Pace(rates, lambda: 0.0))  # type: ignore[arg-type]
    known = {(CITY, "a"): before, (CITY, "b"): before}
    renew(known, {(CITY, "a"): after})
    assert set(known) == {(CITY, "a")}
    assert known[CITY, "a"].sender is two  # type: ignore[comparison-overlap]
    assert known[CITY, "a"].pace is before.pace
