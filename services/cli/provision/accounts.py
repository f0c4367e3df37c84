"""NATS accounts as a configuration file: who may say what, and what crosses from one account to another.

Services share the account CORE, each with its own user and rights. Every adapter and every agency that connects a
program has an account of its own. Permissions alone would not do: inside one account an agency could put
`reply=complaint.…` on a command it is allowed to send, and the server's own acknowledgement would be stored in the log
as an event. Across accounts an answer goes back where the question came from, and nowhere else.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from services.contracts import subjects
from services.contracts.city import City
from services.contracts.streams import channels, consumers

ADMIN, SYSTEM = "admin", "sys"


@dataclass(frozen=True, slots=True)
class Guest:
    """An adapter's or agency's account. `calls` are the subjects it imports, `streamed` those answered many times."""

    account: str
    user: str
    calls: tuple[str, ...]
    streamed: tuple[str, ...]
    hears: tuple[str, ...] = ()

    @property
    def inbox(self) -> str:
        return inbox_prefix(self.user)


def inbox_prefix(user: str) -> str:
    """Where this user's answers arrive; nobody else may listen there."""
    return f"_INBOX_{user}"


def adapter_user(city: str, channel: str) -> str:
    return f"adapter_{city}_{channel}"


def agency_user(city: str, agency: str) -> str:
    return f"agency_{city}_{agency}"


def users(cities: Iterable[City]) -> list[str]:
    """Every user that needs a password."""
    return [SYSTEM, ADMIN, *subjects.SERVICES, *(guest.user for guest in guests(cities))]


def guests(cities: Iterable[City]) -> Iterator[Guest]:
    for city in cities:
        for channel, external in channels(city).items():
            if external:
                yield _adapter(city.id, channel)
        for agency in city.agencies:
            if agency.connects:
                yield _agency(city.id, agency.id)


def _adapter(city: str, channel: str) -> Guest:
    consumer = subjects.outbound_consumer(city, channel)
    return Guest(
        account=f"ADAPTER_{city}_{channel}",
        user=adapter_user(city, channel),
        calls=(subjects.intake(city, channel), _ack(subjects.OUTBOUND, consumer)),
        streamed=(f"$JS.API.CONSUMER.MSG.NEXT.{subjects.OUTBOUND}.{consumer}",),
        hears=(subjects.refusals(city, channel),),
    )


def _agency(city: str, agency: str) -> Guest:
    consumer = subjects.agency_consumer(city, agency)
    commands = subjects.agency_command(city, agency)
    return Guest(
        account=f"AGENCY_{city}_{agency}",
        user=agency_user(city, agency),
        calls=(commands, f"{commands}.>", _ack(subjects.AGENCY, consumer)),
        streamed=(f"$JS.API.CONSUMER.MSG.NEXT.{subjects.AGENCY}.{consumer}",),
    )


def _ack(stream: str, consumer: str) -> str:
    # Not CONSUMER.INFO: the server answers it only to accounts that have JetStream of their own.
    return f"$JS.ACK.{stream}.{consumer}.>"


_SERVER_SETTINGS = "$SYS.REQ.SERVER.PING.JSZ"
"""How the server keeps its files: services make sure at start that it writes before it acknowledges."""

_READS = (_SERVER_SETTINGS, "$JS.API.INFO", "$JS.API.STREAM.INFO.*", "$JS.API.CONSUMER.INFO.*.*")

_APPENDS: Mapping[str, tuple[str, ...]] = {
    "intake": (subjects.COMPLAINTS, subjects.INTAKE, subjects.ASK),
    "router": (subjects.COMPLAINTS, subjects.CITY, subjects.AGENCY),
    "notifier": (subjects.COMPLAINTS, subjects.OUTBOUND),
    "reporting": (),
}

_LOADS: Mapping[str, tuple[str, ...]] = {
    "intake": (subjects.COMPLAINTS, subjects.CITY, subjects.PARKED),
    "router": (subjects.COMPLAINTS, subjects.CITY, subjects.AGENCY, subjects.PARKED),
    "notifier": (subjects.COMPLAINTS, subjects.CITY, subjects.AGENCY, subjects.OUTBOUND, subjects.PARKED),
    "reporting": (subjects.COMPLAINTS, subjects.CITY, subjects.PARKED),
}

_SAYS: Mapping[str, tuple[str, ...]] = {
    # …and what officers do from their chats.
    # … how approved forms stand …
    "intake": ("city.*.template.*", "refusals.*.*", "command.*.staff", "command.*.staff.open_work"),
    # Answers to commands: to a service's or the operator's inbox, or back into the account that asked.
    "router": ("_INBOX_reporting.>", "_INBOX_intake.>", "_INBOX_admin.>", "_R_.>"),
    # Counts for the morning; answers to the pages that show every text; that an office's program is called no more.
    "notifier": ("figures.*.morning", "_INBOX_reporting.>", "city.*.webhook.*"),
    "reporting": ("command.*.staff", "preview.*", "_INBOX_notifier.>"),
}

_HEARS: Mapping[str, tuple[str, ...]] = {
    "intake": (),
    "router": ("command.>",),
    "notifier": ("preview.*",),
    "reporting": ("figures.*.morning",),
}


def publishes(service: str, cities: Sequence[City]) -> list[str]:
    """What a service may publish: what it appends to, what it reads, its own consumers, where it parks."""
    allowed = [subject for stream in _APPENDS[service] for subject in subjects.STREAM_SUBJECTS[stream]]
    allowed += [subjects.parked(service), *_SAYS[service], *_READS]
    for stream in _LOADS[service]:
        allowed += [f"$JS.API.DIRECT.GET.{stream}", f"$JS.API.DIRECT.GET.{stream}.>"]
    foreign = {
        subjects.outbound_consumer(city.id, channel)
        for city in cities
        for channel, external in channels(city).items()
        if external
    }
    for consumer in consumers(cities):
        if _owner(consumer.stream, consumer.name, foreign) == service:
            allowed += [
                f"$JS.API.CONSUMER.MSG.NEXT.{consumer.stream}.{consumer.name}",
                # Whoever stops gives its place away, so that a standby need not wait for the time-out.
                f"$JS.API.CONSUMER.UNPIN.{consumer.stream}.{consumer.name}",
                f"$JS.ACK.{consumer.stream}.{consumer.name}.>",
            ]
    return allowed


def _owner(stream: str, name: str, foreign: set[str]) -> str | None:
    """The service that pulls from a consumer; None for an adapter's or agency's."""
    if stream == subjects.AGENCY:
        return None
    if stream == subjects.OUTBOUND:
        return None if name in foreign else "notifier"
    return name


def configuration(cities: Iterable[City], passwords: Mapping[str, str]) -> str:
    """The text of accounts.conf. Raises KeyError for a user without a password."""
    cities = list(cities)
    strangers = list(guests(cities))
    core = {
        "jetstream": "enabled",
        "users": [
            {"user": ADMIN, "password": passwords[ADMIN]},
            *(
                _user(service, passwords, publishes(service, cities), [f"{inbox_prefix(service)}.>", *_HEARS[service]])
                for service in subjects.SERVICES
            ),
        ],
        "exports": [
            *({"service": call, "accounts": [guest.account]} for guest in strangers for call in guest.calls),
            *(
                {"service": call, "response_type": "stream", "accounts": [guest.account]}
                for guest in strangers
                for call in guest.streamed
            ),
            *({"stream": heard, "accounts": [guest.account]} for guest in strangers for heard in guest.hears),
        ],
        "imports": [{"service": {"account": "SYS", "subject": _SERVER_SETTINGS}}],
    }
    accounts: dict[str, object] = {
        "SYS": {
            "users": [{"user": SYSTEM, "password": passwords[SYSTEM]}],
            "exports": [{"service": _SERVER_SETTINGS, "response_type": "stream", "accounts": ["CORE"]}],
        },
        "CORE": core,
    }
    for guest in strangers:
        calls = [*guest.calls, *guest.streamed]
        accounts[guest.account] = {
            "users": [_user(guest.user, passwords, calls, [f"{guest.inbox}.>", *guest.hears])],
            "imports": [
                *({"service": {"account": "CORE", "subject": call}} for call in calls),
                *({"stream": {"account": "CORE", "subject": heard}} for heard in guest.hears),
            ],
        }
    # NATS reads JSON as its own configuration format.
    return f"accounts: {json.dumps(accounts, indent=1)}\nsystem_account: SYS\n"


def _user(name: str, passwords: Mapping[str, str], publish: list[str], subscribe: list[str]) -> dict[str, object]:
    return {
        "user": name,
        "password": passwords[name],
        "permissions": {"publish": {"allow": publish}, "subscribe": {"allow": subscribe}},
    }
