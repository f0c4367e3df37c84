"""Pictures made here, with and without the place in them."""

import io
import random

from PIL import Image, ImageDraw


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


def street(seed: int, width: int = 480, height: int = 360) -> Image.Image:
    """Something as varied as a photograph: clouds of colour, light above and dark below, a dozen things."""
    rng = random.Random(seed)
    picture = Image.new("RGB", (width, height), (128, 128, 128))
    for side in (3, 6, 12, 24, 48):
        noise = Image.new("RGB", (side, side))
        noise.putdata([tuple(rng.randrange(256) for _ in range(3)) for _ in range(side * side)])
        picture = Image.blend(picture, noise.resize((width, height), Image.Resampling.BICUBIC), 0.35)
    light = Image.linear_gradient("L").resize((width, height)).convert("RGB").rotate(180)
    picture = Image.blend(picture, light, 0.4)
    pen = ImageDraw.Draw(picture)
    for _ in range(12):
        x, y = rng.randrange(width), rng.randrange(height)
        end = (x + rng.randrange(20, width // 4), y + rng.randrange(20, height // 3))
        pen.rectangle(((x, y), end), fill=tuple(rng.randrange(256) for _ in range(3)))
    return picture


def as_jpeg(picture: Image.Image, quality: int = 90, exif: Image.Exif | None = None) -> bytes:
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=quality, **({"exif": exif} if exif is not None else {}))
    return target.getvalue()


def taken(moment: str, offset: str | None = None) -> Image.Exif:
    """Exif as a camera writes it: `2026:11:21 09:10:00`, its local time."""
    exif = Image.Exif()
    part = exif.get_ifd(0x8769)
    part[0x9003] = moment
    if offset is not None:
        part[0x9011] = offset
    exif[0x8769] = part
    return exif
