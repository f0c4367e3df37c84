"""Tickets: read as people type them, and no typing error leads to somebody else's complaint."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from services.contracts import tickets

NUMBERS = st.integers(0, 2**40 - 1)


@st.composite
def made(draw: st.DrawFn) -> str:
    ticket = tickets.make("BKL", draw(NUMBERS))
    assume(ticket is not None)
    assert ticket is not None
    return ticket


@given(made())
def test_a_ticket_is_found_however_it_is_typed(ticket: str) -> None:
    plain = ticket.replace("-", "")
    for typed in (ticket, ticket.lower(), plain, ticket.replace("-", " "), f"  {ticket} "):
        assert tickets.read(typed) == ticket
    assert tickets.find(f"gmn laporan sy {ticket.lower()} pak?") == ticket


@given(made())
def test_letters_that_look_alike_are_read_as_meant(ticket: str) -> None:
    body = ticket[4:].replace("1", "l").replace("0", "o").replace("V", "u")
    assert tickets.read(ticket[:4] + body) == ticket


@given(made(), st.integers(0, 8), st.sampled_from(tickets.ALPHABET))
def test_one_wrong_character_is_never_another_ticket(ticket: str, at: int, char: str) -> None:
    plain = ticket.replace("-", "")
    position = 3 + at
    assume(plain[position] != char)
    assert tickets.read(plain[:position] + char + plain[position + 1 :]) is None


@given(made(), st.integers(0, 7))
def test_two_neighbours_swapped_are_never_another_ticket(ticket: str, at: int) -> None:
    plain = ticket.replace("-", "")
    one = 3 + at
    assume(plain[one] != plain[one + 1])
    assert tickets.read(plain[:one] + plain[one + 1] + plain[one] + plain[one + 2 :]) is None


@pytest.mark.parametrize("text", ["", "P", "halo pak", "BKL", "BKL-12345678", "tolong lampu jalan depan rumah mati"])
def test_what_is_no_ticket_is_none(text: str) -> None:
    assert tickets.find(text) is None
