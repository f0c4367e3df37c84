"""Whether the reporter may be called; who asked for the contact, who said yes, who saw it. Never the contact."""

from services.complaint import events as e
from services.reporting import labels
from services.reporting.sentences.voice import Line, SealedWords, Voice
from services.web.i18n import later


def line(say: Voice, data: e.Event) -> Line | None:
    tr = say.tr
    match data:
        case e.ContactAllowed():
            return Line(tr(later("Pelapor mengizinkan dihubungi")), "good", words=say.message(data.message))
        case e.ContactDisallowed():
            return Line(tr(later("Pelapor tidak mau dihubungi lagi")), "wait", words=say.message(data.message))
        case e.ContactAsked():
            title = tr(later("{seat} meminta kontak pelapor")).format(seat=say.seat(data.seat))
            why = SealedWords(tr(later("Alasan")), "reason", data.reason, of_wish=True)
            return Line(title, "wait", facts=(f"#{data.number}", tr(labels.CONTACT_GROUND[data.ground])), words=(why,))
        case e.ContactRuled():
            text = later("Kontak boleh dilihat satu kali") if data.granted else later("Permintaan kontak ditolak")
            words = say.some((later("Alasan"), "reason", data.reason))
            return Line(tr(text), facts=(f"#{data.number}", say.seat(data.by)), due=data.until, words=words)
        case e.ContactShown():
            title = tr(later("Kontak pelapor dilihat {seat}")).format(seat=say.seat(data.seat))
            return Line(title, "wait", facts=(f"#{data.number}",))
        case _:
            return None
