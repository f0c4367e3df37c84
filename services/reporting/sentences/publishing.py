"""Own words by draft, and what was shown in public of the work."""

from services.complaint import events as e
from services.reporting.sentences.voice import Line, Voice
from services.web.i18n import later

_WHY = {"reopened": later("pekerjaannya dibuka lagi"), "taken_back": later("dibatalkan")}
_HOW = {
    "deleted": later("unggahan dihapus"), "marked": later("unggahan diberi tanda tidak berlaku"),
    "by_hand": later("harus dihapus kantornya sendiri"), "unposted": later("belum sempat diunggah"),
}  # fmt: skip


def line(say: Voice, data: e.Event) -> Line | None:
    tr = say.tr
    match data:
        case e.ReplyDrafted():
            title = tr(later("Konsep balasan untuk {seat}")).format(seat=say.seat(data.seat))
            words = say.some((later("Konsep"), "text", data.text))
            return Line(title, "wait", facts=(f"#{data.number}", say.seat(data.by)), words=words)
        case e.ReplyDraftDropped():
            words = say.some((later("Alasan"), "reason", data.reason))
            return Line(tr(later("Konsep balasan dibatalkan")), facts=(f"#{data.number}",), words=words)
        case e.ProofDrafted():
            words = say.some((later("Untuk umum"), "text", data.text))
            return Line(
                tr(later("Bahan publikasi ditulis")), "wait", facts=(f"#{data.number}", say.seat(data.by)), words=words,
                media=data.pictures,
            )  # fmt: skip
        case e.ProofApproved():
            return Line(tr(later("Publikasi disetujui")), facts=(f"#{data.number}", *data.accounts))
        case e.ProofDropped():
            words = say.some((later("Alasan"), "reason", data.reason))
            return Line(tr(later("Publikasi dibatalkan")), facts=(f"#{data.number}",), words=words)
        case e.ProofPosted():
            facts = (f"#{data.number}", data.account)
            return Line(tr(later("Bukti kerja dipublikasikan")), "good", facts=facts, link=data.link)
        case e.ProofNotPosted():
            return Line(tr(later("Publikasi gagal diunggah")), "bad", facts=(f"#{data.number}", data.account))
        case e.ProofLinked():
            facts = (f"#{data.number}", say.seat(data.by))
            return Line(tr(later("Unggahan kantor dicatat")), "good", facts=facts, link=data.link)
        case e.ProofWithdrawn():
            where = (data.account,) if data.account else ()
            title = tr(later("Publikasi ditarik: {why}")).format(why=tr(_WHY[data.why]))
            return Line(title, "wait", facts=(f"#{data.number}", *where, tr(_HOW[data.how])))
        case e.ProofRemoved():
            account = data.account or tr(later("unggahan kantor"))
            return Line(
                tr(later("Unggahan sudah dihapus")), "good", facts=(f"#{data.number}", account, say.seat(data.by))
            )
        case _:
            return None
