"""Address and secrets of a webhook, sealed with its own key: the page writes them, the sender reads them."""

from datetime import datetime

from pydantic import BaseModel

from services.runtime.sealing import DataKey, seal, unseal

PARTY = "webhook"
"""The party under which the key stands in the vault; the owner is the webhook."""


class Secret(BaseModel):
    secret: str
    until: datetime | None = None
    """It signs beside its successor until then."""


class Box(BaseModel):
    url: str
    secrets: tuple[Secret, ...]
    """The newest first."""

    def signing(self, now: datetime) -> list[str]:
        return [one.secret for one in self.secrets if one.until is None or one.until > now]


def closed(key: DataKey, name: str, box: Box) -> str:
    return seal(key, name, "webhook", box.model_dump_json())


def opened(key: DataKey, name: str, sealed: str) -> Box:
    return Box.model_validate_json(unseal(key, name, "webhook", sealed))
