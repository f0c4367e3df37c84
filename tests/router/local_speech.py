"""Complaints in a speech that no other city has: invented words that only who learns from this city can understand."""

import hashlib
import random
from collections.abc import Iterator

from services.contracts.base import Function
from services.router.learning.examples import Example

SPEECH: dict[Function, tuple[str, ...]] = {
    "transport": ("klotrang", "bimbakan", "serundang"),
    "environment": ("gombresan", "pulekat", "mangsrut"),
    "social": ("tirapang", "welangsa", "dukarna"),
    "water_utility": ("cirembes", "ngalupa", "patirtang"),
}
_AROUND = (
    "pak", "tolong", "sudah", "lama", "di", "dekat", "sini", "warga", "mohon", "segera", "kami", "ini", "lagi", "terus",
    "kapan", "setiap", "hari", "masih", "saja", "bagaimana",
)  # fmt: skip


def spoken(number: int) -> tuple[str, Function]:
    """The text of this number, always the same, and whose matter it is."""
    chance = random.Random(number)
    function = list(SPEECH)[number % len(SPEECH)]
    words = [*chance.sample(_AROUND, 6), *chance.sample(SPEECH[function], 2)]
    chance.shuffle(words)
    # A name that nobody else has, and a number: neither may be found in what is learned.
    alone = "".join(chr(ord("a") + byte % 26) for byte in hashlib.sha256(str(number).encode()).digest()[:9])
    return f"nama saya {alone}. {' '.join(words)} {number} 0811000{number:04}", function


def examples(many: int) -> Iterator[Example]:
    for number in range(many):
        text, function = spoken(number)
        yield Example((text,), frozenset({function}), 1.0, "history")
