"""The HTTP server and the tasks of a service, in its one loop."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Sequence

import uvicorn
from starlette.applications import Starlette

from services.runtime import logs
from services.runtime.follow import Follower

_log = logs.get(__name__)


class Server(uvicorn.Server):
    """Signals are the service's to handle, not the web server's."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def http(app: Starlette, host: str, port: int) -> Server:
    return Server(
        uvicorn.Config(
            app,
            host=host,
            port=port,
            log_config=None,
            access_log=False,
            lifespan="off",
            server_header=False,
            timeout_graceful_shutdown=5,
            # Longer than proxies and programs keep an idle connection: they would write into one that is just closed.
            timeout_keep_alive=75,
            backlog=4096,
        )
    )


async def supervise(name: str, work: Callable[[asyncio.Event], Awaitable[None]], stop: asyncio.Event) -> None:
    """`work` until `stop` is set; begun again after growing pauses if it fails or ends by itself.

    A cancellation that leaks out of something the work waited for (a future that a library cancelled) is a failure like
    any other; taken for our own it would end the task without a word, and the service would stand and do nothing.
    """
    pause = 0.2
    while not stop.is_set():
        began = asyncio.get_running_loop().time()
        try:
            await work(stop)
        except asyncio.CancelledError as error:
            us = asyncio.current_task()
            if us is None or us.cancelling():
                raise
            _log.error("task_failed", task=name, error=error)
        except Exception as error:  # noqa: BLE001 - supervised: logged, begun again
            _log.error("task_failed", task=name, error=error)
        if stop.is_set():
            return
        if asyncio.get_running_loop().time() - began > 60:
            pause = 0.2
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), pause)
        pause = min(pause * 2, 10.0)


async def stuck(
    followers: Sequence[Follower],
    all_there: Callable[[], bool],
    stop: asyncio.Event,
    every: float = 5.0,
    times: int = 6,
) -> list[str]:
    """The names of followers that were not alive in `times` looks, `every` so many seconds; [] once `stop` is set.

    Looked at several times, since a machine that slept finds its clock far ahead once. While something that we depend
    on is away (`all_there` says no) everything may wait.
    """
    looks: Counter[str] = Counter()
    while not stop.is_set():
        dead = [f"{one.stream}/{one.durable}" for one in followers if not one.alive] if all_there() else []
        looks = Counter({name: looks[name] + 1 for name in dead})
        if found := [name for name, seen in looks.items() if seen >= times]:
            return found
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), every)
    return []
