"""Refusals of the router's own; those of the complaint are in `services.complaint.refusals`."""

from services.contracts.commands import Refusal

UNKNOWN = Refusal(code="unknown_complaint", message="Pengaduan ini tidak ditemukan.", field="complaint")
NO_COMPLAINT = Refusal(code="invalid", message="Sebutkan pengaduan yang dimaksud.", field="complaint")
NOT_ALLOWED = Refusal(code="not_allowed", message="Peran Anda tidak memiliki wewenang untuk tindakan ini.")
NOT_YOURS = Refusal(code="not_yours", message="Pengaduan ini tidak sedang berada pada jabatan Anda.")
OUTSIDE_AREA = Refusal(code="not_allowed", message="Pengaduan ini berada di luar wilayah kerja Anda.")
NO_SEAT = Refusal(code="unknown_seat", message="Jabatan Anda tidak terdaftar di kota ini.")
UNKNOWN_CITY = Refusal(code="not_allowed", message="Kota ini tidak dilayani di sini.")
TOKEN_INVALID = Refusal(code="token_invalid", message="Tanda masuk tidak sah. Silakan masuk kembali.", field="token")
TOKEN_EXPIRED = Refusal(
    code="token_expired", message="Tanda masuk sudah kedaluwarsa. Silakan ulangi tindakan ini.", field="token"
)
NOT_IN_A_CHAT = Refusal(
    code="not_allowed", message="Tindakan ini tidak dapat dilakukan lewat pesan. Masuklah ke konsol.", field="token"
)
ACCOUNT_UNKNOWN = Refusal(
    code="invalid", message="Akun itu tidak terdaftar di kota ini, atau tidak dapat kami unggahi.", field="accounts"
)
TOO_PERSONAL = Refusal(
    code="invalid",
    message="Untuk umum cukup sampai kelurahan: hapus nomor, alamat, RT/RW, dan nama orang dari teks ini.",
    field="text",
)
EVIDENCE_UNKNOWN = Refusal(
    code="evidence_unknown", message="Berkas bukti tidak ditemukan. Unggah dahulu, lalu kirim lagi.", field="evidence"
)
NO_RULE = Refusal(
    code="invalid",
    message="Tidak ada aturan yang menunjuk penanggung jawab untuk hal ini. Pilih penanggung jawab.",
    field="lead",
)
NOT_YOUR_LINE = Refusal(
    code="not_allowed",
    message="Dari jabatan Anda pengaduan dialihkan ke atasan, bawahan, atau sesuai aturan kota. "
    "Kembalikan supaya koordinator memutuskan.",
    field="to",
)
ACCUSED_UNKNOWN = Refusal(
    code="unknown_seat", message="Jabatan yang diadukan tidak terdaftar di kota ini.", field="against"
)
NO_DOOR = Refusal(code="invalid", message="Kota ini tidak mempunyai akun atau nomor itu.", field="door")
SINCE_WHEN = Refusal(code="invalid", message="Waktu akun diambil alih tidak mungkin di masa depan.", field="since")
NO_SESSION = Refusal(code="invalid", message="Siaran langsung itu tidak ada.", field="session")
SESSION_OVER = Refusal(code="wrong_state", message="Siaran langsung itu sudah berakhir.", field="session")
NOT_ON_ROSTER = Refusal(code="not_yours", message="Jabatan Anda tidak ada dalam daftar siaga siaran ini.")
TOO_LATE_TO_UNDO = Refusal(code="wrong_state", message="Catatan hanya dapat dibatalkan dalam 15 menit pertama.")
NO_CLUSTER = Refusal(code="wrong_state", message="Pengaduan ini bukan pengaduan utama dari suatu lonjakan.")
MERGED_INTO_THIS = Refusal(
    code="invalid", message="Pengaduan utama itu sendiri sudah digabung dengan pengaduan ini.", field="into"
)
ENDS_BEFORE = Refusal(code="invalid", message="Akhir masa jabatan harus setelah mulainya.", field="until")
SAME_PERSON = Refusal(
    code="not_allowed",
    message="Kedua jabatan dipegang orang yang sama. Ini disetujui oleh orang kedua.",
)
NOT_FOR_NEIGHBOURS = Refusal(
    code="not_allowed", message="RT dan RW tidak menerima kontak pelapor. Titipkan pertanyaan kepada kelurahan."
)
NO_PROMISE = "Tanggal ini sudah lewat. Sebutkan waktu yang akan datang."
TOO_FAR = "Tanggal ini terlalu jauh. Sebutkan waktu yang sungguh-sungguh akan ditepati."
WARD_UNKNOWN = Refusal(code="invalid", message="Kode kelurahan tidak dikenal di kota ini.", field="ward_code")
DISTRICT_UNKNOWN = Refusal(code="invalid", message="Kode kecamatan tidak dikenal di kota ini.", field="district_code")
UNIT_UNKNOWN = Refusal(
    code="unknown_seat", message="Bidang atau UPT itu tidak terdaftar pada kantor Anda.", field="unit"
)
NOT_YOUR_SERVICE = Refusal(code="not_allowed", message="Layanan ini bukan tugas jabatan Anda.", field="function")
NO_INTERRUPTION = Refusal(
    code="unknown_number", message="Gangguan layanan dengan nomor itu tidak ada.", field="interruption"
)


def conflict(field: str) -> Refusal:
    return Refusal(
        code="conflict_of_interest",
        message="Pengaduan ini menyangkut jabatan itu, atasannya, atau rekan sejawatnya. Pilih jabatan lain.",
        field=field,
    )


def unknown_seat(field: str) -> Refusal:
    return Refusal(code="unknown_seat", message="Jabatan yang dituju tidak terdaftar di kota ini.", field=field)
