"""`tuntas route` and `tuntas city` on a stack that runs: explained, tried, put in force without a stop."""

import asyncio
import hashlib
import hmac
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest_asyncio

from services.cli.settings import CliSettings
from services.cli.supervisor.run import Supervisor, supervise
from tests.conftest import ROOT
from tests.intake import webhooks

GARBAGE = "Sampah menumpuk tidak diangkut di Padang Harapan, bau sekali, sudah seminggu"
NEW = """
  - id: garbage_by_perkim
    why: Untuk percobaan, sampah dikerjakan Perkim.
    when: {category: garbage}
    then: {lead: perkim}
"""


@dataclass
class Running:
    supervisor: Supervisor
    cities: Path

    async def tuntas(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        environment = {
            **os.environ,
            "TUNTAS_HOME": str(self.supervisor.home),
            "TUNTAS_CITIES_DIR": str(self.cities),
            "PYTHONPATH": str(ROOT),
        }
        command = [sys.executable, "-m", "services.cli", *arguments]
        return await asyncio.to_thread(
            subprocess.run, command, env=environment, capture_output=True, text=True, check=False, timeout=90
        )

    async def asked(self, *arguments: str) -> Any:
        done = await self.tuntas(*arguments, "--json")
        assert done.returncode == 0, done.stdout + done.stderr
        return json.loads(done.stdout)

    async def complain(self, text: str, sender: str) -> str:
        """Through the webhook; the ticket, once an office has it."""
        secret = self.supervisor.installation.secrets.cities["bengkulu"].whatsapp.app_secret
        message = webhooks.text(text, **{"from": sender, "id": f"wamid.{sender}", "timestamp": str(int(time.time()))})
        body = webhooks.webhook(webhooks.change(message, contacts=[{"profile": {"name": "Ibu"}, "wa_id": sender}]))
        signature = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
        async with httpx.AsyncClient(trust_env=False) as client:
            answer = await client.post(
                f"{self.supervisor.urls['intake']}/webhooks/bengkulu/whatsapp",
                content=body,
                headers={"X-Hub-Signature-256": signature, "Content-Type": "application/json"},
            )
        assert answer.status_code == 200, answer.text
        return await self._routed(text)

    async def _routed(self, text: str) -> str:
        connection = await asyncpg.connect(self.supervisor.installation.server.database("tuntas"))
        try:
            known = set(self._seen)
            for _ in range(300):
                tickets = {row["ticket"] for row in await connection.fetch("select ticket from router.routed")}
                if tickets - known:
                    self._seen.update(tickets)
                    return str((tickets - known).pop())
                await asyncio.sleep(0.1)
        finally:
            await connection.close()
        raise AssertionError(f"nobody got: {text}")

    def __post_init__(self) -> None:
        self._seen: set[str] = set()


@pytest_asyncio.fixture(scope="module")
async def running(home: Path) -> AsyncIterator[Running]:
    cities = home / "route-cities"
    shutil.copytree(ROOT / "deploy" / "cities", cities)
    settings = CliSettings(home=home / "route-command", cities_dir=cities)
    async with supervise(settings, lambda _line: None) as supervisor:
        yield Running(supervisor, cities)


async def test_rules_are_explained_tried_and_changed_while_everything_runs(running: Running) -> None:
    ticket = await running.complain(GARBAGE, "6281100020001")

    before = await running.asked("route", "explain", ticket)
    (decision,) = before["decisions"]
    assert dict(decision["seats"]) == {"dlh": "lead", "camat-gading-cempaka": "territorial"}
    assert (decision["rule"], decision["policy"], decision["agrees"]) == ("garbage_gading_cempaka", 1, True)
    looked = {one["rule"]: one for one in decision["rules"]}
    assert looked["garbage_gading_cempaka"]["said"] == ["lead", "territorial", "unit"]
    assert looked["danger"]["not_because"] == ["urgency"]
    assert len(decision["clocks"]) == 3
    told = await running.tuntas("route", "explain", ticket.lower())
    assert "fits    garbage_gading_cempaka and gave lead, territorial, unit" in told.stdout
    assert "With today's rules (version 1): dlh (lead, garbage_gading_cempaka)" in told.stdout
    for canary in ("bau sekali", "6281100020001", "A256GCM."):
        assert canary not in told.stdout + json.dumps(before)

    rules = running.cities / "bengkulu" / "rules.yaml"
    wanted = rules.read_text(encoding="utf-8").replace("rules:\n", f"rules:{NEW}", 1)
    other = running.cities.parent / "other-rules.yaml"
    other.write_text(wanted, encoding="utf-8")
    for source in ("--last=100", "--from-log"):
        tried = await running.asked("route", "try", str(other), "--city", "bengkulu", source)
        assert (tried["looked_at"], tried["changed"]) == (1, 1)
        assert tried["changes"][0]["would"] == "perkim + camat-gading-cempaka"
        assert tried["changes"][0]["tickets"] == [ticket]
        assert "garbage_by_perkim" not in tried["never"]

    rules.write_text(wanted, encoding="utf-8")
    refused = await running.tuntas("city", "apply", "bengkulu")
    assert refused.returncode == 4
    assert "raise policy.version in bengkulu.yaml to 2" in refused.stderr
    file = running.cities / "bengkulu.yaml"
    file.write_text(re.sub(r"version: 1\b", "version: 2", file.read_text(encoding="utf-8")), encoding="utf-8")
    applied = await running.tuntas("city", "apply", "bengkulu")
    assert (applied.returncode, "Version 2 of bengkulu is in force: 23 rules." in applied.stdout) == (0, True)
    again = await running.tuntas("city", "apply", "bengkulu")
    assert (again.returncode, "in force already" in again.stdout) == (0, True)
    async with asyncio.timeout(30):  # the router looks for a new version every second, and says so
        while "policy_in_force" not in (running.supervisor.home / "logs" / "router.log").read_text(encoding="utf-8"):
            await asyncio.sleep(0.1)

    later = await running.complain(GARBAGE.replace("Padang Harapan", "Jalan Gedang"), "6281100020002")
    after = await running.asked("route", "explain", later)
    assert dict(after["decisions"][0]["seats"]) == {"perkim": "lead", "camat-gading-cempaka": "territorial"}
    assert (after["decisions"][0]["rule"], after["decisions"][0]["policy"]) == ("garbage_by_perkim", 2)
    old = await running.asked("route", "explain", ticket)
    assert (old["decisions"][0]["rule"], old["decisions"][0]["policy"]) == ("garbage_gading_cempaka", 1)
    assert "garbage_by_perkim" not in {one["rule"] for one in old["decisions"][0]["rules"]}
    assert (old["today_policy"], old["today"].split(" ")[0]) == (2, "perkim")


async def test_what_is_wrong_in_a_rules_file_is_said_before_anything_is_tried_or_put_in_force(running: Running) -> None:
    broken = running.cities.parent / "broken.yaml"
    broken.write_text("rules:\n  - {id: a, why: Satu kalimat panjang., then: {lead: dhl}}\n", encoding="utf-8")
    tried = await running.tuntas("route", "try", str(broken), "--city", "bengkulu")
    assert tried.returncode == 1
    assert f"{broken}:2: rules.0.then.lead: the city has no seat dhl" in tried.stderr
    checked = await running.asked("city", "check", "kupang")
    assert [(one["city"], one["doubts"]) for one in checked] == [("kupang", [])]
    unknown = await running.tuntas("route", "explain", "BKL-00000005-3")
    assert (unknown.returncode, "no complaint has the ticket" in unknown.stderr) == (1, True)
