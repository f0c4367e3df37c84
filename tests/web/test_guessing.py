"""Who guesses codes waits; who mistypes one, or shares an address, does not."""

from starlette.requests import Request

from services.web.guessing import EVERY, FREE, Guesses, address_of


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def guessing(clock: Clock, misses: int, address: str = "192.0.2.7") -> Guesses:
    guesses = Guesses(clock)
    for _ in range(misses):
        guesses.missed(address)
    return guesses


def test_the_first_codes_that_do_not_exist_cost_nothing() -> None:
    assert guessing(Clock(), FREE - 1).wait("192.0.2.7") == 0


def test_after_them_one_is_free_every_so_often() -> None:
    clock = Clock()
    guesses = guessing(clock, FREE)
    assert guesses.wait("192.0.2.7") == EVERY
    clock.now += EVERY
    assert guesses.wait("192.0.2.7") == 0
    guesses.missed("192.0.2.7")
    assert guesses.wait("192.0.2.7") == EVERY


def test_others_go_on() -> None:
    assert guessing(Clock(), FREE * 3).wait("192.0.2.8") == 0


def test_it_is_forgotten_in_the_end() -> None:
    clock = Clock()
    guesses = guessing(clock, FREE)
    clock.now += FREE * EVERY
    for _ in range(FREE - 1):
        guesses.missed("192.0.2.7")
    assert guesses.wait("192.0.2.7") == 0


def test_a_home_has_one_address_however_many_it_uses() -> None:
    def asked(host: str) -> str:
        return address_of(Request({"type": "http", "client": (host, 1), "headers": []}))

    assert asked("2001:db8:1:2:aaaa::1") == asked("2001:db8:1:2:bbbb::9") != asked("2001:db8:1:3::1")
    assert asked("192.0.2.7") == "192.0.2.7"
