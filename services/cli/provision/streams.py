"""Brings streams and consumers to what `contracts.streams` says. Refuses what could lose events; deletes nothing."""

import asyncio
import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from nats.aio.client import Client
from nats.errors import NoRespondersError
from nats.errors import TimeoutError as NatsTimeoutError

from services.cli.provision.narrowing import differences, losses
from services.contracts.city import City
from services.contracts.streams import MAX_MESSAGE, STREAMS, Config, Consumer, consumers

_STREAM_NOT_FOUND = 10059
_CONSUMER_NOT_FOUND = 10014

_FIXED = ("deliver_policy", "filter_subject", "ack_policy", "replay_policy")
"""Of a consumer: a change would lose its place in the stream."""


class Refused(Exception):
    """Provisioning would have to do what it must not; nothing was changed. The text says what and why."""


class BrokerError(Exception):
    """The server answered with an error that provisioning has no rule for."""


@dataclass
class Changes:
    """What was done, as lines for a person."""

    made: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    """What was wanted and refused; everything else was done."""


async def provision(client: Client, cities: Iterable[City]) -> Changes:
    """`client` is the administrator's. All refusals are found before the first change."""
    if client.max_payload < MAX_MESSAGE:
        raise Refused(f"the server's max_payload is {client.max_payload}; it must be {MAX_MESSAGE} at least")
    wanted = list(consumers(cities))
    _check_names(wanted)
    streams = {name: await _info(client, f"STREAM.INFO.{name}", _STREAM_NOT_FOUND) for name in STREAMS}
    known = {
        consumer: await _info(client, f"CONSUMER.INFO.{consumer.stream}.{consumer.name}", _CONSUMER_NOT_FOUND)
        if streams[consumer.stream] is not None
        else None
        for consumer in _keys(wanted)
    }
    refusals = [
        f"stream {name}: {reason}"
        for name, now in streams.items()
        if now is not None
        for reason in losses(now, STREAMS[name])
    ]
    for consumer in wanted:
        now = known[_key(consumer)]
        if now is not None:
            refusals += [
                f"consumer {consumer.name} of {consumer.stream}: {name} would change, and its place would be lost"
                for name in differences(now, consumer.config)
                if name in _FIXED
            ]
    if refusals:
        raise Refused("; ".join(refusals) + ". Nothing was changed.")

    changes = Changes()
    for name, now in streams.items():
        await _apply_stream(client, name, now, changes)
    for consumer in wanted:
        await _apply_consumer(client, consumer, known[_key(consumer)], changes)
    return changes


@dataclass(frozen=True, slots=True)
class _Key:
    stream: str
    name: str


def _key(consumer: Consumer) -> _Key:
    return _Key(consumer.stream, consumer.name)


def _keys(wanted: Iterable[Consumer]) -> list[_Key]:
    return [_key(consumer) for consumer in wanted]


def _check_names(wanted: list[Consumer]) -> None:
    keys = _keys(wanted)
    twice = sorted({f"{key.stream}/{key.name}" for key in keys if keys.count(key) > 1})
    if twice:
        raise Refused(f"two consumers of one name: {', '.join(twice)}; rename a city, channel or agency")


async def _apply_stream(client: Client, name: str, now: Config | None, changes: Changes) -> None:
    wanted = STREAMS[name]
    if now is None:
        await _ask(client, f"STREAM.CREATE.{name}", wanted)
        changes.made.append(f"stream {name}")
    elif different := differences(now, wanted):
        # What an operator set beside ours (replicas, placement) stays.
        await _ask(client, f"STREAM.UPDATE.{name}", {**now, **wanted})
        changes.changed.append(f"stream {name}: {', '.join(different)}")


async def _apply_consumer(client: Client, consumer: Consumer, now: Config | None, changes: Changes) -> None:
    filter_subject = consumer.config.get("filter_subject")
    suffix = f".{filter_subject}" if filter_subject else ""
    different = [] if now is None else differences(now, consumer.config)
    if now is not None and not different:
        return
    await _ask(
        client,
        f"CONSUMER.CREATE.{consumer.stream}.{consumer.name}{suffix}",
        {
            "stream_name": consumer.stream,
            "config": consumer.config if now is None else {**now, **consumer.config},
            "action": "create" if now is None else "update",
        },
    )
    label = f"consumer {consumer.name} of {consumer.stream}"
    if now is None:
        changes.made.append(label)
    else:
        changes.changed.append(f"{label}: {', '.join(different)}")


async def _info(client: Client, call: str, absent: int) -> Config | None:
    """The configuration that stands now; None if there is no such thing."""
    try:
        answer = await _ask(client, call, None)
    except BrokerError as error:
        if error.args[1] == absent:
            return None
        raise
    config = answer["config"]
    if not isinstance(config, dict):
        raise BrokerError(f"{call}: no configuration in the answer", 0)
    return config


async def _ask(client: Client, call: str, body: object, patience: float = 30.0) -> dict[str, object]:
    """One request of JetStream's API; waits while the server is still finding its feet."""
    payload = b"" if body is None else json.dumps(body).encode()
    loop = asyncio.get_running_loop()
    until = loop.time() + patience
    while True:
        try:
            reply = await client.request(f"$JS.API.{call}", payload, timeout=10)
        except (NoRespondersError, NatsTimeoutError):
            if loop.time() > until:
                raise
            await asyncio.sleep(0.1)
            continue
        answer: dict[str, object] = json.loads(reply.data)
        error = answer.get("error")
        if isinstance(error, dict):
            raise BrokerError(f"{call}: {error.get('description')}", error.get("err_code", 0))
        return answer
