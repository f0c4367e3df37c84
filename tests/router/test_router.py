"""The router on a real broker and a real database: from a message to an office's queue, its commands and its clocks."""

import asyncio
from datetime import timedelta
from typing import Any

from services.complaint import events as e
from services.complaint.commands import SayNotDone
from services.contracts.commands import CommandReply
from services.contracts.envelope import Recorded
from services.runtime.sealing import unseal
from tests.router.harness import Town

CITY = "bengkulu"
GARBAGE = "sampah menumpuk di padang harapan sudah seminggu tidak diangkut"
CAMAT = "camat-gading-cempaka"


def types(events: list[Recorded[e.Event]]) -> list[str]:
    return [event.type.removeprefix("complaint.") for event in events]


def code(reply: CommandReply) -> str | None:
    return None if reply.refusal is None else reply.refusal.code


async def assigned(town: Town, text: str = GARBAGE, city: str = CITY) -> str:
    complaint = await town.hear(city, text)
    await town.until(city, complaint, "complaint.assigned")
    return complaint


async def test_a_clear_complaint_goes_straight_to_the_office_and_the_camat(town: Town) -> None:
    complaint = await assigned(town)
    events = await town.events(CITY, complaint)
    assert types(events) == ["received", "screening_proposed", "screened", "assigned"]
    made = events[3].data
    assert isinstance(made, e.ComplaintAssigned)
    assert [(a.seat, a.role) for a in made.assignments] == [("dlh", "lead"), (CAMAT, "territorial")]
    task = await town.task(CITY, "dlh", complaint)
    assert (task.update, task.state, task.role, task.n) == ("assigned", "open", "lead", 4)
    assert task.brief is not None
    assert task.brief.summary == (
        "Pengaduan: Sampah tidak diangkut di Kelurahan Padang Harapan, Kecamatan Gading Cempaka."
    )
    assert task.brief.wording is None
    assert "24 jam" in task.clocks[0].because
    assert (await town.task(CITY, CAMAT, complaint)).role == "territorial"


async def test_without_a_place_it_waits_until_the_chat_is_silent(town: Town) -> None:
    complaint = await town.hear(CITY, "sampah menumpuk tidak diangkut, bau busuk")
    await town.until(CITY, complaint, "complaint.screening_proposed")
    assert "assigned" not in types(await town.events(CITY, complaint))
    town.clock.ahead += timedelta(seconds=91)
    events = await town.until(CITY, complaint, "complaint.assigned")
    assert types(events)[-3:] == ["screening_proposed", "screened", "assigned"]


async def test_a_pin_that_follows_gives_the_place(town: Town) -> None:
    complaint = await town.hear(CITY, "lampu jalan mati semua")
    await town.until(CITY, complaint, "complaint.screening_proposed")
    ward = town.stack.cities[CITY].wards[next(iter(town.stack.cities[CITY].wards))]
    await town.hear(CITY, None, complaint=complaint, pin=(ward.latitude, ward.longitude))
    events = await town.until(CITY, complaint, "complaint.assigned")
    screened = next(ev.data for ev in events if isinstance(ev.data, e.ComplaintScreened))
    assert screened.matter.ward_code == ward.code


async def test_danger_to_life_never_waits(town: Town) -> None:
    complaint = await town.hear(CITY, "tolong pak rumah terbakar, api membesar")
    await town.until(CITY, complaint, "complaint.assigned")
    task = await town.task(CITY, "damkar", complaint)
    assert task.urgency == "danger"


async def test_unsure_waits_for_a_screener_whose_decision_carries_words_and_the_person_concerned(town: Town) -> None:
    complaint = await town.hear(CITY, "tolong dilihat ya pak")
    events = await town.until(CITY, complaint, "complaint.screening_proposed")
    proposal = events[-1].data
    assert isinstance(proposal, e.ScreeningProposed)
    assert proposal.abstains
    reply = await town.screen(
        CITY, complaint, category="neighbour_in_need", function="social", kind="assistance_request",
        ward_code="17.71.01.1001", wording="Seorang nenek tinggal sendiri.",
        concerned={"name": "Nenek Contoh", "place": "Gang Contoh 3"}, notes="Sudah ditelepon.",
        instruction="Datangi hari ini.",
    )  # fmt: skip
    assert (code(reply), reply.n) == (None, 5)
    task = await town.task(CITY, "dinsos", complaint)
    assert task.brief is not None
    assert (task.brief.wording, task.brief.concerned_name) == ("Seorang nenek tinggal sendiri.", "Nenek Contoh")
    assert task.brief.summary.endswith("Arahan: Datangi hari ini.")
    assert (await town.task(CITY, "lurah-pagar-dewa", complaint)).brief is not None


async def test_bare_readiness_stops_no_clock_and_a_date_does(town: Town) -> None:
    complaint = await assigned(town)
    await town.agency(CITY, "dlh", complaint, do="accept", note="siap, sedang diproses")
    task = await town.task(CITY, "dlh", complaint, at_least=5)
    assert {clock.name for clock in task.clocks} == {"first_response", "resolve"}
    by = (town.clock() + timedelta(days=2)).isoformat()
    await town.agency(CITY, "dlh", complaint, do="accept", finish_by=by)
    task = await town.task(CITY, "dlh", complaint, at_least=6)
    assert {clock.name for clock in task.clocks} == {"resolve"}


async def test_an_office_can_do_nothing_with_what_it_does_not_hold(town: Town) -> None:
    complaint = await assigned(town)
    assert code(await town.agency(CITY, "pupr", complaint, do="accept", note="x")) == "not_yours"
    assert code(await town.agency(CITY, "dlh", "a" * 26, do="accept", note="x")) == "unknown_complaint"
    assert code(await town.agency(CITY, "dlh", complaint, expected_n=2, do="accept", note="x")) == "changed_meanwhile"
    unknown = await town.agency(CITY, "dlh", complaint, do="progress", text="x", evidence=["z" * 26])
    assert code(unknown) == "evidence_unknown"
    assert code(await town.agency(CITY, "dlh", complaint, do="hand_off", to="nobody", reason="x")) == "unknown_seat"


async def test_a_silent_seat_breaches_its_own_clock_and_its_superior_rules_on_the_note(town: Town) -> None:
    complaint = await assigned(town)
    by = (town.clock() + timedelta(days=5)).isoformat()
    await town.agency(CITY, "dlh", complaint, do="accept", finish_by=by)
    town.clock.ahead += timedelta(hours=24, seconds=1)
    events = await town.until(CITY, complaint, "complaint.clock_breached")
    breaches = [ev.data for ev in events if isinstance(ev.data, e.ClockBreached)]
    assert [(b.seat, b.clock, b.note, b.superior) for b in breaches] == [(CAMAT, "first_response", 1, "sekda")]
    explained = await town.staff(CITY, CAMAT, ("territorial",), complaint, do="explain_breach", note=1, text="Rapat.")
    assert code(explained) is None
    wrong = await town.staff(
        CITY, "asisten-1", ("coordinator",), complaint, do="rule_note", note=1, ruling="struck", text="x"
    )
    assert code(wrong) == "not_allowed"
    ruled = await town.staff(
        CITY,
        "sekda",
        ("leader", "coordinator"),
        complaint,
        do="rule_note",
        note=1,
        ruling="confirmed",
        text="Tercatat.",
    )
    assert code(ruled) is None


async def test_a_question_pauses_the_clocks_and_the_answer_moves_them(town: Town) -> None:
    complaint = await assigned(town)
    before = await town.task(CITY, CAMAT, complaint)
    await town.agency(CITY, "dlh", complaint, do="ask", question="Di dekat masjid yang mana?")
    waiting = await town.task(CITY, "dlh", complaint, at_least=5)
    assert (waiting.state, waiting.questions[0].question) == ("waiting_reporter", "Di dekat masjid yang mana?")
    town.clock.ahead += timedelta(hours=30)
    await asyncio.sleep(0.6)
    assert "clock_breached" not in types(await town.events(CITY, complaint))
    await town.hear(CITY, "yang di depan pasar", complaint=complaint)
    after = await town.task(CITY, CAMAT, complaint, at_least=6)
    assert after.update == "answered"
    assert timedelta(hours=29) < after.clocks[0].due - before.clocks[0].due < timedelta(hours=31)


async def test_resolved_then_silent_then_closed_or_reopened(town: Town, evidence: str) -> None:
    complaint = await assigned(town)
    done = await town.agency(
        CITY, "dlh", complaint, do="resolve", closure="fixed", text="Sudah diangkut.", evidence=[evidence]
    )
    assert code(done) is None
    assert (await town.task(CITY, "dlh", complaint, at_least=5)).state == "resolved"
    await town.hear(CITY, "belum pak", complaint=complaint, as_=SayNotDone)
    events = await town.until(CITY, complaint, "complaint.assigned", times=2)
    assert types(events)[-2:] == ["reopened", "assigned"]
    task = await town.task(CITY, "dlh", complaint, at_least=7)
    assert (task.round, task.state) == (2, "open")
    assert {clock.name for clock in task.clocks} == {"first_response", "resolve"}
    await town.agency(CITY, "dlh", complaint, do="resolve", closure="fixed", text="Sudah bersih.")
    town.clock.ahead += timedelta(days=40)
    events = await town.until(CITY, complaint, "complaint.closed")
    assert isinstance(events[-1].data, e.ComplaintClosed)
    assert events[-1].data.end == "silent"
    assert (await town.task(CITY, "dlh", complaint, at_least=events[-1].n)).state == "closed"


async def test_while_a_service_is_off_an_explanation_is_no_resolution(town: Town) -> None:
    complaint = await assigned(town, "air pdam mati di padang harapan sudah tiga hari")
    ward = next(w.code for w in town.stack.cities[CITY].wards.values() if w.name == "Padang Harapan")
    off = await town.staff(
        CITY, "pdam", ("agency_head",), None, do="interrupt_service", function="water_utility", ward_codes=[ward],
        text="Pipa pecah.",
    )  # fmt: skip
    assert off.fact is not None
    explained = {"do": "resolve", "closure": "explained", "text": "Sedang ada perbaikan."}
    assert code(await town.agency(CITY, "pdam", complaint, **explained)) == "service_is_off"
    progress = await town.agency(
        CITY, "pdam", complaint, do="progress", text="Pipa diganti.",
        expected_end=(town.clock() + timedelta(hours=5)).isoformat(),
    )  # fmt: skip
    assert code(progress) is None
    back = await town.staff(CITY, "pdam", ("agency_head",), None, do="restore_service", interruption=off.fact)
    assert code(back) is None
    assert code(await town.agency(CITY, "pdam", complaint, **explained)) is None
    other = await town.staff(
        CITY, "dlh", ("agency_head",), None, do="interrupt_service", function="water_utility", text="x"
    )
    assert code(other) == "not_allowed"


async def test_a_subdistricts_own_number_is_checked_by_people_and_starts_at_its_camat(town: Town) -> None:
    city, camat = "bukittinggi", "camat-mandiangin-koto-selayan"
    complaint = await town.hear(
        city, "sampah menumpuk di manggis ganting tidak diangkut", confidentiality="anonymous", first_level=camat
    )
    events = await town.until(city, complaint, "complaint.screening_proposed")
    assert "assigned" not in types(events)
    ward = next(w.code for w in town.stack.cities[city].wards.values() if w.name == "Manggis Ganting")
    reply = await town.staff(
        city, camat, ("territorial",), complaint, do="screen", kind="complaint", category="garbage",
        function="environment", ward_code=ward, notes="Dicek oleh kasi trantib.",
    )  # fmt: skip
    assert code(reply) is None
    task = await town.task(city, camat, complaint)
    assert (task.role, task.confidentiality) == ("lead", "anonymous")
    handed = await town.staff(city, camat, ("territorial",), complaint, do="hand_off", to="dlh", reason="Perlu truk.")
    assert code(handed) is None
    assert (await town.task(city, "dlh", complaint)).role == "lead"
    assert (await town.task(city, camat, complaint, at_least=handed.n or 0)).state == "gone"


async def test_about_the_lurah_goes_one_level_above_and_never_to_the_lurah(town: Town) -> None:
    complaint = await town.hear(CITY, "pak lurah padang harapan pilih kasih dan minta uang untuk surat")
    events = await town.until(CITY, complaint, "complaint.assigned")
    made = next(ev.data for ev in events if isinstance(ev.data, e.ComplaintAssigned))
    assert [a.seat for a in made.assignments] == [CAMAT]
    assert (await town.task(CITY, CAMAT, complaint)).confidentiality == "anonymous"
    assert await town.no_task(CITY, "lurah-padang-harapan", complaint)


async def test_a_return_waits_for_a_coordinators_new_assignment(town: Town) -> None:
    complaint = await assigned(town)
    await town.agency(CITY, "dlh", complaint, do="return", ground="not_our_function", reason="Drainase.")
    assert (await town.task(CITY, "dlh", complaint, at_least=5)).state == "gone"
    action: dict[str, Any] = {"do": "assign", "lead": "pupr", "reason": "Saluran air."}
    assert code(await town.staff(CITY, "prokopim", ("communication",), complaint, **action)) == "not_allowed"
    assert code(await town.staff(CITY, "asisten-2", ("coordinator",), complaint, **action)) is None
    assert (await town.task(CITY, "pupr", complaint)).role == "lead"


async def test_a_leaders_instruction_has_a_clock_and_an_answer(town: Town) -> None:
    complaint = await assigned(town)
    due = (town.clock() + timedelta(hours=2)).isoformat()
    given = await town.staff(
        CITY, "walikota", ("leader",), complaint, do="instruct", to_seat="pupr", text="Bantu DLH.", due=due
    )
    assert code(given) is None
    task = await town.task(CITY, "pupr", complaint)
    assert (task.update, task.role, task.instructions[0].text) == ("assigned", "supporting", "Bantu DLH.")
    town.clock.ahead += timedelta(hours=2, seconds=1)
    events = await town.until(CITY, complaint, "complaint.clock_breached")
    assert [ev.data.clock for ev in events if isinstance(ev.data, e.ClockBreached)] == ["instruction"]
    answered = await town.agency(CITY, "pupr", complaint, do="answer_instruction", number=1, text="Truk dikirim.")
    assert code(answered) is None


async def test_erasure_leaves_the_work_and_takes_the_words(town: Town) -> None:
    complaint = await town.hear(CITY, "tolong dilihat ya pak")
    await town.until(CITY, complaint, "complaint.screening_proposed")
    await town.screen(CITY, complaint, wording="Kata-kata pelapor.", ward_code="17.71.01.1001")
    assert (await town.task(CITY, "dlh", complaint)).brief is not None
    erased = await town.staff(CITY, "dpo", ("data_protection",), complaint, do="erase_reporter")
    assert code(erased) is None
    task = await town.task(CITY, "dlh", complaint, at_least=erased.n or 0)
    assert (task.update, task.state, task.role) == ("erased", "open", "lead"), "no tombstone: the work goes on"
    assert task.brief is not None
    assert task.brief.wording is None
    assert (complaint, "reporter:1") not in await town.vault.keys([(complaint, "reporter:1")])


async def test_what_a_voice_note_says_is_written_down_and_the_proposal_renews(town: Town) -> None:
    complaint = await town.hear(CITY, None, voice=True)
    await town.until(CITY, complaint, "complaint.screening_proposed")
    said = "got di padang harapan tersumbat, air masuk rumah"
    written: dict[str, Any] = {"do": "transcribe", "message": 1, "text": said}
    office = await town.staff(CITY, "dlh", ("agency_head",), complaint, **written)
    assert code(office) == "not_allowed"
    wrong = await town.staff(CITY, "tim-saring", ("screener",), complaint, **{**written, "message": 2})
    assert code(wrong) == "unknown_number"
    assert code(await town.staff(CITY, "tim-saring", ("screener",), complaint, **written)) is None
    events = await town.until(CITY, complaint, "complaint.screening_proposed", 2)
    added = next(event for event in events if isinstance(event.data, e.MessageAdded))
    assert isinstance(added.data, e.MessageAdded)
    assert (added.actor, added.data.message.transcribes) == ("seat:tim-saring", 1)
    assert added.data.message.text is not None
    key = (await town.vault.keys([(complaint, "reporter:1")]))[complaint, "reporter:1"]
    assert unseal(key, added.causation, "text", added.data.message.text) == said
    proposals = [event.data for event in events if isinstance(event.data, e.ScreeningProposed)]
    assert proposals[0].matter.function != proposals[-1].matter.function == "public_works"
    assert proposals[-1].based_on == added.n
