"""Who may say what on NATS, tried with the credentials that adapters, agencies and services are given."""

import asyncio
import contextlib
import json
import secrets
from collections.abc import Sequence

import nats
import pytest
from nats.aio.client import Client
from nats.errors import NoRespondersError
from nats.errors import TimeoutError as NatsTimeoutError
from nats.js.errors import NotFoundError

from services.cli.provision import accounts
from services.contracts import subjects
from tests.conftest import Stack

DLH = accounts.agency_user("bengkulu", "dlh")
PDAM = accounts.agency_user("bengkulu", "pdam")
INSTAGRAM = accounts.adapter_user("bengkulu", "instagram")


MARK = f"palsu{secrets.token_hex(6)}"
"""Stands in everything forged here: other tests store in the same streams meanwhile."""
FORGED = json.dumps({"id": MARK}).encode()


async def _ends(admin: Client) -> dict[str, int]:
    """Of each stream the last position."""
    infos = {name: await admin.jetstream().stream_info(name) for name in subjects.STREAM_SUBJECTS}
    return {name: info.state.last_seq for name, info in infos.items()}


async def _forged(admin: Client, since: dict[str, int]) -> list[str]:
    """Subjects of what was stored since then and bears our mark."""
    found: list[str] = []
    for name, last in (await _ends(admin)).items():
        for sequence in range(since[name] + 1, last + 1):
            with contextlib.suppress(NotFoundError):
                message = await admin.jetstream().get_msg(name, sequence)
                if MARK in (message.subject or "") or MARK.encode() in (message.data or b""):
                    found.append(str(message.subject))
    return found


async def _refused(client: Client, subject: str, body: bytes = FORGED) -> bool:
    """A client without the right hears nothing: a time-out, or nobody who answers."""
    try:
        answer = await client.request(subject, body, timeout=0.3)
    except (NoRespondersError, NatsTimeoutError):
        return True
    return "error" in json.loads(answer.data or b"{}")


async def _allowed(client: Client, tried: Sequence[str]) -> list[str]:
    """Those of the subjects that somebody answered."""
    refused = await asyncio.gather(*(_refused(client, subject) for subject in tried))
    return [subject for subject, was in zip(tried, refused, strict=True) if not was]


async def test_an_agency_pulls_and_acknowledges_its_own_queue(stack: Stack) -> None:
    admin, agency = await stack.connect(), await stack.connect(DLH)
    try:
        await admin.jetstream().publish("agency.bengkulu.dlh.contoh1", b"{}")
        queue = await agency.jetstream().pull_subscribe_bind(subjects.agency_consumer("bengkulu", "dlh"), "AGENCY")
        (task,) = await queue.fetch(1, timeout=30)
        assert task.subject == "agency.bengkulu.dlh.contoh1"
        await task.ack_sync()
        name = subjects.agency_consumer("bengkulu", "dlh")
        state = json.loads((await admin.request(f"$JS.API.CONSUMER.INFO.AGENCY.{name}", b"")).data)
        assert (state["num_ack_pending"], state["num_pending"]) == (0, 0)
    finally:
        await agency.close()
        await admin.close()


async def test_an_agency_reaches_nothing_beyond_its_queue_and_commands(stack: Stack) -> None:
    admin, agency = await stack.connect(), await stack.connect(DLH)
    try:
        before = await _ends(admin)
        other = subjects.agency_consumer("bengkulu", "pdam")
        tried = (
            "complaint.bengkulu.0.palsu", "city.bengkulu.policy.policy", "agency.bengkulu.dlh.palsu",
            "agency.bengkulu.pdam.palsu", "intake.bengkulu.whatsapp", "outbound.bengkulu.whatsapp", "ask.bengkulu",
            "parked.router", "command.bengkulu.staff", "command.bengkulu.agency.pdam", "command.kupang.agency.dlh",
            f"$JS.API.CONSUMER.MSG.NEXT.AGENCY.{other}", "$JS.API.CONSUMER.MSG.NEXT.COMPLAINTS.router",
            f"$JS.API.CONSUMER.INFO.AGENCY.{other}", "$JS.API.DIRECT.GET.COMPLAINTS", "$JS.API.STREAM.INFO.COMPLAINTS",
            "$JS.API.STREAM.NAMES", "$JS.API.STREAM.DELETE.COMPLAINTS", "$JS.API.STREAM.PURGE.AGENCY",
            "$JS.API.CONSUMER.CREATE.AGENCY.spy", "$SYS.REQ.SERVER.PING.JSZ",
        )  # fmt: skip
        assert await _allowed(agency, tried) == []
        assert await _forged(admin, before) == []
    finally:
        await agency.close()
        await admin.close()


async def test_an_agency_hears_nothing_but_answers_to_itself(stack: Stack) -> None:
    admin = await stack.connect()
    refused: list[Exception] = []

    async def note(error: Exception) -> None:
        refused.append(error)

    agency = await nats.connect(stack.installation.nats_url(DLH), error_cb=note, inbox_prefix=b"_INBOX_" + DLH.encode())
    try:
        for subject in (">", "agency.>", "complaint.>", "command.>", f"_INBOX_{PDAM}.>", "_INBOX_router.>"):
            await agency.subscribe(subject)
        await agency.flush()
        async with asyncio.timeout(20):
            while len(refused) < 6:
                await asyncio.sleep(0.05)
        assert len(refused) == 6
        assert all("permissions violation" in str(error).lower() for error in refused)
    finally:
        await agency.close()
        await admin.close()


async def test_a_forged_reply_subject_does_not_reach_the_log(stack: Stack) -> None:
    """The server answers a pull or an acknowledgement where the client says; that must not be a stream of ours."""
    admin, agency = await stack.connect(), await stack.connect(DLH)
    try:
        before = await _ends(admin)
        consumer = subjects.agency_consumer("bengkulu", "dlh")
        for target in (f"complaint.bengkulu.0.{MARK}", f"city.bengkulu.policy.{MARK}", f"intake.bengkulu.{MARK}"):
            for subject in (
                "command.bengkulu.agency.dlh",
                "command.bengkulu.agency.dlh.open_work",
                f"$JS.API.CONSUMER.MSG.NEXT.AGENCY.{consumer}",
                f"$JS.API.CONSUMER.INFO.AGENCY.{consumer}",
                f"$JS.ACK.AGENCY.{consumer}.1.1.1.1.1",
            ):
                await agency.publish(subject, b'{"batch":1,"no_wait":true}', reply=target)
        await agency.flush()
        await asyncio.sleep(0.3)
        assert await _forged(admin, before) == []
    finally:
        await agency.close()
        await admin.close()


async def test_a_command_arrives_with_a_reply_that_leads_back_to_its_agency_alone(stack: Stack) -> None:
    router, agency = await stack.connect("router"), await stack.connect(DLH)
    try:
        commands = await router.subscribe("command.*.agency.*")
        await router.flush()
        asked = asyncio.create_task(agency.request("command.bengkulu.agency.dlh", b"{}", timeout=20))
        command = await commands.next_msg(timeout=20)
        assert command.subject == "command.bengkulu.agency.dlh"
        assert command.reply.startswith("_R_.")
        await command.respond(b'{"n":1}')
        assert (await asked).data == b'{"n":1}'
    finally:
        await agency.close()
        await router.close()


async def test_an_adapter_reaches_its_own_subjects_only(stack: Stack) -> None:
    admin, adapter = await stack.connect(), await stack.connect(INSTAGRAM)
    try:
        before = await _ends(admin)
        stored = json.loads((await adapter.request("intake.bengkulu.instagram", b"{}", timeout=30)).data)
        assert stored["stream"] == "INTAKE"
        tried = (
            "intake.bengkulu.whatsapp", "intake.bengkulu.tiktok", "intake.kupang.instagram",
            "outbound.bengkulu.instagram", "refusals.bengkulu.instagram", "complaint.bengkulu.0.palsu", "ask.bengkulu",
            "receipt.bengkulu", "command.bengkulu.staff", "command.bengkulu.agency.dlh",
            "$JS.API.CONSUMER.MSG.NEXT.OUTBOUND.bengkulu-whatsapp", "$JS.API.CONSUMER.MSG.NEXT.INTAKE.intake",
            "$JS.API.STREAM.INFO.INTAKE", "$JS.API.STREAM.PURGE.INTAKE",
        )  # fmt: skip
        assert await _allowed(adapter, tried) == []
        assert await _forged(admin, before) == []
        await admin.request("$JS.API.STREAM.MSG.DELETE.INTAKE", json.dumps({"seq": stored["seq"]}).encode())
    finally:
        await adapter.close()
        await admin.close()


async def test_an_adapter_hears_what_could_not_be_taken_from_it(stack: Stack) -> None:
    adapter, intake = await stack.connect(INSTAGRAM), await stack.connect("intake")
    try:
        refusals = await adapter.subscribe("refusals.bengkulu.instagram")
        await adapter.flush()
        async with asyncio.timeout(20):
            while True:
                # A subscription across accounts may take effect a moment after the server has acknowledged it.
                await intake.publish("refusals.bengkulu.instagram", b'{"code":"invalid"}')
                with contextlib.suppress(NatsTimeoutError):
                    heard = await refusals.next_msg(timeout=0.5)
                    break
        assert heard.data == b'{"code":"invalid"}'
    finally:
        await adapter.close()
        await intake.close()


@pytest.mark.parametrize("service", subjects.SERVICES)
async def test_a_service_can_neither_change_nor_delete_a_stream_or_consumer(stack: Stack, service: str) -> None:
    client = await stack.connect(service)
    try:
        tried = (
            "$JS.API.STREAM.CREATE.MORE", "$JS.API.STREAM.UPDATE.COMPLAINTS", "$JS.API.STREAM.DELETE.COMPLAINTS",
            "$JS.API.STREAM.PURGE.COMPLAINTS", "$JS.API.STREAM.MSG.DELETE.COMPLAINTS",
            f"$JS.API.CONSUMER.DELETE.COMPLAINTS.{service}", "$JS.API.CONSUMER.CREATE.COMPLAINTS.spy",
            "$JS.API.CONSUMER.DURABLE.CREATE.COMPLAINTS.spy",
        )  # fmt: skip
        assert await _allowed(client, tried) == []
    finally:
        await client.close()


async def test_reporting_can_not_write_to_the_log(stack: Stack) -> None:
    client = await stack.connect("reporting")
    try:
        assert await _refused(client, "complaint.bengkulu.0.palsu")
        assert await _refused(client, "command.bengkulu.agency.dlh")
    finally:
        await client.close()


async def test_a_service_sees_that_the_server_writes_before_it_acknowledges(stack: Stack) -> None:
    for service in subjects.SERVICES:
        client = await stack.connect(service)
        try:
            answer = json.loads((await client.request("$SYS.REQ.SERVER.PING.JSZ", b"", timeout=30)).data)
            assert answer["data"]["config"]["sync_always"] is True
        finally:
            await client.close()


async def test_a_wrong_password_is_no_way_in(stack: Stack) -> None:
    with contextlib.suppress(nats.errors.Error):
        client = await nats.connect(
            stack.broker.url, user="router", password="salah", allow_reconnect=False, connect_timeout=2
        )
        await client.close()
        pytest.fail("let in")
