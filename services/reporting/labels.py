"""Our closed vocabularies in the reader's words. Values are source texts; the catalogue translates them."""

from collections.abc import Callable, Mapping

from services.contracts.city import City
from services.reporting.categories import CATEGORIES
from services.web.i18n import later

Translate = Callable[[str], str]

PHASE = {
    "screening": later("Disaring"), "working": later("Ditangani"), "resolved": later("Menunggu kata pelapor"),
    "closed": later("Berakhir"), "merged": later("Digabung"),
}  # fmt: skip
PHASE_TONE = {"screening": "wait", "working": "calm", "resolved": "good", "closed": "", "merged": "calm"}
KIND = {
    "complaint": later("Pengaduan"), "suggestion": later("Saran"), "criticism": later("Kritik"),
    "question": later("Pertanyaan"), "assistance_request": later("Permintaan bantuan"),
}  # fmt: skip
URGENCY = {"normal": later("Biasa"), "urgent": later("Mendesak"), "danger": later("Bahaya jiwa")}
CONFIDENTIALITY = {"normal": later("Biasa"), "anonymous": later("Anonim"), "secret": later("Rahasia")}
ROLE = {
    "lead": later("Penanggung jawab"),
    "supporting": later("Pendukung"),
    "territorial": later("Wilayah"),
    "superior": later("Atasan"),
}
FUNCTION = {
    "public_works": later("Pekerjaan umum"), "housing_lighting": later("Permukiman dan penerangan"),
    "transport": later("Perhubungan"), "environment": later("Lingkungan hidup"), "water_utility": later("Air minum"),
    "civil_registry": later("Kependudukan"), "social": later("Sosial"), "health": later("Kesehatan"),
    "education": later("Pendidikan"), "public_order": later("Ketertiban"), "trade_markets": later("Perdagangan"),
    "manpower": later("Tenaga kerja"), "licensing": later("Perizinan"), "disaster_fire": later("Bencana dan kebakaran"),
    "agriculture_food": later("Pertanian dan pangan"), "tourism_sport": later("Pariwisata dan olahraga"),
    "revenue": later("Pajak daerah"), "personnel": later("Kepegawaian"), "communication": later("Komunikasi"),
    "women_children": later("Perempuan dan anak"), "community": later("Kemasyarakatan"),
    "village_ward": later("Kelurahan dan kecamatan"), "police": later("Kepolisian"), "power_utility": later("Listrik"),
    "national_insurance": later("Jaminan nasional"), "national_agency": later("Instansi pusat"),
}  # fmt: skip
CLOCK = {
    "first_response": later("Tanggapan pertama"), "resolve": later("Penyelesaian"), "instruction": later("Instruksi"),
    "subtask": later("Sub-tugas"),
    "screen": later("Penyaringan"),
}  # fmt: skip
CLOSURE = {
    "fixed": later("Sudah diperbaiki"), "explained": later("Dijelaskan"), "refused": later("Ditolak dengan alasan"),
    "other_authority": later("Kewenangan instansi lain"), "unsupported": later("Bukti tidak cukup"),
    "withdrawn": later("Dicabut"), "adopted": later("Saran dipakai"), "not_adopted": later("Saran belum dipakai"),
}  # fmt: skip
END = {
    "confirmed": later("Selesai, dibenarkan pelapor"),
    "silent": later("Berakhir tanpa kata pelapor"),
    "answered_on_air": later("Dijawab langsung saat siaran"),
    "unreachable": later("Berakhir tanpa pelapor ditanya"),
    "withdrawn": later("Dicabut oleh pelapor"),
    "elsewhere": later("Sudah berakhir di sistem lain sebelum diimpor"),
}
PAST = {
    "done": later("selesai di sistem asalnya"), "refused": later("ditolak di sistem asalnya"),
    "archived": later("diarsipkan di sistem asalnya"),
}  # fmt: skip
GROUND = {
    "not_our_function": later("Bukan tugas kami"), "not_our_area": later("Bukan wilayah kami"),
    "incomplete": later("Keterangan belum lengkap"), "duplicate": later("Sudah ada laporan yang sama"),
}  # fmt: skip
RAISED = {
    "unanswered": later("batas waktu {seat} terlewati dan belum ditanggapi"),
    "danger": later("batas waktu {seat} terlewati, padahal ada bahaya jiwa"),
    "vacant": later("jabatan {seat} sedang kosong"),
}  # fmt: skip
SUBTASK = {
    "open": later("belum selesai"), "done": later("selesai"), "declined": later("ditolak"),
    "dropped": later("dibatalkan"),
}  # fmt: skip
GRANT = {"granted": later("Disetujui"), "refused": later("Ditolak")}
HELD = {
    "work": later("mengerjakan"), "planned": later("menunggu tanggal rencana"),
    "ruling": later("menunggu putusan"), "sign_off": later("menunggu pengesahan"),
    "reporter": later("menunggu pelapor, tidak dihitung"),
}  # fmt: skip
RULING = {"confirmed": later("Catatan dikukuhkan"), "struck": later("Catatan dihapus")}

AUDIENCE = {
    "hidden": later("hanya untuk penyaring"), "offices": later("boleh dilihat kantor yang menangani"),
    "public": later("boleh dilihat umum"),
}  # fmt: skip
CONTACT_GROUND = {
    "call": later("pelapor mengizinkan dihubungi"), "danger": later("ada jiwa yang terancam"),
    "law": later("kewajiban menurut hukum"),
}  # fmt: skip
CONTACT_LOOKED = {**CONTACT_GROUND, "call_list": later("tidak ada pesan yang sampai, perlu ditelepon")}
SATISFACTION = {
    1: later("sangat tidak puas (1 dari 5)"), 2: later("tidak puas (2 dari 5)"), 3: later("cukup (3 dari 5)"),
    4: later("puas (4 dari 5)"), 5: later("sangat puas (5 dari 5)"),
}  # fmt: skip
SIGN_OFF_WHY = {
    "flagged": later("ada gambar yang meragukan"), "category": later("jenis laporan ini selalu disahkan"),
    "without_proof": later("tanpa bukti"), "share": later("terpilih acak"),
}  # fmt: skip
MARK = {
    "like_before": later("mirip gambar dari pelapor"), "like_another": later("mirip gambar pada laporan lain"),
    "used_before": later("mirip gambar yang dipakai sebelum dibuka lagi"),
    "far_away": later("diambil sekitar {km} km dari tempat laporan"),
    "taken_before": later("diambil sebelum laporan masuk atau dibuka lagi"),
}  # fmt: skip

FILE = {
    "image": later("gambar"), "video": later("video"), "audio": later("rekaman suara"),
    "application/pdf": later("berkas PDF"), "file": later("berkas"),
}  # fmt: skip
NOT_TAKEN = {
    "too_large": later("terlalu besar"), "wrong_type": later("bukan gambar, PDF, film atau suara yang dapat dibuka"),
    "broken": later("rusak"), "dangerous": later("berbahaya"), "expired": later("sudah dihapus oleh salurannya"),
    "unavailable": later("tidak dapat diambil dari salurannya"),
}  # fmt: skip
ALIKE = {
    "pin_near": later("titiknya berdekatan"), "pin_close": later("titiknya tidak jauh"),
    "same_ward": later("kelurahannya sama"), "same_district": later("kecamatannya sama"),
    "place_unknown": later("tempatnya belum diketahui"), "same_category": later("pokoknya sama"),
}  # fmt: skip

FIGURE: dict[str, tuple[str, str]] = {
    "received": (later("Diterima"), later("Semua laporan yang pernah masuk.")),
    "screening": (later("Disaring"), later("Diterima, belum diputuskan apa dan untuk siapa.")),
    "working": (later("Ditangani"), later("Ada pada kantor yang bertugas, belum dinyatakan selesai.")),
    "waiting_reporter": (
        later("Menunggu pelapor"), later("Kantor bertanya kepada pelapor; selama itu jam kantor berhenti."),
    ),
    "late": (later("Terlambat"), later("Ada batas waktu kantor yang terlewati dan belum dipenuhi.")),
    "resolved": (
        later("Menunggu kata pelapor"), later("Kantor menyatakan selesai; pelapor masih dapat menjawab BELUM."),
    ),
    "confirmed": (later("Dibenarkan"), later("Pelapor sendiri menyatakan selesai.")),
    "silent": (
        later("Tanpa kata"), later("Dinyatakan selesai, pelapor ditanya dan tidak menjawab sampai batas waktu."),
    ),
    "answered_on_air": (later("Dijawab saat siaran"), later("Dijawab langsung oleh pimpinan saat siaran.")),
    "unreachable": (
        later("Tak terhubungi"),
        later(
            "Berakhir tanpa pelapor ditanya: kabar tidak sampai kepadanya, atau ia meminta tidak dikabari (BERHENTI)."
        ),
    ),
    "withdrawn": (later("Dicabut"), later("Dicabut oleh pelapor sendiri.")),
    "reopened": (later("Dibuka lagi"), later("Pelapor menjawab BELUM setelah dinyatakan selesai.")),
    "merged": (
        later("Digabung"),
        later("Ditangani bersama laporan lain: dihitung sebagai pelapor, bukan sebagai hal baru."),
    ),
    "elsewhere": (
        later("Berakhir di sistem lain"),
        later("Diimpor setelah berakhir di sistem lain; tidak dihitung sebagai laporan yang diterima atau selesai."),
    ),
    "planned": (
        later("Dijadwalkan"), later("Belum selesai: pekerjaannya menunggu tanggal dalam suatu program."),
    ),
    "bounced": (later("Berpindah tangan"), later("Pernah dikembalikan atau dialihkan oleh penanggung jawabnya.")),
    "to_rule": (
        later("Perlu putusan"),
        later(
            "Pengembalian, permintaan tambahan waktu atau kontak, atau laporan yang terlalu sering berpindah menunggu "
            "putusan."
        ),
    ),
    "without_proof": (
        later("Selesai tanpa bukti"), later("Dinyatakan diperbaiki tanpa gambar dan tanpa tautan bukti kerja."),
    ),
    "flagged": (
        later("Bukti diragukan"), later("Gambar bukti mirip gambar lain, atau tempat dan waktunya tidak cocok."),
    ),
    "to_sign": (
        later("Menunggu pengesahan"),
        later("Kantor mengajukan selesai; jabatan lain melihat dahulu sebelum pelapor ditanya."),
    ),
    "not_signed": (later("Tidak disahkan"), later("Jabatan lain pernah menyatakan pekerjaannya belum selesai.")),
    "audited": (later("Diperiksa acak"), later("Terpilih tanpa dapat diduga, lalu diperiksa oleh pengawas.")),
    "audit_failed": (later("Pemeriksaan gagal"), later("Pengawas menemukan pekerjaannya belum benar.")),
    "said_after": (
        later("Memberi kesan"),
        later("Sesudah membenarkan, pelapor menjawab satu pertanyaan tentang penanganannya. Menjawab tidak wajib."),
    ),
    "satisfied": (later("Puas"), later("Kesannya memuat nilai 4 atau 5, dari 1 sampai 5.")),
    "dissatisfied": (later("Tidak puas"), later("Kesannya memuat nilai 1 atau 2, dari 1 sampai 5.")),
}  # fmt: skip
"""Name and definition of each figure."""


def category(name: str | None, tr: Translate) -> str | None:
    """A category's label; one that this version does not know is shown by its id."""
    if name is None:
        return None
    if name == "unclear":
        return tr(later("Belum jelas"))
    known = CATEGORIES.get(name)
    return tr(known.label) if known else name.replace("_", " ")


def file_type(content_type: str, tr: Translate) -> str:
    """`image/jpeg` as people say it."""
    kind = content_type.partition("/")[0]
    return tr(FILE.get(content_type, FILE.get(kind, FILE["file"])))


def alike(why: str, tr: Translate) -> str:
    """Why two complaints may be one matter; `words:0.65` says how much of the words they share."""
    name, _, share = why.partition(":")
    if name == "words" and share.replace(".", "", 1).isdigit():
        return tr(later("{share}% katanya sama")).format(share=round(float(share) * 100))
    return tr(ALIKE.get(why, why))


def seat(city: City, seat_id: str | None) -> str | None:
    """A seat's title; a seat that the city has no more is shown by its id."""
    if seat_id is None:
        return None
    known = city.seats.get(seat_id)
    return known.title if known else seat_id


def place(city: City, ward: str | None, district: str | None) -> str | None:
    """`Padang Harapan, Gading Cempaka`, as near as the log says it in clear."""
    if ward is not None and ward in city.wards:
        return f"{city.wards[ward].name}, {city.district_of(ward).name}"
    return next((d.name for d in city.districts if d.code == district), None)


def choices(words: Mapping[str, str], tr: Translate) -> list[tuple[str, str]]:
    """For a select field."""
    return [(key, tr(text)) for key, text in words.items()]
