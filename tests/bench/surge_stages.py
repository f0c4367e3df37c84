"""Where a surge's time goes: how long each stage took to pass a message on, and what each process used of the cores.

All clocks are this machine's: the load's, the broker's, the database's and the stand-in's.
"""

from collections import Counter

import asyncpg
import nats

from services.cli.demo.stage import Stage
from services.cli.provision import accounts
from services.cli.provision.databases import VAULT
from services.cli.supervisor.run import Supervisor
from services.complaint.aggregate import COMPLAINT
from services.complaint.events import MergeJoined
from services.contracts import subjects
from services.contracts.facts import ClusterOpened
from services.router.merging.facts import CLUSTER
from services.runtime.log import Log
from tests.bench import log_times, machine
from tests.bench.load import percentiles
from tests.bench.surge_people import Crowd

_NOTICES = """
select n.id, n.owner, n.template, extract(epoch from n.created_at)::float8 as planned,
    (select extract(epoch from min(a.began_at))::float8 from delivery.attempt a where a.notice = n.id) as began
from delivery.notice n where n.city = $1
"""


class Used:
    """Processor seconds by part, from now on."""

    def __init__(self, stage: Stage) -> None:
        self._pids = {name: kept.pid for name, kept in supervisor(stage).parts.items() if kept.pid is not None}
        self._before = self._now()

    def _now(self) -> dict[str, float]:
        return {name: machine.cpu_seconds(machine.tree(pid)) for name, pid in self._pids.items()}

    def since(self) -> dict[str, float]:
        now = self._now()
        return {name: round(now[name] - before, 1) for name, before in self._before.items()}


async def stages(stage: Stage, city: str, crowd: Crowd) -> tuple[dict[str, list[float]], dict[str, int]]:
    """Stage → seconds [p50, p95, p99]; and how many notices of each template were planned.

    door       sent → answered 200                      opened    sent → the complaint stands in the log
    planned    in the log → the notice is written down  turn      written down → the attempt begins
    arrived    begun → at the provider
    """
    running = supervisor(stage).installation
    connection = await asyncpg.connect(running.server.database(VAULT))
    rows = {row["id"]: row for row in await connection.fetch(_NOTICES, city)}
    await connection.close()
    client = await nats.connect(
        running.nats_url(accounts.ADMIN), inbox_prefix=accounts.inbox_prefix(accounts.ADMIN).encode()
    )
    log = await log_times.stored(client, "COMPLAINTS", f"complaint.{city}.>", 0)
    await client.close()
    opened = {complaint: when for complaint, kind, when in log if kind == "complaint.received"}
    spans: dict[str, list[float]] = {name: [] for name in ("door", "opened", "planned", "turn", "arrived")}
    for person, (at, notice) in crowd.heard.items():
        row = rows.get(notice)
        if row is None or row["owner"] not in opened:
            continue
        stood = opened[row["owner"]]
        spans["door"].append(crowd.taken[person] - crowd.sent[person])
        spans["opened"].append(stood - crowd.sent[person])
        spans["planned"].append(row["planned"] - stood)
        spans["turn"].append(row["began"] - row["planned"])
        spans["arrived"].append(at - row["began"])
    found = {name: [round(value, 3) for value in percentiles(span)] for name, span in spans.items() if span}
    return found, dict(Counter(row["template"] for row in rows.values()))


async def clusters(stage: Stage, city: str) -> list[int]:
    """How many complaints each cluster of the city holds."""
    url = supervisor(stage).installation.nats_url(accounts.ADMIN)
    client = await nats.connect(url, inbox_prefix=accounts.inbox_prefix(accounts.ADMIN).encode())
    facts, complaints = Log(client, subjects.CITY), Log(client, subjects.COMPLAINTS)
    found: list[int] = []
    async for entries in facts.pages(f"city.{city}.cluster.*"):
        for entry in entries:
            fact = CLUSTER.decode(entry.type, entry.schema, entry.body).data
            if isinstance(fact, ClusterOpened):
                joined: set[str] = set()
                for one in await complaints.load(subjects.complaint(city, fact.main)):
                    event = COMPLAINT.decode(one.type, one.schema, one.body)
                    if isinstance(event.data, MergeJoined):
                        joined |= set(event.data.complaints)
                found.append(1 + len(joined))
    await client.close()
    return found


def supervisor(stage: Stage) -> Supervisor:
    assert stage._supervisor is not None
    return stage._supervisor
