"""Why a command is refused: a code of the closed list and one sentence for the person who asked."""

from services.contracts.commands import Refusal

UNKNOWN = Refusal(code="unknown_complaint", message="Pengaduan ini tidak ditemukan.")
ERASED = Refusal(code="wrong_state", message="Data pelapor pada pengaduan ini sudah dihapus atas permintaannya.")
NOT_SCREENED = Refusal(code="wrong_state", message="Pengaduan ini belum disaring dan belum diserahkan ke perangkat.")
NOT_OPEN = Refusal(code="wrong_state", message="Pengaduan ini tidak sedang dikerjakan.")
OTHER_SESSION = Refusal(
    code="wrong_state", message="Pengaduan ini tidak berasal dari siaran langsung itu.", field="session"
)
OTHERS_WAIT = Refusal(
    code="wrong_state",
    message="Masih ada pelapor lain yang menunggu dalam pengaduan ini; jawaban dicatat tanpa mengakhirinya.",
    field="settles",
)
NO_ENTRY = Refusal(code="wrong_state", message="Hanya catatan dari siaran langsung yang dapat dibatalkan.")
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
NEWS_STOPPED = Refusal(
    code="wrong_state",
    message="Pelapor meminta tidak dikirimi pesan lagi, jadi pertanyaan tidak sampai kepadanya. Lanjutkan dengan yang "
    "sudah diketahui.",
)
NOBODY_TO_CALL = Refusal(code="wrong_state", message="Tidak ada pelapor yang perlu ditelepon pada pengaduan ini.")
NO_MESSAGE = Refusal(code="unknown_number", message="Pesan pelapor dengan nomor itu tidak ada.", field="messages")
NO_FILE = Refusal(
    code="unknown_number", message="Gambar atau berkas pelapor dengan nomor itu tidak ada.", field="pictures"
)
NO_VOICE = Refusal(code="unknown_number", message="Pesan suara pelapor dengan nomor itu tidak ada.", field="message")
NO_INSTRUCTION = Refusal(code="unknown_number", message="Instruksi dengan nomor itu tidak ada.", field="number")
NO_NOTE = Refusal(code="unknown_number", message="Catatan kinerja dengan nomor itu tidak ada.", field="note")
OWN_NOTE = Refusal(code="not_allowed", message="Catatan tentang jabatan sendiri diputus oleh orang lain.")
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
NO_LEAD = Refusal(code="wrong_state", message="Pengaduan ini sedang menunggu putusan koordinator.")
BOUNCED_OFTEN = Refusal(
    code="needs_ruling",
    message="Pengaduan ini sudah terlalu sering berpindah. Hanya koordinator yang dapat memindahkannya lagi.",
)
BOUND = Refusal(
    code="needs_ruling",
    message="Koordinator sudah memutuskan bahwa ini tugas jabatan Anda. Hanya koordinator yang dapat memindahkannya.",
)
RULED_THERE = Refusal(
    code="needs_ruling",
    message="Koordinator sudah memutuskan siapa yang menangani pengaduan ini. Hanya koordinator yang dapat "
    "memindahkannya.",
)
NO_RETURN = Refusal(
    code="unknown_number", message="Tidak ada pengembalian dengan nomor itu yang menunggu putusan.", field="number"
)
STILL_HELD = Refusal(
    code="invalid", message="Jabatan ini tetap memegang pengaduan, jadi bukan salah alamat.", field="misassigned"
)
NEVER_HELD = Refusal(code="invalid", message="Jabatan ini tidak pernah memegang pengaduan ini.", field="misassigned")
NO_CLOCK = Refusal(
    code="wrong_state",
    message="Tidak ada batas waktu seperti itu yang masih berjalan pada jabatan Anda.",
    field="clock",
)
EXTENSION_LATE = Refusal(
    code="wrong_state",
    message="Batas waktunya sudah lewat. Perpanjangan hanya dapat diminta sebelum batas waktu.",
    field="clock",
)
EXTENSION_OPEN = Refusal(
    code="wrong_state", message="Permintaan perpanjangan untuk batas waktu ini masih menunggu putusan.", field="clock"
)
UNTIL_NOT_LATER = Refusal(
    code="invalid", message="Batas waktu baru harus lebih lambat daripada yang sekarang.", field="until"
)
NO_EXTENSION = Refusal(
    code="unknown_number", message="Permintaan perpanjangan dengan nomor itu tidak ada.", field="number"
)
EXTENSION_RULED = Refusal(code="wrong_state", message="Permintaan perpanjangan ini sudah diputus.", field="number")
EXTENSION_MOOT = Refusal(
    code="wrong_state", message="Batas waktu yang diminta diperpanjang sudah tidak berjalan lagi.", field="number"
)
NOT_TO_RULE = Refusal(
    code="not_allowed", message="Perpanjangan diputus oleh atasan jabatan yang meminta atau oleh koordinator."
)
OWN_WISH = Refusal(code="not_allowed", message="Permintaan sendiri diputus oleh orang lain.")
SUBTASK_TO_SELF = Refusal(
    code="invalid", message="Sub-tugas diberikan kepada jabatan lain, bukan kepada penanggung jawab sendiri.",
    field="seat",
)  # fmt: skip
NO_SUBTASK = Refusal(code="unknown_number", message="Sub-tugas dengan nomor itu tidak ada.", field="number")
SUBTASK_OVER = Refusal(code="wrong_state", message="Sub-tugas ini sudah berakhir.", field="number")
SUBTASKS_OPEN = Refusal(
    code="wrong_state",
    message="Masih ada sub-tugas yang belum selesai. Tunggu selesai, atau batalkan dengan alasan, sebelum menyatakan "
    "sudah diperbaiki.",
    field="closure",
)
PLAN_NEEDS_RULING = Refusal(
    code="needs_ruling",
    message="Tanggal rencana sudah terlalu sering dipindah. Hanya koordinator yang dapat menetapkan tanggal baru.",
    field="date",
)
PLAN_PASSED = Refusal(code="invalid", message="Tanggal rencana harus di masa depan.", field="date")
DISPOSED_NOWHERE = Refusal(code="invalid", message="Sebutkan bidang, UPT, atau petugas yang mengerjakan.", field="unit")
NO_PICTURE = Refusal(code="evidence_unknown", message="Gambar ini tidak ada pada pengaduan ini.", field="media")
SECRET_STAYS = Refusal(
    code="not_allowed", message="Pengaduan ini rahasia; gambarnya tidak boleh dibuka untuk umum.", field="audience"
)
SIGN_OFF_WAITS = Refusal(
    code="wrong_state", message="Penyelesaian ini sedang menunggu pengesahan jabatan lain. Tunggu hasilnya."
)
NOTHING_SUBMITTED = Refusal(code="wrong_state", message="Tidak ada penyelesaian yang menunggu pengesahan.")
NOT_SIGNER = Refusal(code="not_allowed", message="Pengesahan ini diminta dari jabatan lain.")
NOT_DRAWN = Refusal(code="wrong_state", message="Tidak ada penyelesaian yang terpilih untuk pemeriksaan acak.")
OWN_WORK = Refusal(code="not_allowed", message="Pekerjaan sendiri tidak boleh diperiksa sendiri.")
CONTACT_NOT_ALLOWED = Refusal(
    code="wrong_state",
    message="Pelapor tidak (lagi) mengizinkan dihubungi. Tanyakan lewat pertanyaan kepada pelapor; ia dapat menjawab "
    "BOLEH HUBUNGI.",
    field="ground",
)
CONTACT_ASKED = Refusal(code="wrong_state", message="Permintaan jabatan Anda atas kontak ini masih menunggu putusan.")
NO_CONTACT_WISH = Refusal(
    code="unknown_number", message="Tidak ada permintaan kontak dengan nomor itu yang disetujui atau menunggu.",
    field="number",
)  # fmt: skip
CONTACT_RULED = Refusal(code="wrong_state", message="Permintaan kontak ini sudah diputus.", field="number")
CONTACT_PROTECTED = Refusal(
    code="not_allowed",
    message="Tanpa izin pelapor, hanya pejabat pelindungan data yang dapat menyetujui pembukaan kontak.",
    field="granted",
)
CONTACT_OF_ANOTHER = Refusal(code="not_yours", message="Kontak ini diminta oleh jabatan lain.", field="number")
CONTACT_SHOWN = Refusal(
    code="wrong_state", message="Kontak ini sudah ditampilkan satu kali. Ajukan permintaan baru bila masih perlu.",
    field="number",
)  # fmt: skip
CONTACT_TOO_LATE = Refusal(
    code="wrong_state", message="Waktu untuk melihat kontak ini sudah habis. Ajukan permintaan baru bila masih perlu.",
    field="number",
)  # fmt: skip
NO_DRAFT = Refusal(code="unknown_number", message="Tidak ada konsep balasan dengan nomor itu.", field="number")
DRAFT_OF_ANOTHER = Refusal(code="not_yours", message="Konsep ini untuk ditandatangani jabatan lain.", field="number")
DRAFT_OVER = Refusal(code="wrong_state", message="Konsep ini sudah dikirim atau dibatalkan.", field="number")
NOTHING_BY_HAND = Refusal(
    code="wrong_state", message="Tidak ada unggahan yang masih harus dihapus dengan tangan.", field="number"
)
NO_PROOF = Refusal(code="unknown_number", message="Tidak ada bahan publikasi dengan nomor itu.", field="number")
NOTHING_TO_SHOW = Refusal(
    code="wrong_state", message="Hanya pekerjaan yang dinyatakan selesai yang dapat dipublikasikan."
)
NOT_THEIR_SECRET = Refusal(
    code="not_allowed",
    message="Pengaduan rahasia hanya dibicarakan dengan jabatan yang sedang menanganinya.",
    field="seats",
)
CANNOT_SEE = Refusal(
    code="not_allowed", message="Jabatan yang disebut tidak dapat membuka pengaduan ini.", field="seats"
)
SECRET_NOT_SHOWN = Refusal(code="not_allowed", message="Pengaduan rahasia tidak pernah dipublikasikan.")
PICTURE_NOT_CLEARED = Refusal(
    code="evidence_unknown",
    message="Hanya gambar kantor yang sudah dibuka untuk umum oleh seseorang yang dapat dipublikasikan.",
    field="pictures",
)
PROOF_OVER = Refusal(
    code="wrong_state", message="Bahan publikasi ini sudah dibatalkan, ditarik, atau pekerjaannya dibuka lagi.",
    field="number",
)  # fmt: skip
OWN_PROOF = Refusal(
    code="not_allowed", message="Bahan publikasi disetujui orang lain daripada yang menulisnya.", field="number"
)
