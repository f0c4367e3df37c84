"""A picture's fingerprint: 64 bits that stay nearly the same when it is re-compressed, resized, cut a little or lit.

A perceptual hash of our own (the signs of a small picture's lowest frequencies, by a discrete cosine transform): the
usual library brings numpy, scipy and wavelets into the process, a hundred megabytes for a millisecond of arithmetic.
What the bits mean and how far apart two may be: `services.contracts.fingerprints`.
"""

import math
from operator import mul

from PIL import Image, ImageStat

from services.contracts.fingerprints import FREQUENCIES

SIDE = 32
"""Pixels of the small grey picture that frequencies are taken of."""
PLAIN = 3.0
"""Standard deviation of its grey levels (of 255) below which there is nothing to tell two pictures apart by."""
_TRIMMED = 256
"""Pixels of the longest side of the copy in which a border is looked for."""
_EVEN, _EDGE, _ALONG = 4, 24, 0.6
"""Grey levels within a border's lines, since compression leaves some; by how many the picture behind it begins, along
what share of its edge: a clear sky is even, too, but ends nowhere so."""
_LEFT = 0.3
"""Share of width and height that must be left within a border; less is no picture in a border."""

_HIGHEST = max(max(pair) for pair in FREQUENCIES) + 1
_WAVES = tuple(
    tuple(math.cos(math.pi * (2 * at + 1) * frequency / (2 * SIDE)) for at in range(SIDE))
    for frequency in range(_HIGHEST)
)


def fingerprint(picture: Image.Image) -> int | None:
    """0 to 2**64 - 1; None for a picture too plain to compare (a dark or blank one)."""
    small = _unframed(_grey(picture)).resize((SIDE, SIDE), Image.Resampling.LANCZOS, reducing_gap=3.0)
    if ImageStat.Stat(small).stddev[0] < PLAIN:
        return None
    pixels = small.tobytes()
    rows = [pixels[at : at + SIDE] for at in range(0, SIDE * SIDE, SIDE)]
    across = [[sum(map(mul, wave, row)) for row in rows] for wave in _WAVES]
    bits = 0
    for bit, (u, v) in enumerate(FREQUENCIES):
        if sum(map(mul, _WAVES[v], across[u])) > 0:
            bits |= 1 << bit
    return bits


def _unframed(picture: Image.Image) -> Image.Image:
    """Without an even border, as a screenshot of a picture or a frame has it: the picture in it is the same one."""
    shrink = min(1.0, _TRIMMED / max(picture.size))
    size = max(3, round(picture.width * shrink)), max(3, round(picture.height * shrink))
    copy = picture.resize(size, Image.Resampling.BOX, reducing_gap=2.0)
    upper, lower = _border(copy), _border(copy.transpose(Image.Transpose.FLIP_TOP_BOTTOM))
    aside = copy.transpose(Image.Transpose.TRANSPOSE)
    left, right = _border(aside), _border(aside.transpose(Image.Transpose.FLIP_TOP_BOTTOM))
    width, height = copy.size
    if not (upper or lower or left or right):
        return picture
    if width - left - right < _LEFT * width or height - upper - lower < _LEFT * height:
        return picture
    across, down = picture.width / width, picture.height / height
    # One line more: where the border ends, both run into each other.
    return picture.crop((
        math.ceil((left + (left > 0)) * across), math.ceil((upper + (upper > 0)) * down),
        math.floor((width - right - (right > 0)) * across), math.floor((height - lower - (lower > 0)) * down),
    ))  # fmt: skip


def _border(picture: Image.Image) -> int:
    """How many lines from above are even and of one grey."""
    pixels, width = picture.tobytes(), picture.width
    first = pixels[:width]
    least, most = min(first), max(first)
    if most - least > _EVEN:
        return 0
    for line in range(1, picture.height):
        row = pixels[line * width : (line + 1) * width]
        darkest, brightest = min(row), max(row)
        least, most = min(least, darkest), max(most, brightest)
        if most - least > _EVEN:
            # Two lines on: compression spoils the border's last one, too.
            behind = pixels[(line + 2) * width : (line + 3) * width]
            other = sum(abs(grey - first[0]) > _EDGE for grey in behind)
            return line if other >= _ALONG * width else 0
    return 0


def _grey(picture: Image.Image) -> Image.Image:
    """What is transparent counts as white, as it is seen on a page."""
    if picture.mode in ("RGBA", "LA", "P", "PA"):
        seen = picture.convert("RGBA")
        ground = Image.new("RGBA", seen.size, (255, 255, 255, 255))
        return Image.alpha_composite(ground, seen).convert("L")
    return picture.convert("L")
