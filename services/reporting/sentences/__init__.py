"""Each event as one quiet line of a timeline, and a complaint's standing as one sentence. Pure."""

from collections.abc import Callable
from datetime import datetime

from services.complaint import events as e
from services.reporting import labels
from services.reporting.read_models.cases.card import Card
from services.reporting.read_models.cases.holdings import Clock
from services.reporting.sentences import (
    checks,
    contact,
    live,
    merging,
    publishing,
    reporter,
    screening,
    terms,
    wanted,
    word,
    work,
)
from services.reporting.sentences.voice import Line, SealedWords, Voice
from services.web.i18n import later

__all__ = ["Line", "SealedWords", "Teller"]

_SUBJECTS: tuple[Callable[[Voice, e.Event], Line | None], ...] = (
    reporter.line,
    screening.line,
    work.line,
    checks.line,
    contact.line,
    wanted.line,
    publishing.line,
    terms.line,
    word.line,
    merging.line,
    live.line,
)
"""Each tells its own events and is silent on the others."""


_SET = {
    "extended": later("tambahan waktu yang disetujui"),
    "ruling": later("sisa waktu sejak putusan koordinator"),
}


class Teller(Voice):
    """Tells events of one city in one language."""

    def actor(self, name: str) -> str:
        """`seat:dlh` → the seat's title; persons are never named."""
        kind, _, rest = name.partition(":")
        match kind:
            case "reporter":
                return self.tr(later("Pelapor"))
            case "seat":
                return self.seat(rest)
            case "adapter":
                return self.tr(later("Saluran luar"))
            case _:
                return "Tuntas"

    def tell(self, data: e.Event) -> Line:
        """What happened, in words."""
        for subject in _SUBJECTS:
            found = subject(self, data)
            if found is not None:
                return found
        return Line(type(data).__name__)

    def standing(self, card: Card, now: datetime) -> str:
        """The answer that stands above everything else: who has it, since when, until when."""
        tr, since, due = self.tr, self.when(card.since), card.due
        match card.waits_on:
            case "screening":
                return tr(later("Menunggu disaring sejak {since}")).format(since=since)
            case "coordinator" if card.forced and card.lead is not None:
                text = tr(later("Perlu putusan koordinator: sudah {count} kali berpindah; kini pada {who}"))
                return text.format(count=card.bounces, who=self.seat(card.lead))
            case "plan":
                text = tr(later("Belum selesai: dijadwalkan {who} untuk {due}"))
                return text.format(who=self.seat(card.lead), due=self.when(due) if due else "—")
            case "coordinator":
                return tr(later("Menunggu putusan koordinator sejak {since}")).format(since=since)
            case "sign_off":
                asked = card.closing.sign_off
                text = tr(later("Menunggu pengesahan {who} sejak {since}, batas {due}"))
                who = self.seat(asked.to if asked else None)
                return text.format(who=who, since=since, due=self.when(asked.due) if asked else "—")
            case "reporter":
                return tr(later("Menunggu jawaban pelapor sejak {since}")).format(since=since)
            case "word":
                text = tr(later("Dinyatakan selesai; pelapor dapat menjawab sampai {due}"))
                return text.format(due=self.when(due) if due else "—")
            case "main":
                return tr(later("Ditangani bersama laporan utama sejak {since}")).format(since=since)
            case "nobody":
                return tr(labels.END[card.ended or "withdrawn"])
            case "office":
                who = self.seat(card.lead)
                if due is None:
                    return tr(later("Menunggu {who} sejak {since}")).format(who=who, since=since)
                if due < now:
                    text = tr(later("Terlambat: menunggu {who} sejak {since}, batasnya {due}"))
                else:
                    text = tr(later("Menunggu {who} sejak {since}, batas {due}"))
                return text.format(who=who, since=since, due=self.when(due))

    def because(self, clock: Clock) -> str:
        """A clock in a sentence: `Tanggapan pertama: 24 jam sejak Senin 09.10, kebijakan v3`."""
        start = self.when(clock.since) if clock.since else "—"
        amount, unit = clock.rule.rstrip("hwdm"), clock.rule.lstrip("0123456789.")
        if clock.rule in _SET:
            return f"{self.tr(labels.CLOCK[clock.name])}: {self.tr(_SET[clock.rule])}"
        text = {
            "h": later("{amount} jam sejak {start}, kebijakan v{policy}"),
            "m": later("{amount} menit sejak {start}, kebijakan v{policy}"),
            "wd": later("{amount} hari kerja sejak {start}, kebijakan v{policy}"),
        }.get(unit, later("tanggal yang ditetapkan, sejak {start}"))
        parts = [self.tr(text).format(amount=amount, start=start, policy=clock.policy)]
        if clock.recomputed:
            parts.append(self.tr(later("dihitung ulang karena kebijakan baru")))
        if clock.waited:
            parts.append(self.tr(later("ditambah waktu selama jamnya berhenti")))
        return f"{self.tr(labels.CLOCK[clock.name])}: {', '.join(parts)}"
