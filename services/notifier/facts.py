"""What matters legally is also an event: the reporter was told, or could not be reached."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Protocol

from services.complaint import events as e
from services.complaint.commands import AskForCall, Command, RecordTold, RecordUnreachable
from services.complaint.state import State
from services.contracts.commands import Refusal
from services.contracts.ids import wake_key
from services.notifier.delivery.rows import Notice
from services.notifier.delivery.store import Store
from services.runtime import logs
from services.runtime.deciding import Decided
from services.runtime.vault import IdKeys

ACTOR = "service:notifier"


def _told(notice: Notice, about: int, cause: str) -> Command:
    return RecordTold(
        cause=cause, party=notice.party, notice=notice.id, about=about, template=notice.template, channel=notice.way,
        rung=notice.form, why=None if notice.why == "first" else notice.why,
    )  # fmt: skip


def _call(notice: Notice, about: int, cause: str) -> Command:
    return AskForCall(
        cause=cause, party=notice.party, notice=notice.id, about=about, template=notice.template,
        channel=notice.channel, reason=notice.reason or "unknown",
    )  # fmt: skip


def _unreachable(notice: Notice, about: int, cause: str) -> Command:
    return RecordUnreachable(
        cause=cause, party=notice.party, notice=notice.id, about=about, channel=notice.way,
        reason=notice.reason or "unknown",
    )  # fmt: skip


_COMMANDS: Mapping[str, tuple[str, Callable[[Notice, int, str], Command]]] = {
    "told_due": ("told", _told),
    "call_due": ("call", _call),
    "unreachable_due": ("unreachable", _unreachable),
}
"""What is due → purpose of the event's id, and the command."""

_log = logs.get(__name__)


class Decides(Protocol):
    async def execute(
        self, city: str, stream_id: str, command: Command, *, cause: str, actor: str, at: datetime | None = None
    ) -> Decided[State, e.Event] | Refusal: ...


class Facts:
    def __init__(self, decider: Decides, keys: IdKeys, store: Store) -> None:
        self._decider = decider
        self._keys = keys
        self._store = store

    async def record(self, notice: Notice) -> None:
        """Append what is due, once however often it is called; raises while log or database are away."""
        if notice.about is None or notice.fact not in _COMMANDS:
            return
        key = await self._keys.id_key(notice.city)
        purpose, build = _COMMANDS[notice.fact]
        # A way that the provider took back is told of anew by the next one.
        cause = wake_key(key, notice.id, f"{purpose}:{notice.form}" if notice.tried and purpose == "told" else purpose)
        command = build(notice, notice.about, cause)
        outcome = await self._decider.execute(notice.city, notice.owner, command, cause=cause, actor=ACTOR)
        if isinstance(outcome, Refusal):
            _log.error("fact_refused", complaint=notice.owner, code=outcome.code)
        await self._store.fact_recorded(notice.id, notice.fact)
