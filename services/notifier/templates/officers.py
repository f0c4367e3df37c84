"""What officers read of what comes to their seat.

A chat shows on a lock screen, too: of a secret matter only its number and its clock stand here.
"""

from dataclasses import dataclass
from datetime import datetime

from services.contracts.officers import payload
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
