"""One matter, many reporters: each hears of it in his own complaint, once, and of nobody else's word."""

import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.complaint import commands as c
from services.complaint import events as e
from services.contracts.hearing import table
from services.contracts.ids import message_key
from services.contracts.intake import Ask
from services.notifier import policy
from services.runtime.sealing import seal
from tests.complaint import given
from tests.complaint import test_merging as lives
from tests.complaint.given import Life, cause
from tests.notifier.conftest import CITY, DOOR, World
from tests.notifier.settling import settled

Given = Callable[[], Life]


def moved() -> Life:
    return lives.with_(lives.merged(), lives.merge(lives.SECOND, "move"))


def advanced() -> Life:
    return lives.with_(lives.merged(), lives.advance())


def apart() -> Life:
    return lives.with_(lives.merged(), lives.unmerge())


HEARS: list[tuple[str, Given, list[str]]] = [
    ("a merge", lives.merged, ["received", "assigned", "merged"]),
    ("not that it only moved on", moved, ["received", "assigned", "merged"]),
    ("progress as for his own", advanced, ["received", "assigned", "merged", "progressed"]),
    ("the closing question of his own", lives.asked, ["received", "assigned", "merged", "resolved"]),
    ("that he stands alone again", apart, ["received", "assigned", "merged", "unmerged"]),
    ("the main reporter nothing of others", lives.main, ["received", "assigned"]),
    ("nothing of another one's BELUM", lives.main_reopened, ["received", "assigned", "resolved", "confirmed"]),
]


@pytest.mark.parametrize(("life", "expected"), [row[1:] for row in HEARS], ids=[row[0] for row in HEARS])
def test_the_reporter_hears_exactly_this(life: Given, expected: list[str]) -> None:
    planned = [notice for event in life().events for notice in policy.for_reporter(event)
               if notice.at is None and table.BY_ID[notice.row].when != "never"]  # fmt: skip  # what only some tell
    assert [notice.template for notice in planned] == expected


def second_resolution() -> Life:
    life = lives.main_reopened()
    return lives.with_(life, given.resolving(life))


def progress_after_reopening() -> Life:
    life = lives.main_reopened()
    return lives.with_(
        life, c.ReportProgress(cause=cause("again"), seat="dlh", text=given.sealed("handling"), evidence=("m",))
    )


STILL: list[tuple[str, Given, str, type[e.Event], bool]] = [
    ("a merge while he waits", lives.merged, "merged", e.ComplaintMerged, True),
    ("a merge that was undone", apart, "merged", e.ComplaintMerged, False),
    ("his old office's assignment", lives.merged, "assigned", e.ComplaintAssigned, False),
    ("progress while he waits", advanced, "progressed", e.MatterAdvanced, True),
    ("progress after the resolution", lambda: lives.with_(advanced(), lives.resolution(advanced())), "progressed",
     e.MatterAdvanced, False),
    ("the closing question while it is open", lives.asked, "resolved", e.MatterResolved, True),
    ("the closing question after his word", lives.confirmed, "resolved", e.MatterResolved, False),
    ("his confirmation", lives.confirmed, "confirmed", e.ResolutionConfirmed, True),
    ("his silence", lives.silent, "closed_silent", e.ComplaintClosed, True),
    ("a second resolution to who had confirmed", second_resolution, "resolved", e.ComplaintResolved, False),
    ("progress to who had confirmed", progress_after_reopening, "progressed", e.ProgressReported, False),
    ("a withdrawal while the work goes on for others", lambda: lives.with_(lives.main(), lives.withdraw()),
     "withdrawn", e.ComplaintWithdrawn, True),
]  # fmt: skip


@pytest.mark.parametrize(("life", "template", "of", "said"), [r[1:] for r in STILL], ids=[r[0] for r in STILL])
def test_what_concerns_him_no_more_is_not_said(life: Given, template: str, of: type[e.Event], said: bool) -> None:
    grown = life()
    event = next(event for event in reversed(grown.events) if isinstance(event.data, of))
    assert policy.still_said(template, event, grown.state) is said


async def _does(world: World, complaint: str, make: Callable[[str], c.Command]) -> None:
    await world.does(complaint, make(message_key(world.id_key, CITY, "test", secrets.token_hex(8))))


async def _follow(world: World, main: str, other: str) -> None:
    """What the router does: the other one is merged, and the main one knows."""
    await _does(world, other, lambda by: c.Merge(cause=by, itself=other, into=main, by="person"))
    await _does(world, main, lambda by: c.JoinMerge(cause=by, complaints=(other,)))


async def test_progress_and_resolution_reach_every_reporter_in_his_own_complaint_once(world: World) -> None:
    async with world.notifier():
        main, first_phone = await world.opens()
        other, second_phone = await world.opens(confidentiality="anonymous")
        third, third_phone = await world.opens()
        await world.assigns(main)
        for merged in (other, third):
            await _follow(world, main, merged)
            await settled(world, merged, "read", "read")
        await settled(world, main, "read", "read")

        handling = (await world.vault.keys([(main, "handling")]))[main, "handling"]
        by = message_key(world.id_key, CITY, "test", secrets.token_hex(8))
        words = seal(handling, by, "text", "Truk dikirim sore ini.")
        await world.does(main, c.ReportProgress(cause=by, seat="dlh", text=words, evidence=("m",)))
        about = (await world.decider.load(CITY, main))[1][-1].n
        for merged in (other, third):
            await _does(world, merged, lambda by: c.HearAdvance(cause=by, main=main, about=about, what="progressed"))
        for complaint in (main, other, third):
            await settled(world, complaint, "read", "read", "read")

        await world.resolves(main, "Sudah diangkut.")
        about = (await world.decider.load(CITY, main))[1][-1].n
        until = datetime.now(UTC) + timedelta(days=14)
        for merged in (other, third):
            await _does(world, merged, lambda by: c.HearResolution(
                cause=by, main=main, about=about, seat="dlh", closure="fixed", without_proof=False, confirm_by=until,
            ))  # fmt: skip
        for complaint in (main, other, third):
            await settled(world, complaint, "read", "read", "read", "read")

        asked = Ask(
            id=secrets.token_hex(8), city=CITY, channel="whatsapp", door=DOOR, conversation=third[::-1], kind="status",
            complaints=(third,),
        )  # fmt: skip
        await world.vault.make_keys([(third[::-1], "reporter:1")])
        await world.knows(third[::-1], third_phone, datetime.now(UTC))
        await world.asks(asked)
        await settled(world, third[::-1], "read")

    received, together, progressed, resolved, answer = world.arrived(third_phone)
    assert f"BKL-{third[:8].upper()}-0: dinyatakan selesai, menunggu kabar Anda" in answer.text
    assert "“Sudah diangkut.”" in answer.text, "the words of the main complaint's office, for whoever asks"
    ticket = f"BKL-{third[:8].upper()}-0"
    assert all(ticket in message.text for message in (received, together, progressed, resolved))
    assert "Warga lain juga melaporkan hal ini" in together.text
    assert "Kepala Dinas Lingkungan Hidup" in together.text
    assert "“Truk dikirim sore ini.”" in progressed.text
    assert "“Sudah diangkut.”" in resolved.text
    assert [payload for payload, _ in resolved.buttons] == [f"confirm:{third}", f"reopen:{third}"]
    for message in world.arrived(second_phone):
        assert "Truk" not in message.text, "an anonymous reporter reads the words only when he asks"
        assert f"BKL-{main[:8].upper()}-0" not in message.text, "nobody learns another one's ticket"
    told: list[Any] = await world.events(third, e.ReporterTold)
    assert [one.template for one in told] == ["received", "merged", "progressed", "resolved"]
    assert len(world.arrived(first_phone)) == 4
