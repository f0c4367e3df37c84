"""What seats hear, and what an officer reads in his chat: the table, every text, and one real way to a phone."""

import secrets
from datetime import UTC, datetime, timedelta
from typing import Any, get_args
from zoneinfo import ZoneInfo

import asyncpg
import pytest

from services.cli.standins.requests import visible
from services.complaint import commands as c
from services.complaint import events as e
from services.contracts.categories import LABELS
from services.contracts.ids import conversation_id, derive, message_key
from services.contracts.officers import HOLDER, OfficerAnswer, OfficerDo, OfficerTask, Said
from services.intake.inbox import chat_rows
from services.intake.officers import orders
from services.notifier import policy
from services.notifier.delivery.rows import NewNotice
from services.notifier.delivery.store import Store
from services.notifier.senders.whatsapp.client import body
from services.notifier.sending import Outgoing, Rendered
from services.notifier.story import Place
from services.notifier.templates import officer_answers
from services.notifier.templates import officers as templates
from services.notifier.templates.officers import Seen
from services.router.screening.categories import CATEGORIES
from services.runtime.sealing import seal
from services.runtime.vault import Contact
from tests.complaint.given import assigning, proposal, recorded, sealed
from tests.notifier.conftest import CITY, DOOR, World

NOW = datetime(2026, 11, 23, 2, 10, tzinfo=UTC)
TASK = "abcdefghijklmnopqrstuvwxyz"
BENGKULU = Place("Kota Bengkulu", ZoneInfo("Asia/Jakarta"), "112", "Kota Bengkulu")
LONG = "Saluran di depan rumah nomor tujuh tersumbat dan airnya naik ke jalan. " * 30


def clock(name: Any = "first_response", hours: float = 24) -> e.Clock:
    return e.Clock(name=name, seat="lurah-padang-harapan", due=NOW + timedelta(hours=hours), rule="r", policy=1)


def assigned(rule: str = "city", hours: float = 24) -> e.ComplaintAssigned:
    lead = e.Assignment(seat="lurah-padang-harapan", role="lead", clocks=(clock(hours=hours),))
    beside = e.Assignment(seat="dlh", role="supporting")
    return e.ComplaintAssigned(assignments=(lead, beside), by="machine", rule=rule, policy=1)


TABLE: list[tuple[e.Event, list[tuple[str, str]]]] = [
    (assigned(), [("task", "lurah-padang-harapan"), ("clock_soon", "lurah-padang-harapan"), ("task", "dlh")]),
    (assigned("reopened", hours=1), [("task_reopened", "lurah-padang-harapan"), ("task_reopened", "dlh")]),
    (e.InstructionGiven(number=1, by="walikota", seat="pdam", text=sealed("handling"), due=NOW),
     [("instructed", "pdam")]),
    (e.ClockBreached(clock="first_response", seat="dlh", started=2, due=NOW), [("clock_over", "dlh")]),
    (e.Escalated(reason="unanswered", seat="dlh", from_seat="dlh", to="asisten-2", level=1),
     [("escalated", "asisten-2")]),
    (e.PlanWoke(seat="dlh", started=3), [("plan_woke", "dlh")]),
    (e.ProgressReported(seat="dlh", text=sealed("handling")), []),
    (e.ReplySent(seat="walikota", text=sealed("handling")), []),
]  # fmt: skip


@pytest.mark.parametrize(("event", "wanted"), TABLE, ids=lambda one: type(one).__name__)
def test_which_seat_hears_of_what(event: e.Event, wanted: list[tuple[str, str]]) -> None:
    told = policy.for_seats(recorded(2, event, "c" * 26, NOW))
    assert sorted((one.template, one.seat) for one in told) == sorted(wanted)


def test_a_clock_is_reminded_of_before_it_ends_and_never_a_short_one() -> None:
    [soon] = [one for one in policy.for_seats(recorded(2, assigned(), "c" * 26, NOW)) if one.at]
    assert soon.at == NOW + timedelta(hours=18)
    assert not [one for one in policy.for_seats(recorded(2, assigned(hours=1), "c" * 26, NOW)) if one.at]


def test_every_row_of_the_table_has_its_text() -> None:
    assert {one for _, wanted in TABLE for one, _ in wanted} <= set(templates.NOTICES)


def fits(rendered: Rendered) -> str:
    """What arrives at a phone; fails where the provider would refuse it."""
    assert len(rendered.line) <= 200
    for form in ("free", "template"):
        text, _ = visible(
            body(Outgoing("n" * 26, "628110000001", form, "BKL-4K7QT9M2-X", rendered)),
            {"tuntas_kabar_1": 2, "tuntas_tutup_1": 2},
        )
        assert "None" not in text
    return rendered.text


def seen(**changes: Any) -> Seen:
    given: dict[str, Any] = {
        "place": BENGKULU, "title": "Lurah Padang Harapan", "ticket": "BKL-4K7QT9M2-X", "complaint": TASK,
        "summary": "Pengaduan: Saluran air tersumbat di Kelurahan Padang Harapan.", "now": NOW,
        "page": "https://tuntas.example/laporan/BKL-4K7QT9M2-X", "due": NOW + timedelta(hours=20), "words": LONG,
        "by": "Wali Kota Bengkulu", "when": NOW + timedelta(days=2),
    }  # fmt: skip
    return Seen(**given | changes)


@pytest.mark.parametrize("name", sorted(templates.NOTICES))
def test_every_notice_to_a_seat_fits_and_names_the_ticket(name: str) -> None:
    for changes in ({}, {"late": True}, {"due": None, "when": None, "words": None, "by": None, "summary": ""}):
        assert "BKL-4K7QT9M2-X" in fits(templates.NOTICES[name](seen(**changes)))


@pytest.mark.parametrize("do", get_args(OfficerDo))
@pytest.mark.parametrize("what", get_args(Said))
def test_every_answer_in_the_chat_fits(what: Any, do: Any) -> None:
    one = OfficerTask(
        complaint=TASK, ticket="BKL-4K7QT9M2-X", summary=LONG[:140], wording=LONG, standing="new",
        due=NOW + timedelta(hours=3), instruction=LONG,
    )  # fmt: skip
    many = tuple(one for _ in range(10)) if what in ("list", "which", "no_such") else (one,)
    said = OfficerAnswer(
        what=what, do=do, title="Lurah Padang Harapan", tasks=many, sentence="Belum dapat.", pictures=2
    )
    fits(officer_answers.answer(BENGKULU, said, NOW))


def test_a_code_is_sent_and_says_whose_number_it_makes_this() -> None:
    text = fits(templates.code(BENGKULU, "Lurah Padang Harapan", "123456"))
    assert text.startswith("Kode Anda: 123456")
    assert "Lurah Padang Harapan" in text


def test_matters_are_called_as_screening_calls_them() -> None:
    assert {one.id: one.label for one in CATEGORIES} == LABELS


async def _registers(world: World, seat: str, phone: str, *, code: str | None) -> str:
    """As the console does it, with the rights of the administrator; `code` None: confirmed already."""
    name = derive(world.id_key, "holder", seat, phone, secrets.token_hex(4))
    key = (await world.vault.make_keys([(name, HOLDER)]))[name, HOLDER]
    async with world.vault_pool.acquire() as connection:
        contact = Contact(name, HOLDER, CITY, "whatsapp", DOOR, phone, None, datetime.now(UTC))
        await world.vault.put_contacts(connection, [contact], {(name, HOLDER): key})
    alias = conversation_id(world.id_key, CITY, "whatsapp", phone)

    admin = await asyncpg.connect(world.stack.installation.vault_url("tuntas_admin"))
    try:
        await admin.execute(
            "insert into staff.contact (id, city, seat, channel, door, alias, code, code_until, confirmed_at) "
            "values ($1, $2, $3, 'whatsapp', $4, $5, $6, now() + interval '15 minutes', $7)",
            name, CITY, seat, DOOR, alias, None if code is None else seal(key, name, "code", code),
            datetime.now(UTC) if code is None else None,
        )  # fmt: skip
    finally:
        await admin.close()
    return name


async def test_a_code_goes_to_the_number_and_a_task_only_to_a_confirmed_one(world: World) -> None:
    confirmed, waiting = f"62812{secrets.randbelow(10**8):08}", f"62813{secrets.randbelow(10**8):08}"
    await _registers(world, "dlh", confirmed, code=None)
    async with world.notifier():
        name = await _registers(world, "camat-gading-cempaka", waiting, code="482913")

        async def coded() -> Any:
            return [one for one in world.arrived(waiting) if "482913" in one.text]

        assert await world.until(coded)
        complaint, reporter = await world.opens(confidentiality="secret")
        cause = message_key(world.id_key, CITY, "test", secrets.token_hex(8))
        straight = assigning(datetime.now(UTC), "dlh", ("camat-gading-cempaka",))
        closed = proposal(confidentiality="secret")
        await world.does(complaint, c.ProposeScreening(cause=cause, proposal=closed, straight=straight))

        async def told() -> Any:
            # The log may hold tasks of this seat from other tests.
            mine = f"BKL-{complaint[:8].upper()}-0"
            return [one for one in world.arrived(confirmed) if "Tugas baru" in one.text and mine in one.text]

        [task] = await world.until(told)
    assert len(world.arrived(waiting)) == 1
    assert "Pengaduan" not in task.text
    assert reporter not in task.text
    assert [label for _, label in task.buttons] == ["TERIMA", "KEMBALIKAN", "DAFTAR TUGAS"]
    rows = await world.notices(name)
    assert waiting not in str(rows)
    assert "482913" not in str(rows)


async def test_a_reply_is_known_also_where_a_provider_sends_no_receipts(world: World) -> None:
    """Telegram: only the answer to our request says which message is ours. Of officers and of reporters alike."""
    store, complaint = Store(world.reader), secrets.token_hex(13)
    keys = [secrets.token_hex(13) for _ in range(2)]
    for key, asked in zip(keys, ((complaint,), None), strict=True):
        row = NewNotice(
            id=f"reply-{key}", city=CITY, channel="telegram", door="bot", owner=complaint, party="reporter:1",
            template="received", version=1, about=None if asked else 1, asked=asked, wait=3600, waits="later",
        )  # fmt: skip
        await store.plan([row], 60)
        await store.accepted(row.id, key, "none")
    async with world.vault_pool.acquire() as connection:
        assert await orders.about(connection, keys) == {keys[0]: complaint}
        await connection.execute(
            "insert into intake.told (notice, complaint) values ($1, $2)", f"reply-{keys[1]}", complaint
        )
        found = {row["key"]: row["complaint"] for row in await connection.fetch(chat_rows._ABOUT, keys)}
        assert found == {keys[1]: complaint}
