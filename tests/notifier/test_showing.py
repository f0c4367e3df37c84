"""Proof of work on the city's page, against the stand-in: posted once, and gone when it does not hold any more."""

import json
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
import pytest_asyncio

from services.complaint import commands as c
from services.complaint import events as e
from services.contracts.ids import message_key
from services.notifier.posting import LostError
from services.notifier.senders.page.wall import PageWall
from services.notifier.showing import Showing, _matters
from services.runtime import postgres
from services.runtime.blobs import Blobs
from services.runtime.delivery import Delivery
from services.runtime.opener import Opener
from services.runtime.sealing import MasterKey, seal
from tests.notifier.conftest import CITY, DOOR, World

PAGE, TOKEN = "200000000000009", "page-token"
TEXT = "Selesai: Sampah tidak diangkut di Kelurahan Padang Harapan."


@dataclass
class Street:
    """A page of the city, and work that may be shown on it."""

    world: World
    client: httpx.AsyncClient
    showing: Showing
    blobs: Blobs

    async def posts(self) -> list[dict[str, Any]]:
        answer = await self.client.get(f"{self.world.standin}/control/pages")
        return list(answer.json()["posts"])

    async def behaves(self, **wanted: Any) -> None:
        await self.client.patch(f"{self.world.standin}/control/pages", json=wanted)

    def cause(self) -> str:
        return message_key(self.world.id_key, CITY, "test", secrets.token_hex(8))

    async def approved(self) -> str:
        """Resolved with a picture that was cleared, its proof drafted and approved."""
        world = self.world
        complaint, _ = await world.opens()
        await world.assigns(complaint)
        uploads = MasterKey.load(world.stack.installation.keeper.master_key_file).derived("upload")
        picture = (await self.blobs.put(uploads, world.id_key, secrets.token_bytes(64))).name
        key = (await world.vault.keys([(complaint, "handling")]))[complaint, "handling"]
        by = self.cause()
        await world.does(complaint, c.Resolve(
            cause=by, seat="dlh", closure="fixed", text=seal(key, by, "text", "Sudah."), evidence=(picture,),
            confirm_by=datetime.now(UTC) + timedelta(days=14),
        ))  # fmt: skip
        clear = c.ClearEvidence(cause=self.cause(), seat="tim-saring", media=picture, audience="public")
        await world.does(complaint, clear)
        by = self.cause()
        draft = c.DraftProof(cause=by, by="dlh", text=seal(key, by, "text", TEXT), pictures=(picture,))
        await world.does(complaint, draft)
        await world.does(complaint, c.ApproveProof(cause=self.cause(), by="prokopim", number=1, accounts=("page",)))
        return complaint

    async def reopened(self, complaint: str) -> None:
        key = (await self.world.vault.keys([(complaint, "reporter:1")]))[complaint, "reporter:1"]
        by = self.cause()
        said = e.Message(channel="whatsapp", door=DOOR, form="text", text=seal(key, by, "text", "BELUM"))
        await self.world.does(complaint, c.SayNotDone(cause=by, party="reporter:1", message=said))


@pytest_asyncio.fixture
async def street(world: World) -> AsyncIterator[Street]:
    installation = world.stack.installation
    pool = await postgres.pool(installation.vault_url("tuntas_notifier"))
    async with httpx.AsyncClient(trust_env=False, timeout=10) as client:
        await client.put(f"{world.standin}/control/pages", json=[{"page": PAGE, "token": TOKEN}])
        blobs = Blobs((installation.home / "blobs").as_uri())
        master = MasterKey.load(installation.keeper.master_key_file)
        wall = PageWall(client, f"{world.standin}/v23.0", PAGE, TOKEN)
        showing = Showing(
            pool=pool, vault=world.vault, loader=world.decider, decider=world.decider, opener=Opener(world.vault),
            blobs=blobs, uploads=master.derived("upload"), walls={(CITY, "page"): wall},
        )  # fmt: skip
        yield Street(world, client, showing, blobs)
    await pool.close()


async def _shown(street: Street) -> str:
    complaint = await street.approved()
    await street.showing.look(CITY, complaint)
    return complaint


async def test_an_approved_proof_stands_once_with_its_picture_and_the_log_knows_where(street: Street) -> None:
    complaint = await _shown(street)
    await street.showing.look(CITY, complaint)
    [post] = await street.posts()
    assert (post["message"], post["pictures"], post["gone"]) == (TEXT, 1, False)
    [posted] = await street.world.events(complaint, e.ProofPosted)
    assert posted.link == f"https://www.facebook.com/{post['id']}"
    assert post["id"] not in posted.post


async def _secret(street: Street, complaint: str) -> None:
    level = c.RaiseConfidentiality(cause=street.cause(), level="secret", by="seat:walikota")
    await street.world.does(complaint, level)


async def _dropped(street: Street, complaint: str) -> None:
    await street.world.does(complaint, c.DropProof(cause=street.cause(), by="prokopim", number=1))


@pytest.mark.parametrize("why", [Street.reopened, _secret, _dropped])
async def test_what_does_not_hold_is_deleted_and_that_is_a_fact(
    street: Street, why: Callable[[Street, str], Awaitable[None]]
) -> None:
    complaint = await _shown(street)
    await why(street, complaint)
    for _ in range(2):
        await street.showing.look(CITY, complaint)
    assert [post["gone"] for post in await street.posts()] == [True]
    [gone] = await street.world.events(complaint, e.ProofWithdrawn)
    assert (gone.account, gone.how) == ("page", "deleted")


async def test_a_post_that_can_not_be_deleted_says_that_it_does_not_hold(street: Street) -> None:
    complaint = await _shown(street)
    await street.behaves(undeletable=True)
    await street.reopened(complaint)
    await street.showing.look(CITY, complaint)
    [post] = await street.posts()
    assert post["message"].startswith("[DITARIK]")
    [gone] = await street.world.events(complaint, e.ProofWithdrawn)
    assert gone.how == "marked"


async def test_after_a_lost_answer_it_is_looked_for_and_not_posted_twice(street: Street) -> None:
    complaint = await street.approved()
    await street.behaves(lose_answers=1)
    with pytest.raises(LostError):
        await street.showing.look(CITY, complaint)
    await street.showing.look(CITY, complaint)
    assert len(await street.posts()) == 1
    assert len(await street.world.events(complaint, e.ProofPosted)) == 1


async def test_reopened_before_it_was_posted_it_never_is(street: Street) -> None:
    complaint = await street.approved()
    await street.reopened(complaint)
    await street.showing.look(CITY, complaint)
    assert await street.posts() == []
    [gone] = await street.world.events(complaint, e.ProofWithdrawn)
    assert gone.how == "unposted"


@pytest.mark.parametrize(("by", "looked_at"), [("machine", False), ("person", True)])
def test_only_a_persons_screening_can_hide_what_stands_in_public(by: str, *, looked_at: bool) -> None:
    """The machine screens what nobody has worked on yet: looking at each of those would be most of the work."""
    matter = {
        "kind": "complaint", "category": "garbage", "function": "environment", "urgency": "normal",
        "confidentiality": "secret", "on_behalf": False,
    }  # fmt: skip
    event = {
        "id": "a" * 26, "complaint": "b" * 26, "n": 3, "type": "complaint.screened", "schema": 1, "city": CITY,
        "at": "2026-03-17T02:00:00Z", "actor": "service:router", "causation": "c" * 26,
        "data": {"matter": matter, "by": by, "summary": "Pengaduan."},
    }  # fmt: skip
    delivery = Delivery(
        "COMPLAINTS", f"complaint.{CITY}.1.{'b' * 26}", 7, "complaint.screened", {}, json.dumps(event).encode()
    )
    assert _matters(delivery) is looked_at
    assert _matters(replace(delivery, type="complaint.withdrawn"))
    assert not _matters(replace(delivery, type="complaint.assigned"))
