"""What the reporter did came through."""

from services.notifier.sending import Rendered
from services.notifier.story import Story
from services.notifier.templates.notices.closing import closing_question
from services.notifier.templates.notices.parts import NEWS, in_time, notice, private, turn


def received(story: Story) -> Rendered:
    who = {
        "normal": "Siapa yang melihat Anda: pesan Anda dibaca petugas penyaring. Nama dan nomor Anda tidak diberikan "
        "kepada dinas yang menangani. Ingin lebih tertutup? Balas ANONIM atau RAHASIA.",
        "anonymous": "Siapa yang melihat Anda: hanya petugas penyaring yang membaca pesan ini. Dinas, camat, lurah, "
        "RT dan RW tidak melihat nama, nomor, atau pesan asli Anda.",
        "secret": "Siapa yang melihat Anda: hanya petugas penyaring yang membaca pesan ini. Isinya tidak tampil untuk "
        "umum, dan yang menangani tidak melihat nama, nomor, atau pesan asli Anda.",
    }[story.confidentiality]
    if story.happened.urgent:
        # No term of days stands in it: whoever reads this may have minutes.
        return notice(
            story,
            f"kami dahulukan. Bila ada bahaya bagi jiwa, telepon {story.place.emergency_number} sekarang",
            "Terima kasih, laporan Anda sudah kami terima dan kami dahulukan.",
            _call_now(story),
            who,
            "Boleh menambah foto atau lokasi kapan saja. Balas STATUS untuk menanyakan kabar.",
        )
    return notice(
        story,
        "kami terima, dan kami carikan penanggung jawabnya paling lambat 3 hari kerja",
        "Terima kasih, laporan Anda sudah kami terima dan tercatat.",
        "Berikutnya: kami tentukan siapa yang menangani, paling lambat 3 hari kerja, lalu Anda kami kabari.",
        who,
        "Boleh menambah foto atau lokasi kapan saja. Balas STATUS untuk menanyakan kabar.",
    )


def _call_now(story: Story) -> str:
    return (
        f"Bila ada yang terancam jiwanya, telepon {story.place.emergency_number} SEKARANG. "
        "Telepon lebih cepat daripada pesan ini."
    )


def danger(story: Story) -> Rendered:
    number = story.place.emergency_number
    return notice(
        story,
        f"bila ada bahaya bagi jiwa, telepon {number} sekarang juga",
        _call_now(story),
        "Laporan Anda kami dahulukan; petugas membacanya tanpa menunggu antrean.",
    )


def where(story: Story) -> Rendered:
    """Asked once, after a pause in the chat; the complaint goes on without an answer."""
    step = "Kami belum tahu di kelurahan mana tempatnya. Balas dengan nama kelurahannya, atau kirim titik lokasi."
    if story.private:
        return private(story, step)
    names = [f"Kelurahan {name}" for name in story.happened.places]
    if story.happened.outside:
        found = f"Titik lokasi yang Anda kirim berada di luar {story.place.name}."
    elif names:
        found = f"Apakah tempatnya di {', '.join(names[:-1])} atau {names[-1]}?"
    else:
        found = "Di kelurahan mana tempatnya, dan dekat apa?"
    return notice(
        story,
        "kami perlu tahu di kelurahan mana tempatnya",
        found,
        "Balas dengan nama kelurahannya, atau kirim titik lokasi, supaya petugas tidak salah tempat.",
        "Laporan Anda tetap berjalan sambil menunggu.",
    )


def evidence(story: Story) -> Rendered:
    """Asked once where a city wishes it; nobody needs to answer, or to go anywhere for it."""
    step = (
        "Punya foto atau videonya? Kirim di sini bila aman dan sempat. Tanpa itu pun laporan Anda tetap kami kerjakan."
    )
    if story.private:
        return private(story, step)
    return notice(
        story,
        "foto akan membantu, bila ada",
        "Punya foto atau video tempatnya? Kirim saja di sini, bila aman dan sempat; petugas lebih cepat mengerti.",
        "Tanpa itu pun laporan Anda tetap kami kerjakan.",
    )


def added(story: Story) -> Rendered:
    if story.phase == "resolved":
        return closing_question(story, "Pesan Anda kami tambahkan. Satu hal lagi:", "pesan Anda kami tambahkan")
    if story.private:
        return private(story, f"Pesan Anda kami tambahkan. Berikutnya: kabar {in_time(story, 'di sini')}.")
    return notice(
        story, "pesan Anda kami tambahkan", "Pesan Anda kami tambahkan pada laporan ini.", turn(story) or NEWS
    )


def evidence_refused(story: Story) -> Rendered:
    return notice(
        story,
        "berkas Anda tidak dapat kami buka; silakan kirim ulang",
        "Maaf, berkas yang Anda kirim tidak dapat kami buka. Laporan Anda tetap berjalan.",
        "Bila sempat, kirim ulang sebagai foto JPG atau PNG, atau ceritakan saja dengan kata-kata.",
    )


_NOTHING_LEFT = "Tidak ada yang dikerjakan lagi."


def withdrawn(story: Story) -> Rendered:
    return notice(
        story,
        "dibatalkan atas permintaan Anda",
        "Laporan ini kami batalkan atas permintaan Anda. "
        + ("Laporan warga lain tentang hal ini tetap kami tangani." if story.others else _NOTHING_LEFT),
        "Berubah pikiran? Kirim saja pesan baru, kami buatkan laporan baru.",
    )


def confidentiality(story: Story) -> Rendered:
    told = {
        "anonymous": "Laporan ini sekarang ANONIM: yang menangani tidak melihat nama, nomor, atau pesan asli Anda.",
        "secret": "Laporan ini sekarang RAHASIA: isinya tidak tampil untuk umum, dan yang menangani tidak melihat "
        "nama, nomor, atau pesan asli Anda.",
    }.get(story.happened.level or "", "Laporan ini sekarang lebih tertutup.")
    return notice(
        story,
        "sekarang lebih tertutup",
        told,
        "Mulai sekarang pesan kami hanya berisi nomor dan langkahnya. Balas STATUS untuk membaca isinya.",
    )


def erased(story: Story) -> Rendered:
    return notice(
        story,
        "data diri Anda pada laporan ini kami hapus",
        "Sesuai permintaan Anda, nama, nomor, dan isi pesan Anda pada laporan ini kami hapus dan tidak dapat "
        "dikembalikan.",
        "Ini pesan terakhir kami tentang laporan ini. Perbaikannya tetap diteruskan tanpa data Anda.",
    )
