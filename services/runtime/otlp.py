"""Spans and figures to a collector, by OTLP over HTTP (protobuf). Loaded where there is one: 6 MB in each process."""

from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.util.instrumentation import InstrumentationScope
from opentelemetry.trace import Link, SpanContext, Status, StatusCode, TraceFlags

from services.runtime.spans import Span


class Otlp:
    """A collector, by OTLP over HTTP (protobuf)."""

    def __init__(self, endpoint: str, service: str) -> None:
        self._exporter = OTLPSpanExporter(endpoint=f"{endpoint.rstrip('/')}/v1/traces", timeout=5)
        self._resource = Resource({"service.name": service, "service.namespace": "tuntas"})
        self._scope = InstrumentationScope("tuntas")

    def write(self, spans: list[Span]) -> None:
        self._exporter.export([self._readable(span) for span in spans])

    def close(self) -> None:
        self._exporter.shutdown()  # type: ignore[no-untyped-call]  # the SDK's own gap

    def _readable(self, span: Span) -> ReadableSpan:
        return ReadableSpan(
            name=span.name,
            context=_context(span.trace_id, span.span_id, remote=False),
            parent=_context(span.trace_id, span.parent, remote=False) if span.parent else None,
            resource=self._resource,
            attributes=span.attributes,
            links=[Link(_context(trace, of, remote=True)) for trace, of in span.links],
            kind=span.kind,
            status=Status(StatusCode.ERROR if span.failed else StatusCode.UNSET),
            start_time=span.start,
            end_time=span.end,
            instrumentation_scope=self._scope,
        )


def _context(trace_id: int, span_id: int, *, remote: bool) -> SpanContext:
    return SpanContext(trace_id, span_id, is_remote=remote, trace_flags=TraceFlags(TraceFlags.SAMPLED))


def meters(service: str, endpoint: str) -> MeterProvider:
    """Exports every 10 s."""
    reader = PeriodicExportingMetricReader(
        OTLPMetricExporter(endpoint=f"{endpoint.rstrip('/')}/v1/metrics"), export_interval_millis=10_000
    )
    return MeterProvider(
        metric_readers=[reader], resource=Resource({"service.name": service, "service.namespace": "tuntas"})
    )
