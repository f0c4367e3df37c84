"""Answers to what a person asked that is no event: greeting, thanks, help, status, and what we could not place."""

from collections.abc import Sequence

from services.contracts import buttons
from services.notifier.sending import Rendered
from services.notifier.story import Place, Story
from services.notifier.templates import phrases

HOW = (
    "Tulis saja masalahnya dan di mana tempatnya, misalnya: “Lampu jalan mati di depan pasar, Kelurahan …”. "
    "Boleh tambah foto atau lokasi."
)


def _plain(text: str) -> Rendered:
    return Rendered(text, phrases.one_line(text, 200))


def greeting(place: Place, _: Sequence[Story]) -> Rendered:
    return _plain(f"Halo, ini {place.door}, {place.name}. Ada yang bisa kami bantu?\n\n{HOW}")


def thanks(_: Place, __: Sequence[Story]) -> Rendered:
    return _plain("Sama-sama. Bila ada yang lain, tulis saja di sini kapan pun.")


def help_(place: Place, _: Sequence[Story]) -> Rendered:
    return _plain(
        f"Cara memakai {place.door}:\n\n{HOW}\n\n"
        "STATUS – menanyakan kabar laporan\nSUDAH – masalahnya sudah beres\nBELUM – masalahnya belum beres\n"
        "BATAL – membatalkan laporan\nANONIM – nama Anda tidak diberikan kepada yang menangani\n"
        "RAHASIA – isinya juga tidak tampil untuk umum\nLUPAKAN SAYA – menghapus data Anda\n"
        "SAMBUNG – menyatukan laporan Anda dari nomor atau kanal lain\n\n"
        f"Bahaya bagi jiwa? Telepon {place.emergency_number}."
    )


def not_understood(_: Place, __: Sequence[Story]) -> Rendered:
    return _plain(f"Maaf, pesan ini belum dapat kami baca. {HOW}\n\nBalas BANTUAN untuk melihat cara memakainya.")


def nothing_open(_: Place, __: Sequence[Story]) -> Rendered:
    return _plain(
        "Saat ini tidak ada laporan Anda yang terbuka di sini. Melapor lewat formulir atau meja? Sebutkan kode "
        f"laporannya.\n\n{HOW}"
    )


def forwarded(_: Place, stories: Sequence[Story]) -> Rendered:
    """To the official who passed it on; it is not his."""
    code = f" dengan kode {stories[0].ticket}" if stories else ""
    return _plain(
        f"Yang Anda teruskan sudah kami catat{code}. Anda tercatat sebagai penerus, bukan pelapor.\n\n"
        "Nomor pelapornya? Kirim kontaknya atau ketik nomornya, supaya ia mendapat kode dan kabar."
    )


def forwarded_reached(_: Place, stories: Sequence[Story]) -> Rendered:
    code = f" laporan {stories[0].ticket}" if stories else ""
    return _plain(
        f"Terima kasih. Pelapor{code} kami kabari di nomor itu; Anda tercatat sebagai penerus, bukan pelapor."
    )


def which_complaint(_: Place, stories: Sequence[Story]) -> Rendered:
    """In the order in which the person brought them: `2` and `yang kedua` mean the second."""
    rows = "\n".join(f"{number}. {_named(story)}: {_phase(story)}" for number, story in enumerate(stories[:9], start=1))
    return _plain(
        f"Anda punya beberapa laporan. Yang mana yang Anda maksud? Balas dengan angkanya.\n\n{rows}\n\n"
        "Kalau semuanya, balas SEMUA."
    )


def again_or_new(place: Place, stories: Sequence[Story]) -> Rendered:
    """The complaint that it may be about is over."""
    if not stories:
        return greeting(place, stories)
    return _plain(
        f"Laporan Anda {_named(stories[0])} sudah ditutup. Pesan Anda ini tentang apa?\n\n"
        "1. Masalah yang sama, belum beres\n2. Hal baru\n\n"
        "Balas 1 atau 2. Pesan Anda sudah kami simpan; tanpa balasan dalam satu jam kami catat sebagai laporan baru."
    )


def which_lamp(_: Place, __: Sequence[Story]) -> Rendered:
    """The street's lamps and the power of a house are two offices' work, and people say the same of both."""
    return _plain(
        "Yang mati lampu jalan, atau listrik di rumah? Balas saja “lampu jalan” atau “listrik rumah”, dan di mana "
        "tempatnya. Laporan Anda sudah tercatat."
    )


def affected(_: Place, __: Sequence[Story]) -> Rendered:
    return _plain(
        "Terima kasih. Anda kami hitung sebagai warga yang juga terdampak.\n\n"
        "Ingin dikabari sendiri? Tulis masalahnya dan di mana tempatnya, kami buatkan nomor laporan untuk Anda."
    )


def slowed(place: Place, _: Sequence[Story]) -> Rendered:
    """Kindly: most who send a hundred messages are afraid, not hostile."""
    return _plain(
        "Pesan Anda banyak sekaligus. Semuanya tersimpan dan kami baca satu per satu; tidak perlu dikirim ulang.\n\n"
        f"Bahaya bagi jiwa? Telepon {place.emergency_number}."
    )


def join_code(place: Place, _: Sequence[Story]) -> Rendered:
    """`Place.code` is what is to be sent from the other chat."""
    if place.code is None:
        return join_unknown(place, ())
    return _plain(
        f"Kirim pesan ini dari nomor atau akun Anda yang lain:\n\nSAMBUNG {place.code}\n\n"
        "Setelah itu laporan dari keduanya dapat Anda tanyakan dan jawab di mana saja. Berlaku 30 menit, sekali pakai. "
        "Jangan berikan kode ini kepada orang lain."
    )


def joined(_: Place, stories: Sequence[Story]) -> Rendered:
    rows = "\n".join(f"• {story.ticket}: {_phase(story)}" for story in stories[:8])
    return _plain("Tersambung. Laporan Anda dari kedua tempat:\n\n" + (rows or "belum ada laporan"))


def join_unknown(_: Place, __: Sequence[Story]) -> Rendered:
    return _plain("Kode itu tidak berlaku, atau sudah lewat 30 menit. Tulis SAMBUNG di chat yang lain untuk kode baru.")


def _named(story: Story) -> str:
    """Ticket, and the reporter's own first words where they may be said unasked."""
    return f"{story.ticket} (“{story.began}”)" if story.began and not story.private else story.ticket


def status(place: Place, stories: Sequence[Story]) -> Rendered:
    """The first complaint in full, the others in a line each. Asked for, so its words may be shown."""
    if not stories:
        return nothing_open(place, stories)
    parts = [_status(stories[0])]
    if len(stories) > 1:
        rows = "\n".join(f"• {story.ticket}: {_phase(story)}" for story in stories[1:8])
        parts.append(f"Laporan Anda yang lain:\n{rows}\nBalas dengan nomornya untuk membaca kabarnya.")
    pressed: tuple[tuple[str, str], ...] = ()
    text = "\n\n".join(parts)
    if stories[0].phase == "resolved" and len(text) <= 1024:
        complaint = stories[0].complaint
        pressed = (
            (buttons.payload("confirm", complaint), "SUDAH"),
            (buttons.payload("reopen", complaint), "BELUM"),
        )
    return Rendered(text, phrases.one_line(_phase(stories[0]), 200), pressed)


def _status(story: Story) -> str:
    parts = [f"{story.ticket}: {_phase(story)}."]
    if story.last is not None:
        at = phrases.when(story.last.at, story.place.zone, story.now)
        parts.append(f"{_LAST[story.last.what]} {story.last.seat}, {at}:\n{phrases.quoted(story.last.words, 2400)}")
    if story.phase == "waiting":
        parts.append("Jawab saja di sini.")
    if story.phase == "resolved":
        parts.append("Menurut Anda, sudah beres? Balas SUDAH atau BELUM.")
    parts.append(f"Ikuti langkahnya: {story.page}")
    return "\n\n".join(parts)


_LAST = {
    "question": "Pertanyaan",
    "reply": "Jawaban",
    "progress": "Kabar dari",
    "visit": "Kunjungan",
    "plan": "Rencana",
    "resolution": "Yang dilakukan menurut",
}


def _phase(story: Story) -> str:
    """One line: where it is and what is next."""
    due = None if story.due is None else phrases.when(story.due, story.place.zone, story.now)
    match story.phase:
        case "screening":
            return "sudah tercatat; penanggung jawabnya ditentukan paling lambat 3 hari kerja sejak diterima"
        case "working":
            who = story.lead or "petugas yang bertugas"
            if due is None:
                return f"ditangani {who}"
            limit = f"batasnya {due} sudah lewat" if story.overdue else f"batas {due}"
            return f"ditangani {who}, {limit}"
        case "waiting":
            return "menunggu jawaban Anda atas pertanyaan petugas"
        case "planned":
            on = f" untuk {due}" if due else ""
            return f"belum selesai; pekerjaannya dijadwalkan {story.lead}{on}"
        case "leaderless":
            return "koordinator sedang menentukan penanggung jawab baru"
        case "resolved":
            return "dinyatakan selesai, menunggu kabar Anda: SUDAH atau BELUM" + (f", sampai {due}" if due else "")
        case "closed":
            return "sudah ditutup; balas BELUM bila masalahnya masih ada"
        case "withdrawn":
            return "sudah dibatalkan atas permintaan Anda"
