"""The JSON Schemas (draft 2020-12) that adapters and agencies build on, one file per message and version.

`python -m services.contracts.schema_files` writes them beside this module; a test holds them to the models.
"""

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from services.contracts import asyncapi
from services.contracts.commands import AgencyCommand, CommandReply, StaffCommand
from services.contracts.intake import DeliveryReceipt, IntakeMessage, IntakeRefusal
from services.contracts.outbound import OutboundMessage
from services.contracts.scripted_chats import ScriptedChat
from services.contracts.tasks import OpenWork, Task

FOLDER = Path(__file__).parent / "schemas"
ASYNCAPI = "adapters.asyncapi.json"

PUBLISHED: dict[str, type[BaseModel]] = {
    "intake-message.v1": IntakeMessage,
    "delivery-receipt.v1": DeliveryReceipt,
    "intake-refusal.v1": IntakeRefusal,
    "outbound-message.v1": OutboundMessage,
    "task.v1": Task,
    "open-work.v1": OpenWork,
    "agency-command.v1": AgencyCommand,
    "staff-command.v1": StaffCommand,
    "command-reply.v1": CommandReply,
    "scripted-chat.v1": ScriptedChat,
}

_WE_WRITE = (IntakeRefusal, OutboundMessage, Task, OpenWork, CommandReply)
"""Their schemas say what others will read, so fields with a default are always there or null."""


def build(name: str) -> dict[str, Any]:
    model = PUBLISHED[name]
    body = model.model_json_schema(mode="serialization" if issubclass(model, _WE_WRITE) else "validation")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"urn:tuntas:{name}", **body}


def text(name: str) -> str:
    return json.dumps(build(name), indent=2, ensure_ascii=False) + "\n"


def asyncapi_text() -> str:
    return json.dumps(asyncapi.document(), indent=2, ensure_ascii=False) + "\n"


def write() -> None:
    FOLDER.mkdir(exist_ok=True)
    for name in PUBLISHED:
        (FOLDER / f"{name}.json").write_text(text(name), encoding="utf-8")
    (FOLDER / ASYNCAPI).write_text(asyncapi_text(), encoding="utf-8")


if __name__ == "__main__":
    write()
