"""What an outcome asks for: the next rung, a pause, another attempt, a call, or the fact that nobody was reached.

From the provider's answer, from a receipt, or from silence: the same outcome leads to the same end.
"""

from dataclasses import replace
from typing import assert_never

from services.contracts.ids import message_key
from services.notifier.delivery.rows import Fact, Notice
from services.notifier.delivery.store import Store
from services.notifier.door import Door
from services.notifier.facts import Facts
from services.notifier.farewells import Farewells
from services.notifier.patience import Patience
from services.notifier.sending import (
    Accepted,
    Lost,
    NotReached,
    Outcome,
    Passing,
    Slow,
    Stopped,
    WindowClosed,
)
from services.runtime import logs
from services.runtime.vault import Vault

_log = logs.get(__name__)


class Settler:
    def __init__(self, *, store: Store, vault: Vault, facts: Facts, farewells: Farewells, patience: Patience) -> None:
        self._store = store
        self._vault = vault
        self._facts = facts
        self._farewells = farewells
        self._patience = patience

    async def settle(self, notice: Notice, outcome: Outcome, door: Door | None) -> bool:
        """Write down an outcome, from an answer or from a receipt. True: the next rung may be tried at once."""
        match outcome:
            case Accepted():
                await self._accepted(notice, outcome)
            case WindowClosed() | NotReached():
                await self._spent(notice, outcome.reason)
                return True
            case Slow() | Stopped():
                await self._held_back(notice, outcome, door)
            case Passing():
                await self.counted(notice, "provider_fails", outcome.code)
            case Lost():
                await self._store.unknown(notice.id, self._patience.silent, outcome.code)
            case _:
                assert_never(outcome)
        return False

    async def _spent(self, notice: Notice, reason: str) -> None:
        """This rung, or this whole way, leads nowhere for this person; the ladder says what is next."""
        rung = notice.form or (notice.way if notice.way in ("sms", "email") else "free")  # an adapter's has no form
        await self._store.defer(notice.id, 0, reason, tried=f"{rung}:{reason}")

    async def _accepted(self, notice: Notice, outcome: Accepted) -> None:
        key = await self._vault.id_key(notice.city)
        provider_key = message_key(key, notice.city, notice.way, outcome.provider_id)
        due: Fact = "none" if notice.about is None else "told_due"
        await self._store.accepted(notice.id, provider_key, due)
        if notice.carries:
            await self._store.carried_told(notice.id)
        if notice.fact == "none":
            await self._facts.record(replace(notice, fact=due))
        if notice.template == "erased":
            self._farewells.forget(notice.owner, notice.party)

    async def _held_back(self, notice: Notice, outcome: Slow | Stopped, door: Door | None) -> None:
        """Nobody's message is to blame: the number, or the person's share of it, waits."""
        if isinstance(outcome, Slow):
            seconds, reason, whole = outcome.seconds, f"slow_{outcome.code}", outcome.whole
        else:
            seconds, reason, whole = self._patience.stopped, f"stopped_{outcome.code}", True
            _log.error("account_stopped", city=notice.city, door=notice.door, code=outcome.code)
        if whole and door is not None:
            door.pace.pause(seconds)
        # Whoever was stopped comes after others: they show whether it is the account (`blame`).
        await self._store.defer(notice.id, seconds * 2 if isinstance(outcome, Stopped) else seconds, reason)

    async def again(self, notice: Notice) -> None:
        """An unknown one that stayed silent: once more, or another way."""
        await self.counted(notice, "no_answer", "silent", now=True)

    async def to_be_called(self, notice: Notice, reason: str) -> None:
        """No message reaches this person: somebody of the desk is asked to call."""
        due: Fact = "call_due"
        if await self._store.end(notice.id, "calling", reason, due):
            _log.warning("to_be_called", complaint=notice.owner, template=notice.template, reason=reason)
            await self._facts.record(replace(notice, fact=due, reason=reason))

    async def give_up(self, notice: Notice, reason: str) -> None:
        """Never silently nothing: not having reached a reporter is a fact."""
        due: Fact = "none" if notice.about is None else "unreachable_due"
        if await self._store.end(notice.id, "unreachable", reason, due):
            _log.warning("not_reached", complaint=notice.owner, template=notice.template, reason=reason)
            await self._facts.record(replace(notice, fact=due, reason=reason))

    async def counted(self, notice: Notice, giving_up: str, reason: str, now: bool = False) -> None:
        if notice.failures >= len(self._patience.pauses):
            await self._spent(notice, giving_up)
            return
        pause = 0 if now else self._patience.pauses[notice.failures]
        await self._store.defer(notice.id, pause, reason, failed=not now)


def name_of(outcome: Outcome) -> tuple[str, str | None]:
    """How an attempt's outcome stands in the table."""
    match outcome:
        case Accepted():
            return "accepted", None
        case WindowClosed():
            return "window_closed", outcome.code
        case Slow():
            return "slow", outcome.code
        case Passing():
            return "passing", outcome.code
        case Stopped():
            return "stopped", outcome.code
        case NotReached():
            return "not_reached", outcome.code
        case Lost():
            return "lost", outcome.code
        case _:
            assert_never(outcome)
