"""A reporter's contact, shown once to the seat that asked for it; and what is known of every such look."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import asyncpg

from services.reporting.forms.contact import REPORTER
from services.reporting.read_models.cases.card import Card
from services.runtime.vault import AlreadyRevealed, Contact, Vault
from services.web.i18n import later
from services.web.pages import Problem

PAGE = 50
_PHONE = re.compile(r"\+?[0-9]{8,15}")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")

_LOG = """
select id, at, owner, party, who, approved_by, why, number, found from vault.reveals
where ($1::bigint is null or id < $1) order by id desc limit $2
"""


@dataclass(frozen=True)
class Look:
    """One look at what is sealed. `number` None: an operator's, by command, without a second person."""

    id: int
    at: datetime
    complaint: str
    who: str
    approved_by: str | None
    why: str
    number: int | None
    found: bool


@dataclass(frozen=True)
class ContactView:
    """`address` None: no number and no mail that a person could use; only the channel reaches the reporter."""

    ticket: str
    number: int
    channel: str
    name: str | None
    address: str | None
    link: str | None
    """`tel:` or `mailto:`."""


@dataclass(frozen=True)
class Reveals:
    """`pool`: the vault's database."""

    vault: Vault
    pool: asyncpg.Pool

    async def show(self, card: Card, number: int) -> ContactView:
        """After `show_contact` was done. Raises Problem when it was shown before, or is not there (any more)."""
        wish = card.contacts.get(number)
        if wish is None or wish.by is None:
            raise Problem(409, later("Permintaan ini belum disetujui."))
        try:
            contact = await self.vault.reveal(
                card.complaint, REPORTER, who=f"seat:{wish.seat}", approved_by=f"seat:{wish.by}", why=wish.ground,
                number=number,
            )  # fmt: skip
        except AlreadyRevealed:
            raise Problem(
                409, later("Kontak ini sudah ditampilkan satu kali. Ajukan permintaan baru bila masih perlu.")
            ) from None
        if contact is None:
            raise Problem(410, later("Kontak pelapor tidak ada, atau sudah dihapus."))
        return _view(card, number, contact)

    async def for_call(self, card: Card, seat: str) -> ContactView:
        """The number of a reporter on the call list, once for each try. Whoever put him there is the second in the log.

        Raises Problem when it was shown for this try, or is not there (any more).
        """
        asked = max(call.n for call in card.calls.values())
        try:
            contact = await self.vault.reveal(
                card.complaint, REPORTER, who=f"seat:{seat}", approved_by="service:notifier", why="call_list",
                number=-asked,
            )  # fmt: skip
        except AlreadyRevealed:
            raise Problem(
                409, later("Nomor ini sudah ditampilkan untuk percobaan ini. Catat dulu hasil teleponnya.")
            ) from None
        if contact is None:
            raise Problem(410, later("Kontak pelapor tidak ada, atau sudah dihapus."))
        if contact.phone is not None:
            contact = replace(contact, address=contact.phone, channel="phone")
        return _view(card, -asked, contact)

    async def looks(self, before: int | None) -> Sequence[Look]:
        """Of all cities, the latest first; a page of them below `before`."""
        rows = await self.pool.fetch(_LOG, before, PAGE)
        return [
            Look(
                row["id"], row["at"], row["owner"], row["who"], row["approved_by"], row["why"], row["number"],
                row["found"],
            )
            for row in rows
        ]  # fmt: skip


def _view(card: Card, number: int, contact: Contact) -> ContactView:
    address, link = contact.address.strip(), None
    digits = re.sub(r"[ .()-]", "", address)
    if contact.channel not in _NO_NUMBERS and _PHONE.fullmatch(digits):
        address = digits if digits.startswith(("+", "0")) else f"+{digits}"
        link = f"tel:{address}"
    elif _MAIL.fullmatch(address):
        link = f"mailto:{address}"
    return ContactView(card.ticket, number, contact.channel, contact.name, address if link else None, link)


_NO_NUMBERS = frozenset({"telegram", "facebook", "instagram", "messenger"})
"""Their ids are digits too, and nobody can dial them."""
