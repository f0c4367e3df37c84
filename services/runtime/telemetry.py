"""Traces: one per hop, linked to the one before; subject templates for names; nothing personal.

Attribute names follow OpenTelemetry's semantic conventions for messaging. A complaint lives for weeks, so what follows
a message starts a trace of its own with a link back instead of one trace over days. Figures are in `runtime.figures`.
"""

import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from opentelemetry.trace import SpanKind

from services.contracts import subjects
from services.contracts.envelope import TRACEPARENT_HEADER
from services.runtime.spans import Sink, Span, Value, Writer, current
from services.runtime.traces import JsonLines

TRACEPARENT = TRACEPARENT_HEADER

Attributes = Mapping[str, Value]

_writer: Writer | None = None


def setup(service: str, home: Path, otlp_endpoint: str | None = None) -> None:
    """Start exporting: to `otlp_endpoint` (OTLP over HTTP), else to `<home>/traces/<service>.jsonl`. Once a process."""
    global _writer  # noqa: PLW0603 - one writer per process
    sink: Sink
    if otlp_endpoint is not None:
        sink = import_module("services.runtime.otlp").Otlp(otlp_endpoint, service)  # most have no collector
    else:
        sink = JsonLines(home / "traces" / f"{service}.jsonl", service)
    _writer = Writer(sink)


def shutdown() -> None:
    """Export what is left."""
    global _writer
    writer, _writer = _writer, None
    if writer is not None:
        writer.close()


@contextmanager
def span(
    name: str,
    attributes: Attributes | None = None,
    *,
    kind: SpanKind = SpanKind.INTERNAL,
    links: Iterable[str | None] = (),
    root: bool = False,
) -> Iterator[Span]:
    """A span around the block. `links`: traceparents of what led here. `root`: begin a trace of its own.

    An exception marks it as failed by its type only: messages of exceptions can hold what people wrote.
    """
    linked = tuple(found for link in links if (found := _parse(link)) is not None)
    this = Span(name, kind, dict(attributes) if attributes else {}, linked, None if root else current.get())
    token = current.set(this)
    try:
        yield this
    except BaseException as error:
        this.failed = True
        this.attributes["error.type"] = type(error).__qualname__
        raise
    finally:
        current.reset(token)
        this.end = time.time_ns()
        if _writer is not None:
            _writer.add(this)


@contextmanager
def processing(
    subject: str, headers: Mapping[str, str] | None, *, consumer: str, attributes: Attributes | None = None
) -> Iterator[Span]:
    """The span of handling one message: a trace of its own, linked to its sender's."""
    with span(
        f"process {template(subject)}",
        {**messaging(subject, "process"), "messaging.consumer.group.name": consumer, **(attributes or {})},
        kind=SpanKind.CONSUMER,
        links=(headers.get(TRACEPARENT),) if headers else (),
        root=True,
    ) as this:
        yield this


def messaging(subject: str, operation: str) -> dict[str, Value]:
    """Attributes of a messaging span: `operation` is `send`, `receive`, `process` or `settle`."""
    return {
        "messaging.system": "nats",
        "messaging.operation.name": operation,
        "messaging.operation.type": operation,
        "messaging.destination.template": template(subject),
    }


def template(subject: str) -> str:
    """For names and labels."""
    return subjects.template(subject)


def context_headers() -> dict[str, str]:
    """Trace context to send along; {} outside a span."""
    this = current.get()
    return {} if this is None else {TRACEPARENT: this.traceparent}


def traceparent() -> str | None:
    this = current.get()
    return None if this is None else this.traceparent


def trace_id() -> str | None:
    """Of the running span, as 32 hex digits."""
    this = current.get()
    return None if this is None else f"{this.trace_id:032x}"


def trace_id_of(headers: Mapping[str, str]) -> str | None:
    """The trace that a stored message was written in."""
    found = _parse(headers.get(TRACEPARENT))
    return None if found is None else f"{found[0]:032x}"


def _parse(text: str | None) -> tuple[int, int] | None:
    """Trace id and span id; None for what is no traceparent."""
    if text is None or len(text) < 55 or text[2] != "-" or text[35] != "-" or text[52] != "-":
        return None
    try:
        trace, of = int(text[3:35], 16), int(text[36:52], 16)
    except ValueError:
        return None
    return (trace, of) if trace and of else None
