"""A report by program, read after GeoReport v2 "POST Service Request" and handed to intake's door."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from services.contracts.city import City
from services.reporting.open311.catalogue import CHOICE, CHOICES, SERVICES
from services.reporting.open311.forms import Bad

LONGEST = {"description": 4_000, "address_string": 500, "address_id": 100, "email": 200, "phone": 40, "first_name": 150,
           "last_name": 149, "account_id": 140, "device_id": 140, "media_url": 2_000, "api_key": 200}  # fmt: skip
NOT_FETCHED = (
    "Gambar dari alamat lain tidak kami ambil; kirimkan lewat WhatsApp, Telegram atau surel kota dengan menyebut kode "
    "ini."
)
_AWAY = Bad(503, "The city's door does not answer now. Send the request again.")


def report(form: Mapping[str, str]) -> tuple[dict[str, Any], str | None]:
    """What intake takes, and a notice for the client. Raises Bad; a missing key is asked for before anything else."""
    given = {name: value.strip() for name, value in form.items() if value.strip()}
    if "api_key" not in given:
        raise Bad(403, "api_key is missing.")
    code = given.get("service_code")
    if code is None:
        raise Bad(400, "service_code is missing.")
    if code not in SERVICES:
        raise Bad(404, "service_code was not found.")
    for name, most in LONGEST.items():
        if len(given.get(name, "")) > most:
            raise Bad(400, f"{name} may have {most} characters.")
    latitude, longitude = _place(given)
    choice = given.get(f"attribute[{CHOICE}]", "normal")
    if choice not in CHOICES:
        raise Bad(400, f"attribute[{CHOICE}] is one of {', '.join(CHOICES)}.")
    address = " ".join(part for part in (given.get("address_string"), given.get("address_id")) if part)
    found = {
        "api_key": given["api_key"],
        "service": str(SERVICES[code]["service_name"]),
        "description": given.get("description"),
        "address": address[:500] or None,
        "latitude": latitude,
        "longitude": longitude,
        "person": " ".join(given[name] for name in ("account_id", "device_id") if name in given) or None,
        "email": given.get("email"),
        "phone": given.get("phone"),
        "name": " ".join(given[name] for name in ("first_name", "last_name") if name in given) or None,
        "confidentiality": choice,
    }
    return {name: value for name, value in found.items() if value is not None}, (
        NOT_FETCHED if "media_url" in given else None
    )


def _place(given: Mapping[str, str]) -> tuple[float | None, float | None]:
    """`lat` and `long`, or an address."""
    if ("lat" in given) != ("long" in given):
        raise Bad(400, "lat and long belong together.")
    if "lat" in given:
        return _degrees("lat", given["lat"], 90), _degrees("long", given["long"], 180)
    if "address_string" not in given and "address_id" not in given:
        raise Bad(400, "A place is missing: lat and long, or address_string, or address_id.")
    return None, None


def _degrees(name: str, value: str, most: int) -> float:
    try:
        found = float(value) if len(value) <= 40 else math.nan
    except ValueError:
        found = math.nan
    if not -most <= found <= most:
        raise Bad(400, f"{name} is a number from -{most} to {most} (WGS 84).")
    return found


@dataclass(frozen=True)
class Door:
    """Intake's. `tokens`: city → the console's bearer token."""

    client: httpx.AsyncClient
    url: str
    tokens: Mapping[str, str]

    async def hand_in(self, city: City, body: Mapping[str, Any]) -> dict[str, str]:
        """`ticket`, or `token`. Raises Bad."""
        answer = await self._ask("POST", city, "/open311", body)
        match answer.status_code:
            case 201:
                return dict(answer.json())
            case 403:
                raise Bad(403, "api_key is none of ours, or was withdrawn.")
            case 422:
                raise Bad(400, "A value is not of its form.")
            case 429:
                raise Bad(429, "Too many requests with this api_key at once.")
            case _:
                raise _AWAY

    async def ticket(self, city: City, token: str) -> str:
        """Raises Bad 404 as long as there is none."""
        answer = await self._ask("GET", city, f"/open311/tokens/{token}", None)
        if answer.status_code == 200:
            return str(answer.json()["ticket"])
        raise Bad(404, "token was not found.") if answer.status_code == 404 else _AWAY

    async def _ask(self, method: str, city: City, path: str, body: Mapping[str, Any] | None) -> httpx.Response:
        headers = {"authorization": f"Bearer {self.tokens.get(city.id, '')}"}
        try:
            return await self.client.request(method, f"{self.url}{path}", json=body, headers=headers)
        except httpx.HTTPError:
            raise _AWAY from None
