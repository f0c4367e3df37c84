"""A kelurahan that the reporter chose from a list: surer than what the words say, less sure than a pin."""

from services.contracts.city import City
from services.router.places.place import Place


def chosen(city: City, place: Place, ward_code: str | None) -> Place:
    """`place` as words and pins have it. Where the words name another kelurahan, the difference is told."""
    if ward_code is None or ward_code not in city.wards or place.how in ("pin", "outside"):
        return place
    district = city.district_of(ward_code).code
    other = place.how in ("named", "landmark") and place.ward_code not in (None, ward_code)
    return Place(ward_code, district, "named", place.candidates, disagrees=other)
