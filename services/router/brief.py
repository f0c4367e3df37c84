"""The field brief that needs no words of the reporter: made of category, kind and place by rule."""

from services.contracts.base import Kind, Urgency
from services.contracts.city import City
from services.router.screening.categories import BY_ID

_KINDS: dict[Kind, str] = {
    "complaint": "Pengaduan",
    "suggestion": "Saran",
    "criticism": "Kritik",
    "question": "Pertanyaan",
    "assistance_request": "Permintaan bantuan",
}
_FRONT: dict[Urgency, str] = {"normal": "", "urgent": "Mendesak. ", "danger": "BAHAYA JIWA. "}


def label(category: str) -> str:
    """As officers read it; a category of a screener's own is shown as it was written."""
    if category == "unclear":
        return "Belum jelas"
    known = BY_ID.get(category)
    return known.label if known else category.replace("_", " ").capitalize()


def place_name(city: City, district_code: str | None, ward_code: str | None) -> str | None:
    """`Kelurahan Padang Harapan, Kecamatan Gading Cempaka`."""
    district = next((d for d in city.districts if d.code == district_code), None)
    ward = city.wards.get(ward_code) if ward_code else None
    if ward is not None:
        return f"Kelurahan {ward.name}, Kecamatan {city.district_of(ward.code).name}"
    return f"Kecamatan {district.name}" if district else None


def summary(
    city: City,
    *,
    kind: Kind,
    category: str,
    urgency: Urgency,
    district_code: str | None,
    ward_code: str | None,
    authority: str | None = None,
) -> str:
    """One line: `Pengaduan: Jalan rusak di Kelurahan …`. `authority`: whose matter it is, if not the city's."""
    where = place_name(city, district_code, ward_code)
    ending = f" di {where}" if where else ", tempat belum diketahui"
    elsewhere = f" Di luar kewenangan kota: {authority}." if authority else ""
    return f"{_FRONT[urgency]}{_KINDS[kind]}: {label(category)}{ending}.{elsewhere}"
