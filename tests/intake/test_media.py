"""What is kept of a file, and what is not."""

import contextlib
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from services.intake.evidence.media import LONGEST_SIDE, Unfit, prepare
from tests.intake.pictures import jpeg, png


def test_a_pictures_place_is_read_and_then_gone() -> None:
    file = prepare(jpeg(place=True, note="nama pelapor"))
    assert file.place is not None
    assert (round(file.place.latitude, 4), round(file.place.longitude, 4)) == (-3.7917, 102.25)
    with Image.open(io.BytesIO(file.content)) as kept:
        assert not dict(kept.getexif())
        assert kept.size == (64, 48)
    assert b"nama pelapor" not in file.content
    assert b"Exif" not in file.content


def test_a_picture_without_a_place_says_nothing_of_it() -> None:
    assert prepare(jpeg()).place is None


def test_what_is_hidden_behind_a_picture_is_gone() -> None:
    file = prepare(jpeg() + b"<?php system('x'); ?>")
    assert b"<?php" not in file.content


def test_transparent_pictures_stay_so_and_large_ones_become_smaller() -> None:
    assert prepare(png()).content_type == "image/png"
    file = prepare(jpeg(5_000, 100))
    assert file.width == LONGEST_SIDE


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "broken"),
        (b"hello", "wrong_type"),
        (b"MZ\x90\x00" + b"\x00" * 60, "wrong_type"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "wrong_type"),
        (jpeg()[:200], "broken"),
        (b"\xff\xd8\xff" + b"\x00" * 100, "broken"),
        (b"%PDF-1.7 /OpenAction << /S /JavaScript >>", "dangerous"),
        (b"\x00" * (25 * 1024 * 1024 + 1), "too_large"),
        (png(9_000, 6_000), "dangerous"),
    ],
)
def test_what_is_not_fit_says_why(content: bytes, reason: str) -> None:
    with pytest.raises(Unfit) as caught:
        prepare(content)
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"OggS" + b"\x00" * 30, "audio/ogg"),
        (b"\x00\x00\x00\x18ftypisom" + b"\x00" * 30, "video/mp4"),
        (b"\x00\x00\x00\x18ftypM4A " + b"\x00" * 30, "audio/mp4"),
        (b"\x00\x00\x00\x18ftyp3gp4" + b"\x00" * 30, "video/3gpp"),
        (b"%PDF-1.7 plain", "application/pdf"),
    ],
)
def test_the_type_is_what_the_bytes_say(content: bytes, kind: str) -> None:
    assert prepare(content).content_type == kind


@pytest.mark.filterwarnings("ignore")
@settings(max_examples=150, deadline=None)
@given(st.sampled_from([b"", jpeg(place=True), png(), b"GIF89a"]), st.binary(max_size=300), st.data())
def test_no_damaged_file_breaks_it(start: bytes, noise: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(start)))
    with contextlib.suppress(Unfit):
        assert prepare(start[:at] + noise + start[at + len(noise) :]).content_type
