"""The adapters' contract as AsyncAPI reads it, and sample messages held against it."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contracts import asyncapi
from services.contracts.checking import check
from services.contracts.schema_files import ASYNCAPI, FOLDER, asyncapi_text

JS = Path(__file__).parent / "js"
GOOD = {"id": "c1", "text": "sampah menumpuk", "sender": {"person": "ig-1"}, "sent_at": "2026-01-01T00:00:00Z"}


def test_the_file_beside_the_models_is_what_they_say() -> None:
    assert (FOLDER / ASYNCAPI).read_text(encoding="utf-8") == asyncapi_text()


def test_every_reference_leads_somewhere() -> None:
    whole = asyncapi.document()

    def walk(value: object) -> None:
        if isinstance(value, dict):
            if isinstance(reference := value.get("$ref"), str):
                at: object = whole
                for part in reference.removeprefix("#/").split("/"):
                    assert isinstance(at, dict)
                    at = at[part]
            for one in value.values():
                walk(one)
        elif isinstance(value, list):
            for one in value:
                walk(one)

    walk(whole)


@pytest.mark.slow
def test_asyncapis_own_parser_finds_nothing_wrong() -> None:
    if shutil.which("npm") is None:
        pytest.fail("node and npm are needed for AsyncAPI's parser (.ci/run brings them)")
    if not (JS / "node_modules" / "@asyncapi" / "parser").exists():
        install = ["npm", "install", "--no-audit", "--no-fund", "--no-package-lock"]
        subprocess.run(install, cwd=JS, check=True, capture_output=True, timeout=240)
    said = subprocess.run(
        ["node", "parse.mjs", str(FOLDER / ASYNCAPI)], cwd=JS, capture_output=True, text=True, timeout=120, check=False
    )
    assert said.returncode == 0, said.stdout + said.stderr


def found(*messages: object, doors: frozenset[str] | None = None) -> list[tuple[int, str, str, str | None]]:
    lines = [one if isinstance(one, bytes) else json.dumps(one).encode() for one in messages]
    return [(f.line, f.level, f.code, f.field) for f in check(lines, doors)]


def test_good_messages_and_receipts_pass() -> None:
    receipt = {"type": "receipt", "id": "m1", "notice": "n1", "status": "delivered"}
    assert found(GOOD, b"", receipt, GOOD) == []


@pytest.mark.parametrize(
    ("message", "level", "code", "field"),
    [
        (b"{", "error", "not_json", None),
        (b"[]", "error", "invalid", None),
        ({**GOOD, "sender": {}}, "error", "invalid", "sender.person"),
        ({**GOOD, "colour": "red"}, "error", "invalid", "colour"),
        ({**GOOD, "id": ""}, "error", "invalid", "id"),
        ({**GOOD, "text": "a" * 1_000_001}, "error", "too_large", "text"),
        ({**GOOD, "text": "a" * 950_000}, "error", "too_large", None),
        ({**GOOD, "door": "nowhere"}, "error", "unknown_door", "door"),
        ({**GOOD, "sender": {"person": "-"}}, "error", "invalid", "sender.person"),
        ({**GOOD, "media": [{"handle": "x"}]}, "error", "invalid", "media"),
        ({**GOOD, "text": None}, "warning", "doubtful", "text"),
        ({**GOOD, "form": "removed", "text": None}, "warning", "doubtful", "edits"),
        ({**GOOD, "sent_at": None}, "warning", "doubtful", "sent_at"),
        ({"type": "receipt", "id": "m1", "status": "read"}, "warning", "doubtful", "notice"),
        ({"type": "receipt", "id": "m1", "status": "eaten"}, "error", "invalid", "status"),
    ],
)
def test_what_is_wrong_is_said_with_its_line_and_field(
    message: object, level: str, code: str, field: str | None
) -> None:
    assert (2, level, code, field) in found(GOOD, message, doors=frozenset({"instagram"}))


def test_one_id_with_two_contents_is_said() -> None:
    assert found(GOOD, {**GOOD, "text": "lain"}) == [(2, "error", "changed", "id")]


@given(st.lists(st.binary(max_size=80), max_size=6))
def test_nothing_that_an_adapter_writes_breaks_the_check(lines: list[bytes]) -> None:
    assert all(1 <= one.line <= len(lines) for one in check(lines))


def test_the_command_ends_with_one_when_something_would_be_refused(tmp_path: Path) -> None:
    sample = tmp_path / "sample.jsonl"
    sample.write_text(json.dumps(GOOD) + "\n{\n")
    command = [sys.executable, "-m", "services.cli", "adapter", "check", str(sample), "--city", "bengkulu", "--json"]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    report = json.loads(said.stdout)
    assert (said.returncode, report["checked"], report["errors"]) == (1, 2, 1)
    assert report["findings"][0]["line"] == 2
