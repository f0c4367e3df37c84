"""A form that is not taken comes back with what was typed, and says what is wrong above and at the field."""

import re
from dataclasses import dataclass

import pytest

from tests.reporting.conftest import House
from tests.reporting.test_calls import to_be_called


@dataclass(frozen=True)
class Form:
    """`wrong`: the field that is marked. `kept`: what the page still holds."""

    seat: str
    path: str
    fields: dict[str, str | list[str]]
    wrong: str
    kept: tuple[str, ...]
    status: int = 422
    summary: bool = True
    """The sentence also stands above, and leads to the field."""


FORMS = (
    Form("lurah-pagar-dewa", "/saya/nomor", {"number": "12"}, "f-number", ('value="12"',)),
    Form(
        "prokopim", "/siaran",
        {"platform": "tiktok", "host": "walikota", "title": "Menjawab Warga", "roster": ["lurah-pagar-dewa"]},
        "f-planned_for", ('value="Menjawab Warga"', 'value="lurah-pagar-dewa" checked'),
    ),
    Form(
        "walikota", "/akun/instagram/hilang", {"reason": "Kata sandi dicuri"}, "f-instagram-since",
        ("Kata sandi dicuri</textarea>",), status=409, summary=False,
    ),
    Form(
        "perkim", "/laporan/{task}/progress", {"expected_end": "2027-01-02T10:00"}, "f-progress-text",
        ('value="2027-01-02T10:00"',),
    ),
    Form(
        "admin-sistem", "/jabatan/perkim/hold_seat", {"since": "2027-01-02"}, "f-hold_seat-name",
        ('value="2027-01-02"',),
    ),
    Form("tim-saring", "/saring/{waiting}", {"kind": "complaint", "wording": "Lampu mati"}, "f-category",
         ("Lampu mati</textarea>",)),
    Form(
        "desk", "/panggilan/{call}", {"outcome": "x", "text": "Nada sibuk"}, "f-hasil-{call}-outcome",
        ("Nada sibuk</textarea>",), summary=False,
    ),
)  # fmt: skip


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.path)
async def test_what_was_typed_is_kept_and_the_field_says_what_is_wrong(house: House, form: Form) -> None:
    task = await (await house.teller.begin()).screened()
    waiting, call = await house.teller.begin(), await to_be_called(house)
    await house.follow()
    named = {"task": task.ticket, "waiting": waiting.ticket, "call": call.ticket}
    async with house.seat(form.seat) as client:
        data = {"csrf": client.headers["x-csrf-token"], **form.fields}
        answer = await client.post(form.path.format(**named), data=data, headers={"accept": "text/html"})
    assert answer.status_code == form.status, answer.text
    field = form.wrong.format(**named)
    around = re.search(rf'<(?:input|select|textarea) id="{field}"[^>]*aria-invalid="true"', answer.text)
    assert around, f"{field} is not marked"
    assert f'class="error" id="e{field[1:]}"' in answer.text
    assert form.summary is (f'href="#{field}"' in answer.text)
    for words in form.kept:
        assert words in answer.text


async def test_a_wrong_password_leaves_the_name_and_says_so_at_the_field(house: House) -> None:
    async with house.browser() as client:
        token = (await client.get("/login", headers={"accept": "application/json"})).json()["csrf"]
        answer = await client.post("/login", data={"csrf": token, "user": "bengkulu:pdam", "password": "x"})
    assert answer.status_code == 401
    assert 'value="bengkulu:pdam"' in answer.text
    assert 'id="e-user"' in answer.text


@pytest.mark.parametrize(("accept", "starts"), [("text/html", "<!doctype html>"), ("*/*", "Not Found")])
async def test_an_address_that_is_no_page_is_told_people_as_a_page(house: House, accept: str, starts: str) -> None:
    async with house.browser() as client:
        answer = await client.get("/tidak-ada", headers={"accept": accept})
        posted = await client.post("/papan", headers={"accept": accept})
    assert (answer.status_code, posted.status_code) == (404, 405)
    assert answer.text.startswith(starts)
    assert posted.headers["allow"]
