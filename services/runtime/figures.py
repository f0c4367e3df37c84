"""What we count and time, each through one named function with its unit; exported by OTLP, shown by `/health/ready`."""

from collections import defaultdict
from importlib import import_module
from typing import TYPE_CHECKING

from services.contracts import subjects

if TYPE_CHECKING:
    from opentelemetry.sdk.metrics import MeterProvider

_counts: dict[str, float] = defaultdict(float)
_provider: "dict[str, MeterProvider]" = {}


class _Instruments:
    """Made by `setup`; until then only the snapshot counts."""

    def __init__(self, provider: "MeterProvider") -> None:
        meter = provider.get_meter("tuntas")
        self.duration = meter.create_histogram(
            "messaging.process.duration", unit="s", description="Time to handle one message"
        )
        self.messages = meter.create_counter(
            "messaging.client.consumed.messages", unit="{message}", description="Messages taken from a stream"
        )
        self.sent = meter.create_counter(
            "messaging.client.sent.messages", unit="{message}", description="Messages that a stream has stored"
        )
        self.parked = meter.create_counter("tuntas.parked", unit="{message}", description="Messages set aside")
        self.conflicts = meter.create_counter(
            "tuntas.append.conflicts", unit="{append}", description="Appends that somebody else was faster than"
        )
        self.pauses = meter.create_counter(
            "tuntas.follower.pauses", unit="{pause}", description="Pauses because something we depend on was away"
        )
        self.notices = meter.create_counter(
            "tuntas.account.notices", unit="{notice}", description="What providers say of the city's accounts"
        )
        self.calls = meter.create_counter(
            "tuntas.door.calls", unit="{call}", description="Calls at a door that were not what they should be"
        )
        self.commands = meter.create_counter(
            "tuntas.commands", unit="{command}", description="Commands answered, by outcome"
        )


_instruments: dict[str, _Instruments] = {}


def setup(service: str, otlp_endpoint: str | None) -> None:
    """Export every 10 s if there is a collector."""
    if otlp_endpoint is None:
        return
    provider: MeterProvider = import_module("services.runtime.otlp").meters(service, otlp_endpoint)
    _provider["it"] = provider
    _instruments["it"] = _Instruments(provider)


def shutdown() -> None:
    provider = _provider.pop("it", None)
    _instruments.clear()
    if provider is not None:
        provider.shutdown()


def snapshot() -> dict[str, float]:
    """Totals since the process started."""
    return dict(_counts)


def record_processed(subject: str, consumer: str, seconds: float, messages: int = 1) -> None:
    """`messages` handled in `seconds` together."""
    _counts[f"processed.{consumer}"] += messages
    _counts[f"processing_seconds.{consumer}"] += seconds
    if "it" in _instruments:
        labels = {
            "messaging.system": "nats",
            "messaging.destination.template": subjects.template(subject),
            "messaging.consumer.group.name": consumer,
        }
        _instruments["it"].duration.record(seconds, labels)
        _instruments["it"].messages.add(messages, labels)


def record_sent(subject: str, messages: int = 1) -> None:
    template = subjects.template(subject)
    _counts[f"sent.{template}"] += messages
    if "it" in _instruments:
        _instruments["it"].sent.add(messages, {"messaging.system": "nats", "messaging.destination.template": template})


def record_parked(service: str, reason: str) -> None:
    """`reason` is a code, never a sentence."""
    _counts[f"parked.{reason}"] += 1
    if "it" in _instruments:
        _instruments["it"].parked.add(1, {"service": service, "reason": reason})


def record_conflict() -> None:
    _counts["append_conflicts"] += 1
    if "it" in _instruments:
        _instruments["it"].conflicts.add(1)


def record_pause(consumer: str, error: str) -> None:
    """`error` is the type of what was away."""
    _counts[f"pauses.{consumer}"] += 1
    if "it" in _instruments:
        _instruments["it"].pauses.add(1, {"messaging.consumer.group.name": consumer, "error.type": error})


def record_command(subject: str, outcome: str) -> None:
    """`outcome`: `done`, or the refusal's code."""
    _counts[f"commands.{outcome}"] += 1
    if "it" in _instruments:
        _instruments["it"].commands.add(
            1, {"messaging.destination.template": subjects.template(subject), "outcome": outcome}
        )


def record_account_notice(channel: str, topic: str, level: str) -> None:
    _counts[f"account_notices.{channel}.{level}"] += 1
    if "it" in _instruments:
        _instruments["it"].notices.add(1, {"channel": channel, "topic": topic, "level": level})


def record_call(city: str, channel: str, what: str) -> None:
    """`what`: why a call was not taken (`not_signed`, `wrong_signature`), or `repeated` for a message that had come
    before: a provider's second try, or somebody's replay. Nothing of the call itself."""
    _counts[f"calls.{what}.{city}.{channel}"] += 1
    if "it" in _instruments:
        _instruments["it"].calls.add(1, {"city": city, "channel": channel, "outcome": what})
