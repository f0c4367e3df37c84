"""What each reader sees, and what stays closed to them."""

from datetime import timedelta

from tests.reporting.conftest import House

LATE = timedelta(hours=-1)
JSON = {"accept": "application/json"}


async def test_a_timeline_gives_its_answer_first_and_each_step_with_who_when_and_what_is_due(house: House) -> None:
    story = await (await house.teller.begin()).screened()
    await house.follow()
    async with house.seat("perkim") as client:
        view = (await client.get(f"/laporan/{story.ticket}.json")).json()
        page = await client.get(f"/laporan/{story.ticket}")
    assert view["answer"].startswith("Menunggu Kepala Dinas Perumahan")
    assert ", batas " in view["answer"]
    assert [step["type"].removeprefix("complaint.") for step in view["steps"]] == ["received", "screened", "assigned"]
    assert view["steps"][-1]["due"] is not None
    assert page.status_code == 200
    assert view["answer"] in page.text


async def test_an_office_reads_what_a_screener_cleared_and_never_the_reporters_own_words(house: House) -> None:
    story = await house.teller.begin("Saya Ibu Contoh, lampu mati")
    await story.screened(wording="Lampu di persimpangan mati sejak dua hari", concerned="Pak Contoh")
    await house.follow()
    async with house.seat("perkim") as office, house.seat("tim-saring") as screener:
        brief = (await office.get(f"/laporan/{story.ticket}")).text
        whole = (await screener.get(f"/laporan/{story.ticket}")).text
    assert "persimpangan mati" in brief
    assert "Pak Contoh" in brief
    assert "Ibu Contoh" not in brief
    assert "Ibu Contoh" in whole


async def test_a_leader_reads_the_words_of_a_normal_report_but_not_of_an_anonymous_one(house: House) -> None:
    normal = await (await house.teller.begin("Saya Ibu Contoh melapor biasa")).screened()
    hidden = await house.teller.begin("Saya Ibu Contoh melapor diam-diam", confidentiality="anonymous")
    await hidden.screened(confidentiality="anonymous")
    await house.follow()
    async with house.seat("walikota") as leader:
        assert "melapor biasa" in (await leader.get(f"/laporan/{normal.ticket}")).text
        assert "melapor diam-diam" not in (await leader.get(f"/laporan/{hidden.ticket}")).text


async def test_an_auditor_sees_what_happened_and_nobodys_words(house: House) -> None:
    story = await (await house.teller.begin("Saya Ibu Contoh, lampu mati")).screened(wording="Lampu persimpangan")
    await house.follow()
    async with house.seat("inspektorat") as auditor:
        view = (await auditor.get(f"/laporan/{story.ticket}.json")).json()
    assert [step["n"] for step in view["steps"]] == [1, 2, 3]
    assert all(word["hidden"] and word["text"] is None for step in view["steps"] for word in step["words"])


async def test_an_office_cannot_open_what_it_does_not_hold_nor_another_citys(house: House) -> None:
    story = await (await house.teller.begin()).screened()
    await house.follow()
    async with house.seat("dlh") as other, house.seat("tim-saring", "kupang") as abroad:
        assert (await other.get(f"/laporan/{story.ticket}.json")).status_code == 404
        assert (await abroad.get(f"/laporan/{story.ticket}.json")).status_code == 404


async def test_after_erasure_the_page_says_that_the_words_are_gone(house: House) -> None:
    story = await (await house.teller.begin("Saya Ibu Contoh, lampu mati")).screened()
    await story.erased()
    await house.follow()
    async with house.seat("tim-saring") as screener:
        view = (await screener.get(f"/laporan/{story.ticket}.json")).json()
    first = view["steps"][0]["words"][0]
    assert first["erased"]
    assert first["text"] is None


async def test_tracking_shows_progress_to_anyone_and_nobodys_words(house: House) -> None:
    story = await house.teller.begin("Saya Ibu Contoh, lampu mati")
    await story.screened(wording="Lampu persimpangan mati", concerned="Pak Contoh")
    await story.accepted()
    await house.follow()
    async with house.browser() as anyone:
        page = (await anyone.get(f"/lacak/{story.ticket.lower().replace('-', ' ')}")).text
        view = (await anyone.get(f"/lacak/{story.ticket}.json")).json()
    assert "Kepala Dinas Perumahan" in page
    assert [step["type"].removeprefix("complaint.") for step in view["steps"]] == [
        "received", "screened", "assigned", "accepted",
    ]  # fmt: skip
    for secret in ("Ibu Contoh", "Pak Contoh", "persimpangan", story.complaint, "A256GCM"):
        assert secret not in page + str(view)


async def test_a_secret_report_tells_the_public_page_no_office(house: House) -> None:
    story = await house.teller.begin(confidentiality="secret")
    await story.screened(confidentiality="secret")
    await house.follow()
    async with house.browser() as anyone:
        page = (await anyone.get(f"/lacak/{story.ticket}")).text
    assert "Perumahan" not in page
    assert "Kantor yang bertugas" in page


async def test_a_mistyped_or_unknown_code_is_answered_kindly(house: House) -> None:
    async with house.browser() as anyone:
        assert (await anyone.get("/lacak/BKL-00000000-0")).status_code == 404
        wrong = await anyone.get("/lacak", params={"ticket": "BKL-123"})
    assert wrong.status_code == 422
    assert "contohnya" in wrong.text


async def test_the_public_role_reads_progress_and_nothing_else(house: House) -> None:
    reachable = await house.desk.public.fetch(
        "select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace "
        "where c.relkind in ('r', 'v', 'm') and n.nspname not in ('pg_catalog', 'information_schema') "
        "and has_schema_privilege(n.oid, 'usage') and has_table_privilege(c.oid, 'select')"
    )
    assert {row["name"] for row in reachable} == {
        "reporting.tracking", "reporting.tracking_step", "reporting.tracking_picture",
        "reporting.published",  # only what a person has made public, without its ticket
        "reporting.counted_people",  # matters of people in the whole city, where there are three or more
    }  # fmt: skip


async def test_the_board_counts_the_four_ends_apart_and_says_what_each_figure_means(house: House) -> None:
    async with house.seat("walikota") as leader:
        before = (await leader.get("/papan.json")).json()["figures"]
        done = await (await (await house.teller.begin()).screened()).resolved()
        await done.answered("sudah")
        open_one = await (await (await house.teller.begin()).screened(due=LATE)).breached()
        await house.follow()
        view = (await leader.get("/papan.json")).json()
        page = await leader.get("/papan")
    change = {name: view["figures"][name] - before[name] for name in before}
    assert {name: by for name, by in change.items() if by} == {
        "received": 2, "confirmed": 1, "without_proof": 1, "working": 1, "late": 1,
    }  # fmt: skip
    assert open_one.ticket in [row["ticket"] for row in view["late"]]
    assert all(meaning for _, meaning in view["definitions"].values())
    assert page.status_code == 200
    office = next(row for row in view["agencies"] if row["key"] == "perkim")
    assert office["figures"]["late"] >= 1


async def test_a_late_list_is_read_page_by_page_without_a_row_twice_or_missing(house: House) -> None:
    made = set()
    for _ in range(33):
        story = await (await house.teller.begin()).screened("dishub", (), due=LATE)
        made.add((await story.breached("dishub")).ticket)
    await house.follow()
    seen: list[str] = []
    async with house.seat("dishub") as office:
        url = "/laporan?status=late"
        while url:
            view = (await office.get(url, headers=JSON)).json()
            seen += [row["ticket"] for row in view["rows"]]
            url = view["next_url"]
    assert len(seen) == len(set(seen))
    assert made <= set(seen)


async def test_an_office_cannot_list_another_offices_work(house: House) -> None:
    others = await (await house.teller.begin()).screened(lead="perkim")
    own = await (await house.teller.begin()).screened(lead="dlh")
    helped = await (await house.teller.begin()).screened(lead="perkim", others=("dlh",))
    await house.follow()
    async with house.seat("dlh") as office:
        assert (await office.get("/laporan?seat=perkim", headers=JSON)).status_code == 403
        rows = (await office.get("/laporan?status=all", headers=JSON)).json()["rows"]
    listed = {row["ticket"] for row in rows}
    assert {own.ticket, helped.ticket} <= listed
    assert others.ticket not in listed


async def test_the_pages_speak_english_to_those_who_ask_and_remember_it(house: House) -> None:
    async with house.browser() as anyone:
        assert "Where does your report stand?" in (await anyone.get("/?lang=en")).text
        assert "Where does your report stand?" in (await anyone.get("/")).text
        assert "Sudah sampai mana laporan Anda?" in (await anyone.get("/?lang=id")).text


async def test_only_the_private_link_of_a_report_can_speak_on_its_page(house: House) -> None:
    story = await (await house.teller.begin()).screened()
    await house.follow()
    key = "a" * 26
    async with house.browser() as anyone:
        for address in (f"/lacak/{story.ticket}", f"/lacak/{story.ticket}?kunci=salah"):
            assert "<textarea" not in (await anyone.get(address)).text
        own = await anyone.get(f"/lacak/{story.ticket}?kunci={key}")
        assert f'action="/lapor/bengkulu/saya/{key}"' in own.text
        assert 'value="done"' not in own.text  # nothing was said to be done yet
        assert key not in (await anyone.get(f"/lacak/{story.ticket}.json?kunci={key}")).text
