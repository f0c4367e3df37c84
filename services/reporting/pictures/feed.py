"""A picture as public feeds take it: JPEG, at most 1,440 pixels wide, its sides between 4:5 and 1.91:1. What is not of
that shape gets a white border; nothing of a proof is cut off.
"""

import io

from PIL import Image

WIDEST = 1440
LOWEST, HIGHEST = 4 / 5, 1.91


def fit_for_feeds(content: bytes) -> bytes | None:
    """None for what is no picture."""
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as opened:
            picture = opened.convert("RGB")
    except (OSError, ValueError):
        return None
    picture.thumbnail((WIDEST, WIDEST))
    width, height = picture.size
    wanted = min(max(width / height, LOWEST), HIGHEST)
    frame = (max(width, -(-height * wanted // 1)), max(height, -(-width / wanted // 1)))
    canvas = Image.new("RGB", (int(frame[0]), int(frame[1])), "white")
    canvas.paste(picture, ((canvas.width - width) // 2, (canvas.height - height) // 2))
    made = io.BytesIO()
    canvas.save(made, "JPEG", quality=88)
    return made.getvalue()
