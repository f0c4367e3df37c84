"""Has stand in public what the complaint says is to stand there, and nothing else.

A batch of the log only says which complaints to look at. Looking compares the complaint as it is now with what was
posted: an approved proof of the present resolution is posted to each of its accounts; when the work was reopened, the
proof dropped or the matter made secret, every post is taken back. Each outcome is a fact of the complaint, so that a
replay posts nothing twice; what was begun is written down before, and after a lost answer looked for.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast

from services.complaint import events as e
from services.complaint.aggregate import COMPLAINT
from services.complaint.commands import Command, RecordPost, RecordWithdrawal
from services.complaint.state import Closed, Proof, Resolved, State, Unopened
from services.contracts.commands import Refusal
from services.contracts.envelope import Recorded
from services.contracts.ids import derive
from services.notifier.facts import ACTOR, Decides
from services.notifier.posting import LostError, NotNowError, NotPosted, Post, Posted, Wall
from services.notifier.telling import Loader, Opens
from services.runtime import logs
from services.runtime.blobs import Blobs
from services.runtime.delivery import Delivery
from services.runtime.failures import is_infrastructure
from services.runtime.rounds import rounds
from services.runtime.sealing import DataKey, seal
from services.runtime.vault import Vault

if TYPE_CHECKING:
    import asyncpg

    Pool = asyncpg.Pool[asyncpg.Record]

LOOK_AT = frozenset({
    "complaint.proof_approved", "complaint.proof_dropped", "complaint.proof_linked", "complaint.reopened",
    "complaint.matter_reopened", "complaint.confidentiality_raised", "complaint.screened", "complaint.withdrawn",
})  # fmt: skip
"""Events after which something may have to be posted or taken back."""

WITHDRAWN = "[DITARIK] Pekerjaan ini ternyata belum selesai dan sedang ditangani lagi."
HANDLING = "handling"
LEASE = 120.0
PAUSES = (5, 30, 120, 600, 1800, 3600)
"""Seconds; the last for as long as it takes."""

_log = logs.get(__name__)

How = Literal["deleted", "marked", "by_hand", "unposted"]
Walls = Mapping[tuple[str, str], Wall]
"""By city and account."""


@dataclass(frozen=True, slots=True)
class _Case:
    city: str
    complaint: str
    events: Sequence[Recorded[e.Event]]


def stands(state: State, proof: Proof) -> bool:
    """Whether it may be seen: approved, of the resolution that holds, and of a matter that may be shown."""
    if isinstance(state, Unopened) or state.file.confidentiality == "secret" or proof.standing != "approved":
        return False
    if not isinstance(state, Resolved | Closed) or state.desk is None or (isinstance(state, Closed) and not state.end):
        return False
    return proof.round == state.desk.round


def _matters(delivery: Delivery) -> bool:
    """The machine screens what nobody has worked on yet: nothing of that can stand in public. It is most of the log."""
    if delivery.type not in LOOK_AT:
        return False
    if delivery.type != "complaint.screened":
        return True
    screened = COMPLAINT.decode(delivery.type, delivery.schema, delivery.body).data
    return not isinstance(screened, e.ComplaintScreened) or screened.by != "machine"


class Showing:
    def __init__(
        self,
        *,
        pool: "Pool",
        vault: Vault,
        loader: Loader,
        decider: Decides,
        opener: Opens,
        blobs: Blobs,
        uploads: DataKey,
        walls: Walls,
        barred: Callable[[str, str], str | None] = lambda _city, _account: None,
        shown_at: Callable[[str, str], str] | None = None,
    ) -> None:
        """`uploads`: the key that offices' files are sealed with. `barred`: city and account → why nothing may go
        through it now. `shown_at`: city and picture → where anybody can open what was cleared for everybody."""
        self._barred = barred
        self._shown_at = shown_at
        self._pool = pool
        self._vault = vault
        self._loader = loader
        self._decider = decider
        self._opener = opener
        self._blobs = blobs
        self._uploads = uploads
        self._walls = walls

    async def follow(self, deliveries: Sequence[Delivery]) -> None:
        """A batch of the log, after the planner's; may be repeated."""
        found = {one.subject.split(".")[3]: one.subject.split(".")[1] for one in deliveries if _matters(one)}
        if found:
            await self._pool.execute(
                "insert into delivery.showing (complaint, city) select * from unnest($1::text[], $2::text[]) "
                "on conflict (complaint) do update set next_at = now(), tries = 0",
                list(found),
                list(found.values()),
            )

    async def run(self, stop: asyncio.Event) -> None:
        await rounds(self._round, stop, 0.5, waits="showings_wait")

    async def _round(self) -> bool:
        rows = await self._pool.fetch(_CLAIM, LEASE)
        for row in rows:
            try:
                await self.look(row["city"], row["complaint"])
            except (NotNowError, LostError, OSError) as error:
                pause = PAUSES[min(row["tries"], len(PAUSES) - 1)]
                _log.warning("showing_waits", complaint=row["complaint"], error=error)
                await self._pool.execute(_LATER, row["complaint"], float(pause))
            except Exception as error:
                if is_infrastructure(error):
                    raise
                # One that can't be shown keeps no other from being shown, or from being taken away.
                _log.error("showing_fails", complaint=row["complaint"], error=error)
                await self._pool.execute(_LATER, row["complaint"], float(PAUSES[-1]))
            else:
                await self._pool.execute(
                    "delete from delivery.showing where complaint = $1 and next_at = $2",
                    row["complaint"],
                    row["next_at"],
                )
        return bool(rows)

    async def look(self, city: str, complaint: str) -> None:
        """Harmless to repeat. Raises NotNowError, LostError, infrastructure errors."""
        state, events = await self._loader.load(city, complaint)
        if isinstance(state, Unopened):
            return
        case = _Case(city, complaint, events)
        for number, proof in state.file.publications.items():
            if proof.link is not None:
                gone = not isinstance(state, Resolved | Closed) or proof.standing == "dropped"
                if gone and proof.standing != "withdrawn":
                    await self._withdrawn(city, complaint, number, None, "by_hand")
            elif stands(state, proof):
                for account in proof.accounts:
                    if account not in proof.posted and account not in proof.failed:
                        await self._post(case, number, account, proof)
            elif proof.standing in ("approved", "dropped"):
                await self._take_back(case, number, proof)

    async def _post(self, case: _Case, number: int, account: str, proof: Proof) -> None:
        city, complaint = case.city, case.complaint
        wall = self._wall(city, account)
        if wall is None:
            await self._not_posted(city, complaint, number, account, "no_account")
            return
        post = await self._words(city, number, proof, case.events)
        if post is None:
            await self._not_posted(city, complaint, number, account, "unreadable")
            return
        began = await self._pool.fetchval(
            "insert into delivery.post (complaint, number, account) values ($1, $2, $3) on conflict do nothing "
            "returning true", complaint, number, account,
        )  # fmt: skip
        # Begun before and no word of it: it may stand there already.
        outcome: Posted | NotPosted | None = None if began else await wall.find(post)
        if outcome is None:
            try:
                outcome = await wall.post(post)
            except NotNowError:
                await self._pool.execute(
                    "delete from delivery.post where complaint = $1 and number = $2 and account = $3",
                    complaint, number, account,
                )  # fmt: skip
                raise
        if isinstance(outcome, NotPosted):
            await self._not_posted(city, complaint, number, account, outcome.reason)
            return
        cause = await self._cause(city, complaint, "posted", number, account)
        key = (await self._vault.make_keys([(complaint, HANDLING)]))[complaint, HANDLING]
        sealed = seal(key, cause, "post", outcome.post)
        await self._record(
            city, complaint, RecordPost(cause=cause, number=number, account=account, post=sealed, link=outcome.link)
        )

    def _wall(self, city: str, account: str) -> Wall | None:
        """Raises NotNowError while nothing may go through the account."""
        if (why := self._barred(city, account)) is not None:
            raise NotNowError(why)
        return self._walls.get((city, account))

    async def _not_posted(self, city: str, complaint: str, number: int, account: str, reason: str) -> None:
        cause = await self._cause(city, complaint, "not_posted", number, account)
        _log.error("not_posted", complaint=complaint, account=account, reason=reason)
        await self._record(
            city, complaint, RecordPost(cause=cause, number=number, account=account, post=None, reason=reason)
        )

    async def _take_back(self, case: _Case, number: int, proof: Proof) -> None:
        city, complaint = case.city, case.complaint
        if not proof.posted:
            await self._withdrawn(city, complaint, number, None, "unposted")
            return
        for account in sorted(proof.posted.keys() - proof.withdrawn):
            wall, post = self._wall(city, account), await self._opened(number, account, case.events)
            how = "by_hand" if wall is None or post is None else await wall.withdraw(post, WITHDRAWN)
            await self._withdrawn(city, complaint, number, account, how)

    async def _withdrawn(self, city: str, complaint: str, number: int, account: str | None, how: str) -> None:
        cause = await self._cause(city, complaint, "withdrawn", number, account or "-")
        command = RecordWithdrawal(cause=cause, number=number, account=account, how=cast("How", how))
        await self._record(city, complaint, command)

    async def _words(self, city: str, number: int, proof: Proof, events: Sequence[Recorded[e.Event]]) -> Post | None:
        for event in events:
            if isinstance(event.data, e.ProofDrafted) and event.data.number == number:
                [text] = await self._opener.open_many([(event.data.text, event.causation, "text")])
                pictures = [await self._blobs.get(self._uploads, name) for name in proof.pictures]
                links = [] if self._shown_at is None else [self._shown_at(city, name) for name in proof.pictures]
                found = tuple(one for one in pictures if one is not None)
                return None if text is None else Post(text, found, tuple(links))
        return None

    async def _opened(self, number: int, account: str, events: Sequence[Recorded[e.Event]]) -> str | None:
        for event in events:
            data = event.data
            if isinstance(data, e.ProofPosted) and (data.number, data.account) == (number, account):
                return (await self._opener.open_many([(data.post, event.causation, "post")]))[0]
        return None

    async def _cause(self, city: str, complaint: str, what: str, number: int, account: str) -> str:
        return derive(await self._vault.id_key(city), "showing", complaint, what, str(number), account)

    async def _record(self, city: str, complaint: str, command: Command) -> None:
        outcome = await self._decider.execute(city, complaint, command, cause=command.cause, actor=ACTOR)
        if isinstance(outcome, Refusal):
            _log.error("showing_refused", complaint=complaint, code=outcome.code)


_CLAIM = """
with due as materialized (
    select complaint from delivery.showing where next_at <= now() order by next_at limit 10 for update skip locked
)
update delivery.showing s set tries = tries + 1, next_at = now() + make_interval(secs => $1)
from due where s.complaint = due.complaint returning s.*
"""

_LATER = "update delivery.showing set next_at = now() + make_interval(secs => $2) where complaint = $1"
