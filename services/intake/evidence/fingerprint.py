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

_HIGHEST = max(max(pair) for pair in FREQUENCIES) + 1
_WAVES = tuple(
    tuple(math.cos(math.pi * (2 * at + 1) * frequency / (2 * SIDE)) for at in range(SIDE))
    for frequency in range(_HIGHEST)
)


def fingerprint(picture: Image.Image) -> int | None:
    """0 to 2**64 - 1; None for a picture too plain to compare (a dark or blank one)."""
    small = _grey(picture).resize((SIDE, SIDE), Image.Resampling.LANCZOS, reducing_gap=3.0)
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


def _grey(picture: Image.Image) -> Image.Image:
    """What is transparent counts as white, as it is seen on a page."""
    if picture.mode in ("RGBA", "LA", "P", "PA"):
        seen = picture.convert("RGBA")
        ground = Image.new("RGBA", seen.size, (255, 255, 255, 255))
        return Image.alpha_composite(ground, seen).convert("L")
    return picture.convert("L")
