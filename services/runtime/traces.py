"""Spans as JSON lines in a file, so that a trace can be looked at without a collector."""

import json
import threading
from collections.abc import Sequence
from pathlib import Path

from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SpanExporter, SpanExportResult

MAX_BYTES = 20_000_000
"""One file and one older one are kept: 40 MB a service."""


class JsonLines(SpanExporter):
    """One line a span: trace, span, parent, name, start (UTC, ns since 1970), milliseconds, attributes, links."""

    def __init__(self, path: Path, service: str, max_bytes: int = MAX_BYTES) -> None:
        self._path = path
        self._service = service
        self._max_bytes = max_bytes
        self._lock = threading.Lock()

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        lines = "".join(json.dumps(self._line(span), separators=(",", ":")) + "\n" for span in spans)
        try:
            with self._lock:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                if self._path.exists() and self._path.stat().st_size + len(lines) > self._max_bytes:
                    self._path.replace(self._path.with_suffix(".1.jsonl"))
                with self._path.open("a", encoding="utf-8") as file:
                    file.write(lines)
        except OSError:
            return SpanExportResult.FAILURE
        return SpanExportResult.SUCCESS

    def shutdown(self) -> None:
        """Nothing is held back."""

    def _line(self, span: ReadableSpan) -> dict[str, object]:
        own = span.get_span_context()
        start, end = span.start_time or 0, span.end_time or 0
        return {
            "service": self._service,
            "trace": f"{own.trace_id:032x}" if own else None,
            "span": f"{own.span_id:016x}" if own else None,
            "parent": f"{span.parent.span_id:016x}" if span.parent else None,
            "name": span.name,
            "start": start,
            "ms": round((end - start) / 1e6, 3),
            "ok": span.status.is_ok or span.status.is_unset,
            "attributes": dict(span.attributes or {}),
            "links": [f"{link.context.trace_id:032x}" for link in span.links],
        }


def find(folder: Path, trace_id: str) -> list[dict[str, object]]:
    """Spans of one trace and of those that link to it, in order of their start, over all services' files."""
    found: list[dict[str, object]] = []
    for path in sorted(folder.glob("*.jsonl")):
        with path.open(encoding="utf-8") as file:
            found.extend(json.loads(line) for line in file if trace_id in line)
    return sorted(found, key=lambda line: str(line["start"]))
