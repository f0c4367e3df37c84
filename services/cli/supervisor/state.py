"""What runs, as a file that `tuntas status` and other programs read: `state.json` in the state folder."""

import fcntl
import os
import time
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from services.cli.supervisor.folders import private_folder, write_private


class PartState(BaseModel):
    model_config = ConfigDict(extra="ignore")

    pid: int | None = None
    ready: bool = False
    restarts: int = 0


class State(BaseModel):
    """`urls` carry no password. `ready`: everything was ready at least once and is now."""

    model_config = ConfigDict(extra="ignore")

    home: str
    pid: int
    started_at: float
    ready: bool = False
    urls: dict[str, str] = {}
    ports: dict[str, int] = {}
    sockets: str | None = None
    parts: dict[str, PartState] = {}


def state_file(home: Path) -> Path:
    return home / "state.json"


def read_state(home: Path) -> State | None:
    """The last written state, None if there never was one."""
    try:
        return State.model_validate_json(state_file(home).read_bytes())
    except FileNotFoundError:
        return None


def write_state(home: Path, state: State) -> None:
    write_private(state_file(home), state.model_dump_json(indent=1) + "\n")


class AlreadyRunning(Exception):
    """Another supervisor works on this folder."""


@dataclass
class Locks:
    """Held for a supervisor's life. `parts` is inherited by every child, so it is free only when all have ended."""

    supervisor: int
    parts: int

    @classmethod
    def take(cls, home: Path, patience: float = 30.0) -> "Locks":
        """Waits for parts of a killed supervisor to end; raises AlreadyRunning if one still lives."""
        private_folder(home)
        supervisor = _open(home / "supervisor.lock")
        if not _try(supervisor):
            os.close(supervisor)
            state = read_state(home)
            raise AlreadyRunning(f"already running in {home}" + (f", pid {state.pid}" if state else ""))
        parts = _open(home / "parts.lock")
        until = time.monotonic() + patience
        while not _try(parts):
            if time.monotonic() > until:
                raise AlreadyRunning(f"parts of an earlier run still work in {home}")
            time.sleep(0.05)
        return cls(supervisor, parts)

    def release(self) -> None:
        os.close(self.parts)
        os.close(self.supervisor)


def is_running(home: Path) -> bool:
    """Does a supervisor live on this folder?"""
    try:
        descriptor = os.open(home / "supervisor.lock", os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        return not _try(descriptor)
    finally:
        os.close(descriptor)


def _open(path: Path) -> int:
    return os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)


def _try(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
