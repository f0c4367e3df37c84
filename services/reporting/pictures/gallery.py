"""The pictures of one complaint as one seat may see them: the pair before and after, and all of them. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from services.reporting import labels, sight
from services.reporting.labels import Translate
from services.reporting.read_models.cases.card import Card
from services.web.i18n import later
from services.web.staff import Staff


@dataclass(frozen=True)
class PictureView:
    """`url` None: not for this seat, or erased. `n`: of the event that brought it."""

    media: str
    n: int
    of: str
    label: str
    audience: str
    audience_text: str
    content_type: str | None
    kind_text: str
    image: bool
    plays: str
    """`audio` or `video`, where the seat may hear or see it and browsers can play it; else empty."""
    public: bool
    """Everybody may be shown it: pictures only. A voice says whose it is."""
    url: str | None
    clears: bool


@dataclass(frozen=True)
class GalleryView:
    """`before`, `after`: addresses of the reporter's first picture and of the latest proof; None: there is none."""

    before: str | None
    after: str | None
    pictures: list[PictureView]


PLAYED = {"audio/ogg": "audio", "audio/mpeg": "audio", "audio/aac": "audio", "audio/mp4": "audio", "video/mp4": "video"}
"""Types that browsers play, by what plays them; AMR and 3GPP are handed out as files."""


def view(card: Card, types: Mapping[str, str], staff: Staff, tr: Translate) -> GalleryView:
    """`types`: content types of offices' uploads."""
    shown = sorted(
        (_one(card, media, types.get(media), staff, tr) for media in card.closing.pictures),
        key=lambda one: one.n,
    )
    seen = [one for one in shown if one.image and one.url is not None]
    proofs = [one for one in seen if one.of == "office"]
    done = [one for one in proofs if card.closing.pictures[one.media].done]
    return GalleryView(
        before=next((one.url for one in seen if one.of == "reporter"), None),
        after=(done or proofs)[-1].url if proofs else None,
        pictures=shown,
    )


def _one(card: Card, media: str, uploaded: str | None, staff: Staff, tr: Translate) -> PictureView:
    picture = card.closing.pictures[media]
    kind = picture.content_type or uploaded
    sees = sight.sees_picture(staff, card, picture)
    label = later("Dari pelapor") if picture.of == "reporter" else later("Bukti kantor")
    return PictureView(
        media, picture.n, picture.of, tr(label), picture.audience, tr(labels.AUDIENCE[picture.audience]), kind,
        labels.file_type(kind or "", tr),
        image=(kind or "").startswith("image/"),
        plays=PLAYED.get(kind or "", "") if sees else "",
        public=(kind or "").startswith("image/"),
        url=f"/laporan/{card.ticket}/gambar/{media}" if sees else None,
        clears=sight.clears(staff, card, picture),
    )  # fmt: skip
