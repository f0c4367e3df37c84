"""Pictures made here, with and without the place in them."""

import io

from PIL import Image


def jpeg(width: int = 64, height: int = 48, *, place: bool = False, note: str | None = None) -> bytes:
    exif = Image.Exif()
    if place:
        exif[0x8825] = {1: "S", 2: (3.0, 47.0, 30.0), 3: "E", 4: (102.0, 15.0, 0.0)}
    if note is not None:
        exif[0x010E] = note
    target = io.BytesIO()
    Image.new("RGB", (width, height), (200, 30, 30)).save(target, "JPEG", exif=exif)
    return target.getvalue()


def png(width: int = 8, height: int = 8) -> bytes:
    target = io.BytesIO()
    Image.new("RGBA", (width, height), (0, 0, 0, 0)).save(target, "PNG")
    return target.getvalue()
