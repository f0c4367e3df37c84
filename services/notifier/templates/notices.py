"""One function per notice to a reporter: what happened, what happens next and by when.

A complaint that is anonymous or secret gets ticket and step only, unasked: no place, no office, no words. Its reporter
reads the rest by answering STATUS. No text says no more than "sedang diproses".
"""

from services.contracts import buttons
from services.notifier.sending import Rendered
from services.notifier.story import Story
from services.notifier.templates.phrases import GROUNDS, KINDS, listed, quoted, when

ASK_BACK = "Balas STATUS untuk membacanya."

READ = "BACA SELENGKAPNYA"


def _when(story: Story) -> str | None:
    moment = story.happened.when
    return None if moment is None else when(moment, story.place.zone, story.now)


def _due(story: Story) -> str | None:
    return None if story.due is None else when(story.due, story.place.zone, story.now)


def _by(moment: str | None, otherwise: str) -> str:
    return f"paling lambat {moment}" if moment is not None else otherwise


def _text(story: Story, *parts: str | None) -> str:
    """Paragraphs, the ticket last, so that it is found at the same place in every message."""
    return "\n\n".join([part for part in parts if part] + [f"Nomor: {story.ticket}"])


def _notice(story: Story, line: str, *parts: str | None) -> Rendered:
    return Rendered(_text(story, *parts), line)


def _private(story: Story, step: str, read: bool = False) -> Rendered:
    """Ticket and step; `read`: there are words to read, for whoever asks."""
    offered = ((buttons.payload("status", story.complaint), READ),) if read else ()
    return Rendered(_text(story, step, ASK_BACK if read else None), step, offered)


def received(story: Story) -> Rendered:
    who = {
        "normal": "Siapa yang melihat Anda: pesan Anda dibaca petugas penyaring. Nama dan nomor Anda tidak diberikan "
        "kepada dinas yang menangani. Ingin lebih tertutup? Balas ANONIM atau RAHASIA.",
        "anonymous": "Siapa yang melihat Anda: hanya petugas penyaring yang membaca pesan ini. Dinas, camat, lurah, "
        "RT dan RW tidak melihat nama, nomor, atau pesan asli Anda.",
        "secret": "Siapa yang melihat Anda: hanya petugas penyaring yang membaca pesan ini. Isinya tidak tampil untuk "
        "umum, dan yang menangani tidak melihat nama, nomor, atau pesan asli Anda.",
    }[story.confidentiality]
    return _notice(
        story,
        "kami terima, dan kami carikan penanggung jawabnya paling lambat 3 hari kerja",
        "Terima kasih, laporan Anda sudah kami terima dan tercatat.",
        "Berikutnya: kami tentukan siapa yang menangani, paling lambat 3 hari kerja, lalu Anda kami kabari.",
        who,
        "Boleh menambah foto atau lokasi kapan saja. Balas STATUS untuk menanyakan kabar.",
    )


def danger(story: Story) -> Rendered:
    number = story.place.emergency_number
    return _notice(
        story,
        f"bila ada bahaya bagi jiwa, telepon {number} sekarang juga",
        f"Bila ada yang terancam jiwanya, telepon {number} SEKARANG. Telepon lebih cepat daripada pesan ini.",
        "Laporan Anda kami dahulukan; petugas membacanya tanpa menunggu antrean.",
    )


def assigned(story: Story) -> Rendered:
    step = f"sudah ada penanggung jawabnya; tanggapan pertama {_by(_due(story), 'segera kami kabarkan')}"
    if story.private:
        return _private(story, f"Laporan Anda {step}.")
    moved = "kini ditangani" if story.happened.earlier else "ditangani"
    beside = f", bersama {listed(story.happened.beside)}" if story.happened.beside else ""
    return _notice(
        story,
        f"kini giliran {story.happened.to}; tanggapan pertama {_by(_due(story), 'kami kabarkan')}",
        f"{KINDS[story.kind].capitalize()} Anda {moved} {story.happened.to}{beside}.",
        f"Berikutnya: tanggapan pertama {_by(_due(story), 'akan kami kabarkan')}. "
        "Bila lewat dari itu, kami beri tahu Anda dan atasannya.",
    )


def accepted(story: Story) -> Rendered:
    by = _by(_when(story), "secepatnya")
    if story.private:
        return _private(story, f"Penanggung jawab menyanggupi laporan Anda selesai {by}.")
    return _notice(
        story,
        f"{story.happened.seat} menyanggupi selesai {by}",
        f"{story.happened.seat} menyanggupi: selesai {by}.",
        "Berikutnya: begitu dinyatakan selesai, kami tanya Anda apakah benar sudah beres.",
    )


def progressed(story: Story) -> Rendered:
    until = _when(story)
    end = f"Perkiraan selesai: {until}." if until else _turn(story)
    if story.private:
        step = f"Ada kemajuan pada laporan Anda. {end}" if until else "Ada kemajuan pada laporan Anda."
        return _private(story, step, read=True)
    return _notice(
        story,
        f"ada kemajuan dari {story.happened.seat}" + (f", perkiraan selesai {until}" if until else ""),
        f"Kabar dari {story.happened.seat}:",
        quoted(story.happened.words, 1500),
        end,
    )


def visited(story: Story) -> Rendered:
    if story.private:
        return _private(story, "Petugas sudah melihat langsung ke lokasi.", read=True)
    return _notice(
        story,
        f"{story.happened.seat} sudah melihat ke lokasi",
        f"{story.happened.seat} sudah datang melihat ke lokasi:",
        quoted(story.happened.words, 1500),
        _turn(story),
    )


def question(story: Story) -> Rendered:
    wait = "Selama menunggu jawaban Anda, batas waktu penanganan berhenti dulu."
    if story.private:
        return _private(story, "Petugas perlu bertanya kepada Anda supaya laporan ini bisa dilanjutkan.", read=True)
    return _notice(
        story,
        f"{story.happened.seat} bertanya kepada Anda; balas pesan ini untuk membaca dan menjawab",
        f"{story.happened.seat} bertanya:",
        quoted(story.happened.words, 1500),
        f"Jawab saja di sini; jawaban Anda kami teruskan tanpa nama dan nomor Anda. {wait}",
    )


def answered(story: Story) -> Rendered:
    step = f"Jawaban Anda sudah kami teruskan. Berikutnya: tanggapan {_by(_due(story), 'kami kabarkan di sini')}."
    if story.private:
        return _private(story, step)
    return _notice(story, "jawaban Anda sudah kami teruskan", step)


def added(story: Story) -> Rendered:
    if story.phase == "resolved":
        return _closing(story, "Pesan Anda kami tambahkan. Satu hal lagi:", "pesan Anda kami tambahkan")
    if story.private:
        return _private(story, f"Pesan Anda kami tambahkan. Berikutnya: kabar {_by(_due(story), 'di sini')}.")
    return _notice(story, "pesan Anda kami tambahkan", "Pesan Anda kami tambahkan pada laporan ini.", _turn(story))


def evidence_refused(story: Story) -> Rendered:
    return _notice(
        story,
        "berkas Anda tidak dapat kami buka; silakan kirim ulang",
        "Maaf, berkas yang Anda kirim tidak dapat kami buka. Laporan Anda tetap jalan.",
        "Bila sempat, kirim ulang sebagai foto JPG atau PNG, atau ceritakan saja dengan kata-kata.",
    )


def returned(story: Story) -> Rendered:
    next_ = "Berikutnya: koordinator menentukan siapa yang menangani, dan Anda kami kabari."
    if story.private:
        return _private(story, f"Laporan Anda dikembalikan oleh yang menangani. {next_}")
    ground = GROUNDS.get(story.happened.ground or "", "alasan lain")
    return _notice(
        story,
        "dikembalikan dan sedang dicarikan penanggung jawab lain",
        f"{story.happened.seat} mengembalikan laporan ini: {ground}.",
        f"{next_} Waktu yang terpakai tetap kami hitung.",
    )


def handed_off(story: Story) -> Rendered:
    by = _by(_due(story), "kami kabarkan")
    if story.private:
        return _private(story, f"Laporan Anda pindah penanggung jawab. Berikutnya: tanggapan {by}.")
    return _notice(
        story,
        f"kini giliran {story.happened.to}",
        f"{story.happened.seat} meneruskan laporan Anda kepada {story.happened.to}.",
        f"Berikutnya: tanggapan {by}.",
    )


def breached(story: Story) -> Rendered:
    what = "belum memberi tanggapan" if story.happened.clock == "first_response" else "belum menyelesaikannya"
    passed = f"padahal batasnya {_when(story)}" if story.happened.when else "padahal batasnya sudah lewat"
    above = f" dan kami laporkan kepada {story.happened.to}" if story.happened.to else ""
    if story.private:
        return _private(
            story,
            f"Kami berterus terang: yang menangani {what}, {passed}. Keterlambatan ini kami catat; "
            "kabar berikutnya kami kirim begitu ada tanggapan.",
        )
    return _notice(
        story,
        f"terlambat: {story.happened.seat} {what}; sudah kami catat",
        f"Kami berterus terang: {story.happened.seat} {what}, {passed}.",
        f"Keterlambatan ini kami catat{above}. Berikutnya: kami kabari begitu ada tanggapan. Maaf, Anda jadi menunggu.",
    )


def replied(story: Story) -> Rendered:
    if story.private:
        return _private(story, "Ada jawaban untuk laporan Anda.", read=True)
    return _notice(
        story,
        f"ada jawaban dari {story.happened.seat}; balas pesan ini untuk membacanya",
        quoted(story.happened.words, 3000),
        f"— {story.happened.seat}",
        _turn(story),
    )


def resolved(story: Story) -> Rendered:
    if story.private:
        return _closing(story, "Laporan Anda dinyatakan selesai. Balas STATUS untuk membaca apa yang dilakukan.")
    happened = story.happened
    told = _RESOLVED[happened.closure or "fixed"].format(seat=happened.seat)
    where = f"Diteruskan ke: {happened.referred_to}." if happened.referred_to else None
    proof = f"Buktinya: {happened.link}" if happened.link else None
    # Reply buttons allow 1,024 characters in all; whoever wants the whole text asks for it.
    parts = (told, quoted(happened.words, 450), where, proof)
    return _closing(story, "\n\n".join(part for part in parts if part), _line_of_resolution(story))


_RESOLVED = {
    "fixed": "{seat} menyatakan sudah selesai:",
    "explained": "{seat} menjelaskan:",
    "refused": "{seat} tidak dapat memenuhi ini, dengan alasan:",
    "other_authority": "{seat}: ini wewenang instansi lain.",
    "unsupported": "{seat} belum menemukan dasar untuk menindaklanjuti:",
    "withdrawn": "{seat} menutup ini:",
    "adopted": "{seat} menerima usul ini:",
    "not_adopted": "{seat} belum dapat menerapkan usul ini:",
}

_CLOSING_QUESTION = {
    "complaint": "Apakah benar sudah beres?",
    "suggestion": "Apakah tanggapan ini cukup bagi Anda?",
    "criticism": "Apakah tanggapan ini cukup bagi Anda?",
    "question": "Apakah pertanyaan Anda sudah terjawab?",
    "assistance_request": "Apakah bantuannya sudah Anda terima?",
}


def _line_of_resolution(story: Story) -> str:
    return f"dinyatakan selesai. {_CLOSING_QUESTION[story.kind]}"


def _closing(story: Story, told: str, line: str | None = None) -> Rendered:
    """The closing question of the kind, with two buttons, and what silence will mean."""
    until = _due(story) or _when(story)
    silence = f" Tanpa kabar sampai {until}, kami anggap selesai." if until else ""
    asked = f"{_CLOSING_QUESTION[story.kind]} Tekan SUDAH atau BELUM.{silence}"
    pressed = (
        (buttons.payload("confirm", story.complaint), "SUDAH"),
        (buttons.payload("reopen", story.complaint), "BELUM"),
    )
    return Rendered(_text(story, told, asked), line or _line_of_resolution(story), pressed)


def confirmed(story: Story) -> Rendered:
    return _notice(
        story,
        "ditutup sebagai beres menurut Anda; terima kasih",
        "Terima kasih sudah memberi tahu. Laporan ini kami tutup: beres, menurut Anda sendiri.",
        "Bila masalahnya kembali, balas BELUM; laporan yang sama kami buka lagi.",
    )


def reopened(story: Story) -> Rendered:
    step = "Laporan ini kami buka kembali."
    if story.private:
        return _private(story, f"{step} Berikutnya: tanggapan {_by(_due(story), 'kami kabarkan di sini')}.")
    who = f"Giliran {story.lead} lagi" if story.lead else "Koordinator menentukan siapa yang menangani"
    return _notice(
        story,
        "kami buka kembali karena menurut Anda belum beres",
        f"{step} Kalau menurut Anda belum beres, memang belum selesai.",
        f"{who}; tanggapan {_by(_due(story), 'kami kabarkan di sini')}. "
        "Boleh kirim foto atau ceritakan apa yang masih kurang.",
    )


def closed_silent(story: Story) -> Rendered:
    return _notice(
        story,
        "ditutup karena belum ada kabar dari Anda; balas BELUM bila belum beres",
        "Sampai batas waktunya kami belum mendengar kabar Anda, jadi laporan ini kami tutup.",
        "Ternyata belum beres? Balas BELUM kapan saja, laporan ini kami buka kembali.",
    )


def closed_on_air(story: Story) -> Rendered:
    return _notice(
        story,
        "sudah dijawab dalam siaran langsung dan kami tutup",
        "Laporan Anda sudah dijawab dalam siaran langsung, jadi kami tutup.",
        "Jawabannya kurang? Balas BELUM, laporan ini kami buka kembali.",
    )


def withdrawn(story: Story) -> Rendered:
    return _notice(
        story,
        "dibatalkan atas permintaan Anda",
        "Laporan ini kami batalkan atas permintaan Anda. Tidak ada yang dikerjakan lagi.",
        "Berubah pikiran? Kirim saja pesan baru, kami buatkan laporan baru.",
    )


def confidentiality(story: Story) -> Rendered:
    told = {
        "anonymous": "Laporan ini sekarang ANONIM: yang menangani tidak melihat nama, nomor, atau pesan asli Anda.",
        "secret": "Laporan ini sekarang RAHASIA: isinya tidak tampil untuk umum, dan yang menangani tidak melihat "
        "nama, nomor, atau pesan asli Anda.",
    }.get(story.happened.level or "", "Laporan ini sekarang lebih tertutup.")
    return _notice(
        story,
        "sekarang lebih tertutup",
        told,
        "Mulai sekarang pesan kami hanya berisi nomor dan langkahnya. Balas STATUS untuk membaca isinya.",
    )


def erased(story: Story) -> Rendered:
    return _notice(
        story,
        "data diri Anda pada laporan ini kami hapus",
        "Sesuai permintaan Anda, nama, nomor, dan isi pesan Anda pada laporan ini kami hapus dan tidak dapat "
        "dikembalikan.",
        "Ini pesan terakhir kami tentang laporan ini. Perbaikannya tetap diteruskan tanpa data Anda.",
    )


def _turn(story: Story) -> str | None:
    """Whose turn it is and by when; None where nothing can be promised."""
    if story.phase == "waiting":
        return "Berikutnya: kami menunggu jawaban Anda atas pertanyaan petugas."
    if story.phase == "leaderless":
        return "Berikutnya: koordinator menentukan siapa yang menangani, dan Anda kami kabari."
    if story.phase != "working" or story.lead is None:
        return None
    if story.overdue and story.due is not None:
        return f"Giliran {story.lead}; batasnya {_due(story)} sudah lewat dan kami catat."
    if story.due is not None:
        return f"Berikutnya: giliran {story.lead}, paling lambat {_due(story)}."
    return f"Berikutnya: giliran {story.lead}; kabarnya kami kirim ke sini."
