"""A Facebook page and an Instagram account end to end: signed webhook, complaint, files, and the answer at Meta's."""

import asyncio
import itertools
import json
import os
import secrets
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any

import httpx
import pytest_asyncio

from services.cli.standins.page import Graph, Sent, application
from services.cli.supervisor.ports import Ports
from services.complaint.aggregate import COMPLAINT
from services.complaint.events import ComplaintReceived, EvidenceAttached, EvidenceRefused, MessageAdded
from services.contracts import ids, subjects
from services.intake.meta.signature import signed
from tests.conftest import ROOT
from tests.intake.conftest import Behind, Process
from tests.intake.pictures import jpeg
from tests.notifier.conftest import served

CITY = "kupang"
PAGE, ACCOUNT = "200000000000001", "178414000000001"
_numbers = itertools.count(secrets.randbelow(10**9) * 1000)


@dataclass
class Meta:
    """The page and the account, as Meta sees them."""

    graph: Graph
    url: str
    door: str
    app_secret: str
    http: httpx.AsyncClient
    behind: Behind

    async def posts(self, channel: str, entry: dict[str, Any]) -> None:
        raw = json.dumps({"object": channel, "entry": [entry]}).encode()
        headers = {"x-hub-signature-256": signed(self.app_secret, raw)}
        answer = await self.http.post(f"{self.door}/webhooks/{CITY}/{channel}", content=raw, headers=headers)
        assert answer.status_code == 200, answer.text

    async def comments(self, text: str | None, by: str, given: str | None = None, **more: Any) -> str:
        """On the page; its id."""
        given = given or f"9_{next(_numbers)}"
        self.graph.comments.setdefault(given, time.time())
        value = {"item": "comment", "verb": "add", "comment_id": given, "post_id": "8_1", "parent_id": "8_1",
                 "created_time": int(time.time()), "from": {"id": by, "name": "Ibu Contoh"}, "message": text,
                 **more}  # fmt: skip
        await self.posts("facebook", {"id": PAGE, "time": 1, "changes": [{"field": "feed", "value": value}]})
        return given

    async def writes(self, channel: str, by: str, **event: Any) -> None:
        """In Messenger, or as a direct message of Instagram."""
        self.graph.chats[by] = time.time()
        account = PAGE if channel == "facebook" else ACCOUNT
        whole = {"sender": {"id": by}, "recipient": {"id": account}, "timestamp": int(time.time() * 1000), **event}
        await self.posts(channel, {"id": account, "messaging": [whole]})

    async def complaint(self, given: str, channel: str = "facebook") -> str | None:
        key = ids.message_key(await self.behind.vault.id_key(CITY), CITY, channel, given)
        for _ in range(1_600):
            row = await self.behind.pool.fetchrow("select * from intake.inbox where message_key = $1", key)
            if row is not None:
                return None if row["complaint"] is None else str(row["complaint"])
            await asyncio.sleep(0.05)
        raise AssertionError(f"{given} was never decided")

    async def events(self, complaint: str | None, kinds: tuple[type[Any], ...]) -> list[Any]:
        """Of these kinds, as soon as there is one of the last kind."""
        assert complaint is not None
        for _ in range(1_600):
            found = await self.behind.log.load(subjects.complaint(CITY, complaint))
            data = [COMPLAINT.decode(entry.type, entry.schema, entry.body).data for entry in found]
            wanted = [one for one in data if isinstance(one, kinds)]
            if any(isinstance(one, kinds[-1]) for one in wanted):
                return wanted
            await asyncio.sleep(0.05)
        raise AssertionError(f"no {kinds[-1].__name__}")

    async def heard(self, fits: Callable[[Sent], bool]) -> Sent:
        for _ in range(1_600):
            for one in self.graph.arrived:
                if fits(one):
                    return one
            await asyncio.sleep(0.05)
        raise AssertionError(f"only {[(one.way, one.to) for one in self.graph.arrived]} arrived")


@pytest_asyncio.fixture(scope="module")
async def meta(behind: Behind, ports: Ports, intake: Process) -> AsyncIterator[Meta]:
    """The session's own intake stands by meanwhile; the notifier is the real one."""
    known = behind.stack.installation.secrets.cities[CITY].page
    graph = Graph(known.access_token)
    await intake.stop()
    async with AsyncExitStack() as parts:
        url = await parts.enter_async_context(served(application(graph)))
        process = Process(behind.stack, ports.claim(), TUNTAS_WHATSAPP_API_URL=url)
        parts.push_async_callback(process.stop)
        await process.start()
        environment = behind.stack.installation.environment("notifier") | {
            "TUNTAS_WHATSAPP_API_URL": url, "TUNTAS_HTTP_PORT": "0", "TUNTAS_TELEGRAM_API_URL": "http://127.0.0.1:9",
        }  # fmt: skip
        with (behind.stack.installation.home / "notifier-pages.log").open("ab") as log:
            notifier = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "services.notifier.main", env=os.environ | environment, cwd=ROOT, stdout=log,
                stderr=log,
            )  # fmt: skip
        http = await parts.enter_async_context(httpx.AsyncClient(timeout=10))
        yield Meta(graph, url, process.url, known.app_secret, http, behind)
        notifier.terminate()
        await notifier.wait()
    await intake.start()


def somebody() -> str:
    return f"7{next(_numbers)}"


async def test_a_comment_becomes_a_complaint_that_is_answered_in_private(meta: Meta) -> None:
    person = somebody()
    given = await meta.comments("got mampet di Oebobo su seminggu", person)
    [received] = await meta.events(await meta.complaint(given), (ComplaintReceived,))
    assert (received.message.channel, received.message.door) == ("facebook", "facebook")
    told = await meta.heard(lambda one: one.to == given)
    assert told.way == "private"
    assert received.ticket in told.text


async def test_the_comments_changes_answers_and_end_belong_to_it(meta: Meta) -> None:
    person = somebody()
    meta.graph.files["got.jpg"] = jpeg(320, 240)
    given = await meta.comments("sampah menumpuk di Pasar Inpres", person, photo=f"{meta.url}/files/got.jpg")
    complaint = await meta.complaint(given)
    await meta.events(complaint, (EvidenceAttached,))
    await meta.comments("sampah menumpuk di Pasar Inpres Naikoten", person, given, verb="edited")
    answer = await meta.comments("dekat pintu barat", person, parent_id=given)
    await meta.comments(None, somebody(), given, verb="hide")  # the page's own deed
    await meta.comments(None, person, given, verb="remove")
    assert await meta.complaint(answer) == complaint
    assert await meta.complaint(f"{given}:removed") == complaint
    added = [one.message for one in await meta.events(complaint, (MessageAdded,))]
    for _ in range(100):
        if len(added) == 3:
            break
        await asyncio.sleep(0.05)
        added = [one.message for one in await meta.events(complaint, (MessageAdded,))]
    assert [one.form for one in added] == ["text", "text", "removed"]


async def test_a_file_that_meta_has_no_more_is_refused_and_the_complaint_goes_on(meta: Meta) -> None:
    gone = f"{meta.url}/files/gone.jpg"
    given = await meta.comments("lampu mati di Kelapa Lima", somebody(), photo=gone)
    [refused] = await meta.events(await meta.complaint(given), (EvidenceRefused,))
    assert refused.reason == "expired"


async def test_an_address_of_nobody_we_know_is_never_called(meta: Meta) -> None:
    given = await meta.comments("jalan rusak di Sikumana", somebody(), photo="http://127.0.0.1:9/secret")
    [refused] = await meta.events(await meta.complaint(given), (EvidenceRefused,))
    assert refused.reason == "expired"


async def test_both_chats_hear_where_they_wrote(meta: Meta) -> None:
    for channel in ("facebook", "instagram"):
        person, mid = somebody(), f"m_{next(_numbers)}"
        meta.graph.files[f"{mid}.jpg"] = jpeg(200, 200)
        attachment = {"type": "image", "payload": {"url": f"{meta.url}/files/{mid}.jpg"}}
        message = {"mid": mid, "text": "air mati di Oesapa su dua hari", "attachments": [attachment]}
        await meta.writes(channel, person, message=message)
        complaint = await meta.complaint(mid, channel)
        [received, *_] = await meta.events(complaint, (ComplaintReceived, EvidenceAttached))
        told = await meta.heard(lambda one, to=person: one.to == to)  # type: ignore[misc]
        assert (told.way, received.ticket in told.text) == ("chat", True)
        asked = f"m_{next(_numbers)}"
        await meta.writes(channel, person, message={"mid": asked, "text": "STATUS", "reply_to": {"mid": told.id}})
        assert await meta.complaint(asked, channel) == complaint


async def test_a_comment_on_instagram_is_answered_in_private_too(meta: Meta) -> None:
    person, given = somebody(), f"17{next(_numbers)}"
    meta.graph.comments[given] = time.time()
    value = {"id": given, "text": "pohon tumbang di jalan El Tari", "from": {"id": person, "username": "warga.contoh"}}
    changes = [{"field": "comments", "value": value}]
    await meta.posts("instagram", {"id": ACCOUNT, "time": int(time.time()), "changes": changes})
    [received] = await meta.events(await meta.complaint(given, "instagram"), (ComplaintReceived,))
    told = await meta.heard(lambda one: one.to == given)
    assert (told.way, received.ticket in told.text) == ("private", True)


async def test_a_mention_on_instagram_is_fetched_and_answered_where_it_was_said(meta: Meta) -> None:
    """The provider is away once, then the words come; those of another mention are gone, and it goes on without."""
    said, gone, media = f"17{next(_numbers)}", f"17{next(_numbers)}", f"18{next(_numbers)}"
    words = "kota.contoh pohon tumbang di jalan El Tari"
    meta.graph.mentions[said] = {"id": said, "text": words, "media": {"id": media}}
    meta.graph.fail_next.append((2, 0))
    for comment in (said, gone):
        changes = [{"field": "mentions", "value": {"media_id": media, "comment_id": comment}}]
        await meta.posts("instagram", {"id": ACCOUNT, "time": int(time.time()), "changes": changes})
    [received] = await meta.events(await meta.complaint(f"mention:{said}", "instagram"), (ComplaintReceived,))
    told = await meta.heard(lambda one: one.to == said)
    assert (told.way, received.ticket in told.text) == ("mention", True)
    [without] = await meta.events(await meta.complaint(f"mention:{gone}", "instagram"), (ComplaintReceived,))
    assert without.ticket != received.ticket
