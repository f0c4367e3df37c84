"""Offices' own programs hear each new state of a task: signed, in order, with one id however often it is sent."""

import asyncio
import itertools
import multiprocessing
import secrets
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import asyncpg
import httpx
import pytest
import pytest_asyncio
import standardwebhooks

from services.cli.provision.databases import VAULT
from services.contracts import subjects
from services.contracts import webhooks as spec
from services.contracts.facts.webhooks import KIND, READER, TYPE
from services.contracts.ids import derive
from services.contracts.tasks import Task, TaskUpdate
from services.notifier.officers.planning import OfficerPlanner
from services.notifier.timetable import Timetable
from services.notifier.webhooks.facts import WebhookFacts
from services.notifier.webhooks.rows import Rows
from services.reporting.webhooks import Registered
from services.reporting.webhooks import Webhooks as Register
from services.router.agencies import Agencies
from services.runtime import postgres
from services.runtime.log import Log
from services.runtime.sealing import MasterKey, seal
from services.runtime.vault import Vault
from tests.notifier.conftest import CITY, World
from tests.notifier.hooks import QUICK, Clock, Job, Program, listening, process, sending, task

_seats = itertools.count()
"""Each test has a queue of its own."""


@dataclass
class Office:
    """A seat with a program of its own; the queue is the real one."""

    world: World
    register: Register
    queue: Agencies
    program: Program
    clock: Clock
    seat: str
    name: str = ""
    secret: str = ""

    async def registers(self) -> None:
        fresh = await self.register.add(self.world.stack.cities[CITY], self.seat, self.program.url, "admin-sistem")
        self.name, self.secret = fresh.id, fresh.secret

    async def publishes(self, complaint: str, n: int, update: TaskUpdate = "changed") -> Task:
        made = task(CITY, self.seat, complaint, n, update)
        await self.queue.publish([made])
        return made

    async def works(self, rounds: int = 1, *, whole: float = 5.0) -> None:
        """What the running notifier does again and again, so many times."""
        async with sending(self.world.where(), self.world.stack.cities, self.clock, whole=whole) as hooks:
            for _ in range(rounds):
                for hook in await hooks._rows.all():
                    if hook.id == self.name:
                        await hooks.serve(hook)

    async def stands(self) -> Registered:
        return next(one for one in await self.register.of(CITY) if one.id == self.name)

    def complaint(self) -> str:
        return derive(self.world.id_key, "test", secrets.token_hex(8))


@pytest_asyncio.fixture
async def office(world: World) -> AsyncIterator[Office]:
    installation = world.stack.installation
    async with AsyncExitStack() as parts:
        pool = await postgres.pool(installation.vault_url("tuntas_reporting"))
        parts.push_async_callback(pool.close)
        router = await world.stack.connect("router")
        parts.push_async_callback(router.close)
        vault, clock = Vault(pool, MasterKey.load(installation.keeper.master_key_file)), Clock()
        program = await parts.enter_async_context(listening(Program()))
        seats = sorted(seat for seat in world.stack.cities[CITY].seats if seat.startswith("lurah-"))
        seat = seats[next(_seats)]
        made = Office(world, Register(pool, vault, clock, inside=True), Agencies(router), program, clock, seat)
        await made.registers()
        yield made
        await pool.execute("delete from delivery.webhook where seat = $1", seat)


async def test_each_state_is_told_once_and_the_specification_s_own_library_finds_it_signed(office: Office) -> None:
    complaint = office.complaint()
    sent = await office.publishes(complaint, 3, "assigned")
    await office.works(2)
    told = [one for one in office.program.verified(office.secret) if one["data"]["complaint"] == complaint]
    assert [(one["type"], one["data"]["n"]) for one in told] == [("task.assigned", 3)]
    assert Task.model_validate(told[0]["data"]) == sent
    await office.publishes(complaint, 3, "assigned")  # a repeat says nothing new
    await office.publishes(complaint, 5, "erased")
    await office.works(2)
    assert [(one["n"], one["update"]) for one in office.program.tasks(complaint)] == [(3, "assigned"), (5, "erased")]
    with pytest.raises(standardwebhooks.WebhookVerificationError):
        office.program.verified(spec.secret_of(secrets.token_bytes(32)))


async def test_the_newest_state_takes_the_place_of_what_was_not_told_yet(office: Office) -> None:
    one, other, gone = office.complaint(), office.complaint(), office.complaint()
    office.program.answers = [b"HTTP/1.1 503 Busy\r\n\r\n"] * 2
    for complaint in (one, other):
        await office.publishes(complaint, 2, "assigned")
    await office.publishes(gone, 4, "withdrawn")  # never heard of: nothing to take back
    await office.works()
    office.program.calls.clear()
    await office.publishes(one, 6)
    office.clock.ahead += timedelta(hours=1)
    await office.works(3)
    assert [task["n"] for task in office.program.tasks(one)][-1:] == [6]
    assert len(office.program.tasks(one)) == len(office.program.tasks(other)) == 1
    assert office.program.tasks(gone) == []


@pytest.mark.parametrize("how", ["drop", "hold", "drip", b"HTTP/1.1 500 No\r\n\r\n", b"nonsense\r\n\r\n"])
async def test_a_repeat_carries_the_same_id_and_another_time(office: Office, how: str | bytes) -> None:
    complaint = office.complaint()
    await office.publishes(complaint, 2)
    office.program.answers = [how]
    await office.works(whole=0.5)
    assert (await office.stands()).failing_since is not None
    office.clock.ahead += timedelta(seconds=20)
    await office.works(3)
    first, again = [head for head, body in office.program.calls if complaint.encode() in body]
    assert first["webhook-id"] == again["webhook-id"]
    assert first["webhook-timestamp"] != again["webhook-timestamp"]
    office.program.verified(office.secret)
    stands = await office.stands()
    assert (stands.enabled, stands.failing_since, stands.waiting) == (True, None, 0)


async def test_an_endless_answer_is_not_read_and_a_redirect_not_followed(office: Office) -> None:
    complaint = office.complaint()
    async with listening(Program()) as elsewhere:
        away = f"HTTP/1.1 307 Over there\r\nlocation: {elsewhere.url}\r\ncontent-length: 0\r\n\r\n".encode()
        office.program.answers = [away, "endless"]
        await office.publishes(complaint, 2)
        await office.works()
        assert elsewhere.calls == []
    assert (await office.stands()).last_outcome == "http_307"
    office.clock.ahead += timedelta(minutes=1)
    await office.works()
    assert (await office.stands()).last_outcome == "http_200"
    assert len(office.program.tasks(complaint)) == 2


async def test_410_ends_it_at_once_and_it_hears_what_it_missed_when_it_is_enabled_again(office: Office) -> None:
    one, other = office.complaint(), office.complaint()
    office.program.answers = [b"HTTP/1.1 410 Gone\r\ncontent-length: 0\r\n\r\n"]
    await office.publishes(one, 2)
    await office.works(3)
    stands = await office.stands()
    assert (stands.enabled, stands.disabled_why, len(office.program.calls)) == (False, "gone", 1)
    await office.publishes(other, 7)
    await office.register.enable(CITY, office.name)
    await office.works(2)
    assert [t["n"] for t in office.program.tasks(one)] == [2, 2]
    assert [t["n"] for t in office.program.tasks(other)] == [7]


async def test_after_three_days_without_success_it_is_disabled_and_the_seat_hears_of_it(office: Office) -> None:
    complaint = office.complaint()
    office.program.answers = [b"HTTP/1.1 502 Bad\r\n\r\n"] * 100
    await office.publishes(complaint, 2)
    hours = 0
    while (await office.stands()).enabled:
        await office.works()
        office.clock.ahead += timedelta(hours=3)
        hours += 3
    assert 72 <= hours <= 90
    assert 8 <= len(office.program.calls) <= 30
    assert len(set(office.program.ids)) == 1
    stands = await office.stands()
    assert (stands.disabled_why, stands.given_up) == ("failing", 1)
    world = office.world
    client = await world.stack.connect("notifier")
    city = Log(client, subjects.CITY)
    facts = WebhookFacts(city, world.vault, lambda: datetime.now(UTC))
    planner = OfficerPlanner(
        world.reader, world.vault, world.decider, Timetable(world.stack.cities), lambda: datetime.now(UTC),
        webhook_facts=facts,
    )  # fmt: skip
    for seat in (office.seat, "admin-sistem"):
        await _holder(world, seat)
    notices, hooks = await planner.webhooks_off()
    assert office.name in hooks
    mine = [one for one in notices if one.detail == f"{office.seat}:failing"]
    assert {one.template for one in mine} == {"officer_webhook"}
    assert len(mine) >= 2  # its office, and who runs the system
    for _ in range(2):  # the process died in between
        await planner.webhooks_told(hooks)
    assert await planner.webhooks_off() == ([], [])
    [entry] = await city.load(subjects.city_fact(CITY, KIND, office.name))
    fact = READER.validate_json(entry.body)
    assert (entry.type, fact.data.seat, fact.data.why) == (TYPE, office.seat, "failing")
    assert office.program.url not in entry.body.decode()
    await client.close()
    await office.register.enable(CITY, office.name)
    assert ((await office.stands()).enabled, (await office.stands()).waiting) == (True, 1)


async def _holder(world: World, seat: str) -> None:
    name = derive(world.id_key, "test-holder", secrets.token_hex(8))
    key = (await world.vault.make_keys([(name, "holder")]))[name, "holder"]
    admin = await asyncpg.connect(world.stack.installation.vault_url("tuntas_admin"))
    await admin.execute(
        "insert into staff.contact (id, city, seat, channel, door, alias, code_until, confirmed_at) "
        "values ($1, $2, $3, 'whatsapp', 'hotline-walikota', $4, now(), now())",
        name, CITY, seat, seal(key, name, "code", "x"),
    )  # fmt: skip
    await admin.close()


async def test_who_is_switched_off_in_the_middle_of_a_backlog_hears_nothing_more_of_it(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(QUICK.at_once * 3):
        await office.publishes(office.complaint(), 2, "assigned")
    async with sending(office.world.where(), office.world.stack.cities, office.clock) as hooks:
        took = hooks._rows.took

        async def took_then_off(*given: Any) -> None:
            """As somebody at the page does, once the first call is through."""
            await took(*given)
            await office.register.disable(CITY, office.name)

        monkeypatch.setattr(hooks._rows, "took", took_then_off)
        [hook] = [one for one in await hooks._rows.all() if one.id == office.name]
        await hooks.serve(hook)
    assert 1 <= len(office.program.calls) <= QUICK.at_once, "what was in hand already, and nothing behind it"
    assert (await office.stands()).waiting >= QUICK.at_once * 2


async def test_one_that_can_not_be_read_silences_no_other(office: Office) -> None:
    broken = await office.register.add(office.world.stack.cities[CITY], office.seat, office.program.url, "admin-sistem")
    await office.register._pool.execute("update delivery.webhook set box = 'AES256.x.y' where id = $1", broken.id)
    complaint = office.complaint()
    await office.publishes(complaint, 3)
    await office.works()
    assert [one["n"] for one in office.program.tasks(complaint)] == [3]
    await office.register.remove(CITY, broken.id)


async def test_a_new_secret_signs_beside_the_old_one_for_a_day(office: Office) -> None:
    old = office.secret
    fresh = await office.register.rotate(CITY, office.name)
    assert fresh is not None
    await office.publishes(office.complaint(), 2)
    await office.works()
    assert office.program.verified(old)
    assert office.program.verified(fresh.secret)
    office.program.calls.clear()
    office.clock.ahead += timedelta(hours=25)
    await office.publishes(office.complaint(), 2)
    await office.works()
    [(head, _)] = office.program.calls
    assert len(head["webhook-signature"].split()) == 1


async def test_a_test_call_is_answered_also_by_one_that_is_disabled(office: Office) -> None:
    await office.register.disable(CITY, office.name)
    await office.register.test(CITY, office.name)
    await office.works()
    [call] = office.program.verified(office.secret)
    assert call["type"] == "webhook.test"
    stands = await office.stands()
    assert (stands.test_outcome, stands.test_waits, stands.enabled) == ("ok", False, False)


async def test_a_sender_killed_while_it_waits_for_the_answer_is_followed_by_one_that_sends_the_same(
    office: Office,
) -> None:
    complaint = office.complaint()
    office.program.answers = ["hold"]
    await office.publishes(complaint, 2)
    job = Job(office.world.where(), office.world.stack.cities[CITY])
    sender = multiprocessing.get_context("spawn").Process(target=process, args=(job,), daemon=True)
    sender.start()
    async with asyncio.timeout(60):
        while not office.program.calls:
            await asyncio.sleep(0.05)
    sender.kill()
    sender.join()
    async with asyncio.timeout(30):
        while len(office.program.tasks(complaint)) < 2:
            await office.works()
    assert len(set(office.program.ids)) == 1
    assert (await office.stands()).waiting == 0


async def test_one_that_answers_slowly_delays_no_other(office: Office) -> None:
    complaint = office.complaint()
    async with listening(Program(answers=["hold"] * 50)) as slow:
        await office.register.add(office.world.stack.cities[CITY], office.seat, slow.url, "admin-sistem")
        await office.publishes(complaint, 2)
        stop = asyncio.Event()
        async with sending(office.world.where(), office.world.stack.cities, whole=60) as hooks:
            running = asyncio.create_task(hooks.run(stop))
            async with asyncio.timeout(30):
                while not (slow.calls and office.program.tasks(complaint)):
                    await asyncio.sleep(0.05)
                await office.publishes(complaint, 3)
                while [t["n"] for t in office.program.tasks(complaint)] != [2, 3]:
                    await asyncio.sleep(0.05)
            stop.set()
            await running


async def test_the_example_program_checks_a_call_and_keeps_the_newest_state(office: Office) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    fresh = await office.register.add(
        office.world.stack.cities[CITY], office.seat, f"http://127.0.0.1:{port}/", "admin-sistem"
    )
    office.name, complaint = fresh.id, office.complaint()
    example = await asyncio.create_subprocess_exec(
        sys.executable, "docs/examples/python/webhook.py", str(port), fresh.secret, stdout=asyncio.subprocess.PIPE
    )
    try:
        assert example.stdout is not None
        for n, update in ((3, "assigned"), (9, "erased")):
            await office.publishes(complaint, n, cast("TaskUpdate", update))
            async with asyncio.timeout(30):
                await office.works()
                while (await office.stands()).last_outcome is None or (await office.stands()).waiting:
                    await office.works()
                    office.clock.ahead += timedelta(seconds=1)
                while f"{update} n {n}" not in (await example.stdout.readline()).decode():
                    pass
        async with httpx.AsyncClient(trust_env=False) as stranger:
            forged = spec.headers([spec.secret_of(bytes(32))], "msg_1", datetime.now(UTC), b"{}")
            assert (await stranger.post(f"http://127.0.0.1:{port}/", content=b"{}", headers=forged)).status_code == 401
    finally:
        example.kill()
        await example.wait()


async def test_no_more_are_in_hand_at_once_than_may_be_however_the_database_joins(office: Office) -> None:
    for _ in range(QUICK.at_once * 3):
        await office.publishes(office.complaint(), 2, "assigned")
    installation = office.world.stack.installation
    admin = await asyncpg.connect(installation.server.database(VAULT))
    loops = dict.fromkeys(("enable_hashjoin", "enable_mergejoin", "enable_material"), "off")
    async with (
        sending(office.world.where(), office.world.stack.cities, office.clock) as hooks,
        asyncpg.create_pool(
            installation.vault_url("tuntas_notifier"), min_size=1, max_size=1, server_settings=loops
        ) as pool,
    ):
        [hook] = [one for one in await hooks._rows.all() if one.id == office.name]
        await hooks._read(hook)
        await admin.execute("analyze delivery.webhook_task")  # a small table is read row by row
        claimed = await Rows(pool, hooks._rows._vault).claim(hook, QUICK.at_once, office.clock(), 60)
    await admin.close()
    assert len(claimed) == QUICK.at_once
