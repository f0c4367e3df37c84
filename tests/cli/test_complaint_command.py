"""`tuntas complaint` over a complaint that came in by a signed webhook."""

import asyncio
import hashlib
import hmac
import json
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import httpx
import pytest_asyncio

from services.cli.settings import CliSettings
from services.cli.supervisor.run import Supervisor, supervise
from tests.conftest import ROOT

WORDS = "Lampu jalan di Jalan Kenari Contoh padam sudah tiga malam"
NUMBER = "62811000456"


@pytest_asyncio.fixture(scope="module")
async def running(home: Path) -> AsyncIterator[Supervisor]:
    async with supervise(CliSettings(home=home / "complaint-command"), lambda _line: None) as supervisor:
        yield supervisor


@pytest_asyncio.fixture(scope="module")
async def ticket(running: Supervisor) -> str:
    """Of a complaint that was just received."""
    body = json.dumps(
        {
            "object": "whatsapp_business_account",
            "entry": [
                {
                    "id": "1",
                    "changes": [
                        {
                            "field": "messages",
                            "value": {
                                "messaging_product": "whatsapp",
                                "metadata": {"display_phone_number": "1", "phone_number_id": "100000000000001"},
                                "contacts": [{"profile": {"name": "Ibu Contoh"}, "wa_id": NUMBER}],
                                "messages": [
                                    {
                                        "from": NUMBER,
                                        "id": "wamid.contoh1",
                                        "timestamp": str(int(time.time())),
                                        "type": "text",
                                        "text": {"body": WORDS},
                                    }
                                ],
                            },
                        }
                    ],
                }
            ],
        }
    ).encode()
    secret = running.installation.secrets.cities["bengkulu"].whatsapp.app_secret
    signature = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.post(
            f"{running.urls['intake']}/webhooks/bengkulu/whatsapp",
            content=body,
            headers={"X-Hub-Signature-256": signature, "Content-Type": "application/json"},
        )
    assert answer.status_code == 200, answer.text
    connection = await asyncpg.connect(running.installation.server.database("tuntas_vault"))
    try:
        for _ in range(200):
            found = await connection.fetchval("select ticket from intake.complaint")
            if found is not None:
                return str(found)
            await asyncio.sleep(0.1)
    finally:
        await connection.close()
    raise AssertionError("no complaint was opened")


async def _tuntas(running: Supervisor, *arguments: str) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, "TUNTAS_HOME": str(running.home), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "services.cli", *arguments]
    return await asyncio.to_thread(
        subprocess.run, command, env=environment, capture_output=True, text=True, check=False, timeout=60
    )


async def _reveals(running: Supervisor) -> list[tuple[str, str]]:
    connection = await asyncpg.connect(running.installation.server.database("tuntas_vault"))
    try:
        return [(row["party"], row["why"]) for row in await connection.fetch("select party, why from vault.reveal_log")]
    finally:
        await connection.close()


async def test_events_come_in_order_with_content_sealed(running: Supervisor, ticket: str) -> None:
    shown = await _tuntas(running, "complaint", ticket.lower(), "--json")
    assert shown.returncode == 0, shown.stderr
    events = json.loads(shown.stdout)
    assert [event["n"] for event in events] == list(range(1, len(events) + 1))
    assert events[0]["type"] == "complaint.received"
    assert "<sealed>" in shown.stdout
    for canary in ("Kenari", NUMBER, "Ibu Contoh", "wamid", "A256GCM."):
        assert canary not in shown.stdout
    assert ("none", "events looked at, content sealed") in await _reveals(running)


async def test_content_is_opened_for_a_role_that_may_and_the_reason_is_kept(running: Supervisor, ticket: str) -> None:
    shown = await _tuntas(
        running, "complaint", ticket, "--json", "--open", "--as", "data_protection", "--why", "permintaan pelapor"
    )
    assert shown.returncode == 0, shown.stderr
    assert WORDS in shown.stdout
    assert ("reporter:1", "permintaan pelapor") in await _reveals(running)


async def test_content_stays_closed_for_other_roles_and_without_a_reason(running: Supervisor, ticket: str) -> None:
    for arguments in (["--open", "--why", "ingin tahu"], ["--open", "--as", "auditor", "--why", "ingin tahu"]):
        refused = await _tuntas(running, "complaint", ticket, *arguments)
        assert refused.returncode == 4
        assert WORDS not in refused.stdout + refused.stderr
    assert (await _tuntas(running, "complaint", ticket, "--open", "--as", "screener")).returncode == 2


async def test_a_ticket_with_a_typing_error_is_told_apart_from_one_that_nobody_holds(running: Supervisor) -> None:
    wrong = await _tuntas(running, "complaint", "BKL-00000005-4")
    assert (wrong.returncode, "a character is missing or wrong" in wrong.stderr) == (1, True)
    unknown = await _tuntas(running, "complaint", "BKL-00000005-3")
    assert (unknown.returncode, "no complaint has the ticket" in unknown.stderr) == (1, True)


async def test_a_rebuild_and_the_list_of_parked_messages_can_be_asked_for(running: Supervisor, ticket: str) -> None:
    parked = await _tuntas(running, "parked", "ls", "--json")
    assert (parked.returncode, json.loads(parked.stdout)) == (0, [])
    rebuilt = await _tuntas(running, "rebuild")
    assert rebuilt.returncode == 0, rebuilt.stderr
