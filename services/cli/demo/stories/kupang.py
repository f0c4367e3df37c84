"""Kupang, day and night: an instant acknowledgement, the mayor's own words and eyes, light in the street."""

import time
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from services.cli.demo.office import Office, Task
from services.cli.demo.play import Story
from services.cli.standins.citizen import Phone
from services.cli.standins.patience import PATIENCE

NUMBER = "100000000000006"
OEBOBO = "53.71.04.1001"


class Kupang(Story):
    city = "kupang"
    label = "Kupang 24 jam"
    title = "Kupang: 24 jam, lampu jalan mati satu minggu"
    practice = (
        "Open day and night. Evidence, not hearsay: a pin and a photo. The answer comes at once, the mayor replies in "
        "his own words and goes to look. The office sends it back, a ruling says it is theirs; planned work wakes by "
        "itself, and everybody can watch."
    )
    zone = "Asia/Makassar"
    offices = ("perkim",)
    seats = ("walikota", "sekda", "prokopim", "tim-saring", "perkim", "desk")

    async def run(self) -> None:
        voice, mayor, perkim = self.voice, self.seat("walikota"), self.office("perkim")
        phone = await self.phone(NUMBER, "Warga Contoh")
        clock = datetime.now(UTC).astimezone(ZoneInfo(self.zone)).strftime("%H.%M WITA")
        words = "lampu jalan su mati satu minggu, galap sekali"
        voice.citizen(f"📍 Oesapa · 📷 {words}", f"Seorang warga, pukul {clock}")
        started = time.monotonic()
        await phone.points(-10.1480, 123.6527)
        acknowledged = await phone.waits_for("KPG-")
        voice.arrives(acknowledged["text"])
        voice.note(f"Tanda terima {time.monotonic() - started:.1f} detik setelah pesan, tanpa ada yang jaga.")
        self.received(acknowledged["text"])
        await phone.shows(self.picture("dark_street"), words)
        await self._at_the_posko()

        task = await perkim.task(self.told.ticket, role="lead", state="open")
        self.check(task["place"]["ward"] == "Oesapa", f"the pin did not lead to Oesapa: {task['place']}")
        await self._bounces(perkim, task)
        words = "Bapa, Mama, beta su baca. Malam ini beta datang lihat sendiri. Terima kasih su lapor."
        aide = self.seat("prokopim")
        self.done(await aide.does("draft_reply", self.told.ticket, seat="walikota", text=words), "the draft")
        self.done(await mayor.does("send_draft", self.told.ticket, number=1), "reply")
        heard = await phone.waits_for("Malam ini beta datang")
        voice.leader("Wali kota", "menyetujui kata-kata yang disiapkan ajudannya; terkirim atas namanya.")
        voice.arrives(heard["text"])
        await self.breathe()
        self.done(
            await mayor.does(
                "visit", self.told.ticket, text="Saya lihat sendiri: enam tiang gelap, kabel putus di ujung gang."
            ),
            "visit",
        )
        voice.leader("Wali kota", "datang melihat; kunjungannya tercatat.")
        await self._waits_its_turn(perkim, task)
        proof = await perkim.uploads(self.picture("lit_street"))
        self.done(
            await perkim.does(
                task, "resolve", closure="fixed", text="Kabel disambung, enam lampu menyala lagi.", evidence=[proof]
            ),
            "resolve",
        )
        voice.office("Perkim", "selesai, dengan foto jalan yang terang.")
        voice.arrives((await phone.waits_for("Tekan SUDAH"))["text"])
        await self._shows_and_takes_back(phone, proof)
        await self.breathe()
        words = "su terang, makasi"
        voice.citizen(words)
        await phone.says(words)
        seen = await self.ended()
        self.told.state = str(seen["ended"])
        self.check(
            self.number not in str(seen) and "Warga Contoh" not in str(seen), "the public page names the reporter"
        )
        voice.arrives((await phone.waits_for("beres, menurut Anda"))["text"])
        await self.keep_messages(phone)
        voice.good("Siapa pun yang memegang kodenya melihat perjalanannya.")
        voice.page(self.public_url())

    async def _at_the_posko(self) -> None:
        """Somebody without a phone comes to the counter and goes home with a slip; no word of his stands on it."""
        words = "Air di Oebobo tidak keluar sejak kemarin, tetangga kami semua sama."
        entered = await self.seat("desk").fills_in("/meja", text=words, ward=OEBOBO, name="Bapa Contoh")

        async def printed() -> dict[str, Any] | None:
            slip = await self.seat("desk").sees(str(entered["slip"]).partition("?")[0])
            return slip if slip["ticket"] else None

        slip = await self.until(printed, "the slip has a code")
        self.check("Oebobo" not in str(slip) and "Contoh" not in str(slip), f"too much stands on the slip: {slip}")
        self.voice.office(
            "Petugas posko", f"mencatat laporan seorang bapa tanpa ponsel; slip dengan QR: {slip['ticket']}."
        )

    async def _bounces(self, perkim: Office, task: Task) -> None:
        """Sent back with a reason; the coordinator rules that it stays, and then it is accepted."""
        reason = "Kabel di tiang itu milik PLN, bukan kami."
        self.done(await perkim.does(task, "return", ground="not_our_function", reason=reason), "the return")
        self.voice.office("Perkim", f"mengembalikan: “{reason}”")
        secretary = self.seat("sekda")
        await self.case(secretary, "it waits for a ruling", lambda c: c["row"]["lead"] is None)
        ruling = await secretary.does(
            "refuse_return",
            self.told.ticket,
            number=1,
            reason="Lampu jalan tugas Perkim; PLN memasok listriknya.",
        )
        self.done(ruling, "the ruling")
        self.voice.leader("Sekda", "memutus: tetap di Perkim, dan tidak boleh dikembalikan lagi.")
        again = await perkim.task(self.told.ticket, role="lead", state="open", holds=lambda t: t["n"] >= ruling["n"])
        self.done(await perkim.does(again, "accept", finish_by=self.in_days(5)), "acceptance")
        self.voice.office("Perkim", "menerima dengan tanggal selesai.")

    async def _shows_and_takes_back(self, phone: Phone, proof: str) -> None:
        """What was done is shown on the city's page, and taken back when it was not done after all."""
        perkim, aide = self.office("perkim"), self.seat("prokopim")
        cleared = await self.seat("tim-saring").does("clear_evidence", self.told.ticket, media=proof, audience="public")
        self.done(cleared, "clearing the picture")
        self.done(await self.seat("perkim").does("draft_proof", self.told.ticket, pictures=[proof]), "the publication")
        self.done(await aide.does("approve_proof", self.told.ticket, number=1, accounts=["facebook"]), "approval")

        async def standing() -> list[dict[str, object]]:
            return [post for post in await self.stage.wall() if self.told.ticket not in str(post) and not post["gone"]]

        [post] = await self.until(standing, "the proof stands on the page")
        self.check(self.number not in str(post) and "Oesapa" in str(post["message"]), f"not what may be shown: {post}")
        self.voice.office("Prokopim", f"menyetujui bukti kerja untuk halaman Facebook: “{post['message']}”")
        words = "belum Pak, dua lampu di ujung gang masih mati"
        self.voice.citizen(words)
        await phone.says(words)
        await phone.waits_for("kami buka kembali")

        async def gone() -> bool:
            return all(one["gone"] for one in await self.stage.wall() if one["id"] == post["id"])

        await self.until(gone, "the proof is withdrawn")
        await self.case(self.seat("sekda"), "the withdrawal is a fact", lambda c: "proof_withdrawn" in str(c))
        self.voice.refused("Bukti kerja", "ditarik dari halaman Facebook: laporannya dibuka lagi.")
        again = await perkim.uploads(self.picture("lit_street"))
        held = await perkim.task(self.told.ticket, role="lead", state="open", holds=lambda t: t["round"] == 2)
        self.done(
            await perkim.does(held, "resolve", closure="fixed", text="Dua lampu terakhir diganti.", evidence=[again]),
            "resolve again",
        )
        self.voice.office("Perkim", "selesai lagi, dengan foto baru.")
        await phone.waits_for("Tekan SUDAH")

    async def _waits_its_turn(self, perkim: Office, task: Task) -> None:
        """Planned: not resolved, not forgotten; on its day it wakes by itself."""
        planned = await perkim.does(
            task, "plan", programme="Pemeliharaan penerangan jalan", date=self.in_days(1.5),
            text="Kabel pengganti datang besok; tim turun setelah itu.",
        )  # fmt: skip
        self.done(planned, "the plan")
        self.voice.office("Perkim", "masuk program pemeliharaan, dengan tanggal; belum dihitung selesai.")
        # A task is the state, not the news: what woke it may be overtaken by the next step before anybody looks.
        await perkim.task(
            self.told.ticket,
            patience=PATIENCE + 3 * self.stage.day,
            holds=lambda t: t["state"] == "open" and t["n"] > planned["n"],
        )
        self.voice.clock("Tanggalnya tiba: laporan bangun sendiri dan kembali ke antrean Perkim.")
