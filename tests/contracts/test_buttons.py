"""What a button of ours says when it comes back."""

import pytest

from services.contracts import buttons

COMPLAINT = "abcdefghijklmnopqrstuvwxyz"


def test_a_payload_is_read_as_it_was_written() -> None:
    assert buttons.payload("confirm", COMPLAINT) == f"confirm:{COMPLAINT}"
    assert buttons.read(buttons.payload("reopen", COMPLAINT)) == ("reopen", COMPLAINT)


@pytest.mark.parametrize("foreign", ["", "confirm", f"confirm:{COMPLAINT}\n", f"drop:{COMPLAINT}", "confirm:../x"])
def test_a_button_that_is_none_of_ours_says_nothing(foreign: str) -> None:
    assert buttons.read(foreign) is None
