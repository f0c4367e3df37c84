"""How the provider says that an approved form stands, as a fact of the city: `city.<city>.template.<name>-<language>`.

The webhook may come twice and out of order; what stands already is not said again, what was said earlier never undoes
what was said later.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from services.contracts import subjects
from services.contracts.city.template_forms import standing_of
from services.contracts.commands import Refusal
from services.contracts.envelope import Recorded
from services.contracts.facts.templates import KIND, READER, TYPE, TemplateReviewed, fact_id
from services.intake.inbox.incoming import Noticed
from services.runtime import logs
from services.runtime.deciding import Decider
from services.runtime.log import Log
from services.runtime.vault import IdKeys

ACTOR = "service:intake"

_log = logs.get(__name__)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The last that was said; None: nothing yet."""

    last: Recorded[TemplateReviewed] | None = None


class TemplateAggregate:
    """The command is the fact itself. See `services.runtime.deciding.Aggregate`."""

    initial = Reviewed()

    def decode(self, event_type: str, schema: int, body: bytes) -> Recorded[TemplateReviewed]:
        if event_type != TYPE or schema != 1:
            raise ValueError(f"{event_type} schema {schema}")
        return READER.validate_json(body)

    def encode(self, event: Recorded[TemplateReviewed]) -> bytes:
        return event.model_dump_json(by_alias=True, exclude_none=True).encode()

    def type_of(self, _event: TemplateReviewed) -> tuple[str, int]:
        return TYPE, 1

    def evolve(self, _state: Reviewed, event: Recorded[TemplateReviewed]) -> Reviewed:
        return Reviewed(event)

    def decide(self, state: Reviewed, command: TemplateReviewed, _at: datetime) -> tuple[TemplateReviewed, ...]:
        before = None if state.last is None else state.last.data
        if before is None:
            return (command,)
        if command.said_at is not None and before.said_at is not None and command.said_at < before.said_at:
            return ()
        return () if (before.standing, before.reason) == (command.standing, command.reason) else (command,)


TEMPLATE = TemplateAggregate()

TemplateDecider = Decider[Reviewed, TemplateReviewed, TemplateReviewed]


def decider(log: Log, keys: IdKeys, clock: Callable[[], datetime]) -> TemplateDecider:
    """`log`: CITY."""
    return Decider(log, TEMPLATE, lambda city, fact: subjects.city_fact(city, KIND, fact), keys, clock)


async def record(decide: TemplateDecider, item: Noticed) -> None:
    """What a notice says of a form; others, and words that this release does not know, are left alone."""
    said = item.notice.template
    standing = None if said is None else standing_of(said.event)
    if said is None or standing is None:
        return
    fact = TemplateReviewed(
        channel=item.channel, name=said.name, language=said.language, standing=standing, reason=said.reason,
        said_at=item.notice.at or item.at,
    )  # fmt: skip
    name = fact_id(said.name, said.language)
    done = await decide.execute(item.city.id, name, fact, cause=item.key, actor=ACTOR)
    if isinstance(done, Refusal):
        _log.error("template_fact_refused", city=item.city.id, code=done.code)
