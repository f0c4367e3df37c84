"""A complaint with a picture of its reporter, screened, as pages find it."""

from tests.intake.pictures import as_jpeg, street
from tests.reporting.conftest import House
from tests.reporting.story import Story


async def pictured(house: House, seed: int = 1, confidentiality: str = "normal") -> tuple[Story, str]:
    """The story, and where a page shows the picture."""
    begun = await house.teller.begin("Lampu jalan mati", confidentiality=confidentiality)
    story = await begun.screened(confidentiality=confidentiality)
    media = await story.pictured(as_jpeg(street(seed)), house.desk.pictures.blobs)
    await house.follow()
    return story, f"/laporan/{story.ticket}/gambar/{media}"
