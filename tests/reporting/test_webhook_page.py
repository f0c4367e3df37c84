"""Who may register an office's program, and what the page says of it; the secret is shown once."""

import pytest

from tests.reporting.conftest import House

JSON = {"accept": "application/json"}
URL = "https://dlh.example.go.id/tuntas"


async def test_a_registered_address_is_shown_its_secret_once(house: House) -> None:
    async with house.seat("admin-sistem") as admin, house.seat("dlh") as head, house.seat("dinsos") as other:
        made = await admin.post("/webhook", json={"seat": "dlh", "url": URL}, headers=JSON)
        assert made.status_code == 201, made.text
        name, secret = made.json()["id"], made.json()["secret"]
        assert secret.startswith("whsec_")
        row = await house.staff.fetchrow("select * from delivery.webhook where id = $1", name)
        assert row is not None
        assert secret not in str(dict(row))
        assert "example.go.id" not in str(dict(row))
        for client, sees in ((admin, True), (head, True), (other, False)):
            page = (await client.get("/webhook")).text
            assert (URL in page) is sees
            assert secret not in page
        assert (await other.post(f"/webhook/{name}/uji", headers=JSON)).status_code == 404
        assert (await head.post(f"/webhook/{name}/uji", headers=JSON)).status_code == 200
        assert (await head.post(f"/webhook/{name}/putar", headers=JSON)).status_code == 403
        assert (await head.post(f"/webhook/{name}/matikan", headers=JSON)).status_code == 200
        shown = (await head.get("/webhook", headers=JSON)).json()["hooks"][0]["hook"]
        assert (shown["enabled"], shown["disabled_why"], shown["test_waits"]) == (False, "by_hand", True)
        assert (await head.post(f"/webhook/{name}/hidupkan", headers=JSON)).status_code == 200
        turned = await admin.post(f"/webhook/{name}/putar", headers=JSON)
        assert turned.json()["secret"] not in (secret, None)
        assert (await admin.post(f"/webhook/{name}/hapus", headers=JSON)).status_code == 200
        assert await house.staff.fetchval("select count(*) from delivery.webhook where id = $1", name) == 0
        left = await house.staff.fetchrow("select wrapped, destroyed_at from vault.data_key where owner = $1", name)
        assert left is not None
        assert left["wrapped"] is None, "nothing opens address and secrets in a backup any more"
        assert (await admin.post(f"/webhook/{name}/hapus", headers=JSON)).status_code == 404


@pytest.mark.parametrize(
    ("seat", "given", "status"),
    [
        ("dlh", {"seat": "dlh", "url": URL}, 403),
        ("walikota", {"seat": "dlh", "url": URL}, 403),
        ("admin-sistem", {"seat": "dlh", "url": "http://dlh.example.go.id/"}, 422),
        ("admin-sistem", {"seat": "dlh", "url": "https://169.254.169.254/"}, 422),
        ("admin-sistem", {"seat": "nobody", "url": URL}, 422),
        ("admin-sistem", {}, 422),
    ],
)
async def test_only_who_runs_the_system_registers_and_only_a_fit_address(
    house: House, seat: str, given: dict[str, str], status: int
) -> None:
    async with house.seat(seat) as client:
        assert (await client.post("/webhook", json=given, headers=JSON)).status_code == status
