"""Our reading of headers is nats-py's: whatever stands there, both find the same."""

from hypothesis import given
from hypothesis import strategies as st
from nats.aio.client import Client

from services.runtime import nats_headers

PIECES = st.lists(
    st.one_of(
        st.sampled_from([b"\r\n", b":", b" ", b"\t", b"\r", b"\n", b"Tuntas-Type", b"traceparent", b"\xff", b"\x1c"]),
        st.binary(max_size=6),
        st.text(max_size=4).map(str.encode),
    ),
    max_size=24,
).map(b"".join)


@given(PIECES)
def test_both_read_the_same(raw: bytes) -> None:
    assert nats_headers.parse(raw) == Client._parse_header_lines(raw)


def test_what_our_messages_carry_is_read() -> None:
    raw = b"Tuntas-Type: complaint.received\r\nTuntas-Schema: 1\r\ntraceparent: 00-ab-cd-01\r\nNats-Sequence:7\r\n\r\n"
    assert nats_headers.parse(raw) == {
        "Tuntas-Type": "complaint.received", "Tuntas-Schema": "1", "traceparent": "00-ab-cd-01", "Nats-Sequence": "7",
    }  # fmt: skip


def test_a_connection_reads_with_it() -> None:
    client = Client()
    nats_headers.quicken(client)
    assert client._parse_header_lines(b"A: 1\r\n") == {"A": "1"}
    assert client._parse_header_lines is nats_headers.parse
