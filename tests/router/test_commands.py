"""Commands at the router: done once, answered for ever the same, refused where they are none or nobody's."""

from datetime import timedelta

import asyncpg
import pytest

from services.cli.provision import accounts
from services.cli.provision.databases import MAIN
from services.contracts import streams
from services.contracts.commands import CommandReply
from services.contracts.tasks import Brief, OpenWork, Task
from services.router import open_work
from tests.complaint.given import MONDAY, another
from tests.router.harness import Town, eventually
from tests.router.test_router import CITY, assigned, code, types


async def test_a_command_is_done_once_however_often_it_is_sent(town: Town) -> None:
    complaint = await assigned(town)
    first = await town.agency(CITY, "dlh", complaint, id="once", do="accept", note="siap")
    again = await town.agency(CITY, "dlh", complaint, id="once", do="accept", note="siap")
    assert first.n == again.n == 5
    assert types(await town.events(CITY, complaint)).count("accepted") == 1


async def test_a_refusal_stays_the_answer_to_its_command_however_things_stand_later(town: Town) -> None:
    complaint = await assigned(town)
    first = await town.agency(CITY, "perkim", complaint, id="early", do="accept", note="x")
    await town.agency(CITY, "dlh", complaint, do="hand_off", to="perkim", reason="pohon di taman")
    again = await town.agency(CITY, "perkim", complaint, id="early", do="accept", note="x")
    assert code(first) == "not_yours"
    assert again.refusal == first.refusal
    assert (await town.agency(CITY, "perkim", complaint, id="late", do="accept", note="x")).refusal is None


async def test_what_was_not_there_yet_is_looked_for_again(town: Town) -> None:
    complaint = await assigned(town)
    assert code(await town.agency(CITY, "dlh", "a" * 26, id="lost", do="accept", note="x")) == "unknown_complaint"
    assert (await town.agency(CITY, "dlh", complaint, id="lost", do="accept", note="x")).refusal is None


async def test_a_staff_token_is_for_one_command_one_city_and_a_short_time(town: Town) -> None:
    complaint = await assigned(town)
    old = await town.staff(CITY, "walikota", ("leader",), complaint, do="reply", text="x", valid=timedelta(seconds=-1))
    assert code(old) == "token_expired"
    good, town.signing_key = town.signing_key, "A" * 43
    try:
        forged = await town.staff(CITY, "walikota", ("leader",), complaint, do="reply", text="x")
    finally:
        town.signing_key = good
    assert code(forged) == "token_invalid"
    outside = await town.staff(
        CITY, "camat-selebar", ("territorial",), complaint, area=("17.71.01",), do="visit", text="x"
    )
    assert code(outside) == "not_allowed"


def test_a_page_of_long_tasks_is_shorter_and_never_empty() -> None:
    def task(number: int, words: int) -> Task:
        return Task(
            complaint=another(number), n=1, city=CITY, seat="dlh", ticket="BKL-4K7QT9M2-X", update="changed",
            state="open", role="lead", brief=Brief(summary="x", wording="\N{WAVING HAND SIGN}" * words), at=MONDAY,
        )  # fmt: skip

    long = [task(number, 8_000) for number in range(100)]
    shown = open_work.fitting(long, open_work.ROOM)
    assert 0 < len(shown) < 100
    assert list(shown) == long[: len(shown)]
    assert len(OpenWork(tasks=shown, next=shown[-1].complaint).model_dump_json().encode()) < streams.MAX_MESSAGE
    short = [task(number, 1) for number in range(100)]
    assert open_work.fitting(short, open_work.ROOM) == tuple(short)
    assert open_work.fitting(long, 1) == (long[0],)
    assert open_work.fitting([], 1) == ()


@pytest.mark.parametrize("room", [open_work.ROOM, 20_000])
async def test_an_office_can_ask_for_everything_that_it_has_open(
    town: Town, monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    """On long pages and on short ones."""
    monkeypatch.setattr(open_work, "ROOM", room)
    complaint = await assigned(town)
    client = await town.stack.connect(accounts.agency_user(CITY, "dlh"))

    async def listed() -> bool | None:
        """True once the complaint is in one of the pages."""
        found: set[str] = set()
        following: str | None = None
        while True:
            body = b"{}" if following is None else f'{{"next": "{following}"}}'.encode()
            answer = await client.request("command.bengkulu.agency.dlh.open_work", body, timeout=30)
            page = OpenWork.model_validate_json(answer.data)
            found |= {task.complaint for task in page.tasks}
            following = page.next
            if following is None:
                return complaint in found or None

    try:
        assert await eventually(listed, "open work of dlh")
    finally:
        await client.close()


async def test_what_an_officer_speaks_of_is_among_his_work_before_his_list_has_it(town: Town) -> None:
    complaint = await assigned(town)
    await town.task(CITY, "dlh", complaint)
    admin = await asyncpg.connect(town.stack.installation.server.database(MAIN))
    await admin.execute("delete from router.work where complaint = $1", complaint)
    await admin.close()
    his = await town.work_of(CITY, "dlh", ("agency_head",), complaint)
    assert complaint in {task.complaint for task in his.tasks}
    others = await town.work_of(CITY, "perkim", ("agency_head",), complaint)
    assert complaint not in {task.complaint for task in others.tasks}


@pytest.mark.parametrize("body", [b"", b"{", b'{"id": "x", "surprise": 1}'])
async def test_what_is_no_command_is_refused_with_its_field(town: Town, body: bytes) -> None:
    client = await town.stack.connect(accounts.agency_user(CITY, "dlh"))
    try:
        answer = await client.request("command.bengkulu.agency.dlh", body, timeout=30)
    finally:
        await client.close()
    assert code(CommandReply.model_validate_json(answer.data)) == "invalid"
