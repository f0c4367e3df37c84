"""Where an answer to a message goes: back by its channel, or, from a page of ours, to the contact that was given."""

from typing import NamedTuple

from services.contracts.city import FORMS
from services.intake.inbox.incoming import Incoming

PHONE, MAIL = "tel:", "mailto:"
"""How a form's message says of its sender's address what it is (RFC 3966, RFC 6068)."""


class Way(NamedTuple):
    channel: str
    door: str
    address: str


def way(one: Incoming) -> Way | None:
    """None: the person gave nothing (the tracking page speaks), or somebody speaks for them at a counter."""
    sender, counter = one.message.sender, one.message.counter
    if one.passed_on_by is not None and sender.address is None:
        return None
    if one.channel not in FORMS and one.passed_on_by is None:
        return Way(one.channel, one.door.id, sender.address or sender.person)
    if sender.address is None or (counter is not None and counter.ticket is not None):
        return None
    if sender.address.startswith(PHONE):
        return _by(one, "whatsapp", sender.address.removeprefix(PHONE).lstrip("+"))
    if sender.address.startswith(MAIL):
        return _by(one, "email", sender.address.removeprefix(MAIL))
    return Way(one.channel, one.door.id, sender.address)


def _by(one: Incoming, channel: str, address: str) -> Way:
    """By the city's first door of that channel; without one it is kept for a person to use."""
    door = next((door.id for door in one.city.doors if door.channel == channel), None)
    return Way(one.channel, one.door.id, address) if door is None else Way(channel, door, address)
