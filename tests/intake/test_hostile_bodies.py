"""Bodies that nobody sends by mistake: every door answers, soon, and whatever it says it has taken is there."""

import asyncio
import contextlib
import gzip
import json
import re
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from services.contracts.accounts import Mentioned
from services.contracts.intake import IntakeMessage
from services.intake.channels.email.translate import translate as mail
from services.intake.channels.facebook.translate import translate as facebook
from services.intake.channels.instagram.translate import translate as instagram
from services.intake.channels.telegram.translate import translate as telegram
from services.intake.channels.whatsapp.translate import translate as whatsapp
from services.intake.doors.door import fitting
from services.intake.doors.provider_json import NotJsonError
from tests.intake.conftest import CITY, Behind, Process
from tests.intake.test_forged import proof

HEAD = b"From: Ibu Contoh <ibu@warga.example>\r\nSubject: lampu mati\r\nMessage-ID: <a1@warga.example>\r\n"
SAID = b"\r\nlampu mati di gang mawar\r\n"
PART = b"--b\r\nContent-Type: text/plain\r\n\r\nlampu mati\r\n"
MIXED = HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"

LETTERS: dict[str, bytes] = {
    "twenty thousand authors": b"From: " + b"a@b.example, " * 20_000 + b"\r\n" + SAID,
    "a subject of forty thousand encoded words": HEAD + b"Subject: " + b"=?utf-8?q?a?= " * 40_000 + b"\r\n" + SAID,
    "a subject folded without end": b"From: a@b.example\r\nSubject: a" + b"\r\n " * 100_000 + b"b\r\n" + SAID,
    "twenty thousand headers": HEAD + b"".join(b"X-A%d: b\r\n" % n for n in range(20_000)) + SAID,
    "five thousand parts": MIXED + PART * 5_000 + b"--b--",
    "parts within parts": HEAD + b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(300)
    ) + SAID,
    "one boundary for all levels": MIXED + b"--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" * 1_200 + SAID,
    "five thousand parameters": HEAD + b"Content-Type: text/plain; " + b"; ".join(
        b"a%d=b" % n for n in range(5_000)
    ) + b"\r\n" + SAID,
    "a continued parameter of minus one": HEAD + b"Content-Type: text/plain; name*-1=a; name*9999999999=b\r\n" + SAID,
    "a file of minus five bytes": HEAD + b"Content-Disposition: attachment; size=-5; filename*=nope''%ff\r\n" + SAID,
    "the last day there is, in the west": HEAD + b"Date: Fri, 31 Dec 9999 23:59:59 -1200\r\n" + SAID,
    "the first day there is, in the east": HEAD + b"Date: Mon, 1 Jan 0001 00:00:00 +1400\r\n" + SAID,
    "a year of five thousand digits": HEAD + b"Date: 1 Jan " + b"9" * 5_000 + b"\r\n" + SAID,
    "a zone of five thousand digits": HEAD + b"Date: Mon, 2 Mar 2026 10:00:00 +" + b"9" * 5_000 + b"\r\n" + SAID,
    "a charset that only turns letters": HEAD + b"Content-Type: text/plain; charset=rot13\r\n" + SAID,
    "a charset that packs": HEAD + b"Content-Type: text/plain; charset=zlib\r\n" + SAID,
    "a charset of host names": HEAD + b"Content-Type: text/plain; charset=idna\r\n" + SAID * 300,
    "a charset with a hole": HEAD + b'Content-Type: text/plain; charset="ut\x00f"\r\n' + SAID,
    "lone surrogates in UTF-7": HEAD + b"Content-Type: text/plain; charset=utf-7\r\n\r\n+2AA- lampu mati",
    "lone surrogates in UTF-8": HEAD + b"\r\n\xed\xa0\x80 lampu mati",
    "UTF-16 of an odd length": HEAD + b"Content-Type: text/plain; charset=utf-16\r\n\r\nlampu mati!",
    "base64 that is none": HEAD + b"Content-Transfer-Encoding: base64\r\n\r\nlampu===mati=!@#",
    "three encodings at once": HEAD + b"Content-Transfer-Encoding: base64, 7bit; x\r\n" + SAID,
    "HTML of sixty thousand brackets": HEAD + b"Content-Type: text/html\r\n\r\n" + b"<" * 60_000 + b"lampu mati",
    "HTML of impossible letters": HEAD + b"Content-Type: text/html\r\n\r\n" + b"&#99999999999;&#xd800;" * 5_000 + SAID,
    "a bounce of twenty thousand recipients": HEAD + b"Content-Type: multipart/report; boundary=b\r\n\r\n--b\r\n"
    b"Content-Type: message/delivery-status\r\n\r\n" + b"Action: failed\r\nStatus: 5.5.5\r\n\r\n" * 20_000,
}  # fmt: skip


@pytest.mark.parametrize("letter", LETTERS.values(), ids=LETTERS)
def test_a_letter_is_read_soon_and_what_it_says_is_taken(letter: bytes) -> None:
    began = time.process_time()
    found = mail(letter, door="surel", ours=frozenset({"kota@contoh.example"}))
    assert time.process_time() - began < 6.0
    if found.message is not None:
        found.message.model_dump_json().encode()
    elif b"multipart/report" not in letter:
        pytest.fail(f"not taken: {found.why}")


NUMBER = "9" * 4_300
"""The longest that Python reads as a number."""


def tg(**more: str) -> bytes:
    fields = {"message_id": "1", "date": "1", "chat": '{"id": 5, "type": "private"}', "from": '{"id": 5}', **more}
    return ('{"update_id": 1, "message": {' + ", ".join(f'"{k}": {v}' for k, v in fields.items()) + "}}").encode()


def wa(message: str) -> bytes:
    return ('{"entry": [{"changes": [{"field": "messages", "value": {"metadata": {}, "messages": [' + message
            + "]}}]}]}").encode()  # fmt: skip


def page(event: str) -> bytes:
    return ('{"entry": [{"id": "1", "messaging": [' + event + "]}]}").encode()


def change(field: str, value: str) -> bytes:
    return ('{"entry": [{"id": "1", "changes": [{"field": "' + field + '", "value": ' + value + "}]}]}").encode()


JSON: dict[str, tuple[str, bytes]] = {
    "a person of 4,300 digits": ("telegram", tg(**{"from": f'{{"id": {NUMBER}}}', "text": '"lampu"'})),
    "a chat of 4,300 digits": ("telegram", tg(chat=f'{{"id": {NUMBER}, "type": "private"}}', text='"lampu"')),
    "a message of 5,000 digits": ("telegram", tg(message_id="9" * 5_000, text='"lampu"')),
    "a picture as wide as text is long": (
        "telegram", tg(photo='[{"file_id": "a", "width": "aaaaaaaa", "height": 900000000}]')
    ),
    "a picture of minus one": ("telegram", tg(photo='[{"file_id": "a", "width": -1, "height": -1}]')),
    "a person who is a float": ("telegram", tg(**{"from": '{"id": 5.5}', "text": '"lampu"'})),
    "a date of infinity": ("telegram", tg(date="1e999", text='"lampu"')),
    "two texts": ("telegram", tg(text='"satu", "text": "dua"')),
    "a place at no number": ("telegram", tg(location='{"latitude": NaN, "longitude": Infinity}')),
    "an id of half a letter": ("whatsapp", wa(
        '{"from": "62811000000001", "id": "\\ud800", "timestamp": "1", "type": "text", "text": {"body": "lampu"}}'
    )),
    "a timestamp of 5,000 digits as text": ("whatsapp", wa(
        '{"from": "62811000000001", "id": "w", "timestamp": "' + "9" * 5_000
        + '", "type": "text", "text": {"body": "lampu"}}'
    )),
    "a text that is a list": ("whatsapp", wa(
        '{"from": "62811000000001", "id": "w", "timestamp": "-5", "type": "text", "text": {"body": [["lampu"]]}}'
    )),
    "a form in a form in a form": ("whatsapp", wa(
        '{"from": "62811000000001", "id": "w", "timestamp": "1", "type": "interactive", "interactive": {"type": '
        '"nfm_reply", "nfm_reply": {"response_json": "' + "[" * 50_000 + '"}}}'
    )),
    "an error with a list for a code": ("whatsapp", wa("[]").replace(b'"messages": [[]]', b'"errors": [{"code": []}]')),
    "arrays ten thousand deep": ("whatsapp", wa("[" * 10_000 + "]" * 10_000)),
    "a stamp of minus ten to the forty": ("facebook", page(
        '{"sender": {"id": "7"}, "timestamp": -1' + "0" * 40 + ', "message": {"mid": "m", "text": "lampu"}}'
    )),
    "an attachment at a place of text": ("facebook", page(
        '{"sender": {"id": "7"}, "message": {"mid": "m", "attachments": [{"type": "location", "payload": '
        '{"coordinates": {"lat": "di sini", "long": []}}}]}}'
    )),
    "an edit by half a letter": ("facebook", page(
        '{"sender": {"id": "7"}, "message_edit": {"mid": "\\udc00", "text": "x", "num_edit": 1e308}}'
    )),
    "pictures whose addresses are half letters": ("facebook", change(
        "feed", '{"item": "comment", "verb": "edited", "comment_id": "\\ud800", "from": {"id": "7"}, "photos": '
        '["\\ud800"], "message": "lampu"}'
    )),
    "a comment with a dictionary for an id": ("instagram", change(
        "comments", '{"id": {"a": 1}, "text": "lampu", "from": {"id": "7"}}'
    )),
    "a mention of a path": ("instagram", change("mentions", '{"media_id": "1/../me?fields=x", "comment_id": [1]}')),
    "a mention of infinity": ("instagram", change("mentions", '{"media_id": 1e999}')),
}  # fmt: skip
_READ: dict[str, Callable[[bytes], list[Any]]] = {
    "telegram": lambda raw: telegram(raw, "bot"), "whatsapp": lambda raw: whatsapp(raw, {}),
    "facebook": lambda raw: facebook(raw, {}), "instagram": lambda raw: instagram(raw, {}),
}  # fmt: skip


@pytest.mark.parametrize(("channel", "raw"), JSON.values(), ids=JSON)
def test_a_webhook_is_read_soon_and_nothing_of_it_is_lost(channel: str, raw: bytes) -> None:
    began = time.process_time()
    found = _READ[channel](raw)
    assert time.process_time() - began < 2.0
    assert found
    for one in found:
        assert isinstance(one, IntakeMessage | Mentioned) or one.id
        fitting(one)


@pytest.mark.parametrize("raw", [b"", b"\x1f\x8b\x08\x00", b"{", b"\xff\xfe{\x00}\x00", b"--b\r\n\r\n{}\r\n--b--"])
def test_what_is_no_json_is_refused_as_such(raw: bytes) -> None:
    for read in _READ.values():
        with contextlib.suppress(NotJsonError):
            assert all(one.form == "other" for one in read(raw))


FORM = {"content-type": "application/x-www-form-urlencoded"}
MULTIPART = {"content-type": "multipart/form-data; boundary=b"}
FIELD = b'--b\r\nContent-Disposition: form-data; name="%s"\r\n\r\nlampu\r\n'
FORMS: dict[str, tuple[dict[str, str], bytes]] = {
    "ten thousand fields": (FORM, b"&".join(b"a%d=b" % n for n in range(10_000))),
    "three thousand parts": (MULTIPART, b"".join(FIELD % (b"a%d" % n) for n in range(3_000)) + b"--b--\r\n"),
    "a part without a name": (MULTIPART, b"--b\r\n\r\nlampu\r\n--b--\r\n"),
    "a part that never ends": (MULTIPART, b'--b\r\nContent-Disposition: form-data; name="text"\r\n\r\nlampu'),
    "a header of a part without end": (MULTIPART, b"--b\r\nContent-Disposition: form-data; name=" + b"a" * 200_000),
    "no boundary": ({"content-type": "multipart/form-data"}, FIELD % b"text"),
    "a boundary of half letters": ({"content-type": "multipart/form-data; boundary=\x7f\x7f"}, FIELD % b"text"),
    "a charset that packs": ({"content-type": "multipart/form-data; boundary=b; charset=zlib"},
                             FIELD % b"text" + b"--b--\r\n"),
    "a field that is named by bytes": (MULTIPART, FIELD % b"\xff\xfe\x00" + b"--b--\r\n"),
    "JSON where a form belongs": ({"content-type": "application/json"}, b'{"text": "lampu"}'),
    "packed": ({**FORM, "content-encoding": "gzip"}, gzip.compress(b"text=lampu")),
    "places at no number": (FORM, b"text=lampu&latitude=nan&longitude=1e999&ward=-1&key=%00"),
    "half letters": (FORM, b"text=%ED%A0%80&name=%ED%B0%80&contact=%FF"),
    "nothing": ({}, b""),
}  # fmt: skip


async def test_the_web_form_answers_whatever_is_sent_to_it(intake: Process) -> None:
    async with httpx.AsyncClient(base_url=intake.url, timeout=30) as http:
        wrong = {}
        for name, (headers, body) in FORMS.items():
            answer = await http.post(f"/lapor/{CITY}", content=body, headers=headers)
            if answer.status_code >= 500:
                wrong[name] = answer.status_code
        assert wrong == {}
        assert (await http.get("/health/live")).status_code == 200


async def test_doors_for_programs_answer_whatever_is_sent_to_them(intake: Process, behind: Behind) -> None:
    """With the right word at the door: what is behind it is tried."""
    known = behind.stack.installation.secrets.cities
    token = {"authorization": f"Bearer {known[CITY].console_media}"}
    post = {"authorization": f"Bearer {known['kupang'].mail_token}"}
    bodies: list[bytes] = [
        b"", b"null", b"[]", b"{}", b"9" * 5_000, b"[" * 10_000, b'{"a":' * 5_000, b'{"api_key": "\\ud800"}', b"NaN",
        b'{"api_key": "x", "api_key": "y", "latitude": 1e999}', gzip.compress(b"{}"), b"\xff\xfe\x00",
        b"From: a@b.example", LETTERS["the last day there is, in the west"], b"\x00" * 100_000,
    ]  # fmt: skip
    wrong = []
    async with httpx.AsyncClient(base_url=intake.url, timeout=30) as http:
        for path, word in (("/open311", token), ("/media", token), ("/mail/kupang", post), ("/mail/-1", post),
                           ("/entries", token), (f"/webhooks/{CITY}/nope", {})):  # fmt: skip
            for body in bodies:
                answer = await http.post(path, content=body, headers={**word, "content-type": "image/png"})
                if answer.status_code >= 500:
                    wrong.append((path, answer.status_code, body[:30]))
        for body in bodies:
            for channel, city in (("whatsapp", CITY), ("facebook", "kupang"), ("instagram", "kupang")):
                secret = known[city].whatsapp.app_secret if channel == "whatsapp" else known[city].page.app_secret
                headers = {**proof(channel, secret, body), "content-encoding": "gzip"}
                answer = await http.post(f"/webhooks/{city}/{channel}", content=body, headers=headers)
                if answer.status_code not in (200, 400):
                    wrong.append((channel, answer.status_code, body[:30]))
    assert wrong == []


async def test_a_body_without_end_is_cut_off_and_a_broken_one_is_no_fault(intake: Process) -> None:
    host, port = urlsplit(intake.url).hostname, urlsplit(intake.url).port
    chunk = b"10000\r\n" + b"a" * 0x10000 + b"\r\n"
    for head, more, wanted in (
        (b"Transfer-Encoding: chunked", chunk, {413}),
        (b"Content-Length: -1", b"", {400}),
        (b"Content-Length: 5, 7", b"", {400}),
        (b"Transfer-Encoding: chunked", b"-5\r\nabc\r\n", {400}),
        (b"Transfer-Encoding: chunked", b"FFFFFFFFFFFFFFFFFF\r\n", {400, 413}),
        (b"Content-Length: 99999999999999999999", b"a", {400, 413}),
    ):
        reader, writer = await asyncio.open_connection(host, port)
        writer.write(f"POST /webhooks/{CITY}/whatsapp HTTP/1.1\r\nHost: x\r\n".encode() + head + b"\r\n\r\n")
        answer = asyncio.create_task(reader.read(200))
        with contextlib.suppress(OSError):
            for _ in range(4_000 if more == chunk else 1):
                if answer.done():
                    break
                writer.write(more)
                await writer.drain()
        async with asyncio.timeout(30):
            said = await answer
        status = re.match(rb"HTTP/1\.1 (\d+)", said)
        assert status is not None, (head, said)
        assert int(status[1]) in wanted, (head, said)
        writer.close()


async def test_a_letter_that_nobody_can_read_is_kept_for_a_person(intake: Process, behind: Behind) -> None:
    """Answered as taken, so it must be somewhere: parked, and not opened."""
    known = behind.stack.installation.secrets.cities["kupang"]
    letter = HEAD + b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(3_000)
    )
    stream = behind.connection.jetstream()
    before = (await stream.stream_info("PARKED")).state.messages
    async with httpx.AsyncClient(timeout=30) as http:
        answer = await http.post(
            f"{intake.url}/mail/kupang", content=letter + SAID, headers={"authorization": f"Bearer {known.mail_token}"}
        )
    assert (answer.status_code, json.loads(answer.text)["why"]) == (200, "unreadable")
    for _ in range(600):
        if (await stream.stream_info("PARKED")).state.messages > before:
            return
        await asyncio.sleep(0.05)
    raise AssertionError("it is nowhere")
