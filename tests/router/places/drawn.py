"""Invented boundaries: a town of squares, so that polygons are tested where no real ones are."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from services.contracts.city import City

FOLDER = "TUNTAS_TEST_BOUNDARIES"
"""Environment variable: a folder with real polygons, `kota_<city>_kelurahan.geojson` each."""


def real(city: str) -> bytes | None:
    """A city's real polygons, where the folder is given."""
    folder = os.environ.get(FOLDER)
    file = Path(folder) / f"kota_{city}_kelurahan.geojson" if folder else None
    return file.read_bytes() if file is not None and file.exists() else None


def square(longitude: float, latitude: float, half: float) -> list[list[list[float]]]:
    """A polygon's coordinates: one ring of four corners around the point; `half` a side, degrees."""
    west, east, south, north = longitude - half, longitude + half, latitude - half, latitude + half
    return [[[west, south], [east, south], [east, north], [west, north], [west, south]]]


def squares(city: City, half: float = 0.0005) -> dict[str, dict[str, Any]]:
    """A small square around each kelurahan's point, as GeoJSON geometries by code."""
    return {
        ward.code: {"type": "Polygon", "coordinates": square(ward.longitude, ward.latitude, half)}
        for ward in city.wards.values()
    }


def polygon(geometry: Mapping[str, Any]) -> list[list[tuple[float, float]]]:
    """A GeoJSON polygon's rings as shapes take them."""
    return [[(longitude, latitude) for longitude, latitude in ring] for ring in geometry["coordinates"]]


def geojson(geometries: Mapping[str, object], name: str = "kode") -> bytes:
    features = [
        {"type": "Feature", "properties": {name: code, "luas": 1}, "geometry": geometry}
        for code, geometry in geometries.items()
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()
