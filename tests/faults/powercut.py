"""A power cut: what stands after it is what had reached the disk, nothing of what the machine still held in memory.

The store lies on a filesystem of its own inside a file, mounted so that it writes by itself as late as it may. Its
unwritten pages are in this machine's memory and not in that file, just as they would not be on a disk. The server is
stopped dead, the file is copied, the copy is mounted in its place: that is the disk as it was at the last fsync.
"""

import asyncio
import contextlib
import os
import random
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from nats.aio.client import Client

from services.contracts import subjects
from services.contracts.ids import derive
from tests.faults import broker, people, rawlog
from tests.faults.outcome import CannotHappenHere, Outcome
from tests.faults.people import Delivering
from tests.faults.stack import running, until
from tests.faults.verdict import judge

CITY = "bengkulu"
KEY = b"a key of this test alone, 32 byte"
LATE = "loop,data=writeback,commit=600,noatime"
WRITERS = 64


class Disk:
    """A disk that can lose its power. `mounted` is where its filesystem is seen."""

    def __init__(self, folder: Path, megabytes: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._file, self.mounted = folder / "disk", folder / "mounted"
        self.mounted.mkdir(exist_ok=True)
        with self._file.open("wb") as file:
            file.truncate(megabytes << 20)
        self._do("mkfs.ext4", "-q", "-F", "-E", "lazy_itable_init=0,lazy_journal_init=0", self._file)
        self._do("mount", "-o", LATE, self._file, self.mounted)

    def lose_power(self) -> None:
        """Everything that works on it must be dead by now; afterwards it is mounted again at the same place."""
        copy = self._file.with_name("after")
        self._do("cp", "--sparse=always", self._file, copy)
        self._do("umount", self.mounted)
        copy.replace(self._file)
        self._do("mount", "-o", LATE, self._file, self.mounted)

    def gone(self) -> None:
        with contextlib.suppress(CannotHappenHere):
            self._do("umount", "--lazy", self.mounted)
        self._file.unlink(missing_ok=True)

    @staticmethod
    def _do(*command: str | Path) -> None:
        try:
            subprocess.run(command, check=True, capture_output=True, text=True, timeout=120)
        except (OSError, subprocess.CalledProcessError) as error:
            said = error.stderr.strip() if isinstance(error, subprocess.CalledProcessError) else str(error)
            raise CannotHappenHere(f"no filesystem in a file on this machine ({command[0]}: {said})") from error


@contextlib.contextmanager
def disk(folder: Path, megabytes: int) -> Iterator[Disk]:
    """CannotHappenHere unless we are root on a machine that has loop devices and ext4."""
    if os.geteuid() != 0:
        raise CannotHappenHere("a filesystem in a file needs root")
    for tool in ("mkfs.ext4", "mount", "umount", "cp"):
        if shutil.which(tool) is None:
            raise CannotHappenHere(f"{tool} is not on this machine")
    made = Disk(folder, megabytes)
    try:
        yield made
    finally:
        made.gone()


async def run(folder: Path, times: int, writes: int, messages: int) -> Outcome:
    """`times` cuts after `writes` acknowledged events each, one of a whole installation after `messages` webhooks; and
    once with the server's default, which must lose."""
    outcome = Outcome("powercut", times=times)
    for number in range(times):
        acknowledged, there = await _cut(folder / f"powercut-{number}", writes, sync="always")
        outcome.acknowledged += len(acknowledged)
        outcome.loses("acknowledged events are gone after the cut", acknowledged - there)
    if messages:
        await _cut_everything(outcome, folder / "powercut-whole", messages)
    acknowledged, there = await _cut(folder / "powercut-default", writes, sync="2m")
    gone = len(acknowledged - there)
    outcome.notes.append(f"with the server's default: {gone} of {len(acknowledged)} acknowledged events gone")
    if not gone:
        outcome.breaks("the server's default lost nothing either: this test does not bite")
    return outcome


async def _cut_everything(outcome: Outcome, folder: Path, messages: int) -> None:
    """A whole installation, databases and all, while people still write."""
    with disk(folder, 3_000) as power:
        async with running(power.mounted / "home", outside=folder) as stack:
            number = stack.number(CITY)
            crowd = [people.person(n, 7) for n in range(2 * messages)]
            written = [m for who in crowd for m in people.conversation(number, who, 1, random.Random(19))]
            loads = folder / "load"  # people's side, not on the disk that loses its power
            delivering = Delivering(loads, [number.webhook_url], number.app_secret, written, rate=60, patience=3)
            await until("enough is acknowledged", lambda: len(delivering.acknowledged()) >= messages, 600)
            stack.drop_dead()
            outcome.times += 1
            await delivering.stop()
            sent = {message.id: message.person for message in written}
            power.lose_power()
            await stack.start()
            acknowledged = {wamid: sent[wamid] for wamid in delivering.acknowledged()}
            await judge(stack, outcome, CITY, acknowledged, patience=180)


async def _cut(folder: Path, writes: int, sync: str) -> tuple[set[str], set[str]]:
    """Event ids that were acknowledged, and those that are there after the cut."""
    with disk(folder, 512) as power:
        async with broker.server_in(power.mounted / "nats", sync) as server:
            connection = await broker.connected(server.port)
            await broker.make_stream(connection, subjects.COMPLAINTS)
            acknowledged = await _write(connection, writes)
            await server.kill()
            power.lose_power()
            await server.start()
            try:
                after = await broker.connected(server.port)
                there = {raw.headers["Event"] for raw in await _whatever_is_left(after)}
                await after.close()
            finally:
                await connection.close()
            return acknowledged, there


async def _whatever_is_left(connection: Client) -> list[rawlog.Raw]:
    """Even the stream itself may be gone."""
    names = await connection.jetstream().streams_info()
    if not any(stream.config.name == subjects.COMPLAINTS for stream in names):
        return []
    return await rawlog.read(connection, subjects.COMPLAINTS)


async def _write(connection: Client, writes: int) -> set[str]:
    """Many writers at once until `writes` are acknowledged; the server dies while more are in flight."""
    context = connection.jetstream(timeout=10)
    acknowledged: set[str] = set()
    numbers = iter(range(10 * writes))
    enough = asyncio.Event()

    async def writer() -> None:
        for number in numbers:
            complaint = derive(KEY, "complaint", str(number // 4))
            event = derive(KEY, "event", str(number))
            subject = subjects.complaint("bengkulu", complaint)
            try:
                await context.publish(subject, os.urandom(700), headers={"Event": event})
            except Exception:  # noqa: BLE001 - not acknowledged, whatever the reason
                return
            acknowledged.add(event)
            if len(acknowledged) >= writes:
                enough.set()

    jobs = [asyncio.create_task(writer()) for _ in range(WRITERS)]
    await enough.wait()
    for job in jobs:
        job.cancel()
    await asyncio.gather(*jobs, return_exceptions=True)
    return set(acknowledged)
