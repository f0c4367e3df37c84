"""A picture as public feeds take it: JPEG, at most 1,440 pixels wide, its sides between 4:5 and 1.91:1. What is not of
that shape gets a white border; nothing of a proof is cut off.
"""

import io

from PIL import Image, ImageDraw, ImageFont

WIDEST = 1440
LOWEST, HIGHEST = 4 / 5, 1.91


HEIGHT, GAP, BAND = 720, 12, 56
"""Pixels of the two that stand side by side, of what parts them, and of the line that names each."""


def side_by_side(before: bytes, after: bytes, names: tuple[str, str]) -> bytes | None:
    """Both in one picture, of the same height, each under its name; None where one is no picture."""
    found = [one for one in (_opened(before), _opened(after)) if one is not None]
    if len(found) < 2:
        return None
    both = [one.resize((max(1, min(HEIGHT * 2, one.width * HEIGHT // one.height)), HEIGHT)) for one in found]
    canvas = Image.new("RGB", (sum(one.width for one in both) + GAP, HEIGHT + BAND), "white")
    draw, font, left = ImageDraw.Draw(canvas), ImageFont.load_default(size=34), 0
    for one, name in zip(both, names, strict=True):
        draw.text((left + 10, 8), name, fill="black", font=font)
        canvas.paste(one, (left, BAND))
        left += one.width + GAP
    return _as_jpeg(canvas)


def _opened(content: bytes) -> Image.Image | None:
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as opened:
            return opened.convert("RGB")
    except (OSError, ValueError):
        return None


def _as_jpeg(picture: Image.Image) -> bytes:
    made = io.BytesIO()
    picture.save(made, "JPEG", quality=88)
    return made.getvalue()


def fit_for_feeds(content: bytes) -> bytes | None:
    """None for what is no picture."""
    picture = _opened(content)
    if picture is None:
        return None
    picture.thumbnail((WIDEST, WIDEST))
    width, height = picture.size
    wanted = min(max(width / height, LOWEST), HIGHEST)
    frame = (max(width, -(-height * wanted // 1)), max(height, -(-width / wanted // 1)))
    canvas = Image.new("RGB", (int(frame[0]), int(frame[1])), "white")
    canvas.paste(picture, ((canvas.width - width) // 2, (canvas.height - height) // 2))
    return _as_jpeg(canvas)
