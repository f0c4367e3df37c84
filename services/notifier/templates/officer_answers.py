"""What officers read in their chats when they wanted something.

Of a secret matter only its number and its clock stand here: a chat shows on a lock screen, too.
"""

from datetime import datetime

from services.contracts.officers import OfficerAnswer, OfficerTask, payload
from services.notifier.sending import Rendered
from services.notifier.story import Place
from services.notifier.templates.officers import ACCEPT, DONE, HOW, PROGRESS, RETURN
from services.notifier.templates.phrases import cut, one_line, when


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
