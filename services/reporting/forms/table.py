"""Every form that a seat may get to see of a complaint: its name, its fields, and who may."""

from collections.abc import Callable

from services.contracts.city import City
from services.contracts.city.conflicts import conflict_free
from services.reporting import labels, sight
from services.reporting.forms import contact, publishing, work
from services.reporting.forms.parts import PICTURES, Field, Form, holder, lead, movable, of, seats, within_reach
from services.reporting.read_models.cases.card import Card
from services.web.i18n import later
from services.web.staff import Staff


def _owes_answer(staff: Staff, card: Card) -> bool:
    return any(i.seat == staff.seat.id and not i.answered for i in card.instructions.values())


def _may_explain(staff: Staff, card: Card) -> bool:
    return any(n.seat == staff.seat.id and not n.explained and n.ruling is None for n in card.notes.values())


def _may_rule(staff: Staff, card: Card) -> bool:
    return any(n.superior == staff.seat.id and n.ruling is None for n in card.notes.values())


def _may_sign(staff: Staff, card: Card) -> bool:
    return card.closing.sign_off is not None and card.closing.sign_off.to == staff.seat.id


def _instructions(_city: City, card: Card, _tr: Callable[[str], str]) -> list[tuple[str, str]]:
    return [(str(number), f"#{number}") for number, given in card.instructions.items() if not given.answered]


def _notes(city: City, card: Card, _tr: Callable[[str], str]) -> list[tuple[str, str]]:
    return [
        (str(number), f"#{number} · {labels.seat(city, note.seat)}")
        for number, note in card.notes.items()
        if note.ruling is None
    ]


_OVERSEE = frozenset({"screener", "coordinator", "clerk", "leader", "aide", "communication"})


def _readers(city: City, card: Card, _tr: Callable[[str], str]) -> list[tuple[str, str]]:
    """Who has it in hand; unless it is secret also who sees complaints of the whole city."""
    return [
        (seat.id, seat.title)
        for seat in city.seats.values()
        if seat.kind not in ("rt", "rw")
        and (seat.id in card.holdings or (card.confidentiality != "secret" and not _OVERSEE.isdisjoint(seat.roles)))
        and (card.matter is None or conflict_free(city, card.matter, seat.id))
    ]


_CLOSURES = {key: text for key, text in labels.CLOSURE.items() if key != "withdrawn"}
_LEVELS = {key: text for key, text in labels.CONFIDENTIALITY.items() if key != "normal"}

_APPROVED = {"true": later("Ya, benar selesai"), "false": later("Belum, kerjakan lagi")}
_PASSED = {"true": later("Pekerjaan benar"), "false": later("Pekerjaan belum benar")}

FORMS: tuple[Form, ...] = (
    Form("accept", later("Terima tugas"), later("Terima"), (
        Field("finish_by", later("Selesai paling lambat"), "moment", required=False,
              hint=later("Dengan tanggal, penerimaan dihitung sebagai tanggapan pertama.")),
        Field("note", later("Catatan"), required=False),
    ), holder),
    Form("progress", later("Laporkan kemajuan"), later("Simpan kemajuan"), (
        Field("text", later("Apa yang dikerjakan atau ditemukan")),
        Field("expected_end", later("Perkiraan selesai"), "moment", required=False),
        PICTURES,
    ), holder),
    Form("visit", later("Catat peninjauan"), later("Simpan peninjauan"), (
        Field("text", later("Apa yang dilihat di tempat")), PICTURES,
    ), lambda s, c: holder(s, c) or (s.has("leader", "aide") and c.phase == "working")),
    Form("ask", later("Tanya pelapor"), later("Kirim pertanyaan"), (
        Field("question", later("Pertanyaan")),
    ), holder, says=later("Diteruskan tanpa membuka identitas pelapor. Jam kantor berhenti sampai dijawab.")),
    Form("resolve", later("Nyatakan selesai"), later("Nyatakan selesai"), (
        Field("closure", later("Bagaimana berakhirnya"), "select", choices=of(_CLOSURES)),
        Field("text", later("Penjelasan kepada pelapor"), hint=later("Apa yang sudah dikerjakan, dengan kata biasa.")),
        PICTURES,
        Field("proof_link", later("Tautan bukti kerja"), "url", required=False,
              hint=later("Unggahan kantor sendiri, diawali https://. Tanpa bukti dihitung selesai tanpa bukti.")),
        Field("referred_to", later("Dirujuk ke"), "text", required=False),
    ), lead, says=later("Pelapor menerima kabar dan dapat menjawab BELUM; laporan lalu dibuka lagi.")),
    Form("sign_off", later("Sahkan penyelesaian"), later("Simpan putusan"), (
        Field("approved", later("Sudah selesai?"), "select", choices=of(_APPROVED)),
        Field("text", later("Apa yang Anda lihat"), hint=later("Lihat gambar dan, bila perlu, tempatnya.")),
    ), _may_sign, says=later(
        "Pelapor baru ditanya setelah Anda sahkan. Bila belum, pekerjaan kembali ke kantor yang menangani."
    )),
    Form("audit", later("Catat pemeriksaan acak"), later("Simpan hasil"), (
        Field("passed", later("Hasilnya"), "select", choices=of(_PASSED)),
        Field("text", later("Apa yang Anda lihat")),
    ), lambda s, c: s.has("auditor") and c.closing.audit == "drawn",
       says=later("Bila belum benar dan pelapor belum membenarkan, laporan dibuka lagi.")),
    Form("clear_evidence", later("Boleh dilihat siapa"), later("Simpan"), (
        Field("media", later("Gambar"), "text"),
        Field("audience", later("Siapa"), "select", choices=of(labels.AUDIENCE)),
    ), lambda s, _: s.has("screener", "coordinator", "communication"), listed=False),
    Form("hand_off", later("Alihkan"), later("Alihkan"), (
        Field("to", later("Kepada"), "select", choices=within_reach), Field("reason", later("Alasan")),
    ), lambda s, c: lead(s, c) and movable(s, c)),
    Form("return", later("Kembalikan"), later("Kembalikan"), (
        Field("ground", later("Dasar"), "select", choices=of(labels.GROUND)), Field("reason", later("Alasan")),
    ), lambda s, c: holder(s, c) and movable(s, c), says=later("Koordinator memutuskan siapa yang menangani.")),
    Form("answer_instruction", later("Jawab instruksi"), later("Kirim jawaban"), (
        Field("number", later("Instruksi"), "select", choices=_instructions), Field("text", later("Jawaban")),
    ), _owes_answer),
    Form("explain_breach", later("Jelaskan keterlambatan"), later("Kirim penjelasan"), (
        Field("note", later("Catatan kinerja"), "select", choices=_notes), Field("text", later("Penjelasan")),
    ), _may_explain),
    Form("reply", later("Balas pelapor"), later("Kirim balasan"), (
        Field("text", later("Balasan"), hint=later("Dikirim kepada pelapor atas nama jabatan Anda.")),
    ), lambda s, c: s.has("leader", "aide", "communication") and c.phase != "closed"),
    Form("instruct", later("Beri instruksi"), later("Beri instruksi"), (
        Field("seat", later("Kepada"), "select", choices=seats), Field("text", later("Instruksi")),
        Field("due", later("Batas jawaban"), "moment"),
    ), lambda s, c: s.has("leader") and c.phase == "working"),
    Form("mention", later("Catatan untuk jabatan lain"), later("Simpan dan kabari"), (
        Field("seats", later("Kepada"), "select", choices=_readers), Field("text", later("Catatan")),
    ), lambda s, c: c.phase not in ("screening", "merged") and (
        holder(s, c) or s.has("leader", "aide", "coordinator", "screener", "communication")
    ), says=later("Jabatan itu dikabari. Pelapor tidak membacanya.")),
    Form("assign", later("Tetapkan penanggung jawab"), later("Tetapkan"), (
        Field("lead", later("Penanggung jawab"), "select", choices=seats), Field("reason", later("Alasan")),
        Field("instruction", later("Instruksi"), required=False),
    ), lambda s, c: s.has("coordinator") and c.phase == "working"),
    Form("rule_note", later("Putuskan catatan kinerja"), later("Putuskan"), (
        Field("note", later("Catatan kinerja"), "select", choices=_notes),
        Field("ruling", later("Putusan"), "select", choices=of(labels.RULING)), Field("text", later("Alasan")),
    ), _may_rule),
    Form("merge", later("Gabungkan"), later("Gabungkan"), (
        Field("into", later("Kode laporan utama"), "ticket"), Field("reason", later("Alasan"), required=False),
    ), lambda s, c: s.has("screener", "coordinator") and c.open,
       says=later("Penanganan pindah ke laporan utama; nomor dan akhir laporan ini tetap milik pelapornya.")),
    Form("split", later("Pecah menjadi laporan baru"), later("Pecah"), (
        Field("messages", later("Nomor langkah pesannya"), "text",
              hint=later("Misalnya 2, 4: pesan pelapor yang membicarakan hal lain, menurut nomor pada jejak laporan.")),
        Field("pictures", later("Nomor gambar yang ikut"), "text", required=False,
              hint=later("Nomor di bawah gambarnya. Gambar yang memperlihatkan kedua hal ada pada keduanya; "
                         "gambar yang datang bersama pesan di atas ikut dengan sendirinya.")),
        Field("reason", later("Alasan"), required=False),
    ), lambda s, c: s.has("screener", "coordinator") and c.phase != "merged",
       says=later("Salinan pesan itu menjadi laporan tersendiri dengan nomor baru; pelapornya dikabari. "
                  "Batalkan dengan menggabungkan laporan baru itu ke sini.")),
    Form("transcribe", later("Tulis isi pesan suara"), later("Simpan isinya"), (
        Field("message", later("Nomor langkah pesan suaranya"), "text",
              hint=later("Nomor pada jejak laporan, misalnya 2.")),
        Field("text", later("Apa yang dikatakan"), hint=later("Kata demi kata sebisanya; jangan ditambah.")),
    ), lambda s, _: s.has("screener", "coordinator"),
       says=later("Tersimpan sebagai kata pelapor sendiri, ikut terhapus bila ia minta dilupakan. "
                  "Usulan mesin dihitung ulang.")),
    Form("unmerge", later("Pisahkan lagi"), later("Pisahkan"), (
        Field("reason", later("Alasan"), required=False),
    ), lambda s, c: s.has("screener", "coordinator") and c.phase == "merged" and c.ended is None,
       says=later("Kembali ke tempatnya semula, dengan batas waktu yang baru.")),
    Form("dissolve_cluster", later("Bubarkan lonjakan"), later("Bubarkan"), (),
         lambda s, c: s.has("screener", "coordinator") and c.cluster is not None and c.into is None and c.joined > 0,
         danger=True,
         says=later("Bukan satu hal: semua laporan yang digabung di sini ditangani sendiri-sendiri lagi.")),
    Form("dismiss_duplicate", later("Bukan hal yang sama"), later("Bukan hal yang sama"), (
        Field("of", later("Kode laporan lain"), "ticket"),
    ), lambda s, c: s.has("screener", "coordinator") and bool(c.alike)),
    Form("raise_confidentiality", later("Naikkan kerahasiaan"), later("Naikkan"), (
        Field("level", later("Menjadi"), "select", choices=of(_LEVELS)),
    ), lambda s, c: s.has("screener", "coordinator", "clerk") and c.confidentiality != "secret",
       says=later("Hanya pelapor yang dapat menurunkannya lagi.")),
    Form("erase_reporter", later("Hapus data pelapor"), later("Hapus untuk selamanya"), (),
         lambda s, c: s.has("data_protection") and "reporter:1" not in c.erased, danger=True,
         says=later("Nama, nomor dan kata pelapor tidak dapat dibuka lagi. Ini tidak bisa dibatalkan.")),
)  # fmt: skip

FORMS += work.FORMS + contact.FORMS + publishing.FORMS

BY_NAME: dict[str, Form] = {form.do: form for form in FORMS}


def allowed(staff: Staff, card: Card) -> list[Form]:
    """The forms that this seat gets to see; whether it may is decided again where the command is decided."""
    return [form for form in FORMS if form.listed and sight.may_see(staff, card) and form.may(staff, card)]
