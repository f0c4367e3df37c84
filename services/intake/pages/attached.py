"""Files that came with a form: each is checked and kept at once, or refused with a reason while the report goes on."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.datastructures import FormData, UploadFile

from services.intake.evidence import media
from services.intake.evidence.keeper import Keeper
from services.web.i18n import later

MOST = 8
"""Files at once."""
REFUSED = {
    "too_large": later("terlalu besar"), "wrong_type": later("bukan gambar, PDF, film atau suara yang dapat dibuka"),
    "broken": later("rusak"), "dangerous": later("berbahaya"), "too_many": later("lebih dari delapan"),
}  # fmt: skip


@dataclass(frozen=True)
class Attached:
    """`uploads`: references, those of an earlier try of the same form first. `refused`: reasons, one a file."""

    uploads: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


NONE = Attached()


async def take(keeper: Keeper, city: str, uploader: str, form: FormData, field: str = "files") -> Attached:
    """Raises what the machinery raises; then nothing is lost, for the person sends again."""
    uploads = list(_kept(form.getlist(f"{field}_kept")))
    refused: list[str] = []
    files = [one for one in form.getlist(field) if isinstance(one, UploadFile) and (one.filename or one.size)]
    for position, file in enumerate(files):
        if position >= MOST:
            refused.append("too_many")
            continue
        if file.size is not None and file.size > media.MAX_BYTES:
            refused.append("too_large")
            continue
        try:
            kept = await keeper.keep(city, uploader, await file.read())
        except media.Unfit as unfit:
            refused.append(unfit.reason)
        else:
            uploads.append(kept.reference)
    return Attached(tuple(dict.fromkeys(uploads)), tuple(refused))


def _kept(values: Sequence[object]) -> list[str]:
    """References look like the names of our blobs; whether they are this city's is checked when they are attached."""
    words = [word for value in values if isinstance(value, str) for word in value.split()]
    return [word for word in words if len(word) == 26 and word.isalnum()][:MOST]
