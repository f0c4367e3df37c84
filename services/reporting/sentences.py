"""Each event as one quiet line of a timeline, and a complaint's standing as one sentence. Pure."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from services.complaint import events as e
from services.contracts.city import City
from services.reporting import labels
from services.reporting.labels import Translate
from services.reporting.read_models.cases.card import Card
from services.web.i18n import later


@dataclass(frozen=True)
class SealedWords:
    """Something sealed in this event: `name` is the field that it is sealed for."""

    label: str
    name: str
    sealed: str


@dataclass(frozen=True)
class Line:
    """`tone`: good, bad, wait or empty."""

    title: str
    tone: str = ""
    facts: tuple[str, ...] = ()
    due: datetime | None = None
    words: tuple[SealedWords, ...] = ()
    media: tuple[str, ...] = ()
    link: str | None = None
    routine: bool = False
    """Says little to a reader who is in a hurry (a delivery, a proposal of the machine)."""


@dataclass
class Teller:
    """Tells events of one city in one language. `when` writes a moment in the city's time."""

    city: City
    tr: Translate
    when: Callable[[datetime], str]
    _seat: Callable[[str | None], str] = field(init=False)

    def __post_init__(self) -> None:
        self._seat = lambda seat: labels.seat(self.city, seat) or "—"

    def actor(self, name: str) -> str:
        """`seat:dlh` → the seat's title; persons are never named."""
        kind, _, rest = name.partition(":")
        match kind:
            case "reporter":
                return self.tr(later("Pelapor"))
            case "seat":
                return self._seat(rest)
            case "adapter":
                return self.tr(later("Saluran luar"))
            case _:
                return "Tuntas"

    def tell(self, data: e.Event) -> Line:
        """What happened, in words."""
        for teller in (self._reporter, self._screening, self._work, self._word):
            line = teller(data)
            if line is not None:
                return line
        return Line(type(data).__name__)

    def _message(self, message: e.Message | None) -> tuple[SealedWords, ...]:
        if message is None:
            return ()
        found = []
        if message.text:
            found.append(SealedWords(self.tr(later("Kata pelapor")), "text", message.text))
        if message.place:
            found.append(SealedWords(self.tr(later("Titik lokasi")), "place", message.place))
        return tuple(found)

    def _some(self, *pairs: tuple[str, str, str | None]) -> tuple[SealedWords, ...]:
        return tuple(SealedWords(self.tr(label), name, sealed) for label, name, sealed in pairs if sealed)

    def _reporter(self, data: e.Event) -> Line | None:
        tr = self.tr
        match data:
            case e.ComplaintReceived():
                title, facts = tr(later("Laporan diterima")), (data.message.channel,)
                return Line(title, facts=facts, words=self._message(data.message))
            case e.MessageAdded():
                return Line(tr(later("Pesan tambahan dari pelapor")), words=self._message(data.message))
            case e.EvidenceAttached():
                title = tr(later("Gambar atau berkas dari pelapor"))
                return Line(title, media=(data.media,), facts=(data.content_type,))
            case e.EvidenceRefused():
                return Line(tr(later("Berkas tidak dapat diterima")), "wait", facts=(data.reason,), routine=True)
            case e.ResolutionConfirmed():
                return Line(tr(later("Pelapor menyatakan selesai")), "good", words=self._message(data.message))
            case e.ComplaintReopened():
                title = tr(later("Dibuka lagi: pelapor menyatakan belum selesai"))
                return Line(title, "bad", words=self._message(data.message))
            case e.ComplaintWithdrawn():
                return Line(tr(later("Dicabut oleh pelapor")), words=self._message(data.message))
            case e.ConfidentialityRaised():
                title = tr(later("Kerahasiaan dinaikkan menjadi {level}"))
                level = tr(labels.CONFIDENTIALITY[data.level])
                return Line(title.format(level=level), words=self._message(data.message))
            case e.ReporterErased():
                return Line(tr(later("Data pelapor dihapus untuk selamanya")), "wait")
            case _:
                return None

    def _matter(self, matter: e.Matter) -> tuple[str, ...]:
        place = labels.place(self.city, matter.ward_code, matter.district_code)
        found = [self.tr(labels.KIND[matter.kind]), labels.category(matter.category, self.tr) or ""]
        if place:
            found.append(place)
        if matter.urgency != "normal":
            found.append(self.tr(labels.URGENCY[matter.urgency]))
        return tuple(found)

    def _screening(self, data: e.Event) -> Line | None:
        tr = self.tr
        match data:
            case e.ScreeningProposed():
                sure = tr(later("keyakinan {share}")).format(share=f"{data.confidence:.0%}")
                return Line(tr(later("Usul penyaringan")), facts=(*self._matter(data.matter), sure), routine=True)
            case e.ComplaintScreened():
                by = tr(later("Disaring oleh petugas")) if data.by == "person" else tr(later("Disaring otomatis"))
                words = self._some(
                    (later("Kata yang boleh dibaca petugas"), "wording", data.wording),
                    (later("Catatan cek-ricek"), "notes", data.notes),
                )
                return Line(by, facts=self._matter(data.matter), words=words)
            case e.ConcernedRecorded():
                words = self._some(
                    (later("Nama"), "name", data.name), (later("Alamat"), "place", data.place),
                )  # fmt: skip
                return Line(tr(later("Orang yang dilaporkan keadaannya")), words=words)
            case _:
                return None

    def _clock(self, clocks: tuple[e.Clock, ...]) -> datetime | None:
        return min((clock.due for clock in clocks), default=None)

    def _work(self, data: e.Event) -> Line | None:  # one case per event
        tr = self.tr
        match data:
            case e.ComplaintAssigned():
                facts = tuple(f"{tr(labels.ROLE[a.role])}: {self._seat(a.seat)}" for a in data.assignments)
                words = self._some(
                    (later("Instruksi"), "instruction", data.instruction), (later("Alasan"), "reason", data.reason)
                )
                due = self._clock(tuple(c for a in data.assignments for c in a.clocks))
                return Line(tr(later("Diteruskan kepada yang bertugas")), facts=facts, due=due, words=words)
            case e.AssignmentAccepted():
                words = self._some((later("Catatan"), "note", data.note))
                return Line(tr(later("Diterima oleh kantor")), due=data.finish_by, words=words)
            case e.ProgressReported():
                words = self._some((later("Yang dikerjakan"), "text", data.text))
                return Line(tr(later("Kemajuan")), due=data.expected_end, words=words, media=data.evidence)
            case e.PlaceVisited():
                words = self._some((later("Yang dilihat"), "text", data.text))
                return Line(tr(later("Ditinjau di tempat")), words=words, media=data.evidence)
            case e.QuestionAsked():
                words = self._some((later("Pertanyaan"), "question", data.question))
                return Line(tr(later("Bertanya kepada pelapor")), "wait", words=words)
            case e.QuestionAnswered():
                return Line(tr(later("Pelapor menjawab")), words=self._message(data.message))
            case e.AssignmentReturned():
                words = self._some((later("Alasan"), "reason", data.reason))
                ground = (tr(labels.GROUND[data.ground]),)
                return Line(tr(later("Dikembalikan")), "wait", facts=ground, words=words)
            case e.LeadHandedOff():
                words = self._some((later("Alasan"), "reason", data.reason))
                title = tr(later("Dialihkan kepada {seat}")).format(seat=self._seat(data.to.seat))
                return Line(title, due=self._clock(data.to.clocks), words=words)
            case e.InstructionGiven():
                words = self._some((later("Instruksi"), "text", data.text))
                title = tr(later("Instruksi kepada {seat}")).format(seat=self._seat(data.seat))
                return Line(title, due=data.due, words=words)
            case e.InstructionAnswered():
                return Line(tr(later("Instruksi dijawab")), words=self._some((later("Jawaban"), "text", data.text)))
            case _:
                return None

    def _word(self, data: e.Event) -> Line | None:  # one case per event
        tr = self.tr
        match data:
            case e.ClockBreached():
                facts = [f"{tr(labels.CLOCK[data.clock])}: {self._seat(data.seat)}"]
                if data.note is not None:
                    facts.append(tr(later("catatan kinerja #{note} diusulkan")).format(note=data.note))
                return Line(tr(later("Batas waktu terlewati")), "bad", facts=tuple(facts), due=data.due)
            case e.BreachExplained():
                words = self._some((later("Penjelasan"), "text", data.text))
                return Line(tr(later("Keterlambatan #{note} dijelaskan")).format(note=data.note), words=words)
            case e.NoteRuled():
                title = f"{tr(labels.RULING[data.ruling])} #{data.note}"
                return Line(title, words=self._some((later("Alasan"), "text", data.text)))
            case e.ReplySent():
                words = self._some((later("Balasan"), "text", data.text))
                return Line(tr(later("Balasan kepada pelapor")), words=words)
            case e.ComplaintResolved():
                facts = [tr(labels.CLOSURE[data.closure])]
                if data.without_proof:
                    facts.append(tr(later("tanpa bukti")))
                words = self._some(
                    (later("Yang dibaca pelapor"), "text", data.text),
                    (later("Dirujuk ke"), "referred_to", data.referred_to),
                )
                return Line(
                    tr(later("Dinyatakan selesai")), "wait" if data.without_proof else "good", facts=tuple(facts),
                    due=data.confirm_by, words=words, media=data.evidence, link=data.proof_link,
                )  # fmt: skip
            case e.ComplaintClosed():
                return Line(tr(labels.END[data.end]), "good")
            case e.ReporterTold():
                return Line(tr(later("Pelapor dikabari")), facts=(data.channel,), routine=True)
            case e.ReporterUnreachable():
                return Line(tr(later("Kabar tidak sampai kepada pelapor")), "bad", facts=(data.channel, data.reason))
            case _:
                return None

    def standing(self, card: Card, now: datetime) -> str:
        """The answer that stands above everything else: who has it, since when, until when."""
        tr, since, due = self.tr, self.when(card.since), card.due
        match card.waits_on:
            case "screening":
                return tr(later("Menunggu disaring sejak {since}")).format(since=since)
            case "coordinator":
                return tr(later("Menunggu putusan koordinator sejak {since}")).format(since=since)
            case "reporter":
                return tr(later("Menunggu jawaban pelapor sejak {since}")).format(since=since)
            case "word":
                text = tr(later("Dinyatakan selesai; pelapor dapat menjawab sampai {due}"))
                return text.format(due=self.when(due) if due else "—")
            case "nobody":
                return tr(labels.END[card.ended or "withdrawn"])
            case "office":
                who = self._seat(card.lead)
                if due is None:
                    return tr(later("Menunggu {who} sejak {since}")).format(who=who, since=since)
                if due < now:
                    text = tr(later("Terlambat: menunggu {who} sejak {since}, batasnya {due}"))
                else:
                    text = tr(later("Menunggu {who} sejak {since}, batas {due}"))
                return text.format(who=who, since=since, due=self.when(due))

    def because(self, name: str, rule: str, since: datetime | None, policy: int) -> str:
        """A clock in a sentence: `24 jam sejak Senin 09.10, kebijakan v3`."""
        start = self.when(since) if since else "—"
        amount, unit = rule.rstrip("hwdm"), rule.lstrip("0123456789.")
        text = {
            "h": later("{amount} jam sejak {start}, kebijakan v{policy}"),
            "m": later("{amount} menit sejak {start}, kebijakan v{policy}"),
            "wd": later("{amount} hari kerja sejak {start}, kebijakan v{policy}"),
        }.get(unit, later("tanggal yang ditetapkan, sejak {start}"))
        return f"{self.tr(labels.CLOCK[name])}: " + self.tr(text).format(amount=amount, start=start, policy=policy)
