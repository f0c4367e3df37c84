"""Answering commands: request and reply over FastStream, one answer for each, whatever happens.

Repeating a command is harmless because whoever decides it derives the cause from its id (`contracts.ids.command_key`):
the repeat finds the event that the first try appended. Clients repeat until they are answered.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from faststream.middlewares import AckPolicy
from faststream.nats import NatsBroker
from faststream.nats.annotations import NatsMessage
from faststream.response import Response
from nats.aio.msg import Msg
from opentelemetry.trace import SpanKind
from pydantic import BaseModel, ValidationError
from pydantic_core import from_json

from services.contracts.commands import CommandReply, Refusal
from services.runtime import figures, logs, telemetry
from services.runtime.failures import is_infrastructure

M = TypeVar("M", bound=BaseModel)

MAX_BODY = 256_000
"""Bytes of one command."""

_log = logs.get(__name__)


@dataclass(frozen=True, slots=True)
class Request(Generic[M]):
    """A command that was read. The subject says who sent it: only that sender may publish there."""

    subject: str
    body: M

    @property
    def tokens(self) -> tuple[str, ...]:
        return tuple(self.subject.split("."))


def answer(
    broker: NatsBroker,
    subject: str,
    model: type[M],
    handle: Callable[[Request[M]], Awaitable[BaseModel]],
    *,
    queue: str,
    inbox_prefix: str,
    at_once: int = 128,
) -> None:
    """Answer every request on `subject` (may have wildcards) with what `handle` returns, as JSON.

    `queue`: replicas share the work. What is no command of this form is refused (`invalid`, with the field); errors
    become `unavailable`, which clients repeat. `at_once`: how many are handled side by side.
    """

    @broker.subscriber(
        subject,
        queue=queue,
        max_workers=at_once,
        ack_policy=AckPolicy.MANUAL,  # core NATS: there is nothing to ack; said so that no default is relied on
        inbox_prefix=inbox_prefix.encode(),
        decoder=_as_it_came,
        title=f"{queue}:{subject}",
    )
    async def answered(message: NatsMessage) -> Response:
        reply = await _reply(message.raw_message, model, handle, queue)
        return Response(reply.model_dump_json().encode(), headers={"content-type": "application/json"})


async def _as_it_came(message: NatsMessage) -> bytes:
    """FastStream would read it as JSON before we do, and a tower of brackets or a number of 5,000 digits ends its
    attempt, so that whoever asked was never answered."""
    return message.body


async def _reply(
    message: Msg, model: type[M], handle: Callable[[Request[M]], Awaitable[BaseModel]], consumer: str
) -> BaseModel:
    subject, body = message.subject, message.data
    with telemetry.span(
        f"process {telemetry.template(subject)}",
        telemetry.messaging(subject, "process"),
        kind=SpanKind.SERVER,
        links=[(message.headers or {}).get(telemetry.TRACEPARENT)],
        root=True,
    ) as span:
        try:
            if len(body) > MAX_BODY:
                reply: BaseModel = _refused(body, "invalid", "Perintah terlalu besar.", None)
            else:
                reply = await handle(Request(subject, model.model_validate_json(body)))
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            field = ".".join(str(part) for part in first["loc"]) or None
            reply = _refused(body, "invalid", f"Perintah tidak dapat dibaca: {first['type']}.", field)
        except Exception as error:  # noqa: BLE001 - the caller must be answered, whatever it is
            level = "command_waits" if is_infrastructure(error) else "command_fails"
            _log.error(level, consumer=consumer, error=error)
            reply = _refused(body, "unavailable", "Sedang tidak dapat diproses. Kirim lagi sebentar lagi.", None)
        outcome = "done"
        if isinstance(reply, CommandReply) and reply.refusal is not None:
            outcome = reply.refusal.code
        span.set_attribute("tuntas.outcome", outcome)
        figures.record_command(subject, outcome)
        return reply


def _refused(body: bytes, code: str, message: str, field: str | None) -> CommandReply:
    """`id` is given back if it can be read."""
    given = ""
    try:
        read = from_json(body)
        if isinstance(read, dict) and isinstance(read.get("id"), str):
            given = read["id"][:200]
    except ValueError:
        given = ""
    return CommandReply(id=given, refusal=Refusal.model_validate({"code": code, "message": message, "field": field}))
