"""A network between a client and a server that can go silent in one direction, or break."""

import asyncio
import contextlib


class Proxy:
    """`host:port` in front of a server.

    `swallow_after(request)`: once a client has sent these bytes, the server's answers are lost. `cut()`: all break.
    """

    def __init__(self, host: str, port: int) -> None:
        self._target = (host, port)
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()
        self._jobs: set[asyncio.Task[None]] = set()
        self._swallowing = False
        self._waits_for: bytes | None = None
        self.port = 0

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        self.port = int(self._server.sockets[0].getsockname()[1])

    def swallow_after(self, request: bytes) -> None:
        self._waits_for = request

    def cut(self) -> None:
        """Break every connection; new ones get through again."""
        for writer in list(self._open):
            writer.transport.abort()
        self._swallowing = False

    async def stop(self) -> None:
        self.cut()
        if self._server is not None:
            self._server.close()
        for job in list(self._jobs):
            job.cancel()
        await asyncio.gather(*self._jobs, return_exceptions=True)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there_reader, there = await asyncio.open_connection(*self._target)
        for source, sink, answers in ((reader, there, False), (there_reader, writer, True)):
            job = asyncio.create_task(self._pass_on(source, sink, answers))
            self._jobs.add(job)
            job.add_done_callback(self._jobs.discard)

    async def _pass_on(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, answers: bool) -> None:
        self._open.add(sink)
        try:
            with contextlib.suppress(OSError):
                while chunk := await source.read(65536):
                    if answers and self._swallowing:
                        continue
                    if not answers and self._waits_for is not None and self._waits_for in chunk:
                        self._waits_for, self._swallowing = None, True
                    sink.write(chunk)
                    await sink.drain()
        finally:
            self._open.discard(sink)
            sink.close()
