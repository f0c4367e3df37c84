"""Many requests at once, one timer for all of them: each answer finds its asker, each silence ends in its own time."""

import asyncio
import time

import pytest
from nats.aio.client import Client
from nats.aio.msg import Msg

from services.runtime.replies import NoAnswer, Replies


async def _echo(message: Msg) -> None:
    await message.respond(message.data.upper())


async def test_answers_come_in_the_order_of_the_questions(connection: Client) -> None:
    await connection.subscribe("echo.*", cb=_echo)
    asked = [(f"echo.{number}", f"q{number}".encode()) for number in range(50)]
    answers = await Replies.of(connection).ask_all(asked, timeout=5.0)
    assert [answer.data for answer in answers] == [payload.upper() for _, payload in asked]
    assert await Replies.of(connection).ask_all([], timeout=5.0) == []


async def test_one_silence_fails_all_of_them_and_nothing_is_left_waiting(connection: Client) -> None:
    await connection.subscribe("some.*", cb=_echo)

    async def nothing(_: Msg) -> None:
        return

    await connection.subscribe("silent", cb=nothing)
    replies = Replies.of(connection)
    with pytest.raises(NoAnswer):
        await replies.ask_all([("some.1", b"a"), ("silent", b"b"), ("some.2", b"c")], timeout=0.2)
    assert (await replies.ask("some.3", b"d", timeout=5.0)).data == b"D"
    assert not replies._waiting


async def test_a_shorter_limit_does_not_wait_for_a_longer_one(connection: Client) -> None:
    replies = Replies.of(connection)
    await replies.ready()
    began = time.monotonic()
    _, patient = replies.expect(lambda _: True, 30.0)
    waits = [replies.expect(lambda _: True, seconds)[1] for seconds in (0.3, 0.1, 0.2)]
    ends: list[float] = []
    for wait in (waits[1], waits[2], waits[0]):
        with pytest.raises(NoAnswer):
            await wait
        ends.append(time.monotonic() - began)
    assert [end >= least for end, least in zip(ends, (0.1, 0.2, 0.3), strict=True)] == [True] * 3
    assert ends[-1] < 15
    assert not patient.done()
    replies.lost()
    with pytest.raises(NoAnswer):
        await patient


async def test_who_gave_up_is_forgotten_with_the_next_answer_or_its_limit(connection: Client) -> None:
    replies = Replies.of(connection)
    await replies.ready()
    reply, gone = replies.expect(lambda _: True, 0.2)
    gone.cancel()
    await connection.publish(reply, b"late")
    async with asyncio.timeout(10):
        while replies._waiting:
            await asyncio.sleep(0.01)
