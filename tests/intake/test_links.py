"""A post that staff saw elsewhere: one complaint however its link is written, commenters affected, names sealed."""

import asyncio
import json
import os
import re
import secrets
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from services.complaint.events import AffectedCounted, ComplaintReceived, EvidenceAttached
from services.intake.doors.link_names import read
from services.intake.doors.links import handle
from services.web.frame import SESSION_COOKIE
from tests.conftest import ROOT
from tests.intake.conftest import CITY, Behind, Process
from tests.intake.logins import login
from tests.intake.pictures import jpeg

SAME = [
    ("https://www.tiktok.com/@warga.contoh/video/7301234567890", "tiktok:7301234567890", "warga.contoh"),
    ("http://m.tiktok.com/@nama_baru/video/7301234567890?is_from_webapp=1&sender_device=pc", "tiktok:7301234567890",
     "nama_baru"),
    ("tiktok.com/@x/photo/7301234567890/", "tiktok:7301234567890", "x"),
    ("https://twitter.com/warga/status/17001?s=20", "x:17001", "warga"),
    ("https://x.com/i/status/17001#m", "x:17001", None),
    ("https://www.facebook.com/warga.contoh/posts/1234567890123", "facebook:1234567890123", None),
    ("https://m.facebook.com/groups/9988776655/permalink/1234567890123/?refid=18", "facebook:1234567890123", None),
    ("https://web.facebook.com/groups/warga/posts/1234567890123/", "facebook:1234567890123", None),
    ("https://facebook.com/permalink.php?story_fbid=1234567890123&id=100", "facebook:1234567890123", None),
    ("https://www.facebook.com/warga/posts/pfbid0Abc123", "facebook:pfbid0Abc123", None),
    ("https://www.facebook.com/watch/?v=1234567890123", "facebook:1234567890123", None),
    ("https://www.facebook.com/photo?fbid=1234567890123&set=a.1", "facebook:1234567890123", None),
    ("https://www.instagram.com/reel/Cx_y-1/?igsh=abc", "instagram:Cx_y-1", None),
    ("https://youtu.be/abcdefghijk?t=3", "youtube:abcdefghijk", None),
    ("https://www.youtube.com/watch?v=abcdefghijk&t=3", "youtube:abcdefghijk", None),
]  # fmt: skip


@pytest.mark.parametrize(("link", "key", "whose"), SAME, ids=[case[0][:50] for case in SAME])
def test_a_post_has_one_name_however_its_link_is_written(link: str, key: str, whose: str | None) -> None:
    named = read(link)
    assert named is not None
    assert (named.key, named.handle) == (key, whose)


def test_what_has_no_id_of_a_post_is_known_by_its_address() -> None:
    for one, other in [
        ("https://vm.tiktok.com/ZSabc/", "https://vm.tiktok.com/ZSabc?x=1"),
        ("https://www.facebook.com/share/p/Abc12", "https://facebook.com/share/p/Abc12/?mibextid=x"),
        ("https://koran.example/berita/1", "http://www.koran.example/berita/1/"),
    ]:
        first, second = read(one), read(other)
        assert first is not None
        assert second is not None
        assert first.key == second.key
    left, right = read("https://koran.example/?p=1"), read("https://koran.example/?p=2")
    assert left is not None
    assert right is not None
    assert left.key != right.key


@pytest.mark.parametrize(
    "given",
    ["", " ", "tiktok", "javascript:alert(1)", "https://", "https://a b.example", "https://a@b.example/x", "x" * 3000,
     "https://[::1]/x", "ftp://contoh.example/x", "https://exa\u202emple.\u0000/x y"],
)  # fmt: skip
def test_what_is_no_address_of_a_page_is_none(given: str) -> None:
    assert read(given) is None


def test_a_handle_is_the_same_however_it_is_written() -> None:
    assert handle(" @Warga.Contoh ") == handle("warga.contoh")


class Console:
    def __init__(self, behind: Behind, url: str, http: httpx.AsyncClient) -> None:
        self.behind, self.url, self.http = behind, url, http
        self.token = behind.stack.installation.secrets.cities[CITY].console_media

    async def enters(self, link: str, **more: Any) -> httpx.Response:
        body = {"link": link, "by": "prokopim", "text": "Sampah menumpuk di Gading Cempaka", **more}
        return await self.http.post(f"{self.url}/links", json=body, headers={"authorization": f"Bearer {self.token}"})


async def test_a_post_is_one_complaint_and_whoever_agrees_is_affected_once(behind: Behind, intake: Process) -> None:
    number = secrets.randbelow(10**15) + 10**15
    async with httpx.AsyncClient(timeout=20) as http:
        console = Console(behind, intake.url, http)
        upload = await http.post(
            f"{intake.url}/media", content=jpeg(300, 200), headers={"authorization": f"Bearer {console.token}"}
        )
        first = await console.enters(
            f"https://www.tiktok.com/@warga.contoh/video/{number}", media=[upload.json()["reference"]],
            commenters=["@Budi.Contoh", "siti_contoh", "budi.contoh", "warga.contoh"],
        )  # fmt: skip
        assert first.status_code == 201, first.text
        entered = first.json()
        assert (entered["known"], entered["affected"]) == (False, 2), "the author is not affected beside himself"
        again = await console.enters(
            f"https://m.tiktok.com/@nama_baru/video/{number}?x=1", commenters=["siti_contoh", "andi"]
        )
        assert again.status_code == 200
        assert (again.json()["ticket"], again.json()["known"], again.json()["affected"]) == (entered["ticket"], True, 1)
    events = await behind.events(entered["complaint"], at_least=5)
    received = events[0].data
    assert isinstance(received, ComplaintReceived)
    assert (received.message.channel, received.reachable) == ("link", False)
    assert await behind.opened(events[0], "handle", received.handle) == "warga.contoh"
    assert sum(isinstance(event.data, AffectedCounted) for event in events) == 3
    for _ in range(100):
        if any(isinstance(event.data, EvidenceAttached) for event in events):
            break
        await asyncio.sleep(0.05)
        events = await behind.events(entered["complaint"])
    assert any(isinstance(event.data, EvidenceAttached) for event in events)
    stored = await behind.log.load(f"complaint.{CITY}.*.{entered['complaint']}")
    for secret in (b"warga.contoh", b"tiktok.com", b"siti_contoh", str(number).encode()):
        assert all(secret not in entry.body for entry in stored)


async def test_only_the_console_takes_links_in(behind: Behind, intake: Process) -> None:
    async with httpx.AsyncClient(timeout=20) as http:
        console = Console(behind, intake.url, http)
        assert (await console.enters("bukan tautan")).status_code == 422
        assert (await console.enters("https://x.com/i/status/1", text="")).status_code == 422
        console.token = behind.stack.installation.secrets.cities[CITY].agencies["dlh"]
        assert (await console.enters("https://x.com/i/status/1")).status_code == 401


async def test_the_command_does_the_same(behind: Behind, intake: Process, tmp_path: Path) -> None:
    picture = tmp_path / "layar.jpg"
    picture.write_bytes(jpeg(200, 200))
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "services.intake.tools.link", f"https://x.com/w/status/{secrets.randbelow(10**15)}",
        "--city", CITY, "--by", "prokopim", "--text", "Jalan berlubang", "--picture", str(picture), "--url", intake.url,
        env=os.environ | behind.stack.installation.environment("intake"), cwd=ROOT, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    said, _ = await process.communicate()
    assert process.returncode == 0
    assert json.loads(said)["ticket"].startswith("BKL-")


@asynccontextmanager
async def logged_in(behind: Behind, url: str, seat: str = "prokopim") -> AsyncIterator[httpx.AsyncClient]:
    """With a session as the console's login makes it."""
    cookie, _ = await login(behind, seat)
    async with httpx.AsyncClient(base_url=url, timeout=20, cookies={SESSION_COOKIE: cookie}) as client:
        yield client


async def test_the_page_takes_a_post_and_says_when_it_was_there(behind: Behind, intake: Process) -> None:
    link = f"https://www.facebook.com/groups/warga/posts/{secrets.randbelow(10**15) + 10**15}"
    async with httpx.AsyncClient(base_url=intake.url, timeout=20, follow_redirects=False) as anyone:
        assert (await anyone.get("/meja/tautan")).status_code == 303
    async with logged_in(behind, intake.url) as client:
        shown = await client.get("/meja/tautan")
        assert shown.status_code == 200, (shown.text, intake.log.read_text()[-3000:])
        page = shown.text
        token = re.search(r'name="csrf" value="([^"]+)"', page)
        assert token is not None
        form = {"csrf": token[1], "link": link, "text": "Lampu mati di Padang Harapan", "handle": "@warga"}
        first = await client.post("/meja/tautan", data=form)
        assert first.status_code == 200, first.text
        ticket = re.search(r"BKL-\w{8}-\w", first.text)
        assert ticket is not None
        again = (await client.post("/meja/tautan", data=form | {"link": f"{link}/?x=1"})).text
        assert ticket[0] in again
        assert "sudah pernah dicatat" in again
        wrong = await client.post("/meja/tautan", data=form | {"link": "bukan", "text": " "})
        assert wrong.status_code == 422
        assert "Ini bukan tautan" in wrong.text
    async with logged_in(behind, intake.url, "dlh") as office:
        assert (await office.get("/meja/tautan")).status_code == 403
