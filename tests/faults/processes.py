"""Processes as fate treats them: whose they are, whether they live, and how they end."""

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path

LAUNCH = Path(__file__).parents[2] / "services" / "cli" / "supervisor" / "launch.py"


def mortal(*command: str) -> list[str]:
    """The command, so that it ends with us however we end."""
    return [sys.executable, "-I", "-S", str(LAUNCH), str(os.getpid()), str(int(signal.SIGTERM)), "same", *command]


def below(pid: int) -> list[int]:
    """Every process below this one, children before their own."""
    found: list[int] = []
    waiting = [pid]
    while waiting:
        one = waiting.pop()
        with contextlib.suppress(OSError):
            children = [
                int(child)
                for task in Path(f"/proc/{one}/task").iterdir()
                for child in (task / "children").read_text().split()
            ]
            found += children
            waiting += children
    return found


def is_alive(pid: int) -> bool:
    """Not ended yet; a zombie has ended, and holds no file."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def end(process: "subprocess.Popen[bytes]", number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        process.send_signal(number)
    try:
        process.wait(60)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
