"""Why a command is refused: a code of the closed list and one sentence for the person who asked."""

from services.contracts.commands import Refusal

UNKNOWN = Refusal(code="unknown_complaint", message="Pengaduan ini tidak ditemukan.")
ERASED = Refusal(code="wrong_state", message="Data pelapor pada pengaduan ini sudah dihapus atas permintaannya.")
NOT_SCREENED = Refusal(code="wrong_state", message="Pengaduan ini belum disaring dan belum diserahkan ke perangkat.")
NOT_OPEN = Refusal(code="wrong_state", message="Pengaduan ini tidak sedang dikerjakan.")
ALREADY_CLOSED = Refusal(code="wrong_state", message="Pengaduan ini sudah ditutup.")
NOT_YOURS = Refusal(code="not_yours", message="Pengaduan ini tidak sedang berada pada jabatan Anda.")
NOT_LEAD = Refusal(code="not_yours", message="Hanya penanggung jawab utama yang dapat melakukan ini.")
NOT_SUPERIOR = Refusal(code="not_allowed", message="Catatan ini diputus oleh atasan jabatan yang bersangkutan.")
NO_LEAD_TWICE = Refusal(
    code="invalid", message="Penugasan harus punya tepat satu penanggung jawab utama.", field="lead"
)
SAME_SEAT = Refusal(code="invalid", message="Pengaduan ini sudah berada pada jabatan tersebut.", field="to")
SERVICE_OFF = Refusal(
    code="service_is_off",
    message="Layanan di lokasi ini masih terganggu. Penjelasan saja belum menyelesaikan; laporkan sebagai "
    "kemajuan dengan perkiraan selesai.",
    field="closure",
)
CLASS_FOR_IDEAS = Refusal(
    code="class_does_not_fit", message="Jenis penutupan ini hanya untuk saran atau kritik.", field="closure"
)
CLASS_OF_REPORTER = Refusal(
    code="class_does_not_fit", message="Hanya pelapor yang dapat mencabut pengaduannya.", field="closure"
)
REFERRED_WHERE = Refusal(
    code="invalid", message="Sebutkan ke instansi mana pengaduan ini diteruskan.", field="referred_to"
)
NO_INSTRUCTION = Refusal(code="unknown_number", message="Instruksi dengan nomor itu tidak ada.", field="number")
NO_NOTE = Refusal(code="unknown_number", message="Catatan kinerja dengan nomor itu tidak ada.", field="note")
NOTE_RULED = Refusal(code="wrong_state", message="Catatan kinerja ini sudah diputus.", field="note")
DUE_PASSED = Refusal(code="invalid", message="Batas waktu harus di masa depan.", field="due")
MERGED = Refusal(
    code="wrong_state", message="Pengaduan ini digabung dengan pengaduan lain; penanganannya ada di pengaduan utama."
)
NOT_MERGED = Refusal(code="wrong_state", message="Pengaduan ini tidak sedang digabung.")
MERGE_ITSELF = Refusal(code="invalid", message="Pengaduan tidak dapat digabung dengan dirinya sendiri.", field="into")
MAIN_UNKNOWN = Refusal(code="unknown_complaint", message="Pengaduan utama itu tidak ditemukan.", field="into")
MAIN_ERASED = Refusal(
    code="wrong_state",
    message="Data pelapor pengaduan utama sudah dihapus; pilih pengaduan lain sebagai yang utama.",
    field="into",
)
MAIN_OVER = Refusal(
    code="wrong_state",
    message="Pengaduan utama sudah dinyatakan selesai atau ditutup; tidak dapat menampung pengaduan lain.",
    field="into",
)
MERGE_OVER = Refusal(
    code="wrong_state", message="Pengaduan yang sudah dinyatakan selesai atau ditutup tidak dapat digabung."
)
OWN_END = Refusal(code="wrong_state", message="Pelapor pengaduan ini sudah menutup urusannya sendiri.")
