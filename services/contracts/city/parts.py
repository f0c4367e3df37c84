"""What a city consists of: doors, seats, offices, places, accounts."""

import re
import unicodedata
from functools import lru_cache
from typing import Literal

from pydantic import Field, field_validator

from services.contracts.base import Confidentiality, Function, Received, Token
from services.contracts.tokens import Role
from services.contracts.webhooks import checked

SeatKind = Literal["agency", "district", "ward", "rw", "rt", "leader", "assistant", "screening", "desk", "oversight"]


@lru_cache(maxsize=8192)  # a city's seats ask for each kelurahan's name once for every other one
def slug(name: str) -> str:
    """`Padang Harapan` → `padang-harapan`, fit for a subject."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


class Door(Received):
    """A number, page or account that the city owns. `external`: an adapter program serves it, not we."""

    id: Token
    channel: Token
    label: str
    external: bool = False
    phone_number_id: str | None = None
    number: str | None = Field(default=None, pattern=r"^[1-9][0-9]{6,14}$")
    """Of a WhatsApp number: what people write to, with its country and without a plus. For posters."""
    account_id: str | None = None
    """Facebook page id or Instagram account id."""
    confidentiality: Confidentiality = "normal"
    first_level: Token | None = None
    """The seat that takes what comes in by this door first (a sub-district with a number of its own)."""


FORMS: dict[str, str] = {
    "web": "Formulir web", "desk": "Meja pengaduan", "staff": "Laporan petugas", "live": "Siaran langsung",
    "open311": "Open311",
    "import": "Impor", "link": "Tautan",
}  # fmt: skip
"""Channels that are pages of ours: every city has them. Nothing can be sent back by them, so an answer goes to the
contact that the person gave, or stands on the tracking page."""


class Seat(Received):
    """An office that work belongs to, not a person."""

    id: Token
    title: str
    """As people read it: `Kepala Dinas Lingkungan Hidup`, `Lurah Padang Harapan`."""
    office: str
    """`Dinas Lingkungan Hidup`."""
    kind: SeatKind
    roles: tuple[Role, ...]
    functions: tuple[Function, ...] = ()
    area: str | None = None
    """Kemendagri code it is responsible for; None: the whole city."""
    superior: Token | None = None


class Unit(Received):
    """A part of an office (bidang, UPT), with what it does of the office's functions, and where."""

    id: Token
    name: str
    functions: tuple[Function, ...] = ()
    """Empty: none by itself; rules or the office's head say what it gets."""
    areas: tuple[str, ...] = ()
    """Kecamatan or kelurahan by code or name; empty: the office's whole area."""


class Agency(Received):
    """An OPD or a utility, with its head's seat of the same id. It serves its functions, in its areas."""

    id: Token
    name: str
    title: str | None = None
    functions: tuple[Function, ...]
    areas: tuple[str, ...] = ()
    """Kecamatan or kelurahan by code or name; empty: the whole city."""
    units: tuple[Unit, ...] = ()
    superior: Token = "sekda"
    utility: bool = False
    connects: bool = True
    """Has a queue consumer and credentials of its own for a program."""


class Ward(Received):
    """Kelurahan."""

    code: str
    name: str
    latitude: float
    longitude: float
    aliases: tuple[str, ...] = ()


class District(Received):
    """Kecamatan."""

    code: str
    name: str
    wards: tuple[Ward, ...]
    aliases: tuple[str, ...] = ()


class Neighbourhood(Received):
    """An RW, or an RT in it, whose head works with the city. Its head hears only what a neighbour may hear."""

    ward: str
    """Code of its kelurahan."""
    rw: str = Field(pattern=r"^[0-9]{2,3}$")
    rt: str | None = Field(default=None, pattern=r"^[0-9]{2,3}$")

    @property
    def name(self) -> str:
        return f"RW {self.rw}" if self.rt is None else f"RT {self.rt}/RW {self.rw}"


class Landmark(Received):
    """What everybody in the city knows by its name, and the kelurahan that it stands in."""

    name: str
    ward: str
    """Its code."""
    aliases: tuple[str, ...] = ()


class Account(Received):
    """A public account of an office. With a `door` we post there ourselves, else its office does."""

    id: Token
    seat: Token
    """Who answers for it."""
    channel: Literal["facebook", "instagram", "telegram", "tiktok", "x", "youtube", "website"]
    url: str = Field(pattern=r"^https://")
    door: Token | None = None
    """A door of the city whose credentials reach it: a Facebook page, an Instagram account or a Telegram bot."""
    chat: str | None = Field(default=None, pattern=r"^@[A-Za-z0-9_]{4,64}$")
    """Of a Telegram channel."""


class Program(Received):
    """An office's program that is called with each new state of the seat's tasks (`docs/agencies.md`)."""

    seat: Token
    url: str
    """https, of the public internet. Its secret is never in a file: an administrator makes it at `/webhook`."""

    @field_validator("url")
    @classmethod
    def _fit(cls, url: str) -> str:
        return checked(url)


def form(channel: str) -> Door:
    return Door(id=channel, channel=channel, label=FORMS[channel])
