"""Pictures, the second seat's signature, the audit."""

from services.complaint import events as e
from services.reporting import labels
from services.reporting.sentences.voice import Line, Voice
from services.web.i18n import later


def line(say: Voice, data: e.Event) -> Line | None:
    tr = say.tr
    match data:
        case e.EvidenceCleared():
            title = tr(later("Gambar dilihat petugas: {audience}"))
            return Line(title.format(audience=tr(labels.AUDIENCE[data.audience])), media=(data.media,), routine=True)
        case e.EvidenceFlagged():
            facts = tuple(_mark(say, mark) for mark in data.marks)
            media = tuple(dict.fromkeys(mark.media for mark in data.marks))
            return Line(tr(later("Gambar bukti perlu diperiksa")), "wait", facts=facts, media=media)
        case e.ResolutionSubmitted():
            why = tuple(tr(labels.SIGN_OFF_WHY[reason]) for reason in data.why)
            words = say.some(
                (later("Yang akan dibaca pelapor"), "text", data.text),
                (later("Dirujuk ke"), "referred_to", data.referred_to),
            )
            title = tr(later("Diajukan selesai; menunggu pengesahan {seat}")).format(seat=say.seat(data.to))
            return Line(
                title, "wait", facts=(tr(labels.CLOSURE[data.closure]), *why), due=data.due, words=words,
                media=data.evidence, link=data.proof_link,
            )  # fmt: skip
        case e.SignOffEscalated():
            title = tr(later("Pengesahan terlambat; sekarang diminta dari {seat}")).format(seat=say.seat(data.to))
            return Line(title, "bad", due=data.due)
        case e.SignOffRecorded():
            words = say.some((later("Kata pengesahan"), "text", data.text))
            if data.approved:
                return Line(tr(later("Penyelesaian disahkan")), "good", words=words)
            return Line(tr(later("Penyelesaian tidak disahkan; dikerjakan lagi")), "bad", words=words)
        case e.AuditDrawn():
            return Line(tr(later("Terpilih untuk pemeriksaan acak")), routine=True)
        case e.AuditRecorded():
            words = say.some((later("Hasil pemeriksaan"), "text", data.text))
            if data.passed:
                return Line(tr(later("Pemeriksaan acak: pekerjaan benar")), "good", words=words)
            return Line(tr(later("Pemeriksaan acak: pekerjaan belum benar")), "bad", words=words)
        case _:
            return None


def _mark(say: Voice, mark: e.Mark) -> str:
    """What speaks against a picture, and how far apart it is."""
    text = say.tr(labels.MARK[mark.reason])
    if mark.km is not None:
        return text.format(km=mark.km)
    return text
