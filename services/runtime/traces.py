"""Where spans go without a collector (else `otlp`): JSON lines in a file, in which a trace can be looked at."""

import json
from pathlib import Path

from pydantic_core import to_json

from services.runtime.spans import Span

MAX_BYTES = 20_000_000
"""One file and one older one are kept: 40 MB a service."""


class JsonLines:
    """One line a span: trace, span, parent, name, start (ns since 1970), milliseconds, attributes, links' traces."""

    def __init__(self, path: Path, service: str, max_bytes: int = MAX_BYTES) -> None:
        self._path = path
        self._service = service
        self._max_bytes = max_bytes

    def write(self, spans: list[Span]) -> None:
        """A disk that is full loses traces, nothing else."""
        # In a fraction of the library's time: there is a span for each decision.
        lines = b"".join(to_json(self._line(span)) + b"\n" for span in spans)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            if self._path.exists() and self._path.stat().st_size + len(lines) > self._max_bytes:
                self._path.replace(self._path.with_suffix(".1.jsonl"))
            with self._path.open("ab") as file:
                file.write(lines)
        except OSError:
            return

    def close(self) -> None:
        """Nothing is held back."""

    def _line(self, span: Span) -> dict[str, object]:
        return {
            "service": self._service,
            "trace": f"{span.trace_id:032x}",
            "span": f"{span.span_id:016x}",
            "parent": f"{span.parent:016x}" if span.parent else None,
            "name": span.name,
            "start": span.start,
            "ms": round((span.end - span.start) / 1e6, 3),
            "ok": not span.failed,
            "attributes": span.attributes,
            "links": [f"{trace:032x}" for trace, _ in span.links],
        }


def find(folder: Path, trace_id: str) -> list[dict[str, object]]:
    """Spans of one trace and of those that link to it, in order of their start, over all services' files."""
    found: list[dict[str, object]] = []
    for path in sorted(folder.glob("*.jsonl")):
        with path.open(encoding="utf-8") as file:
            found.extend(json.loads(line) for line in file if trace_id in line)
    return sorted(found, key=lambda line: str(line["start"]))
