"""With a running router: what is about a seat never reaches it, by no road."""

from services.complaint import events as e
from services.contracts.commands import CommandReply
from tests.router.harness import Town

CITY = "bengkulu"
LURAH = "oknum lurah padang harapan minta uang pungli waktu urus surat"
MAYOR = "kami mau melaporkan bahwa oknum wali kota korupsi dana proyek, tolong diperiksa"


def code(reply: CommandReply) -> str | None:
    return reply.refusal.code if reply.refusal else None


async def proposed(town: Town, words: str) -> tuple[str, e.Matter]:
    complaint = await town.hear(CITY, words)
    events = await town.until(CITY, complaint, "complaint.screening_proposed")
    proposal = next(event.data for event in reversed(events) if isinstance(event.data, e.ScreeningProposed))
    return complaint, proposal.matter


async def last_assignment(town: Town, complaint: str) -> e.ComplaintAssigned:
    events = await town.until(CITY, complaint, "complaint.assigned")
    return next(event.data for event in reversed(events) if isinstance(event.data, e.ComplaintAssigned))


async def test_a_complaint_about_a_lurah_knows_which_and_no_road_leads_to_a_lurah(town: Town) -> None:
    complaint, matter = await proposed(town, LURAH)
    assert (matter.about, matter.against) == ("lurah", "lurah-padang-harapan")
    given = {"category": "official_conduct", "function": "village_ward", "ward_code": matter.ward_code}
    to_him = await town.screen(CITY, complaint, **given, lead="lurah-padang-harapan")
    beside = await town.screen(CITY, complaint, **given, lead="sekda", supporting=["lurah-jalan-gedang"])
    assert (code(to_him), code(beside)) == ("conflict_of_interest", "conflict_of_interest")
    assert code(await town.screen(CITY, complaint, **given)) is None

    assigned = await last_assignment(town, complaint)
    assert [one.seat for one in assigned.assignments] == ["camat-gading-cempaka"]
    camat = "camat-gading-cempaka"
    down = await town.staff(
        CITY, camat, ("territorial",), complaint, do="hand_off", to="lurah-padang-harapan", reason="x"
    )
    told = await town.staff(
        CITY, "walikota", ("leader",), complaint, do="instruct", to_seat="lurah-padang-harapan", text="Jelaskan.",
        due="2030-01-01T00:00:00Z",
    )  # fmt: skip
    ruled = await town.staff(
        CITY, "tim-saring", ("coordinator",), complaint, do="assign", lead="lurah-padang-harapan", reason="x"
    )
    assert [code(down), code(told), code(ruled)] == ["conflict_of_interest"] * 3
    himself = await town.staff(CITY, "lurah-padang-harapan", ("territorial",), complaint, do="accept", note="saya")
    assert code(himself) == "unknown_complaint"
    assert await town.no_task(CITY, "lurah-padang-harapan", complaint)


async def test_what_is_about_the_mayor_goes_to_the_inspectorate_after_a_person_looked(town: Town) -> None:
    complaint, matter = await proposed(town, MAYOR)
    assert (matter.about, matter.against) == ("mayor", "walikota")
    assert code(await town.screen(CITY, complaint, category="official_conduct", function="village_ward")) is None
    assigned = await last_assignment(town, complaint)
    assert [(one.seat, one.role) for one in assigned.assignments] == [("inspektorat", "lead")]
    for seat in ("walikota", "sekda"):
        reply = await town.staff(CITY, seat, ("leader",), complaint, do="reply", text="Tidak benar.")
        assert code(reply) == "unknown_complaint"


async def test_a_screener_who_sees_that_it_is_about_nobody_says_so(town: Town) -> None:
    complaint, matter = await proposed(town, LURAH)
    reply = await town.screen(
        CITY, complaint, category="ward_service", function="village_ward", ward_code=matter.ward_code, about="nobody"
    )
    assert code(reply) is None
    assigned = await last_assignment(town, complaint)
    assert assigned.assignments[0].seat == "lurah-padang-harapan"


async def test_it_is_not_merged_into_what_the_accused_handles(town: Town) -> None:
    service = await town.hear(CITY, "mau urus surat pengantar di kelurahan padang harapan")
    await town.until(CITY, service, "complaint.screening_proposed")
    complaint, matter = await proposed(town, LURAH)
    reply = await town.screen(
        CITY, service, category="ward_service", function="village_ward", ward_code=matter.ward_code, about="nobody"
    )
    assert code(reply) is None
    merge = await town.staff(
        CITY, "tim-saring", ("screener", "coordinator"), complaint, do="merge", into=service, reason="Sama."
    )
    assert code(merge) == "conflict_of_interest"


async def test_who_is_found_to_be_the_accused_has_it_no_more_not_even_for_an_answer_that_he_owes(town: Town) -> None:
    """First it looked like garbage; then a screener reads that the office itself dumps it."""
    complaint = await town.hear(CITY, "sampah menumpuk di padang harapan sudah seminggu tidak diangkut")
    await town.until(CITY, complaint, "complaint.assigned")
    for seat in ("dlh", "perkim"):
        told = await town.staff(
            CITY, "walikota", ("leader",), complaint, do="instruct", to_seat=seat, text="Jelaskan.",
            due="2030-01-01T00:00:00Z",
        )  # fmt: skip
        assert code(told) is None
    part = await town.agency(
        CITY, "dlh", complaint, do="give_subtask", seat="dishub", text="Tutup jalan.", due="2030-01-01T00:00:00Z"
    )
    assert code(part) is None
    anew = await town.screen(
        CITY, complaint, category="official_conduct", ward_code="17.71.02.1001", about="agency", against="dlh"
    )
    assert code(anew) is None
    assigned = await last_assignment(town, complaint)
    assert "dlh" in (assigned.left_out or ())
    gone = await town.task(CITY, "dlh", complaint, at_least=anew.n or 0)
    assert (gone.state, gone.role, gone.brief) == ("gone", None, None)
    answer = await town.agency(CITY, "dlh", complaint, do="answer_instruction", number=1, text="Kami tidak.")
    assert code(answer) == "unknown_complaint"
    other = await town.agency(CITY, "perkim", complaint, do="answer_instruction", number=2, text="Kami periksa.")
    assert code(other) is None
