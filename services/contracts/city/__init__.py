"""A city as its file describes it: doors, seats, districts, policy (`deploy/cities/<city>.yaml`)."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import Field, model_validator

from services.contracts.base import Received, Token
from services.contracts.city.parts import (
    FORMS,
    Account,
    Agency,
    District,
    Door,
    Landmark,
    Neighbourhood,
    Program,
    Seat,
    SeatKind,
    Unit,
    Ward,
    form,
    slug,
)
from services.contracts.city.policy import Policy
from services.contracts.city.rules import Rules
from services.contracts.hearing.rules import Hearing


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
        for door in (*self.doors, *(form(channel) for channel in FORMS)):
            if door.id == door_id:
                return door
        raise KeyError(door_id)

    def doors_of(self, channel: str) -> tuple[Door, ...]:
        """The first one is meant where a message names none. A page of ours need not stand in the city's file."""
        found = tuple(door for door in self.doors if door.channel == channel)
        return found or ((form(channel),) if channel in FORMS else ())

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


__all__ = [
    "FORMS", "Account", "Agency", "City", "District", "Door", "Landmark", "Neighbourhood", "Policy", "Program", "Seat",
    "SeatKind", "Unit", "Ward", "slug",
]  # fmt: skip
