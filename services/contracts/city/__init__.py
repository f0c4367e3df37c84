"""A city as its file describes it: doors, seats, districts, policy (`deploy/cities/<city>.yaml`)."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import Field, field_validator, model_validator

from services.contracts.base import Confidentiality, Function, Received, Token
from services.contracts.city.policy import Policy
from services.contracts.city.rules import Rules
from services.contracts.hearing.rules import Hearing
from services.contracts.tokens import Role
from services.contracts.webhooks import checked

SeatKind = Literal["agency", "district", "ward", "rw", "rt", "leader", "assistant", "screening", "desk", "oversight"]


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


class City(Received):
    id: Token
    name: str
    province: str
    timezone: Literal["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"]
    ticket_prefix: str = Field(pattern=r"^[A-Z]{2,4}$")
    emergency_number: str
    doors: tuple[Door, ...]
    leaders: tuple[Seat, ...]
    """Mayor, vice mayor, Sekda, assistants, inspectorate, screening team, desk."""
    agencies: tuple[Agency, ...]
    districts: tuple[District, ...]
    neighbourhoods: tuple[Neighbourhood, ...] = ()
    accounts: tuple[Account, ...] = ()
    """Where offices show what they do."""
    webhooks: tuple[Program, ...] = ()
    policy: Policy
    rules: Rules = Rules()
    """From `<city>/rules.yaml` beside the city file."""
    hearing: Hearing = Hearing()
    """From `<city>/hearing.yaml`."""
    landmarks: tuple[Landmark, ...] = ()

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @cached_property
    def seats(self) -> dict[str, Seat]:
        """Every seat of the city by id: the named ones, a head per agency, a camat and a lurah for each place."""
        return {seat.id: seat for seat in self._seats()}

    def _seats(self) -> Iterator[Seat]:
        yield from self.leaders
        for agency in self.agencies:
            yield Seat(
                id=agency.id,
                title=agency.title or f"Kepala {agency.name}",
                office=agency.name,
                kind="agency",
                roles=("agency_head", "agency_officer"),
                functions=agency.functions,
                superior=agency.superior,
            )
        for district in self.districts:
            camat = self.district_seat(district)
            yield Seat(
                id=camat,
                title=f"Camat {district.name}",
                office=f"Kecamatan {district.name}",
                kind="district",
                roles=("territorial",),
                functions=("village_ward",),
                area=district.code,
                superior="sekda",
            )
            for ward in district.wards:
                yield Seat(
                    id=self.ward_seat(ward),
                    title=f"Lurah {ward.name}",
                    office=f"Kelurahan {ward.name}",
                    kind="ward",
                    roles=("territorial",),
                    functions=("village_ward",),
                    area=ward.code,
                    superior=camat,
                )
        for one in self.neighbourhoods:
            if one.ward in self.wards:
                yield self._neighbourhood(one)

    def _neighbourhood(self, one: Neighbourhood) -> Seat:
        ward = self.wards[one.ward]
        lurah = self.ward_seat(ward)
        place = lurah.removeprefix("lurah-")
        rw = f"rw-{one.rw}-{place}"
        listed = any((n.ward, n.rw, n.rt) == (one.ward, one.rw, None) for n in self.neighbourhoods)
        return Seat(
            id=rw if one.rt is None else f"rt-{one.rt}-{rw}",
            title=f"Ketua {one.name} Kelurahan {ward.name}",
            office=f"{one.name} Kelurahan {ward.name}",
            kind="rw" if one.rt is None else "rt",
            roles=("territorial",),
            area=ward.code,
            superior=rw if one.rt is not None and listed else lurah,
        )

    @staticmethod
    def district_seat(district: District) -> str:
        return f"camat-{slug(district.name)}"

    def ward_seat(self, ward: Ward) -> str:
        """`lurah-<name>`; two kelurahan of one name carry their kecamatan too."""
        same = [d for d in self.districts for w in d.wards if slug(w.name) == slug(ward.name)]
        if len(same) == 1:
            return f"lurah-{slug(ward.name)}"
        return f"lurah-{slug(ward.name)}-{slug(self.district_of(ward.code).name)}"

    @cached_property
    def wards(self) -> dict[str, Ward]:
        return {ward.code: ward for district in self.districts for ward in district.wards}

    def district_of(self, ward_code: str) -> District:
        """`KeyError` for a code that is none of the city's."""
        return self._districts_by_ward[ward_code]

    @cached_property
    def _districts_by_ward(self) -> dict[str, District]:
        return {ward.code: district for district in self.districts for ward in district.wards}

    @cached_property
    def territorial(self) -> dict[str, Seat]:
        """The camat or lurah of each Kemendagri code."""
        return {
            seat.area: seat
            for seat in self.seats.values()
            if seat.area is not None and seat.kind in ("district", "ward")
        }

    @cached_property
    def _places(self) -> dict[str, frozenset[str]]:
        """Codes by code and by plain name; a name may mean several."""
        found: dict[str, set[str]] = {}
        places: list[District | Ward] = [*self.districts, *self.wards.values()]
        for place in places:
            for name in (place.code, slug(place.name), *(slug(alias) for alias in place.aliases)):
                found.setdefault(name, set()).add(place.code)
        return {name: frozenset(codes) for name, codes in found.items()}

    def codes(self, name: str) -> frozenset[str]:
        """The kecamatan and kelurahan that a code or name means; empty for none of the city's."""
        return self._places.get(name) or self._places.get(slug(name), frozenset())

    def covers(self, areas: Iterable[str], *, district: str | None, ward: str | None) -> bool:
        """Whether one of the areas (codes or names) is the place, or the kecamatan around it."""
        return any(code in (district, ward) for area in areas for code in self.codes(area))

    def unit(self, agency: str, unit: str) -> Unit | None:
        found = next((a for a in self.agencies if a.id == agency), None)
        return next((u for u in found.units if u.id == unit), None) if found else None

    def door(self, door_id: str) -> Door:
        for door in (*self.doors, *(_form(channel) for channel in FORMS)):
            if door.id == door_id:
                return door
        raise KeyError(door_id)

    def doors_of(self, channel: str) -> tuple[Door, ...]:
        """The first one is meant where a message names none. A page of ours need not stand in the city's file."""
        found = tuple(door for door in self.doors if door.channel == channel)
        return found or ((_form(channel),) if channel in FORMS else ())

    @model_validator(mode="after")
    def _names_fit(self) -> "City":
        seats = list(self._seats())
        ids = [seat.id for seat in seats]
        twice = sorted({i for i in ids if ids.count(i) > 1})
        if twice:
            raise ValueError(f"two seats of one id: {', '.join(twice)}")
        for seat in seats:
            if seat.superior is not None and seat.superior not in ids:
                raise ValueError(f"seat {seat.id}: no seat {seat.superior} to be its superior")
        for one in self.neighbourhoods:
            if one.ward not in self.wards:
                raise ValueError(f"{one.name}: no kelurahan has the code {one.ward}")
        for landmark in self.landmarks:
            if landmark.ward not in self.wards:
                raise ValueError(f"landmark {landmark.name}: no kelurahan {landmark.ward}")
        for name in self.hearing.morning.seats:
            if not any(seat.id == name and "leader" in seat.roles for seat in seats):
                raise ValueError(f"hearing.morning: no leader has the seat {name}")
        for program in self.webhooks:
            if program.seat not in ids:
                raise ValueError(f"webhook {program.url}: no seat {program.seat}")
        for door in self.doors:
            if door.first_level is not None and door.first_level not in ids:
                raise ValueError(f"door {door.id}: no seat {door.first_level}")
        return self


def _form(channel: str) -> Door:
    return Door(id=channel, channel=channel, label=FORMS[channel])


__all__ = ["FORMS", "Agency", "City", "District", "Door", "Policy", "Seat", "SeatKind", "Ward", "slug"]
