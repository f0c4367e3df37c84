"""Sends one SMS through a gateway's HTTP form and says what became of it.

A telephone's lock screen is public and an SMS costs by its length: it carries ticket, step and the page, nothing else.
`reference` is our notice id; gateways give it back with their receipts, and some refuse a second message with it.
"""

import re
from typing import Any

import httpx

from services.contracts.city.gateways import SmsGateway
from services.notifier.asking import Answer, ask, read_json
from services.notifier.senders.sms import codes
from services.notifier.senders.sms.alphabet import parts, plain
from services.notifier.sending import Accepted, Lost, Outcome, Outgoing

MOST_PARTS = 2

_PAGE = re.compile(rb"\s*(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)


class Sms:
    """One gateway of one city."""

    def __init__(self, client: httpx.AsyncClient, gateway: SmsGateway) -> None:
        self._client = client
        self._gateway = gateway
        self._headers = {"authorization": f"Bearer {gateway.token}"}

    async def send(self, outgoing: Outgoing) -> Outcome:
        """`Lost` for every end that leaves open whether the gateway took it."""
        given = fields(self._gateway, outgoing)
        sent: dict[str, Any] = {"json": given} if self._gateway.body == "json" else {"data": given}
        answer = await ask(self._client, "POST", self._gateway.url, headers=self._headers, **sent)
        if not isinstance(answer, Answer):
            return answer
        return read(self._gateway, outgoing, answer.status, answer.content, answer.after)


def fields(gateway: SmsGateway, outgoing: Outgoing) -> dict[str, str]:
    known = {"to": outgoing.to, "text": text(outgoing), "reference": outgoing.notice, "sender": gateway.sender}
    return {name: _filled(form, known) for name, form in gateway.fields.items()}


def _filled(form: str, known: dict[str, str]) -> str:
    """Not `format`: an operator's form may hold other braces."""
    for name, value in known.items():
        form = form.replace(f"{{{name}}}", value)
    return form


def text(outgoing: Outgoing) -> str:
    """The page goes first when it does not fit: the ticket alone finds it."""
    words = f"{outgoing.city}: Laporan {outgoing.ticket}: {outgoing.rendered.line.rstrip('.')}.".lstrip(": ")
    words = plain(words)
    whole = f"{words} {outgoing.page}".strip()
    if parts(whole) <= MOST_PARTS:
        return whole
    while parts(words) > MOST_PARTS:
        words = words[:-1]
    return words


def read(gateway: SmsGateway, outgoing: Outgoing, status: int, content: bytes, after: float | None) -> Outcome:
    """A 2xx took it, whatever it says of its id: our reference stands for it where it names none. A page for people
    with a 200 is of somebody in between, a login or a notice, and leaves it open."""
    answer = read_json(content)
    code = at(answer, gateway.code_at)
    if 200 <= status < 300 and (code is None or code not in gateway.codes):
        if _PAGE.match(content[:200]):
            return Lost("page_for_people")
        return Accepted(at(answer, gateway.id_at) or outgoing.notice)
    return codes.outcome(status, code, gateway.codes, after)


def at(body: object, path: str) -> str | None:
    """What stands behind `a.b.0.c`, as text."""
    for step in path.split("."):
        if isinstance(body, dict):
            body = body.get(step)
        elif isinstance(body, list) and step.isdecimal() and int(step) < len(body):
            body = body[int(step)]
        else:
            return None
    return None if body is None or isinstance(body, dict | list) else str(body)
