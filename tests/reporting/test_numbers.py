"""A seat's own number: asked for, sent a code, typed back; nobody else's business."""

import asyncpg

from services.contracts.ids import conversation_id
from services.contracts.officers import HOLDER, claim_key
from services.intake.officers.claiming import code_in
from services.reporting.numbers import MOST_TRIES, MOST_WAITING, normal, normal_mail
from services.runtime.sealing import unseal
from tests.reporting.conftest import House

JSON = {"accept": "application/json"}
LURAH = "lurah-padang-harapan"


async def _code(house: House, name: str) -> str:
    """As the notifier opens it."""
    sealed = await house.staff.fetchval("select code from staff.contact where id = $1", name)
    vault = house.desk.numbers._vault
    return unseal((await vault.keys([(name, HOLDER)]))[name, HOLDER], name, "code", sealed)


async def test_a_number_counts_once_its_code_was_typed_back(house: House) -> None:
    async with house.seat(LURAH) as client:
        asked = await client.post("/saya/nomor", json={"number": "0811-0000-0771"}, headers=JSON)
        assert asked.status_code == 201, asked.text
        name = asked.json()["id"]
        row = await house.staff.fetchrow("select * from staff.contact where id = $1", name)
        assert row is not None
        key = await house.desk.numbers._vault.id_key("bengkulu")
        assert row["alias"] == conversation_id(key, "bengkulu", "whatsapp", "6281100000771")
        assert "81100000771" not in str(dict(row))
        wrong = await client.post(f"/saya/nomor/{name}", json={"code": "x"}, headers=JSON)
        assert wrong.status_code == 422
        async with house.seat("lurah-jalan-gedang") as other:
            stolen = await other.post(f"/saya/nomor/{name}", json={"code": await _code(house, name)}, headers=JSON)
            assert stolen.status_code == 422
        done = await client.post(f"/saya/nomor/{name}", json={"code": await _code(house, name)}, headers=JSON)
        assert done.status_code == 200, done.text
        shown = (await client.get("/saya/nomor", headers=JSON)).json()
        assert [(one["number"], one["confirmed"]) for one in shown["numbers"]] == [("…771", True)]
        page = (await client.get("/saya/nomor")).text
        assert "0000771" not in page
        assert "771" in page
        async with house.seat("lurah-jalan-gedang") as other:
            # Who holds two seats registers his number for each.
            again = (await other.post("/saya/nomor", json={"number": "+6281100000771"}, headers=JSON)).json()["id"]
            both = await other.post(f"/saya/nomor/{again}", json={"code": await _code(house, again)}, headers=JSON)
            assert both.status_code == 200
            assert (await other.post(f"/saya/nomor/{again}", json={"end": "1"}, headers=JSON)).status_code == 200
        kept = (await client.get("/saya/nomor", headers=JSON)).json()["numbers"]
        assert [one["id"] for one in kept] == [name]
        assert (await client.post(f"/saya/nomor/{name}", json={"end": "1"}, headers=JSON)).status_code == 200
        assert (await client.get("/saya/nomor", headers=JSON)).json()["numbers"] == []


async def test_a_code_can_not_be_guessed_and_nobody_s_phone_is_flooded(house: House) -> None:
    async with house.seat("lurah-kebun-kenanga") as client:
        given = [await client.post("/saya/nomor", json={"number": "0811 0000 0772"}, headers=JSON) for _ in range(4)]
        assert [one.status_code for one in given] == [201] * MOST_WAITING + [429]
        name = given[0].json()["id"]
        for _ in range(MOST_TRIES):
            assert (await client.post(f"/saya/nomor/{name}", json={"code": "nope"}, headers=JSON)).status_code == 422
        late = await client.post(f"/saya/nomor/{name}", json={"code": await _code(house, name)}, headers=JSON)
        assert late.status_code == 422
        assert "tidak berlaku" in late.text


async def test_a_telegram_chat_is_registered_by_a_code_that_is_said_there(house: House) -> None:
    async with house.seat("camat-alak", "kupang") as client:
        asked = await client.post("/saya/nomor", json={"channel": "telegram"}, headers=JSON)
        assert asked.status_code == 201, asked.text
        name, say = asked.json()["id"], asked.json()["say"]
        code = code_in(say)
        assert code is not None
        assert say in (await client.get("/saya/nomor")).text
        assert (await client.post(f"/saya/nomor/{name}", json={"code": code}, headers=JSON)).status_code == 422
        key = await house.desk.numbers._vault.id_key("kupang")
        claim, alias = claim_key(key, "kupang", code), conversation_id(key, "kupang", "telegram", "700000001")
        intake = await asyncpg.connect(house.stack.installation.vault_url("tuntas_intake"))

        async def said(channel: str, who: str) -> tuple[str | None, bool | None]:
            row = await intake.fetchrow(
                "select id, fresh from staff.claim_contact($1, $2, $3, $4)", "kupang", claim, channel, who
            )
            assert row is not None
            return row["id"], row["fresh"]

        try:
            assert await said("whatsapp", alias) == (None, None)
            assert await said("telegram", alias) == (name, True)
            assert await said("telegram", alias) == (name, False)
            assert await said("telegram", "somebody else") == (None, None)
        finally:
            await intake.close()
        shown = (await client.get("/saya/nomor", headers=JSON)).json()["numbers"]
        assert [(one["channel"], one["confirmed"], one["say"]) for one in shown] == [("telegram", True, None)]


async def test_an_e_mail_address_is_sent_its_code_where_the_city_writes_e_mail(house: House) -> None:
    async with house.seat("lurah-kebun-geran") as client:
        wrong = await client.post("/saya/nomor", json={"channel": "email", "number": "0811"}, headers=JSON)
        assert wrong.status_code == 422
        given = {"channel": "email", "number": "Lurah@Contoh.test"}
        asked = await client.post("/saya/nomor", json=given, headers=JSON)
        has = any(door.channel == "email" and not door.external for door in house.stack.cities["bengkulu"].doors)
        assert asked.status_code == (201 if has else 422), asked.text
        shown = (await client.get("/saya/nomor", headers=JSON)).json()["numbers"]
        assert [one["number"] for one in shown] == (["…@contoh.test"] if has else [])


def test_an_address_as_people_write_it() -> None:
    assert normal_mail(" Lurah@Contoh.test ") == "lurah@contoh.test"
    assert normal_mail("lurah@contoh") is None
    assert normal_mail("a b@contoh.test") is None


def test_numbers_as_people_write_them() -> None:
    assert normal("0811-0000-0001") == normal("+62 811 0000 0001") == normal("62811 0000 0001") == "6281100000001"
    assert normal("halo") is None
    assert normal("123") is None
