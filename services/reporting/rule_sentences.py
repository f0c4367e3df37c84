"""A rule of a city as people read it: when it fits, and what follows."""

from collections.abc import Sequence

from services.contracts.city import City
from services.contracts.city.rules import Rule, Then, When
from services.reporting import labels
from services.reporting.labels import Translate
from services.web.i18n import later

ABOUT = {
    "rt": later("ketua RT"), "rw": later("ketua RW"), "lurah": later("lurah"), "camat": later("camat"),
    "agency": later("sebuah kantor"), "official": later("pegawai"), "mayor": later("wali kota"),
}  # fmt: skip
WORDS = {
    "camat": later("camat setempat"), "lurah": later("lurah setempat"), "first_level": later("jabatan pemilik nomor"),
    "serves": later("kantor yang membidangi"), "inspector": later("Inspektorat"),
}  # fmt: skip
DAY = {
    "mon": later("Senin"), "tue": later("Selasa"), "wed": later("Rabu"), "thu": later("Kamis"), "fri": later("Jumat"),
    "sat": later("Sabtu"), "sun": later("Minggu"),
}  # fmt: skip


def when(city: City, when: When, tr: Translate) -> str:
    """All conditions in one line; `selalu` where there is none."""
    said = [_condition(city, name, value, tr) for name, value in when.said().items()]
    return "; ".join(said) if said else tr(later("selalu"))


def then(city: City, rule: Rule, tr: Translate) -> list[str]:
    """Each part of the outcome in a line."""
    given: Then = rule.then
    lines = []
    if given.lead is not None:
        lines.append(tr(later("Penanggung jawab: {seats}")).format(seats=_first(city, given.lead, tr)))
    if given.supporting:
        seats = ", ".join(_seat(city, name, tr) for name in given.supporting)
        lines.append(tr(later("Pendukung: {seats}")).format(seats=seats))
    if given.supporting == ():
        lines.append(tr(later("Tanpa pendukung")))
    if given.territorial:
        lines.append(tr(later("Wilayah: {seats}")).format(seats=_first(city, given.territorial, tr)))
    if given.territorial == ():
        lines.append(tr(later("Wilayah tidak diberi tahu")))
    if given.unit is not None:
        lines.append(tr(later("Bagian: {unit}")).format(unit=_unit(city, given.unit)))
    if given.instruction is not None:
        lines.append(tr(later("Arahan: {text}")).format(text=given.instruction))
    if given.person is not None:
        lines.append(tr(later("Diputuskan orang dahulu") if given.person else later("Boleh diteruskan mesin")))
    return lines


def _condition(city: City, name: str, value: object, tr: Translate) -> str:
    values = value if isinstance(value, tuple) else (value,)
    words = [str(one) for one in values]
    match name:
        case "function":
            return tr(later("bidang {what}")).format(what=_any(words, labels.FUNCTION, tr))
        case "category":
            named = [labels.category(one, tr) or one for one in words]
            return tr(later("pokok {what}")).format(what=_or(named, tr))
        case "kind":
            return tr(later("jenis {what}")).format(what=_any(words, labels.KIND, tr))
        case "urgency":
            return _any(words, labels.URGENCY, tr)
        case "confidentiality":
            return tr(later("kerahasiaan {what}")).format(what=_any(words, labels.CONFIDENTIALITY, tr))
        case "about":
            return tr(later("tentang {whom}")).format(whom=_any(words, ABOUT, tr))
        case "district" | "ward":
            return tr(later("di {place}")).format(place=_or([_place(city, one) for one in words], tr))
        case "place":
            return tr(later("tempat sudah diketahui") if value == "known" else later("tempat belum diketahui"))
        case "door":
            named = [next((door.label for door in city.doors if door.id == one), one) for one in words]
            return tr(later("lewat {door}")).format(door=_or(named, tr))
        case "first_level":
            return tr(later("lewat nomor sebuah kecamatan") if value else later("lewat nomor kota"))
        case "on_behalf":
            return tr(later("untuk orang lain") if value else later("untuk diri sendiri"))
        case "hours":
            start, _, end = str(value).partition("-")
            return tr(later("pukul {start} sampai {end}")).format(
                start=start.replace(":", "."), end=end.replace(":", ".")
            )
        case "days":
            return tr(later("hari {days}")).format(days=_any(words, DAY, tr))
        case _:
            return tr(later("hari kerja") if value else later("hari libur"))


def _any(words: Sequence[str], names: dict[str, str], tr: Translate) -> str:
    return _or([tr(names[one]) for one in words], tr)


def _or(words: Sequence[str], tr: Translate) -> str:
    if len(words) < 2:
        return "".join(words)
    return tr(later("{some} atau {last}")).format(some=", ".join(words[:-1]), last=words[-1])


def _first(city: City, names: Sequence[str], tr: Translate) -> str:
    seats = [_seat(city, name, tr) for name in names]
    return seats[0] if len(seats) == 1 else tr(later("{first}; bila tidak ada, {others}")).format(
        first=seats[0], others=", ".join(seats[1:])
    )  # fmt: skip


def _seat(city: City, name: str, tr: Translate) -> str:
    return tr(WORDS[name]) if name in WORDS else labels.seat(city, name) or name


def _unit(city: City, unit: str) -> str:
    return next((one.name for agency in city.agencies for one in agency.units if one.id == unit), unit)


def _place(city: City, name: str) -> str:
    for code in city.codes(name):
        district = next((d.name for d in city.districts if d.code == code), None)
        return f"Kecamatan {district}" if district else f"Kelurahan {city.wards[code].name}"
    return name
