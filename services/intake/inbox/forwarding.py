"""What a registered official passes on: a chat, a screenshot, a contact. He is the forwarder, never the reporter.

Such messages are taken for those of a person of their own: nothing of the official's own chat becomes part of the
complaint, and no SUDAH of his confirms it. What he passes on within minutes is one matter. While nobody can be told of
it, he is asked for the reporter's number; a contact card or a number that he then sends belongs to it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from services.contracts import ids, subjects
from services.contracts.intake import Ask, AskKind, Counter, IntakeMessage, Sender
from services.intake.inbox import decided
from services.intake.inbox.answering import PHONE
from services.intake.inbox.chat_rows import Remembered
from services.intake.inbox.incoming import Incoming
from services.intake.pages import contacts
from services.runtime.publishing import Publisher
from services.runtime.vault import Vault

if TYPE_CHECKING:
    from services.runtime.vault import Pool

TOGETHER = timedelta(minutes=3)
"""So long after the last one a further message belongs to the same matter."""
ASKED = timedelta(hours=24)
"""So long a number that is sent alone answers our question for the reporter's."""

_SAYS_SO = re.compile(
    r"^\W*(?:fwd?|forward|(?:di)?teruskan|meneruskan|titipan?|dari warga|warga (?:me)?lapor|laporan (?:dari )?warga)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<![\d+])\+?\d[\d\s().\-]{6,20}\d(?!\d)")
_ALONE = 60
"""Letters up to which a message with a number in it is no more than that number."""


@dataclass(frozen=True, slots=True)
class _Official:
    contact: str
    seat: str
    chat: str


@dataclass(frozen=True, slots=True)
class _Matter:
    person: str
    reached: bool
    last: datetime


def passed_on(message: IntakeMessage) -> bool:
    """Marked so by the app, a contact card, or said so at the beginning (a screenshot is marked by nobody)."""
    return message.forwarded or message.form == "contact" or bool(_SAYS_SO.match(message.text or ""))


def number_in(message: IntakeMessage) -> str | None:
    """`tel:+62…` of a contact card, or of a message that is little more than a number."""
    text = message.text or ""
    found = _NUMBER.search(text) if message.form == "contact" or len(text) <= _ALONE else None
    address = contacts.read(found[0]) if found is not None else None
    return address if address is not None and address.startswith(PHONE) else None


class Forwarding:
    def __init__(self, pool: "Pool", vault: Vault, publisher: Publisher) -> None:
        self._pool = pool
        self._vault = vault
        self._publisher = publisher

    async def recast(self, batch: Sequence[Incoming]) -> list[Incoming]:
        """Each message as it is to be taken, in order; the same again for one that comes again."""
        wanted = [one for one in batch if one.aliases and (passed_on(one.message) or number_in(one.message))]
        officials = await self._officials(wanted) if wanted else {}
        if not officials:
            return list(batch)
        known: dict[str, _Matter] = {}
        result = []
        for one in batch:
            official = next((officials[alias] for alias in one.aliases if alias in officials), None)
            result.append(one if official is None else await self._recast(one, official, known))
        return result

    async def _officials(self, some: Sequence[Incoming]) -> dict[str, _Official]:
        rows = await self._pool.fetch(
            "select c.alias, c.id, c.seat, coalesce(a.conversation, c.alias) as chat from staff.contact c "
            "left join intake.alias a on a.alias = c.alias "
            "where c.alias = any($1) and c.confirmed_at is not null and c.channel <> 'email' "
            "order by c.confirmed_at desc, c.id desc",
            [alias for one in some for alias in one.aliases],
        )
        return {row["alias"]: _Official(row["id"], row["seat"], row["chat"]) for row in rows}

    async def _recast(self, one: Incoming, official: _Official, known: dict[str, _Matter]) -> Incoming:
        row = await self._pool.fetchrow("select person, reached from intake.forwarded where message_key = $1", one.key)
        if row is not None:
            return _as_passed_on(one, official, row["person"])
        matter = known.get(official.contact) or await self._last(official)
        passes, number = passed_on(one.message), number_in(one.message)
        waits = matter is not None and not matter.reached and one.at - matter.last <= ASKED
        goes_on = matter is not None and (one.at - matter.last <= TOGETHER or (waits and number is not None))
        if not passes and not (waits and number is not None):
            return one
        if matter is None or not goes_on:
            key = await self._vault.id_key(one.city.id)
            matter = _Matter(ids.derive(key, "forwarded", official.contact, one.key), False, one.at)
        matter = replace(matter, reached=matter.reached or number is not None, last=max(matter.last, one.at))
        known[official.contact] = matter
        await self._pool.execute(
            "insert into intake.forwarded (message_key, contact, person, reached, at) values ($1, $2, $3, $4, $5) "
            "on conflict do nothing",
            one.key, official.contact, matter.person, matter.reached, matter.last,
        )  # fmt: skip
        return _as_passed_on(one, official, matter.person)

    async def _last(self, official: _Official) -> _Matter | None:
        row = await self._pool.fetchrow(
            "select person, reached, at from intake.forwarded where contact = $1 "
            "order by at desc, reached desc limit 1",
            official.contact,
        )
        return None if row is None else _Matter(row["person"], row["reached"], row["at"])

    async def tell(self, results: Sequence[Remembered]) -> None:
        """The official hears that it is taken, and is asked for the reporter's number: once a matter, also repeated."""
        for one in results:
            incoming = one.incoming
            complaint = decided.complaint_of(one.decision)
            if incoming.passed_on_by is None or complaint is None:
                continue
            reached = incoming.message.sender.address is not None
            if reached:
                await self._ask(incoming, complaint, "forwarded_reached")
            elif decided.openings(one.decision):
                await self._ask(incoming, complaint, "forwarded")

    async def _ask(self, one: Incoming, complaint: str, kind: AskKind) -> None:
        ask = Ask(
            id=ids.derive(await self._vault.id_key(one.city.id), kind, one.message.sender.person),
            city=one.city.id,
            channel=one.channel,
            door=one.door.id,
            conversation=one.passed_on_by or "",
            kind=kind,
            complaints=(complaint,),
        )
        await self._publisher.publish(subjects.ask(one.city.id), ask.model_dump_json().encode())


def _as_passed_on(one: Incoming, official: _Official, person: str) -> Incoming:
    """The same message, of somebody whom we know only through the official."""
    said, number = one.message, number_in(one.message)
    message = said.model_copy(
        update={
            "sender": Sender(person=person, address=number, name=None),
            "wish": "open",
            "counter": Counter(by=official.seat, forwarder=official.seat),
            "form": "contact" if number is not None and not said.media else said.form,
            "reply_to": None,
        }
    )
    return replace(one, message=message, aliases=(person,), reply_key=None, passed_on_by=official.chat)
