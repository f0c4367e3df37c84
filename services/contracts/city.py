"""A city as its file describes it: doors, seats, districts, policy (`deploy/cities/<city>.yaml`)."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cached_property
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import Field, model_validator

from services.contracts.base import Confidentiality, Function, Received, Token
from services.contracts.policy import Policy
from services.contracts.tokens import Role

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
    confidentiality: Confidentiality = "normal"
    first_level: Token | None = None
    """The seat that takes what comes in by this door first (a sub-district with a number of its own)."""


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


class Agency(Received):
    """An OPD or a utility, with its head's seat of the same id."""

    id: Token
    name: str
    title: str | None = None
    functions: tuple[Function, ...]
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
    policy: Policy

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
        return {seat.area: seat for seat in self.seats.values() if seat.area is not None}

    def door(self, door_id: str) -> Door:
        for door in self.doors:
            if door.id == door_id:
                return door
        raise KeyError(door_id)

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
        for door in self.doors:
            if door.first_level is not None and door.first_level not in ids:
                raise ValueError(f"door {door.id}: no seat {door.first_level}")
        return self


__all__ = ["Agency", "City", "District", "Door", "Policy", "Seat", "SeatKind", "Ward", "slug"]
