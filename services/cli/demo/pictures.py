"""Pictures for the stories, drawn: a street before and after, so that nobody's real street is shown."""

import io
import random
from typing import Literal

from PIL import Image, ImageDraw, ImageFilter, ImageOps

Scene = Literal["garbage", "clean", "drain_clogged", "drain_clear", "dark_street", "lit_street", "dry_tap", "water_tap"]

_SKY = {"dark_street": (18, 20, 38), "lit_street": (38, 36, 60)}


def draw(scene: Scene, place: str = "1") -> bytes:
    """A JPEG of about 20 kB. `place` decides what stands around: pictures of one place look alike, others don't."""
    rng, around = random.Random(f"{scene}/{place}"), random.Random(place)
    image = Image.new("RGB", (640, 480), _SKY.get(scene, (168, 200, 222)))
    pen = ImageDraw.Draw(image)
    horizon = 240 + around.randrange(100)
    ground = (46, 44, 48) if "street" in scene else (150, 140, 120)
    pen.rectangle((0, horizon, 640, 480), fill=ground)
    x = 0
    while x < 640:
        width, top, shade = 60 + around.randrange(140), 40 + around.randrange(170), 30 + around.randrange(200)
        if "street" in scene:
            shade //= 3
        pen.rectangle((x + 4, top, x + width - 6, horizon), fill=(shade, shade - 10, max(shade - 30, 0)))
        if around.random() < 0.6:
            pen.polygon(((x, top), (x + width // 2, top - 40), (x + width, top)), fill=(120, 60, 50))
        x += width + around.randrange(50)
    _SUBJECTS[scene](pen, rng)
    if around.random() < 0.5:
        image = ImageOps.mirror(image)
    out = io.BytesIO()
    image.filter(ImageFilter.GaussianBlur(0.8)).save(out, "JPEG", quality=80)
    return out.getvalue()


def _garbage(pen: ImageDraw.ImageDraw, rng: random.Random) -> None:
    for _ in range(90):
        x, y, r = rng.randrange(140, 500), rng.randrange(290, 420), rng.randrange(8, 30)
        colour = rng.choice([(40, 40, 44), (200, 200, 196), (90, 130, 80), (180, 60, 50), (60, 80, 160)])
        pen.ellipse((x - r, y - r, x + r, y + r // 2), fill=colour)


def _clean(pen: ImageDraw.ImageDraw, rng: random.Random) -> None:
    pen.rectangle((0, 380, 640, 392), fill=(235, 235, 225))
    pen.rectangle((430, 250, 500, 340), fill=(30 + rng.randrange(20), 120, 70))


def _drain_clogged(pen: ImageDraw.ImageDraw, rng: random.Random) -> None:
    pen.polygon(((200, 480), (440, 480), (360, 300), (290, 300)), fill=(70, 62, 40))
    _garbage(pen, rng)


def _drain_clear(pen: ImageDraw.ImageDraw, rng: random.Random) -> None:
    pen.polygon(((200, 480), (440, 480), (360, 300), (290, 300)), fill=(90, 150, 180 + rng.randrange(20)))


def _posts(rng: random.Random) -> list[int]:
    """Where the lamps stand: no two streets have theirs alike."""
    return sorted(rng.sample(range(40, 600, 80), rng.randrange(2, 5)))


def _dark_street(pen: ImageDraw.ImageDraw, rng: random.Random) -> None:
    for x in _posts(rng):
        pen.rectangle((x, 90, x + 8, 330), fill=(60, 60, 66 + rng.randrange(8)))


def _lit_street(pen: ImageDraw.ImageDraw, rng: random.Random) -> None:
    for x in _posts(rng):
        top = 60 + rng.randrange(140)
        pen.rectangle((x, top, x + 8, 330), fill=(60, 60, 66))
        pen.polygon(((x + 4, top), (x - 30 - rng.randrange(70), 470), (x + 110, 470)), fill=(200, 180, 110))
        pen.ellipse((x - 14, top - 16, x + 22, top + 14), fill=(255, 244, 200))


def _tap(pen: ImageDraw.ImageDraw, rng: random.Random) -> None:
    pen.rectangle((250, 180, 400, 205), fill=(150, 150, 156 + rng.randrange(8)))
    pen.rectangle((375, 180, 400, 250), fill=(150, 150, 156))
    pen.rectangle((320, 380, 460, 470), fill=(60, 90, 160))


def _water(pen: ImageDraw.ImageDraw, rng: random.Random) -> None:
    _tap(pen, rng)
    pen.rectangle((380, 250, 396, 390), fill=(190, 220, 240))


_SUBJECTS = {
    "garbage": _garbage,
    "clean": _clean,
    "drain_clogged": _drain_clogged,
    "drain_clear": _drain_clear,
    "dark_street": _dark_street,
    "lit_street": _lit_street,
    "dry_tap": _tap,
    "water_tap": _water,
}
