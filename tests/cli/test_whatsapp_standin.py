"""The stand-in answers as the provider does, so that what works against it works against the provider."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
import pytest_asyncio
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from services.cli.standins.citizen import Phone
from services.cli.standins.payloads import Citizen, Number, sign
from services.cli.standins.provider import Provider
from services.cli.standins.whatsapp import application

IBU = Citizen("628110000001", "Ibu Contoh")


@asynccontextmanager
async def served(app: Starlette) -> AsyncIterator[str]:
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", timeout_graceful_shutdown=1))
    task = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        await task


class Hooks:
    """A webhook that keeps what comes in with a right signature; `refuse` times it answers 503 first."""

    def __init__(self) -> None:
        self.values: list[dict[str, Any]] = []
        self.refuse = 0

    async def take(self, request: Request) -> Response:
        if self.refuse:
            self.refuse -= 1
            return Response(status_code=503)
        raw = await request.body()
        if request.headers["x-hub-signature-256"] != sign("s3cret", raw):
            return Response(status_code=401)
        self.values.append(json.loads(raw)["entry"][0]["changes"][0]["value"])
        return Response()

    async def statuses(self, count: int) -> list[dict[str, Any]]:
        for _ in range(300):
            found = [status for value in self.values for status in value.get("statuses", [])]
            if len(found) >= count:
                return found
            await asyncio.sleep(0.01)
        raise TimeoutError(self.values)


@pytest_asyncio.fixture
async def hooks() -> Hooks:
    return Hooks()


@pytest_asyncio.fixture
async def standin(hooks: Hooks) -> AsyncIterator[httpx.AsyncClient]:
    async with served(Starlette(routes=[Route("/hook", hooks.take, methods=["POST"])])) as hook:
        number = Number("1001", "t0ken", "s3cret", f"{hook}/hook")
        async with served(application(Provider(numbers={"1001": number}))) as url:
            headers = {"authorization": "Bearer t0ken"}
            async with httpx.AsyncClient(base_url=url, headers=headers, trust_env=False) as client:
                yield client


def text_to(person: str, words: str = "Halo") -> dict[str, Any]:
    return {
        "messaging_product": "whatsapp", "to": person, "type": "text", "text": {"body": words},
        "biz_opaque_callback_data": "notice-1",
    }  # fmt: skip


async def code_of(client: httpx.AsyncClient, body: dict[str, Any], **more: Any) -> tuple[int, int]:
    answer = await client.post("/v23.0/1001/messages", json=body, **more)
    return answer.status_code, answer.json()["error"]["code"]


async def test_a_sent_message_arrives_and_its_statuses_carry_our_own_id(
    standin: httpx.AsyncClient, hooks: Hooks
) -> None:
    answer = (await standin.post("/v23.0/1001/messages", json=text_to("628110000001"))).json()
    assert answer["contacts"] == [{"input": "628110000001", "wa_id": "628110000001"}]
    wamid = answer["messages"][0]["id"]
    statuses = await hooks.statuses(3)
    assert [s["status"] for s in statuses] == ["sent", "delivered", "read"]
    assert {(s["id"], s["biz_opaque_callback_data"]) for s in statuses} == {(wamid, "notice-1")}
    arrived = (await standin.get("/control/messages")).json()["messages"]
    assert [(m["id"], m["text"]) for m in arrived] == [(wamid, "Halo")]


async def test_wrong_tokens_numbers_and_bodies_are_refused_with_the_providers_codes(standin: httpx.AsyncClient) -> None:
    assert await code_of(standin, text_to("62811"), headers={"authorization": "Bearer wrong"}) == (401, 190)
    other = await standin.post("/v23.0/9/messages", json=text_to("62811"))
    assert other.json()["error"]["code"] == 33
    assert await code_of(standin, {"to": "62811"}) == (400, 100)
    assert await code_of(standin, text_to("62811", "x" * 4097)) == (400, 100)
    assert await code_of(standin, {"messaging_product": "whatsapp", "type": "text"}) == (400, 131008)
    assert await code_of(standin, text_to("62811") | {"type": "poem"}) == (400, 131051)


async def test_outside_the_window_free_text_fails_by_receipt_and_a_template_arrives(
    standin: httpx.AsyncClient, hooks: Hooks
) -> None:
    closed = {"phone_number_id": "1001", "person": "62811", "open": False}
    await standin.post("/control/window", json=closed)
    assert (await standin.post("/v23.0/1001/messages", json=text_to("62811"))).status_code == 200
    failed = (await hooks.statuses(1))[0]
    assert (failed["status"], failed["errors"][0]["code"]) == ("failed", 131047)
    template = {
        "messaging_product": "whatsapp", "to": "62811", "type": "template",
        "template": {"name": "kabar", "language": {"code": "id"}},
    }  # fmt: skip
    assert (await standin.post("/v23.0/1001/messages", json=template)).status_code == 200
    assert [m["type"] for m in (await standin.get("/control/messages")).json()["messages"]] == ["template"]


async def test_it_can_be_told_to_refuse_at_once_to_limit_and_to_fail(standin: httpx.AsyncClient) -> None:
    told = {"refuse_in_answer": True, "undeliverable": ["62899"], "pair_burst": 1, "fail_next": [{"code": 368}]}
    await standin.patch("/control/behaviour", json=told)
    assert await code_of(standin, text_to("62811")) == (403, 368)
    assert await code_of(standin, text_to("62899")) == (400, 131026)
    assert (await standin.post("/v23.0/1001/messages", json=text_to("62811"))).status_code == 200
    assert await code_of(standin, text_to("62811")) == (400, 131056)
    await standin.patch("/control/behaviour", json={"messages_per_second": 1})
    assert (await standin.post("/v23.0/1001/messages", json=text_to("62812"))).status_code == 200
    assert await code_of(standin, text_to("62813")) == (400, 130429)


async def test_a_lost_answer_still_arrives_and_is_told_by_receipts(standin: httpx.AsyncClient, hooks: Hooks) -> None:
    await standin.patch("/control/behaviour", json={"lose_answers": 1, "hang_seconds": 5, "duplicate_receipts": 2})
    with pytest.raises(httpx.ReadTimeout):
        await standin.post("/v23.0/1001/messages", json=text_to("62811"), timeout=0.2)
    assert len(await hooks.statuses(6)) == 6


async def test_a_citizen_writes_by_signed_webhook_which_is_repeated_until_it_is_taken(
    standin: httpx.AsyncClient, hooks: Hooks
) -> None:
    hooks.refuse = 1
    async with Phone(str(standin.base_url), "1001", IBU) as phone:
        wamid = await phone.says("Lampu jalan mati")
        message = hooks.values[0]["messages"][0]
        assert (message["id"], message["from"], message["text"]["body"]) == (wamid, IBU.wa_id, "Lampu jalan mati")
        assert hooks.values[0]["contacts"][0]["profile"]["name"] == "Ibu Contoh"
        media = await phone.shows(b"\xff\xd8\xff", "ini fotonya")
        assert media
    picture = hooks.values[-1]["messages"][0]["image"]["id"]
    described = (await standin.get(f"/v23.0/{picture}")).json()
    assert (await standin.get(described["url"])).content == b"\xff\xd8\xff"
