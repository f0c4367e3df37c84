"""The service's parts put together: doors, queue, memory, files. Everything it needs is handed in."""

from collections.abc import Mapping
from secrets import randbits

import httpx

from services.contracts import subjects
from services.contracts.secrets import Secrets
from services.intake import media
from services.intake.acts import Acts, decider
from services.intake.channels.whatsapp.graph import FileGoneError, FileTooLargeError, Graph
from services.intake.chats import Chats
from services.intake.door import WhatsAppDoor, doorways
from services.intake.drain import CONSUMER, Drain, line
from services.intake.evidence import EvidenceWorker, Gone
from services.intake.memory import ChatMemory
from services.intake.uploads import MediaDoor, uploaders
from services.runtime.publishing import Publisher
from services.runtime.service import Needs, Service, SettingMissing

NEEDS = Needs(
    streams=(subjects.INTAKE, subjects.COMPLAINTS, subjects.ASK),
    consumers=((subjects.INTAKE, CONSUMER), (subjects.COMPLAINTS, CONSUMER)),
    vault_tables=("intake.inbox", "intake.conversation", "vault.city_key"),
)


class WhatsAppFiles:
    """`evidence.Fetcher` over the provider's client."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph

    async def fetch(self, city: str, handle: str) -> bytes:
        try:
            return await self._graph.download(city, handle)
        except FileGoneError:
            raise Gone("expired") from None
        except FileTooLargeError:
            raise Gone("too_large") from None


def assemble(service: Service, secrets: Secrets, whatsapp_api: str) -> None:
    """Add everything that intake does to `service`."""
    pool = service.vault_pool
    if pool is None:
        raise SettingMissing("TUNTAS_VAULT_URL")
    vault, blobs, uploads = service.vault, service.blobs, service.master.derived("upload")
    publisher = Publisher(service.connection)
    decide = decider(service.log(subjects.COMPLAINTS), vault, service.clock)
    client = httpx.AsyncClient(timeout=httpx.Timeout(30.0, connect=5.0))
    service.at_end(client.aclose)
    tokens: Mapping[str, str] = {city: one.whatsapp.access_token for city, one in secrets.cities.items()}
    files = WhatsAppFiles(Graph(whatsapp_api, tokens, media.MAX_BYTES, client))
    worker = EvidenceWorker(
        pool=pool, vault=vault, blobs=blobs, uploads=uploads, decider=decide, fetchers={"whatsapp": files}
    )
    chats = Chats(pool, vault, randbits)
    drain = Drain(
        connection=service.connection,
        pool=pool,
        vault=vault,
        chats=chats,
        acts=Acts(decide, publisher, vault, blobs, chats),
        parking=service.parking,
        cities=service.cities,
        files_wait=worker.wake,
    )
    service.follow(subjects.INTAKE, CONSUMER, batch_handler=drain.batch, key=line, apart=True)
    service.follow(subjects.COMPLAINTS, CONSUMER, batch_handler=ChatMemory(pool, chats).batch)
    service.task("files", worker.run)
    whatsapp = {city: one.whatsapp for city, one in secrets.cities.items()}
    service.routes(
        *WhatsAppDoor(doorways(service.cities, whatsapp), Publisher(service.connection, shared=True)).routes(),
        *MediaDoor(uploaders(secrets.cities), blobs, vault, pool, uploads).routes(),
    )
