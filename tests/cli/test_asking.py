"""Asking a part of ours: what servers answer, read to their end; whoever does not answer is no answer."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from services.cli.supervisor.asking import NoAnswer, get

pytestmark = pytest.mark.asyncio


@asynccontextmanager
async def answering(*pieces: bytes) -> AsyncIterator[str]:
    """A server that answers so, piece by piece, and closes."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(0)
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/health/ready"


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        ((b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nsiap",), (200, "siap")),
        ((b"HTTP/1.1 503 Service Unavailable\r\n", b"\r\n", b"belum ", b"siap"), (503, "belum siap")),
        (
            (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nsudah\r\n", b"5\r\n siap\r\n0\r\n\r\n"),
            (200, "sudah siap"),
        ),
        ((b"HTTP/1.1 204 No Content\r\n\r\n",), (204, "")),
    ],
)
async def test_an_answer_is_read_to_its_end(pieces: tuple[bytes, ...], expected: tuple[int, str]) -> None:
    async with answering(*pieces) as url:
        assert await get(url, within=30) == expected


@pytest.mark.parametrize("pieces", [(), (b"SSH-2.0-what\r\n",), (b"HTTP/1.1 two hundred\r\n\r\n",)])
async def test_what_is_no_http_is_no_answer(pieces: tuple[bytes, ...]) -> None:
    async with answering(*pieces) as url:
        with pytest.raises(NoAnswer):
            await get(url, within=30)


async def test_where_nobody_listens_there_is_no_answer() -> None:
    async with answering() as url:
        pass
    with pytest.raises(NoAnswer):
        await get(url, within=30)
