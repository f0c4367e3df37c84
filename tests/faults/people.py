"""Invented people, what they write, and the process that delivers it."""

import asyncio
import json
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from services.cli.standins import payloads
from services.cli.standins.payloads import Citizen, Number
from tests.faults.processes import mortal
from tests.faults.stack import ROOT

FIRST = "Lampu jalan di depan rumah mati total di Kelurahan {ward}, gelap sekali"
FURTHER = "Tambahan: lampu jalan itu tiangnya juga miring"
WARDS = ("Padang Harapan", "Sawah Lebar", "Kandang Limun", "Pagar Dewa", "Betungan", "Lempuing", "Bentiring")

WEEK = 7 * 86400.0


@dataclass(frozen=True)
class Written:
    """One message of a person as the provider delivers it."""

    id: str
    person: str
    raw: str


def person(number: int, series: int) -> Citizen:
    """Numbers that plainly nobody has: 62 811 000 …"""
    return Citizen(f"62811000{series:02d}{number:06d}", f"Warga Contoh {series}-{number}")


def writes(number: Number, who: Citizen, words: str, *, at: float | None = None, message: str | None = None) -> Written:
    wamid, body = payloads.inbound(number, who, payloads.text(words), at=at, message=message)
    return Written(wamid, who.address, json.dumps(body, ensure_ascii=False, separators=(",", ":")))


def conversation(number: Number, who: Citizen, count: int, chance: random.Random) -> list[Written]:
    """One matter in `count` messages, now and then late by the provider's clock."""
    ward = chance.choice(WARDS)
    words = [FIRST.format(ward=ward), *[f"{FURTHER} ({n})" for n in range(1, count)]]
    now = time.time()
    return [writes(number, who, text, at=now - WEEK if chance.random() < 0.1 else now) for text in words]


class Delivering:
    """A running load. `acknowledged()` may be asked at any time."""

    def __init__(
        self, folder: Path, targets: Sequence[str], secret: str, deliveries: Iterable[Written], *,
        rate: float = 0, at_once: int = 16, patience: float = 600,
    ) -> None:  # fmt: skip
        folder.mkdir(parents=True, exist_ok=True)
        self._acknowledged = folder / "acknowledged"
        self._acknowledged.touch()
        with (folder / "deliveries").open("w") as file:
            for one in deliveries:
                file.write(json.dumps({"id": one.id, "raw": one.raw}) + "\n")
        plan = {
            "targets": list(targets), "secret": secret, "deliveries": str(folder / "deliveries"),
            "acknowledged": str(self._acknowledged), "rate": rate, "at_once": at_once, "patience": patience,
        }  # fmt: skip
        (folder / "plan.json").write_text(json.dumps(plan))
        command = mortal(sys.executable, "-m", "tests.faults.load", str(folder / "plan.json"))
        self._process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)

    def acknowledged(self) -> list[str]:
        """Provider ids in the order in which they were answered 200; a repetition stands again."""
        return self._acknowledged.read_text().split()

    async def done(self, patience: float) -> dict[str, Any]:
        """Waits for the end of all deliveries; its figures."""
        return await asyncio.to_thread(self._done, patience)

    async def stop(self) -> dict[str, Any]:
        """No new deliveries; those in flight end."""
        self._process.send_signal(signal.SIGTERM)
        return await self.done(60)

    def _done(self, patience: float) -> dict[str, Any]:
        try:
            out, _ = self._process.communicate(timeout=patience)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.communicate()
            raise
        if self._process.returncode != 0:
            raise RuntimeError(f"the load ended with {self._process.returncode}")
        figures: dict[str, Any] = json.loads(out)
        return figures
