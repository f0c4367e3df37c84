"""Pekanbaru Smart: the page's comments by an adapter, forged webhooks refused, three people and one drain."""

import json

import httpx

from services.cli.demo.adapter import comment
from services.cli.demo.office import Task
from services.cli.demo.play import Story
from services.cli.standins.citizen import Phone
from services.contracts import tickets

NUMBER = "100000000000005"
SIDOMULYO_TIMUR = "14.71.09.1003"


class Pekanbaru(Story):
    city = "pekanbaru"
    label = "Pekanbaru Smart"
    title = "Pekanbaru: halaman Facebook, parit mampet, tiga pelapor"
    practice = (
        "The page was hacked once: what is not signed is turned away. The technical group screens; three people and "
        "one drain are one work. A picture that was there before is no proof, and one BELUM of three opens it again."
    )
    offices = ("pupr",)
    seats = ("tim-teknis",)
    channels = ("facebook",)

    @property
    def person(self) -> str:
        """The commenter, as the page knows them."""
        return f"fb-{self.someone}"

    async def run(self) -> None:
        voice, adapter = self.voice, self.adapter("facebook")
        technical, pupr = self.seat("tim-teknis"), self.office("pupr")
        words = "Min, parit kami di Sidomulyo Timur mampet, jalan pun dah rusak kena aer. Tolonglah."
        voice.citizen(words, "Komentar di halaman Facebook")
        await adapter.hands_in(comment(self.person, "Warga Contoh", words))
        acknowledged = await adapter.waits_for(self.person, "PKU-")
        voice.arrives(acknowledged["text"], "keluar lewat adaptor Facebook")
        self.received(acknowledged["text"])
        await self._forge()
        await self.breathe()

        seen = await self.case(technical, "a proposal of the machine", lambda c: c["row"]["category"] is not None)
        self.check(seen["row"]["phase"] == "screening", f"nobody was asked: {seen['answer']}")
        voice.note("Dua masalah dalam satu kalimat: mesin hanya mengusulkan, tim teknis yang memutuskan.")
        self.done(
            await technical.does(
                "screen", self.told.ticket, kind="complaint", category="drain_clogged", function="public_works",
                ward_code=SIDOMULYO_TIMUR, wording="Parit tersumbat, air merusak jalan.",
                notes="Dicocokkan dengan peta saluran.",
            ),
            "screening",
        )  # fmt: skip
        voice.office("Tim teknis Pekanbaru Smart", "menyaring dan meneruskan ke PUPR.")
        task = await pupr.task(self.told.ticket, role="lead", state="open")
        self.done(await pupr.does(task, "accept", finish_by=self.in_days(4)), "acceptance")
        neighbours = [await self._joins(task, which, name) for which, name in ((1, "Ibu Contoh"), (2, "Pak Contoh"))]
        photo = self.picture("drain_clogged")
        await neighbours[0].shows(photo, "ini fotonya pak")
        await self._shows_what_was_there(task, photo)
        again = await self._first_round(task, neighbours)
        await self._second_round(again, neighbours)

    async def _first_round(self, task: Task, neighbours: list[Phone]) -> Task:
        """It is said to be done: one says SUDAH, one says BELUM. The task as it lies in the queue again."""
        voice, adapter, pupr = self.voice, self.adapter("facebook"), self.office("pupr")
        first = len(adapter.arrived)
        proof = await pupr.uploads(self.picture("drain_clear"))
        self.done(
            await pupr.does(task, "resolve", closure="fixed", text="Parit sudah dibersihkan.", evidence=[proof]),
            "resolve",
        )
        voice.office("PUPR", "menyatakan selesai, dengan gambar sendiri.")
        for one in neighbours:
            voice.arrives((await one.waits_for("Tekan SUDAH"))["text"], f"di telepon {one.who.name}")
        await adapter.waits_for(self.person, "Tekan SUDAH", after=first)
        await self.breathe()
        await neighbours[1].says("sudah pak, makasih")
        await neighbours[1].waits_for("beres, menurut Anda")
        voice.citizen("sudah pak, makasih", "Pak Contoh")
        voice.citizen("blm jg pak, di depan rumah saya masih mampet", "Ibu Contoh")
        await neighbours[0].says("blm jg pak, di depan rumah saya masih mampet")
        again = await pupr.task(self.told.ticket, round=2, state="open")
        voice.refused("Dibuka lagi", f"BELUM dari satu pelapor; antrean PUPR memuat putaran {again['round']}.")
        return again

    async def _second_round(self, again: Task, neighbours: list[Phone]) -> None:
        voice, adapter, pupr = self.voice, self.adapter("facebook"), self.office("pupr")
        second = len(adapter.arrived)
        pictures = [await pupr.uploads(self.picture(scene)) for scene in ("drain_clogged", "drain_clear")]
        self.done(
            await pupr.does(again, "progress", text="Sumbatan di gorong-gorong ditemukan.", evidence=pictures[:1]),
            "progress",
        )
        self.done(
            await pupr.does(
                again, "resolve", closure="fixed", text="Gorong-gorong dibongkar, air lancar.", evidence=pictures[1:]
            ),
            "resolve",
        )
        voice.office("PUPR", "selesai lagi, setelah menemukan sumbatan di gorong-gorong.")
        await neighbours[0].waits_for("Tekan SUDAH")
        await neighbours[0].says("sudah lancar, makasih pak")
        asked = await adapter.waits_for(self.person, "Tekan SUDAH", after=second)
        voice.arrives(asked["text"], "keluar lewat adaptor Facebook")
        words = "sudah lancar pak, terima kasih"
        voice.citizen(words)
        await adapter.hands_in(comment(self.person, "Warga Contoh", words))
        self.told.state = str((await self.ended())["ended"])
        told = await adapter.waits_for(self.person, "beres, menurut Anda")
        voice.arrives(told["text"], "keluar lewat adaptor Facebook")
        self.keep_sent(adapter, self.person)
        heard = [message["text"] for message in await neighbours[1].messages()]
        self.check(sum("Tekan SUDAH" in text for text in heard) == 1, "who had confirmed was asked again")
        voice.good("Tiga pelapor, satu pekerjaan; yang sudah membenarkan tidak diganggu lagi.")
        voice.page(self.public_url())

    async def _joins(self, task: Task, which: int, name: str) -> Phone:
        """Somebody else writes about the same drain: a ticket of their own, one handling."""
        phone = await self.phone(NUMBER, name, which)
        words = "Pak, parit di Sidomulyo Timur mampet, air naik ke jalan"
        self.voice.citizen(words, f"{name}, lewat WhatsApp")
        await phone.says(words)
        ticket = tickets.find((await phone.waits_for("PKU-"))["text"]) or ""
        merged = await self.seat("tim-teknis").does(
            "merge", ticket, into=task["complaint"], reason="Parit yang sama, dicek di peta saluran."
        )
        self.done(merged, "the merge")
        self.voice.arrives((await phone.waits_for("kami tangani sekaligus"))["text"], f"di telepon {name}")
        return phone

    async def _shows_what_was_there(self, task: Task, photo: bytes) -> None:
        """The reporter's own picture of the clogged drain can't be the proof that it is clear."""
        pupr = self.office("pupr")

        async def refused() -> str | None:
            reused = await pupr.uploads(photo)
            reply = await pupr.does(task, "resolve", closure="fixed", text="Sudah bersih.", evidence=[reused])
            self.check(bool(reply.get("refusal")), "a picture that was there before passed as proof")
            return self.refusal(reply, "evidence_reused", "a picture that was there before")

        sentence = await self.until(refused, "the picture is known")
        self.voice.refused("PUPR: “sudah bersih”, dengan foto pelapor sendiri", f"ditolak: {sentence}")

    async def _forge(self) -> None:
        """A webhook with a signature that nobody who knows the secret made."""
        url = self.stage.credentials(f"whatsapp:{self.city}")["webhook_url"]
        forged = json.dumps({"object": "whatsapp_business_account", "entry": []}).encode()
        headers = {"content-type": "application/json", "x-hub-signature-256": "sha256=" + "0" * 64}
        async with httpx.AsyncClient(trust_env=False, timeout=20) as client:
            answer = await client.post(url, content=forged, headers=headers)
        self.check(answer.status_code == 401, f"a forged webhook was answered {answer.status_code}")
        self.voice.refused("Webhook palsu di pintu WhatsApp", "ditolak: 401, tanda tangannya tidak cocok.")
