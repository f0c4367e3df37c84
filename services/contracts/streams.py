"""Streams and durable consumers as data: provisioning makes them from this, services check against it at start.

The dictionaries are the JSON of JetStream's API (ADR-31, ADR-8: StreamConfig, ConsumerConfig); durations are in
nanoseconds, sizes in bytes. What is kept can't be kept back later: a stream of events never forgets, a queue forgets
what was acknowledged.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from services.contracts import subjects
from services.contracts.city import City

SECOND = 1_000_000_000
DAY = 86_400 * SECOND
KIB = 1024
GIB = 1024**3

MAX_MESSAGE = 1024 * KIB
"""The server's `max_payload`: the longest message that a door may hand in."""

GROUP = "all"
"""Priority group of our own consumers: one puller is served, others stand by (ADR-42, `pinned_client`)."""

PIN_SECONDS = 4
"""A puller that asked for nothing for so long loses its place. Pull requests must expire sooner than this."""

Config = dict[str, object]

_COMMON: Config = {
    "storage": "file",
    "discard": "new",
    "max_age": 0,
    "max_msgs": -1,
    "max_msgs_per_subject": -1,
    "max_msg_size": MAX_MESSAGE,
    # The shortest the server takes. It is stream-wide, so two publishers' ids can collide: nothing relies on it.
    "duplicate_window": SECOND // 10,
    "allow_direct": True,
    "allow_rollup_hdrs": False,
}

_LOG: Config = {
    "retention": "limits",
    "deny_delete": True,
    "deny_purge": True,
    "allow_atomic": True,
    "max_msg_size": 256 * KIB,
}


@dataclass(frozen=True, slots=True)
class Consumer:
    """A durable pull consumer. `config` holds its name, filter and limits."""

    stream: str
    name: str
    config: Config


def _stream(name: str, description: str, max_gib: int, **special: object) -> Config:
    return {
        **_COMMON,
        "name": name,
        "description": description,
        "subjects": list(subjects.STREAM_SUBJECTS[name]),
        "max_bytes": max_gib * GIB,
        **special,
    }


STREAMS: dict[str, Config] = {
    config["name"]: config  # type: ignore[misc]  # `name` is a str; the rest is what JSON allows
    for config in (
        _stream(
            subjects.INTAKE,
            "The door: what came in, until it is decided",
            4,
            retention="workqueue",
            # A channel that floods fills its own share, not the door of its neighbours.
            max_msgs_per_subject=200_000,
            discard_new_per_subject=True,
        ),
        _stream(subjects.COMPLAINTS, "Every complaint's events, for ever", 24, **_LOG),
        _stream(subjects.CITY, "Facts of a city that are no complaint, for ever", 1, **_LOG),
        _stream(
            subjects.AGENCY, "The current task of each office and complaint", 4, retention="limits",
            max_msgs_per_subject=1, max_msg_size=256 * KIB,
        ),
        _stream(subjects.ASK, "What people want that is no event; providers' receipts", 2, retention="workqueue"),
        _stream(subjects.OUTBOUND, "What waits to be sent", 4, retention="workqueue", allow_msg_ttl=True),
        _stream(subjects.PARKED, "What could not be done, sealed, with its reason", 2, retention="limits",
                max_age=90 * DAY),
    )
}  # fmt: skip


def consumers(cities: Iterable[City]) -> Iterator[Consumer]:
    """Every durable consumer, in a stable order."""
    yield _ours(subjects.INTAKE, "intake")
    for service in subjects.SERVICES:
        yield _ours(subjects.COMPLAINTS, service)
    yield _ours(subjects.CITY, "router")
    yield _ours(subjects.ASK, "notifier")
    for city in cities:
        for channel, external in channels(city).items():
            name = subjects.outbound_consumer(city.id, channel)
            address = subjects.outbound(city.id, channel)
            if external:
                yield _theirs(subjects.OUTBOUND, name, address)
            else:
                yield _ours(subjects.OUTBOUND, name, address)
        for agency in city.agencies:
            if agency.connects:
                name = subjects.agency_consumer(city.id, agency.id)
                yield _theirs(subjects.AGENCY, name, subjects.agency_queue(city.id, agency.id))


def channels(city: City) -> dict[str, bool]:
    """The city's channels, and whether a program of somebody else's serves them."""
    return {door.channel: door.external for door in city.doors}


def _ours(stream: str, name: str, filter_subject: str | None = None) -> Consumer:
    config = _consumer(name, filter_subject, 4096)
    # What was on its way to a killed process, or lost with the connection, comes again after this; our followers say
    # three times within it that they still hold a message.
    config["ack_wait"] = 12 * SECOND
    config |= {"priority_groups": [GROUP], "priority_policy": "pinned_client", "priority_timeout": PIN_SECONDS * SECOND}
    return Consumer(stream, name, config)


def _theirs(stream: str, name: str, filter_subject: str) -> Consumer:
    """For programs outside: no groups, so that the plainest client can pull."""
    return Consumer(stream, name, _consumer(name, filter_subject, 1000))


def _consumer(name: str, filter_subject: str | None, in_flight: int) -> Config:
    config: Config = {
        "durable_name": name,
        "name": name,
        "deliver_policy": "all",
        "ack_policy": "explicit",
        "ack_wait": 30 * SECOND,
        # Without a limit on deliveries: who gives a message up says so and parks it.
        "max_deliver": -1,
        "max_ack_pending": in_flight,
        "replay_policy": "instant",
    }
    if filter_subject is not None:
        config["filter_subject"] = filter_subject
    return config
