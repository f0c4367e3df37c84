"""What the stand-ins post with: status, kept connections, and every way in which no answer comes."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
import pytest_asyncio

from services.cli.standins.knocking import Knocker, NotAnsweredError

Answering = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"


class There:
    """A server that answers each request with the next of `answers`; without one it goes away in silence."""

    def __init__(self) -> None:
        self.answers: list[bytes] = []
        self.asked: list[bytes] = []
        self.connections = 0
        self.url = ""

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while self.answers:
                head = await reader.readuntil(b"\r\n\r\n")
                length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
                self.asked.append(head + await reader.readexactly(length))
                writer.write(self.answers.pop(0))
        except asyncio.IncompleteReadError:
            pass
        finally:
            writer.close()


@pytest_asyncio.fixture
async def there() -> AsyncIterator[There]:
    found = There()
    server = await asyncio.start_server(found.talk, "127.0.0.1", 0)
    found.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/webhooks/a?b=c"
    yield found
    server.close()


async def test_a_connection_is_kept_for_the_next(there: There) -> None:
    there.answers = [OK, OK.replace(b"200 OK", b"503 Service Unavailable"), OK]
    knocker = Knocker()
    assert [await knocker.post(there.url, b"{1}", {"X-Signed": "yes"}) for _ in range(3)] == [200, 503, 200]
    assert there.connections == 1
    assert there.asked[0].startswith(b"POST /webhooks/a?b=c HTTP/1.1\r\n")
    assert b"\r\nX-Signed: yes\r\n" in there.asked[0]
    assert there.asked[0].endswith(b"\r\n\r\n{1}")
    knocker.close()


async def test_several_at_once_have_a_connection_each(there: There) -> None:
    there.answers = [OK] * 6
    knocker = Knocker()
    assert await asyncio.gather(*(knocker.post(there.url, b"{}", {}) for _ in range(3))) == [200] * 3
    assert there.connections == 3
    knocker.close()


@pytest.mark.parametrize(
    "answer", [OK.replace(b"Content", b"Connection: close\r\nContent"), b"HTTP/1.1 200 OK\r\n\r\n"]
)
async def test_what_can_not_be_used_again_is_not_kept(there: There, answer: bytes) -> None:
    there.answers = [answer, OK, OK]
    knocker = Knocker()
    assert [await knocker.post(there.url, b"{}", {}) for _ in range(2)] == [200, 200]
    assert there.connections == 2
    knocker.close()


@pytest.mark.parametrize("answer", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}", b"what\r\n\r\n"])
async def test_an_answer_that_breaks_off_or_is_none_is_an_error_of_its_own(there: There, answer: bytes) -> None:
    there.answers = [answer] if answer else []
    with pytest.raises(NotAnsweredError):
        await Knocker().post(there.url, b"{}", {})


async def test_nobody_there_and_no_answer_in_time_are_the_same_error(there: There) -> None:
    with pytest.raises(NotAnsweredError):
        await Knocker().post("http://127.0.0.1:1/", b"{}", {})
    there.answers = [b"HTTP/1.1 200 OK\r\n", OK]
    with pytest.raises(NotAnsweredError):
        await Knocker(patience=0.1).post(there.url, b"{}", {})
