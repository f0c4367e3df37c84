"""By which way a reporter heard, and what spoke against another, in the reader's words."""

from services.web.i18n import later

RUNG = {
    "free": later("percakapan"), "template": later("pesan templat"), "private": later("balasan pribadi"),
    "public": later("balasan di kolom komentar, tanpa data pribadi"), "sms": later("SMS"), "email": later("surel"),
    "call": later("telepon"),
}  # fmt: skip

WHY = {
    "window_closed": later("lebih dari 24 jam sejak pesan terakhir pelapor"),
    "never_heard": later("pelapor belum pernah menulis lewat saluran ini"),
    "comment_too_old": later("komentarnya lebih dari 7 hari"),
    "private_used": later("balasan pribadi hanya sekali"),
    "not_available": later("pelapor tidak menerima pesan pribadi"),
    "not_in_public": later("laporan rahasia tidak dibicarakan di depan umum"),
    "message_gone": later("komentarnya sudah dihapus"),
    "not_on_channel": later("nomor atau akun tidak ada di saluran ini"),
    "wrong_number": later("nomor tidak dikenal"),
    "own_number": later("nomor milik pemerintah kota sendiri"),
    "needs_number": later("saluran meminta nomor telepon"),
    "not_allowed_here": later("nomor uji hanya boleh menghubungi nomor terdaftar"),
    "country": later("akun tidak boleh mengirim ke negara ini"),
    "blocked": later("pelapor memblokir pengirim"),
    "opted_out": later("pelapor tidak mau menerima pesan lagi"),
    "held_by_provider": later("ditahan oleh penyedia"),
    "template_refused": later("templat tidak cocok"),
    "template_missing": later("templat belum disetujui"),
    "template_paused": later("templat dihentikan sementara oleh penyedia"),
    "template_disabled": later("templat dimatikan oleh penyedia"),
    "message_refused": later("isi pesan ditolak penyedia"),
    "picture_refused": later("gambarnya ditolak penyedia"),
    "unwanted": later("pelapor meminta tidak dikabari"),
    "no_mailbox": later("alamat surel tidak ada"),
    "mailbox_full": later("kotak surel penuh"),
    "expired": later("tidak sampai dalam batas waktunya"),
    "failed_at_provider": later("gagal di penyedia"),
    "provider_fails": later("penyedia berkali-kali gagal"),
    "not_taken": later("program saluran tidak mengambil pesannya"),
    "no_answer": later("penyedia tidak memberi kepastian"),
    "no_sender": later("akun pengirim belum diatur"),
    "no_way": later("tidak ada cara menghubungi"),
    "internal": later("gangguan pada sistem kami"),
    "quota": later("jatah penyedia untuk 24 jam habis"),
    "budget": later("anggaran pesan hari ini habis"),
    "account_away": later("akun pengirim tidak terjangkau"),
    "account_barred": later("akun pengirim tidak boleh dipakai"),
    "call_no_answer": later("telepon tidak dijawab"),
    "call_wrong_number": later("nomor telepon salah"),
    "call_refused": later("pelapor menolak ditelepon"),
}  # fmt: skip
"""Every reason that a ladder, a sender's table of codes or a call can give; a test holds them together."""

CALL = {
    "reached": later("Tersambung dan disampaikan"), "no_answer": later("Tidak dijawab"),
    "wrong_number": later("Nomor salah"), "refused": later("Menolak"),
}  # fmt: skip
