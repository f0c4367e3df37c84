"""Addresses of offices' programs that stand in the city's file: registered once, called with a known secret."""

from typing import Any

import pytest
from pydantic import ValidationError

from services.contracts.city import City, Program
from services.reporting.webhooks import Webhooks
from services.reporting.webhooks_of_file import WebhooksOfFile
from services.runtime.sealing import MasterKey
from services.runtime.vault import Vault
from tests.reporting.conftest import House
from tests.router.cities import read

JSON = {"accept": "application/json"}
SEAT, OTHER = "dispar", "dispora"
URL, MOVED = "https://dispar.example.go.id/tuntas", "https://baru.example.go.id/tuntas"


def with_programs(city: City, *programs: tuple[str, str]) -> dict[str, City]:
    named = tuple(Program(seat=seat, url=url) for seat, url in programs)
    return {city.id: city.model_copy(update={"webhooks": named})}


async def hooks(house: House, seat: str) -> list[dict[str, Any]]:
    async with house.seat("admin-sistem") as admin:
        shown = (await admin.get("/webhook", headers=JSON)).json()["hooks"]
    return [one["hook"] for one in shown if one["hook"]["seat"] == seat]


async def test_a_file_s_address_is_called_from_when_its_secret_is_known(house: House) -> None:
    city = house.stack.cities["bengkulu"]
    vault = Vault(house.staff, MasterKey.load(house.stack.installation.keeper.master_key_file))
    files = WebhooksOfFile(house.staff, vault, Webhooks(house.staff, vault, house.clock), house.clock)
    for _ in range(2):  # as after a restart
        await files.keep(with_programs(city, (SEAT, URL), (OTHER, URL)))
    [hook] = await hooks(house, SEAT)
    assert (hook["url"], hook["enabled"], hook["disabled_why"]) == (URL, False, "no_secret")
    assert hook["of_file"] is True
    name = hook["id"]
    async with house.seat("admin-sistem") as admin, house.seat(SEAT) as head:
        page = (await head.get("/webhook")).text
        assert "kunci rahasianya belum dibuat" in page
        assert "menunggu kuncinya dibuat" in page, "it is not dead, it waits for somebody"
        assert "Buat kunci dan hidupkan" not in page, "a head makes no secrets"
        assert "Buat kunci dan hidupkan" in (await admin.get("/webhook")).text
        await head.post(f"/webhook/{name}/hidupkan", headers=JSON)
        assert not (await hooks(house, SEAT))[0]["enabled"], "nobody could check its signature"
        assert (await admin.post(f"/webhook/{name}/putar", headers=JSON)).json()["secret"].startswith("whsec_")
    [hook] = await hooks(house, SEAT)
    assert (hook["enabled"], hook["disabled_why"], hook["old_secret_until"]) == (True, None, None)

    await files.keep(with_programs(city, (SEAT, MOVED), (OTHER, URL)))
    [hook] = await hooks(house, SEAT)
    assert (hook["id"], hook["url"], hook["enabled"]) == (name, MOVED, True), "moved, with its secret"

    await files.keep(with_programs(city, (OTHER, URL)))
    [hook] = await hooks(house, SEAT)
    assert (hook["enabled"], hook["disabled_why"]) == (False, "not_in_file")
    [other] = await hooks(house, OTHER)
    assert other["disabled_why"] == "no_secret"

    await files.keep(with_programs(city, (SEAT, MOVED), (OTHER, URL)))
    [hook] = await hooks(house, SEAT)
    assert (hook["id"], hook["enabled"], hook["disabled_why"]) == (name, False, "no_secret")
    for one in (name, other["id"]):
        assert await Webhooks(house.staff, vault, house.clock).remove(city.id, one)


async def test_what_somebody_registered_by_hand_is_no_business_of_the_file(house: House) -> None:
    city = house.stack.cities["bengkulu"]
    vault = Vault(house.staff, MasterKey.load(house.stack.installation.keeper.master_key_file))
    store = Webhooks(house.staff, vault, house.clock)
    made = await store.add(city, SEAT, URL, "admin-sistem")
    await WebhooksOfFile(house.staff, vault, store, house.clock).keep({city.id: city})
    [hook] = await hooks(house, SEAT)
    assert (hook["id"], hook["enabled"], hook["of_file"]) == (made.id, True, False)
    assert await store.remove(city.id, made.id)


@pytest.mark.parametrize(
    "program",
    [
        {"seat": SEAT, "url": "http://dispar.example.go.id/"},
        {"seat": SEAT, "url": "https://10.0.0.7/"},
        {"seat": SEAT, "url": "https://user:word@dispar.example.go.id/"},
        {"seat": "no-such-seat", "url": URL},
        {"seat": SEAT},
    ],
)
def test_what_a_file_can_not_mean_is_refused(program: dict[str, str]) -> None:
    raw = read("bengkulu").model_dump(exclude={"webhooks"})
    with pytest.raises(ValidationError):
        City.model_validate({**raw, "webhooks": [program]})
