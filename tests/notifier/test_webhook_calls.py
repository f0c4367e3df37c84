"""The signature as the specification has it, and where a call may go: to the public internet, to one address there."""

import ipaddress
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
import standardwebhooks
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from services.contracts import webhooks as spec
from services.notifier.webhooks.calling import LONGEST_REST, Called, Caller, Failed, Gone, Took, _read
from tests.notifier.hooks import Program, listening


def test_a_signature_is_the_library_s() -> None:
    at, body = datetime(2026, 11, 26, 8, 0, 5, tzinfo=UTC), spec.payload("task.changed", NOW, b'{"n":1}')
    secret = spec.secret_of(bytes(range(32)))
    wanted = standardwebhooks.Webhook(secret).sign("msg_1", at, body.decode())
    assert spec.headers([secret], "msg_1", at, body)["webhook-signature"] == wanted
    assert body == b'{"type":"task.changed","timestamp":"2026-11-26T08:00:00+00:00","data":{"n":1}}'


NOW = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("https://dlh.example.go.id/hook?a=1", None),
        ("https://203.0.113.9:8443/x", "inside"),  # a documentation range is nobody's
        ("https://8.8.8.8/x", None),
        ("http://dlh.example.go.id/", "not_https"),
        ("ftp://dlh.example.go.id/", "not_https"),
        ("https://user:pass@dlh.example.go.id/", "with_password"),
        ("https://localhost/", "inside"),
        ("https://nats.internal/", "inside"),
        ("https://127.0.0.1/", "inside"),
        ("https://10.1.2.3/", "inside"),
        ("https://169.254.169.254/latest/meta-data", "inside"),
        ("https://100.64.0.1/", "inside"),
        ("https://[::1]/", "inside"),
        ("https://[::ffff:10.0.0.1]/", "inside"),
        ("https://[fd00::1]/", "inside"),
        ("https://", "no_host"),
        ("https://dlh.example.go.id:port/", "no_host"),
        ("https://dlh.example.go.id/a b", "no_host"),
        ("https://dlh.example.go.id/\x01", "no_host"),
        ("https://dlh.example.go.id/" + "a" * 600, "too_long"),
    ],
)
def test_where_a_webhook_may_lead(address: str, why: str | None) -> None:
    if why is None:
        assert spec.checked(address) == address
        return
    with pytest.raises(spec.BadAddressError, match=why):
        spec.checked(address)


@pytest.mark.parametrize(
    ("address", "outside"),
    [
        ("8.8.8.8", True), ("2606:4700::1111", True), ("0.0.0.0", False), ("192.168.1.1", False),
        ("224.0.0.1", False), ("255.255.255.255", False), ("::ffff:127.0.0.1", False), ("64:ff9b::7f00:1", False),
        ("2002:7f00:0001::", False), ("fe80::1", False), ("ff02::1", False), ("::", False),
    ],
)  # fmt: skip
def test_which_addresses_are_of_the_public_internet(address: str, outside: bool) -> None:
    assert spec.outside(ipaddress.ip_address(address)) is outside


@pytest.mark.parametrize("address", ["https://[::1/", "https://dlh.example.go.id/\x01"])
async def test_an_address_that_no_client_can_read_fails_and_ends_no_round(address: str) -> None:
    assert await Caller(ssl.create_default_context()).call(address, {}, b"{}") == Failed("address_no_host", whole=True)


async def test_a_name_that_leads_inside_is_not_called_also_if_one_of_its_addresses_does() -> None:
    async def resolve(host: str, port: int) -> list[spec.Address]:
        return [ipaddress.ip_address("8.8.8.8"), ipaddress.ip_address("127.0.0.1")]

    caller = Caller(ssl.create_default_context(), resolve=resolve)
    assert await caller.call("https://dlh.example.go.id/", {}, b"{}") == Failed("address_inside", whole=True)


async def test_the_looked_up_address_is_called_and_must_show_the_name_s_certificate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server, client = _certificate("dlh.example.go.id", tmp_path)
    asked: list[str] = []

    async def resolve(host: str, port: int) -> list[spec.Address]:
        asked.append(host)
        return [ipaddress.ip_address("127.0.0.1")]

    # The test's own server stands at home; everything else is as in service.
    monkeypatch.setattr("services.notifier.webhooks.calling.outside", lambda _address: True)
    async with listening(Program(answers=["ok", b"HTTP/1.1 410 Gone\r\n\r\n"]), server) as program:
        caller, port = Caller(client, resolve=resolve), program.url.rpartition(":")[2].partition("/")[0]
        there = f"https://dlh.example.go.id:{port}/tasks"
        assert await caller.call(there, {"webhook-id": "msg_1"}, b"{}") == Took(204)
        assert await caller.call(there, {"webhook-id": "msg_1"}, b"{}") == Gone()
        wrong = await caller.call(f"https://pdam.example.go.id:{port}/tasks", {}, b"{}")
        assert wrong == Failed("ConnectError", whole=True)
        assert [head["host"] for head, _ in program.calls] == [f"dlh.example.go.id:{port}"] * 2
    assert asked == ["dlh.example.go.id", "dlh.example.go.id", "pdam.example.go.id"]


@pytest.mark.parametrize(
    ("status", "after", "wanted"),
    [
        (200, "9", Took(200)),
        (410, "9", Gone()),
        (429, "9", Failed("http_429", whole=True, seconds=9)),
        (503, "9999999", Failed("http_503", whole=True, seconds=LONGEST_REST)),
        (503, "Thu, 26 Nov 2099 21:00:00 GMT", Failed("http_503", whole=True, seconds=LONGEST_REST)),
        (503, "²", Failed("http_503", whole=True)),
        (500, "9", Failed("http_500", whole=True)),
        (302, "9", Failed("http_302", whole=False)),
        (404, "", Failed("http_404", whole=False)),
    ],
)
def test_what_a_status_means_and_how_long_a_program_may_have_us_wait(status: int, after: str, wanted: Called) -> None:
    assert _read(httpx.Response(status, headers=[(b"retry-after", after.encode())])) == wanted


def _certificate(name: str, folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """For a server of that name, and for whoever trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
        .serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False).sign(key, hashes.SHA256())
    )  # fmt: skip
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file = folder / "server.pem"
    file.write_bytes(private + made.public_bytes(pem))
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(file)
    return server, ssl.create_default_context(cadata=made.public_bytes(pem).decode())
