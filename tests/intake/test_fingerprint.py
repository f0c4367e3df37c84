"""A picture is known again after everything that people and programs do to it, and is not taken for another."""

import io
from collections.abc import Callable

import pytest
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageOps

from services.contracts.fingerprints import LIKE, MIRRORED, SAME, distance, near_bands
from services.intake.evidence.fingerprint import fingerprint
from services.intake.evidence.media import prepare
from tests.intake.pictures import as_jpeg, street, taken

SEEDS = range(6)


def _of(picture: Image.Image) -> int:
    found = fingerprint(picture)
    assert found is not None
    return found


def _again(picture: Image.Image, quality: int) -> Image.Image:
    return Image.open(io.BytesIO(as_jpeg(picture, quality)))


def _cut(picture: Image.Image, share: float) -> Image.Image:
    across, down = int(picture.width * share), int(picture.height * share)
    return picture.crop((across, down, picture.width - across, picture.height - down))


def _painted_over(picture: Image.Image) -> Image.Image:
    copy = picture.copy()
    x, y = int(copy.width * 0.45), int(copy.height * 0.55)
    ImageDraw.Draw(copy).rectangle((x, y, x + copy.width // 6, y + copy.height // 6), fill=(150, 140, 120))
    return copy


@pytest.mark.parametrize(
    ("what", "change"),
    [
        ("sent through a messenger", lambda p: _again(p, 30)),
        ("made small", lambda p: p.resize((p.width // 4, p.height // 4))),
        ("darkened", lambda p: ImageEnhance.Brightness(p).enhance(0.7)),
        ("faded", lambda p: ImageEnhance.Contrast(p).enhance(0.7)),
        ("blurred", lambda p: p.filter(ImageFilter.GaussianBlur(2))),
        ("made grey", lambda p: p.convert("L")),
        ("saved as PNG with a palette", lambda p: p.convert("P")),
    ],
)
@pytest.mark.parametrize("seed", SEEDS)
def test_it_is_the_same_picture_when_it_was(what: str, change: Callable[[Image.Image], Image.Image], seed: int) -> None:
    picture = street(seed)
    assert distance(_of(change(picture)), _of(picture)) <= SAME, what


@pytest.mark.parametrize("seed", SEEDS)
def test_one_that_was_cut_or_painted_over_is_like_it(seed: int) -> None:
    picture = street(seed)
    for changed in (_cut(picture, 0.01), _cut(picture, 0.02), _painted_over(picture)):
        assert distance(_of(changed), _of(picture)) <= LIKE


@pytest.mark.parametrize(
    ("what", "change"),
    [
        ("a screenshot of a chat", lambda p: _again(ImageOps.pad(p, (540, 960), color="black"), 60)),
        ("a print with a white rim", lambda p: ImageOps.expand(p, 24, "white")),
        ("a bar above alone", lambda p: ImageOps.expand(p, (0, 50, 0, 0), (32, 44, 51))),
        ("bars at its sides", lambda p: ImageOps.expand(p, (90, 0, 90, 0), "black")),
    ],
)
@pytest.mark.parametrize("seed", SEEDS)
def test_a_picture_in_a_frame_is_the_picture(
    what: str, change: Callable[[Image.Image], Image.Image], seed: int
) -> None:
    picture = street(seed)
    assert distance(_of(change(picture)), _of(picture)) <= SAME, what


@pytest.mark.parametrize("seed", SEEDS)
def test_a_clear_sky_is_no_frame_however_it_is_lit(seed: int) -> None:
    picture = street(seed)
    sky = Image.linear_gradient("L").resize((picture.width, picture.height // 3)).point(lambda grey: 190 + grey // 12)
    picture.paste(sky.convert("RGB"), (0, 0))
    ImageDraw.Draw(picture).polygon(((0, 120), (picture.width, 90), (picture.width, 160), (0, 160)), fill=(60, 70, 50))
    for light in (0.7, 1.15):
        assert distance(_of(ImageEnhance.Brightness(picture).enhance(light)), _of(picture)) <= LIKE


@pytest.mark.parametrize("size", [(1, 1), (2, 900), (900, 2), (3, 3), (5000, 7)])
def test_no_shape_is_an_error(size: tuple[int, int]) -> None:
    picture = street(1).resize(size)
    assert fingerprint(picture) is None or 0 <= _of(picture) < 2**64


@pytest.mark.parametrize("seed", SEEDS)
def test_a_mirrored_copy_is_found_by_the_mirrored_fingerprint(seed: int) -> None:
    picture = street(seed)
    mirrored = _of(picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT))
    assert distance(mirrored ^ MIRRORED, _of(picture)) <= SAME


def test_pictures_of_different_things_are_far_apart() -> None:
    found = [_of(street(seed)) for seed in range(16)]
    assert min(distance(one, other) for at, one in enumerate(found) for other in found[:at]) > LIKE + 4


def test_a_blank_or_dark_picture_has_none_so_nothing_is_said_of_it() -> None:
    assert fingerprint(Image.new("RGB", (300, 200), (3, 3, 8))) is None
    assert prepare(as_jpeg(Image.new("RGB", (300, 200), (250, 250, 250)))).fingerprint is None


def test_two_that_differ_in_eleven_bits_share_a_near_band() -> None:
    one = _of(street(1))
    for step in (5, 7, 11, 13):
        other = one
        for bit in range(11):
            other ^= 1 << (bit * step) % 64
        bands = [other >> shift & 0xFFFF for shift in (0, 16, 32, 48)]
        assert any(band in values for band, values in zip(bands, near_bands(one), strict=True))


@pytest.mark.parametrize(
    ("moment", "offset", "read"),
    [
        ("2026:11:21 09:10:00", None, "2026-11-21T09:10:00"),
        ("2026:11:21 09:10:00", "+07:00", "2026-11-21T09:10:00+07:00"),
        ("0000:00:00 00:00:00", None, None),
        ("1980:01:01 00:00:00", None, None),
        ("kemarin sore", None, None),
        ("2026:11:21 09:10:00", "besok", None),
    ],
)
def test_the_cameras_time_is_read_when_it_makes_sense_and_is_gone_from_what_is_kept(
    moment: str, offset: str | None, read: str | None
) -> None:
    file = prepare(as_jpeg(street(1), exif=taken(moment, offset)))
    assert (file.taken.isoformat() if file.taken else None) == read
    with Image.open(io.BytesIO(file.content)) as kept:
        assert not dict(kept.getexif())
