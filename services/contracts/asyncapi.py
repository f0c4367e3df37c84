"""The adapters' side of NATS as an AsyncAPI 3.0 document, from the same models as everything else.

Sections followed: AsyncAPI 3.0.0 "Channel Object", "Operation Object" (from the adapter's point of view: it sends what
comes in to the city and receives what goes out), "NATS Bindings" (0.1.0). `<city>` and `<channel>` are parameters.
"""

from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from services.contracts.intake import DeliveryReceipt, IntakeMessage, IntakeRefusal
from services.contracts.outbound import OutboundMessage

VERSION = "1.0.0"

_PARAMETERS = {
    "city": {"description": "The city's id, as `tuntas credentials` names it."},
    "channel": {"description": "The adapter's channel, as the city file names it."},
}

_MESSAGES: dict[str, tuple[type[BaseModel], str]] = {
    "intakeMessage": (IntakeMessage, "A person's message."),
    "deliveryReceipt": (DeliveryReceipt, "What the platform says of a message that was sent."),
    "intakeRefusal": (IntakeRefusal, "Why a message was not taken; it is parked, not lost."),
    "outboundMessage": (OutboundMessage, "A whole message to be sent, kept 24 hours at most."),
}

_CHANNELS: dict[str, tuple[str, tuple[str, ...], str]] = {
    "intake": (
        "intake.{city}.{channel}",
        ("intakeMessage", "deliveryReceipt"),
        "Published as a request: the broker's acknowledgement says that it is on disk. No Nats-Msg-Id.",
    ),
    "refusals": ("refusals.{city}.{channel}", ("intakeRefusal",), "Core NATS; who listens hears it."),
    "outbound": (
        "outbound.{city}.{channel}",
        ("outboundMessage",),
        "Pulled from the durable consumer `<city>-<channel>` of the stream OUTBOUND, acked when it was sent.",
    ),
}

_OPERATIONS = {
    "handIn": ("send", "intake"),
    "hearRefusals": ("receive", "refusals"),
    "sendOut": ("receive", "outbound"),
}


def document() -> dict[str, Any]:
    """The whole document; JSON is YAML too, so it can be given to any tool of AsyncAPI's."""
    _, shared = models_json_schema([(model, "validation") for model, _ in _MESSAGES.values()], ref_template=_REF)
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Tuntas: channel adapters",
            "version": VERSION,
            "description": "How a program brings a channel of its own to a city. See docs/adapters.md.",
            "license": {"name": "Apache-2.0"},
        },
        "defaultContentType": "application/json",
        "channels": {
            name: {
                "address": address,
                "description": description,
                "parameters": _PARAMETERS,
                "messages": {one: {"$ref": f"#/components/messages/{one}"} for one in messages},
            }
            for name, (address, messages, description) in _CHANNELS.items()
        },
        "operations": {
            name: {"action": action, "channel": {"$ref": f"#/channels/{channel}"}}
            for name, (action, channel) in _OPERATIONS.items()
        },
        "components": {
            "messages": {
                name: {"summary": summary, "payload": {"$ref": _REF.format(model=model.__name__)}}
                for name, (model, summary) in _MESSAGES.items()
            },
            "schemas": shared["$defs"],
        },
    }


_REF = "#/components/schemas/{model}"
