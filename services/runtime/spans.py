"""Spans, as cheap as they can be: the SDK's took 66 µs each with their export, these take a fraction of it.

What a span costs here is paid for every decision and every message. A span is a small object in a context variable; a
thread writes finished ones out once a second, as JSON lines (`traces.JsonLines`) or over OTLP (`otlp.Otlp`).
"""

import random
import threading
import time
from collections import deque
from contextvars import ContextVar
from typing import Protocol

from opentelemetry.trace import SpanKind

MAX_WAITING = 50_000
"""Finished spans that wait for the writer; more are dropped, the oldest first: tracing never holds up the work."""

Value = str | int | float | bool


class Span:
    """One step. `links`: (trace id, span id) of what led here. Times in ns since 1970."""

    __slots__ = ("attributes", "end", "failed", "kind", "links", "name", "parent", "span_id", "start", "trace_id")

    def __init__(
        self,
        name: str,
        kind: SpanKind,
        attributes: dict[str, Value],
        links: tuple[tuple[int, int], ...],
        above: "Span | None",
    ) -> None:
        self.name = name
        self.kind = kind
        self.attributes = attributes
        self.links = links
        self.trace_id: int = above.trace_id if above is not None else random.getrandbits(128) or 1
        self.parent: int = above.span_id if above is not None else 0
        self.span_id: int = random.getrandbits(64) or 1
        self.failed = False
        self.start = time.time_ns()
        self.end = 0

    def set_attribute(self, name: str, value: Value) -> None:
        self.attributes[name] = value

    @property
    def traceparent(self) -> str:
        """W3C Trace Context, level 2; every span is sampled."""
        return f"00-{self.trace_id:032x}-{self.span_id:016x}-01"


current: ContextVar[Span | None] = ContextVar("tuntas_span", default=None)


class Sink(Protocol):
    """Where spans go. Called from the writer's thread only."""

    def write(self, spans: list[Span]) -> None: ...

    def close(self) -> None: ...


class Writer:
    """Hands finished spans to a sink, once a second, from a thread of its own."""

    def __init__(self, sink: Sink, every: float = 1.0) -> None:
        self._sink = sink
        self._every = every
        self._waiting: deque[Span] = deque(maxlen=MAX_WAITING)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="spans", daemon=True)
        self._thread.start()

    def add(self, span: Span) -> None:
        self._waiting.append(span)

    def close(self) -> None:
        """Write what is left."""
        self._stop.set()
        self._thread.join(timeout=5.0)

    def _run(self) -> None:
        while not self._stop.wait(self._every):
            self._drain()
        self._drain()
        self._sink.close()

    def _drain(self) -> None:
        while self._waiting:
            batch: list[Span] = []
            while self._waiting and len(batch) < 512:
                batch.append(self._waiting.popleft())
            self._sink.write(batch)
