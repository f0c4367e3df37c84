"""What the pages need of the outside, handed to each of them."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import asyncpg

from services.contracts import tickets
from services.contracts.city import City
from services.reporting import sight, views
from services.reporting.acting import Acting
from services.reporting.facts.accounts import CityAccounts
from services.reporting.facts.interruptions import Interruptions
from services.reporting.facts.rules import RulesInForce
from services.reporting.facts.sessions import Entries, OnAir
from services.reporting.facts.surges import Surges
from services.reporting.facts.vacancies import Vacancies
from services.reporting.numbers import Numbers
from services.reporting.pictures.serving import Pictures, Shown
from services.reporting.read_models.cases import queries as cases
from services.reporting.read_models.cases.card import Card
from services.reporting.reading import Step
from services.reporting.revealing import Reveals
from services.reporting.sentences import Teller
from services.reporting.uploading import Uploads
from services.reporting.views import CaseView, teller
from services.reporting.webhooks import Webhooks
from services.runtime.opener import Opener
from services.web.frame import Clock
from services.web.guessing import Guesses
from services.web.i18n import later
from services.web.pages import Problem, Visit


@dataclass(frozen=True)
class Desk:
    """`pool`: read models; `public`: the same through the role that sees progress only, without any vault."""

    pool: asyncpg.Pool
    public: asyncpg.Pool
    opener: Opener
    acting: Acting
    cities: Mapping[str, City]
    clock: Clock
    interruptions: Interruptions
    rules: RulesInForce
    pictures: Pictures
    shown: Shown
    uploads: Uploads
    entries: Entries
    reveals: Reveals
    numbers: Numbers
    surges: Surges = field(default_factory=Surges)
    vacancies: Vacancies = field(default_factory=Vacancies)
    on_air: OnAir = field(default_factory=OnAir)
    accounts: CityAccounts = field(default_factory=CityAccounts)
    webhooks: Webhooks | None = None
    guesses: Guesses = field(default_factory=Guesses)

    def teller(self, visit: Visit, now: datetime) -> Teller:
        return teller(visit, visit.who, now)

    async def case(self, visit: Visit, card: Card, steps: Sequence[Step]) -> CaseView:
        """One complaint as this seat may see it."""
        now = self.clock()
        proofs = [media for media, picture in card.closing.pictures.items() if picture.of == "office"]
        return await views.case(
            card, steps, staff=visit.who, tell=self.teller(visit, now), opener=self.opener, now=now,
            types=await self.pictures.types(proofs),
        )  # fmt: skip

    async def heard(self, session: str | None, n: int = 1) -> None:
        """Wait a moment until this process knows what was just said of a session."""
        await self.until_known(lambda: self.on_air.knows(session, n))

    @staticmethod
    async def until_known(known: Callable[[], bool], seconds: float = 2.0) -> None:
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while loop.time() < end and not known():
            await asyncio.sleep(0.05)

    async def card(self, visit: Visit) -> Card:
        """The complaint whose ticket stands in the address. Raises Problem 404 also for what this seat may not see."""
        ticket = tickets.read(visit.request.path_params["ticket"])
        card = await cases.by_ticket(self.pool, ticket) if ticket else None
        if card is None or not sight.may_see(visit.who, card):
            raise Problem(404, later("Laporan dengan kode ini tidak ada, atau bukan untuk jabatan Anda."))
        return card
