"""An account of the city that somebody else had: declared since when, marked, never dropped, trusted again."""

from datetime import UTC, datetime, timedelta

import pytest

from services.complaint import events as e
from services.contracts import ids
from services.contracts.envelope import Recorded
from services.contracts.facts.doors import DOOR_FACTS, AccountCompromised, Accounts, AccountTrusted, DoorFact, Trust
from services.contracts.tokens import Role
from services.router.accounts.facts import DOOR_ACCOUNT
from tests.router.harness import Town, eventually

CITY, DOOR, OTHER = "bengkulu", "hotline-wawali", "hotline-walikota"
NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
GARBAGE = "sampah menumpuk di padang harapan sudah seminggu tidak diangkut"
TEAM: tuple[Role, ...] = ("communication",)
CHIEF: tuple[Role, ...] = ("coordinator",)


def _said(*facts: tuple[DoorFact, datetime]) -> tuple[Trust, Accounts]:
    state, accounts = Trust(), Accounts()
    for fact, at in facts:
        for one in DOOR_ACCOUNT.decide(state, fact, at):
            assert isinstance(one, AccountCompromised | AccountTrusted)
            recorded = Recorded[DoorFact](
                id=ids.derive(b"t", "x", str(state.n)), complaint=DOOR, n=state.n + 1,
                type=DOOR_ACCOUNT.type_of(one)[0], schema=1, city=CITY, at=at, actor="service:test",
                causation=ids.derive(b"t", "c", str(state.n)), data=one,
            )  # fmt: skip
            body = DOOR_ACCOUNT.encode(recorded)
            state = DOOR_ACCOUNT.evolve(state, DOOR_ACCOUNT.decode(recorded.type, 1, body))
            accounts.take(recorded.type, body)
    return state, accounts


def gone(since: datetime) -> AccountCompromised:
    return AccountCompromised(since=since, by="prokopim")


BACK = AccountTrusted(by="sekda")


@pytest.mark.parametrize(
    ("facts", "barred", "suspect"),
    [
        ((), False, set[int]()),
        (((gone(NOW - 2 * HOUR), NOW),), True, {-2, -1, 0, 1}),
        (((gone(NOW - 2 * HOUR), NOW), (BACK, NOW + HOUR)), False, {-2, -1, 0}),
        # It began earlier than was thought first; a later beginning takes nothing back.
        (((gone(NOW - HOUR), NOW), (gone(NOW - 3 * HOUR), NOW)), True, {-3, -2, -1, 0, 1}),
        (((gone(NOW - 3 * HOUR), NOW), (gone(NOW - HOUR), NOW)), True, {-3, -2, -1, 0, 1}),
        (((BACK, NOW),), False, set[int]()),
        # Twice taken over: what came in between is the city's own.
        (((gone(NOW - 3 * HOUR), NOW - 3 * HOUR), (BACK, NOW - 2 * HOUR), (gone(NOW), NOW)), True, {-3, 0, 1}),
    ],
)
def test_an_account_is_barred_while_it_is_lost_and_what_came_then_stays_suspect(
    facts: tuple[tuple[DoorFact, datetime], ...], barred: bool, suspect: set[int]
) -> None:
    _, accounts = _said(*facts)
    assert (accounts.barred(CITY, DOOR) is not None) == barred
    assert {hour for hour in range(-4, 2) if accounts.suspect(CITY, DOOR, NOW + hour * HOUR)} == suspect
    assert accounts.barred("kupang", DOOR) is None


def test_nobody_can_say_that_it_will_be_lost() -> None:
    assert not isinstance(DOOR_ACCOUNT.decide(Trust(), gone(NOW + HOUR), NOW), tuple)


STORED = {
    "city.account_compromised": f'{{"since":"2026-11-23T03:00:00Z","reason":"A256GCM.{"a" * 26}/handling.AAAA",'
    '"by":"prokopim"}',
    "city.account_trusted": '{"by":"sekda"}',
}


@pytest.mark.parametrize("name", DOOR_FACTS)
def test_what_was_stored_of_an_account_loads_and_is_written_the_same(name: str) -> None:
    assert DOOR_FACTS[name].model_validate_json(STORED[name]).model_dump_json(exclude_none=True) == STORED[name]


async def _lost(town: Town, complaint: str) -> list[e.AccountLost]:
    return [event.data for event in await town.events(CITY, complaint) if isinstance(event.data, e.AccountLost)]


async def _marked(town: Town, complaint: str) -> e.AccountLost:
    async def found() -> e.AccountLost | None:
        marks = await _lost(town, complaint)
        return marks[-1] if marks else None

    return await eventually(found, f"the mark on {complaint}")


async def test_open_ones_are_marked_and_what_came_since_is_suspect_and_waits_for_a_person(town: Town) -> None:
    before = await town.hear(CITY, GARBAGE, door=DOOR)
    elsewhere = await town.hear(CITY, GARBAGE, door=OTHER)
    await town.until(CITY, before, "complaint.assigned")
    await town.until(CITY, elsewhere, "complaint.assigned")
    town.clock.ahead += 2 * HOUR
    between = await town.hear(CITY, GARBAGE, door=DOOR)
    await town.until(CITY, between, "complaint.assigned")
    since = town.clock() - HOUR / 2
    try:
        declared = await town.staff(
            CITY,
            "prokopim",
            TEAM,
            None,
            do="declare_compromised",
            door=DOOR,
            since=since.isoformat(),
            reason="Diretas.",
        )
        assert (declared.refusal, declared.fact) == (None, DOOR)
        marks = [(await _marked(town, one)).suspect for one in (before, between)]
        assert marks == [False, True]
        assert await _lost(town, elsewhere) == []

        after = await town.hear(CITY, GARBAGE, door=DOOR)
        proposed = await town.until(CITY, after, "complaint.screening_proposed")
        assert (await _marked(town, after)).suspect
        assert not any(isinstance(event.data, e.ComplaintScreened) for event in proposed), "a person has to look"
        assert (await town.screen(CITY, after)).refusal is None, "it is a complaint like any other"

        again = await town.staff(
            CITY, "prokopim", TEAM, None, do="declare_compromised", door=DOOR, since=since.isoformat()
        )
        assert (again.refusal, again.n) == (None, declared.n), "said once"
        refused = await town.staff(CITY, "prokopim", TEAM, None, do="trust_account", door=DOOR)
        assert refused.refusal is not None
        assert refused.refusal.code == "not_allowed"
    finally:
        back = await town.staff(CITY, "sekda", CHIEF, None, do="trust_account", door=DOOR)
    assert back.refusal is None

    async def unmarked() -> bool | None:
        fresh = await town.hear(CITY, GARBAGE, door=DOOR)
        await town.until(CITY, fresh, "complaint.assigned")
        return None if await _lost(town, fresh) else True

    assert await eventually(unmarked, "the router knows that the account is the city's again")


async def test_an_account_that_the_city_has_not_can_not_be_lost(town: Town) -> None:
    await town.until(CITY, await town.hear(CITY, GARBAGE), "complaint.assigned")
    none = await town.staff(
        CITY, "prokopim", TEAM, None, do="declare_compromised", door="none", since="2026-01-01T00:00:00Z"
    )
    assert none.refusal is not None
    assert none.refusal.field == "door"
