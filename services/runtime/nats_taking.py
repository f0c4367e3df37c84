"""Messages of our own inboxes, handed over as they are read from the connection.

nats-py 2.16 puts each message into a queue and wakes a task for it, which awaits the subscription's callback. Ours
await nothing (they put a delivery into our own queue, or an answer where somebody waits for it), and a complaint needs
some twenty messages: what lies between is left out.
"""

from collections.abc import Callable
from weakref import WeakKeyDictionary

from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription

from services.runtime import nats_headers

Take = Callable[[Msg], None]

_LINE = b"NATS/1.0\r\n"

_of_connection: "WeakKeyDictionary[Client, dict[int, Take]]" = WeakKeyDictionary()


async def subscribe(connection: Client, subject: str, take: Take) -> Subscription:
    """As `connection.subscribe`, for a callback that awaits nothing: called in order, on the event loop.

    What it raises goes to the connection's error callback. There is no limit of messages that wait: none does.
    """

    async def unused(message: Msg) -> None:
        take(message)

    takers = _of_connection.get(connection)
    if takers is None:
        takers = _of_connection[connection] = {}
        _hand_over(connection, takers)
    subscription = await connection.subscribe(subject, cb=unused)
    takers[subscription._id] = take
    return subscription


def _hand_over(connection: Client, takers: dict[int, Take]) -> None:
    ordinary, stats = connection._process_msg, connection.stats

    async def process(sid: int, subject: bytes, reply: bytes, data: bytes, headers: bytes | None) -> None:
        take = takers.get(sid)
        if take is None:
            await ordinary(sid, subject, reply, data, headers)  # type: ignore[arg-type]  # the parser hands in None
            return
        if sid not in connection._subs:
            del takers[sid]  # nobody listens any more
            return
        stats["in_msgs"] += 1
        stats["in_bytes"] += len(data)
        if not headers:
            found = None
        elif headers.startswith(_LINE):
            found = nats_headers.parse(headers[len(_LINE) :])
        else:  # a status stands in the line
            found = await connection._process_headers(headers)
        try:
            take(Msg(connection, subject.decode(), reply.decode(), data, found, _sid=sid))
        except Exception as error:  # noqa: BLE001 - as the library does with what a callback raises
            await connection._error_cb(error)

    connection._process_msg = process  # type: ignore[method-assign]
