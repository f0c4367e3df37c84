"""Pekanbaru Smart: the page's comments by an adapter, forged webhooks refused, and a drain that was not done yet."""

import json

import httpx

from services.cli.demo.adapter import comment
from services.cli.demo.pictures import draw
from services.cli.demo.play import Story

SIDOMULYO_TIMUR = "14.71.09.1003"


class Pekanbaru(Story):
    city = "pekanbaru"
    label = "Pekanbaru Smart"
    title = "Pekanbaru: halaman Facebook, parit mampet, dan webhook palsu"
    practice = (
        "The page was hacked once: what is not signed is turned away. The technical group screens, the office clears "
        "the drain, and “done” is only done when the person who complained says so."
    )
    offices = ("pupr",)
    seats = ("tim-teknis",)
    channels = ("facebook",)

    async def run(self) -> None:
        person = f"fb-{self.someone}"
        voice, adapter = self.voice, self.adapter("facebook")
        technical, pupr = self.seat("tim-teknis"), self.office("pupr")
        words = "Min, parit kami di Sidomulyo Timur mampet, jalan pun dah rusak kena aer. Tolonglah."
        voice.citizen(words, "Komentar di halaman Facebook")
        await adapter.hands_in(comment(person, "Warga Contoh", words))
        acknowledged = await adapter.waits_for(person, "PKU-")
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
        self.done(await pupr.does(task, "accept", finish_by=self.in_days(3)), "acceptance")
        first = len(adapter.arrived)
        proof = await pupr.uploads(draw("drain_clogged", 4))
        self.done(
            await pupr.does(task, "resolve", closure="fixed", text="Parit sudah dibersihkan.", evidence=[proof]),
            "resolve",
        )
        voice.office("PUPR", "menyatakan selesai.")
        asked = await adapter.waits_for(person, "Tekan SUDAH", after=first)
        voice.arrives(asked["text"], "keluar lewat adaptor Facebook")
        await self.breathe()
        words = "blm jg pak, masih mampet"
        voice.citizen(words)
        await adapter.hands_in(comment(person, "Warga Contoh", words))
        again = await pupr.task(self.told.ticket, round=2, state="open")
        voice.refused("Dibuka lagi", f"BELUM dari pelapor; antrean PUPR memuat putaran {again['round']}.")

        pictures = [await pupr.uploads(draw("drain_clogged", 5)), await pupr.uploads(draw("drain_clear", 5))]
        self.done(
            await pupr.does(again, "progress", text="Sumbatan di gorong-gorong ditemukan.", evidence=pictures[:1]),
            "progress",
        )
        second = len(adapter.arrived)
        self.done(
            await pupr.does(
                again, "resolve", closure="fixed", text="Gorong-gorong dibongkar, air sudah lancar.", evidence=pictures
            ),
            "resolve",
        )
        voice.office("PUPR", "selesai lagi, kali ini dengan foto sebelum dan sesudah.")
        asked = await adapter.waits_for(person, "Tekan SUDAH", after=second)
        voice.arrives(asked["text"], "keluar lewat adaptor Facebook")
        words = "sudah lancar pak, terima kasih"
        voice.citizen(words)
        await adapter.hands_in(comment(person, "Warga Contoh", words))
        self.told.state = str((await self.ended())["ended"])
        told = await adapter.waits_for(person, "beres, menurut Anda")
        voice.arrives(told["text"], "keluar lewat adaptor Facebook")
        self.keep_sent(adapter, person)
        voice.good("Dibenarkan pada putaran kedua.")
        voice.page(self.public_url())

    async def _forge(self) -> None:
        """A webhook with a signature that nobody who knows the secret made."""
        url = self.stage.credentials(f"whatsapp:{self.city}")["webhook_url"]
        forged = json.dumps({"object": "whatsapp_business_account", "entry": []}).encode()
        headers = {"content-type": "application/json", "x-hub-signature-256": "sha256=" + "0" * 64}
        async with httpx.AsyncClient(trust_env=False, timeout=20) as client:
            answer = await client.post(url, content=forged, headers=headers)
        self.check(answer.status_code == 401, f"a forged webhook was answered {answer.status_code}")
        self.voice.refused("Webhook palsu di pintu WhatsApp", "ditolak: 401, tanda tangannya tidak cocok.")
