"""Whether a message of an officer is said to his seat. Pure; None leaves it to the rules for everybody."""

from dataclasses import dataclass, replace

from services.contracts import officers as buttons
from services.intake.inbox.incoming import Incoming
from services.intake.officers import words
from services.intake.officers.orders import ALBUM, Officer, Order, Row, sealed
from services.intake.officers.words import Goes, Wish
from services.runtime.sealing import DataKey

READ_AT_MOST = 4_000
_NO_PICTURES = frozenset({"voice", "sticker"})
"""Files that show nobody that something was done."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """`after`: the chat as the next message finds it."""

    order: Order
    goes: Goes
    bare: bool
    after: Officer


def recognise(
    one: Incoming, officer: Officer, *, about: str | None, own_waits: bool, scale: float = 1.0
) -> Recognised | None:
    """`about`: complaint of the message of ours that is answered, if it is none of his own. `own_waits`: he was asked
    himself whether a complaint of his is settled, so that a bare SELESAI is his own word."""
    message = one.message
    if message.forwarded or message.pin is not None or one.city.id != officer.city:
        return None
    shows = message.form not in _NO_PICTURES
    pictures = len(message.media) if shows else 0
    text = (message.text or "")[:READ_AT_MOST]
    pressed = buttons.read(message.button) if message.button else None
    voice = message.form == "voice"
    heard = words.Heard(text, pictures, one.at, one.city.zone, scale, pressed, about, voice)
    goes = words.read(heard, officer.asked(one.at))
    bare = False
    if goes is not None and goes.wish.do == "resolve" and words.alone(goes.wish) and own_waits and not pictures:
        goes = None
    if goes is None and pictures and not text.strip() and officer.showed_at is not None:
        bare = one.at - officer.showed_at <= ALBUM
        goes = Goes(Wish("progress")) if bare else None
    if goes is None:
        return None
    after = replace(
        officer,
        pending=None if goes.completes else officer.pending,
        showed_at=one.at if pictures else officer.showed_at,
    )
    return Recognised(Order(officer.contact, officer.seat, goes.wish.do), goes, bare, after)


def row_of(one: Incoming, chat: str, found: Recognised, key: DataKey) -> Row:
    """As it is kept; his words and the handles of his pictures sealed."""
    message = one.message
    return Row(
        message_key=one.key,
        city=one.city.id,
        seat=found.order.seat,
        contact=found.order.contact,
        conversation=chat,
        channel=one.channel,
        door=one.door.id,
        wish=found.goes.wish,
        completes=found.goes.completes,
        sealed=sealed(key, one.key, found.goes.wish.text, () if message.form in _NO_PICTURES else message.media),
        pictures=0 if message.form in _NO_PICTURES else len(message.media),
        at=one.at,
        bare=found.bare,
    )
