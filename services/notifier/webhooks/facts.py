"""That an office's program is not called any more, as a fact of the city: `city.<city>.webhook.<id>`.

Once for each time that it was disabled, however often it is recorded.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from services.contracts import subjects
from services.contracts.commands import Refusal
from services.contracts.envelope import Recorded
from services.contracts.facts.webhooks import KIND, READER, TYPE, WebhookDisabled
from services.contracts.ids import derive
from services.runtime import logs
from services.runtime.deciding import Decider
from services.runtime.log import Log
from services.runtime.vault import IdKeys

ACTOR = "service:notifier"

_log = logs.get(__name__)


@dataclass(frozen=True, slots=True)
class Stands:
    """When it was last disabled; None: never."""

    last: datetime | None = None


class WebhookAggregate:
    """The command is the fact itself. See `services.runtime.deciding.Aggregate`."""

    initial = Stands()

    def decode(self, event_type: str, schema: int, body: bytes) -> Recorded[WebhookDisabled]:
        if event_type != TYPE or schema != 1:
            raise ValueError(f"{event_type} schema {schema}")
        return READER.validate_json(body)

    def encode(self, event: Recorded[WebhookDisabled]) -> bytes:
        return event.model_dump_json(by_alias=True, exclude_none=True).encode()

    def type_of(self, _event: WebhookDisabled) -> tuple[str, int]:
        return TYPE, 1

    def evolve(self, _state: Stands, event: Recorded[WebhookDisabled]) -> Stands:
        return Stands(event.data.since)

    def decide(self, state: Stands, command: WebhookDisabled, _at: datetime) -> tuple[WebhookDisabled, ...]:
        return () if state.last is not None and command.since <= state.last else (command,)


WEBHOOK = WebhookAggregate()


class WebhookFacts:
    def __init__(self, log: Log, keys: IdKeys, clock: Callable[[], datetime]) -> None:
        """`log`: CITY."""
        self._keys = keys
        self._decider: Decider[Stands, WebhookDisabled, WebhookDisabled] = Decider(
            log, WEBHOOK, lambda city, name: subjects.city_fact(city, KIND, name), keys, clock
        )

    async def record(self, city: str, name: str, fact: WebhookDisabled) -> None:
        """May be repeated. Raises infrastructure errors."""
        cause = derive(await self._keys.id_key(city), "webhook-disabled", name, fact.since.isoformat())
        done = await self._decider.execute(city, name, fact, cause=cause, actor=ACTOR)
        if isinstance(done, Refusal):
            _log.error("webhook_fact_refused", city=city, webhook=name, code=done.code)
