"""What several actions are made of."""

from typing import Annotated

from pydantic import AfterValidator, Field

_UNSEEN = dict.fromkeys([*range(9), *range(11, 32), 127, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""Control characters but tab and line feed, and what turns the direction of writing around."""


def readable(text: str) -> str:
    """What a person will see of it. Raises ValueError where that is nothing."""
    seen = text.translate(_UNSEEN)
    if not any(letter.isprintable() and not letter.isspace() for letter in seen):
        raise ValueError("nothing that can be read")
    return seen


Text = Annotated[str, Field(min_length=1, max_length=8_000), AfterValidator(readable)]

WebLink = Annotated[str, Field(max_length=500, pattern=r"^https://[^\s<>\"']+$")]
"""A public page; what would break out of one is none."""

MediaReference = Annotated[str, Field(min_length=1, max_length=200)]

Evidence = Annotated[tuple[MediaReference, ...], Field(max_length=20)]
