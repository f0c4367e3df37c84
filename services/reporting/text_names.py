"""What each text is called by those who read them: what it tells, as the table of who hears what says it."""

from services.contracts.hearing.table import BY_ID
from services.web.i18n import later

ANSWERS = {
    "greeting": later("salam dijawab, dengan apa yang bisa dilakukan di sini"),
    "thanks": later("ucapan terima kasih dijawab"),
    "help": later("kata-kata yang bisa dipakai"),
    "status": later("laporan sampai di mana, giliran siapa, sampai kapan"),
    "not_understood": later("pesannya belum kami pahami"),
    "which_complaint": later("laporan mana yang dimaksud?"),
    "nothing_open": later("tidak ada laporan yang masih terbuka"),
    "again_or_new": later("yang lama belum beres, atau hal baru?"),
    "affected": later("ikut terdampak: dicatat pada laporan yang sama"),
    "officer": later("jawaban atas pesan petugas"),
    "forwarded": later("pesan terusan dicatat; nomor pelapornya belum ada"),
    "forwarded_reached": later("pelapor pesan terusan sudah dikabari"),
    "slowed": later("terlalu banyak sekaligus: dibaca satu per satu"),
    "join_code": later("kode untuk menyambungkan percakapan lain orang yang sama"),
    "joined": later("percakapannya tersambung"),
    "which_lamp": later("lampu jalan, atau listrik di rumah?"),
    "join_unknown": later("kodenya tidak dikenal atau sudah lewat"),
    "officer_said_list": later("petugas: daftar tugasnya"),
    "officer_said_task": later("petugas: satu tugas dengan batas dan tombolnya"),
    "officer_said_which": later("petugas: tugas mana yang dimaksud?"),
    "officer_said_no_such": later("petugas: tugas itu bukan miliknya"),
    "officer_said_nothing": later("petugas: tidak ada tugas terbuka"),
    "officer_said_when": later("petugas: kapan selesai?"),
    "officer_said_why": later("petugas: mengapa dikembalikan?"),
    "officer_said_photo": later("petugas: foto hasilnya ditunggu"),
    "officer_said_words": later("petugas: foto atau keterangannya ditunggu"),
    "officer_said_refused": later("petugas: tidak dapat dikerjakan, dengan alasannya"),
    "officer_said_unavailable": later("petugas: gangguan, coba lagi"),
    "officer_said_late_photo": later("petugas: foto tanpa tugas"),
    "officer_said_unclear": later("petugas: jawabannya belum kami pahami"),
    "officer_said_voice": later("petugas: pesan suara tidak terbaca"),
    "officer_said_one_each": later("petugas: satu pesan untuk satu tugas"),
    "officer_accept": later("petugas: diterima, dengan tanggalnya"),
    "officer_return": later("petugas: dikembalikan"),
    "officer_progress": later("petugas: kemajuan dicatat"),
    "officer_resolve": later("petugas: selesai dicatat"),
}
APART = {
    "several": later("beberapa kabar yang menunggu pagi, dalam satu pesan"),
    "list_of_news": later("beberapa kabar kepada satu jabatan, dalam satu pesan"),
}
"""Made of others; no row of the table has them."""


def _rows() -> dict[tuple[str, str], str]:
    """By whether the reporter hears it, and the text; where several rows tell the same the first names it."""
    found: dict[tuple[str, str], str] = {}
    for row in BY_ID.values():
        found.setdefault(("reporter" if row.hears == "reporter" else "seat", row.template), row.what)
    return found


ROWS = _rows()


def name(audience: str, template: str) -> str | None:
    """In Indonesian, for the catalogue. None: a text that is newer than these pages."""
    if audience == "answer":
        return ANSWERS.get(template)
    return ROWS.get((audience, template)) or APART.get(template)
