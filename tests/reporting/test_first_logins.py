"""Several people at once: at one desk for the first time, from one office's address."""

import asyncio

from tests.reporting.conftest import House


async def test_two_first_logins_of_one_seat_at_the_same_moment_both_come_in(house: House) -> None:
    async def enter() -> str:
        async with house.seat("camat-ratu-samban") as client:
            seen: str = (await client.get("/saya", headers={"accept": "application/json"})).json()["seat"]
            return seen

    assert list(await asyncio.gather(enter(), enter())) == ["camat-ratu-samban"] * 2


async def test_people_of_one_address_who_log_in_together_do_not_wait_for_each_other(house: House) -> None:
    async def enter(seat: str) -> str:
        async with house.seat(seat) as client:
            seen: str = (await client.get("/saya", headers={"accept": "application/json"})).json()["seat"]
            return seen

    seats = ["asisten-1", "asisten-2", "asisten-3", "prokopim", "desk", "dpo"]
    assert list(await asyncio.gather(*(enter(seat) for seat in seats))) == seats
