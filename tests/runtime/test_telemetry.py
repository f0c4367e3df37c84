"""Traces, log lines and figures: linked, cheap, and without a word of anybody's."""

import asyncio
import gc
import http.server
import io
import json
import logging
import threading
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import nats.errors
import pytest
import structlog
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from services.runtime import figures, logs, telemetry
from services.runtime.failures import Away, is_infrastructure
from services.runtime.health import Check, Health
from services.runtime.log import Conflict, Rejected, Unavailable, Unknown
from services.runtime.traces import JsonLines, find
from services.runtime.vault import KeyDestroyed

CANARY = "rumah saya di Jalan Contoh 7"
SUBJECT = "complaint.bengkulu.3.abcdefghijklmnopqrstuvwxyz"


@pytest.fixture
def traced(tmp_path: Path) -> Iterator[Path]:
    telemetry.setup("test", tmp_path)
    yield tmp_path / "traces"
    telemetry.shutdown()


def test_a_hop_is_a_trace_of_its_own_with_a_link_to_the_one_before(traced: Path) -> None:
    with telemetry.span("decide", {"tuntas.complaint": "c"}):
        headers = telemetry.context_headers()
        first = telemetry.trace_id()
    assert first is not None
    assert telemetry.trace_id_of(headers) == first
    with (
        telemetry.processing(SUBJECT, headers, consumer="router"),
        telemetry.span("decide", {"tuntas.complaint": "c"}),
    ):
        second = telemetry.trace_id()
    telemetry.shutdown()
    assert second != first
    step, hop, inner = find(traced, first) + [s for s in find(traced, str(second)) if s["name"] == "decide"]
    assert (step["name"], step["links"], step["parent"]) == ("decide", [], None)
    assert hop["name"] == "process complaint.{city}.{shard}.{complaint}"
    assert hop["links"] == [first]
    assert inner["parent"] == hop["span"]
    assert hop["attributes"] == {
        "messaging.system": "nats",
        "messaging.operation.name": "process",
        "messaging.operation.type": "process",
        "messaging.destination.template": "complaint.{city}.{shard}.{complaint}",
        "messaging.consumer.group.name": "router",
    }


def test_a_failed_span_tells_the_kind_of_error_and_not_its_words(traced: Path) -> None:
    with pytest.raises(ValueError, match="rumah"), telemetry.span("decide") as span:
        int(CANARY)
    telemetry.shutdown()
    (line,) = find(traced, f"{span.trace_id:032x}")
    assert (line["ok"], line["attributes"]) == (False, {"error.type": "ValueError"})
    assert CANARY not in (traced / "test.jsonl").read_text()


@pytest.mark.parametrize("given", ["", "00-x-y-01", "00-" + "0" * 32 + "-" + "0" * 16 + "-01", "z" * 55, None])
def test_a_traceparent_that_is_none_links_to_nothing(given: str | None) -> None:
    with telemetry.span("decide", links=[given]) as span:
        assert span.links == ()


def test_the_file_of_spans_stays_small(tmp_path: Path) -> None:
    sink = JsonLines(tmp_path / "t" / "s.jsonl", "s", max_bytes=4_000)
    with telemetry.span("decide") as span:
        pass
    for _ in range(20):
        sink.write([span] * 5)
    assert {path.name for path in (tmp_path / "t").iterdir()} == {"s.jsonl", "s.1.jsonl"}
    assert all(path.stat().st_size <= 4_000 for path in (tmp_path / "t").iterdir())


def test_with_a_collector_spans_go_there_by_otlp(tmp_path: Path) -> None:
    got: list[bytes] = []

    class Collector(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's own name
            return

    server = http.server.HTTPServer(("127.0.0.1", 0), Collector)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    telemetry.setup("router", tmp_path, f"http://127.0.0.1:{server.server_port}")
    link = f"00-{'ab' * 16}-{'cd' * 8}-01"
    with telemetry.processing(SUBJECT, {"traceparent": link}, consumer="router") as span:
        pass
    telemetry.shutdown()
    server.shutdown()
    server.server_close()
    sent = ExportTraceServiceRequest.FromString(got[0]).resource_spans[0]
    assert {one.key: one.value.string_value for one in sent.resource.attributes}["service.name"] == "router"
    (read,) = sent.scope_spans[0].spans
    assert read.trace_id.hex() == f"{span.trace_id:032x}"
    assert read.links[0].trace_id.hex() == "ab" * 16
    assert not (tmp_path / "traces").exists()


def test_log_lines_carry_service_and_trace_and_no_words_of_an_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    written = io.StringIO()
    monkeypatch.setattr("sys.stderr", written)
    logs.setup("intake")
    with telemetry.span("decide") as span:
        try:
            int(CANARY)
        except ValueError as error:
            logs.get("here").error("message_fails", complaint="c", error=error)
            logging.getLogger("some.library").exception("it broke")
    ours, theirs = (json.loads(line) for line in written.getvalue().splitlines())
    assert (ours["service"], ours["event"], ours["complaint"]) == ("intake", "message_fails", "c")
    assert (ours["error"], ours["trace_id"]) == ("ValueError", f"{span.trace_id:032x}")
    assert ours["at"], "where it happened"
    assert (theirs["service"], theirs["error"], theirs["event"]) == ("intake", "ValueError", "it broke")
    assert CANARY not in written.getvalue()
    logging.getLogger().handlers.clear()
    structlog.reset_defaults()


def test_an_error_that_nobody_took_is_logged_without_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.StringIO()
    monkeypatch.setattr("sys.stderr", written)
    logs.setup("intake")

    async def fails() -> None:
        int(CANARY)

    async def forgets() -> None:
        logs.of_the_loop()
        task = asyncio.create_task(fails(), name="a_task")
        while not task.done():
            await asyncio.sleep(0)
        del task
        gc.collect()

    asyncio.run(forgets())
    (line,) = (json.loads(line) for line in written.getvalue().splitlines())
    assert (line["event"], line["error"], line["task"]) == ("nobody_took_it", "ValueError", "a_task")
    assert CANARY not in written.getvalue()
    logging.getLogger().handlers.clear()
    structlog.reset_defaults()


def test_health_is_as_bad_as_its_worst_part_and_a_check_that_breaks_is_bad() -> None:
    health = Health("router")
    health.add("loop", lambda: Check(True, {"lag": 3}))
    assert health.state()[0]
    health.add("broken", lambda: Check(1 / 0 > 0))
    ready, picture = health.state()
    assert not ready
    assert picture["checks"] == {"loop": {"ok": True, "lag": 3}, "broken": {"ok": False, "error": "ZeroDivisionError"}}


def test_figures_are_kept_by_template_never_by_complaint() -> None:
    figures.record_sent(SUBJECT, 2)
    figures.record_processed(SUBJECT, "router", 0.5, messages=4)
    shown = figures.snapshot()
    assert shown["sent.complaint.{city}.{shard}.{complaint}"] >= 2
    assert "abcdefghijklmnopqrstuvwxyz" not in json.dumps(shown)


@pytest.mark.parametrize(
    ("error", "passes"),
    [
        (Away("gone"), True),
        (Unknown("?"), True),
        (Unavailable("?"), True),
        (nats.errors.TimeoutError(), True),
        (nats.errors.ConnectionClosedError(), True),
        (ConnectionRefusedError(), True),
        (TimeoutError(), True),
        (asyncpg.CannotConnectNowError("starting up"), True),
        (asyncpg.AdminShutdownError("stopping"), True),
        (asyncpg.DeadlockDetectedError("again"), True),
        (asyncpg.TooManyConnectionsError("later"), True),
        (asyncpg.InterfaceError("connection is closed"), True),
        (asyncpg.InternalClientError("got result for unknown protocol state"), True),
        (asyncpg.DataError("no such date"), False),
        (asyncpg.UniqueViolationError("twice"), False),
        (asyncpg.CheckViolationError("never"), False),
        (nats.errors.MaxPayloadError(), False),
        (Rejected("too large"), False),
        (Conflict("stale"), False),
        (KeyDestroyed("gone for good"), False),
        (ValueError("x"), False),
        (UnicodeDecodeError("utf-8", b"", 0, 1, "x"), False),
    ],
)
def test_what_a_pause_mends_is_told_from_what_a_message_causes(error: Exception, passes: bool) -> None:
    assert is_infrastructure(error) is passes
