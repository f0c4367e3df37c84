"""Says who holds a seat. The name is sealed with the seat's own key before anything is appended."""

from dataclasses import dataclass
from datetime import datetime

from services.contracts.facts.seats import SeatFact, SeatHeld, SeatVacated
from services.router.seats.facts import SeatDecider, seat_key
from services.runtime import postgres
from services.runtime.deciding import Decided
from services.runtime.sealing import seal
from services.runtime.vault import Vault

HANDLING = "handling"


@dataclass(frozen=True, slots=True)
class Saying:
    """Who says it of which seat, and when. The same cause says it once."""

    city: str
    seat: str
    by: str
    cause: str
    actor: str
    at: datetime


class Naming:
    """Both return where the seat's facts stand then."""

    def __init__(self, facts: SeatDecider, vault: Vault, pool: "postgres.Pool") -> None:
        """`pool`: the vault's database."""
        self._facts = facts
        self._vault = vault
        self._pool = pool

    async def hold(self, said: Saying, name: str, *, since: datetime, until: datetime | None, acting: bool) -> int:
        owner = seat_key(await self._vault.id_key(said.city), said.seat)
        key = (await self._vault.make_keys([(owner, HANDLING)]))[owner, HANDLING]
        holder = seal(key, said.cause, "holder", name)
        return await self._say(said, SeatHeld(holder=holder, since=since, acting=acting, until=until, by=said.by))

    async def vacate(self, said: Saying, *, since: datetime) -> int:
        return await self._say(said, SeatVacated(since=since, by=said.by))

    async def _say(self, said: Saying, fact: SeatFact) -> int:
        outcome = await self._facts.execute(said.city, said.seat, fact, cause=said.cause, actor=said.actor, at=said.at)
        assert isinstance(outcome, Decided), "facts about seats are never refused"
        if outcome.state.n == outcome.n:  # not for a late repeat: by then the numbers may be a successor's
            await self._forget_numbers(said)
        return outcome.n

    async def _forget_numbers(self, said: Saying) -> None:
        """Numbers belong to the holder: whoever comes registers his own."""
        async with self._pool.acquire() as connection, connection.transaction():
            for row in await connection.fetch(
                "delete from staff.contact where city = $1 and seat = $2 returning id", said.city, said.seat
            ):
                await connection.execute("select vault.drop_holder($1)", row["id"])
