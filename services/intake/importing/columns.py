"""Which column of a table holds what, by its heading, Indonesian or English. Pure.

SP4N-LAPOR!'s download has no public description; programs of several local governments that read it agree on: Tracking
ID, Tanggal Laporan Masuk, Waktu Laporan Masuk, Nama Pelapor, Klasifikasi Laporan, Kategori, Judul Laporan, Isi Laporan
Awal (the person's words), Isi Laporan Akhir (an administrator's), Tipe Laporan (Anonim/Rahasia), Status Laporan,
Kecamatan, Kelurahan. General lines stand above the headings.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from services.runtime.tables import Row

Meaning = Literal[
    "id", "title", "text", "date", "time", "name", "phone", "email", "kind", "category", "secrecy", "status", "ended",
    "district", "ward", "address",
]  # fmt: skip

HEADINGS: dict[Meaning, tuple[str, ...]] = {
    "id": ("tracking id", "nomor tracking", "no tracking", "kode tracking", "id laporan", "kode laporan",
           "nomor laporan", "no laporan", "nomor tiket", "no tiket", "nomor aduan", "no aduan",
           "nomor pengaduan", "no pengaduan", "kode aduan", "kode", "id", "ticket", "reference"),
    "title": ("judul laporan", "judul pengaduan", "judul aduan", "judul", "perihal", "title", "subject"),
    "text": ("isi laporan awal", "isi laporan", "isi pengaduan", "isi aduan", "isi keluhan", "uraian laporan",
             "uraian pengaduan", "uraian aduan", "rincian laporan", "rincian aduan", "detail laporan", "detail aduan",
             "permasalahan", "uraian", "isi", "isi laporan akhir", "deskripsi", "keluhan", "pengaduan", "aduan",
             "laporan", "pesan", "text", "description", "complaint", "message"),
    "date": ("tanggal laporan masuk", "tanggal laporan", "tanggal dan waktu laporan", "tanggal lapor", "waktu lapor",
             "tanggal pengaduan", "tanggal aduan", "tanggal masuk", "tanggal", "tgl laporan",
             "tgl masuk", "tgl", "date", "created at", "timestamp"),
    "time": ("waktu laporan masuk", "waktu laporan", "jam", "waktu", "time"),
    "name": ("nama pelapor", "nama pengadu", "pelapor", "nama", "name", "reporter"),
    "phone": ("nomor telepon", "no telepon", "no hp", "nomor hp", "no wa", "nomor wa", "whatsapp", "telepon", "hp",
              "kontak", "phone"),
    "email": ("email", "e mail", "surel", "alamat email"),
    "kind": ("klasifikasi laporan", "klasifikasi", "jenis laporan", "jenis", "kind"),
    "category": ("kategori", "kategori laporan", "topik", "bidang", "category"),
    "secrecy": ("tipe laporan anonim rahasia", "tipe laporan", "sifat laporan", "kerahasiaan", "secrecy"),
    "status": ("status laporan", "status pengaduan", "status aduan", "status"),
    "ended": ("tanggal selesai", "tanggal penyelesaian", "tanggal ditutup", "tanggal tutup", "tanggal tindak lanjut",
              "tanggal tindak lanjut terakhir", "tgl selesai", "tgl penyelesaian", "tgl tutup", "selesai pada",
              "closed at", "resolved at", "end date"),
    "district": ("kecamatan", "kec", "district"),
    "ward": ("kelurahan", "desa kelurahan", "kelurahan desa", "kel", "kel desa", "ward"),
    "address": ("lokasi kejadian", "lokasi", "alamat kejadian", "alamat", "tempat", "address", "location"),
}  # fmt: skip
"""Headings in their plain form, the most telling first."""

_SEARCHED = 40
"""Rows above which the headings must stand."""


@dataclass(frozen=True, slots=True)
class Columns:
    header: int
    """Number of the row with the headings."""
    at: dict[Meaning, int]

    def cell(self, row: Sequence[str], meaning: Meaning) -> str:
        position = self.at.get(meaning)
        return row[position].strip() if position is not None and position < len(row) else ""


def columns(rows: Sequence[Row]) -> Columns | None:
    """From the first row that names a column for the words and one thing more; None if there is none."""
    for place, (number, row) in enumerate(rows[:_SEARCHED]):
        headings = [_plain(cell) for cell in row]
        found: dict[Meaning, int] = {}
        for meaning, names in HEADINGS.items():
            at = next((headings.index(name) for name in names if name in headings), None)
            if at is not None and at not in found.values():
                found[meaning] = at
        if "text" in found and len(found) > 1:
            return _second(rows[place + 1 : place + 2], Columns(number, found))
    return None


def _second(after: Sequence[Row], first: Columns) -> Columns:
    """`Pelapor` over `Nama` and `No HP`: what the row below the headings says in their own words is part of them."""
    for number, row in after:
        below = {at: _plain(cell) for at, cell in enumerate(row) if cell.strip()}
        meant = {at: meaning for at, name in below.items() for meaning, names in HEADINGS.items() if name in names}
        if len(meant) == len(below) and len(meant) > 1:
            more = {meaning: at for at, meaning in meant.items() if meaning not in first.at}
            return Columns(number, first.at | more)
    return first


def _plain(heading: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", heading.casefold()).strip()
