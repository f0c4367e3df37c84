"""Numbers side by side in one integer, and what a word and its pieces say together."""

from hypothesis import given
from hypothesis import strategies as st

from services.router.screening import concepts, features, lanes

NUMBERS = st.lists(st.integers(0, 2**31 - 1), min_size=1, max_size=30)


@given(NUMBERS)
def test_what_was_packed_comes_back(numbers: list[int]) -> None:
    assert list(lanes.unpacking(len(numbers))(lanes.packed(numbers))) == numbers


@given(NUMBERS, st.data())
def test_adding_two_integers_adds_every_lane(numbers: list[int], data: st.DataObject) -> None:
    others = data.draw(st.lists(st.integers(0, 2**31 - 1), min_size=len(numbers), max_size=len(numbers)))
    added = lanes.packed(numbers) + lanes.packed(others)
    assert lanes.unpacking(len(numbers))(added) == tuple(a + b for a, b in zip(numbers, others, strict=True))


def test_a_word_says_what_all_its_known_pieces_say_and_an_unknown_one_nothing() -> None:
    known = {"rusak": 1, "~rusa": 10, "~sak$": 100, "~lain": 1000}
    shares = lanes.Shares(known, lambda value: value)
    assert shares["rusak"] == 111
    assert shares["rusa"] == 10 == shares["rusa"]
    assert shares["got"] == 0


def test_a_word_is_weighed_only_once() -> None:
    asked: list[int] = []

    def told(value: int) -> int:
        asked.append(value)
        return value

    shares = lanes.Shares({"got": 7}, told)
    assert [shares["got"], shares["got"]] == [7, 7]
    assert asked == [7]


def test_short_words_have_no_pieces() -> None:
    assert list(features.of_word("got")) == ["got"]
    assert list(features.of_word("rusa"))[1:4] == ["~^ru", "~rus", "~usa"]


def test_two_senses_near_each_other_are_one_feature_in_the_order_in_which_they_were_said() -> None:
    found = concepts.senses(["api", "x", "rumah", "kamar"])
    assert {"#fire", "#inside", "#fire #inside"} <= found
    assert "#inside #fire" not in found
    far = concepts.senses(["api", *["x"] * concepts.NEAR, "kamar"])
    assert "#fire" in far
    assert "#fire #inside" not in far
