"""What officers read in their chats: answers to what they wanted, and what comes to their seat.

A chat shows on a lock screen, too: of a secret matter only its number and its clock stand here.
"""

from dataclasses import dataclass
from datetime import datetime

from services.contracts.officers import OfficerAnswer, OfficerTask, payload
from services.notifier.sending import Rendered
from services.notifier.story import Place
from services.notifier.templates.phrases import cut, one_line, when

ACCEPT, RETURN, LIST, DONE, PROGRESS = "TERIMA", "KEMBALIKAN", "DAFTAR TUGAS", "SELESAI", "PROGRES"
HOW = (
    "Balas nomornya untuk membaca, atau misalnya: “1 terima besok”, “1 progres” dengan foto, “1 selesai” dengan "
    "foto, “1 kembalikan bukan wilayah kami”."
)


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything that a notice to an officer may know."""

    place: Place
    title: str
    """Of the seat that hears it."""
    ticket: str
    complaint: str
    summary: str
    """Empty where the matter is secret."""
    now: datetime
    page: str
    due: datetime | None = None
    late: bool = False
    words: str | None = None
    """Of who speaks to the seat, opened."""
    by: str | None = None
    """Title of who speaks, or whose clock it is."""
    when: datetime | None = None

    def moment(self, at: datetime | None) -> str | None:
        return None if at is None else when(at, self.place.zone, self.now)


def code(place: Place, title: str, given: str | None) -> Rendered:
    """The one-time code of a registration. Without it there is nothing to say."""
    said = f"Kode Anda: {given or '(tidak berlaku lagi)'}"
    return Rendered(
        f"{said}\n\nKode ini mendaftarkan nomor ini untuk jabatan {title}, {place.name}. Ketik di konsol dalam "
        "15 menit. Jangan berikan kepada siapa pun. Tidak merasa meminta? Abaikan saja.",
        f"{said} (pendaftaran nomor, berlaku 15 menit)",
    )


def webhook_off(title: str, page: str, *, gone: bool) -> Rendered:
    """The office's own program is not called any more."""
    why = "minta tidak dipanggil lagi" if gone else "tiga hari tidak menerima panggilan"
    return Rendered(
        f"Program kantor {title} {why}, jadi kami berhenti memanggilnya. Tugas tetap ada di konsol dan antrean; tidak "
        f"ada yang hilang. Setelah program diperbaiki, hidupkan lagi di {page}",
        f"Program kantor {title} tidak dipanggil lagi",
    )


# Answers in the chat.


def answer(place: Place, said: OfficerAnswer, now: datetime) -> Rendered:
    task = said.tasks[0] if said.tasks else None
    match said.what:
        case "list":
            return _plain(f"Tugas {said.title} ({len(said.tasks)}):\n\n{_listed(place, said.tasks, now)}\n\n{HOW}")
        case "nothing":
            return _plain(f"Tidak ada tugas yang terbuka untuk {said.title}. Tugas baru kami kirim ke sini.")
        case "which" | "no_such":
            asked = "Tugas yang mana?" if said.what == "which" else "Tugas itu tidak ada pada Anda."
            return _plain(f"{asked} Balas dengan nomornya.\n\n{_listed(place, said.tasks, now)}")
        case "one_each":
            return _plain(
                "Satu pesan untuk satu tugas, ya, supaya tidak ada yang tertukar. Misalnya “1 terima besok”, lalu "
                f"kirim “2 terima besok”.\n\n{_listed(place, said.tasks, now)}"
            )
        case "refused":
            about = f"{task.ticket}: " if task is not None else ""
            return _plain(f"{about}belum dapat dikerjakan. {said.sentence}".strip())
        case "unavailable":
            return _plain("Maaf, pesan Anda belum dapat dikerjakan. Coba kirim lagi beberapa menit lagi.")
        case "late_photo":
            return _plain(
                "Foto ini belum kami kaitkan dengan tugas mana pun. Kirim sekali lagi dengan keterangan, misalnya "
                "“1 progres” atau “1 selesai”."
            )
        case _:
            assert task is not None
            return _about(place, said, task, now)


def _about(place: Place, said: OfficerAnswer, task: OfficerTask, now: datetime) -> Rendered:
    match said.what:
        case "task":
            return _task(place, task, now)
        case "unclear" | "voice":
            return _asked_again(place, said, task, now)
        case "when":
            days = (("1", "BESOK"), ("3", "3 HARI"), ("7", "7 HARI"))
            dates = tuple((payload("accept", task.complaint, count), label) for count, label in days)
            return _plain(f"{task.ticket}: paling lambat kapan selesai? Balas misalnya “besok” atau “Jumat”.", dates)
        case "why":
            grounds = (
                ("not_our_area", "BUKAN WILAYAH KAMI"), ("not_our_function", "BUKAN TUGAS KAMI"),
                ("duplicate", "SUDAH ADA"),
            )  # fmt: skip
            reasons = tuple((payload("return", task.complaint, ground), label) for ground, label in grounds)
            return _plain(f"{task.ticket}: apa alasannya dikembalikan? Boleh juga “kurang jelas”.", reasons)
        case "photo":
            return _plain(
                f"{task.ticket}: kirim foto hasilnya ke sini, boleh dengan keterangan. Bila memang tidak ada yang bisa "
                "difoto, balas “tanpa foto” dan apa yang dikerjakan."
            )
        case "words":
            return _plain(
                f"{task.ticket}: kirim fotonya ke sini dengan keterangan, atau tulis “{task.ticket} progres” dan apa "
                "yang sudah dikerjakan."
            )
        case _:
            return _done(place, said, task, now)


def _asked_again(place: Place, said: OfficerAnswer, task: OfficerTask, now: datetime) -> Rendered:
    """He answered, and we can't tell what: nothing was done with it, and he can see the task and what to say."""
    heard = (
        "Pesan suara belum dapat kami dengar di sini. Tolong ditulis, atau tekan tombolnya."
        if said.what == "voice"
        else "Kami belum paham jawaban Anda, jadi belum ada yang dicatat."
    )
    how = "“terima” dan harinya, “selesai” dengan foto, atau “kembalikan” dan alasannya"
    own = "Laporan Anda sendiri? Kirim sebagai pesan baru, bukan balasan."
    shown = _task(place, task, now)
    return _plain(f"{heard} Balas misalnya {how}. {own}\n\n{shown.text}", shown.buttons)


def _done(place: Place, said: OfficerAnswer, task: OfficerTask, now: datetime) -> Rendered:
    pictures = f", dengan {said.pictures} foto" if said.pictures else ""
    match said.do:
        case "accept":
            by = when(said.until, place.zone, now) if said.until is not None else "secepatnya"
            going = ((payload("progress", task.complaint), PROGRESS), (payload("resolve", task.complaint), DONE))
            return _plain(
                f"Tercatat: {task.ticket} Anda terima, selesai paling lambat {by}. Pelapor kami kabari.", going
            )
        case "return":
            return _plain(
                f"Tercatat: {task.ticket} Anda kembalikan. Koordinator memutuskan siapa yang menangani; hasilnya kami "
                "kabarkan ke sini."
            )
        case "progress":
            ends = ((payload("resolve", task.complaint), DONE),)
            return _plain(f"Tercatat: kemajuan {task.ticket}{pictures}. Pelapor kami kabari.", ends)
        case _:
            return _plain(
                f"Tercatat: {task.ticket} Anda nyatakan selesai{pictures}. Berikutnya pelapor kami tanya apakah benar "
                "sudah beres; bila perlu tanda tangan dahulu, kami mintakan."
            )


def _task(place: Place, task: OfficerTask, now: datetime) -> Rendered:
    parts = [
        f"{task.ticket}\n{task.summary}",
        f"“{cut(task.wording, 500)}”" if task.wording else None,
        _STANDING[task.standing],
        _due(place, task, now),
        f"Instruksi: “{cut(task.instruction, 250)}”" if task.instruction else None,
    ]
    fresh = ((payload("accept", task.complaint), ACCEPT), (payload("return", task.complaint), RETURN))
    going = ((payload("progress", task.complaint), PROGRESS), (payload("resolve", task.complaint), DONE))
    pressed = {"new": fresh, "open": going}.get(task.standing, ())
    return _plain("\n\n".join(part for part in parts if part), pressed)


_STANDING = {
    "new": "Menunggu tanggapan pertama Anda.",
    "open": "Sedang Anda tangani.",
    "waiting_reporter": "Menunggu jawaban pelapor.",
    "planned": "Dijadwalkan; muncul lagi sendiri pada tanggalnya.",
    "waiting_sign_off": "Menunggu tanda tangan.",
    "resolved": "Dinyatakan selesai, menunggu kabar pelapor.",
}


def _listed(place: Place, tasks: tuple[OfficerTask, ...], now: datetime) -> str:
    return "\n".join(
        f"{number}. {f'[{task.seat}] ' if task.seat else ''}{task.ticket} {cut(task.summary, 110)}"
        f"{_tail(place, task, now)}"
        for number, task in enumerate(tasks, start=1)
    )


def _tail(place: Place, task: OfficerTask, now: datetime) -> str:
    due = _due(place, task, now)
    return f"\n    {due}" if due else f"\n    {_STANDING[task.standing]}"


def _due(place: Place, task: OfficerTask, now: datetime) -> str | None:
    if task.due is None:
        return None
    moment = when(task.due, place.zone, now)
    what = "Tanggapan pertama" if task.standing == "new" else "Selesai"
    return f"TERLAMBAT sejak {moment}" if task.late else f"{what} paling lambat {moment}"


def _plain(text: str, pressed: tuple[tuple[str, str], ...] = ()) -> Rendered:
    return Rendered(text, one_line(text, 200), pressed)


# What comes to the seat.


def _notice(seen: Seen, headline: str, *parts: str | None, pressed: tuple[tuple[str, str], ...] = ()) -> Rendered:
    said = [part for part in (f"{headline}\n{seen.ticket}", seen.summary or None, *parts) if part]
    return Rendered("\n\n".join(said), one_line(headline, 200), pressed)


def _latest(seen: Seen) -> str | None:
    moment = seen.moment(seen.due)
    if moment is None:
        return None
    return f"Batasnya {moment} sudah lewat." if seen.late else f"Tanggapan pertama paling lambat {moment}."


def _fresh(seen: Seen) -> tuple[tuple[str, str], ...]:
    return (
        (payload("accept", seen.complaint), ACCEPT), (payload("return", seen.complaint), RETURN),
        (payload("list"), LIST),
    )  # fmt: skip


def _going(seen: Seen) -> tuple[tuple[str, str], ...]:
    return (
        (payload("progress", seen.complaint), PROGRESS), (payload("resolve", seen.complaint), DONE),
        (payload("list"), LIST),
    )  # fmt: skip


def task(seen: Seen) -> Rendered:
    return _notice(seen, f"Tugas baru untuk {seen.title}.", _latest(seen), pressed=_fresh(seen))


def task_reopened(seen: Seen) -> Rendered:
    return _notice(
        seen, f"Dibuka kembali, giliran {seen.title} lagi: menurut pelapor atau pemeriksa belum beres.", _latest(seen),
        pressed=_fresh(seen),
    )  # fmt: skip


def task_sent_back(seen: Seen) -> Rendered:
    return _notice(
        seen, f"Koordinator memutuskan: tetap pada {seen.title}, tidak dapat dikembalikan lagi.", _latest(seen),
        pressed=_going(seen),
    )  # fmt: skip


def instructed(seen: Seen) -> Rendered:
    until = seen.moment(seen.when)
    return _notice(
        seen, f"Instruksi {seen.by or 'pimpinan'} untuk {seen.title}.",
        f"“{cut(seen.words, 600)}”" if seen.words else None,
        f"Dijawab paling lambat {until}, di konsol: {seen.page}" if until else f"Dijawab di konsol: {seen.page}",
    )  # fmt: skip


def subtask(seen: Seen) -> Rendered:
    until = seen.moment(seen.when)
    return _notice(
        seen, f"Bagian pekerjaan untuk {seen.title}, dari {seen.by or 'penanggung jawab'}.",
        f"“{cut(seen.words, 600)}”" if seen.words else None,
        f"{f'Paling lambat {until}. ' if until else ''}Dilaporkan di konsol: {seen.page}",
    )  # fmt: skip


def answered(seen: Seen) -> Rendered:
    return _notice(
        seen, "Pelapor sudah menjawab pertanyaan; batas waktunya berjalan lagi.", _latest(seen),
        f"Jawabannya di konsol: {seen.page}", pressed=_going(seen),
    )  # fmt: skip


def clock_soon(seen: Seen) -> Rendered:
    return _notice(
        seen, "Batas tanggapan pertama sudah dekat.", _latest(seen),
        "Tanggapan berarti: terima dengan tanggal, kunjungan, pertanyaan, kemajuan dengan foto, atau dikembalikan "
        "dengan alasan.", pressed=_fresh(seen),
    )  # fmt: skip


def clock_over(seen: Seen) -> Rendered:
    moment = seen.moment(seen.when)
    return _notice(
        seen, f"Batas waktu {seen.title} sudah lewat{f': {moment}' if moment else ''}.",
        "Keterlambatan ini tercatat dan dikabarkan kepada pelapor. Tanggapan sekarang masih berarti; penjelasan dapat "
        f"ditulis di konsol: {seen.page}", pressed=_going(seen),
    )  # fmt: skip


def escalated(seen: Seen) -> Rendered:
    return _notice(
        seen, f"Dinaikkan kepada {seen.title}: {seen.by or 'bawahan'} belum bertindak atau jabatannya kosong.",
        f"Anda dapat bertindak sendiri atau memberi instruksi di konsol: {seen.page}",
    )  # fmt: skip


def extension_asked(seen: Seen) -> Rendered:
    until = seen.moment(seen.when)
    return _notice(
        seen, f"{seen.by or 'Bawahan Anda'} meminta tambahan waktu{f' sampai {until}' if until else ''}.",
        f"“{cut(seen.words, 600)}”" if seen.words else None, f"Diputuskan di konsol: {seen.page}",
    )  # fmt: skip


def mentioned(seen: Seen) -> Rendered:
    return _notice(
        seen, f"Catatan {seen.by or 'seorang rekan'} untuk {seen.title}.",
        f"“{cut(seen.words, 600)}”" if seen.words else None, f"Dibaca dan dijawab di konsol: {seen.page}",
    )  # fmt: skip


def plan_woke(seen: Seen) -> Rendered:
    return _notice(seen, "Tanggal rencana pekerjaan sudah tiba.", _latest(seen), pressed=_going(seen))


def withdrawn(seen: Seen) -> Rendered:
    return _notice(seen, "Dibatalkan oleh pelapornya; tidak ada yang perlu dikerjakan lagi.")


def confirmed(seen: Seen) -> Rendered:
    return _notice(seen, "Beres, menurut pelapornya sendiri. Terima kasih.")


NOTICES = {
    "task": task,
    "task_reopened": task_reopened,
    "task_sent_back": task_sent_back,
    "instructed": instructed,
    "subtask": subtask,
    "answered": answered,
    "clock_soon": clock_soon,
    "clock_over": clock_over,
    "escalated": escalated,
    "extension_asked": extension_asked,
    "mentioned": mentioned,
    "plan_woke": plan_woke,
    "withdrawn": withdrawn,
    "confirmed": confirmed,
}
"""By what `officers.policy` calls them. In `delivery` they stand as `seat.<name>`."""
