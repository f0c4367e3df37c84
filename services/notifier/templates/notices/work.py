"""What the offices did, and what is late."""

from services.notifier.sending import Rendered
from services.notifier.story import Story
from services.notifier.templates.notices.parts import NEWS, in_time, moment, notice, private, promises, turn
from services.notifier.templates.phrases import GROUNDS, KINDS, listed, quoted

OMBUDSMAN = "Anda juga dapat melapor ke Ombudsman Republik Indonesia, telepon 137, di luar pemerintah kota."
"""Said where nobody of the city stands above the one complained about."""


def assigned(story: Story) -> Rendered:
    step = f"sudah ada penanggung jawabnya; tanggapan pertama {in_time(story, 'kami kabarkan')}"
    if story.private:
        return private(story, f"Laporan Anda {step}.{f' {OMBUDSMAN}' if story.about_mayor else ''}")
    moved = "kini ditangani" if story.happened.earlier else "ditangani"
    beside = f", bersama {listed(story.happened.beside)}" if story.happened.beside else ""
    return notice(
        story,
        f"kini giliran {story.happened.to}; tanggapan pertama {in_time(story, 'kami kabarkan')}",
        f"{KINDS[story.kind].capitalize()} Anda {moved} {story.happened.to}{beside}.",
        f"Berikutnya: tanggapan pertama {in_time(story, 'akan kami kabarkan')}."
        + (" Bila lewat dari itu, kami beri tahu Anda dan atasannya." if promises(story) else ""),
        OMBUDSMAN if story.about_mayor else None,
    )


def accepted(story: Story) -> Rendered:
    until = moment(story)
    said = f"menyanggupi: selesai paling lambat {until}" if until else "menyanggupi, tanpa menyebut kapan selesai"
    if story.private:
        return private(story, f"Penanggung jawab {said}.")
    return notice(
        story,
        f"{story.happened.seat} {said}",
        f"{story.happened.seat} {said}.",
        "Berikutnya: begitu dinyatakan selesai, kami tanya Anda apakah benar sudah beres.",
    )


def progressed(story: Story) -> Rendered:
    until = moment(story)
    end = f"Perkiraan selesai: {until}." if until else turn(story) or NEWS
    if story.private:
        step = f"Ada kemajuan pada laporan Anda. {end}" if until else "Ada kemajuan pada laporan Anda."
        return private(story, step, read=True)
    return notice(
        story,
        f"ada kemajuan dari {story.happened.seat}" + (f", perkiraan selesai {until}" if until else ""),
        f"Kabar dari {story.happened.seat}:",
        quoted(story.happened.words, 1500),
        end,
    )


def visited(story: Story) -> Rendered:
    if story.private:
        return private(story, "Petugas sudah melihat langsung ke lokasi.", read=True)
    return notice(
        story,
        f"{story.happened.seat} sudah melihat ke lokasi",
        f"{story.happened.seat} sudah datang melihat ke lokasi:",
        quoted(story.happened.words, 1500),
        turn(story) or NEWS,
    )


def question(story: Story) -> Rendered:
    until = moment(story)
    wait = (
        f"Tanpa jawaban sampai {until}, pekerjaan dilanjutkan dengan keterangan yang ada."
        if until
        else "Selama menunggu jawaban Anda, batas waktu penanganan berhenti dulu."
    )
    if story.private:
        step = "Petugas perlu bertanya kepada Anda supaya laporan ini bisa dilanjutkan."
        return private(story, f"{step} {wait}" if until else step, read=True)
    return notice(
        story,
        f"{story.happened.seat} bertanya kepada Anda; balas untuk menjawab",
        f"{story.happened.seat} bertanya:",
        quoted(story.happened.words, 1500),
        f"Jawab saja di sini; jawaban Anda kami teruskan tanpa nama dan nomor Anda. {wait}",
    )


def answered(story: Story) -> Rendered:
    step = f"Jawaban Anda sudah kami teruskan. Berikutnya: tanggapan {in_time(story, 'kami kabarkan di sini')}."
    if story.private:
        return private(story, step)
    return notice(story, "jawaban Anda sudah kami teruskan", step)


def returned(story: Story) -> Rendered:
    next_ = "Berikutnya: koordinator menentukan siapa yang menangani, dan Anda kami kabari."
    if story.private:
        return private(story, f"Laporan Anda dikembalikan oleh yang menangani. {next_}")
    ground = GROUNDS.get(story.happened.ground or "", "alasan lain")
    return notice(
        story,
        "dikembalikan dan sedang dicarikan penanggung jawab lain",
        f"{story.happened.seat} mengembalikan laporan ini: {ground}.",
        f"{next_} Waktu yang terpakai tetap kami hitung.",
    )


def handed_off(story: Story) -> Rendered:
    by = in_time(story, "kami kabarkan")
    if story.private:
        return private(story, f"Laporan Anda pindah penanggung jawab. Berikutnya: tanggapan {by}.")
    return notice(
        story,
        f"kini giliran {story.happened.to}",
        f"{story.happened.seat} meneruskan laporan Anda kepada {story.happened.to}.",
        f"Berikutnya: tanggapan {by}.",
    )


def breached(story: Story) -> Rendered:
    what = "belum memberi tanggapan" if story.happened.clock == "first_response" else "belum menyelesaikannya"
    passed = f"padahal batasnya {moment(story)}" if story.happened.when else "padahal batasnya sudah lewat"
    above = f" dan kami laporkan kepada {story.happened.to}" if story.happened.to else ""
    if story.private:
        return private(
            story,
            f"Kami berterus terang: yang menangani {what}, {passed}. Keterlambatan ini kami catat; "
            "kabar berikutnya kami kirim begitu ada tanggapan.",
        )
    return notice(
        story,
        f"terlambat: {story.happened.seat} {what}; sudah kami catat",
        f"Kami berterus terang: {story.happened.seat} {what}, {passed}.",
        f"Keterlambatan ini kami catat{above}. Berikutnya: kami kabari begitu ada tanggapan. Maaf, Anda jadi menunggu.",
    )


def replied(story: Story) -> Rendered:
    if story.private:
        return private(story, "Ada jawaban untuk laporan Anda.", read=True)
    return notice(
        story,
        f"ada jawaban dari {story.happened.seat}",
        quoted(story.happened.words, 3000),
        f"— {story.happened.seat}",
        turn(story) or "Mau menanggapi? Balas saja di sini.",
    )
