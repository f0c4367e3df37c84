"""Pictures that everybody may see: only while a person says so, and of nothing secret or erased."""

import pytest

from services.complaint import commands as c
from services.contracts import subjects
from services.reporting.follow import Following
from services.runtime.delivery import Delivery
from tests.intake.pictures import as_jpeg, street
from tests.reporting.conftest import House
from tests.reporting.pictured import pictured
from tests.reporting.story import Story

JSON = {"accept": "application/json"}


async def _public(house: House, story: Story) -> tuple[str | None, str | None]:
    async with house.browser() as anybody:
        seen = (await anybody.get(f"/lacak/{story.ticket}", headers=JSON)).json()
    return seen["before"], seen["after"]


async def test_everybody_sees_a_picture_only_while_a_person_says_so(house: House) -> None:
    story, address = await pictured(house)
    media = address.rpartition("/")[2]
    public = f"/lacak/{story.ticket}/gambar/{media}"
    await story.cleared(media, "offices")
    await house.follow()
    assert await _public(house, story) == (None, None)
    async with house.browser() as anybody:
        await house.desk.shown.put("bengkulu", media, as_jpeg(street(1)))
        assert (await anybody.get(public)).status_code == 404, "a copy alone shows nothing"
        await story.cleared(media, "public")
        await house.follow()
        assert await _public(house, story) == (public, None)
        got = await anybody.get(public)
        assert (got.status_code, got.headers["content-type"], got.content) == (200, "image/jpeg", as_jpeg(street(1)))
        other, _ = await pictured(house, 2)
        assert (await anybody.get(f"/lacak/{other.ticket}/gambar/{media}")).status_code == 404
        await story.cleared(media, "hidden")
        await house.follow()
        assert (await anybody.get(public)).status_code == 404


@pytest.mark.parametrize("how", ["secret", "erased"])
async def test_nothing_is_public_of_a_secret_matter_or_an_erased_reporter(house: House, how: str) -> None:
    story, address = await pictured(house)
    media = address.rpartition("/")[2]
    await house.desk.shown.put("bengkulu", media, as_jpeg(street(1)))
    await story.cleared(media, "public")
    await house.follow()
    assert await _public(house, story) == (f"/lacak/{story.ticket}/gambar/{media}", None)
    if how == "secret":
        await story.do(c.RaiseConfidentiality(cause=await story.cause(), level="secret", by="seat:tim-saring"))
    else:
        await story.erased()
    await house.follow()
    assert await _public(house, story) == (None, None)


async def test_an_erasure_takes_the_copy_for_everybody_away(house: House) -> None:
    story, address = await pictured(house)
    media = address.rpartition("/")[2]
    await house.desk.shown.put("bengkulu", media, as_jpeg(street(1)))
    await story.cleared(media, "public")
    await story.erased()
    following = Following(house.projector, house.desk.opener, house.desk.shown)
    entries = await house.log.load(subjects.complaint("bengkulu", story.complaint))
    await following.batch([
        Delivery(subjects.COMPLAINTS, entry.subject, entry.sequence, entry.type, entry.headers, entry.body)
        for entry in entries
    ])  # fmt: skip
    assert await house.desk.shown.get("bengkulu", media) is None
