"""The facts of one LIVE session as a stream of the log. Pure."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from services.contracts import subjects
from services.contracts.commands import Refusal
from services.contracts.envelope import Recorded
from services.contracts.facts import live as live_facts
from services.contracts.facts.live import (
    LIVE,
    LIVE_FACTS,
    LiveCheckedIn,
    LiveEnded,
    LiveFact,
    LivePlanned,
    LiveRosterSet,
    LiveStarted,
    Session,
)
from services.router.acting import refusals
from services.runtime.deciding import Decider
from services.runtime.log import Log
from services.runtime.vault import IdKeys

LiveDecider = Decider[Session, LiveFact, LiveFact]

_NAMES: dict[type[Any], str] = {cls: name for name, cls in LIVE_FACTS.items()}


class LiveAggregate:
    """The command is the fact itself. See `services.runtime.deciding.Aggregate`."""

    initial = Session()

    def decode(self, event_type: str, schema: int, body: bytes) -> Recorded[LiveFact]:
        found = live_facts.read(event_type, body) if schema == 1 else None
        if found is None:
            raise ValueError(f"{event_type} schema {schema}")
        return found

    def encode(self, event: Recorded[LiveFact]) -> bytes:
        return event.model_dump_json(by_alias=True, exclude_none=True).encode()

    def type_of(self, event: LiveFact) -> tuple[str, int]:
        return _NAMES[type(event)], 1

    def evolve(self, state: Session, event: Recorded[LiveFact]) -> Session:
        return state.after(event.data, session=event.complaint, n=event.n, at=event.at, cause=event.causation)

    def decide(self, state: Session, command: LiveFact, at: datetime) -> tuple[LiveFact, ...] | Refusal:
        """What stands already is not said again; what is over stays so."""
        del at
        if isinstance(command, LivePlanned):
            return () if state.phase != "none" else (command,)
        if state.phase == "none":
            return refusals.NO_SESSION
        if state.phase == "over":
            return () if isinstance(command, LiveEnded) else refusals.SESSION_OVER
        match command:
            case LiveRosterSet():
                return () if state.roster == command.roster else (command,)
            case LiveCheckedIn() if command.seat not in state.roster:
                return refusals.NOT_ON_ROSTER
            case LiveCheckedIn():
                return () if command.seat in state.present else (command,)
            case LiveStarted():
                return () if state.phase == "on_air" else (command,)
            case LiveEnded():
                return (command,)


LIVE_SESSION = LiveAggregate()


def decider(log: Log, keys: IdKeys, clock: Callable[[], datetime]) -> LiveDecider:
    """`log`: CITY."""
    return Decider(log, LIVE_SESSION, lambda city, session: subjects.city_fact(city, LIVE, session), keys, clock)
