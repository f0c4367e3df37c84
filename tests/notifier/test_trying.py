"""`tuntas notices try`: what would have been sent for a life that was, and why what would not."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from services.complaint import commands as c
from services.contracts.hearing.rules import Hearing
from services.notifier.tools.trying import summary
from services.notifier.trying import WouldSend, would_send
from services.runtime import cities
from tests.complaint import given
from tests.complaint.given import Life, cause
from tests.notifier.conftest import World
from tests.notifier.lives import NOWHERE, asked, somewhere
from tests.notifier.test_hearing import about

CITY = cities.load(Path("deploy/cities"))["bengkulu"]
EVERYBODY = frozenset(CITY.seats)
NIGHT = timedelta(hours=14)
"""From the lives' 9.00 in the morning to 23.00 in Bengkulu."""


def tried(life: Life, *, seats: frozenset[str] = EVERYBODY, **hearing: Any) -> list[WouldSend]:
    return would_send(CITY, Hearing.model_validate(hearing), life.events, sends_to=seats)


def row(found: list[WouldSend], name: str) -> WouldSend:
    return next(one for one in found if one.row == name)


def resolved_at_night() -> Life:
    life = given.assigned().later(hours=14)
    life.when(given.resolving(life))
    return life


def test_by_day_everything_goes_at_once_by_the_open_chat() -> None:
    found = tried(given.resolved())
    told = row(found, "reporter.resolved")
    assert (told.goes, told.waits, told.why_not, told.way) == (told.at, None, None, "whatsapp: free")


def test_at_night_the_resolution_waits_for_the_morning_and_the_acknowledgement_does_not() -> None:
    found = tried(resolved_at_night())
    late = row(found, "reporter.resolved")
    assert late.waits == "quiet hours"
    assert late.goes is not None
    assert late.goes.astimezone(CITY.zone).strftime("%H:%M") == "06:00"
    assert row(found, "reporter.received").goes == row(found, "reporter.received").at


def test_with_another_file_it_would_go_at_once() -> None:
    assert row(tried(resolved_at_night(), quiet=None), "reporter.resolved").waits is None


def test_after_a_day_of_silence_the_way_is_the_approved_form() -> None:
    life = given.assigned().later(hours=30)
    life.when(given.resolving(life))
    assert row(tried(life), "reporter.resolved").way == "whatsapp: template"


def danger_at_night() -> Life:
    life = given.assigned(urgency="danger").later(hours=14)
    life.when(given.resolving(life))
    return life


def left_out() -> dict[str, Any]:
    return {"changes": [{"row": "reporter.assigned", "when": "never", "why": "Kota ini menunggu tanggalnya."}]}


def overtaken_by_the_morning() -> Life:
    """Asked at 23.00, answered at 23.30."""
    life = given.assigned().later(hours=14)
    life.when(c.AskReporter(cause=cause("ask"), seat="dlh", question=given.sealed("handling")))
    life.later(hours=0.5).when(c.AddMessage(cause=cause("say"), party="reporter:1", message=given.message()))
    return life


def hushed() -> Life:
    life = given.assigned()
    life.when(c.StopNews(cause=cause("stop"), party="reporter:1", message=given.message()))
    life.when(given.resolving(life))
    return life


WHY_NOT: list[tuple[str, Callable[[], Life], dict[str, Any], str, str | None]] = [
    ("danger does not wait", danger_at_night, {}, "reporter.resolved", None),
    ("a row that the city leaves out", given.assigned, left_out(), "reporter.assigned", "this city does not tell it"),
    ("overtaken while it waited", overtaken_by_the_morning, {}, "reporter.question", "overtaken"),
    ("news that is not wanted", hushed, {}, "reporter.resolved", "asked for no more news"),
    ("a question by day", asked, {}, "reporter.question", None),
    ("a secret one's stranger", about("agency", "dlh"), {}, "seat.task", "about the seat itself"),
]


@pytest.mark.parametrize(("life", "hearing", "name", "why"), [r[1:] for r in WHY_NOT], ids=[r[0] for r in WHY_NOT])
def test_it_says_why(life: Callable[[], Life], hearing: dict[str, Any], name: str, why: str | None) -> None:
    one = row(tried(life(), **hearing), name)
    assert (one.why_not is None) if why is None else (why in (one.why_not or ""))
    assert (one.goes is None) == (one.why_not is not None)


def test_what_is_told_once_is_told_once() -> None:
    asks = [one for one in tried(somewhere(NOWHERE, NOWHERE)) if one.row == "reporter.where"]
    assert [one.why_not for one in asks] == [None, "told once already"]


def test_a_seat_without_a_number_reads_its_queue() -> None:
    assert "no confirmed number" in (row(tried(given.assigned(), seats=frozenset()), "seat.task").why_not or "")
    assert row(tried(given.assigned()), "seat.task").why_not is None


def test_a_summary_counts_by_row_and_reason() -> None:
    counted = summary(tried(resolved_at_night()))
    assert counted["reporter.resolved"] == {"later: quiet hours": 1}
    assert counted["reporter.received"] == {"at once": 1}
    assert json.dumps([one.as_json() for one in tried(given.resolved())])


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    ours = {key: value for key, value in os.environ.items() if not key.startswith("TUNTAS_")}
    return subprocess.run(
        [sys.executable, "-m", "services.cli", "templates", *arguments], env=ours, capture_output=True, text=True,
        check=False,
    )  # fmt: skip


def test_the_command_checks_every_text_and_shows_one() -> None:
    checked = command("check", "--city", "kupang", "--json")
    assert checked.returncode == 0, checked.stdout
    assert json.loads(checked.stdout)["wrong"] == {"kupang": []}
    shown = command("show", "resolved", "--city", "kupang", "--confidentiality", "secret")
    assert "--- reporter.resolved by sms:" in shown.stdout
    assert "Balas STATUS" in shown.stdout
    assert command("show", "nothing").returncode == 2


async def test_the_command_reads_the_log_and_sends_nothing(world: World) -> None:
    complaint, _ = await world.opens()
    await world.assigns(complaint)
    installation = world.stack.installation
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "services.notifier.tools.trying", "--city", "bengkulu", "--json",
        "--ticket", f"BKL-{complaint[:8].upper()}-0", env=os.environ | installation.environment("notifier"),
        stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    said, _ = await process.communicate()
    assert process.returncode == 0
    told = json.loads(said)
    rows = {one["row"]: one for one in told["notices"]}
    assert rows["reporter.received"]["goes"] == rows["reporter.received"]["at"]
    assert rows["reporter.assigned"]["way"] == "whatsapp: free"
    # Other tests may have confirmed a number of this seat: then it goes.
    told_seat = rows["seat.task"]
    assert told_seat["goes"] is not None or "no confirmed number" in told_seat["why_not"]
    assert not await world.notices(complaint)
