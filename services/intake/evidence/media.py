"""Files made safe to keep: type by content, pictures re-encoded, the place they were taken read and then gone.

A picture is decoded and written anew, so nothing that hid in it survives. Sound, film and PDF can't be re-encoded here:
they are taken by their first bytes and kept as they are, sealed.
"""

import io
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from PIL import Image, ImageOps

from services.contracts.intake import Pin
from services.intake.evidence.fingerprint import fingerprint

MAX_BYTES = 25 * 1024 * 1024
MAX_PIXELS = 50_000_000
LONGEST_SIDE = 4_096
"""Pixels; larger pictures are made smaller."""

Refusal = Literal["too_large", "wrong_type", "broken", "dangerous"]

_GPS = 0x8825
"""Exif 2.32 tag GPSInfo; within it 1 to 4 are reference and value of latitude and longitude."""
_EXIF, _TAKEN, _OFFSET = 0x8769, 0x9003, 0x9011
"""Exif 2.32: the Exif part, and in it DateTimeOriginal and OffsetTimeOriginal (which few cameras write)."""
_ACTIVE = (b"/JavaScript", b"/JS ", b"/JS(", b"/Launch", b"/EmbeddedFile")
"""PDF (ISO 32000-1) actions that run something."""


class Unfit(Exception):
    """The file is not taken. `reason` is the one of `EvidenceRefused`."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason)
        self.reason: Refusal = reason


@dataclass(frozen=True, slots=True)
class File:
    """What is kept. `place`, `taken`: where and when the file itself says it was taken; None says nothing (WhatsApp
    strips both). `taken` is naive, the camera's local time, unless the camera wrote its offset."""

    content: bytes
    content_type: str
    width: int | None = None
    height: int | None = None
    place: Pin | None = None
    taken: datetime | None = None
    fingerprint: int | None = None
    """Of a picture (`services.intake.evidence.fingerprint`); None if it is none or too plain."""


def prepare(content: bytes) -> File:
    """Raises Unfit. Takes up to a second of CPU for a large picture: call it in a thread."""
    if not content:
        raise Unfit("broken")
    if len(content) > MAX_BYTES:
        raise Unfit("too_large")
    kind = _kind(content)
    if kind is None:
        raise Unfit("wrong_type")
    if kind == "application/pdf" and any(mark in content for mark in _ACTIVE):
        raise Unfit("dangerous")
    return _picture(content) if kind.startswith("image/") else File(content, kind)


def _kind(content: bytes) -> str | None:
    """By the first bytes; what the sender says of it does not count."""
    head = content[:16]
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if head.startswith(b"%PDF-"):
        return "application/pdf"
    if head.startswith(b"OggS"):
        return "audio/ogg"
    if head.startswith(b"#!AMR"):
        return "audio/amr"
    if head.startswith(b"ID3") or head[:2] in (b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"):
        return "audio/mpeg"
    if head[:2] in (b"\xff\xf1", b"\xff\xf9"):
        return "audio/aac"
    if head[4:8] == b"ftyp":
        return _iso_media(head[8:12])
    return None


def _iso_media(brand: bytes) -> str | None:
    """ISO 14496-12: the brand tells film from sound; HEIC pictures we can't decode."""
    if brand in (b"heic", b"heix", b"mif1", b"avif"):
        return None
    if brand.startswith(b"3g"):
        return "video/3gpp"
    return "audio/mp4" if brand == b"M4A " else "video/mp4"


def _picture(content: bytes) -> File:
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP", "GIF")) as opened:
            _check_size(opened)
            place, taken = _place(opened), _taken(opened)
            upright = ImageOps.exif_transpose(opened)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            return replace(_written(upright), place=place, taken=taken, fingerprint=fingerprint(upright))
    except Image.DecompressionBombError:
        raise Unfit("dangerous") from None
    except Unfit:
        raise
    # Decoders of damaged files raise whatever they stumble over (PIL's own errors are OSError).
    except (OSError, ValueError, SyntaxError, EOFError, TypeError, LookupError) as error:
        raise Unfit("broken") from error


def _check_size(picture: Image.Image) -> None:
    if picture.width * picture.height > MAX_PIXELS:
        raise Unfit("dangerous")


def _written(picture: Image.Image) -> File:
    target = io.BytesIO()
    if picture.mode in ("RGBA", "LA", "P", "PA"):
        clean = picture.convert("RGBA")
        clean.info.clear()
        clean.save(target, "PNG", optimize=False)
        return File(target.getvalue(), "image/png", clean.width, clean.height)
    clean = picture.convert("RGB")
    clean.info.clear()
    clean.save(target, "JPEG", quality=85, exif=b"", icc_profile=None)
    return File(target.getvalue(), "image/jpeg", clean.width, clean.height)


def _place(picture: Image.Image) -> Pin | None:
    """A suggestion: what does not read as a place is none."""
    try:
        gps: dict[int, Any] = dict(picture.getexif().get_ifd(_GPS))
        latitude, longitude = _degrees(gps[2], gps[1], "S"), _degrees(gps[4], gps[3], "W")
        if latitude == longitude == 0.0:
            return None
        return Pin(latitude=latitude, longitude=longitude)
    except (KeyError, IndexError, TypeError, ValueError, ZeroDivisionError, SyntaxError, OSError):
        return None


def _degrees(value: Any, reference: Any, negative: str) -> float:
    degrees, minutes, seconds = (float(part) for part in value)
    sign = -1.0 if str(reference).strip("\x00 ").upper() == negative else 1.0
    return sign * (degrees + minutes / 60 + seconds / 3600)


def _taken(picture: Image.Image) -> datetime | None:
    """Likewise: cameras without a set clock write zeros or their year of birth."""
    try:
        exif: dict[int, Any] = dict(picture.getexif().get_ifd(_EXIF))
        moment = datetime.strptime(_text(exif[_TAKEN]), "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 - local, as the camera says
        if moment.year < 2010:
            return None
        offset = _text(exif.get(_OFFSET, ""))
        return datetime.fromisoformat(moment.isoformat() + offset) if offset else moment
    except (KeyError, TypeError, ValueError, SyntaxError, OSError):
        return None


def _text(value: Any) -> str:
    return str(value).strip("\x00 ")
