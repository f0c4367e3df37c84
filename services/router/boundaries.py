"""`python -m services.router.boundaries CITY FILE.geojson`: a city's own boundaries, checked and put in force.

The polygons go into the log, one fact a kelurahan, and count from the fact behind them on: routers that run change
over within a second, and a rebuilt installation has them again. With `--check` nothing is appended.
"""

import argparse
import asyncio
import hashlib
import json
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import nats

from services.contracts import subjects
from services.contracts.city import City
from services.contracts.commands import Refusal
from services.contracts.facts.places import BoundariesPutInForce, WardBoundaryDrawn, boundary_id
from services.contracts.ids import derive
from services.router.places.facts import PlaceDecider, decider
from services.router.places.geojson import Boundaries, NotUsable, read_boundaries
from services.router.places.shapes import Polygons
from services.runtime import cities, postgres
from services.runtime.log import Log, Rejected
from services.runtime.sealing import MasterKey
from services.runtime.settings import Settings
from services.runtime.vault import Vault

_ACTOR = "service:operator"
_ID = "boundaries"
_AT_ONCE = 16
"""Appends under way side by side; each waits for the disk."""


@dataclass(frozen=True)
class Deciders:
    border: PlaceDecider
    in_force: PlaceDecider


async def put_in_force(deciders: Deciders, id_key: bytes, city: City, boundaries: Boundaries) -> int:
    """The version that is in force now; the same drawing again changes nothing. `NotUsable` if a polygon is too big."""
    content = json.dumps(boundaries.wards, sort_keys=True, separators=(",", ":"))
    drawing = derive(id_key, "boundaries", city.id, hashlib.sha256(content.encode()).hexdigest())
    state, before = await deciders.in_force.load(city.id, _ID)
    last = state[-1] if state else None
    if isinstance(last, BoundariesPutInForce) and last.drawing == drawing:
        return last.version
    round_ = str(len(before) + 1)

    async def draw(code: str, polygons: Polygons) -> None:
        fact = WardBoundaryDrawn(
            drawing=drawing,
            ward_code=code,
            polygons=tuple(tuple(tuple(ring) for ring in polygon) for polygon in polygons),
        )
        cause = derive(id_key, "boundary", city.id, drawing, round_, code)
        try:
            await deciders.border.execute(city.id, boundary_id(code), fact, cause=cause, actor=_ACTOR)
        except Rejected as error:
            name = city.wards[code].name
            raise NotUsable([f"{name} has more corners than a message can carry: simplify it"]) from error

    wards = list(boundaries.wards.items())
    for first in range(0, len(wards), _AT_ONCE):
        await asyncio.gather(*(draw(code, polygons) for code, polygons in wards[first : first + _AT_ONCE]))
    fact_ = BoundariesPutInForce(version=len(before) + 1, drawing=drawing, wards=tuple(boundaries.wards))
    cause = derive(id_key, "boundaries", city.id, drawing, round_)
    outcome = await deciders.in_force.execute(city.id, _ID, fact_, cause=cause, actor=_ACTOR)
    assert not isinstance(outcome, Refusal)
    return outcome.n


async def run(settings: Settings, city: City, boundaries: Boundaries) -> int:
    if settings.vault_url is None or settings.master_key_file is None:
        raise SystemExit("TUNTAS_VAULT_URL and TUNTAS_MASTER_KEY_FILE are needed")
    connection = await nats.connect(settings.nats_url, inbox_prefix=settings.inbox_prefix.encode())
    pool = await postgres.pool(settings.vault_url, size=1, service="router-boundaries")
    try:
        vault = Vault(pool, MasterKey.load(settings.master_key_file))
        log = Log(connection, subjects.CITY)
        deciders = Deciders(decider("boundary", log, vault, _now), decider("boundaries", log, vault, _now))
        return await put_in_force(deciders, await vault.id_key(city.id), city, boundaries)
    finally:
        await pool.close()
        await connection.close()


def _now() -> datetime:
    return datetime.now(UTC)


def main() -> None:
    parser = argparse.ArgumentParser(prog="tuntas city boundaries", description=__doc__)
    parser.add_argument("city")
    parser.add_argument("file", type=Path)
    parser.add_argument("--check", action="store_true", help="say what is wrong, change nothing")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    settings = Settings()
    city = cities.load(settings.cities_dir).get(given.city)
    if city is None:
        sys.exit(f"there is no city {given.city} in {settings.cities_dir}")
    told: dict[str, object] = {"city": city.id}
    try:
        boundaries = read_boundaries(city, given.file.read_bytes())
        told |= {"wards": len(boundaries.wards), "remarks": boundaries.remarks}
        if not given.check:
            told["version"] = asyncio.run(run(settings, city, boundaries))
    except (NotUsable, OSError) as error:
        told["wrong"] = error.reasons if isinstance(error, NotUsable) else [str(error)]
    _say(told, as_json=given.json)
    sys.exit(1 if "wrong" in told else 0)


def _say(told: dict[str, object], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(told))  # a command's answer
        return
    lines = [f"wrong: {one}" for one in _sentences(told, "wrong")] + [
        f"look: {one}" for one in _sentences(told, "remarks")
    ]
    if "version" in told:
        lines.append(f"{told['wards']} kelurahan of {told['city']} in force, version {told['version']}")
    elif "wrong" not in told:
        lines.append(f"{told['wards']} kelurahan of {told['city']} can be used; nothing was changed")
    print("\n".join(lines))  # a command's answer


def _sentences(told: dict[str, object], name: str) -> list[str]:
    found = told.get(name, ())
    return [str(one) for one in found] if isinstance(found, list | tuple) else []


if __name__ == "__main__":
    main()
