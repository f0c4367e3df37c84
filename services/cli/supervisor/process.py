"""A part that is a Python module of ours with a health address: a service, or a stand-in for trying out."""

import asyncio
import signal
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from services.cli.supervisor import asking
from services.cli.supervisor.child import Child


class Part(Protocol):
    """Something that is started, becomes ready, and is stopped."""

    child: Child | None

    async def launch(self) -> object: ...

    async def ready(self, patience: float = ...) -> None: ...

    async def stop(self) -> None: ...


@dataclass
class Module:
    """`python -m <module>`; ready when `health` answers 200. `environment` is its whole environment."""

    name: str
    module: str
    environment: Mapping[str, str]
    health: str
    log: Path
    folder: Path
    arguments: Sequence[str] = ()
    inherit: Sequence[int] = ()
    gives_way: int = 0
    """Once ready, so many steps of niceness behind the others (`Child.give_way`)."""
    patience_to_stop: float = 20.0
    child: Child | None = None

    async def launch(self) -> Child:
        self.child = Child.start(
            self.name,
            [sys.executable, "-m", self.module, *self.arguments],
            log=self.log,
            environment=self.environment,
            folder=self.folder,
            # Nothing of ours depends on a last word, and a process that hangs must not outlive us.
            on_parent_death=signal.SIGKILL,
            inherit=self.inherit,
        )
        return self.child

    async def ready(self, patience: float = 60.0) -> None:
        """Raises NotReady when it ends before, or is not ready after `patience` seconds."""
        child = self.child
        if child is None:
            raise RuntimeError(f"{self.name} was not started")
        loop = asyncio.get_running_loop()
        until = loop.time() + patience
        said = "no answer"
        while True:
            if child.returncode is not None:
                raise child.not_ready(f"ended with {child.returncode}")
            try:
                status, body = await asking.get(self.health)
            except asking.NoAnswer:
                pass
            else:
                if status == 200:
                    if self.gives_way:
                        child.give_way(self.gives_way)
                    return
                said = body[:500]
            if loop.time() > until:
                raise child.not_ready(f"not ready after {patience:.0f} s: {said}")
            await asyncio.sleep(0.05)

    async def stop(self) -> None:
        if self.child is not None:
            await self.child.stop(signal.SIGTERM, self.patience_to_stop)
