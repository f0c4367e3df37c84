"""Bengkulu, a number that is taken over: nothing goes through it, what comes by it is suspect, people are reached."""

from datetime import UTC, datetime

from services.cli.demo.play import Story
from services.cli.standins.citizen import Phone

VICE, HOTLINE = "100000000000002", "100000000000001"
DOOR = "hotline-wawali"


class BengkuluLost(Story):
    city = "bengkulu"
    label = "Bengkulu nomor hilang"
    title = "Bengkulu: nomor wakil wali kota diambil alih orang lain"
    practice = (
        "As once the page of Pekanbaru: an account of the city is somebody else's since a certain hour. Nothing goes "
        "out through it, what came by it since is marked, and whoever waits hears from another number of the city."
    )
    offices = ("perkim",)
    seats = ("prokopim", "sekda")

    async def run(self) -> None:
        voice, perkim = self.voice, self.office("perkim")
        lost = await self.phone(VICE, "Warga Contoh")
        words = "Pak Wawali, lampu jalan di Padang Harapan mati tiga malam"
        voice.citizen(words, "Seorang warga, ke nomor wakil wali kota")
        await lost.says(words)
        acknowledged = await lost.waits_for("BKL-")
        voice.arrives(acknowledged["text"])
        self.received(acknowledged["text"])
        task = await perkim.task(self.told.ticket, role="lead", state="open")
        await self._declared()
        try:
            other = await self.phone(HOTLINE, "Warga Contoh")
            before = len(await lost.messages())
            self.done(await perkim.does(task, "accept", finish_by=self.in_days(3)), "acceptance")
            voice.office("Perkim", "menerima dengan tanggal selesai.")
            await self._reached(other)
            self.check(len(await lost.messages()) == before, "something went through the number that was lost")
            await self.breathe()
            proof = await perkim.uploads(self.picture("lit_street"))
            done = await perkim.does(task, "resolve", closure="fixed", text="Lampu sudah menyala.", evidence=[proof])
            self.done(done, "resolve")
            await other.waits_for("Tekan SUDAH")
            words = "sudah terang pak, makasih"
            voice.citizen(words, "Warga itu, ke nomor wali kota")
            await other.says(words)
            self.told.state = str((await self.ended())["ended"])
            await self.keep_messages(other)
        finally:
            trusted = await self.seat("sekda").does("trust_account", door=DOOR)
        self.done(trusted, "the account is trusted again")
        voice.leader("Sekda", "menyatakan nomor itu milik kota lagi, dengan kunci baru.")
        voice.good("Tidak ada yang hilang: warga dihubungi lewat nomor lain dan membenarkan di sana.")
        voice.page(self.public_url())

    async def _declared(self) -> None:
        """From now on it is somebody else's; the page of accounts lists who waits for an answer by it."""
        aide = self.seat("prokopim")
        said = await aide.does(
            "declare_compromised", door=DOOR, since=datetime.now(UTC).isoformat(),
            reason="Nomor masuk di ponsel yang bukan milik kota.",
        )  # fmt: skip
        self.done(said, "the declaration")
        self.voice.leader(
            "Prokopim", "menyatakan nomor wakil wali kota diambil alih; tidak ada yang keluar lewat situ."
        )

        async def listed() -> bool:
            shown = await aide.sees("/akun")
            [account] = [one for one in shown["accounts"] if one["door"] == DOOR]
            return any(row["ticket"] == self.told.ticket for row in account["waiting"])

        await self.until(listed, "the account's page lists who waits")

    async def _reached(self, other: Phone) -> None:
        warned = await other.waits_for("sempat dikuasai orang lain")
        self.voice.arrives(warned["text"], "dari nomor wali kota")
        self.voice.arrives((await other.waits_for("menyanggupi"))["text"], "dari nomor wali kota")
