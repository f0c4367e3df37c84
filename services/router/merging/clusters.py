"""The surges that go on: opened at once in memory, written down as facts of the city, tended until they are over."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from services.complaint import commands as c
from services.complaint.state import Closed, Merged, Resolved, Unopened
from services.contracts import ids, subjects
from services.contracts.city import City
from services.contracts.commands import Refusal
from services.contracts.facts import ClusterClosed, ClusterOpened
from services.router.dossier import Deciding
from services.router.merging.facts import CLUSTER, Close, Clustered, ClusterFact, Grow, Open, step
from services.router.merging.mains import ACTOR
from services.router.merging.surge import Area, Cluster, Surge
from services.router.merging.window import Entry
from services.runtime import logs
from services.runtime.deciding import Decider
from services.runtime.failures import is_infrastructure
from services.runtime.log import Log
from services.runtime.vault import Vault

FactDeciding = Decider[Clustered, Open | Grow | Close, ClusterFact]

AT_ONCE = 32

_log = logs.get(__name__)


@dataclass(slots=True)
class _Going:
    city: str
    cluster: Cluster
    last: datetime
    """When the last one came to it; after a start, when it was read."""
    count: int
    seen: int = 0
    """Reporters at the last look."""
    fact: bool = False
    """It stands among the city's facts."""
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    absorbing: tuple[str, ...] = ()
    """Complaints that came before it was a cluster."""
    policy: int = 0


class Clusters:
    def __init__(
        self,
        *,
        cities: Mapping[str, City],
        log: Log,
        facts: FactDeciding,
        deciding: Deciding,
        vault: Vault,
        clock: Callable[[], datetime],
    ) -> None:
        self._cities = cities
        self._log = log
        self._facts = facts
        self._deciding = deciding
        self._vault = vault
        self._clock = clock
        self._going: dict[str, _Going] = {}
        self._facts_of: dict[str, Clustered] = {}
        self._read: dict[str, int] = {}
        self._dissolved: dict[str, tuple[str, str]] = {}
        """Cluster → city and main complaint, until every complaint in it stands alone again."""
        self._new = asyncio.Event()

    async def look(self) -> None:
        """What went on since the last look, from the cities' facts: this may be the router that waits."""
        for city in self._cities:
            async for entries in self._log.pages(f"city.{city}.cluster.*", after=self._read.get(city, 0)):
                for entry in entries:
                    event = CLUSTER.decode(entry.type, entry.schema, entry.body)
                    state = CLUSTER.evolve(self._facts_of.get(event.complaint, CLUSTER.initial), event)
                    self._facts_of[event.complaint] = state
                    self._take(city, event.complaint, state)
                self._read[city] = entries[-1].sequence

    def _take(self, city: str, id_: str, state: Clustered) -> None:
        if state.opened is None:
            return
        if state.closed is None:
            going = _Going(city, _cluster(id_, state.opened), self._clock(), state.count, fact=True)
            self._going.setdefault(id_, going)
            return
        self._going.pop(id_, None)
        del self._facts_of[id_]
        if state.closed.why == "dissolved":
            self._dissolved[id_] = city, state.opened.main

    def taking(self, city: str, entry: Entry) -> Cluster | None:
        """The surge that this complaint is part of."""
        for going in self._going.values():
            if going.city == city and going.cluster.takes(entry):
                going.last = self._clock()
                return going.cluster
        return None

    def open(self, city: City, key: bytes, surge: Surge) -> Cluster:
        """From now on; the fact and the merging of those who came before follow. One main complaint has one cluster
        only, so what happens twice after a crash is the same cluster."""
        first = surge.entries[0]
        cluster = Cluster(
            ids.derive(key, "cluster", first.complaint), first.complaint, first.category, first.function, surge.area,
            surge.words,
        )  # fmt: skip
        if cluster.id not in self._going:
            earlier = tuple(one.complaint for one in surge.entries[1:])
            self._going[cluster.id] = _Going(
                city.id, cluster, self._clock(), len(surge.entries), absorbing=earlier, policy=city.policy.version
            )
            self._new.set()
        return cluster

    async def dissolve(self, city: str, main: str, id_: str, by: str, cause: str) -> int | None:
        """A person says that they are not one matter: each stands alone again. The fact's `n`; None: none goes on."""
        state, _ = await self._facts.load(city, id_)
        if state.opened is None or state.opened.main != main:
            return None
        self._going.pop(id_, None)
        fact = ClusterClosed(why="dissolved", count=state.count, by=by)
        done = await self._facts.execute(city, id_, Close(fact), cause=cause, actor=f"seat:{by}", at=self._clock())
        self._new.set()
        return None if isinstance(done, Refusal) else done.n

    async def run(self, stop: asyncio.Event, every: float = 2.0) -> None:
        """`every`: seconds between looks at what goes on."""
        while not stop.is_set():
            try:
                await self.tend()
                self._new.clear()
                await asyncio.wait_for(self._new.wait(), every)
            except TimeoutError:
                continue
            except Exception as error:
                if not is_infrastructure(error):
                    raise
                _log.warning("clusters_wait", error=error)
                await asyncio.sleep(1.0)

    async def tend(self) -> None:
        """Write down what is new, let grow, close what is over, take apart what was dissolved."""
        await self.look()
        for going in list(self._going.values()):
            await self.stands(going.cluster.id)
            if going.absorbing:
                await self._absorb(going)
            await self._grow_or_close(going)
        for id_, (city, main) in list(self._dissolved.items()):
            await self._take_apart(id_, city, main)
            del self._dissolved[id_]

    async def stands(self, id_: str | None) -> None:
        """Before anything is merged for its sake the cluster is a fact: a router that starts goes on with it."""
        going = None if id_ is None else self._going.get(id_)
        if going is not None and not going.fact:
            async with going.lock:
                if not going.fact:
                    await self._write(going)

    async def _write(self, going: _Going) -> None:
        cluster, key = going.cluster, await self._vault.id_key(going.city)
        opened = ClusterOpened(
            main=cluster.main,
            category=cluster.category,
            function=cluster.function,
            district_code=cluster.area.district,
            ward_code=cluster.area.ward,
            words=tuple(sorted(cluster.words)),
            count=going.count,
            policy=going.policy,
        )
        cause = ids.wake_key(key, cluster.id, "opened")
        await self._facts.execute(going.city, cluster.id, Open(opened), cause=cause, actor=ACTOR, at=self._clock())
        going.fact = True
        _log.info("cluster_opened", complaint=cluster.main, city=going.city, count=going.count)

    async def _absorb(self, going: _Going) -> None:
        """Those who wrote before it was a cluster."""
        cluster, key = going.cluster, await self._vault.id_key(going.city)
        await self._each(going.city, going.absorbing, lambda one: c.Merge(
            cause=ids.wake_key(key, cluster.id, "absorb"), itself=one, into=cluster.main, by="machine",
            cluster=cluster.id,
        ))  # fmt: skip
        going.absorbing = ()

    async def _grow_or_close(self, going: _Going) -> None:
        cluster, now = going.cluster, self._clock()
        state = (await self._deciding.read(going.city, cluster.main)).state
        count = 1 if isinstance(state, Unopened) else 1 + len(state.file.shared.joined)
        if count != going.seen:
            going.seen, going.last = count, now
        key = await self._vault.id_key(going.city)
        passed = step(count, going.count)
        if passed is not None:
            cause = ids.wake_key(key, cluster.id, f"grown.{passed}")
            await self._facts.execute(going.city, cluster.id, Grow(passed), cause=cause, actor=ACTOR, at=now)
            going.count = passed
        quiet = timedelta(minutes=self._cities[going.city].policy.surge_quiet_minutes)
        over = isinstance(state, Resolved | Closed | Merged | Unopened)
        if over or now - going.last >= quiet:
            fact = ClusterClosed(why="resolved" if over else "quiet", count=count)
            cause = ids.wake_key(key, cluster.id, "closed")
            await self._facts.execute(going.city, cluster.id, Close(fact), cause=cause, actor=ACTOR, at=now)
            self._going.pop(cluster.id, None)

    async def _take_apart(self, id_: str, city: str, main: str) -> None:
        state = (await self._deciding.read(city, main)).state
        joined = () if isinstance(state, Unopened) else tuple(sorted(state.file.shared.joined))
        cause = ids.wake_key(await self._vault.id_key(city), id_, "dissolved")
        inside = []
        for start in range(0, len(joined), AT_ONCE):
            part = joined[start : start + AT_ONCE]
            read = await asyncio.gather(*(self._deciding.read(city, one) for one in part))
            inside += [
                one
                for one, known in zip(part, read, strict=True)
                if isinstance(known.state, Merged) and known.state.cluster == id_
            ]
        await self._each(city, inside, lambda _: c.Unmerge(cause=cause, by="machine", why="dissolved"))

    async def _each(self, city: str, complaints: Sequence[str], make: Callable[[str], c.Command]) -> None:
        now = self._clock()

        async def one(complaint: str) -> None:
            command = make(complaint)
            await self._deciding.execute(city, complaint, command, cause=command.cause, actor=ACTOR, at=now)

        for start in range(0, len(complaints), AT_ONCE):
            await asyncio.gather(*(one(complaint) for complaint in complaints[start : start + AT_ONCE]))


def _cluster(id_: str, opened: ClusterOpened) -> Cluster:
    area = Area(opened.district_code, opened.ward_code)
    return Cluster(id_, opened.main, opened.category, opened.function, area, frozenset(opened.words))


CLUSTER_KIND = "cluster"


def subject(city: str, cluster: str) -> str:
    return subjects.city_fact(city, CLUSTER_KIND, cluster)
