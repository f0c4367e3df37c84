"""Learning on a real log, with a router that runs: decisions are harvested, a version takes over without a stop."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import IO, cast

import pytest
import pytest_asyncio

from services.complaint.commands import Assigning, EraseReporter, Screen
from services.complaint.events import Assignment, Matter, ScreeningProposed
from services.contracts import ids, subjects
from services.contracts.base import Function
from services.contracts.facts import ModelPutInForce
from services.router.knowledge import base_model
from services.router.learning.harvest import harvest
from services.router.learning.versions import Made, Overtaken, Versions
from services.router.learning.watching import Watching, process
from services.runtime import postgres
from services.runtime.blobs import Blobs
from services.runtime.deciding import Decided
from services.runtime.delivery import Delivery
from services.runtime.log import Log
from services.runtime.sealing import MasterKey
from services.runtime.vault import Vault
from tests.router.cities import read
from tests.router.harness import Town, eventually
from tests.router.local_speech import spoken

ROOT = Path(__file__).parents[2]
CITY = "kupang"
"""Nothing else in this folder says which model proposes here."""


@pytest_asyncio.fixture(scope="module")
async def versions(town: Town) -> AsyncIterator[Versions]:
    """With the router's own rights."""
    stack = town.stack
    connection = await stack.connect("router")
    pool = await postgres.pool(stack.installation.vault_url("tuntas_router"))
    vault = Vault(pool, MasterKey.load(stack.installation.keeper.master_key_file))
    blobs = Blobs(stack.installation.environment("router")["TUNTAS_BLOBS_URL"])
    yield Versions(Log(connection, subjects.CITY), vault, blobs)
    await connection.close()
    await pool.close()


def made(**told: int) -> Made:
    base = base_model()
    return Made(base, None, ModelPutInForce(version="new", root=base.version, **told))  # type: ignore[arg-type]


async def decided(town: Town, text: str, function: Function, city: str = CITY) -> str:
    """A complaint that a person screened."""
    complaint = await town.hear(city, text)
    key = await town.vault.id_key(city)
    cause = ids.derive(key, "test", complaint, "screen")
    matter = Matter(kind="complaint", category="unclear", function=function, urgency="normal", confidentiality="normal")
    assigning = Assigning(assignments=(Assignment(seat="sekda", role="lead"),), rule="ruling", policy=1)
    screen = Screen(cause=cause, matter=matter, summary="Pengaduan.", assigning=assigning)
    outcome = await town.deciding.execute(
        city, complaint, screen, cause=cause, actor="seat:tim-saring", at=town.clock()
    )
    assert isinstance(outcome, Decided)
    return complaint


async def proposing(town: Town, text: str = "jalan berlubang di depan pasar", city: str = CITY) -> str:
    """The version that proposes for a complaint heard now."""
    complaint = await town.hear(city, text)
    events = await town.until(city, complaint, "complaint.screening_proposed")
    return next(event.data.model for event in events if isinstance(event.data, ScreeningProposed))


async def taken_up(town: Town, version: str) -> None:
    async def proposes() -> bool | None:
        return True if await proposing(town) == version else None

    await eventually(proposes, f"{version} proposes")


def learn(town: Town, *arguments: str, city: str = CITY) -> "subprocess.Popen[str]":
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **town.stack.installation.environment("router")}
    command = [sys.executable, "-m", "services.router.learn", "--city", city, *arguments]
    return subprocess.Popen(
        command, env=environment, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


async def finished(process: "subprocess.Popen[str]") -> tuple[int, str, str]:
    out, err = await asyncio.to_thread(process.communicate)
    return process.returncode, out, err


async def test_a_version_takes_over_while_complaints_come_and_each_names_its_own(
    town: Town, versions: Versions
) -> None:
    before = await town.hear(CITY, "lampu jalan mati di ujung gang")
    await town.until(CITY, before, "complaint.screening_proposed")
    was = await proposing(town)
    facts = await versions.facts(CITY)
    told = await versions.put_in_force(CITY, made(held_back=40), len(facts), town.clock())
    await taken_up(town, told.version)
    events = await town.events(CITY, before)
    assert [e.data.model for e in events if isinstance(e.data, ScreeningProposed)] == [was]
    assert told.version == f"{CITY}-{len(facts) + 1}"
    assert (await versions.facts(CITY))[-1].data == told


async def test_who_compared_with_an_older_version_is_overtaken(town: Town, versions: Versions) -> None:
    facts = await versions.facts(CITY)
    await versions.put_in_force(CITY, made(), len(facts), town.clock())
    with pytest.raises(Overtaken):
        await versions.put_in_force(CITY, made(), len(facts), town.clock())


async def test_a_model_whose_file_is_gone_leaves_the_one_before_in_place(town: Town, versions: Versions) -> None:
    facts = await versions.facts(CITY)
    good = await versions.put_in_force(CITY, made(), len(facts), town.clock())
    await taken_up(town, good.version)
    broken = await versions.put_in_force(CITY, made(held_back=1), len(facts) + 1, town.clock())
    # The same file again, but the fact names another digest.
    entries = await versions._log.load(subjects.city_fact(CITY, "model", "model"))
    wrong = broken.model_copy(update={"version": f"{CITY}-{len(entries) + 1}", "digest": "0" * 64})
    await taken_up(town, broken.version)
    await versions._append(CITY, wrong, entries, town.clock())
    await asyncio.sleep(2.5)  # two looks
    assert await proposing(town) == broken.version
    code, out, err = await finished(learn(town, "--back-to-common"))
    assert (code, err) == (0, "")
    assert base_model().version in out
    await taken_up(town, base_model().version)


async def test_the_log_gives_decisions_with_their_words_and_nothing_of_the_erased(
    town: Town, versions: Versions
) -> None:
    kept = await decided(town, "klotrang di simpang itu mengganggu sekali", "transport", "bukittinggi")
    gone = await decided(town, "nama saya Contohwati, tirapang belum datang", "social", "bukittinggi")
    undecided = await town.hear("bukittinggi", "entah apa ini")
    await town.deciding.execute(
        "bukittinggi", gone, EraseReporter(cause="e" * 26, party="reporter:1"), cause="e" * 26, actor="reporter:1",
        at=town.clock(),
    )  # fmt: skip
    log = Log(town.intake, subjects.COMPLAINTS)
    found = await harvest(log, versions._vault, read("bukittinggi"))
    texts = [one.texts[0] for one in found.examples]
    assert "klotrang di simpang itu mengganggu sekali" in texts
    assert not [text for text in texts if "Contohwati" in text]
    assert "entah apa ini" not in texts
    assert found.decided == len(found.examples) + found.unreadable
    assert kept != undecided
    newest = await harvest(log, versions._vault, read("bukittinggi"), most=1)
    assert [one.texts[0] for one in newest.examples] == ["klotrang di simpang itu mengganggu sekali"]


async def test_few_decisions_change_nothing_and_it_is_said_why(town: Town, versions: Versions) -> None:
    await decided(town, "klotrang bimbakan di pasar", "transport", "pekanbaru")
    await decided(town, "gombresan pulekat di kali", "environment", "pekanbaru")
    before = len(await versions.facts("pekanbaru"))
    code, out, err = await finished(learn(town, "--from-log", city="pekanbaru"))
    assert (code, err) == (1, "")
    assert "decisions held back say too little" in out
    assert len(await versions.facts("pekanbaru")) == before


@pytest.mark.slow
async def test_decisions_of_people_become_the_version_in_force(town: Town, versions: Versions) -> None:
    for number in range(200):
        text, function = spoken(number)
        await decided(town, text, function)
    before = await versions.facts(CITY)
    # Killed when the words are read and the training has begun: nothing has changed.
    killed = learn(town, "--from-log")
    assert "decided by people" in await asyncio.to_thread(cast("IO[str]", killed.stdout).readline)
    killed.send_signal(signal.SIGKILL)
    await finished(killed)
    assert len(await versions.facts(CITY)) == len(before)
    was = await proposing(town)
    code, out, err = await finished(learn(town, "--from-log"))
    assert (code, err) == (0, ""), out
    told = (await versions.facts(CITY))[-1].data
    assert f"takes over as {told.version}" in out
    assert told.learned.get("corrected", 0) + told.learned.get("screened", 0) >= 150
    assert told.after["accuracy"] > told.before["accuracy"]
    assert told.version != was
    text, function = spoken(1_001)
    await taken_up(town, told.version)
    complaint = await town.hear(CITY, text)
    events = await town.until(CITY, complaint, "complaint.screening_proposed")
    proposal = next(event.data for event in events if isinstance(event.data, ScreeningProposed))
    assert (proposal.model, proposal.matter.function) == (told.version, function)
    code, out, err = await finished(learn(town, "--list"))
    assert (code, told.version in out) == (0, True)


async def test_enough_decisions_of_people_start_a_training(town: Town) -> None:
    """The router counts what it follows; the city's policy says how many are enough."""
    pool = await postgres.pool(town.stack.installation.database_url("tuntas_router"))
    city = read("pekanbaru")
    asked: list[str] = []

    async def start(name: str) -> int:
        asked.append(name)
        return 0

    def watching(enough: int) -> Watching:
        policy = city.policy.model_copy(update={"learn_after_decisions": enough})
        return Watching(pool, {"nowhere": city.model_copy(update={"policy": policy})}, start)

    async def handled(batch: Sequence[Delivery]) -> None:
        return None

    complaint = await decided(town, "bimbakan di simpang itu lagi", "transport", "pekanbaru")
    log = Log(town.intake, subjects.COMPLAINTS)
    entries = await log.load(subjects.complaint("pekanbaru", complaint))
    # As if of another city: the router that runs here counts what it follows itself.
    batch = [
        Delivery(log.stream, one.subject.replace("pekanbaru", "nowhere"), one.sequence, one.type, one.headers, one.body)
        for one in entries
    ]
    by_people = sum(one.type in ("complaint.screened", "complaint.assigned") for one in batch)
    try:
        await pool.execute("delete from router.learning where city = 'nowhere'")
        for enough, learns in ((0, False), (3 * by_people + 1, False), (3 * by_people + 1, True)):
            one = watching(enough)
            await one.heard(handled)(batch)
            await one.heard(handled)(batch[:1])
            await one.look()
            assert asked == (["nowhere"] if learns else []), enough
            if not learns and enough:
                await pool.execute("update router.learning set decided = decided + 1 where city = 'nowhere'")
        await watching(1).look()
        assert asked == ["nowhere"]
    finally:
        await pool.close()


async def test_a_training_that_the_router_starts_is_a_process_with_its_settings(town: Town) -> None:
    given = {
        name.removeprefix("TUNTAS_").lower(): value
        for name, value in town.stack.installation.environment("router").items()
    }
    await decided(town, "serundang di terminal", "transport", "pekanbaru")
    await decided(town, "mangsrut di kali", "environment", "pekanbaru")
    assert await process(given)("pekanbaru") == 1  # far too few decisions there to compare anything


@pytest.mark.slow
async def test_a_table_of_the_past_becomes_the_version_in_force_and_stays_the_ground_of_later_ones(
    town: Town, versions: Versions, tmp_path: Path
) -> None:
    path = tmp_path / "past.csv"
    rows = [spoken(number) for number in range(200)]
    path.write_text("Isi Laporan;OPD\n" + "".join(f"{text};{function}\n" for text, function in rows))
    before = await versions.facts("bukittinggi")
    code, out, err = await finished(learn(town, str(path), city="bukittinggi"))
    assert (code, err) == (0, ""), out
    told = (await versions.facts("bukittinggi"))[-1].data
    assert told.learned["history"] + told.held_back >= 200
    assert told.root_blob is not None
    assert told.blob is not None
    assert len(await versions.facts("bukittinggi")) == len(before) + 1
    root = await versions.load("bukittinggi", told.root_blob)
    assert root.version == "new"
    assert (await versions.load("bukittinggi", told.blob, told.digest)).version == told.version
    text, function = spoken(2_002)
    complaint = await town.hear("bukittinggi", text)

    async def proposed() -> ScreeningProposed | None:
        """Said again until the running router has the new version."""
        await town.hear("bukittinggi", text, complaint=complaint)
        events = await town.until("bukittinggi", complaint, "complaint.screening_proposed")
        last = [event.data for event in events if isinstance(event.data, ScreeningProposed)][-1]
        return last if last.model == told.version else None

    assert (await eventually(proposed, told.version)).matter.function == function
