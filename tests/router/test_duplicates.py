"""A second report of the same matter is proposed as one, with its reasons; a new router knows the first one, too."""

from datetime import UTC, datetime

from services.complaint import events as e
from services.contracts import subjects
from services.contracts.base import Confidentiality
from services.router.merging.clusters import Clusters, subject
from services.router.merging.facts import CLUSTER
from services.router.merging.matching import Matching
from services.router.merging.restoring import Restoring
from services.runtime.deciding import Decider
from services.runtime.log import Log
from tests.router.harness import Town, eventually

CITY = "bukittinggi"
FIRST = "lampu jalan mati di depan masjid contoh tarok dipo sudah seminggu"
AGAIN = "min lampu jln mati depan masjid contoh tarok dipo"


async def proposed(town: Town, text: str, confidentiality: Confidentiality = "normal") -> tuple[str, list[e.Duplicate]]:
    complaint = await town.hear(CITY, text, confidentiality=confidentiality)
    events = await town.until(CITY, complaint, "complaint.screening_proposed")
    proposal = next(event.data for event in events if isinstance(event.data, e.ScreeningProposed))
    return complaint, list(proposal.duplicates or ())


async def test_a_second_report_nearby_names_the_first_and_why(town: Town) -> None:
    first, _ = await proposed(town, FIRST)
    _, found = await proposed(town, AGAIN)
    alike = next(one for one in found if one.complaint == first)
    assert alike.score >= 0.6
    assert "same_ward" in alike.why
    assert any(why.startswith("words:") for why in alike.why)
    assert not any("masjid" in why for why in alike.why), "the reporter's words stand nowhere in clear"


async def test_another_matter_and_another_place_name_nothing(town: Town) -> None:
    first, _ = await proposed(town, "pohon tumbang menutup jalan di puhun tembok")
    for text in ("sampah menumpuk di puhun tembok", "pohon tumbang menutup jalan di bukit cangang kayu ramang"):
        _, found = await proposed(town, text)
        assert first not in [one.complaint for one in found]


async def test_a_secret_one_is_neither_found_nor_finds(town: Town) -> None:
    words = "got tersumbat di belakang pasar contoh aur kuning"
    hidden, found = await proposed(town, words, "secret")
    assert found == []
    _, found = await proposed(town, words)
    assert hidden not in [one.complaint for one in found]


async def test_two_people_without_a_card_have_each_a_matter_of_their_own(town: Town) -> None:
    words = "ktp saya belum jadi sudah tiga bulan di tarok dipo"
    await proposed(town, words)
    _, found = await proposed(town, words)
    assert found == []


async def test_an_erased_one_is_found_no_more(town: Town) -> None:
    words = "jembatan kayu lapuk dekat sungai contoh di tarok dipo"
    first, _ = await proposed(town, words)
    reply = await town.staff(CITY, "dpo", ("data_protection",), first, do="erase_reporter")
    assert reply.refusal is None

    async def gone() -> bool | None:
        _, found = await proposed(town, words + " tolong diperbaiki")
        return True if first not in [one.complaint for one in found] else None

    assert await eventually(gone, "nothing of the erased one")


async def test_a_router_that_starts_makes_its_window_again_from_the_log(town: Town) -> None:
    first, _ = await proposed(town, "jalan berlubang di simpang contoh tarok dipo")
    over, _ = await proposed(town, "jalan berlubang di tugu contoh tarok dipo")
    await town.staff(CITY, "dpo", ("data_protection",), over, do="erase_reporter")
    log, cities = Log(town.intake, subjects.COMPLAINTS), town.stack.cities
    facts = Log(town.intake, subjects.CITY)
    clusters = Clusters(
        cities=cities, log=facts, facts=Decider(facts, CLUSTER, subject, town.vault, town.clock),
        deciding=town.deciding, vault=town.vault, clock=town.clock,
    )  # fmt: skip
    matching = Matching(cities, clusters)
    # The broker's own hours say how far back the log is read: no clock of ours that another test has put forward.
    restoring = Restoring(
        cities=cities, log=log, vault=town.vault, matching=matching, clock=lambda: datetime.now(UTC)
    )  # fmt: skip
    await restoring.catch_up()
    window = matching.window(CITY)
    assert first in window
    assert over not in window
