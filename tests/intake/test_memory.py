"""What a chat learns from the log: resolutions, questions, notices, and being forgotten."""

import asyncio
import json
import os
import sys
from datetime import UTC, datetime
from typing import Any

import asyncpg

from services.complaint import commands as c
from services.contracts import ids, subjects
from services.intake.inbox.acts import ComplaintDecider, decider
from services.runtime.service import utc_now
from tests.conftest import ROOT
from tests.intake.conftest import CITY, Behind, Phone, a_message_id, a_person
from tests.intake.webhooks import change, text, webhook


def deciding(behind: Behind) -> ComplaintDecider:
    return decider(behind.log, behind.vault, utc_now)


async def act(behind: Behind, complaint: str, command: c.Command) -> None:
    await deciding(behind).execute(CITY, complaint, command, cause=command.cause, actor="service:router")


async def cause() -> str:
    return ids.derive(b"test", "cause", a_message_id())


async def eventually(check: Any, patience: float = 10) -> None:
    for _ in range(int(patience / 0.05)):
        if await check():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("it did not come to that")


async def test_a_reply_to_our_notice_is_about_its_complaint(phone: Phone, behind: Behind) -> None:
    person = a_person()
    first = (await behind.decided(await phone.says(person, "air mati di rumah kami")))["complaint"]
    second = (await behind.decided(await phone.says(person, "laporan baru: jalan berlubang di pasar")))["complaint"]
    assert first != second
    notice, provider_id = f"notice-{a_message_id()}"[:40], a_message_id()
    told = c.RecordTold(
        cause=await cause(), party="reporter:1", notice=notice, about=1, template="received", channel="whatsapp"
    )
    await act(behind, first, told)
    status = {"id": provider_id, "status": "delivered", "timestamp": "1780000000", "biz_opaque_callback_data": notice}
    assert (await phone.post(webhook(change(statuses=[status])))).status_code == 200
    await behind.drained()
    await eventually(lambda: behind.pool.fetchval("select true from intake.told where notice = $1", notice))
    reply = await phone.says(person, "nomor rumahnya 5", context={"from": "62811000000000", "id": provider_id})
    assert (await behind.decided(reply))["complaint"] == first


async def test_who_is_forgotten_leaves_neither_key_nor_contact_and_may_come_back(phone: Phone, behind: Behind) -> None:
    person = a_person()
    row = await behind.decided(await phone.says(person, "lampu jalan mati di gang kami"))
    complaint = row["complaint"]
    chat = await behind.pool.fetchval("select conversation from intake.complaint where complaint = $1", complaint)
    assert await behind.vault.keys([(complaint, "reporter:1"), (chat, "reporter:1")])
    await phone.says(person, "LUPAKAN SAYA")

    async def gone() -> bool:
        return not await behind.vault.keys([(complaint, "reporter:1"), (chat, "reporter:1")])

    await eventually(gone)
    left = await behind.pool.fetchval("select count(*) from vault.contact where owner = any($1)", [complaint, chat])
    assert left == 0
    events = await behind.events(complaint, at_least=2)
    assert events[-1].type == "complaint.reporter_erased"
    again = await behind.decided(await phone.says(person, "got mampet di gang kami"))
    assert again["complaint"] not in (None, complaint)
    [received] = await behind.events(again["complaint"])
    assert await behind.opened(received, "text", received.data.message.text)  # type: ignore[union-attr]


async def test_an_erasure_is_carried_out_again_after_the_vault_was_restored(phone: Phone, behind: Behind) -> None:
    person = a_person()
    complaint = (await behind.decided(await phone.says(person, "lampu jalan mati di gang kami")))["complaint"]
    admin = await asyncpg.connect(behind.stack.installation.vault_url("tuntas_admin"))
    await admin.execute("create temporary table key_backup as select * from vault.data_key where owner = $1", complaint)
    await admin.execute(
        "create temporary table contact_backup as select * from vault.contact where owner = $1", complaint
    )
    await phone.says(person, "LUPAKAN SAYA")

    async def gone() -> bool:
        return not await behind.vault.keys([(complaint, "reporter:1")])

    await eventually(gone)
    await admin.execute("alter table vault.data_key disable trigger stay_destroyed")
    await admin.execute(
        "update vault.data_key k set wrapped = b.wrapped, destroyed_at = null from key_backup b "
        "where (b.owner, b.party) = (k.owner, k.party)"
    )
    await admin.execute("alter table vault.data_key enable trigger stay_destroyed")
    await admin.execute("insert into vault.contact select * from contact_backup")
    assert not await gone()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "services.intake.forget", cwd=ROOT, stdout=asyncio.subprocess.PIPE,
        env={**os.environ, **behind.stack.installation.environment("intake")},
    )  # fmt: skip
    said, _ = await process.communicate()
    assert b"stand in the vault: " in said
    assert await gone()
    assert await admin.fetchval("select count(*) from vault.contact where owner = $1", complaint) == 0
    await admin.close()


async def test_someone_who_never_complained_can_be_forgotten_too(phone: Phone, behind: Behind) -> None:
    person = a_person()
    await behind.decided(await phone.says(person, "halo"))
    await behind.decided(await phone.says(person, "LUPAKAN SAYA"))
    await behind.drained()
    row = await behind.decided(await phone.says(person, "halo"))
    assert json.loads(row["decision"])["kind"] == "greeting"


async def test_a_number_and_a_scoped_id_of_one_person_are_one_chat(phone: Phone, behind: Behind) -> None:
    person, scoped = a_person(), f"ID.{a_person()}"
    number_only = await behind.decided(await phone.says(person, "air mati sejak pagi"))
    both = await behind.decided(await phone.says(person, "di gang mawar", from_user_id=scoped))
    hidden = a_message_id()
    one = text("tolong pak", **{"from": None, "from_user_id": scoped, "id": hidden})
    assert (await phone.post(webhook(change(one, contacts=[{"user_id": scoped}])))).status_code == 200
    assert {number_only["complaint"]} == {both["complaint"], (await behind.decided(hidden))["complaint"]}


async def test_an_ask_carries_no_words_and_names_the_chat(phone: Phone, behind: Behind) -> None:
    person = a_person()
    await behind.decided(await phone.says(person, "selamat pagi"))
    await behind.drained()
    stored = await behind.connection.jetstream().get_last_msg(subjects.ASK, subjects.ask(CITY))
    assert stored.data is not None
    ask = json.loads(stored.data)
    contact = await behind.pool.fetchrow("select * from vault.contact where owner = $1", ask["conversation"])
    assert contact is not None
    assert contact["last_heard_at"] > datetime(2026, 1, 1, tzinfo=UTC)
    assert person.encode() not in stored.data
