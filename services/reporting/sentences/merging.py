"""One matter, many reporters."""

from services.complaint import events as e
from services.reporting import labels
from services.reporting.sentences.voice import Line, Voice
from services.web.i18n import later

_ADVANCE = {
    "accepted": later("Disanggupi dengan tanggal"), "progressed": later("Kemajuan"),
    "visited": later("Ditinjau di tempat"), "breached": later("Batas waktu terlewati"),
    "planned": later("Direncanakan"), "extended": later("Waktu diperpanjang"),
}  # fmt: skip
_APART = {
    "ruling": later("putusan petugas"), "danger": later("ada bahaya jiwa"), "secret": later("menjadi rahasia"),
    "main_over": later("laporan utama sudah selesai"), "circle": later("saling digabung"),
    "dissolved": later("gugus dibubarkan"),
}  # fmt: skip


def line(say: Voice, data: e.Event) -> Line | None:  # one case per event
    tr = say.tr
    match data:
        case e.ComplaintMerged():
            words = say.some((later("Alasan"), "reason", data.reason))
            why = (tr(later("lonjakan laporan")),) if data.cluster else ()
            return Line(tr(later("Digabung dengan laporan utama")), facts=why, words=words)
        case e.ComplaintUnmerged():
            words = say.some((later("Alasan"), "reason", data.reason))
            return Line(tr(later("Dipisahkan lagi")), "wait", facts=(tr(_APART[data.why]),), words=words)
        case e.MatterAdvanced():
            return Line(tr(later("Kabar dari laporan utama")), facts=(tr(_ADVANCE[data.what]),))
        case e.MatterResolved():
            facts = (tr(labels.CLOSURE[data.closure]), say.seat(data.seat))
            return Line(tr(later("Laporan utama dinyatakan selesai")), "good", facts=facts, due=data.confirm_by)
        case e.MergeJoined():
            title = tr(later("{count} laporan bergabung; {reporters} pelapor menunggu"))
            return Line(title.format(count=len(data.complaints), reporters=data.reporters), routine=True)
        case e.MergeLeft():
            title = tr(later("{count} laporan keluar; {reporters} pelapor menunggu"))
            return Line(title.format(count=len(data.complaints), reporters=data.reporters), routine=True)
        case e.MatterReopened():
            return Line(tr(later("Pelapor lain dari hal yang sama menyatakan BELUM; dibuka lagi")), "bad")
        case e.MatterClosed():
            return Line(tr(later("Penanganan berakhir; akhir tiap pelapor tetap")), "good")
        case e.ComplaintSplit():
            words = say.some((later("Alasan"), "reason", data.reason))
            title = tr(later("Pesan {numbers} dipecah menjadi laporan baru"))
            both = tr(later("gambar {numbers} ada pada keduanya"))
            shown = (both.format(numbers=_numbers(data.pictures)),) if data.pictures else ()
            return Line(title.format(numbers=_numbers(data.messages)), facts=shown, words=words)
        case e.DuplicateDismissed():
            return Line(tr(later("Bukan hal yang sama, menurut petugas")), routine=True)
        case e.AffectedCounted():
            return Line(tr(later("Seorang lagi ikut terdampak")), routine=True)
        case _:
            return None


def _numbers(of: tuple[int, ...]) -> str:
    return ", ".join(f"#{n}" for n in of)
