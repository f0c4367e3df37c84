"""Pictures on the pages: who sees which, what staff upload, who clears what for whom, what is left after an erasure."""

import re

import httpx
import pytest

from services.complaint import commands as c
from services.contracts.commands import Resolve
from tests.intake.pictures import as_jpeg, png, street
from tests.reporting.conftest import House
from tests.reporting.pictured import pictured
from tests.reporting.story import Story
from tests.reporting.test_acting import Peer, peer

__all__ = ["peer"]

JSON = {"accept": "application/json"}


async def _sees(house: House, seat: str, address: str) -> bool:
    async with house.seat(seat) as program:
        answer = await program.get(address)
        assert answer.status_code in (200, 404)
        return answer.status_code == 200


SCREENS, HOLDS, BESIDE, OTHER = "tim-saring", "perkim", "camat-selebar", "dlh"


@pytest.mark.parametrize(
    ("audience", "confidentiality", "seers"),
    [
        ("hidden", "normal", {SCREENS, "walikota", "prokopim"}),
        ("hidden", "anonymous", {SCREENS}),
        ("offices", "anonymous", {SCREENS, HOLDS, BESIDE, "walikota", "prokopim"}),
        ("offices", "normal", {SCREENS, HOLDS, BESIDE, "walikota", "prokopim"}),
    ],
)
async def test_a_reporters_picture_is_seen_by_handlers_only_once_somebody_cleared_it(
    house: House, audience: str, confidentiality: str, seers: set[str]
) -> None:
    story, address = await pictured(house, confidentiality=confidentiality)
    if audience != "hidden":
        await story.cleared(address.rpartition("/")[2], audience)  # type: ignore[arg-type]  # from the table
        await house.follow()
    for seat in (SCREENS, HOLDS, BESIDE, "walikota", "prokopim", OTHER, "inspektorat"):
        assert await _sees(house, seat, address) is (seat in seers), seat


async def test_it_is_served_as_a_picture_that_nobody_keeps(house: House) -> None:
    _, address = await pictured(house)
    async with house.seat(SCREENS) as program:
        answer = await program.get(address)
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.content == as_jpeg(street(1))
    async with house.browser() as nobody:
        assert (await nobody.get(address)).status_code == 303


async def test_after_an_erasure_there_is_nothing_to_serve(house: House) -> None:
    story, address = await pictured(house)
    assert await _sees(house, SCREENS, address)
    await story.erased()
    await house.follow()
    assert not await _sees(house, SCREENS, address)


async def test_a_picture_of_another_complaint_is_not_to_be_had_through_one_that_may_be_seen(house: House) -> None:
    mine, _ = await pictured(house)
    _, other = await pictured(house, 2)
    assert not await _sees(house, SCREENS, f"/laporan/{mine.ticket}/gambar/{other.rpartition('/')[2]}")


async def test_the_page_shows_before_and_after(house: House) -> None:
    story, before = await pictured(house)
    await story.cleared(before.rpartition("/")[2], "offices")
    async with house.seat(HOLDS) as program:
        after = await _upload(house, as_jpeg(street(7)))
        await story.submitted("lurah-pagar-dewa", (after,))
        await house.follow()
        seen = (await program.get(f"/laporan/{story.ticket}", headers=JSON)).json()
        assert seen["gallery"]["before"] == before
        assert seen["gallery"]["after"] == f"/laporan/{story.ticket}/gambar/{after}"
        assert (await program.get(seen["gallery"]["after"])).headers["content-type"] == "image/jpeg"
        page = (await program.get(f"/laporan/{story.ticket}")).text
    assert "12 km" in page
    assert "Menunggu pengesahan Lurah Pagar Dewa" in page
    assert "Nyatakan selesai" not in page, "the office waits too"


async def test_who_is_asked_to_sign_sees_the_case_and_the_form_and_nobody_else_of_the_kind_does(house: House) -> None:
    story, _ = await pictured(house)
    await story.submitted("lurah-pagar-dewa", (await _upload(house, as_jpeg(street(8))),))
    await house.follow()
    async with house.seat("lurah-pagar-dewa") as program:
        page = (await program.get(f"/laporan/{story.ticket}")).text
    assert 'action="/laporan/' + story.ticket + '/sign_off"' in page
    assert "Sudah diganti." in page
    async with house.seat("lurah-sukarami") as program:
        assert (await program.get(f"/laporan/{story.ticket}")).status_code == 404


async def _upload(house: House, content: bytes) -> str:
    token = house.stack.installation.secrets.cities["bengkulu"].console_media
    answer = await house.desk.uploads.client.post(
        "http://intake.test/media", content=content, headers={"authorization": f"Bearer {token}"}
    )
    assert answer.status_code == 201, answer.text
    return str(answer.json()["reference"])


async def _form(program: httpx.AsyncClient, story: Story, do: str) -> dict[str, str]:
    page = (await program.get(f"/laporan/{story.ticket}")).text
    form = re.search(rf'<form[^>]*action="/laporan/{story.ticket}/{do}"(.*?)</form>', page, re.DOTALL)
    assert form is not None
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form[1]))


async def test_pictures_chosen_in_a_form_are_named_in_its_command(house: House, peer: Peer) -> None:
    story, _ = await pictured(house)
    async with house.seat(HOLDS) as program:
        fields = await _form(program, story, "resolve") | {"closure": "fixed", "text": "Sudah menyala."}
        files = [("evidence", ("a.jpg", as_jpeg(street(11)))), ("evidence", ("b.png", png(30, 30)))]
        answer = await program.post(f"/laporan/{story.ticket}/resolve", data=fields, files=files)
    assert answer.status_code == 303, answer.text
    action = peer.seen[-1][0].action
    assert isinstance(action, Resolve)
    assert len(action.evidence) == 2
    assert await house.desk.pictures.types(action.evidence) == dict(
        zip(action.evidence, ("image/jpeg", "image/png"), strict=True)
    )


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("program.exe", b"MZ\x90\x00" + b"\x00" * 60, "bukan gambar"),
        ("setengah.jpg", as_jpeg(street(1))[:200], "rusak"),
        ("bom.png", png(9_000, 6_000), "rusak atau berbahaya"),
        ("naskah.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "bukan gambar"),
    ],
)
async def test_what_is_no_fit_file_comes_back_with_a_sentence_and_the_words_that_were_typed(
    house: House, peer: Peer, name: str, content: bytes, says: str
) -> None:
    story, _ = await pictured(house)
    before = len(peer.seen)
    async with house.seat(HOLDS) as program:
        fields = await _form(program, story, "progress") | {"text": "Kabel sedang ditarik."}
        answer = await program.post(
            f"/laporan/{story.ticket}/progress", data=fields, files={"evidence": (name, content)}
        )
    assert answer.status_code == 422
    assert says in answer.text
    assert name in answer.text
    assert "Kabel sedang ditarik." in answer.text
    assert len(peer.seen) == before, "nothing was asked"


async def test_a_form_beyond_all_measure_is_cut_off(house: House) -> None:
    story, _ = await pictured(house)
    async with house.seat(HOLDS) as program:
        fields = await _form(program, story, "progress") | {"text": "x"}
        big = {"evidence": ("besar.jpg", b"\xff\xd8\xff" + b"\x00" * (81 * 1024 * 1024))}
        answer = await program.post(f"/laporan/{story.ticket}/progress", data=fields, files=big)
        assert answer.status_code == 413
        answer = await program.post("/api/commands", content=b"[" + b" " * (2 * 1024 * 1024))
        assert answer.status_code == 413


async def test_a_screener_clears_a_picture_with_a_button(house: House, peer: Peer) -> None:
    story, address = await pictured(house)
    media = address.rpartition("/")[2]
    async with house.seat(SCREENS) as program:
        fields = await _form(program, story, "clear_evidence") | {"audience": "public", "media": media}
        assert (await program.post(f"/laporan/{story.ticket}/clear_evidence", data=fields)).status_code == 303
        action = peer.seen[-1][0].action
        assert (action.do, getattr(action, "audience", None)) == ("clear_evidence", "public")
    assert await house.desk.shown.get("bengkulu", media) == as_jpeg(street(1))
    async with house.seat(HOLDS) as program:
        fields = {"media": media, "audience": "public"}
        answer = await program.post(f"/laporan/{story.ticket}/clear_evidence", data=fields)
        assert answer.status_code == 403


async def test_an_agency_fetches_a_cleared_picture_with_its_own_token_as_long_as_the_task_is_its(house: House) -> None:
    story, address = await pictured(house)
    media = address.rpartition("/")[2]
    held = house.stack.installation.secrets.cities["bengkulu"].agencies

    async def fetches(reference: str, token: str = held["perkim"]) -> httpx.Response:
        headers = {"authorization": f"Bearer {token}"}
        return await house.desk.uploads.client.get(f"http://intake.test/media/{reference}", headers=headers)

    mine = f"{story.complaint}.{media}"
    assert (await fetches(mine)).status_code == 404, "nobody has cleared it"
    await story.cleared(media, "offices")
    got = await fetches(mine)
    assert (got.status_code, got.content) == (200, as_jpeg(street(1)))
    assert got.headers["cache-control"] == "no-store"
    assert (await fetches(mine, held["dlh"])).status_code == 404, "it is not theirs"
    assert (await fetches(mine, "wrong")).status_code == 401
    console = house.stack.installation.secrets.cities["bengkulu"].console_media
    assert (await fetches(mine, console)).status_code == 404, "the console only uploads"
    other, _ = await pictured(house, 2)
    for strange in (f"{other.complaint}.{media}", media, "..", f"{story.complaint}.{'a' * 26}", f"{story.complaint}."):
        assert (await fetches(strange)).status_code == 404, strange
    proof = await _upload(house, as_jpeg(street(9)))
    await story.submitted("lurah-pagar-dewa", (proof,))
    assert (await fetches(f"{story.complaint}.{proof}")).status_code == 200
    await story.cleared(media, "hidden")
    assert (await fetches(mine)).status_code == 404
    await story.cleared(media, "offices")
    await story.erased()
    assert (await fetches(mine)).status_code == 404


async def test_what_waits_for_a_seats_signature_stands_on_its_board_and_in_its_list(house: House) -> None:
    story, _ = await pictured(house)
    await story.submitted("lurah-betungan", (await _upload(house, as_jpeg(street(13))),))
    await house.follow()
    async with house.seat("lurah-betungan") as program:
        assert (await program.get("/papan", headers=JSON)).json()["to_sign"] == 1
        listed = (await program.get("/laporan?status=to_sign", headers=JSON)).json()["rows"]
        assert [one["ticket"] for one in listed] == [story.ticket]
    async with house.seat("lurah-sukarami") as program:
        assert (await program.get("/papan", headers=JSON)).json()["to_sign"] == 0


async def test_what_chance_has_drawn_stands_on_the_auditors_board_with_the_words_of_the_work(house: House) -> None:
    story = await (await (await house.teller.begin()).screened()).resolved()
    await story.do(c.DrawAudit(cause=await story.cause(), round=1, share=0.1, policy=1))
    await house.follow()
    async with house.seat("inspektorat") as program:
        assert (await program.get("/papan", headers=JSON)).json()["to_audit"] >= 1
        page = (await program.get(f"/laporan/{story.ticket}")).text
    assert "Lampu sudah diganti." in page
    assert f'action="/laporan/{story.ticket}/audit"' in page


@pytest.mark.parametrize(
    ("seat", "confidentiality", "status"),
    [(SCREENS, "normal", 200), (HOLDS, "normal", 404), (OTHER, "normal", 404), ("inspektorat", "anonymous", 404)],
)
async def test_by_the_api_too_a_copy_for_everybody_is_made_only_for_who_may_clear(
    house: House, peer: Peer, seat: str, confidentiality: str, status: int
) -> None:
    """A program's command goes the same way as the button: no seat makes a copy of what it may not even see."""
    story, address = await pictured(house, seed=7, confidentiality=confidentiality)
    media = address.rpartition("/")[2]
    before = len(peer.seen)
    async with house.seat(seat) as program:
        wanted = {"do": "clear_evidence", "media": media, "audience": "public"}
        for named in ({"ticket": story.ticket}, {"complaint": story.complaint}):
            answer = await program.post("/api/commands", json={**named, "action": wanted}, headers=JSON)
            assert answer.status_code == status, answer.text
    made = await house.desk.shown.get("bengkulu", media) is not None
    assert made is (status == 200)
    assert len(peer.seen) - before == (2 if status == 200 else 0), "nothing was asked of the router"


async def test_a_voice_note_is_played_where_it_is_screened_and_never_leaves_for_everybody(house: House) -> None:
    voice = b"OggS" + bytes(range(200))
    begun = await house.teller.begin("Lampu jalan mati", confidentiality="anonymous")
    story = await begun.proposed()
    media = await story.pictured(voice, house.desk.pictures.blobs, "audio/ogg")
    await house.follow()
    address = f"/laporan/{story.ticket}/gambar/{media}"
    async with house.seat(SCREENS) as program:
        for page in (f"/saring/{story.ticket}", f"/laporan/{story.ticket}"):
            text = (await program.get(page)).text
            assert f'<audio controls preload="none" src="{address}"' in text
            assert "ada pesan suara" in text
            assert 'value="public"' not in text
        part = await program.get(address, headers={"range": "bytes=4-7"})
        assert (part.status_code, part.content, part.headers["content-type"]) == (206, voice[4:8], "audio/ogg")
        fields = {"media": media, "audience": "offices", "command": "v" * 12}
        refused = await program.post(f"/laporan/{story.ticket}/clear_evidence", data=fields)
        assert refused.status_code == 409
    async with house.seat(HOLDS) as program:
        assert (await program.get(address)).status_code == 404
