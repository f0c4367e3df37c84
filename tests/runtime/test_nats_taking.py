"""Our inboxes' messages are handed over as the library would hand them to a callback: all, in order, as they came."""

import asyncio

from nats.aio.client import Client
from nats.aio.msg import Msg

from services.runtime import nats_taking

HEADERS = {"Tuntas-Type": "complaint.received", "Tuntas-Schema": "1"}


async def _until(there: list[Msg], count: int) -> None:
    async with asyncio.timeout(30):
        while len(there) < count:
            await asyncio.sleep(0.01)


async def test_what_comes_is_what_the_library_s_own_subscription_gets(connection: Client) -> None:
    ours: list[Msg] = []
    theirs: list[Msg] = []

    async def keep(message: Msg) -> None:
        theirs.append(message)

    await nats_taking.subscribe(connection, "taken.*", ours.append)
    await connection.subscribe("taken.*", cb=keep)
    for number in range(300):
        headers = HEADERS | {"n": str(number)} if number % 2 else None
        await connection.publish(f"taken.{number}", b"x" * number, reply=f"back.{number}", headers=headers)
    await _until(ours, 300)
    await _until(theirs, 300)
    told = [[(one.subject, one.reply, one.data, one.headers) for one in some] for some in (ours, theirs)]
    assert told[0] == told[1]
    assert [one.subject for one in ours] == [f"taken.{number}" for number in range(300)]


async def test_a_status_without_a_body_is_read_as_one(connection: Client) -> None:
    """The server's own word that nobody answers: `NATS/1.0 503`."""
    found: list[Msg] = []
    await nats_taking.subscribe(connection, "asked.here", found.append)
    await connection.publish("nobody.answers", b"", reply="asked.here")
    await _until(found, 1)
    assert found[0].headers is not None
    assert found[0].headers["Status"] == "503"


async def test_what_a_message_breaks_is_said_and_the_next_one_comes(connection: Client) -> None:
    found: list[Msg] = []
    said: list[Exception] = []

    async def note(error: Exception) -> None:
        said.append(error)

    def take(message: Msg) -> None:
        if message.data == b"bad":
            raise ValueError("bad")
        found.append(message)

    connection._error_cb = note
    await nats_taking.subscribe(connection, "fragile", take)
    for body in (b"bad", b"good"):
        await connection.publish("fragile", body)
    await _until(found, 1)
    assert [type(one) for one in said] == [ValueError]


async def test_after_the_end_of_a_subscription_nothing_is_handed_over(connection: Client) -> None:
    found: list[Msg] = []
    last: list[Msg] = []
    subscription = await nats_taking.subscribe(connection, "ended", found.append)
    await nats_taking.subscribe(connection, "later", last.append)
    await subscription.unsubscribe()
    await connection.publish("ended", b"")
    await connection.publish("later", b"")
    await _until(last, 1)
    assert found == []
