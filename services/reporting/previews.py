"""Every text as it would arrive, asked of the notifier, which alone makes them."""

from dataclasses import dataclass

from nats.aio.client import Client
from nats.errors import Error as NatsError
from pydantic import ValidationError

from services.contracts import subjects
from services.contracts.base import Confidentiality
from services.contracts.previews import Preview, PreviewRequest
from services.runtime.failures import Away
from services.runtime.replies import Replies

SECONDS = 5.0


@dataclass(frozen=True)
class Previews:
    connection: Client

    async def ask(self, city: str, confidentiality: Confidentiality) -> Preview | None:
        """None: the notifier does not answer now."""
        body = PreviewRequest(confidentiality=confidentiality).model_dump_json().encode()
        try:
            answer = await Replies.of(self.connection).ask(subjects.preview(city), body, SECONDS)
            return Preview.model_validate_json(answer.data)
        except (Away, NatsError, ValidationError, OSError, TimeoutError):
            return None
