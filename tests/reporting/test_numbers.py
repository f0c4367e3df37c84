"""A seat's own number: asked for, sent a code, typed back; nobody else's business."""

from services.contracts.ids import conversation_id
from services.contracts.officers import HOLDER
from services.reporting.numbers import MOST_TRIES, MOST_WAITING, normal
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
            again = (await other.post("/saya/nomor", json={"number": "+6281100000771"}, headers=JSON)).json()["id"]
            taken = await other.post(f"/saya/nomor/{again}", json={"code": await _code(house, again)}, headers=JSON)
            assert taken.status_code == 422
            assert "jabatan lain" in taken.text
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


def test_numbers_as_people_write_them() -> None:
    assert normal("0811-0000-0001") == normal("+62 811 0000 0001") == normal("62811 0000 0001") == "6281100000001"
    assert normal("halo") is None
    assert normal("123") is None
