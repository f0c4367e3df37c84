"""What goes with clearing a picture: the copy for everybody is made before the word is said, and goes after another."""

from services.contracts.commands import ClearEvidence, StaffAction
from services.reporting import sight
from services.reporting.desk import Desk
from services.reporting.read_models.cases.card import Card
from services.web.i18n import later
from services.web.pages import Problem
from services.web.staff import Staff


async def before(desk: Desk, staff: Staff, card: Card, action: StaffAction) -> None:
    """Raises Problem for a picture that this seat does not see, or that is no picture to be shown to everybody."""
    if not isinstance(action, ClearEvidence):
        return
    picture = card.closing.pictures.get(action.media)
    if picture is None or not sight.may_see(staff, card) or not sight.clears(staff, card, picture):
        raise Problem(404, later("Gambar ini tidak ada, atau tidak untuk jabatan Anda."))
    voice = (picture.content_type or "").startswith(("audio/", "video/")) and picture.of == "reporter"
    if voice and action.audience != "hidden" and card.confidentiality != "normal":
        raise Problem(409, later("Suara dan wajah menunjukkan siapa pelapornya. Tulis saja isi pesannya."))
    if action.audience != "public":
        return
    opened = await desk.pictures.open(card, action.media, picture)
    if opened is None or not opened.content_type.startswith("image/"):
        raise Problem(409, later("Hanya gambar yang dapat dibuka untuk umum."))
    await desk.shown.put(card.city, action.media, opened.content)


async def after(desk: Desk, card: Card, action: StaffAction) -> None:
    """Once it was done: nobody is left a copy that may not be seen."""
    if isinstance(action, ClearEvidence) and action.audience != "public":
        await desk.shown.take_away(card.city, action.media)
