"""Traces and figures: a trace per hop, linked to the one before; subject templates for names; nothing personal.

Attribute names follow OpenTelemetry's semantic conventions for messaging (1.3x). A complaint lives for weeks, so what
follows a message starts a trace of its own with a link back instead of one trace over days.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from opentelemetry import context, trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter
from opentelemetry.trace import Link, Span, SpanContext, SpanKind, Status, StatusCode, TraceFlags

from services.contracts import subjects
from services.runtime.traces import JsonLines

TRACEPARENT = "traceparent"
"""W3C Trace Context, level 2."""

Attributes = Mapping[str, str | int | float | bool]

_state: dict[str, TracerProvider] = {}
_tracer: trace.Tracer = trace.NoOpTracer()


def setup(service: str, home: Path, otlp_endpoint: str | None = None) -> None:
    """Start exporting: to `otlp_endpoint` (OTLP over HTTP), else to `<home>/traces/<service>.jsonl`. Once a process."""
    global _tracer  # noqa: PLW0603 - one tracer per process, like the SDK's own
    exporter: SpanExporter
    if otlp_endpoint is not None:
        exporter = OTLPSpanExporter(endpoint=f"{otlp_endpoint.rstrip('/')}/v1/traces")
    else:
        exporter = JsonLines(home / "traces" / f"{service}.jsonl", service)
    provider = TracerProvider(resource=Resource({"service.name": service, "service.namespace": "tuntas"}))
    provider.add_span_processor(
        BatchSpanProcessor(exporter, max_queue_size=8_192, max_export_batch_size=1_024, schedule_delay_millis=1_000)
    )
    _state["provider"] = provider
    _tracer = provider.get_tracer("tuntas")


def shutdown() -> None:
    """Export what is left."""
    provider = _state.pop("provider", None)
    if provider is not None:
        provider.shutdown()


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
    linked = [Link(found) for found in map(_span_context, links) if found is not None]
    current = _tracer.start_span(
        name, context=context.Context() if root else None, kind=kind, attributes=attributes, links=linked or None
    )
    token = context.attach(trace.set_span_in_context(current))
    try:
        yield current
    except BaseException as error:
        current.set_status(Status(StatusCode.ERROR))
        current.set_attribute("error.type", type(error).__qualname__)
        raise
    finally:
        context.detach(token)
        current.end()


@contextmanager
def processing(
    subject: str, headers: Mapping[str, str] | None, *, consumer: str, attributes: Attributes | None = None
) -> Iterator[Span]:
    """The span of handling one message: a trace of its own, linked to its sender's."""
    template = subjects.template(subject)
    with span(
        f"process {template}",
        {**messaging(subject, "process"), "messaging.consumer.group.name": consumer, **(attributes or {})},
        kind=SpanKind.CONSUMER,
        links=[headers.get(TRACEPARENT)] if headers else (),
        root=True,
    ) as current:
        yield current


def messaging(subject: str, operation: str) -> dict[str, str | int | float | bool]:
    """Attributes of a messaging span: `operation` is `send`, `receive`, `process` or `settle`."""
    return {
        "messaging.system": "nats",
        "messaging.operation.name": operation,
        "messaging.operation.type": operation,
        "messaging.destination.template": subjects.template(subject),
    }


def context_headers() -> dict[str, str]:
    """Trace context to send along; {} outside a span."""
    found = trace.get_current_span().get_span_context()
    if not found.is_valid:
        return {}
    return {TRACEPARENT: f"00-{found.trace_id:032x}-{found.span_id:016x}-{found.trace_flags:02x}"}


def template(subject: str) -> str:
    """For names and labels."""
    return subjects.template(subject)


def traceparent() -> str | None:
    return context_headers().get(TRACEPARENT)


def trace_id() -> str | None:
    """Of the running span, as 32 hex digits."""
    found = trace.get_current_span().get_span_context()
    return f"{found.trace_id:032x}" if found.is_valid else None


def trace_id_of(headers: Mapping[str, str]) -> str | None:
    """The trace that a stored message was written in."""
    found = _span_context(headers.get(TRACEPARENT))
    return None if found is None else f"{found.trace_id:032x}"


def _span_context(text: str | None) -> SpanContext | None:
    if text is None:
        return None
    parts = text.split("-")
    if len(parts) < 4 or len(parts[1]) != 32 or len(parts[2]) != 16:
        return None
    try:
        flags = TraceFlags(int(parts[3], 16))
        found = SpanContext(int(parts[1], 16), int(parts[2], 16), is_remote=True, trace_flags=flags)
    except ValueError:
        return None
    return found if found.is_valid else None
