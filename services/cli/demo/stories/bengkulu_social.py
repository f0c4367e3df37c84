"""Bengkulu, social media: the camat and the office are both tagged, and each has a clock of its own."""

from services.cli.demo.adapter import comment
from services.cli.demo.play import Story
from services.cli.demo.staff import Seat, Seen
from services.cli.standins.patience import PATIENCE

CAMAT = "camat-gading-cempaka"


class BengkuluSocial(Story):
    city = "bengkulu"
    label = "Bengkulu medsos"
    title = "Bengkulu: komentar Instagram, sampah di Gading Cempaka"
    practice = (
        "The mayor tags the camat and the office: an answer within one day. “Siap, sedang diproses” is no answer. The "
        "office answers, the camat does not: a proposed note, then the Sekda, then the mayor. He explains, and the "
        "superior rules."
    )
    offices = ("dlh",)
    seats = ("walikota", "sekda", "tim-saring", CAMAT)
    channels = ("instagram",)

    async def run(self) -> None:
        person = f"ig-{self.someone}"
        voice, adapter = self.voice, self.adapter("instagram")
        secretary, camat, dlh = self.seat("sekda"), self.seat(CAMAT), self.office("dlh")
        await self._sits(camat)
        words = "Min, sampah menumpuk seminggu di Gading Cempaka, dak diangkut-angkut, bau nian 😷"
        seen_by_citizen = self.picture("garbage")
        before = await adapter.uploads(seen_by_citizen)
        voice.citizen(words, "@warga.contoh di Instagram, dengan foto")
        await adapter.hands_in(comment(person, "warga.contoh", words, (before,)))
        acknowledged = await adapter.waits_for(person, "BKL-")
        voice.arrives(acknowledged["text"], "keluar lewat adaptor Instagram")
        self.received(acknowledged["text"])

        task = await dlh.task(self.told.ticket, role="lead", state="open")
        self.done(
            await dlh.does(task, "accept", finish_by=self.in_days(4), note="Armada malam ini."),
            "acceptance with a date",
        )
        voice.office("DLH", "menerima dengan tanggal selesai: jam tanggapannya berhenti.")
        siap = self.done(
            await camat.does("accept", self.told.ticket, note="Siap, sedang diproses."), "acceptance without a date"
        )
        voice.office("Camat Gading Cempaka", "“Siap, sedang diproses.” Dicatat, dan tidak menghentikan jam apa pun.")
        seen = await self.case(secretary, "both have answered", lambda c: c["row"]["n"] >= siap["n"])
        self.check(not _clocks(seen, "dlh"), "the office's answer stopped no clock")
        self.check(bool(_clocks(seen, CAMAT)), "a mere “siap” stopped the camat's clock")
        await self.case(
            secretary, "the camat's clock is breached", lambda c: any(k["late"] for k in _clocks(c, CAMAT)),
            patience=PATIENCE + 2 * self.stage.day,
        )  # fmt: skip
        voice.clock("Satu hari lewat tanpa tanggapan camat: catatan kinerja diusulkan.")
        await self.breathe()
        await self._goes_up(camat)
        await self._note(camat, secretary)
        await self.breathe()

        pictures = [await dlh.uploads(self.picture("garbage")), await dlh.uploads(self.picture("clean"))]
        self.done(
            await dlh.does(task, "progress", text="Truk di lokasi, sebelum diangkut.", evidence=pictures[:1]),
            "progress",
        )
        again = await dlh.uploads(seen_by_citizen)
        refused = await dlh.does(task, "resolve", closure="fixed", text="Sudah diangkut.", evidence=[again])
        self.check(
            (refused.get("refusal") or {}).get("code") == "evidence_reused", "a re-used picture was taken as proof"
        )
        voice.refused("Ditolak", "foto “bukti” DLH ternyata foto pelapor sendiri.")
        heard = len([m for m in adapter.arrived if m["to"] == person])
        self.done(
            await dlh.does(
                task, "resolve", closure="fixed", text="Sampah sudah diangkut dan lokasi disapu.", evidence=pictures[1:]
            ),
            "resolve",
        )
        voice.office("DLH", "selesai, dengan foto sebelum dan sesudah.")
        asked = await adapter.waits_for(person, "Tekan SUDAH", after=heard)
        voice.arrives(asked["text"], "keluar lewat adaptor Instagram")
        words = "sudah bersih min, makasih"
        voice.citizen(words, "@warga.contoh")
        await adapter.hands_in(comment(person, "warga.contoh", words))
        self.told.state = str((await self.ended())["ended"])
        await self.case(secretary, "the adapter's receipts count", lambda c: _happened(c, "complaint.reporter_told"))
        told = await adapter.waits_for(person, "beres, menurut Anda")
        voice.arrives(told["text"], "keluar lewat adaptor Instagram")
        self.keep_sent(adapter, person)
        self.check(not adapter.refusals, f"the door refused something: {adapter.refusals}")
        await self._for_everybody(pictures)
        voice.good("Dibenarkan lewat Instagram; tanda terima adaptor tercatat.")
        voice.page(self.public_url())

    async def _for_everybody(self, pictures: list[str]) -> None:
        """What was done is looked at and shown to all."""
        for media in pictures:
            screener = self.seat("tim-saring")
            cleared = await screener.does("clear_evidence", self.told.ticket, media=media, audience="public")
            self.done(cleared, "clearing the picture")
        self.voice.office(
            "Tim penyaring", "mengizinkan gambar DLH untuk umum; laporan ini kini tampak di /umum/bengkulu."
        )

    async def _sits(self, camat: Seat) -> None:
        """Where the demo was played before, nobody sat here since, which is long by its clock: no note is proposed to a
        seat that counts as vacant. Whoever looks in is there again."""
        mayor = self.seat("walikota")

        async def there() -> bool:
            await camat.sees("/laporan")
            seats = (await mayor.sees("/jabatan"))["seats"]
            return not next(one["vacant"] for one in seats if one["seat"] == CAMAT)

        await self.until(there, "the camat's seat is not vacant")

    async def _goes_up(self, camat: Seat) -> None:
        """A breach that nobody answers goes up a step a day: to the Sekda, then to the mayor, who wants to know."""
        mayor = self.seat("walikota")
        await self.case(
            mayor, "the breach reaches the mayor", lambda c: any(h["seat"] == "walikota" for h in c["holdings"]),
            patience=PATIENCE + 4 * self.stage.day,
        )  # fmt: skip
        self.voice.clock("Camat tetap diam: naik ke Sekda, sehari kemudian ke wali kota.")
        self.done(
            await mayor.does(
                "instruct",
                self.told.ticket,
                seat=CAMAT,
                due=self.in_days(3),
                text="Jelaskan, dan temui warga.",
            ),
            "the mayor's word",
        )
        self.voice.leader("Wali kota", "memberi instruksi kepada camat.")
        self.done(
            await camat.does("answer_instruction", self.told.ticket, number=1, text="Siap, warga kami temui."), "answer"
        )

    async def _note(self, camat: Seat, secretary: Seat) -> None:
        """The proposed note: explained by whose it is, ruled on by the superior."""
        words = "Saya di lokasi memimpin kerja bakti, lupa mencatat."
        number = 1
        reply = await camat.does("explain_breach", self.told.ticket, note=number, text=words)
        if (reply.get("refusal") or {}).get("code") == "not_yours":  # somebody else was late before
            number = 2
            reply = await camat.does("explain_breach", self.told.ticket, note=number, text=words)
        self.done(reply, "explanation")
        self.voice.office("Camat Gading Cempaka", "menjelaskan keterlambatannya.")
        ruled = await secretary.does(
            "rule_note", self.told.ticket, note=number, ruling="confirmed",
            text="Tanggapan tetap harus tercatat dalam satu hari.",
        )  # fmt: skip
        self.done(ruled, "ruling")
        self.voice.leader("Sekda, atasannya", "memutus: catatan dikukuhkan.")


def _clocks(case: Seen, seat: str) -> list[Seen]:
    """The seat's clocks for a first response that nothing has stopped."""
    held = [h for h in case["holdings"] if h["seat"] == seat]
    return [clock for holding in held for clock in holding["clocks"] if clock["name"] == "first_response"]


def _happened(case: dict[str, object], event: str) -> bool:
    steps = case["steps"]
    return isinstance(steps, list) and any(step["type"] == event for step in steps)
