"""The short form of `python -m tests.bench.surge`: a flood about one outage by signed webhooks, all at once."""

import asyncio

import pytest

from services.cli.demo.stage import Stage
from tests.bench.surge_people import flood, hear
from tests.bench.surge_stages import clusters, stages

pytestmark = pytest.mark.slow

CITY = "kupang"
PEOPLE = 200


async def test_nothing_of_a_flood_is_lost_everybody_is_answered_and_it_is_one_matter(stage: Stage) -> None:
    crowd = await flood(stage, CITY, PEOPLE, seconds=4)
    assert (len(crowd.sent), crowd.lost) == (PEOPLE, 0)
    await hear(stage, crowd, patience=120)
    assert crowd.heard.keys() == crowd.sent.keys(), "who wrote has an answer"
    spans, planned = await stages(stage, CITY, crowd)
    assert planned["received"] == PEOPLE, "one first word for each, no more"
    assert set(spans) == {"door", "opened", "planned", "turn", "arrived"}
    async with asyncio.timeout(120):
        while not (found := await clusters(stage, CITY)):
            await asyncio.sleep(0.5)
    assert len(found) == 1
