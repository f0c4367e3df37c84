"""Login, forms and sessions: who gets in, who doesn't, and what a session can't be made to do."""

import itertools
import re
import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from services.contracts import tickets
from services.reporting import app
from services.reporting.app import PUBLIC
from services.runtime import postgres
from services.web.frame import SESSION_COOKIE
from services.web.guessing import FREE
from services.web.headers import CONTENT_SECURITY_POLICY
from tests.reporting.conftest import House
from tests.reporting.story import new_ticket

JSON = {"accept": "application/json"}


def _routes(house: House, method: str) -> Iterator[str]:
    for route in house.routes:
        if isinstance(route, Route) and method in (route.methods or ()):
            yield route.path


NAMED = {
    "ticket": "BKL-00000000-0", "do": "accept", "media": "a" * 26, "session": "b" * 26, "door": "hotline-walikota",
    "seat": "dlh", "contact": "c" * 26, "webhook": "d" * 26, "number": "1",
}  # fmt: skip


def _filled(path: str) -> str:
    return re.sub(
        r"\{(\w+)\}",
        lambda found: NAMED[found[1]],
        path,
    )


async def test_every_route_needs_a_login_except_the_named_ones(house: House) -> None:
    closed = [path for path in _routes(house, "GET") if path.removesuffix(".json") not in PUBLIC]
    assert len(closed) >= 10
    async with house.browser() as anyone:
        for path in closed:
            answer = await anyone.get(_filled(path), headers=JSON)
            assert answer.status_code == 401, path
            page = await anyone.get(_filled(path.removesuffix(".json")))
            assert page.status_code == 303, path
            assert page.headers["location"].startswith("/login?next=")


async def test_every_form_is_refused_without_its_token_also_with_a_session(house: House) -> None:
    posts = list(_routes(house, "POST"))
    assert len(posts) >= 5
    async with house.seat("tim-saring") as client:
        del client.headers["x-csrf-token"]
        for path in posts:
            assert (await client.post(_filled(path), data={"csrf": "guessed"})).status_code == 403, path
            assert (await client.post(_filled(path), json={}, headers={"x-csrf-token": ""})).status_code == 403, path


async def test_a_token_from_before_the_login_is_worth_nothing_after_it(house: House) -> None:
    async with house.browser() as client:
        early = (await client.get("/login", headers=JSON)).json()["csrf"]
        word = house.password("bengkulu", "dlh")
        answer = await client.post(
            "/login", json={"user": "bengkulu:dlh", "password": word}, headers=JSON | {"x-csrf-token": early}
        )
        assert answer.status_code == 200
        assert (await client.post("/logout", headers={"x-csrf-token": early})).status_code == 403
        assert (await client.post("/logout", headers={"x-csrf-token": answer.json()["csrf"]})).status_code == 303


async def test_a_request_from_another_site_is_refused_even_with_the_token(house: House) -> None:
    async with house.seat("dlh") as client:
        assert (await client.post("/logout", headers={"sec-fetch-site": "cross-site"})).status_code == 403


async def test_a_login_makes_a_new_session_and_ends_the_one_it_came_with(house: House) -> None:
    async with house.seat("dlh") as client:
        old = client.cookies[SESSION_COOKIE]
        word = house.password("bengkulu", "dlh")
        await client.post("/login", json={"user": "bengkulu:dlh", "password": word}, headers=JSON)
        assert client.cookies[SESSION_COOKIE] != old
        client.cookies.clear()
        client.cookies.set(SESSION_COOKIE, old)
        assert (await client.get("/saya", headers=JSON)).status_code == 401


async def test_a_cookie_that_someone_planted_never_becomes_a_session(house: House) -> None:
    async with house.browser() as client:
        client.cookies.set(SESSION_COOKIE, "planted", domain="tuntas.test")
        token = (await client.get("/login", headers=JSON)).json()["csrf"]
        word = house.password("bengkulu", "dlh")
        user = {"user": "bengkulu:dlh", "password": word}
        await client.post("/login", json=user, headers=JSON | {"x-csrf-token": token})
    async with house.browser() as attacker:
        attacker.cookies.set(SESSION_COOKIE, "planted", domain="tuntas.test")
        assert (await attacker.get("/saya", headers=JSON)).status_code == 401


async def test_after_logout_the_cookie_opens_nothing(house: House) -> None:
    async with house.seat("dlh") as client:
        cookie = client.cookies[SESSION_COOKIE]
        assert (await client.post("/logout")).status_code == 303
        client.cookies.clear()
        client.cookies.set(SESSION_COOKIE, cookie)
        assert (await client.get("/saya", headers=JSON)).status_code == 401


async def test_a_session_ends_after_a_working_day_without_use(house: House, moved: Callable[[timedelta], None]) -> None:
    async with house.seat("dlh") as client:
        moved(timedelta(hours=9))
        assert (await client.get("/saya", headers=JSON)).status_code == 200
        moved(timedelta(hours=11))
        assert (await client.get("/saya", headers=JSON)).status_code == 401


async def test_the_database_holds_neither_password_nor_cookie(house: House) -> None:
    async with house.seat("dlh") as client:
        cookie = client.cookies[SESSION_COOKIE]
    both = "select a.*, s.* from staff.account a left join staff.session s using (city, seat)"
    dump = str(await house.staff.fetch(both))
    assert house.password("bengkulu", "dlh") not in dump
    assert cookie not in dump
    assert "$argon2id$" in dump


async def test_failed_logins_make_the_account_wait_longer_and_longer_and_a_right_password_waits_too(
    house: House, moved: Callable[[timedelta], None]
) -> None:
    waits = []
    right = {"user": "bengkulu:bapenda", "password": house.password("bengkulu", "bapenda")}
    async with house.browser("198.51.100.1") as client:
        token = (await client.get("/login", headers=JSON)).json()["csrf"]
        headers = JSON | {"x-csrf-token": token}
        for _ in range(12):
            answer = await client.post(
                "/login", json={"user": "bengkulu:bapenda", "password": "salah"}, headers=headers
            )
            if answer.status_code == 429:
                waits.append(int(answer.headers["retry-after"]))
                assert (await client.post("/login", json=right, headers=headers)).status_code == 429
                moved(timedelta(seconds=waits[-1]))
            else:
                assert answer.status_code == 401
        moved(timedelta(minutes=16))
        assert (await client.post("/login", json=right, headers=headers)).status_code == 200
    assert len(waits) >= 3
    assert waits == sorted(waits)
    assert waits[-1] > waits[0]


async def test_an_address_that_tries_many_accounts_has_to_wait(house: House) -> None:
    async with house.browser("198.51.100.2") as client:
        token = (await client.get("/login", headers=JSON)).json()["csrf"]
        headers = JSON | {"x-csrf-token": token}
        statuses = []
        for n in range(33):
            user = {"user": f"bengkulu:tidak-ada-{n}", "password": "x"}
            statuses.append((await client.post("/login", json=user, headers=headers)).status_code)
    assert statuses[0] == 401
    assert statuses[-1] == 429


async def test_login_leads_only_to_addresses_of_ours(house: House) -> None:
    for target in ("https://jahat.example/", "//jahat.example/", "/\\jahat.example"):
        async with house.browser() as client:
            await client.get("/login", params={"next": target})
            answer = await client.post("/login", data={
                "csrf": client.cookies["tuntas_csrf"], "user": "bengkulu:dlh", "next": target,
                "password": house.password("bengkulu", "dlh"),
            })  # fmt: skip
        assert answer.status_code == 303
        assert answer.headers["location"] == "/papan"


@pytest.mark.parametrize("path", ["/", "/login", "/styleguide", "/papan.json", "/static/style.css"])
async def test_every_answer_carries_the_security_headers(house: House, path: str) -> None:
    async with house.browser() as anyone:
        answer = await anyone.get(path)
    assert answer.headers["content-security-policy"] == CONTENT_SECURITY_POLICY
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert ("immutable" in answer.headers["cache-control"]) == path.startswith("/static/")


async def test_no_page_names_another_host(house: House) -> None:
    async with house.seat("walikota") as client:
        for path in ("/", "/login", "/styleguide", "/papan", "/laporan"):
            text = (await client.get(path)).text
            assert not re.search(r"""(?:src|href|action)=["'](?:https?:)?//""", text), path
            assert " style=" not in text
            assert "<script>" not in text


async def test_while_the_database_is_away_a_page_says_so_kindly_and_asks_to_come_back(house: House) -> None:
    away = await postgres.pool("postgresql://nobody@127.0.0.1:9/tuntas", size=1)
    routes = app.routes(
        replace(house.desk, public=away), away, house.stack.cities, house.clock, secure=False, first_passwords={}
    )
    transport = httpx.ASGITransport(Starlette(routes=routes))
    async with httpx.AsyncClient(transport=transport, base_url="http://tuntas.test") as anyone:
        tracked = await anyone.get("/lacak/BKL-00000000-0")
        page = await anyone.get(f"/lacak/{new_ticket('BKL')}")
        anyone.cookies.set(SESSION_COOKIE, "any")
        closed = await anyone.get("/papan", headers=JSON)
    assert tracked.status_code == 404
    assert (page.status_code, closed.status_code) == (503, 503)
    assert "Coba lagi" in page.text
    assert page.headers["retry-after"] == "2"


def _codes(many: int) -> list[str]:
    """Codes with a right check character that nobody holds: somebody guesses."""
    made = (tickets.make("BKL", secrets.randbits(40)) for _ in itertools.count())
    return list(itertools.islice((code for code in made if code is not None), many))


async def test_who_guesses_codes_waits_and_nobody_else_does(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.monotonic()
    monkeypatch.setattr(house.desk.guesses, "_clock", lambda: now)  # however long the requests take
    async with house.browser("203.0.113.99") as guesser, house.browser("203.0.113.98") as other:
        first = [(await guesser.get(f"/lacak/{code}")).status_code for code in _codes(FREE)]
        assert set(first) == {404}
        stopped = await guesser.get(f"/lacak/{_codes(1)[0]}")
        assert stopped.status_code == 429
        assert stopped.headers["retry-after"] == "20"
        assert "Tunggu sebentar" in stopped.text
        listed = f"/open311/v2/requests.json?jurisdiction_id=bengkulu&service_request_id={','.join(_codes(2))}"
        assert (await guesser.get(listed)).status_code == 429, "by a program no more than by the page"
        assert (await guesser.get("/lacak/BKL-SALAHKETIK")).status_code == 404, (
            "a slip is no guess, and is told at once"
        )
        assert (await other.get(f"/lacak/{_codes(1)[0]}")).status_code == 404
