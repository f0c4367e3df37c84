"""What the reporter did."""

from services.complaint import events as e
from services.reporting import labels
from services.reporting.sentences.voice import Line, SealedWords, Voice
from services.web import channels
from services.web.i18n import later


def line(say: Voice, data: e.Event) -> Line | None:
    tr = say.tr
    match data:
        case e.ComplaintReceived():
            words = say.message(data.message) + say.some((later("Nama di siaran"), "handle", data.handle))
            how: tuple[str, ...] = (channels.named(data.message.channel, tr),)
            if data.session is not None:
                return Line(tr(later("Disampaikan saat siaran langsung")), facts=how, words=words)
            if data.past is not None:
                return _past(say, data.message, data.past, how, words)
            if data.message.channel == "import" and data.message.sent_at is not None:
                how = (*how, tr(later("masuk di sistem asalnya {when}")).format(when=say.when(data.message.sent_at)))
            if data.message.form == "voice":
                how = (*how, tr(later("pesan suara: perlu didengarkan")))
            return Line(tr(later("Laporan diterima")), facts=how, words=words)
        case e.MessageAdded() if data.message.form == "removed":
            return Line(tr(later("Pelapor menghapus pesannya di saluran asal")), routine=True)
        case e.MessageAdded() if data.message.transcribes is not None:
            title = tr(later("Pesan suara #{n}, ditulis petugas")).format(n=data.message.transcribes)
            return Line(title, words=say.message(data.message))
        case e.MessageAdded() if data.message.form == "voice":
            title = tr(later("Pesan suara dari pelapor: perlu didengarkan"))
            return Line(title, "wait", words=say.message(data.message))
        case e.MessageAdded():
            return Line(tr(later("Pesan tambahan dari pelapor")), words=say.message(data.message))
        case e.EvidenceAttached():
            title = tr(later("Gambar atau berkas dari pelapor"))
            return Line(title, media=(data.media,), facts=(labels.file_type(data.content_type, tr),))
        case e.EvidenceRefused():
            return Line(
                tr(later("Berkas tidak dapat diterima")),
                "wait",
                facts=(tr(labels.NOT_TAKEN[data.reason]),),
                routine=True,
            )
        case e.ResolutionConfirmed():
            return Line(tr(later("Pelapor menyatakan selesai")), "good", words=say.message(data.message))
        case e.ComplaintReopened():
            if data.party == "handling":
                return Line(tr(later("Dibuka lagi setelah pemeriksaan acak")), "bad")
            title = tr(later("Dibuka lagi: pelapor menyatakan belum selesai"))
            return Line(title, "bad", words=say.message(data.message))
        case e.ComplaintWithdrawn():
            return Line(tr(later("Dicabut oleh pelapor")), words=say.message(data.message))
        case e.ConfidentialityRaised():
            title = tr(later("Kerahasiaan dinaikkan menjadi {level}"))
            level = tr(labels.CONFIDENTIALITY[data.level])
            return Line(title.format(level=level), words=say.message(data.message))
        case e.ReporterErased():
            return Line(tr(later("Data pelapor dihapus untuk selamanya")), "wait")
        case _:
            return None


def _past(say: Voice, message: e.Message, past: e.Past, how: tuple[str, ...], words: tuple[SealedWords, ...]) -> Line:
    """The other system's dates, as it says them; ours is the day of the import."""
    tr, facts = say.tr, (*how, say.tr(labels.PAST[past.how]))
    if message.sent_at is not None:
        facts = (*facts, tr(later("masuk di sistem asalnya {when}")).format(when=say.when(message.sent_at)))
    if past.ended is not None:
        facts = (*facts, tr(later("berakhir di sana {when}")).format(when=say.when(past.ended)))
    return Line(tr(later("Diimpor: sudah berakhir di sistem lain")), facts=facts, words=words)
