"""The service's parts put together: doors, queue, memory, files. Everything it needs is handed in."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from secrets import randbits

import httpx

from services.contracts import subjects
from services.contracts.city import City
from services.contracts.live_facts import Sessions
from services.contracts.secrets import CitySecrets, Secrets
from services.intake import media
from services.intake.acts import Acts, decider
from services.intake.channels.facebook import translate as facebook
from services.intake.channels.instagram import translate as instagram
from services.intake.channels.telegram.files import TelegramFiles
from services.intake.channels.telegram.webhook import TelegramWebhook
from services.intake.channels.whatsapp import translate as whatsapp
from services.intake.channels.whatsapp.graph import Graph
from services.intake.chats import Chats
from services.intake.door import WebhookDoor
from services.intake.downloads import PictureWindow
from services.intake.drain import CONSUMER, Drain, line
from services.intake.entries import EntryDoor
from services.intake.evidence import EvidenceWorker, Gone
from services.intake.fetching import FileGoneError, Files, FileTooLargeError
from services.intake.memory import ChatMemory
from services.intake.meta.files import MetaFiles
from services.intake.meta.webhook import MetaWebhook
from services.intake.uploads import MediaDoor, uploaders
from services.intake.webhook import Webhook
from services.runtime.fact_watch import FactWatch
from services.runtime.publishing import Publisher
from services.runtime.service import Needs, Service, SettingMissing

NEEDS = Needs(
    streams=(subjects.INTAKE, subjects.COMPLAINTS, subjects.ASK, subjects.CITY),
    consumers=((subjects.INTAKE, CONSUMER), (subjects.COMPLAINTS, CONSUMER)),
    vault_tables=("intake.inbox", "intake.conversation", "vault.city_key"),
)


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


def webhooks(cities: Mapping[str, City], secrets: Mapping[str, CitySecrets]) -> dict[tuple[str, str], Webhook]:
    """Every channel of every city that its provider calls, by city and channel."""
    found: dict[tuple[str, str], Webhook] = {}
    for city in cities.values():
        known = secrets.get(city.id, CitySecrets())
        numbers = {d.phone_number_id: d.id for d in city.doors if d.channel == "whatsapp" and d.phone_number_id}
        found[city.id, "whatsapp"] = MetaWebhook(
            known.whatsapp.app_secret, known.whatsapp.verify_token, partial(whatsapp.translate, doors=numbers)
        )
        for channel, module in (("facebook", facebook), ("instagram", instagram)):
            ours = [d for d in city.doors if d.channel == channel and not d.external]
            if ours:
                accounts = {d.account_id: d.id for d in ours if d.account_id}
                read = partial(module.translate, doors=accounts)
                found[city.id, channel] = MetaWebhook(known.page.app_secret, known.page.verify_token, read)
        bots = [d.id for d in city.doors if d.channel == "telegram" and not d.external]
        if bots:
            found[city.id, "telegram"] = TelegramWebhook(known.telegram.webhook_secret, bots[0])
    return found


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
    graph = {city: one.whatsapp.access_token for city, one in secrets.cities.items()}
    bots = {city: one.telegram.bot_token for city, one in secrets.cities.items()}
    fetchers = {
        "whatsapp": Fetched(Graph(providers.whatsapp, graph, media.MAX_BYTES, client)),
        "facebook": Fetched(MetaFiles(providers.whatsapp, media.MAX_BYTES, client)),
        "instagram": Fetched(MetaFiles(providers.whatsapp, media.MAX_BYTES, client)),
        "telegram": Fetched(TelegramFiles(providers.telegram, bots, media.MAX_BYTES, client)),
    }
    worker = EvidenceWorker(pool=pool, vault=vault, blobs=blobs, uploads=uploads, decider=decide, fetchers=fetchers)
    chats = Chats(pool, vault, randbits)
    sessions = Sessions()
    watch = FactWatch(service.log(subjects.CITY), "city.*.live.*", lambda entry: sessions.take(entry.type, entry.body))
    drain = Drain(
        connection=service.connection,
        pool=pool,
        vault=vault,
        chats=chats,
        acts=Acts(decide, publisher, vault, blobs, chats),
        parking=service.parking,
        cities=service.cities,
        sessions=sessions,
        files_wait=worker.wake,
    )
    service.follow(subjects.INTAKE, CONSUMER, batch_handler=drain.batch, key=line, apart=True)
    service.follow(subjects.COMPLAINTS, CONSUMER, batch_handler=ChatMemory(pool, chats).batch)
    service.task("files", worker.run)
    service.task("sessions", watch.run)
    known = uploaders(secrets.cities)
    service.routes(
        *WebhookDoor(webhooks(service.cities, secrets.cities), Publisher(service.connection, shared=True)).routes(),
        *EntryDoor(known, vault, publisher).routes(),
        *MediaDoor(known, blobs, vault, pool, uploads).routes(),
        *PictureWindow(known, decider=decide, blobs=blobs, vault=vault, pool=pool, key=uploads).routes(),
    )
