"""What a moderator takes down on air: a complaint of its own each, in its session, with nobody to write back to."""

import asyncio
import secrets
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from services.complaint.events import ComplaintReceived, Event
from services.contracts import ids, subjects
from services.contracts.envelope import Recorded
from services.contracts.facts.live import LIVE_FACTS, LiveFact, LivePlanned, LiveStarted
from services.contracts.intake import IntakeMessage, Sender
from services.intake.channels.instagram.translate import translate
from services.runtime.log import Draft, Log
from tests.conftest import Stack
from tests.intake.conftest import CITY, Behind, Process

SESSION = ids.derive(b"test", "session", "1")
WORDS = "Halo pak, lampu jalan mati sudah tiga malam"


def entry(**changes: Any) -> dict[str, Any]:
    return {"id": secrets.token_hex(8), "session": SESSION, "by": "prokopim", "text": WORDS, **changes}


async def post(stack: Stack, intake: Process, body: dict[str, Any], token: str | None = None) -> httpx.Response:
    given = stack.installation.secrets.cities[CITY].console_media if token is None else token
    async with httpx.AsyncClient(timeout=10) as http:
        return await http.post(f"{intake.url}/entries", json=body, headers={"authorization": f"Bearer {given}"})


async def began(behind: Behind, complaint: str) -> tuple[Recorded[Event], ComplaintReceived]:
    event = (await behind.events(complaint))[0]
    assert isinstance(event.data, ComplaintReceived)
    return event, event.data


async def test_an_entry_is_a_complaint_of_its_session_with_the_handle_sealed(
    stack: Stack, intake: Process, behind: Behind
) -> None:
    body = entry(handle="@contoh_warga", place="Padang Harapan")
    answer = await post(stack, intake, body)
    assert answer.status_code == 201, answer.text
    complaint = answer.json()["complaint"]
    event, opened = await began(behind, complaint)
    assert (opened.session, opened.reachable, event.actor) == (SESSION, False, "seat:prokopim")
    assert opened.message.channel == "live"
    assert "contoh_warga" not in event.model_dump_json()
    assert await behind.opened(event, "handle", opened.handle) == "@contoh_warga"
    words = await behind.opened(event, "text", opened.message.text)
    assert words == f"{WORDS}\nLokasi: Padang Harapan"
    contact = await behind.pool.fetchval("select count(*) from vault.contact where owner = $1", complaint)
    assert contact == 0, "nobody can be written to"


async def test_the_same_entry_again_is_the_same_complaint_and_the_same_name_is_not(
    stack: Stack, intake: Process, behind: Behind
) -> None:
    first = entry(handle="@contoh")
    one = (await post(stack, intake, first)).json()["complaint"]
    again = (await post(stack, intake, first)).json()["complaint"]
    other = (await post(stack, intake, entry(handle="@contoh"))).json()["complaint"]
    assert one == again != other
    await behind.events(other)
    await behind.drained()
    assert len(await behind.events(one)) == 1


@pytest.mark.parametrize("words", ["P", "halo", "makasih pak", "batal", "status", "belum pak"])
async def test_whatever_was_said_it_is_an_entry(stack: Stack, intake: Process, behind: Behind, words: str) -> None:
    complaint = (await post(stack, intake, entry(text=words))).json()["complaint"]
    assert len(await behind.events(complaint)) == 1


@pytest.mark.parametrize(
    ("changes", "token", "status"),
    [
        ({}, "wrong", 401),
        ({"text": ""}, None, 422),
        ({"session": "x"}, None, 422),
        ({"more": 1}, None, 422),
        ({"text": "x" * 70_000}, None, 413),
    ],
)
async def test_what_is_no_entry_is_refused(
    stack: Stack, intake: Process, changes: dict[str, Any], token: str | None, status: int
) -> None:
    assert (await post(stack, intake, entry(**changes), token)).status_code == status


async def test_an_agency_can_not_speak_on_air(stack: Stack, intake: Process) -> None:
    token = stack.installation.secrets.cities[CITY].agencies["dlh"]
    assert (await post(stack, intake, entry(), token)).status_code == 401


def test_a_comment_below_a_live_video_says_so() -> None:
    def comment(field: str) -> bytes:
        return (
            b'{"object":"instagram","entry":[{"id":"1","time":1,"changes":[{"field":"%s","value":{"id":"17",'
            b'"text":"lampu mati","from":{"id":"9","username":"contoh"}}}]}]}' % field.encode()
        )

    [live], [plain] = translate(comment("live_comments"), {"1": "ig"}), translate(comment("comments"), {"1": "ig"})
    assert getattr(live, "live", None) is True
    assert getattr(plain, "live", None) is False


async def test_such_a_comment_belongs_to_the_session_that_goes_on_there(
    stack: Stack, intake: Process, behind: Behind
) -> None:
    """By an adapter, as a channel of its own would say it."""
    session = ids.derive(b"test", "session", secrets.token_hex(8))
    admin = await stack.connect()
    log, now = Log(admin, subjects.CITY), datetime.now(UTC)
    facts: list[LiveFact] = [
        LivePlanned(platform="tiktok", host="walikota", planned_for=now, roster=("walikota",), by="prokopim"),
        LiveStarted(by="prokopim"),
    ]
    last = 0
    for n, fact in enumerate(facts, 1):
        type_ = next(name for name, cls in LIVE_FACTS.items() if isinstance(fact, cls))
        event = Recorded[LiveFact](
            id=ids.derive(b"t", session, str(n)), complaint=session, n=n, type=type_, schema=1, city=CITY, at=now,
            actor="seat:prokopim", causation=ids.derive(b"c", session, str(n)), data=fact,
        )  # fmt: skip
        body = event.model_dump_json(by_alias=True, exclude_none=True).encode()
        last = await log.append(subjects.city_fact(CITY, "live", session), [Draft(type_, 1, event.id, body)], last)
    for _ in range(20):  # the door looks twice a second
        text = IntakeMessage(id=secrets.token_hex(8), sender=Sender(person=secrets.token_hex(8)), text=WORDS, live=True)
        await admin.publish(subjects.intake(CITY, "tiktok"), text.model_dump_json(exclude_none=True).encode())
        row = await behind.decided(text.id, "tiktok")
        _, opened = await began(behind, row["complaint"])
        if opened.session is not None:
            assert opened.session == session
            assert opened.reachable is None, "below a comment one can be answered"
            break
        await asyncio.sleep(0.2)
    else:
        raise AssertionError("the door never heard of the session")
    await admin.close()
