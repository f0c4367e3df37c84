"""A picture's fingerprint as intake makes it and the check of evidence compares it: 64 bits, one a frequency.

Bit k is the sign of the k-th lowest frequency of the picture's small grey copy. Exchanging left and right changes the
sign of every odd frequency across, so a mirrored copy is found without a fingerprint of its own. Measured on generated
pictures: re-compressed, resized or lit otherwise 0 to 4 bits (in bright light up to 8), cropped by 2 % about 5, by 5 %
about 10, a tenth of it painted over about 8 to 13; pictures of different things 22 and more.
"""

BITS, BANDS, BAND_BITS = 64, 4, 16


def _lowest() -> tuple[tuple[int, int], ...]:
    """The 64 lowest frequencies (across, down) but for the mean, diagonal by diagonal."""
    found = [(across, total - across) for total in range(1, 12) for across in range(total + 1)]
    return tuple(found[:BITS])


FREQUENCIES = _lowest()
MIRRORED = sum(1 << bit for bit, (across, _) in enumerate(FREQUENCIES) if across % 2)
"""`fingerprint ^ MIRRORED` is that of the mirrored picture."""

SAME = 4
"""Up to so many bits apart it is the same picture, compressed anew, made smaller, brighter or darker."""
LIKE = 10
"""Up to so many it may be the same one, cut or painted over: a person looks."""


def distance(one: int, other: int) -> int:
    """Bits apart, 0 to 64."""
    return (one ^ other).bit_count()


def _within_two_bits() -> tuple[int, ...]:
    single = [1 << bit for bit in range(BAND_BITS)]
    return (0, *single, *(one | other for one in single for other in single if one < other))


_CHANGES = _within_two_bits()


def near_bands(fingerprint: int) -> list[list[int]]:
    """For each band the values within two bits of the fingerprint's own.

    Two fingerprints at most 11 bits apart differ by at most two in one of their four bands, so none is missed.
    """
    bands = [fingerprint >> shift & 0xFFFF for shift in range(0, BITS, BAND_BITS)]
    return [[band ^ change for change in _CHANGES] for band in bands]
