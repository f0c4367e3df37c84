"""The HTTP server and the tasks of a service, in its one loop."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterator

import uvicorn
from starlette.applications import Starlette

from services.runtime import logs

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
            backlog=4096,
        )
    )


async def supervise(name: str, work: Callable[[asyncio.Event], Awaitable[None]], stop: asyncio.Event) -> None:
    """`work` until `stop` is set; begun again after growing pauses if it fails or ends by itself."""
    pause = 0.2
    while not stop.is_set():
        began = asyncio.get_running_loop().time()
        try:
            await work(stop)
        except Exception as error:  # noqa: BLE001 - supervised: logged, begun again
            _log.error("task_failed", task=name, error=error)
        if stop.is_set():
            return
        if asyncio.get_running_loop().time() - began > 60:
            pause = 0.2
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), pause)
        pause = min(pause * 2, 10.0)
