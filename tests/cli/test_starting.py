"""What `dev.py` hands to everything that it starts."""

import os
from pathlib import Path

import pytest

import dev


def test_where_python_may_write_no_bytecode_it_is_kept_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else each process of each start would compile every module anew."""
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.delenv("PYTHONPYCACHEPREFIX", raising=False)
    given = dev.environment()
    assert "PYTHONDONTWRITEBYTECODE" not in given
    assert Path(given["PYTHONPYCACHEPREFIX"]).parent == dev.VENV


def test_a_place_that_was_chosen_for_bytecode_stays(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("PYTHONPYCACHEPREFIX", str(tmp_path))
    assert dev.environment()["PYTHONPYCACHEPREFIX"] == str(tmp_path)


def test_where_python_may_write_everything_else_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    monkeypatch.delenv("PYTHONPYCACHEPREFIX", raising=False)
    ours = {"PATH", "VIRTUAL_ENV", "PYTHONPATH"}
    assert {k: v for k, v in dev.environment().items() if k not in ours} == {
        k: v for k, v in os.environ.items() if k not in ours
    }
