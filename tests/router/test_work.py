"""The work itself on a real broker and database: bounces and rulings, parts of the work, plans, more time, silence."""

from datetime import timedelta
from typing import Any

import asyncpg

from services.complaint import events as e
from services.complaint.ledger import ledger
from services.contracts.commands import CommandReply
from tests.router.harness import Town, eventually

CITY = "bengkulu"
GARBAGE = "sampah menumpuk di padang harapan sudah seminggu tidak diangkut"
CAMAT = "camat-gading-cempaka"
RULER = ("asisten-2", ("coordinator",))


async def assigned(town: Town) -> str:
    complaint = await town.hear(CITY, GARBAGE)
    await town.until(CITY, complaint, "complaint.assigned")
    return complaint


def code(reply: CommandReply) -> str | None:
    return None if reply.refusal is None else reply.refusal.code


async def rules(town: Town, complaint: str, **action: Any) -> CommandReply:
    return await town.staff(CITY, *RULER, complaint, **action)  # type: ignore[arg-type]  # a coordinator's roles


async def soon(town: Town, **span: float) -> str:
    return (town.clock() + timedelta(**span)).isoformat()


async def has_row(town: Town, complaint: str, clock: str) -> bool:
    """Once the router keeps this clock again."""

    async def look() -> bool | None:
        connection = await asyncpg.connect(town.stack.installation.database_url("tuntas_router"))
        try:
            found = await connection.fetchval(
                "select true from router.clock where complaint = $1 and clock = $2", complaint, clock
            )
        finally:
            await connection.close()
        return found or None

    return await eventually(look, f"a row for {clock}")


async def test_after_three_bounces_only_a_ruling_moves_it_and_the_one_it_names_keeps_it(town: Town) -> None:
    complaint = await assigned(town)
    up = {"do": "hand_off", "to": "asisten-2", "reason": "Perlu keputusan di atas."}
    assert code(await town.agency(CITY, "dlh", complaint, **up)) is None
    down = await rules(town, complaint, do="hand_off", to="pupr", reason="Ini saluran.")
    assert code(down) is None
    assert code(await town.agency(CITY, "pupr", complaint, **up)) is None
    assert (await town.task(CITY, "asisten-2", complaint, at_least=7)).fixed_here
    assert code(await rules(town, complaint, do="hand_off", to="dlh", reason="Kembali.")) == "needs_ruling"
    ruled = await town.staff(
        CITY, "asisten-1", ("coordinator",), complaint, do="assign", lead="dlh", reason="Putusan: tugas DLH."
    )
    assert code(ruled) is None
    assert code(await town.agency(CITY, "dlh", complaint, **up)) == "needs_ruling"
    back = await town.agency(CITY, "dlh", complaint, do="return", ground="not_our_area", reason="Bukan wilayah kami.")
    assert code(back) == "needs_ruling"
    events = await town.events(CITY, complaint)
    made = events[-1].data
    assert isinstance(made, e.ComplaintAssigned)
    assert made.bound
    assert [entry.holder for entry in ledger(events)] == ["dlh", "asisten-2", "pupr", "asisten-2", "dlh"]


async def test_a_return_that_is_not_justified_goes_back_with_its_clocks(town: Town) -> None:
    complaint = await assigned(town)
    town.clock.ahead += timedelta(hours=3)
    await town.agency(CITY, "dlh", complaint, do="return", ground="not_our_area", reason="Di luar wilayah.")
    assert await town.no_task(CITY, "dlh", complaint) or (await town.task(CITY, "dlh", complaint, 5)).state == "gone"
    town.clock.ahead += timedelta(hours=2)
    assert code(await town.agency(CITY, "dlh", complaint, do="accept", note="x")) == "not_yours"
    unknown = await rules(town, complaint, do="refuse_return", number=7, reason="x")
    assert code(unknown) == "unknown_number"
    assert code(await rules(town, complaint, do="refuse_return", number=1, reason="Ini wilayah Anda.")) is None
    task = await town.task(CITY, "dlh", complaint, at_least=6)
    assert (task.role, task.fixed_here) == ("lead", True)
    first = next(clock for clock in task.clocks if clock.name == "first_response")
    left = first.due - town.clock()
    assert timedelta(hours=20, minutes=59) < left < timedelta(hours=21, minutes=1)
    assert "putusan koordinator" in first.because


async def test_misassigned_the_late_seats_note_is_cancelled(town: Town) -> None:
    complaint = await assigned(town)
    town.clock.ahead += timedelta(hours=24, seconds=1)
    await town.until(CITY, complaint, "complaint.clock_breached", times=2)
    await town.agency(CITY, "dlh", complaint, do="return", ground="not_our_function", reason="Tugas PUPR.")
    await rules(town, complaint, do="assign", lead="pupr", reason="Benar, tugas PUPR.")
    events = await town.until(CITY, complaint, "complaint.assigned", times=2)
    notes = {ev.data.seat: ev.data.note for ev in events if isinstance(ev.data, e.ClockBreached)}
    made = events[-1].data
    assert isinstance(made, e.ComplaintAssigned)
    assert (made.misassigned, made.cancelled) == (("dlh",), (notes["dlh"],))
    late = await town.staff(
        CITY, "asisten-2", ("coordinator",), complaint, do="rule_note", note=notes["dlh"], ruling="confirmed", text="x"
    )
    assert code(late) == "wrong_state"


async def test_a_part_of_the_work_goes_to_another_office_and_fixed_waits_for_it(town: Town, evidence: str) -> None:
    complaint = await assigned(town)
    asked = await town.agency(
        CITY, "dlh", complaint, do="give_subtask", seat="pupr", text="Keruk salurannya.", due=await soon(town, days=2)
    )
    assert code(asked) is None
    task = await town.task(CITY, "pupr", complaint)
    assert (task.update, task.role) == ("assigned", "supporting")
    assert [(one.number, one.text, one.standing) for one in task.subtasks] == [(1, "Keruk salurannya.", "open")]
    assert [clock.name for clock in task.clocks] == ["subtask"]
    fixed = {"do": "resolve", "closure": "fixed", "text": "Bersih.", "evidence": [evidence]}
    assert code(await town.agency(CITY, "dlh", complaint, **fixed)) == "wrong_state"
    other = await town.staff(CITY, CAMAT, ("territorial",), complaint, do="finish_subtask", number=1, text="x")
    assert code(other) == "not_yours"
    done = {"do": "finish_subtask", "number": 1, "text": "Sudah dikeruk.", "evidence": [evidence]}
    assert code(await town.agency(CITY, "pupr", complaint, **done)) is None
    lead = await town.task(CITY, "dlh", complaint, at_least=6)
    assert (lead.update, lead.subtasks[0].standing, lead.subtasks[0].answer) == ("subtask", "done", "Sudah dikeruk.")
    camat = await town.task(CITY, CAMAT, complaint, at_least=6)
    assert camat.subtasks == ()
    assert code(await town.agency(CITY, "dlh", complaint, **fixed)) is None


async def test_a_late_part_of_the_work_is_a_breach_of_its_seat_without_a_note(town: Town) -> None:
    complaint = await assigned(town)
    await town.agency(CITY, "dlh", complaint, do="accept", finish_by=await soon(town, days=5))
    await town.agency(
        CITY, "dlh", complaint, do="give_subtask", seat="pupr", text="Keruk.", due=await soon(town, hours=1)
    )
    town.clock.ahead += timedelta(hours=1, seconds=1)
    events = await town.until(CITY, complaint, "complaint.clock_breached")
    breach = next(ev.data for ev in events if isinstance(ev.data, e.ClockBreached))
    assert (breach.clock, breach.seat, breach.note) == ("subtask", "pupr", None)


async def test_planned_work_wakes_itself_and_its_lead_is_told(town: Town) -> None:
    complaint = await assigned(town)
    before = (await town.task(CITY, "dlh", complaint)).clocks
    planned = await town.agency(
        CITY, "dlh", complaint, do="plan", programme="Pengadaan kontainer 2027", text="Menunggu kontainer baru.",
        date=await soon(town, days=40),
    )  # fmt: skip
    assert code(planned) is None
    task = await town.task(CITY, "dlh", complaint, at_least=5)
    assert task.state == "planned"
    assert task.plan is not None
    assert (task.plan.programme, task.plan.moves) == ("Pengadaan kontainer 2027", 0)
    assert [(clock.name, clock.running) for clock in task.clocks] == [("resolve", False)]
    town.clock.ahead += timedelta(days=40, seconds=1)
    events = await town.until(CITY, complaint, "complaint.plan_woke")
    assert not any(isinstance(ev.data, e.ClockBreached) and ev.data.clock == "resolve" for ev in events)
    woken = await town.task(CITY, "dlh", complaint, at_least=events[-1].n)
    assert (woken.update, woken.state, woken.plan) == ("woke", "open", None)
    due = {clock.name: clock.due for clock in before}["resolve"]
    assert woken.clocks[0].running
    assert woken.clocks[0].due > due
    assert await has_row(town, complaint, "resolve")


async def test_a_date_that_moves_again_and_again_needs_a_coordinator(town: Town) -> None:
    complaint = await assigned(town)
    plan = {"do": "plan", "programme": "Program", "text": "Nanti."}
    for days in (10, 20, 30):
        assert code(await town.agency(CITY, "dlh", complaint, **plan, date=await soon(town, days=days))) is None
    again = await town.agency(CITY, "dlh", complaint, **plan, date=await soon(town, days=40))
    assert code(again) == "needs_ruling"
    assert code(await rules(town, complaint, **plan, date=await soon(town, days=40))) is None
    task = await town.task(CITY, "dlh", complaint, at_least=8)
    assert task.plan is not None
    assert task.plan.moves == 3


async def test_more_time_is_asked_before_the_date_and_ruled_by_the_superior(town: Town) -> None:
    complaint = await assigned(town)
    wish = {"do": "ask_extension", "until": await soon(town, days=90), "reason": "Alat rusak."}
    assert code(await town.agency(CITY, "dlh", complaint, **wish)) is None
    assert (await town.task(CITY, "dlh", complaint, at_least=5)).extensions[0].ruling is None
    ruling: dict[str, Any] = {"do": "rule_extension", "number": 1, "ruling": "granted", "reason": "Baik."}
    foreign = await town.staff(CITY, "walikota", ("leader",), complaint, **ruling)
    assert code(foreign) == "not_allowed"
    assert code(await town.agency(CITY, "dlh", complaint, **{**ruling, "do": "rule_extension"})) == "invalid"
    assert code(await town.staff(CITY, "asisten-2", ("coordinator",), complaint, **ruling)) is None
    task = await town.task(CITY, "dlh", complaint, at_least=6)
    clock = next(clock for clock in task.clocks if clock.name == "resolve")
    assert clock.due.isoformat()[:16] == wish["until"][:16]
    assert "perpanjangan" in clock.because
    assert task.extensions[0].ruling == "granted"


async def test_more_time_asked_too_late_is_refused(town: Town) -> None:
    complaint = await assigned(town)
    await town.agency(CITY, "dlh", complaint, do="accept", finish_by=await soon(town, days=5))
    town.clock.ahead += timedelta(days=45)
    wish = {"do": "ask_extension", "until": await soon(town, days=90), "reason": "Alat rusak."}
    late = await town.agency(CITY, "dlh", complaint, **wish)
    assert (code(late), late.refusal and late.refusal.field) == ("wrong_state", "clock")


async def test_a_silent_reporter_is_reminded_once_and_work_goes_on_without_the_answer(town: Town) -> None:
    complaint = await assigned(town)
    await town.agency(CITY, "dlh", complaint, do="ask", question="Di gang mana?")
    await town.agency(CITY, "dlh", complaint, do="ask", question="Sejak kapan?")
    assert (await town.task(CITY, "dlh", complaint, at_least=6)).state == "waiting_reporter"
    town.clock.ahead += timedelta(hours=48, seconds=2)
    events = await town.until(CITY, complaint, "complaint.question_reminded")
    assert [ev.data.numbers for ev in events if isinstance(ev.data, e.QuestionReminded)] == [(1, 2)]
    town.clock.ahead += timedelta(days=20)
    events = await town.until(CITY, complaint, "complaint.question_lapsed", times=2)
    assert sum(isinstance(ev.data, e.QuestionReminded) for ev in events) == 1
    task = await town.task(CITY, "dlh", complaint, at_least=events[-1].n)
    assert task.state == "open"
    assert [(q.answered, q.lapsed) for q in task.questions] == [(False, True), (False, True)]
    assert all(clock.running for clock in task.clocks)
    assert await has_row(town, complaint, "resolve")


async def test_the_head_passes_it_on_to_a_unit_of_the_citys_list_and_to_no_other(town: Town) -> None:
    complaint = await assigned(town)
    agency = next(a for a in town.stack.cities[CITY].agencies if a.id == "dlh")
    unit = agency.units[0].id
    before = (await town.task(CITY, "dlh", complaint)).clocks
    unknown = await town.agency(CITY, "dlh", complaint, do="dispose", unit="bina-marga")
    assert (code(unknown), unknown.refusal and unknown.refusal.field) == ("unknown_seat", "unit")
    nobody = await town.agency(CITY, "dlh", complaint, do="dispose", note="Silakan.")
    assert code(nobody) == "invalid"
    done = await town.agency(CITY, "dlh", complaint, do="dispose", unit=unit, assignee="Petugas Contoh")
    assert code(done) is None
    task = await town.task(CITY, "dlh", complaint, at_least=done.n or 0)
    assert (task.unit, task.clocks) == (unit, before)
    assert "Petugas Contoh" not in task.model_dump_json()
