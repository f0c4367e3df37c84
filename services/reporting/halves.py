"""A second process for a rebuild of a long log: both read all of it, each works on its part of the complaints.

Reading events and folding cards is most of a rebuild and keeps one core busy; database and broker leave much of the
other. The second process is forked before anything runs, so that it has all code already, and waits for its order.
"""

import asyncio
import os
import sys
import traceback
from collections.abc import Awaitable, Callable
from typing import Self

import uvloop

WORTH = 10_000
"""Messages of the log from which a second process pays."""

Share = Callable[[str], bool]
"""Whether a subject of the log is for this process."""


def everything(_: str) -> bool:
    return True


def second(subject: str) -> bool:
    """The second process's: by the shard, which is part of the subject (`subjects.complaint`)."""
    return int(subject.split(".", 3)[2]) % 2 == 1


def first(subject: str) -> bool:
    return not second(subject)


class HelperLost(Exception):
    """The second process ended without having done its part."""


class Helper:
    """The second process, as the first one sees it. `order` or `dismiss`, then it ends by itself."""

    def __init__(self, pid: int, orders: int, results: int) -> None:
        self._pid = pid
        self._orders = orders
        self._results = results

    @classmethod
    def forked(cls, work: Callable[[int], Awaitable[int]]) -> Self:
        """Before there is a loop or a thread. `work`: the last sequence to read → the events that were written."""
        taken, orders = os.pipe()
        results, told = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(orders)
            os.close(results)
            _help(work, taken, told)
        os.close(taken)
        os.close(told)
        return cls(pid, orders, results)

    def order(self, until: int) -> None:
        """Begin: everything of its part up to sequence `until`."""
        os.write(self._orders, b"%d\n" % until)

    async def done(self) -> int:
        """How many events it has written, once all stand. `HelperLost`."""
        said = await asyncio.to_thread(os.read, self._results, 64)
        self.dismiss()
        if not said:
            raise HelperLost
        return int(said)

    def dismiss(self) -> None:
        """There is nothing (more) to do: it ends, whatever it does. May be repeated."""
        if self._pid:
            os.close(self._orders)
            os.close(self._results)
            os.waitpid(self._pid, 0)
            self._pid = 0


def _help(work: Callable[[int], Awaitable[int]], orders: int, told: int) -> None:
    """The life of the second process; never returns."""
    code = 1
    try:
        order = os.read(orders, 64)
        if order:
            events = uvloop.run(_unless_alone(work, int(order), orders))
            os.write(told, b"%d" % events)
        code = 0
    except BaseException:  # noqa: BLE001 - the first process hears that we are gone; why stands here
        traceback.print_exc()
    sys.stderr.flush()
    os._exit(code)


async def _unless_alone(work: Callable[[int], Awaitable[int]], until: int, orders: int) -> int:
    """As long as the first process lives: what it closes, also by its death, ends us."""
    asyncio.get_running_loop().add_reader(orders, os._exit, 1)
    return await work(until)
