"""Bukittinggi, Mandiangin Koto Selayan: the sub-district's own number, anonymous, above those it is about."""

import httpx

from services.cli.demo.play import Story
from services.cli.demo.staff import Seat, Seen
from services.cli.standins.patience import PATIENCE
from services.contracts import tickets

NUMBER = "100000000000004"
INSTAGRAM = "178414000000002"
CAMPAGO_IPUH = "13.75.02.1002"
CAMAT = "camat-mandiangin-koto-selayan"
LURAH = "lurah-campago-ipuh"


class Bukittinggi(Story):
    city = "bukittinggi"
    label = "Bukittinggi MKS"
    title = "Bukittinggi: nomor kecamatan, RW minta uang dan lurah diam"
    practice = (
        "One kecamatan has its own number. People fear their RW or lurah, so what comes in is anonymous and starts "
        "above whom it is about. Screened and cross-checked; handed on to the dinas that can do it."
    )
    expects = "silent"
    offices = ("pupr",)
    seats = ("tim-saring", CAMAT, LURAH)

    async def run(self) -> None:
        voice = self.voice
        phone = await self.phone(NUMBER, "Warga Contoh")
        words = (
            "Assalamualaikum Pak Camat. Banda di Campago Ipuh tasumbek lah duo minggu. Lah kami lapor ka ketua RW, "
            "inyo minta uang dulu, lurah tau tapi tidak peduli."
        )
        voice.citizen(words, "Seorang warga, ke nomor kecamatan")
        await phone.says(words)
        acknowledged = await phone.waits_for("BKT-")
        voice.arrives(acknowledged["text"])
        self.received(acknowledged["text"])
        await self.breathe()

        screener, camat, pupr = self.seat("tim-saring"), self.seat(CAMAT), self.office("pupr")
        self.done(
            await screener.does(
                "screen", self.told.ticket, kind="complaint", category="drain_clogged", function="public_works",
                ward_code=CAMPAGO_IPUH, lead=CAMAT, about="lurah", against=LURAH,
                wording="Saluran di Campago Ipuh tersumbat dua minggu; warga dimintai uang agar dibersihkan.",
                notes="Cek-ricek: dua warga lain membenarkan, tanpa menyebut nama siapa pun.",
            ),
            "screening",
        )  # fmt: skip
        voice.office(
            "Tim saring dan cek-ricek", "mencatat hasil pemeriksaan silang; mulai dari camat, di atas RW dan lurah."
        )
        seen = await self.case(camat, "the camat holds it", lambda c: c["row"]["lead"] == CAMAT)
        held = [h["seat"] for h in seen["holdings"]]
        self.check(not any(seat.startswith("lurah") for seat in held), f"it reached whom it is about: {held}")
        self.check(seen["row"]["confidentiality"] == "anonymous", "the sub-district's number is anonymous by default")
        self.check(self.number not in str(seen) and "Warga Contoh" not in str(seen), "the camat saw who wrote")
        await self._nothing_for(self.seat(LURAH))

        question = "Di gang mana saluran yang tersumbat itu? Cukup nama gangnya."
        self.done(await camat.does("ask", self.told.ticket, question=question), "question")
        voice.office("Camat", f"bertanya, tanpa tahu kepada siapa: {question}")
        voice.arrives((await phone.waits_for("perlu bertanya"))["text"])
        voice.citizen("STATUS")
        await phone.says("STATUS")
        voice.arrives((await phone.waits_for("nama gangnya"))["text"])
        await self.breathe()
        words = "Gang Contoh, dakek musala, Pak"
        voice.citizen(words)
        await phone.says(words)
        await self.case(
            camat,
            "the answer reaches the camat",
            lambda c: any(s["type"] == "complaint.question_answered" for s in c["steps"]),
        )
        self.done(
            await camat.does(
                "hand_off", self.told.ticket, to="pupr", reason="RW sudah kami tegur; saluran perlu dikeruk PUPR."
            ),
            "hand-off",
        )
        voice.office("Camat", "menegur RW, lalu mengalihkan saluran ke Dinas PUPR.")
        task = await pupr.task(self.told.ticket, role="lead", state="open")
        self.check(self.number not in str(task) and "Warga Contoh" not in str(task), "the office saw who wrote")
        self.done(await pupr.does(task, "accept", finish_by=self.in_days(3)), "acceptance")
        proof = await pupr.uploads(self.picture("drain_clear"))
        self.done(
            await pupr.does(
                task, "resolve", closure="fixed", text="Saluran sudah dikeruk, tanpa biaya.", evidence=[proof]
            ),
            "resolve",
        )
        voice.office("PUPR", "selesai, dengan foto.")
        voice.arrives((await phone.waits_for("Tekan SUDAH"))["text"])
        await self._under_a_post()
        voice.clock("Pelapor diam. Sepuluh hari kerja berjalan …")
        self.lets_go.set()
        self.told.state = str((await self.ended(patience=PATIENCE + 12 * self.stage.day))["ended"])
        voice.arrives((await phone.waits_for("belum mendengar kabar Anda"))["text"])
        await self.keep_messages(phone)
        voice.good(
            "Tidak ada kata lagi sampai batasnya: ditutup sebagai “tanpa kata”, tidak dihitung sebagai dibenarkan."
        )
        voice.page(self.public_url())

    async def _under_a_post(self) -> None:
        """On Instagram a comment has one answer in private, within seven days; after that everybody reads along."""
        words = f"Min, lampu jalan di Campago Ipuh mati dekat pos {self.someone}, galok bana malam"
        self.voice.citizen(words, "@warga.contoh, komentar di Instagram kota")
        comment = await self.stage.comments(INSTAGRAM, f"ig-{self.someone}", "warga.contoh", words)

        async def private() -> Seen | None:
            return next((one for one in await self.stage.answers_to(comment) if one["way"] == "private"), None)

        first = await self.until(private, "the comment is answered in private")
        ticket = tickets.find(first["text"]) or ""
        self.check(bool(ticket), f"no ticket in {first['text']!r}")
        self.voice.arrives(first["text"], "balasan pribadi di Instagram, satu kali")
        screened = await self.seat("tim-saring").does(
            "screen", ticket, kind="complaint", category="street_light", function="housing_lighting",
            ward_code=CAMPAGO_IPUH, lead=CAMAT, wording="Lampu jalan mati di Campago Ipuh.",
        )  # fmt: skip
        if screened.get("refusal"):  # the machine was sure enough to pass it on by itself
            seen = await self.seat("tim-saring").case(ticket)
            self.check(seen["row"]["lead"] is not None, f"nobody has it: {screened} {seen['answer']}")

        async def public() -> Seen | None:
            return next((one for one in await self.stage.answers_to(comment) if one["way"] == "public"), None)

        second = await self.until(public, "what is new is said under the comment")
        self.check(ticket in second["text"], f"no ticket in public: {second['text']!r}")
        self.check(
            "lampu" not in second["text"].lower() and "Campago" not in second["text"],
            f"more than ticket and step stands in public: {second['text']!r}",
        )
        ways = [one["way"] for one in await self.stage.answers_to(comment)]
        self.check(ways.count("private") == 1, f"not one answer in private: {ways}")
        self.voice.arrives(second["text"], "balasan terbuka: nomor dan langkahnya saja")

    async def _nothing_for(self, lurah: Seat) -> None:
        """Whom it is about gets no look at it, not even with the code."""
        try:
            seen = await lurah.case(self.told.ticket)
        except httpx.HTTPStatusError as refused:
            self.check(refused.response.status_code in (403, 404), f"the lurah was answered {refused.response}")
        else:
            self.check(False, f"the lurah sees what is about him: {seen['answer']}")
        self.voice.refused("Lurah membuka laporan itu", "tidak ditemukan: yang diadukan tidak melihat apa pun.")
