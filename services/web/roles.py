"""The roles of a seat and the places of its area in the reader's words."""

from collections.abc import Mapping

from services.contracts.city import City
from services.contracts.tokens import Role
from services.web.i18n import later

ROLES: Mapping[Role, str] = {
    "reporter": later("pelapor"), "clerk": later("petugas meja"), "screener": later("penyaring"),
    "coordinator": later("koordinator: memutus pengembalian dan tambahan waktu"),
    "agency_officer": later("petugas kantor"), "agency_head": later("kepala kantor"),
    "territorial": later("camat atau lurah"), "leader": later("pimpinan kota"), "aide": later("staf pimpinan"),
    "communication": later("komunikasi: menerbitkan"), "auditor": later("pengawas: membaca catatan tanpa data pribadi"),
    "data_protection": later("pelindung data pribadi"), "ops": later("operator sistem, tanpa isi laporan"),
    "administrator": later("pengelola: mengatur jabatan"),
}  # fmt: skip


def area(city: City, code: str) -> str:
    """The name of a kecamatan or kelurahan; a code that the city has no more is shown as it is."""
    if code in city.wards:
        return city.wards[code].name
    return next((one.name for one in city.districts if one.code == code), code)
