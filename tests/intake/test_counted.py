"""Forged and repeated calls are counted, for whoever runs the installation; nothing of them is kept in the count."""

import httpx

from tests.intake.conftest import CITY, Behind, Phone, Process, a_message_id, a_person
from tests.intake.webhooks import change, text, webhook


async def _figures(intake: Process) -> dict[str, float]:
    async with httpx.AsyncClient(timeout=10) as http:
        found: dict[str, float] = (await http.get(f"{intake.url}/health/ready")).json()["figures"]
    return {name: count for name, count in found.items() if name.startswith("calls.")}


async def test_forged_and_repeated_calls_are_counted_by_city_and_channel(
    phone: Phone, intake: Process, behind: Behind
) -> None:
    before, person, message_id = await _figures(intake), a_person(), a_message_id()
    raw = webhook(change(text("Lampu mati di pasar", **{"from": person, "id": message_id})))
    for headers in ({"x-hub-signature-256": "sha256=" + "0" * 64}, {"x-hub-signature-256": ""}):
        assert (await phone.post(raw, **headers)).status_code == 401
    assert (await phone.post(raw)).status_code == 200
    await behind.decided(message_id)
    await behind.drained()
    assert (await phone.post(raw)).status_code == 200
    await behind.drained()
    after = await _figures(intake)
    more = {name: count - before.get(name, 0) for name, count in after.items() if count != before.get(name, 0)}
    assert more[f"calls.wrong_signature.{CITY}.whatsapp"] == 2
    assert more[f"calls.repeated.{CITY}.whatsapp"] >= 1
    assert person not in str(after)
