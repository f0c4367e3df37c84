"""Bengkulu, a number that is taken over: nothing goes through it, what comes by it is suspect, people are reached."""

from datetime import UTC, datetime

from services.cli.demo.play import Story
from services.cli.standins.citizen import Phone
from services.cli.standins.payloads import template_button

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
            warned = await other.waits_for(self.told.ticket)
            voice.arrives(warned["text"], "dari nomor wali kota, yang belum pernah ia tulisi")
            self.done(await perkim.does(task, "accept", finish_by=self.in_days(3)), "acceptance")
            voice.office("Perkim", "menerima dengan tanggal selesai.")
            later = [one["text"] for one in await lost.messages()]
            self.check(not any("menyanggupi" in text for text in later), f"it went through the lost number: {later}")
            await self.breathe()
            proof = await perkim.uploads(self.picture("lit_street"))
            done = await perkim.does(task, "resolve", closure="fixed", text="Lampu sudah menyala.", evidence=[proof])
            self.done(done, "resolve")
            await self._presses_done(other)
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

    async def _presses_done(self, other: Phone) -> None:
        """The other number was never written to, so it asks by an approved template, whose buttons come back."""

        async def asked() -> tuple[str, str] | None:
            for message in await other.messages():
                for payload, _ in message["buttons"]:
                    if payload.startswith("confirm:"):
                        return str(message["id"]), payload
            return None

        message, payload = await self.until(asked, "the closing question comes from the other number")
        self.voice.citizen("[SUDAH]", "Warga itu, menekan tombol di nomor wali kota")
        await other.sends(template_button(payload, "SUDAH"), reply_to=message)
