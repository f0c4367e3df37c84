"""The properties that no fault may break, checked on raw messages. Nothing here uses the product's own readers."""

import hashlib
import hmac
from base64 import b32encode
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from tests.faults.outcome import Outcome
from tests.faults.rawlog import Raw, complaints_of, of_type


def keyed_hash(key: bytes, *parts: str) -> str:
    """The frozen rule for ids from outside, written a second time: a slip in the first would show."""
    raw = b"".join(len(part.encode()).to_bytes(4, "big") + part.encode() for part in parts)
    return b32encode(hmac.digest(key, raw, hashlib.sha256)[:16]).decode().rstrip("=").lower()


def message_key(key: bytes, city: str, channel: str, provider_id: str) -> str:
    return keyed_hash(key, "message", city, channel, provider_id)


def complaint_id(key: bytes, city: str, channel: str, provider_id: str) -> str:
    return keyed_hash(key, "complaint", city, channel, message_key(key, city, channel, provider_id))


def shard_of(complaint: str) -> int:
    """FNV-1a over 32 bits, modulo 16."""
    value = 2166136261
    for byte in complaint.encode():
        value = (value ^ byte) * 16777619 % 2**32
    return value % 16


def check_log(outcome: Outcome, events: list[Raw]) -> None:
    """Every event in its place: no gap in `n`, no id twice, no cause with the same effect twice."""
    ids = Counter(event.json["id"] for event in events)
    outcome.doubles("event ids stand twice", [i for i, count in ids.items() if count > 1])
    effects = Counter((e.json["complaint"], e.json["causation"], e.json["type"]) for e in events)
    several = {"complaint.evidence_attached", "complaint.evidence_refused"}  # one for each file of a message
    outcome.doubles(
        "causes had the same effect twice", [f for f, count in effects.items() if count > 1 and f[2] not in several]
    )
    gaps = {
        complaint: [event.json["n"] for event in history]
        for complaint, history in complaints_of(events).items()
        if [event.json["n"] for event in history] != list(range(1, len(history) + 1))
    }
    if gaps:
        outcome.breaks("n does not count 1, 2, 3 …", [f"{c}: {ns}" for c, ns in gaps.items()])
    wrong = [
        event.sequence
        for event in events
        if event.subject
        != f"complaint.{event.json['city']}.{shard_of(event.json['complaint'])}.{event.json['complaint']}"
        or event.headers.get("Tuntas-Type") != event.json["type"]
    ]
    if wrong:
        outcome.breaks("subject or type header does not fit the body", wrong)


def check_sequences(outcome: Outcome, events: list[Raw], last: int) -> None:
    """A stream that denies deletion holds every sequence from 1 on."""
    there = {event.sequence for event in events}
    outcome.loses("sequences are gone from the log", set(range(1, last + 1)) - there)


def check_acknowledged(
    outcome: Outcome, events: list[Raw], acknowledged: Mapping[str, str], parked: Iterable[str] = ()
) -> None:
    """`acknowledged`: message key → provider id of everything that was answered 200. Exactly one event carries each.

    `parked`: keys of messages that were set aside, which is a place to be found in, too.
    """
    carrying = Counter(
        event.json["causation"]
        for event in events
        if "message" in event.json["data"] or event.json["type"] == "complaint.received"
    )
    aside = set(parked)
    outcome.acknowledged += len(acknowledged)
    outcome.loses(
        "acknowledged messages are nowhere",
        [name for key, name in acknowledged.items() if not carrying[key] and key not in aside],
    )
    outcome.doubles(
        "acknowledged messages stand twice", [name for key, name in acknowledged.items() if carrying[key] > 1]
    )


def check_notices(
    outcome: Outcome,
    events: list[Raw],
    arrived: Sequence[Mapping[str, object]],
    people: set[str],
    handed: Iterable[str] = (),
) -> None:
    """`arrived`: what the provider took (its own list); `people`: addresses that must have heard at least once.

    `handed`: notices that lie ready for an external adapter, which sends them itself.
    """
    by_notice = Counter(str(message["callback"]) for message in arrived if message["callback"])
    outcome.doubles("notices reached the phone twice", [n for n, count in by_notice.items() if count > 1])
    outcome.loses("people never got an answer", people - {str(message["to"]) for message in arrived})
    told = Counter(e.json["data"]["notice"] for e in of_type(events, "complaint.reporter_told"))
    outcome.doubles("notices are told twice in the log", [n for n, count in told.items() if count > 1])
    there = set(by_notice) | set(handed)
    outcome.loses("notices are told in the log and never arrived", [n for n in told if n not in there])


def check_tasks(outcome: Outcome, events: list[Raw], tasks: list[Raw], received: Mapping[str, set[str]]) -> None:
    """Every seat that holds a complaint has its task. `tasks`: the AGENCY stream.

    `received`: office → complaints that its own program pulled from its queue.
    """
    queued = {message.subject: message.json for message in tasks}
    missing, stale = [], []
    for complaint, history in complaints_of(events).items():
        seats, since = _holders(history)
        city = history[0].json["city"]
        for seat in seats:
            task = queued.get(f"agency.{city}.{seat}.{complaint}")
            if task is None:
                missing.append(f"{seat}: {complaint}")
            elif task["n"] < since:
                stale.append(f"{seat}: {complaint} at {task['n']} instead of {since}")
            elif seat in received and complaint not in received[seat]:
                missing.append(f"{seat} could not pull {complaint}")
    outcome.loses("tasks are in no queue", missing)
    outcome.loses("tasks in the queue are older than the assignment", stale)


def _holders(history: list[Raw]) -> tuple[list[str], int]:
    """Seats of the last assignment, and its `n`; later hand-offs and returns are left to the stories' own tests."""
    assigned = [event for event in history if event.json["type"] == "complaint.assigned"]
    if not assigned or any(e.json["type"] in ("complaint.handed_off", "complaint.returned") for e in history):
        return [], 0
    return [one["seat"] for one in assigned[-1].json["data"]["assignments"]], assigned[-1].json["n"]
