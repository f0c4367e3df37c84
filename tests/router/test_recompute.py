"""A new policy for complaints that are open already."""

from datetime import UTC, datetime, timedelta

import pytest

from services.cli.provision import facts
from services.complaint import commands as c
from services.complaint import events as e
from services.contracts.city import City
from services.router.clocks import recompute, terms
from services.router.clocks.calendar import working_days
from services.router.dossier import Dossier
from tests.complaint.given import MONDAY, Life, cause, matter, message, received, sealed
from tests.router.cities import read
from tests.router.harness import eventually
from tests.router.place import Place, stop

CITY = "bengkulu"
H = sealed("handling")
HOUR = timedelta(hours=1)


def under(version: int, **changes: object) -> City:
    city = read(CITY)
    policy = city.policy.model_copy(update={"version": version, **changes})
    return city.model_copy(update={"policy": policy})


def at_work() -> Life:
    """Received and assigned on Monday 9 March 2026 at 09.00: due on Tuesday 09.00, resolved by Monday 6 April."""
    life = received()
    assignments = (terms.assignment(read(CITY), "dlh", "lead", "complaint", at=life.now, scale=1.0),)
    assigning = c.Assigning(assignments=assignments, rule="x", policy=1)
    life.when(c.Screen(cause=cause("screen"), matter=matter(), summary="Ringkas", assigning=assigning))
    return life


def apply(life: Life, city: City, name: str = "policy") -> dict[str, datetime]:
    """Where the moved clocks stand; empty if nothing is to be done."""
    dossier = Dossier(CITY, life.events[0].complaint, list(life.events), life.state, 1)
    command = recompute.command(city, dossier, cause(name), life.now, 1.0)
    if command is None:
        return {}
    (event,) = life.when(command)
    assert isinstance(event, e.ClocksRecomputed)
    return {m.name: m.due for m in event.moved}


def test_a_longer_term_counts_from_the_beginning() -> None:
    life = at_work().later(hours=5)
    assert apply(life, under(2, first_response_hours=48)) == {"first_response": MONDAY + 48 * HOUR}
    assert apply(life, under(2, first_response_hours=48), "again") == {}, "it has been done"


def test_a_shorter_term_leaves_the_grace_and_never_more_than_there_was() -> None:
    life = at_work().later(hours=5)
    assert apply(life, under(2, first_response_hours=1, recompute_grace_hours=12)) == {
        "first_response": life.now + 12 * HOUR
    }
    life = at_work().later(hours=20)
    assert apply(life, under(2, first_response_hours=1)) == {"first_response": MONDAY + 24 * HOUR}, "due anyway by then"


def test_a_term_in_working_days_follows_the_calendar_and_its_waits_are_kept() -> None:
    """Seven days end on Wednesday 25 March, behind the long leave; the question took Thursday and Friday."""
    life = at_work().later(days=3)
    days = read(CITY)
    life.when(c.AskReporter(cause=cause("ask"), seat="dlh", question=H, days=working_days(days, life.now)))
    life.later(days=4)
    life.when(c.AddMessage(cause=cause("answer"), party="reporter:1", message=message()))
    moved = apply(life, under(2, resolve_working_days={"complaint": 7}, recompute_grace_hours=0))
    assert moved == {"resolve": datetime(2026, 3, 27, 2, 0, tzinfo=UTC)}
    longer = apply(life, under(3, resolve_working_days={"complaint": 8}, recompute_grace_hours=0), "third")
    assert longer == {"resolve": datetime(2026, 3, 30, 2, 0, tzinfo=UTC)}, "the waits are counted once"


@pytest.mark.parametrize("hours", [24.0, 30.0])
def test_what_was_breached_or_set_by_a_person_stays(hours: float) -> None:
    life = at_work().later(hours=25)
    life.when(c.BreachClock(cause=cause("late"), clock="first_response", seat="dlh", started=3, superior="sekda"))
    life.when(c.Instruct(cause=cause("instruct"), by="walikota", seat="dlh", text=H, due=life.now + 9 * HOUR))
    assert apply(life, under(2, first_response_hours=hours + 1)) == {}


def test_what_a_grace_left_a_clock_is_no_wait_under_the_next_policy() -> None:
    life = at_work().later(hours=20)
    shorter = under(2, first_response_hours=6, recompute_grace_hours=4)
    assert apply(life, shorter) == {"first_response": MONDAY + 24 * HOUR}, "the grace"
    assert apply(life, under(3, first_response_hours=12, recompute_grace_hours=4), "third") == {
        "first_response": MONDAY + 24 * HOUR
    }
    assert apply(life, under(4, first_response_hours=24), "fourth") == {"first_response": MONDAY + 24 * HOUR}
    assert apply(life, under(5, first_response_hours=30), "fifth") == {"first_response": MONDAY + 30 * HOUR}


def test_waits_are_kept_through_any_number_of_policies_whether_they_came_before_or_between() -> None:
    life = at_work().later(hours=2)
    for number in range(2, 5):
        days = working_days(read(CITY), life.now)
        life.when(c.AskReporter(cause=cause(f"ask {number}"), seat="dlh", question=H, days=days))
        life.later(hours=3)
        life.when(c.AddMessage(cause=cause(f"answer {number}"), party="reporter:1", message=message()))
        apply(life, under(number, resolve_working_days={"complaint": 5 + number}), f"policy {number}")
    straight = under(9, resolve_working_days={"complaint": 14})
    assert apply(life, straight, "last") == {"resolve": datetime(2026, 4, 6, 11, 0, tzinfo=UTC)}, "14 days and 9 hours"


async def test_a_city_that_says_so_moves_what_is_open_once_and_says_why(place: Place) -> None:
    first, town = await place.start(), place.town
    complaint = await town.hear(CITY, "sampah menumpuk di padang harapan sudah seminggu tidak diangkut")
    await town.until(CITY, complaint, "complaint.assigned")
    await town.task(CITY, "dlh", complaint, 4)
    await stop(*first)

    city = place.stack.cities[CITY]
    policy = city.policy.model_copy(update={"version": 2, "first_response_hours": 48, "apply_to_open": True})
    admin = await place.stack.connect()
    keys = {CITY: await town.vault.id_key(CITY)}
    await facts.policies(admin, keys, [city.model_copy(update={"policy": policy})], place.clock)
    await admin.close()
    routers = [await place.start(), await place.start()]  # one that was away when it came, and its neighbour
    await town.until(CITY, complaint, "complaint.clocks_recomputed")

    async def told() -> bool | None:
        task = await town.task(CITY, "dlh", complaint, 5)
        because = task.clocks[0].because
        return True if "48 jam" in because and "dihitung ulang karena kebijakan baru" in because else None

    assert await eventually(told, "the office reads the new term", patience=30)
    for router in routers:
        await stop(*router)
    again = await place.start()
    place.clock.ahead += timedelta(hours=25)
    late = await town.hear(CITY, "sampah menumpuk di padang harapan sudah seminggu tidak diangkut")
    await town.until(CITY, late, "complaint.assigned")
    types = [event.type for event in await town.events(CITY, complaint)]
    assert types.count("complaint.clocks_recomputed") == 1
    assert "complaint.clock_breached" not in types
    await stop(*again)
