"""The city's own accounts on the pages: one that was taken over, who waits, and what a screener sees of it."""

from datetime import UTC, datetime, timedelta

from services.complaint import commands as c
from services.contracts import ids
from services.contracts.envelope import Recorded
from services.contracts.facts.doors import DOOR_FACTS, AccountCompromised, AccountTrusted, DoorFact
from tests.reporting.conftest import House

DOOR = "hotline-walikota"
JSON = {"accept": "application/json"}


def say(house: House, n: int, fact: DoorFact) -> None:
    name = next(name for name, cls in DOOR_FACTS.items() if isinstance(fact, cls))
    event = Recorded[DoorFact](
        id=ids.derive(b"t", DOOR, str(n)), complaint=DOOR, n=n, type=name, schema=1, city="bengkulu",
        at=datetime.now(UTC), actor="seat:prokopim", causation=ids.derive(b"c", DOOR), data=fact,
    )  # fmt: skip
    house.desk.accounts.take(name, event.model_dump_json(by_alias=True, exclude_none=True).encode())


async def test_who_waits_by_a_lost_account_is_listed_and_a_screener_sees_what_is_suspect(house: House) -> None:
    since = datetime.now(UTC) - timedelta(hours=3)
    story = await (await house.teller.begin()).screened()
    await story.do(c.RecordAccountLost(cause=await story.cause(), door=DOOR, since=since, suspect=True))
    await house.follow()
    say(house, 1, AccountCompromised(since=since, by="prokopim"))
    try:
        async with house.seat("tim-saring") as screener, house.seat("walikota") as mayor:
            view = (await screener.get("/akun.json")).json()
            page = (await screener.get("/akun")).text
            case = (await screener.get(f"/laporan/{story.ticket}")).text
            board = (await mayor.get("/papan")).text
        lost = next(one for one in view["accounts"] if one["door"] == DOOR)
        assert lost["since"] is not None
        assert story.ticket in [one["ticket"] for one in lost["waiting"]]
        assert "1 akun sedang dikuasai orang lain." in page
        assert "akun asal pernah dikuasai orang lain" in page
        assert "pesan dari masa itu diragukan" in case
        assert "Akun dikuasai orang lain" in board
        async with house.seat("desk") as clerk:
            assert "Nyatakan dikuasai orang lain" not in (await clerk.get("/akun")).text, "a clerk does not declare"
    finally:
        say(house, 2, AccountTrusted(by="sekda"))
    async with house.seat("walikota") as mayor:
        assert "Semua akun kota dipercaya." in (await mayor.get("/akun")).text


async def test_an_office_has_nothing_to_do_with_accounts(house: House) -> None:
    async with house.seat("dlh") as office:
        assert (await office.get("/akun", headers=JSON)).status_code == 403
