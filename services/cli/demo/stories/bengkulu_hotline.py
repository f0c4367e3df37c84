"""Bengkulu, the mayor's hotline: a neighbour in need, a utility that may not explain itself out, water that runs."""

from services.cli.demo.play import Story

HOTLINE = "100000000000001"
PADANG_HARAPAN = "17.71.02.1001"


class BengkuluHotline(Story):
    city = "bengkulu"
    label = "Bengkulu hotline"
    title = "Bengkulu: nomor wali kota, air nenek sebelah mati lima hari"
    practice = (
        "A neighbour writes to the mayor's own number about somebody else. The office must find the house and never "
        "learn who wrote. “There is a repair” is no answer: the water has to run."
    )
    offices = ("pdam", "dinsos")
    seats = ("tim-saring", "walikota", "sekda", "camat-gading-cempaka")

    async def run(self) -> None:  # noqa: PLR0915  # a story is told from begin to end
        phone = await self.phone(HOTLINE, "Tetangga Contoh")
        voice = self.voice
        words = (
            "Pak Wali, air PDAM di rumah nenek sebelah kami di Padang Harapan idak ngalir la limo hari. "
            "Beliau tinggal surang, dak kuat angkek aek. Tolong nian pak."
        )
        voice.citizen(words, "Seorang tetangga, ke nomor wali kota")
        await phone.says(words)
        acknowledged = await phone.waits_for("BKL-")
        voice.arrives(acknowledged["text"])
        self.received(acknowledged["text"])
        await self.breathe()

        screener, mayor, secretary = self.seat("tim-saring"), self.seat("walikota"), self.seat("sekda")
        camat = self.seat("camat-gading-cempaka")
        off = self.done(
            await secretary.does(
                "interrupt_service", function="water_utility", ward_codes=[PADANG_HARAPAN],
                text="Pipa induk di Padang Harapan pecah.", expected_end=self.in_days(3),
            ),
            "interrupt_service",
        )  # fmt: skip
        voice.note("Sekda mencatat: layanan air di Padang Harapan sedang terganggu.")
        self.done(
            await screener.does(
                "screen", self.told.ticket, kind="complaint", category="water_off", function="water_utility",
                ward_code=PADANG_HARAPAN, urgency="urgent",
                concerned={"name": "Nenek Contoh", "place": "Gang Contoh, pagar hijau, Padang Harapan"},
                wording="Air ke rumah seorang lansia yang tinggal sendiri mati lima hari.",
                notes="Dicek lewat telepon ke ketua RT: benar, satu gang.", lead="pdam", supporting=["dinsos"],
            ),
            "screening",
        )  # fmt: skip
        voice.office("Tim penyaring", "mencatat siapa yang dibantu; PDAM penanggung jawab, Dinsos pendukung.")

        pdam, dinsos = self.office("pdam"), self.office("dinsos")
        task = await pdam.task(self.told.ticket, role="lead", state="open")
        self.check(
            task["brief"]["concerned_name"] == "Nenek Contoh", f"the office can't find the house: {task['brief']}"
        )
        seen = str(task)
        self.check("Tetangga Contoh" not in seen and self.number not in seen, "the office saw who wrote")
        voice.office("PDAM, antrean", "melihat rumah yang harus dicari, tidak melihat siapa yang menulis.")
        message = self.refusal(
            await pdam.does(task, "resolve", closure="explained", text="Sedang ada perbaikan pipa."),
            "service_is_off", "an explanation while the water is off",
        )  # fmt: skip
        voice.refused("PDAM: “sedang ada perbaikan” sebagai penyelesaian", f"ditolak: {message}")
        self.done(
            await pdam.does(
                task, "progress", text="Pipa induk pecah ditemukan; sambungan sementara dipasang.",
                expected_end=self.in_days(2),
            ),
            "progress",
        )  # fmt: skip
        voice.office("PDAM", "kemajuan dengan perkiraan selesai: jam tanggapan pertama berhenti.")
        self.done(
            await pdam.does(
                task, "give_subtask", seat="dinsos", due=self.in_days(3),
                text="Antar air ke rumah itu tiap hari sampai pipa mengalir.",
            ),
            "a part of the work",
        )  # fmt: skip
        support = await dinsos.task(self.told.ticket, role="supporting", holds=lambda t: bool(t["subtasks"]))
        self.done(await dinsos.does(support, "visit", text="Dua jeriken air diantar; beliau sehat."), "visit")
        done = await dinsos.does(
            support, "finish_subtask", number=1, text="Diantar tiap pagi; beliau punya nomor kami."
        )
        self.done(done, "the part is done")
        voice.office("Dinsos", "menerima bagian kerja dari PDAM: mendatangi rumah dan mengantar air tiap hari.")
        self.done(
            await camat.does("visit", self.told.ticket, text="Ketua RT diminta membantu mengangkat air."), "visit"
        )
        heard = await phone.waits_for("Perkiraan")
        voice.arrives(heard["text"])
        await self.breathe()

        self.done(
            await mayor.does(
                "instruct", self.told.ticket, seat="pdam", due=self.in_days(8),
                text="Nenek ini jangan menunggu. Air harus mengalir, lalu lapor ke saya.",
            ),
            "instruct",
        )  # fmt: skip
        voice.leader("Wali kota", "memberi instruksi kepada PDAM, dengan batas waktu.")
        instructed = await pdam.task(self.told.ticket, holds=lambda t: bool(t["instructions"]))
        self.check(instructed["instructions"][-1]["by"] == "walikota", "the instruction did not reach the utility")
        self.done(
            await pdam.does(task, "answer_instruction", number=1, text="Siap, Pak. Air mengalir hari ini."), "answer"
        )
        self.done(await secretary.does("restore_service", interruption=off["fact"]), "restore_service")
        voice.note("Sekda mencatat: layanan air pulih.")
        proof = await pdam.uploads(self.picture("water_tap"))
        self.done(
            await pdam.does(
                task, "resolve", closure="fixed", text="Pipa induk sudah diganti, air mengalir lagi sejak tadi.",
                evidence=[proof], proof_link="https://media-sosial.example/pdam/pipa-padang-harapan",
            ),
            "resolve",
        )  # fmt: skip
        voice.office("PDAM", "selesai, dengan foto dan tautan unggahan sendiri.")
        asked = await phone.waits_for("Tekan SUDAH")
        voice.arrives(asked["text"])
        await self.breathe()

        words = "sudah pak, airnya ngalir lagi, makasih"
        voice.citizen(words)
        await phone.says(words)
        self.told.state = str((await self.ended())["ended"])
        voice.arrives((await phone.waits_for("beres, menurut Anda"))["text"])
        await self.keep_messages(phone)
        voice.good("Pelapor sendiri yang menyatakan selesai.")
        voice.page(self.public_url())
