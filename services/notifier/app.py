"""Puts the notifier's parts together over what `main` hands in. No settings, no global state."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from nats.aio.client import Client

from services.complaint import events as e
from services.complaint.aggregate import COMPLAINT
from services.complaint.commands import Command
from services.complaint.state import State
from services.contracts import subjects
from services.contracts.city import City
from services.contracts.facts.templates import Refuses, nothing_refused
from services.contracts.ids import public_name
from services.contracts.intake import Ask as Question
from services.contracts.intake import StoredReceipt
from services.contracts.outbound import OutboundNotice
from services.notifier.climbing import Barred, Climber, nothing_barred
from services.notifier.deliver import Deliverer
from services.notifier.delivery.arrivals import Arrivals
from services.notifier.delivery.early import Early
from services.notifier.delivery.handed import Handed
from services.notifier.delivery.means import Means
from services.notifier.delivery.store import Store
from services.notifier.delivery.stuck import Stuck
from services.notifier.door import Door
from services.notifier.facts import Facts
from services.notifier.farewells import Farewells
from services.notifier.handed import LookingAfter, Queues
from services.notifier.handing import Handing
from services.notifier.mornings import Ask, Mornings, asking
from services.notifier.officers.planning import OfficerPlanner
from services.notifier.officers.telling import OfficerTeller
from services.notifier.outbox import Outbox
from services.notifier.patience import Patience
from services.notifier.planning import Planner
from services.notifier.receipts import Receipts
from services.notifier.settling import Settler
from services.notifier.showing import Showing, Walls
from services.notifier.sweeping import Sweeper
from services.notifier.telling import Teller
from services.notifier.timetable import Timetable
from services.notifier.webhooks.facts import WebhookFacts
from services.runtime.blobs import Blobs
from services.runtime.deciding import Decider
from services.runtime.delivery import Delivery
from services.runtime.health import Check
from services.runtime.log import Log
from services.runtime.opener import Opener
from services.runtime.sealing import DataKey
from services.runtime.vault import Vault

if TYPE_CHECKING:
    import asyncpg

    Pool = asyncpg.Pool[asyncpg.Record]


@dataclass(frozen=True)
class Public:
    """What showing work in public needs. `uploads`: the key that offices' files are sealed with; `copies`: that of
    pictures that everybody may see."""

    walls: Walls
    blobs: Blobs
    uploads: DataKey
    copies: DataKey


@dataclass(frozen=True)
class App:
    planner: Planner
    deliverer: Deliverer
    receipts: Receipts
    sweeper: Sweeper
    mornings: Mornings
    showing: Showing | None = None

    async def followed(self, deliveries: Sequence[Delivery]) -> None:
        """A batch of the log: who is told of it, and what is shown of it in public."""
        await self.planner.follow(deliveries)
        if self.showing is not None:
            await self.showing.follow(deliveries)

    async def asked(self, deliveries: Sequence[Delivery]) -> None:
        """Messages of the ASK stream: what people want to know, and providers' receipts. All, or again."""
        asks = [Question.model_validate_json(one.body) for one in deliveries if not _is_receipt(one)]
        await self.receipts.take([StoredReceipt.model_validate_json(o.body) for o in deliveries if _is_receipt(o)])
        await asyncio.gather(*(self.planner.answer(ask) for ask in asks))

    async def outbound(self, delivery: Delivery) -> None:
        """A message of OUTBOUND for a built-in channel."""
        await self.deliverer.turn(OutboundNotice.model_validate_json(delivery.body).notice)


def _is_receipt(delivery: Delivery) -> bool:
    return delivery.subject.startswith("receipt.")


def _account_barred(cities: Mapping[str, City], barred: Barred, city: str, account: str) -> str | None:
    """As its door is: an account that somebody else may hold says nothing for the city."""
    door = next((one.door for one in cities[city].accounts if one.id == account), None)
    return None if door is None else barred(city, door)


def _shown_at(base: str, copies: DataKey, city: str, media: str) -> str:
    return f"{base}/gambar/{public_name(copies.secret, city, media)}"


def _pair_at(base: str, copies: DataKey, city: str, before: str, after: str) -> str:
    return f"{base}/gambar/{'-'.join(public_name(copies.secret, city, media) for media in (before, after))}"


def doors_check(doors: Mapping[tuple[str, str], Door]) -> Check:
    """Which numbers wait because the provider said so, or because it can't be reached; nobody's message is lost."""
    paused = {f"{city}/{door}": round(d.paused) for (city, door), d in doors.items() if d.paused > 0}
    return Check(True, {"doors": len(doors), "paused_seconds": paused})


def assemble(
    *,
    connection: Client,
    vault_pool: "Pool",
    vault: Vault,
    opener: Opener,
    cities: Mapping[str, City],
    doors: Mapping[tuple[str, str], Door],
    public_url: str,
    clock: Callable[[], datetime],
    patience: Patience | None = None,
    sweep_every: float = 1.0,
    barred: Barred = nothing_barred,
    public: Public | None = None,
    timetable: Timetable | None = None,
    ask: Ask | None = None,
    refused: Refuses = nothing_refused,
) -> App:
    """Every part over one connection and one pool of the vault's database."""
    patience = patience or Patience()
    timetable = timetable or Timetable(cities)
    store = Store(vault_pool)
    decider: Decider[State, Command, e.Event] = Decider(
        Log(connection, subjects.COMPLAINTS), COMPLAINT, subjects.complaint, vault, clock
    )
    facts = Facts(decider, vault, store)
    farewells = Farewells(vault)
    pair_at = None if public is None else partial(_pair_at, public_url.rstrip("/"), public.copies)
    teller = Teller(decider, opener, dict(cities), public_url, clock, pair_at=pair_at)
    settler = Settler(store=store, vault=vault, facts=facts, farewells=farewells, patience=patience)
    receipts = Receipts(
        store=store, arrivals=Arrivals(vault_pool), early=Early(vault_pool), settler=settler, facts=facts, doors=doors
    )
    outbox = Outbox(connection)
    handed = Handed(vault_pool)
    deliverer = Deliverer(
        store=store,
        vault=vault,
        teller=teller,
        officers=OfficerTeller(decider, opener, cities, public_url, clock),
        settler=settler,
        farewells=farewells,
        climber=Climber(Means(vault_pool), vault, cities, doors, clock, barred, refused),
        handing=Handing(handed=handed, outbox=outbox, clock=clock, patience=patience),
        doors=doors,
        clock=clock,
        patience=patience,
    )
    off = WebhookFacts(Log(connection, subjects.CITY), vault, clock)
    officers = OfficerPlanner(vault_pool, vault, decider, timetable, clock, webhook_facts=off)
    planner = Planner(
        store=store,
        keys=vault,
        farewells=farewells,
        outbox=outbox,
        hand_over=deliverer.deliver,
        cities=cities,
        found_after=patience.queue,
        officers=officers,
        loader=decider,
        timetable=timetable,
        clock=clock,
    )
    return App(
        planner=planner,
        mornings=Mornings(
            cities=cities,
            timetable=timetable,
            officers=officers,
            keys=vault,
            ask=ask or asking(connection),
            send=planner.send,
            clock=clock,
        ),
        deliverer=deliverer,
        receipts=receipts,
        sweeper=Sweeper(
            stuck=Stuck(vault_pool),
            settler=settler,
            receipts=receipts,
            facts=facts,
            outbox=outbox,
            deliver=deliverer.deliver,
            looking_after=LookingAfter(
                handed=handed,
                queues=Queues(connection),
                store=store,
                settler=settler,
                facts=facts,
                patience=patience,
            ),
            connection=connection,
            cities=cities,
            patience=patience,
            every=sweep_every,
        ),
        showing=None
        if public is None
        else Showing(
            pool=vault_pool,
            vault=vault,
            loader=decider,
            decider=decider,
            opener=opener,
            blobs=public.blobs,
            uploads=public.uploads,
            walls=public.walls,
            barred=partial(_account_barred, cities, barred),
            shown_at=partial(_shown_at, public_url.rstrip("/"), public.copies),
        ),
    )
