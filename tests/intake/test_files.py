"""Files that come with messages: fetched from the provider's stand-in or uploaded, attached sealed, or refused."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
import pytest_asyncio
import uvicorn

from services.cli.standins.payloads import Number
from services.cli.standins.provider import Provider
from services.cli.standins.whatsapp import application
from services.cli.supervisor.ports import Ports
from services.complaint.events import EvidenceAttached, EvidenceRefused
from services.intake.channels.whatsapp.graph import Graph
from services.intake.evidence.fetching import FileGoneError, FileTooLargeError
from services.intake.meta.files import allowed
from services.runtime.blobs import Blobs
from tests.intake.conftest import CITY, Behind, Phone, Process, a_message_id, a_person
from tests.intake.pictures import jpeg
from tests.intake.webhooks import PHONE_NUMBER_ID, message


@dataclass
class Standin:
    provider: Provider
    url: str


@pytest_asyncio.fixture(scope="module")
async def standin(behind: Behind, ports: Ports) -> AsyncIterator[Standin]:
    provider, port = Provider(), ports.claim()
    token = behind.stack.installation.secrets.cities[CITY].whatsapp.access_token
    provider.numbers[PHONE_NUMBER_ID] = Number(
        phone_number_id=PHONE_NUMBER_ID, access_token=token, app_secret="x", webhook_url="http://127.0.0.1:9/"
    )
    server = uvicorn.Server(uvicorn.Config(application(provider), port=port, log_level="warning"))
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.02)
    yield Standin(provider, f"http://127.0.0.1:{port}/v23.0")
    server.should_exit = True
    with contextlib.suppress(asyncio.CancelledError):
        await serving


@pytest_asyncio.fixture(scope="module")
async def fetching(behind: Behind, ports: Ports, standin: Standin, intake: Process) -> AsyncIterator[Phone]:
    """A replica of intake that fetches from the stand-in; the session's own one stands by meanwhile."""
    await intake.stop()
    process = Process(behind.stack, ports.claim(), TUNTAS_WHATSAPP_API_URL=standin.url)
    await process.start()
    async with httpx.AsyncClient(timeout=10) as http:
        yield Phone(http, process.url, behind.stack.installation.secrets.cities[CITY].whatsapp.app_secret)
    await process.stop()
    await intake.start()


async def test_a_photo_is_attached_after_its_complaint_opened(
    fetching: Phone, standin: Standin, behind: Behind
) -> None:
    handle = standin.provider.keep_media(jpeg(place=True), "image/jpeg")
    person, message_id = a_person(), a_message_id()
    photo = {"id": handle, "mime_type": "image/jpeg", "caption": "got mampet di depan rumah"}
    await fetching.sends(person, message("image", photo, **{"from": person, "id": message_id}))
    row = await behind.decided(message_id)
    _, attached = await behind.events(row["complaint"], at_least=2)
    assert isinstance(attached.data, EvidenceAttached)
    assert (attached.actor, attached.data.content_type) == ("service:intake", "image/jpeg")
    assert "-3.79" in str(await behind.opened(attached, "taken_place", attached.data.taken_place))
    key = (await behind.vault.keys([(row["complaint"], "reporter:1")]))[row["complaint"], "reporter:1"]
    content = await Blobs((behind.stack.installation.home / "blobs").as_uri()).get(key, attached.data.media)
    assert content is not None
    assert len(content) == attached.data.size
    kept = "select complaint from intake.picture where reference = $1"
    assert await behind.pool.fetchval(kept, attached.data.media) == row["complaint"]
    await fetching.says(person, "LUPAKAN SAYA")
    await behind.events(row["complaint"], at_least=3)
    for _ in range(100):
        if await behind.pool.fetchval(kept, attached.data.media) is None:
            break
        await asyncio.sleep(0.05)
    assert await behind.pool.fetchval(kept, attached.data.media) is None, "its fingerprint goes with its reporter"


@pytest.mark.parametrize(("content", "reason"), [(b"MZ program", "wrong_type"), (jpeg()[:150], "broken")])
async def test_a_file_that_is_not_fit_is_refused_in_the_complaint(
    fetching: Phone, standin: Standin, behind: Behind, content: bytes, reason: str
) -> None:
    handle = standin.provider.keep_media(content, "image/jpeg")
    person, message_id = a_person(), a_message_id()
    await fetching.sends(person, message("image", {"id": handle}, **{"from": person, "id": message_id}))
    row = await behind.decided(message_id)
    _, refused = await behind.events(row["complaint"], at_least=2)
    assert isinstance(refused.data, EvidenceRefused)
    assert refused.data.reason == reason


async def test_an_uploaded_file_gets_a_reference_that_a_message_can_name(fetching: Phone, behind: Behind) -> None:
    token = behind.stack.installation.secrets.cities[CITY].adapters["instagram"]
    answer = await fetching.http.post(
        f"{fetching.url}/media", content=jpeg(), headers={"authorization": f"Bearer {token}"}
    )
    assert answer.status_code == 201, answer.text
    assert answer.json()["content_type"] == "image/jpeg"
    one: dict[str, Any] = {
        "id": a_message_id(), "sender": {"person": a_person()}, "form": "image", "text": "sampah di pasar",
        "media": [{"reference": answer.json()["reference"]}],
    }  # fmt: skip
    await behind.connection.jetstream().publish("intake.bengkulu.instagram", str(one).replace("'", '"').encode())
    row = await behind.decided(one["id"], "instagram")
    _, attached = await behind.events(row["complaint"], at_least=2)
    assert isinstance(attached.data, EvidenceAttached)
    assert attached.data.media != answer.json()["reference"], "sealed anew for its reporter"


async def test_uploads_that_are_not_taken_say_why(fetching: Phone, behind: Behind) -> None:
    url, token = f"{fetching.url}/media", behind.stack.installation.secrets.cities[CITY].agencies["dlh"]
    good = {"authorization": f"Bearer {token}"}
    for headers in ({}, {"authorization": "Bearer wrong"}, {"authorization": f"Basic {token}"}):
        assert (await fetching.http.post(url, content=jpeg(), headers=headers)).status_code == 401
    for content, status in [(b"hello", 415), (jpeg()[:150], 422), (b"%PDF /Launch", 415), (b"%PDF-1 /Launch", 422)]:
        answer = await fetching.http.post(url, content=content, headers=good)
        assert (answer.status_code, bool(answer.json()["message"])) == (status, True)
    large = await fetching.http.post(url, content=b"x" * (25 * 1024 * 1024 + 1), headers=good)
    assert large.status_code == 413
    form = await fetching.http.post(url, files={"file": jpeg()}, headers=good)
    assert form.status_code == 415


async def test_a_url_of_somebody_else_is_not_followed(standin: Standin, behind: Behind) -> None:
    token = behind.stack.installation.secrets.cities[CITY].whatsapp.access_token
    async with httpx.AsyncClient() as http:
        graph = Graph(standin.url, {CITY: token}, 1_000, http)
        for url in (
            "http://169.254.169.254/x",
            "https://evil.example/x",
            "https://facebook.com.evil.example/",
            "file:///x",
        ):
            assert not allowed(url, standin.url)
        assert allowed("https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1", standin.url)
        for handle in ("../me", "0", "a/b"):
            with pytest.raises(FileGoneError):
                await graph.download(CITY, handle)
        with pytest.raises(FileTooLargeError):
            await graph.download(CITY, standin.provider.keep_media(b"x" * 2_000, "image/jpeg"))
