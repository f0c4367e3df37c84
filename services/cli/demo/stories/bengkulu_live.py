"""Bengkulu, TikTok LIVE: officials stand by, minutes instead of days, a comment and an entry, an answer on air."""

from services.cli.demo.adapter import comment
from services.cli.demo.play import Story
from services.cli.demo.staff import Seat, Seen
from services.cli.standins.patience import PATIENCE


class BengkuluLive(Story):
    city = "bengkulu"
    label = "Bengkulu siaran"
    title = "Bengkulu: siaran langsung TikTok, pejabat siaga, jawab saat itu juga"
    practice = (
        "While the mayor is live, officials stand by and act at once: each has minutes. An adapter hands in comments, "
        "what people call out is taken down by keyboard, and an answer given on air is a fact of the complaint."
    )
    offices = ("dlh",)
    seats = ("prokopim", "dlh", "walikota")
    channels = ("tiktok",)

    async def run(self) -> None:
        voice, adapter, aide = self.voice, self.adapter("tiktok"), self.seat("prokopim")
        session = await self._on_air(aide)
        checked = await self.seat("dlh").does("check_in_live", session=session)
        self.done(checked, "the check-in")
        voice.office("DLH", "hadir, siaga di samping siaran.")
        await self._answered_on_air(aide, session)

        person = f"tt-{self.someone}"
        words = "Pak Wali, sampah di Padang Harapan la seminggu dak diangkut, bau nian"
        voice.citizen(words, "@warga.contoh, di kolom komentar siaran")
        await adapter.hands_in(comment(person, "warga.contoh", words) | {"live": True})
        acknowledged = await adapter.waits_for(person, "BKL-")
        voice.arrives(acknowledged["text"], "keluar lewat adaptor TikTok")
        self.received(acknowledged["text"])
        task = await self.office("dlh").task(self.told.ticket, role="lead", state="open")
        because = " ".join(clock["because"] for clock in task["clocks"])
        self.check("selama siaran langsung" in because, f"no minutes run during the session: {because}")
        voice.clock("DLH punya hitungan menit, bukan sehari: pengaduan ini dari siaran.")
        await self.breathe()

        dlh, heard = self.office("dlh"), len([m for m in adapter.arrived if m["to"] == person])
        promised = await dlh.does(task, "accept", finish_by=self.in_days(3), note="Truk berangkat dari depo sekarang.")
        self.done(promised, "acceptance")
        voice.office("DLH", "menyanggupi di tengah siaran, dengan waktu.")
        after = await dlh.uploads(self.picture("clean"))
        done = await dlh.does(task, "resolve", closure="fixed", text="Sampah diangkut sore ini.", evidence=[after])
        self.done(done, "resolve")
        voice.arrives((await adapter.waits_for(person, "Tekan SUDAH", after=heard))["text"], "lewat adaptor TikTok")
        words = "sudah pak, la bersih. makasih"
        voice.citizen(words, "@warga.contoh")
        await adapter.hands_in(comment(person, "warga.contoh", words))
        self.told.state = str((await self.ended())["ended"])
        await adapter.waits_for(person, "beres, menurut Anda")
        self.keep_sent(adapter, person)
        await self._off_air(aide, session)
        voice.page(self.public_url())

    async def _on_air(self, aide: Seat) -> str:
        """The id of the session, which the services know by now."""
        planned = await aide.does(
            "plan_live", platform="tiktok", host="walikota", title="Wali Kota Menjawab", planned_for=self.in_days(0.5),
            roster=["dlh"],
        )  # fmt: skip
        session = str(self.done(planned, "the plan")["fact"])
        self.done(await aide.does("start_live", session=session), "the start")

        async def going() -> bool:
            listed = await aide.sees("/siaran")
            return any(one["id"] == session and one["phase"] == "on_air" for one in listed["sessions"])

        await self.until(going, "the session is on air")
        self.voice.leader("Wali kota", "mulai siaran langsung di TikTok; OPD dalam daftar siaga.")
        return session

    async def _answered_on_air(self, aide: Seat, session: str) -> None:
        """Somebody calls in; it is taken down by keyboard, answered by the host, and ends with that."""
        words = f"Kapan jadwal pasar murah di Lingkar Barat? (penanya {self.someone})"
        await aide.fills_in(f"/siaran/{session}/catat", text=words, place="Lingkar Barat")

        async def ticket() -> str | None:
            shown = await aide.sees(f"/siaran/{session}/catat")
            return next((str(one["row"]["ticket"]) for one in shown["rows"]), None)

        entered = await self.until(ticket, "the entry stands on the board")
        self.voice.office("Prokopim", f"mencatat pertanyaan lisan dengan papan tik: {entered}.")

        async def answered() -> bool:
            reply = await aide.does(
                "answer_on_air", str(entered), session=session, settles=True,
                text="Sabtu pagi di halaman kantor lurah; datang saja dengan KTP.",
            )  # fmt: skip
            return not reply.get("refusal")

        await self.until(answered, "the answer on air is written down")
        self.voice.leader("Wali kota", "menjawab di siaran; tercatat, dan pertanyaan itu selesai dengan jawaban.")

    async def _off_air(self, aide: Seat, session: str) -> None:
        self.done(await aide.does("end_live", session=session), "the end")

        async def counted() -> Seen | None:
            report = await aide.sees(f"/siaran/{session}/rekap")
            right = (report["counts"]["received"], report["counts"]["answered_on_air"]) == (2, 1)
            return report if right else None

        await self.until(counted, "the report counts both", PATIENCE)
        self.voice.good("Siaran selesai: dua masuk, satu dijawab di siaran, satu dikerjakan dan dibenarkan warganya.")
