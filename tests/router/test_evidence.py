"""Honest closing on real parts: pictures held against each other, a second seat that signs, terms, audits."""

import asyncio
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.complaint import events as e
from services.complaint.commands import SayNotDone
from services.contracts.city.policy import AuditRules, SignOffRules
from services.contracts.fingerprints import MIRRORED
from services.router.evidence import signing
from tests.router.harness import Town, eventually
from tests.router.test_router import CITY, assigned, code, types

LURAH = "lurah-padang-harapan"
CAMAT = "camat-gading-cempaka"
DONE: dict[str, Any] = {"do": "resolve", "closure": "fixed", "text": "Sudah diangkut semua."}


async def resolves(town: Town, complaint: str, *evidence: str, **more: Any) -> str | None:
    return code(await town.agency(CITY, "dlh", complaint, **DONE, evidence=list(evidence), **more))


async def signs(town: Town, complaint: str, seat: str, *, approved: bool) -> str | None:
    return code(await town.staff(
        CITY, seat, ("territorial",), complaint, do="sign_off", approved=approved, text="Saya sudah melihat tempatnya."
    ))  # fmt: skip


def changed(fingerprint: int, bits: int) -> int:
    for bit in secrets.SystemRandom().sample(range(64), bits):
        fingerprint ^= 1 << bit
    return fingerprint


async def test_a_picture_is_proof_of_one_work_only(town: Town) -> None:
    first, second = await assigned(town), await assigned(town)
    picture = await town.upload()
    assert await resolves(town, first, picture) is None
    assert await resolves(town, second, picture) == "evidence_reused"
    assert types(await town.events(CITY, second))[-1] == "assigned", "nothing was told to anybody"
    assert await resolves(town, second, await town.upload()) is None


async def test_shown_in_several_places_at_the_same_moment_it_is_proof_of_one(town: Town) -> None:
    complaints = [await assigned(town) for _ in range(4)]
    print_ = secrets.randbits(64)
    copies = [await town.upload(fingerprint=changed(print_, 1)) for _ in complaints]
    said = await asyncio.gather(*(resolves(town, one, copy) for one, copy in zip(complaints, copies, strict=True)))
    assert sorted(map(str, said)) == ["None", *["evidence_reused"] * 3]


@pytest.mark.parametrize("copy", ["compressed anew", "mirrored", "same bytes under another key"])
async def test_a_copy_of_it_is_found_too(town: Town, copy: str) -> None:
    print_, digest = secrets.randbits(64), secrets.token_hex(13)
    first, second = await assigned(town), await assigned(town)
    assert await resolves(town, first, await town.upload(fingerprint=print_, digest=digest)) is None
    match copy:
        case "compressed anew":
            again = await town.upload(fingerprint=changed(print_, 4))
        case "mirrored":
            again = await town.upload(fingerprint=changed(print_ ^ MIRRORED, 2))
        case _:
            again = await town.upload(digest=digest)
    assert await resolves(town, second, again) == "evidence_reused"
    assert code(await town.agency(CITY, "dlh", second, do="progress", text="x", evidence=[again])) == "evidence_reused"


async def test_the_reporters_own_picture_is_no_proof(town: Town) -> None:
    complaint, print_ = await assigned(town), secrets.randbits(64)
    await town.upload(fingerprint=print_, of=complaint)
    assert await resolves(town, complaint, await town.upload(fingerprint=changed(print_, 3))) == "evidence_reused"


async def test_a_painted_over_picture_waits_for_the_lurah_who_sends_it_back_and_then_signs_the_true_one(
    town: Town,
) -> None:
    complaint, print_ = await assigned(town), secrets.randbits(64)
    await town.upload(fingerprint=print_, of=complaint)
    assert await resolves(town, complaint, await town.upload(fingerprint=changed(print_, 9))) is None
    events = await town.events(CITY, complaint)
    assert types(events)[-2:] == ["evidence_flagged", "resolution_submitted"]
    flagged, submitted = events[-2].data, events[-1].data
    assert isinstance(flagged, e.EvidenceFlagged)
    assert [(mark.reason, mark.bits) for mark in flagged.marks] == [("like_before", 9)]
    assert isinstance(submitted, e.ResolutionSubmitted)
    assert (submitted.to, submitted.why, submitted.rule) == (LURAH, ("flagged",), "48h")
    task = await town.task(CITY, "dlh", complaint, at_least=len(events))
    assert task.state == "waiting_sign_off"
    assert task.sign_off is not None
    assert (task.sign_off.seat, task.sign_off.approved) == (LURAH, None)
    assert not any(clock.running for clock in task.clocks)

    assert await signs(town, complaint, CAMAT, approved=True) == "not_allowed"
    assert await resolves(town, complaint, await town.upload()) == "wrong_state"
    assert await signs(town, complaint, LURAH, approved=False) is None
    events = await town.events(CITY, complaint)
    assert types(events)[-1] == "sign_off_recorded"
    task = await town.task(CITY, "dlh", complaint, at_least=len(events))
    assert task.state == "open"
    assert task.sign_off is not None
    assert (task.sign_off.approved, task.sign_off.text) == (False, "Saya sudah melihat tempatnya.")

    assert await resolves(town, complaint, await town.upload(taken=datetime(2020, 1, 1, tzinfo=UTC))) is None
    assert await signs(town, complaint, LURAH, approved=True) is None
    events = await town.events(CITY, complaint)
    assert types(events)[-2:] == ["sign_off_recorded", "resolved"]
    resolved = events[-1]
    assert isinstance(resolved.data, e.ComplaintResolved)
    assert await town.opened(complaint, resolved.causation, "text", resolved.data.text) == DONE["text"]
    assert resolved.data.officer is not None
    assert await town.opened(complaint, resolved.causation, "officer", resolved.data.officer) == "Bapak Contoh"
    assert (await town.task(CITY, "dlh", complaint, at_least=len(events))).state == "resolved"


async def test_a_picture_from_far_away_is_marked_and_one_without_a_place_is_not(town: Town) -> None:
    near, far = await assigned(town), await assigned(town)
    assert await resolves(town, near, await town.upload()) is None
    assert types(await town.events(CITY, near))[-1] == "resolved"
    assert await resolves(town, far, await town.upload(place=(-3.30, 102.30))) is None
    flagged = (await town.events(CITY, far))[-2].data
    assert isinstance(flagged, e.EvidenceFlagged)
    assert flagged.marks[0].reason == "far_away"
    assert flagged.marks[0].km is not None
    assert 40 < flagged.marks[0].km < 80


async def test_who_lets_the_time_to_sign_pass_is_asked_no_more(town: Town) -> None:
    complaint = await assigned(town)
    assert await resolves(town, complaint, await town.upload(taken=datetime(2020, 1, 1, tzinfo=UTC))) is None
    await town.task(CITY, "dlh", complaint, at_least=len(await town.events(CITY, complaint)))
    town.clock.ahead += timedelta(hours=48, seconds=1)
    events = await town.until(CITY, complaint, "complaint.sign_off_escalated")
    escalated = events[-1].data
    assert isinstance(escalated, e.SignOffEscalated)
    assert (escalated.seat, escalated.to) == (LURAH, CAMAT)
    assert await signs(town, complaint, LURAH, approved=True) == "not_allowed"
    assert await signs(town, complaint, CAMAT, approved=True) is None
    assert types(await town.events(CITY, complaint))[-1] == "resolved"


async def test_what_the_reporter_said_belum_to_is_not_shown_again(town: Town) -> None:
    complaint, picture = await assigned(town), await town.upload()
    assert await resolves(town, complaint, picture) is None
    await town.hear(CITY, "belum pak", complaint=complaint, as_=SayNotDone)
    await town.until(CITY, complaint, "complaint.assigned", 2)
    assert await resolves(town, complaint, picture) == "evidence_reused"
    assert await resolves(town, complaint, await town.upload()) is None


async def test_chance_draws_a_resolution_for_the_auditor_whose_finding_reopens_it(town: Town) -> None:
    async with town.under(audit=AuditRules(share=1.0)):
        complaint = await assigned(town)
        assert await resolves(town, complaint, await town.upload()) is None
        events = await town.until(CITY, complaint, "complaint.audit_drawn")
    drawn = events[-1].data
    assert isinstance(drawn, e.AuditDrawn)
    assert (drawn.round, drawn.share) == (1, 1.0)
    finding: dict[str, Any] = {"do": "audit", "passed": False, "text": "Sampahnya masih ada."}
    assert code(await town.staff(CITY, LURAH, ("territorial",), complaint, **finding)) == "not_allowed"
    assert code(await town.staff(CITY, "inspektorat", ("auditor", "agency_head"), complaint, **finding)) is None
    events = await town.until(CITY, complaint, "complaint.assigned", 2)
    assert types(events)[-3:] == ["audit_recorded", "reopened", "assigned"]
    task = await town.task(CITY, "dlh", complaint, at_least=len(events))
    assert (task.state, task.round) == ("open", 2)


async def test_a_city_may_want_a_signature_where_nothing_proves_the_work(town: Town) -> None:
    async with town.under(sign_off=SignOffRules(without_proof=True, hours=2)):
        complaint = await assigned(town)
        assert await resolves(town, complaint) is None
    submitted = (await town.events(CITY, complaint))[-1].data
    assert isinstance(submitted, e.ResolutionSubmitted)
    assert (submitted.why, submitted.rule, submitted.without_proof) == (("without_proof",), "2h", True)


async def test_a_screener_clears_a_picture_for_the_offices_which_get_its_reference(town: Town) -> None:
    complaint = await assigned(town)
    media = await town.attach(CITY, complaint)
    clearing: dict[str, Any] = {"do": "clear_evidence", "media": media, "audience": "offices"}
    before = await town.task(CITY, "dlh", complaint)
    assert before.pictures == ()
    assert code(await town.staff(CITY, LURAH, ("territorial",), complaint, **clearing)) == "not_allowed"
    reply = await town.staff(CITY, "tim-saring", ("screener", "coordinator"), complaint, **clearing)
    assert reply.refusal is None
    assert reply.n is not None
    task = await town.task(CITY, "dlh", complaint, at_least=reply.n)
    assert [(one.of, one.reference) for one in task.pictures] == [("reporter", f"{complaint}.{media}")]
    hidden = clearing | {"audience": "hidden"}
    reply = await town.staff(CITY, "tim-saring", ("screener", "coordinator"), complaint, **hidden)
    assert reply.n is not None
    assert (await town.task(CITY, "dlh", complaint, at_least=reply.n)).pictures == ()


async def test_nothing_is_drawn_twice_when_events_come_again(town: Town) -> None:
    async with town.under(audit=AuditRules(share=1.0)):
        complaint = await assigned(town)
        assert await resolves(town, complaint, await town.upload()) is None
        await town.until(CITY, complaint, "complaint.audit_drawn")
        await town.hear(CITY, "terima kasih", complaint=complaint)
        await town.until(CITY, complaint, "complaint.message_added")

    async def level() -> bool | None:
        return True if types(await town.events(CITY, complaint)).count("audit_drawn") == 1 else None

    assert await eventually(level, "one draw")
    key = await town.vault.id_key(CITY)
    assert signing.drawn(key, "audit", complaint, 1, 1.0)
