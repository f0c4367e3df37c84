"""Who sends too much waits behind others; nobody's first report does, and nothing is lost."""

import asyncio
import base64
import json
from collections.abc import Sequence
from typing import Any

import httpx
import pytest

from services.contracts import ids, subjects
from services.contracts.city import City
from services.contracts.city.policy import DoorBudgets
from services.contracts.intake import IntakeMessage
from services.intake.budgets.counting import Budgets
from services.intake.budgets.release import BUSY, LONGEST, Release, together_or_alone
from services.intake.inbox.incoming import Incoming, read
from services.runtime import cities
from services.runtime.delivery import Delivery
from services.runtime.sealing import MasterKey, seal
from services.web.frame import SESSION_COOKIE
from tests.conftest import ROOT
from tests.intake.conftest import CITY, Behind, Phone, Process, a_message_id, a_person
from tests.intake.logins import login
from tests.intake.webhooks import text

RULES = DoorBudgets(first=2, person_messages=4, person_minutes=10, channel_messages=6)


def heard(
    city: City, person: str, second: float, words: str = "jalan rusak", channel: str = "whatsapp", **more: Any
) -> Incoming:
    said = {"id": f"{person}{second}{words}", "sender": {"person": person}, "text": words, **more}
    body = IntakeMessage.model_validate(said).model_dump_json(exclude_none=True).encode()
    at = (1_780_000_020 + second) * 10**9
    subject = subjects.intake(city.id, channel)
    one = read(Delivery("INTAKE", subject, 1, "", {}, body, stored_ns=int(at)), city, b"k" * 32)
    assert isinstance(one, Incoming)
    return one


@pytest.fixture
def city() -> City:
    found = cities.load(ROOT / "deploy" / "cities")["bengkulu"]
    return found.model_copy(update={"policy": found.policy.model_copy(update={"doors": RULES})})


def weighed(city: City, *said: tuple[str, float]) -> list[str | None]:
    budgets = Budgets()
    return [budgets.weigh(heard(city, person, second)) for person, second in said]


def test_a_person_beyond_his_budget_waits_until_his_window_is_over(city: City) -> None:
    assert weighed(city, *[("a", n) for n in range(6)]) == [None] * 4 + ["person"] * 2
    assert weighed(city, *[("a", n) for n in range(5)], ("a", 700)) == [None] * 4 + ["person", None]


def test_a_full_channel_slows_only_who_was_heard_before(city: City) -> None:
    found = weighed(city, *[(f"p{n}", 0.1 * n) for n in range(20)], ("p1", 3), ("p1", 4), ("p1", 5))
    assert found == [None] * 20 + [None, "channel", "channel"]


def test_a_flood_of_many_people_is_nobodys_excess(city: City) -> None:
    assert set(weighed(city, *[(f"p{n}", 0) for n in range(5_000)])) == {None}


@pytest.mark.parametrize(
    ("said", "more"),
    [("tolong kebakaran di jalan meranti", {}), ("SUDAH", {"form": "button", "button": "confirm:x"})],
)
def test_danger_and_answers_by_button_never_wait(city: City, said: str, more: dict[str, Any]) -> None:
    budgets = Budgets()
    for n in range(50):
        budgets.weigh(heard(city, "a", n))
    assert budgets.weigh(heard(city, "a", 51, said, **more)) is None


def test_what_offices_bring_is_never_weighed(city: City) -> None:
    budgets = Budgets()
    said: dict[str, Any] = {"counter": {"by": "screening"}, "wish": "open"}
    assert {budgets.weigh(heard(city, "x", n, "x", "desk", **said)) for n in range(50)} == {None}


def test_no_budget_means_none(city: City) -> None:
    free = DoorBudgets(person_messages=0, channel_messages=0)
    open_city = city.model_copy(update={"policy": city.policy.model_copy(update={"doors": free})})
    assert set(weighed(open_city, *[("a", n) for n in range(500)])) == {None}


class _Door:
    taken = 0

    async def release(self) -> int:
        return 0


def test_what_was_slowed_goes_on_when_nobody_waits_and_every_half_minute() -> None:
    door, now = _Door(), [0.0]
    release = Release(door, lambda: now[0])
    turns = []
    for busy in (0, BUSY, BUSY, 0, BUSY):
        door.taken += busy
        now[0] += 1
        turns.append(release.turn())
    assert turns == [True, False, False, True, False]
    now[0] += LONGEST
    door.taken += BUSY
    assert release.turn()


async def _parts(unfit: set[int], *, away: bool = False) -> tuple[list[int], list[int]]:
    taken: list[int] = []
    parked: list[int] = []

    async def take(some: Sequence[int]) -> None:
        if away:
            raise TimeoutError
        if unfit.intersection(some):
            raise ValueError("one of them can't be taken")
        taken.extend(some)

    async def park(one: int, _error: Exception) -> None:
        parked.append(one)

    await together_or_alone([1, 2, 3], take, park)
    return taken, parked


@pytest.mark.parametrize(
    ("unfit", "taken", "parked"), [(set(), [1, 2, 3], []), ({1}, [2, 3], [1]), ({1, 2, 3}, [], [1, 2, 3])]
)
async def test_one_that_can_not_be_taken_is_parked_and_keeps_nobody_waiting(
    unfit: set[int], taken: list[int], parked: list[int]
) -> None:
    assert await _parts(unfit) == (taken, parked)


async def test_while_something_is_away_nothing_is_parked() -> None:
    with pytest.raises(TimeoutError):
        await _parts({1}, away=True)


async def test_what_no_door_takes_any_more_is_parked_and_the_next_goes_on(
    phone: Phone, behind: Behind, intake: Process
) -> None:
    """Its door went from the city's file while it waited."""
    key = MasterKey.load(behind.stack.installation.keeper.master_key_file).derived("waiting")
    name = f"test-{a_message_id()}"
    gone = Delivery("INTAKE", subjects.intake(CITY, "carrier_pigeon"), 1, "", {}, b"{}", stored_ns=1)
    packed = seal(key, name, "slowed", base64.b64encode(gone.pack()).decode())
    await behind.pool.execute(
        "insert into intake.slowed (message_key, city, channel, door, person, why, sealed, at) "
        "values ($1, $2, 'carrier_pigeon', 'loft', $1, 'person', $3, now() - interval '1 day')",
        name, CITY, packed,
    )  # fmt: skip
    for _ in range(1200):
        if await behind.pool.fetchval("select done from intake.slowed where message_key = $1", name):
            break
        await asyncio.sleep(0.05)
    row = await behind.pool.fetchrow("select done, sealed from intake.slowed where message_key = $1", name)
    assert row is not None
    assert (row["done"], row["sealed"]) == (True, "")


async def test_a_flood_of_one_is_kept_marked_told_once_and_goes_on(
    phone: Phone, behind: Behind, intake: Process
) -> None:
    person = a_person()
    total = behind.stack.cities[CITY].policy.doors.person_messages + 12
    sent = [a_message_id() for _ in range(total)]
    for begin in range(0, total, 30):
        part = sent[begin : begin + 30]
        await phone.sends(person, *(text(f"jalan rusak nomor {n}", **{"from": person, "id": n}) for n in part))
    rows = [await behind.decided(one, patience=60) for one in sent]
    assert len(rows) == total, "nothing is lost"
    key = await behind.vault.id_key(CITY)
    alias = ids.conversation_id(key, CITY, "whatsapp", person)
    marks = await behind.pool.fetch("select why, done, sealed from intake.slowed where person = $1", alias)
    assert {row["why"] for row in marks} == {"person"}
    assert len(marks) == 12
    assert (await asks_of(behind, alias)).count("slowed") == 1, "however many waited, one answer"
    cookie, _ = await login(behind, "admin-sistem")
    async with httpx.AsyncClient(base_url=intake.url, cookies={SESSION_COOKIE: cookie}) as ops:
        page = (await ops.get("/meja/pintu.json")).json()
        assert (await ops.get("/meja/pintu")).status_code == 200
    mine = [one for one in page["slowed"] if one["waiting"] + one["gone_on"] == 12]
    assert mine
    assert all("tickets" not in one for one in mine), "which complaints are one person's is told to nobody"
    assert {door["channel"] for door in page["doors"]} >= {"whatsapp"}


async def asks_of(behind: Behind, alias: str) -> list[str]:
    """Kinds of what the notifier was asked for this chat, as far as it still lies there."""
    chat = await behind.pool.fetchval("select conversation from intake.alias where alias = $1", alias)
    js, found = behind.connection.jetstream(), []
    info = await js.stream_info(subjects.ASK)
    for sequence in range(info.state.first_seq, info.state.last_seq + 1):
        try:
            message = await js.get_msg(subjects.ASK, sequence)
        except Exception:  # noqa: BLE001, S112 - taken away meanwhile
            continue
        body = json.loads(message.data or b"{}")
        if body.get("conversation") == chat:
            found.append(body["kind"])
    return found
