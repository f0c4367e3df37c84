"""Facts about offices' own programs: kind `webhook`, id of the registered webhook. No address stands in them."""

from typing import Literal

from pydantic import TypeAdapter

from services.contracts.base import Moment, Stored, Token
from services.contracts.envelope import Recorded

KIND = "webhook"
TYPE = "city.webhook_disabled"


class WebhookDisabled(Stored):
    """`city.webhook_disabled`: the program is not called any more, and its holders and the administrators are told."""

    seat: Token
    why: Literal["failing", "gone"]
    """It took no call for three days, or asked for no more (410)."""
    since: Moment


READER: TypeAdapter[Recorded[WebhookDisabled]] = TypeAdapter(Recorded[WebhookDisabled])
