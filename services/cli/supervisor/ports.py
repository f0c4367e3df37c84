"""Free TCP ports for the parts that listen, the same ones again after a restart where that is possible."""

import fcntl
import os
import socket
import tempfile
from pathlib import Path

from services.cli.supervisor.folders import private_folder


class Ports:
    """Ports claimed for as long as this object lives.

    A port that is free now may be taken a moment later by a second `tuntas up` that looks at the same time, so each
    claim is also a locked file in a folder that all of this user's starts share.
    """

    def __init__(self, host: str = "127.0.0.1") -> None:
        self._host = host
        self._folder = private_folder(Path(tempfile.gettempdir()) / f"tuntas-ports-{os.getuid()}")
        self._held: dict[int, int] = {}

    def claim(self, *wished: int | None) -> int:
        """The first wished port that is free, else any free one."""
        for port in wished:
            if port and self._take(port):
                return port
        while True:
            with socket.socket() as probe:
                probe.bind((self._host, 0))
                port = int(probe.getsockname()[1])
            if self._take(port):
                return port

    def release(self) -> None:
        for descriptor in self._held.values():
            os.close(descriptor)
        self._held.clear()

    def _take(self, port: int) -> bool:
        descriptor = os.open(self._folder / str(port), os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            with socket.socket() as probe:
                # As servers do it, so that a port whose last connections are still in TIME_WAIT counts as free.
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((self._host, port))
        except OSError:
            os.close(descriptor)
            return False
        self._held[port] = descriptor
        return True
