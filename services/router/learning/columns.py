"""Which column of a table holds what, by its heading, Indonesian or English.

SP4N-LAPOR! lets an institution's administrator download its reports as a spreadsheet. There is no public description
of it; programs of several local governments that read it, published as open source, agree on these headings: Tracking
ID, Tanggal Laporan Masuk, Waktu Laporan Masuk, Nama Pelapor, Klasifikasi Laporan, ID Kategori, Kategori, Judul Laporan,
Isi Laporan Awal, Isi Laporan Akhir, Tipe Laporan (Anonim/Rahasia), Sumber Laporan, Instansi Induk, ID Instansi
Terdisposisi, Instansi Terdisposisi, Status Laporan, Alasan Tunda/Arsip, Provinsi, Kota/Kabupaten, Kecamatan, Kelurahan,
…, Rating. General lines (institution, date of the download) stand above the headings. `Isi Laporan Awal` is what the
person wrote, `Akhir` what an administrator made of it. Not known: whether every version of the site writes the same,
and the closed list of `Status Laporan` (seen: Terverifikasi, Ditutup oleh Admin, Ditutup oleh Sistem, Diarsipkan).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from services.runtime.tables import Row

Meaning = Literal["text", "title", "function", "agency", "category", "date", "status", "secrecy"]

HEADINGS: dict[Meaning, tuple[str, ...]] = {
    "text": (
        "isi laporan awal", "isi laporan", "isi pengaduan", "isi aduan", "isi keluhan", "uraian laporan",
        "uraian pengaduan", "uraian aduan", "uraian", "isi", "isi laporan akhir", "deskripsi", "deskripsi laporan",
        "keluhan", "pengaduan", "aduan", "laporan", "pesan", "teks", "text", "description", "complaint", "message",
        "content", "detail",
    ),
    "title": ("judul laporan", "judul pengaduan", "judul aduan", "judul", "perihal", "title", "subject"),
    "function": ("function", "fungsi", "label", "urusan"),
    "agency": (
        "instansi terdisposisi", "terdisposisi", "opd tujuan", "dinas tujuan", "instansi tujuan", "tujuan disposisi",
        "disposisi ke", "disposisi", "diteruskan ke", "opd", "skpd", "opd terkait", "dinas terkait",
        "perangkat daerah", "organisasi perangkat daerah", "instansi", "dinas", "unit kerja", "unit", "agency",
        "department", "office",
    ),
    "category": ("kategori", "kategori laporan", "kategori pengaduan", "kategori aduan", "category", "topik", "bidang"),
    "date": (
        "tanggal laporan masuk", "tanggal laporan", "tanggal pengaduan", "tanggal aduan", "tanggal masuk", "tanggal",
        "tgl laporan", "tgl masuk", "tgl", "waktu laporan", "date", "created at", "created", "timestamp",
    ),
    "status": ("status laporan", "status pengaduan", "status aduan", "status"),
    "secrecy": ("tipe laporan anonim rahasia", "tipe laporan", "sifat laporan", "kerahasiaan", "secrecy"),
}  # fmt: skip
"""Headings in their plain form, the most telling first."""

LABELS: tuple[Meaning, ...] = ("function", "agency", "category")

_SEARCHED = 40
"""Rows above which the headings must stand."""


@dataclass(frozen=True, slots=True)
class Columns:
    header: int
    """Number of the row with the headings."""
    at: dict[Meaning, int]
    names: dict[Meaning, str]
    """The headings as the file writes them."""

    def cell(self, row: Sequence[str], meaning: Meaning) -> str:
        position = self.at.get(meaning)
        return row[position] if position is not None and position < len(row) else ""


def plain(heading: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", heading.casefold()).strip()


def columns(rows: Sequence[Row]) -> Columns | None:
    """From the first row that names a column for the words and at least one for a label; None if there is none."""
    for number, row in rows[:_SEARCHED]:
        found = _headings(row)
        if ("text" in found or "title" in found) and any(label in found for label in LABELS):
            return Columns(number, found, {meaning: row[at] for meaning, at in found.items()})
    return None


def _headings(row: Sequence[str]) -> dict[Meaning, int]:
    headings = [plain(cell) for cell in row]
    found: dict[Meaning, int] = {}
    for meaning, names in HEADINGS.items():
        at = next((headings.index(name) for name in names if name in headings), None)
        if at is not None and at not in found.values():
            found[meaning] = at
    return found
