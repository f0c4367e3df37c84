"""The published JSON Schemas say what the models say, and what they say is valid JSON Schema."""

import json
from datetime import UTC, datetime

import jsonschema
import pytest

from services.contracts import schema_files
from services.contracts.commands import Accept, AgencyCommand, CommandReply, Refusal
from services.contracts.intake import IntakeMessage, IntakeRefusal, Sender
from services.contracts.outbound import OutboundMessage
from services.contracts.tasks import Task, TaskClock

NOW = datetime(2026, 3, 9, 2, 0, tzinfo=UTC)

WRITTEN = {
    "intake-message.v1": IntakeMessage(id="1", sender=Sender(person="@contoh"), text="Lampu mati"),
    "intake-refusal.v1": IntakeRefusal(id="1", code="invalid", field="sender.person", message="wajib"),
    "outbound-message.v1": OutboundMessage(
        notice="n", city="kupang", channel="posko", door="posko", to="x", reply_to=None, text="t", expires_at=NOW
    ),
    "agency-command.v1": AgencyCommand(id="1", complaint="a" * 26, action=Accept(do="accept")),
    "command-reply.v1": CommandReply(id="1", refusal=Refusal(code="not_yours", message="Bukan tugas Anda.")),
    "task.v1": Task(
        complaint="a" * 26, n=3, city="kupang", seat="dlhk", ticket="KPG-X", update="assigned", state="open",
        role="lead", at=NOW, clocks=(TaskClock(name="first_response", due=NOW, because="24 jam", running=True),),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", schema_files.PUBLISHED)
def test_the_file_beside_the_models_is_what_they_say(name: str) -> None:
    stored = (schema_files.FOLDER / f"{name}.json").read_text(encoding="utf-8")
    assert stored == schema_files.text(name), "run: python -m services.contracts.schema_files"
    jsonschema.Draft202012Validator.check_schema(json.loads(stored))


def test_there_is_no_file_without_a_model() -> None:
    schemas = {f.name for f in schema_files.FOLDER.glob("*.json")} - {schema_files.ASYNCAPI}
    assert schemas == {f"{name}.json" for name in schema_files.PUBLISHED}


@pytest.mark.parametrize("name", WRITTEN)
def test_what_we_write_fits_the_schema(name: str) -> None:
    jsonschema.validate(json.loads(WRITTEN[name].model_dump_json()), schema_files.build(name))


def test_a_field_that_is_not_in_the_contract_does_not_fit() -> None:
    stray = {"id": "1", "sender": {"person": "x"}, "phone": "1"}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(stray, schema_files.build("intake-message.v1"))
