"""Who wrote, and who became whom. Pure.

Fields read, by page of "WhatsApp Business Platform" (Meta, as of 2026):

- "Webhooks › Reference › Messages": `contacts[].profile.name`, `contacts[].wa_id`, `messages[].from`
- "Business-scoped user IDs": `messages[].from_user_id`, `contacts[].user_id`, `contacts[].profile.username`. `from` and
  `wa_id` are absent for people who hide their number behind a username; the scoped id stands beside the number for all
  others. A username may change at will, so it is a name and never an id. Parent ids (`ENT`), which several businesses
  share, are not read.
- "Webhooks › Reference › Messages › System": `messages[].from` (the old number), `system.type`
  (`user_changed_number`, formerly `customer_changed_number`; `user_changed_user_id`), `.wa_id` (the new number; up to
  v11 `.new_wa_id`), `.customer` (the old one), `.user_id` (the new scoped id), `.body`, the only place of the old
  scoped id: `User … changed from <old> to <new>`
- "Business-scoped user IDs › user_id_update": `value.user_id_update[].user_id.previous | current`, `.wa_id`,
  `.timestamp`
"""

import re
from typing import Any

from pydantic import ValidationError

from services.contracts.accounts import PersonMoved
from services.contracts.intake import Sender
from services.intake.doors.provider_json import fingerprint, inner, moment, words

_CHANGED = re.compile(r"changed from (\S{1,300}) to (\S{1,300})$")
_MOVES = ("user_changed_number", "customer_changed_number", "user_changed_user_id")


def sender(message: Any, contacts: list[Any]) -> Sender | None:
    """The scoped id where there is one, since it stays when the number is hidden; the number is then the address."""
    number, scoped = words(message, "from"), words(message, "from_user_id")
    card = _card(contacts, number, scoped)
    number = number or words(card, "wa_id")
    scoped = scoped or words(card, "user_id")
    person = scoped or number
    if person is None or len(person) > 300:
        return None
    profile = inner(card, "profile")
    name = words(profile, "name") or words(profile, "username")
    address = number if scoped and number and len(number) <= 300 else None
    return Sender(person=person, address=address, name=name[:300] if name else None)


def _card(contacts: list[Any], number: str | None, scoped: str | None) -> dict[str, Any]:
    cards = [card for card in contacts if isinstance(card, dict)]
    for card in cards:
        if (number and card.get("wa_id") == number) or (scoped and card.get("user_id") == scoped):
            return card
    # Without a sender in the message itself, a single card can only be the sender's.
    return cards[0] if len(cards) == 1 and number is None and scoped is None else {}


def moved_by_system(message: dict[str, Any]) -> PersonMoved | None:
    """None: the notice is about something else, or does not say who became whom."""
    system = inner(message, "system")
    if words(system, "type") not in _MOVES:
        return None
    number, scoped = words(system, "wa_id") or words(system, "new_wa_id"), words(system, "user_id")
    found = _CHANGED.search(words(system, "body") or "")
    named = found.groups() if found else ()
    old = (words(message, "from_user_id"), *named[:1], words(message, "from"), words(system, "customer"))
    was = [one for one in old if one]
    return _moved(words(message, "id"), was, scoped, number, message.get("timestamp"))


def moved_by_update(update: Any) -> PersonMoved | None:
    ids = inner(update, "user_id")
    was, now = words(ids, "previous"), words(ids, "current")
    if was is None or now is None:
        return None
    stamp = words(update, "timestamp")
    given = fingerprint(f"{was}:{now}:{stamp}".encode())
    return _moved(given, [was], now, words(update, "wa_id"), stamp)


def _moved(given: str | None, was: list[str], person: str | None, address: str | None, at: Any) -> PersonMoved | None:
    was = [one for one in dict.fromkeys(was) if one not in (person, address)]
    if not was or (person is None and address is None):
        return None
    try:
        return PersonMoved(type="moved", id=given or "", was=tuple(was), person=person, address=address, at=moment(at))
    except ValidationError:
        return None
