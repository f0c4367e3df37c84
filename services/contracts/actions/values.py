"""What several actions are made of."""

from typing import Annotated

from pydantic import Field

Text = Annotated[str, Field(min_length=1, max_length=8_000)]

MediaReference = Annotated[str, Field(min_length=1, max_length=200)]

Evidence = Annotated[tuple[MediaReference, ...], Field(max_length=20)]
