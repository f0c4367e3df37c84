"""What docs/adapters.md and docs/agencies.md say of a client's life is so."""

import asyncio
import json
import uuid
from typing import Any

import nats
import nats.errors
import pytest

from services.cli.demo.adapter import Adapter, comment
from services.cli.demo.nats_door import Door
from services.cli.demo.office import Office
from services.cli.demo.stage import Stage

pytestmark = pytest.mark.slow


async def test_a_message_that_is_not_in_our_form_is_stored_and_then_refused_with_its_field(stage: Stage) -> None:
    async with Adapter(stage.credentials("adapter:bengkulu:tiktok")) as adapter:
        wrong = comment("tt-1", "warga.contoh", "Halo") | {"form": "dance"}
        await adapter.hands_in(wrong)
        refusal = await _first(adapter.refusals)
    assert refusal["id"] == wrong["id"]
    assert refusal["code"] == "invalid"
    assert refusal["field"] == "form"


async def test_a_door_that_the_city_has_not_is_refused_by_its_name(stage: Stage) -> None:
    async with Adapter(stage.credentials("adapter:bengkulu:tiktok")) as adapter:
        await adapter.hands_in(comment("tt-2", "warga.contoh", "Halo") | {"door": "instagram"})
        assert (await _first(adapter.refusals))["code"] == "unknown_door"


async def test_the_same_id_with_other_words_is_refused_as_changed(stage: Stage) -> None:
    async with Adapter(stage.credentials("adapter:bengkulu:tiktok")) as adapter:
        message = comment("tt-3", "warga.contoh", "Lampu jalan di Padang Harapan mati")
        await adapter.hands_in(message)
        await adapter.waits_for("tt-3", "BKL-")
        await adapter.hands_in(message)
        await adapter.hands_in(message | {"text": "Bukan itu yang saya tulis"})
        refusals = [await _first(adapter.refusals)]
    assert [(one["id"], one["code"]) for one in refusals] == [(message["id"], "changed")]


async def test_a_denied_client_sees_only_a_timeout_and_a_line_in_its_error_callback(stage: Stage) -> None:
    door = Door(stage.credentials("agency:bengkulu:perkim"))
    await door.open()
    try:
        with pytest.raises(nats.errors.TimeoutError):
            await door.nc.request("command.bengkulu.agency.dlh", b"{}", timeout=0.5)
        with pytest.raises(nats.errors.TimeoutError):
            await door.nc.jetstream(timeout=0.5).consumer_info("AGENCY", "bengkulu-perkim")
    finally:
        await door.close()
    assert any("permissions violation" in line.lower() for line in door.denied)


async def test_open_work_is_the_whole_queue_again_and_a_command_repeated_gets_its_first_reply(stage: Stage) -> None:
    given = stage.credentials("agency:bengkulu:perkim")
    async with (
        Adapter(stage.credentials("adapter:bengkulu:tiktok")) as adapter,
        Office("perkim", given) as office,
    ):
        await adapter.hands_in(comment("tt-4", "warga.contoh", "Lampu jalan di Nusa Indah mati sudah seminggu"))
        heard = await adapter.waits_for("tt-4", "BKL-")
        ticket = heard["text"].rpartition(" ")[2].strip()
        task = await office.task(ticket, role="lead", state="open")
        door = Door(given)
        await door.open()
        try:

            async def ask(subject: str, body: dict[str, Any]) -> dict[str, Any]:
                answer: dict[str, Any] = json.loads(
                    (await door.nc.request(subject, json.dumps(body).encode(), timeout=30)).data
                )
                return answer

            work = await ask(f"{given['command_subject']}.open_work", {})
            assert ticket in [one["ticket"] for one in work["tasks"]]
            command = {
                "version": 1, "id": uuid.uuid4().hex, "complaint": task["complaint"], "officer": "petugas-7",
                "action": {"do": "accept", "note": "Kami baca."},
            }  # fmt: skip
            first = await ask(given["command_subject"], command)
            assert first["n"] > task["n"]
            assert await ask(given["command_subject"], command) == first
            behind = command | {"id": uuid.uuid4().hex, "expected_n": task["n"]}
            assert (await ask(given["command_subject"], behind))["refusal"]["code"] == "changed_meanwhile"
            foreign = command | {
                "id": uuid.uuid4().hex,
                "action": {"do": "resolve", "closure": "fixed", "text": "x", "evidence": ["nope"]},
            }
            assert (await ask(given["command_subject"], foreign))["refusal"]["code"] == "evidence_unknown"
        finally:
            await door.close()


async def _first(refusals: list[dict[str, Any]], patience: float = 20) -> dict[str, Any]:
    async with asyncio.timeout(patience):
        while not refusals:
            await asyncio.sleep(0.05)
    return refusals[0]
