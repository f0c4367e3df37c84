"""What is found against the pictures of one command, and whether it is refused. Pure."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from services.complaint.events import Mark
from services.contracts.city.policy import EvidenceRules
from services.contracts.commands import Refusal
from services.contracts.fingerprints import LIKE, SAME

Whose = Literal["before", "used_before", "another"]

_SENTENCE: dict[Whose, str] = {
    "before": "Gambar bukti ini sama dengan gambar dari pelapor. Kirim gambar baru sesudah dikerjakan.",
    "used_before": "Gambar bukti ini sudah dipakai sebelum laporan dibuka lagi. Kirim gambar baru.",
    "another": "Gambar bukti ini sudah dipakai pada laporan lain. Kirim gambar dari tempat laporan ini.",
}
_MARKED: dict[Whose, Literal["like_before", "used_before", "like_another"]] = {
    "before": "like_before", "used_before": "used_before", "another": "like_another",
}  # fmt: skip

EARTH_KM = 6371.0


@dataclass(frozen=True, slots=True)
class Likeness:
    """A picture that is known already, `bits` of 64 away from the one that is shown."""

    bits: int
    whose: Whose
    other: str | None = None
    """The other complaint, for `another`."""


@dataclass(frozen=True, slots=True)
class Spot:
    """`exact`: pinned by the reporter; otherwise the middle of the kelurahan."""

    latitude: float
    longitude: float
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Shown:
    """One picture of the command. `place` and `taken` are None where it does not say: that is no mismatch."""

    media: str
    likenesses: tuple[Likeness, ...] = ()
    place: Spot | None = None
    taken: datetime | None = None
    """As the camera says; naive: its local time."""


@dataclass(frozen=True, slots=True)
class Matter:
    """What the pictures are held against."""

    begun: datetime
    """Receipt, or the last reopening."""
    zone: ZoneInfo
    place: Spot | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    marks: tuple[Mark, ...] = ()
    refusal: Refusal | None = None


def judge(rules: EvidenceRules, matter: Matter, shown: Sequence[Shown], *, finished: bool) -> Judged:
    """A refusal if one of them is no picture of this work at all, else every doubt that a person should look at.

    `finished`: shown with a resolution, not on the way to one.
    """
    marks: list[Mark] = []
    for picture in shown:
        for likeness in _nearest(picture.likenesses):
            if likeness.bits <= SAME and rules.reused == "refuse":
                sentence = _SENTENCE[likeness.whose]
                return Judged(refusal=Refusal(code="evidence_reused", message=sentence, field="evidence"))
            if likeness.bits <= SAME or _counts(likeness, finished=finished):
                marks.append(Mark(
                    media=picture.media, reason=_MARKED[likeness.whose], bits=likeness.bits, other=likeness.other
                ))  # fmt: skip
        marks += _place(rules, matter, picture)
        marks += _time(rules, matter, picture)
    return Judged(tuple(marks))


def _nearest(likenesses: Iterable[Likeness]) -> list[Likeness]:
    """Of each kind the one that is most like it."""
    found: dict[Whose, Likeness] = {}
    for one in sorted(likenesses, key=lambda one: (one.bits, one.other or "")):
        found.setdefault(one.whose, one)
    return list(found.values())


def _counts(likeness: Likeness, *, finished: bool) -> bool:
    """On the way a picture from the same spot looks like the one before; only a finished work must look otherwise."""
    return likeness.bits <= LIKE and (likeness.whose != "before" or finished)


def _place(rules: EvidenceRules, matter: Matter, picture: Shown) -> list[Mark]:
    if picture.place is None or matter.place is None:
        return []
    apart = kilometres(picture.place, matter.place)
    allowed = rules.far_km if matter.place.exact else rules.far_from_ward_km
    return [Mark(media=picture.media, reason="far_away", km=round(apart))] if apart > allowed else []


def _time(rules: EvidenceRules, matter: Matter, picture: Shown) -> list[Mark]:
    if picture.taken is None:
        return []
    taken = picture.taken if picture.taken.tzinfo else picture.taken.replace(tzinfo=matter.zone)
    early = taken < matter.begun - timedelta(hours=rules.clock_off_hours)
    return [Mark(media=picture.media, reason="taken_before")] if early else []


def kilometres(one: Spot, other: Spot) -> float:
    """Along a great circle (haversine)."""
    a, b = math.radians(one.latitude), math.radians(other.latitude)
    across = math.radians(other.longitude - one.longitude)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(across / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(min(1.0, half)))
