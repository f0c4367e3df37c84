"""Keeps one part running: starts it again when it ends, after pauses that grow while it keeps ending."""

import asyncio
from collections.abc import Callable

from services.cli.supervisor.child import NotReady
from services.cli.supervisor.process import Part

FIRST_PAUSE, LONGEST_PAUSE = 0.2, 15.0
"""Seconds."""

STEADY_AFTER = 30.0
"""Seconds of readiness after which a part counts as well again."""


def next_pause(pause: float, ran: float) -> float:
    """The pause before the next start, given the last one and how many seconds the part was up."""
    return FIRST_PAUSE if ran >= STEADY_AFTER else min(max(pause * 2, FIRST_PAUSE), LONGEST_PAUSE)


class Kept:
    """One part under care. `changed` is called whenever pid, readiness or restarts are other than before."""

    def __init__(self, name: str, part: Part, changed: Callable[[], None], say: Callable[[str], None]) -> None:
        self.name = name
        self.part = part
        self.ready = False
        self.restarts = 0
        self._changed = changed
        self._say = say
        self._task: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int | None:
        child = self.part.child
        return child.pid if child is not None and child.returncode is None else None

    async def start(self, patience: float = 60.0) -> None:
        """Starts it and returns when it is ready; from then on it is kept. Raises NotReady the first time only."""
        await self.part.launch()
        self._changed()
        await self.part.ready(patience)
        self._is(True)
        self._task = asyncio.create_task(self._keep(), name=f"keep {self.name}")

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        await self.part.stop()
        self._is(False)

    def kill(self) -> None:
        """At once, without asking."""
        if self._task is not None:
            self._task.cancel()
        child = self.part.child
        if child is not None and child.returncode is None:
            child.kill()

    async def _keep(self) -> None:
        loop = asyncio.get_running_loop()
        pause = 0.0
        began = loop.time()
        while True:
            child = self.part.child
            if child is not None:
                while (code := child.returncode) is None:
                    await asyncio.sleep(0.1)
                self._is(False)
                pause = next_pause(pause, loop.time() - began)
                self._say(f"{self.name} ended with {code}; starting it again in {pause:.1f} s")
            await asyncio.sleep(pause)
            self.restarts += 1
            began = loop.time()
            try:
                await self.part.launch()
                self._changed()
                await self.part.ready(120.0)
            except (NotReady, OSError, RuntimeError) as error:
                self._say(f"{self.name} does not come back: {str(error).splitlines()[0]}")
                await self.part.stop()
                began = loop.time()
                continue
            self._is(True)
            self._say(f"{self.name} is back after {loop.time() - began:.1f} s")

    def _is(self, ready: bool) -> None:
        self.ready = ready
        self._changed()
