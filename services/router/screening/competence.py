"""Whose matter it is when it is not the city's, by name, and where it may be another's. Pure."""

from collections.abc import Collection
from dataclasses import dataclass

from services.contracts.base import OUT_OF_COMPETENCE, Function
from services.router.screening.words import normal


@dataclass(frozen=True)
class Authority:
    id: str
    name: str
    """As the reporter is told."""


_AUTHORITIES: dict[str, str] = {
    "polri": "Kepolisian (Polres atau Polsek, telepon 110)",
    "samsat": "Samsat (Kepolisian dan Badan Pendapatan Daerah provinsi)",
    "pln": "PLN (telepon 123)",
    "bpjs_health": "BPJS Kesehatan (telepon 165)",
    "bpjs_work": "BPJS Ketenagakerjaan (telepon 175)",
    "land_office": "Kantor Pertanahan (BPN)",
    "immigration": "Kantor Imigrasi",
    "religion": "Kantor Kementerian Agama (KUA)",
    "tax": "Kantor Pelayanan Pajak (Direktorat Jenderal Pajak)",
    "customs": "Bea Cukai",
    "finance": "bank atau lembaga keuangannya, lalu Otoritas Jasa Keuangan (OJK)",
    "telecom": "operator telekomunikasinya (pengawas: Kementerian Komunikasi dan Digital)",
    "post": "Pos Indonesia",
    "rail": "PT Kereta Api Indonesia",
    "toll": "badan usaha jalan tolnya",
    "fuel": "Pertamina",
    "court": "pengadilan",
    "prosecutor": "Kejaksaan",
    "prison": "lembaga pemasyarakatannya (Kementerian Imigrasi dan Pemasyarakatan)",
    "university": "perguruan tingginya (kementerian pendidikan tinggi)",
    "elections": "KPU atau Bawaslu",
    "pension": "Taspen",
    "ministry": "kementerian atau lembaga pusat yang berwenang",
    "province": "pemerintah provinsi",
    "national_road": "balai jalan nasional (Kementerian Pekerjaan Umum)",
}

_BY_WORD: tuple[tuple[str, Function, str], ...] = (
    # authority, function it is read under, words that name it
    ("samsat", "police", "samsat|stnk|bpkb|plat motor|pajak motor|pajak kendaraan|pajak mobil"),
    ("bpjs_work", "national_insurance", "bpjs ketenagakerjaan|jht|jaminan hari tua|jamsostek|jkp|jaminan kematian"),
    ("land_office", "national_agency",
     "bpn|sertifikat tanah|sertipikat|ptsl|prona|mafia tanah|sertifikat ganda|kantor pertanahan|sengketa tanah"),
    ("immigration", "national_agency", "paspor|imigrasi|overstay"),
    ("religion", "national_agency", "kua|buku nikah|haji|kementerian agama|kemenag"),
    ("tax", "national_agency", "npwp|spt|kpp|pajak penghasilan|pph|kantor pajak|djp"),
    ("customs", "national_agency", "bea cukai"),
    ("finance", "national_agency", "pinjol|pinjaman online|bank|atm|leasing|asuransi|ojk|kartu kredit"),
    ("telecom", "national_agency", "telkomsel|indihome|telkom|indosat|xl|pulsa|kartu prabayar|sinyal"),
    ("post", "national_agency", "kantor pos|pos indonesia"),
    ("rail", "national_agency", "pt kai|kereta api|krl"),
    ("toll", "national_agency", "jalan tol|jasa marga|tarif tol"),
    ("fuel", "national_agency", "pertamina"),
    ("court", "national_agency", "pengadilan|hakim|sidang"),
    ("prosecutor", "national_agency", "kejaksaan|jaksa"),
    ("prison", "national_agency", "lapas|rutan"),
    ("university", "national_agency", "universitas|ukt|snbp|kip kuliah|kampus"),
    ("elections", "national_agency", "kpu|bawaslu|pemilu|pilpres"),
    ("pension", "national_agency", "taspen"),
)  # fmt: skip

_PERHAPS: tuple[tuple[str, Function, str], ...] = (
    # Beside the city's own: the law gives these to others, but the words alone rarely tell.
    ("province", "education", "sma negeri|sman|smk|smkn|sma"),
    ("province", "public_works", "jalan provinsi|jalan propinsi"),
    ("national_road", "public_works", "jalan nasional|jalan negara|jalan lintas|jalinsum"),
    ("province", "manpower", "pengawas ketenagakerjaan"),
    ("religion", "education", "madrasah|mts|mtsn|man|min negeri|pesantren"),
)

_USUAL: dict[Function, str] = {
    "police": "polri", "power_utility": "pln", "national_insurance": "bpjs_health", "national_agency": "ministry",
}  # fmt: skip


def _table(rows: tuple[tuple[str, Function, str], ...]) -> tuple[tuple[str, Function, str], ...]:
    return tuple((name, function, normal(word)) for name, function, words in rows for word in words.split("|"))


_NAMED, _SHARED = _table(_BY_WORD), _table(_PERHAPS)
ASKED: frozenset[str] = frozenset(word for _, _, word in (*_NAMED, *_SHARED))


def authority(function: Function, grams: Collection[str]) -> Authority | None:
    """Who is responsible outside the city; None for what is the city's own."""
    if function not in OUT_OF_COMPETENCE:
        return None
    found = next((name for name, under, word in _NAMED if under == function and word in grams), _USUAL[function])
    return Authority(found, _AUTHORITIES[found])


def perhaps(function: Function, grams: Collection[str]) -> Authority | None:
    """Who shares or holds what looks like the city's: a person looks before anybody is sent away."""
    found = next((name for name, under, word in _SHARED if under == function and word in grams), None)
    return Authority(found, _AUTHORITIES[found]) if found else None


def named(id_: str) -> str | None:
    """The name behind an id that stands in an event (`authority.pln`)."""
    return _AUTHORITIES.get(id_)
