"""The service's parts put together: doors, queue, memory, files. Everything it needs is handed in."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from secrets import randbits
from typing import TYPE_CHECKING

import httpx

from services.contracts import subjects
from services.contracts.facts.live import Sessions
from services.contracts.secrets import CitySecrets, Secrets
from services.intake import surface
from services.intake.budgets.release import Release
from services.intake.budgets.slowing import Slowing
from services.intake.channels.telegram.updates import Updates
from services.intake.doors import mail
from services.intake.doors.door import WebhookDoor
from services.intake.doors.entries import EntryDoor
from services.intake.doors.links import LinkDoor, Links
from services.intake.doors.open311 import Open311Door
from services.intake.doors.polling import Polling
from services.intake.doors.registry import Reach, files, page_tokens, webhooks
from services.intake.doors.uploads import MediaDoor, uploaders
from services.intake.evidence.attaching import EvidenceWorker, Fetcher, Gone
from services.intake.evidence.downloads import PictureWindow
from services.intake.evidence.fetching import FileGoneError, Files, FileTooLargeError
from services.intake.evidence.keeper import Keeper
from services.intake.inbox import template_facts
from services.intake.inbox.acts import Acts, ComplaintDecider, decider
from services.intake.inbox.chats import Chats
from services.intake.inbox.drain import CONSUMER, Drain, line
from services.intake.inbox.late import LateAnswers
from services.intake.inbox.memory import ChatMemory
from services.intake.inbox.splitting import Splits
from services.intake.inbox.standing import Standing
from services.intake.mentions.worker import Mentions
from services.intake.officers.asking import Asking
from services.intake.officers.worker import OfficerWorker
from services.intake.pages import app as pages
from services.intake.pages.borders import Borders
from services.intake.pages.pace import Pace
from services.intake.pages.parts import Parts
from services.intake.pages.standing import Standings
from services.intake.silence.heard import Heard
from services.intake.silence.watch import Watch
from services.runtime.fact_watch import FactWatch
from services.runtime.publishing import Publisher
from services.runtime.secret_watch import SecretWatch
from services.runtime.service import Needs, Service, SettingMissing
from services.web import openapi

if TYPE_CHECKING:
    from services.runtime.vault import Pool

NEEDS = Needs(
    streams=(subjects.INTAKE, subjects.COMPLAINTS, subjects.ASK, subjects.CITY),
    consumers=((subjects.INTAKE, CONSUMER), (subjects.COMPLAINTS, CONSUMER)),
    vault_tables=("intake.inbox", "intake.conversation", "vault.city_key"),
)


GATHER = 0.1
"""Seconds between two batches of the log: what chats must know of it may come together."""


@dataclass(frozen=True)
class Providers:
    """Base addresses of the providers' APIs."""

    whatsapp: str
    telegram: str


class Fetched:
    """`evidence.Fetcher` over a channel's files."""

    def __init__(self, files: Files) -> None:
        self._files = files

    async def fetch(self, city: str, handle: str) -> bytes:
        try:
            return await self._files.download(city, handle)
        except FileGoneError:
            raise Gone("expired") from None
        except FileTooLargeError:
            raise Gone("too_large") from None


def _officers(
    service: Service, secrets: Secrets, pool: "Pool", fetchers: Mapping[str, Fetcher], publisher: Publisher
) -> OfficerWorker:
    return OfficerWorker(
        pool=pool,
        vault=service.vault,
        keeper=Keeper(service.blobs, service.vault, pool, service.master.derived("upload")),
        asking=Asking(service.connection, secrets.chat_token_private, service.clock),
        publisher=publisher,
        fetchers=fetchers,
        cities=service.cities,
        clock=service.clock,
    )


def _parts(service: Service, decide: ComplaintDecider, keeper: Keeper, door: Publisher, links: Links) -> Parts:
    """What the pages stand on."""
    pool = service.vault_pool
    assert pool is not None
    return Parts(
        cities=service.cities,
        public_url=service.settings.public_url.rstrip("/"),
        publisher=door,
        keeper=keeper,
        standings=Standings(pool, service.vault),
        decider=decide,
        opener=service.opener,
        borders=Borders(service.log(subjects.CITY)),
        pace=Pace(),
        clock=service.clock,
        links=links,
    )


def _watched(service: Service, drain: Drain, heard: Heard, pool: "Pool") -> None:
    """What was slowed has its turn; a door that falls silent is noticed."""
    service.task("slowed", Release(drain).run)
    watch = Watch(heard, pool, service.cities, service.clock)
    service.task("silence", watch.run)
    service.health.add("doors", watch.check)


def _mentions(service: Service, reach: Reach, publisher: Publisher) -> Mentions:
    """Words that a provider's call only points at."""
    pool = service.vault_pool
    assert pool is not None
    asking = Mentions(
        pool=pool,
        key=service.master.derived("waiting"),
        publisher=publisher,
        client=reach.client,
        base=reach.graph,
        tokens=page_tokens(reach.secrets),
    )
    service.task("mentions", asking.run)
    return asking


def _bots(
    service: Service, secrets: Secrets, providers: Providers, client: httpx.AsyncClient, publisher: Publisher
) -> None:
    """Telegram's bots that no webhook is set for."""
    pool = service.vault_pool
    assert pool is not None
    for city in service.cities.values():
        held = secrets.cities.get(city.id, CitySecrets()).telegram
        bots = [one.id for one in city.doors if one.channel == "telegram" and not one.external]
        if bots and held.polls and held.bot_token:
            updates = Updates(providers.telegram, held.bot_token, client)
            polling = Polling(city.id, bots[0], updates, pool, publisher)
            service.task(f"telegram {city.id}", polling.run)
            service.health.add(f"telegram {city.id}", polling.check)


def assemble(service: Service, secrets: Secrets, providers: Providers) -> None:
    """Add everything that intake does to `service`."""
    pool = service.vault_pool
    if pool is None:
        raise SettingMissing("TUNTAS_VAULT_URL")
    vault, blobs, uploads = service.vault, service.blobs, service.master.derived("upload")
    publisher = Publisher(service.connection)
    decide = decider(service.log(subjects.COMPLAINTS), vault, service.clock)
    client = httpx.AsyncClient(timeout=httpx.Timeout(30.0, connect=5.0))
    service.at_end(client.aclose)
    reach = Reach(providers.whatsapp, providers.telegram, client, secrets.cities)
    fetchers: dict[str, Fetcher] = {channel: Fetched(one) for channel, one in files(reach).items()}
    fetchers[mail.CHANNEL] = mail.Refused()
    worker = EvidenceWorker(pool=pool, vault=vault, blobs=blobs, uploads=uploads, decider=decide, fetchers=fetchers)
    chats = Chats(pool, vault, randbits, service.master.derived("waiting"), service.settings.time_scale)
    sessions = Sessions()
    watch = FactWatch(service.log(subjects.CITY), "city.*.live.*", lambda entry: sessions.take(entry.type, entry.body))
    heard = Heard()
    asking = _mentions(service, reach, publisher)
    drain = Drain(
        connection=service.connection,
        pool=pool,
        vault=vault,
        chats=chats,
        acts=Acts(decide, publisher, vault, blobs, chats),
        parking=service.parking,
        cities=service.cities,
        slowing=Slowing(pool, service.master.derived("waiting"), vault, publisher),
        heard=heard,
        mentioned=asking.keep,
        sessions=sessions,
        look_at_sessions=watch.look,
        templates=template_facts.decider(service.log(subjects.CITY), vault, service.clock),
        files_wait=worker.wake,
    )
    service.follow(subjects.INTAKE, CONSUMER, batch_handler=drain.batch, key=line, apart=True)
    splits = Splits(
        pool=pool, vault=vault, blobs=blobs, decider=decide, standing=Standing(randbits), cities=service.cities
    )
    service.follow(subjects.COMPLAINTS, CONSUMER, batch_handler=ChatMemory(pool, chats, splits).batch, gather=GATHER)
    service.task("files", worker.run)
    service.task("sessions", watch.run)
    service.task("officers", _officers(service, secrets, pool, fetchers, publisher).run)
    service.task("waiting", LateAnswers(drain, service.clock).run)
    _watched(service, drain, heard, pool)
    known = uploaders(secrets.cities)
    media_door = MediaDoor(known, blobs, vault, pool, uploads)
    posts = mail.posts(service.cities, secrets.cities)
    letters = mail.Mail(posts, publisher, media_door.keeper, service.clock)
    for name, post in posts.items():
        if post.box.host:
            service.task(f"mailbox {name}", partial(letters.visit, name))
    _bots(service, secrets, providers, client, publisher)
    door = Publisher(service.connection, shared=True)
    parts = _parts(service, decide, media_door.keeper, door, Links(pool, vault, publisher, decide))
    called = webhooks(service.cities, secrets.cities)

    def renewed(read: Mapping[str, object]) -> None:
        """New secrets count from the next call on."""
        fresh = Secrets.model_validate(read).cities
        made = webhooks(service.cities, fresh)  # what can't be made of them leaves the doors as they are
        called.clear()
        called.update(made)
        asking.renew(page_tokens(fresh))
        known.renew(uploaders(fresh))
        for channel, one in files(reach._replace(secrets=fresh)).items():
            fetchers[channel] = Fetched(one)

    service.task("secrets", SecretWatch(service.settings.secrets_path, renewed).run)
    surface_of = [
        *WebhookDoor(called, door, drain.pressure).routes(),
        *EntryDoor(known, vault, publisher).routes(),
        *LinkDoor(known, Links(pool, vault, publisher, decide)).routes(),
        *media_door.routes(),
        *letters.routes(),
        *Open311Door(known, vault, pool, publisher, service.clock).routes(),
        *PictureWindow(known, decider=decide, blobs=blobs, vault=vault, pool=pool, key=uploads).routes(),
        pages.mounted(parts, pool),
    ]
    service.routes(openapi.endpoint(surface.TITLE, surface.TABLE, surface_of), *surface_of)
    service.problems(pages.problems(parts))
