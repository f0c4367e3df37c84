"""Many small numbers side by side in one integer: adding two such integers adds all the numbers at once. Pure.

A model's weights of one feature (one per function, one per mark) are the lanes of one Python integer. What a word and
its pieces say together is added up when the word is first met, and kept, because people use few words.
"""

from collections.abc import Callable, Mapping, Sequence
from struct import Struct

from services.router.screening import features

LANE = 32
"""Bits of a number: room for the sum of more features than any message has."""
_BYTES = LANE // 8
_REMEMBERED = 50_000
"""Words whose share is kept; then forgotten all at once, as the usual ones come back soon."""


def packed(numbers: Sequence[int]) -> int:
    """Each below 2^32 and none below 0; the first is the lowest lane."""
    return sum(number << (LANE * at) for at, number in enumerate(numbers))


def unpacking(lanes: int) -> Callable[[int], tuple[int, ...]]:
    """From an integer of so many lanes to its numbers."""
    of, length = Struct(f"<{lanes}I").unpack, lanes * _BYTES

    def unpacked(value: int) -> tuple[int, ...]:
        return of(value.to_bytes(length, "little"))

    return unpacked


class Shares(dict[str, int]):
    """Word → the sum of all its features that `of` knows, each as `told` gives it; made when first asked for."""

    def __init__(self, of: Mapping[str, int], told: Callable[[int], int]) -> None:
        super().__init__()
        self._of, self._told = of, told

    def __missing__(self, word: str) -> int:
        if len(self) >= _REMEMBERED:
            self.clear()
        of = self._of
        known = [of[name] for name in features.of_word(word) if name in of]
        share = self[word] = sum(map(self._told, known))
        return share
