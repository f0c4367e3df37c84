"""One child process: started so that it cannot outlive us, its output in a file, stopped with patience."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import Literal

_LONGEST_LOG = 32 * 1024 * 1024
"""Bytes; checked at each start, the one before is kept."""

_LAUNCH = Path(__file__).with_name("launch.py")


class NotReady(Exception):
    """A part did not become ready; the text says which, and where its log is."""


class Child:
    """A running process. Start from the main thread only: the death signal is bound to the thread that forked."""

    def __init__(self, name: str, process: subprocess.Popen[bytes], log: Path) -> None:
        self.name = name
        self.log = log
        self._process = process

    @classmethod
    def start(
        cls,
        name: str,
        command: Sequence[str | Path],
        *,
        log: Path,
        environment: Mapping[str, str] | None = None,
        folder: Path | None = None,
        user: Literal["same", "unprivileged"] = "same",
        on_parent_death: signal.Signals = signal.SIGTERM,
        inherit: Sequence[int] = (),
    ) -> "Child":
        """`environment` replaces ours; `inherit` are file descriptors (a lock) that the child keeps open.

        The child leads a session of its own, so a Ctrl-C at the terminal reaches us alone and we stop it in order.
        """
        log.parent.mkdir(parents=True, exist_ok=True)
        if log.exists() and log.stat().st_size > _LONGEST_LOG:
            log.replace(log.with_suffix(".old.log"))
        with log.open("ab") as output:
            process = subprocess.Popen(
                [
                    sys.executable, "-I", "-S", _LAUNCH, str(os.getpid()), str(int(on_parent_death)), user,
                    *(str(part) for part in command),
                ],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=dict(environment) if environment is not None else None,
                cwd=folder,
                pass_fds=tuple(inherit),
                start_new_session=True,
            )  # fmt: skip
        return cls(name, process, log)

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def returncode(self) -> int | None:
        """None while it runs; negative for a signal."""
        return self._process.poll()

    def send(self, number: signal.Signals) -> None:
        if self.returncode is None:
            self._process.send_signal(number)

    def kill(self) -> None:
        if self.returncode is None:
            self._process.kill()

    def give_way(self, steps: int) -> None:
        """Where processors are short, those without steps go first: nice(2), and for its session sched(7), "autogroup".

        A wish: what the system does not let us say is left unsaid.
        """
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self.pid, min(19, os.getpriority(os.PRIO_PROCESS, 0) + steps))
            Path(f"/proc/{self.pid}/autogroup").write_text(str(steps), encoding="ascii")

    async def stop(self, number: signal.Signals = signal.SIGTERM, patience: float = 10.0) -> int:
        """Asks with `number`, kills after `patience` seconds; the exit code."""
        self.send(number)
        code = await self.ended(patience)
        if code is None:
            self.kill()
            code = await self.ended(10.0)
        return -signal.SIGKILL if code is None else code

    async def ended(self, patience: float) -> int | None:
        """The exit code, or None if it still runs after `patience` seconds."""
        loop = asyncio.get_running_loop()
        until = loop.time() + patience
        while (code := self.returncode) is None and loop.time() < until:
            await asyncio.sleep(0.02)
        return code

    async def until(self, ready: Callable[[], Awaitable[bool]], patience: float) -> None:
        """Returns once `ready`; raises NotReady where it ends before, or is not after `patience` seconds."""
        loop = asyncio.get_running_loop()
        end = loop.time() + patience
        while True:
            if self.returncode is not None:
                raise self.not_ready(f"ended with {self.returncode}")
            if await ready():
                return
            if loop.time() > end:
                raise self.not_ready(f"not ready after {patience:.0f} s")
            await asyncio.sleep(0.02)

    def tail(self, lines: int = 15) -> str:
        """The end of its log, for an error message."""
        try:
            return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])
        except OSError:
            return ""

    def not_ready(self, why: str) -> NotReady:
        return NotReady(f"{self.name}: {why}; log {self.log}\n{self.tail()}")
