"""How stories are told, and the pictures that they show."""

import io

import pytest
from PIL import Image
from rich.console import Console

from services.cli.demo.pictures import Scene, draw
from services.cli.demo.tell import Teller
from services.cli.demo.told import Told


def test_piped_lines_are_plain_one_a_turn_and_say_whose_story_it_is() -> None:
    out = io.StringIO()
    voice = Teller(Console(file=out)).voice(2, "Bengkulu medsos", "Asia/Jakarta")
    voice.opens("Bengkulu: sampah", "What the practice is.")
    voice.arrives("Terima kasih.\n\nNomor: [BKL]-1")
    assert "\x1b" not in out.getvalue()
    assert len(out.getvalue().splitlines()) == 2
    assert (
        out.getvalue()
        .splitlines()[1]
        .endswith("Bengkulu medsos: Tuntas, di telepon pelapor: “Terima kasih. Nomor: [BKL]-1”")
    )


def test_a_terminal_shows_words_as_they_came_also_with_brackets() -> None:
    out = io.StringIO()
    voice = Teller(Console(file=out, force_terminal=True, width=100)).voice(1, "Kupang", "Asia/Makassar")
    voice.citizen("lampu [mati] :sun:")
    assert "lampu [mati] :sun:" in out.getvalue()


def test_a_story_is_finished_only_with_an_end_and_without_a_failure() -> None:
    assert Told("kupang", "x", state="confirmed").finished
    assert Told("kupang", "x", state="silent").finished
    assert not Told("kupang", "x", state="received").finished
    assert not Told("kupang", "x", state="confirmed", failure="TimeoutError").finished


@pytest.mark.parametrize("scene", ["garbage", "clean", "drain_clogged", "drain_clear", "dark_street", "lit_street"])
def test_pictures_are_the_same_for_one_seed_and_differ_for_another(scene: Scene) -> None:
    assert draw(scene) == draw(scene)
    assert draw(scene, "1") != draw(scene, "2")
    assert Image.open(io.BytesIO(draw(scene))).format == "JPEG"
