"""Bengkulu, a lurah at work: three complaints, done from his phone alone, on the city's own number."""

import re

from services.cli.demo.play import Story
from services.cli.standins.citizen import Phone
from services.contracts import tickets

HOTLINE = "100000000000001"
PADANG_HARAPAN = "17.71.02.1001"
LURAH = "lurah-padang-harapan"


class BengkuluLurah(Story):
    city = "bengkulu"
    label = "Bengkulu lurah"
    title = "Bengkulu: lurah bekerja dari WhatsApp"
    practice = (
        "A lurah has no desk. His number is confirmed by a code, then a few short words are enough: accept with a "
        "date, return with a reason, progress and done with a photo. Everything else he writes is his own complaint."
    )
    seats = ("tim-saring", "sekda", LURAH)
    _registered = ""

    async def run(self) -> None:
        voice = self.voice
        lurah = await self.phone(HOTLINE, "Pak Lurah Contoh", which=7)
        await self._registers(lurah)

        citizen = await self.phone(HOTLINE, "Warga Contoh")
        self.told.ticket = await self._task(
            citizen, lurah, "Got di depan SD Padang Harapan mampet, airnya ke jalan.", category="drain_clogged",
            function="public_works", brief="Got di depan SD mampet, air ke jalan.",
        )  # fmt: skip
        self.told.state = "received"
        await lurah.presses("TERIMA")
        voice.arrives((await lurah.waits_for("paling lambat kapan"))["text"], "di ponsel lurah")
        voice.office("Lurah", "menekan TERIMA, ditanya kapan, menjawab: “besok”.")
        await lurah.says("besok")
        await lurah.waits_for("Anda terima")
        voice.arrives((await citizen.waits_for("menyanggupi"))["text"])
        await self.breathe()

        await self._returns(lurah)
        await self._answers(lurah)
        await self._works(lurah)

        voice.arrives((await citizen.waits_for("Tekan SUDAH"))["text"])
        await citizen.presses("SUDAH")
        self.told.state = str((await self.ended())["ended"])
        await citizen.waits_for("beres, menurut Anda")
        await self._complains_himself(lurah)
        await self.keep_messages(citizen)
        voice.good("Tiga laporan dikerjakan dari satu ponsel.")
        voice.page(self.public_url())

    async def _registers(self, phone: Phone) -> None:
        """A code to the number, typed back at the console; before that it is anybody's number."""
        seat = self.seat(LURAH)
        asked = await seat.posts("/saya/nomor", number=phone.who.address)
        told = await phone.waits_for("Kode Anda")
        code = told["text"].split("Kode Anda: ")[1][:6]
        await seat.posts(f"/saya/nomor/{asked['id']}", code=code)
        self.voice.note("Nomor lurah didaftarkan: kode dikirim ke ponselnya dan diketik balik di konsol.")
        await phone.says("daftar")  # from then on the city may write freely for a day
        await phone.waits_for("Lurah Padang Harapan")
        self._registered = str(asked["id"])

    async def _task(
        self, citizen: Phone, lurah: Phone, words: str, *, category: str, function: str, brief: str,
        kind: str = "complaint",
    ) -> str:  # fmt: skip
        """A citizen writes, the screening team gives it to the lurah, his phone hears of it."""
        self.voice.citizen(words)
        await citizen.says(words)
        acknowledged = await citizen.waits_for("BKL-")
        ticket = tickets.find(acknowledged["text"]) or ""
        screened = await self.seat("tim-saring").does(
            "screen", ticket, kind=kind, category=category, function=function, ward_code=PADANG_HARAPAN, wording=brief,
            notes="Dicocokkan dengan ketua RT.", lead=LURAH,
        )  # fmt: skip
        self.done(screened, "screening")
        told = await lurah.waits_for(ticket)
        self.check(citizen.who.address not in told["text"], "the lurah's phone shows who wrote")
        self.voice.arrives(told["text"], "di ponsel lurah")
        return ticket

    async def _returns(self, lurah: Phone) -> None:
        other = await self.phone(HOTLINE, "Bapak Contoh", which=1)
        ticket = await self._task(
            other, lurah, "Pohon di taman kota mau tumbang ke arah jalan raya.", category="tree_hazard",
            function="environment", brief="Pohon taman kota miring ke jalan raya.",
        )  # fmt: skip
        await lurah.says(f"{ticket} kembalikan, bukan tugas kelurahan, taman kota milik DLH")
        await lurah.waits_for("Anda kembalikan")
        self.voice.office("Lurah", "mengembalikan dengan alasan, cukup satu kalimat.")
        secretary = self.seat("sekda")
        await self.until(lambda: self._leaderless(ticket), f"{ticket} waits for a ruling")
        self.done(
            await secretary.does("assign", ticket, lead="dlh", reason="Taman kota dirawat DLH."), "the new assignment"
        )
        self.voice.leader("Sekda", "memutus: ke DLH.")

    async def _leaderless(self, ticket: str) -> bool:
        return (await self.seat("sekda").case(ticket))["row"]["lead"] is None

    async def _answers(self, lurah: Phone) -> None:
        """A question needs no picture."""
        asker = await self.phone(HOTLINE, "Ibu Contoh", which=2)
        ticket = await self._task(
            asker, lurah, "Apa syarat surat keterangan domisili di Kelurahan Padang Harapan?", kind="question",
            category="ward_service", function="village_ward", brief="Syarat surat keterangan domisili.",
        )  # fmt: skip
        await lurah.says(f"{ticket} selesai, tanpa foto. Cukup KTP, KK dan pengantar RT; selesai hari itu juga.")
        await lurah.waits_for("Anda nyatakan selesai")
        self.voice.office("Lurah", "menjawab pertanyaan dari ponselnya.")
        self.voice.arrives((await asker.waits_for("sudah terjawab"))["text"])

    async def _works(self, lurah: Phone) -> None:
        """The list, progress and the end, each with a picture."""
        await lurah.says("daftar")
        listed = await lurah.waits_for(self.told.ticket)
        self.voice.arrives(listed["text"], "di ponsel lurah")
        number = re.search(rf"(\d+)\. {self.told.ticket}", listed["text"])
        self.check(number is not None, "the list does not number the task")
        which = number[1] if number is not None else ""
        await lurah.shows(self.picture("drain_clogged"), f"{which} progres, warga mulai menggali dari ujung gang")
        await lurah.waits_for("kemajuan")
        await lurah.shows(self.picture("drain_clear"), f"{which} selesai, got sudah dikeruk dan air mengalir")
        await lurah.waits_for("Anda nyatakan selesai")
        self.voice.office("Lurah", "kemajuan dengan foto, lalu selesai dengan foto.")

    async def _complains_himself(self, lurah: Phone) -> None:
        words = "Pak Wali, lampu jalan di depan rumah saya di Padang Harapan mati dua malam"
        await lurah.says(words)
        own = await lurah.waits_for("sudah kami terima")
        self.check(tickets.find(own["text"]) not in (None, self.told.ticket), "his own complaint has no ticket")
        self.voice.citizen(words, "Pak lurah, sebagai warga")
        await self.seat(LURAH).posts(f"/saya/nomor/{self._registered}", end="1")
