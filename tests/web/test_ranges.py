"""What a player gets of a file that it asks for in parts."""

import pytest

from services.web.ranges import answer

CONTENT = bytes(range(10))
CASES = [
    (None, 200, CONTENT, None),
    ("bytes=0-3", 206, CONTENT[:4], "bytes 0-3/10"), ("bytes=4-", 206, CONTENT[4:], "bytes 4-9/10"),
    ("bytes=-2", 206, CONTENT[8:], "bytes 8-9/10"), ("bytes=8-99", 206, CONTENT[8:], "bytes 8-9/10"),
    ("bytes=-99", 206, CONTENT, "bytes 0-9/10"), ("bytes=10-", 416, b"", "bytes */10"),
    ("bytes=-0", 416, b"", "bytes */10"), ("bytes=5-3", 200, CONTENT, None), ("bytes=-", 200, CONTENT, None),
    ("bytes=0-1,4-5", 200, CONTENT, None), ("lines=0-1", 200, CONTENT, None),
    ("bytes=" + "9" * 5000 + "-", 200, CONTENT, None), ("bytes=١-٢", 200, CONTENT, None),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "status", "body", "which"), CASES)
def test_one_range_is_served_and_everything_else_is_the_whole(
    asked: str | None, status: int, body: bytes, which: str | None
) -> None:
    found = answer(CONTENT, "audio/ogg", asked, "inline")
    assert (found.status_code, found.body, found.headers.get("content-range")) == (status, body, which)


def test_nothing_of_an_empty_file() -> None:
    assert answer(b"", "audio/ogg", "bytes=0-", "inline").status_code == 416
