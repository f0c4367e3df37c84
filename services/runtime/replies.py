"""One inbox per connection for everything we ask of NATS: answers find their way by the last token.

nats-py's own `request` costs a `wait_for` each, and its `publish_async` futures never resolve after the server was
restarted; here each expectation has a time limit of its own and all of them end when the connection is lost.
"""

import asyncio
import itertools
import weakref
from collections.abc import Callable, Sequence

from nats.aio.client import Client
from nats.aio.msg import Msg

from services.runtime import nats_taking
from services.runtime.failures import Away
from services.runtime.limits import Limits

_of_connection: "weakref.WeakKeyDictionary[Client, Replies]" = weakref.WeakKeyDictionary()


class NoAnswer(Away):
    """No answer within the time limit, or the connection was lost before it came: what happened is unknown."""


class Replies:
    """Answers to requests of one connection. Use `Replies.of(connection)`: all users of a connection share it."""

    def __init__(self, connection: Client) -> None:
        self._connection = connection
        self._prefix: str | None = None
        self._subscribing: asyncio.Task[None] | None = None
        self._numbers = itertools.count(1)
        self._waiting: dict[str, tuple[Callable[[Msg], bool], asyncio.Future[None], float]] = {}
        self._limits = Limits(self._overdue)

    @classmethod
    def of(cls, connection: Client) -> "Replies":
        found = _of_connection.get(connection)
        if found is None:
            found = _of_connection[connection] = cls(connection)
        return found

    async def ready(self) -> None:
        """Subscribe once; NATS keeps the subscription over reconnects."""
        if self._prefix is not None:
            return
        if self._subscribing is None or (self._subscribing.done() and self._prefix is None):
            self._subscribing = asyncio.ensure_future(self._subscribe())
        await asyncio.shield(self._subscribing)

    async def _subscribe(self) -> None:
        prefix = self._connection.new_inbox()
        await nats_taking.subscribe(self._connection, f"{prefix}.*", self._arrived)
        self._prefix = prefix

    def _arrived(self, message: Msg) -> None:
        token = message.subject.rpartition(".")[2]
        waiting = self._waiting.get(token)
        if waiting is None:
            return
        take, done, _ = waiting
        if done.done():  # whoever asked has gone meanwhile
            del self._waiting[token]
            return
        try:
            finished = take(message)
        except Exception as error:  # noqa: BLE001 - handed to whoever waits
            del self._waiting[token]
            done.set_exception(error)
            return
        if finished:
            del self._waiting[token]
            done.set_result(None)

    def expect(self, take: Callable[[Msg], bool], timeout: float) -> tuple[str, asyncio.Future[None]]:
        """A reply subject, and a future that is done once `take` said True; `NoAnswer` after `timeout` seconds."""
        if self._prefix is None:
            raise RuntimeError("await ready() first")
        token = str(next(self._numbers))
        loop = asyncio.get_running_loop()
        done: asyncio.Future[None] = loop.create_future()
        until = loop.time() + timeout
        self._waiting[token] = (take, done, until)
        self._limits.watch(loop, until)
        return f"{self._prefix}.{token}", done

    def _overdue(self, now: float) -> float | None:
        for token in [token for token, (_, _, until) in self._waiting.items() if until <= now]:
            self._fail(token, "no answer in time")
        return min((until for _, _, until in self._waiting.values()), default=None)

    async def ask(self, subject: str, payload: bytes, timeout: float) -> Msg:  # noqa: ASYNC109 - of the answer
        """One request, one answer."""
        await self.ready()
        answers: list[Msg] = []

        def take(message: Msg) -> bool:
            answers.append(message)
            return True

        reply, done = self.expect(take, timeout)
        await self.send(subject, payload, reply, None, done)
        await done
        return answers[0]

    async def ask_all(self, requests: Sequence[tuple[str, bytes]], timeout: float) -> list[Msg]:  # noqa: ASYNC109 - of all
        """As `ask` for each (subject, payload), all at once; answers in their order."""
        await self.ready()
        answers: dict[int, Msg] = {}
        waiting: list[asyncio.Future[None]] = []

        def take_for(place: int) -> Callable[[Msg], bool]:
            def take(message: Msg) -> bool:
                answers[place] = message
                return True

            return take

        try:
            for place, (subject, payload) in enumerate(requests):
                reply, done = self.expect(take_for(place), timeout)
                waiting.append(done)
                await self.send(subject, payload, reply, None, done)
            for done in waiting:
                await done
        finally:
            for done in waiting:  # after an error: nobody asks for what became of the others
                if not done.cancel() and not done.cancelled():
                    done.exception()
        return [answers[place] for place in range(len(requests))]

    async def send(
        self, subject: str, payload: bytes, reply: str, headers: dict[str, str] | None, done: asyncio.Future[None]
    ) -> None:
        """Publish what `done` waits for. Without a connection nothing is buffered: it fails at once."""
        try:
            if not self._connection.is_connected:
                raise NoAnswer("not connected")  # noqa: TRY301 - one way out for all failures
            await self._connection.publish(subject, payload, reply=reply, headers=headers)
        except BaseException:
            done.cancel()
            raise

    def lost(self) -> None:
        """The connection is gone: what is in flight may or may not have arrived."""
        for token in list(self._waiting):
            self._fail(token, "connection lost")

    def _fail(self, token: str, why: str) -> None:
        waiting = self._waiting.pop(token, None)
        if waiting is not None and not waiting[1].done():
            waiting[1].set_exception(NoAnswer(why))
