"""Instagram accounts and Telegram channels as walls, against the stand-ins: posted, found again, taken back."""

import io
from collections.abc import AsyncIterator
from dataclasses import dataclass

import httpx
import pytest
import pytest_asyncio
from PIL import Image
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from services.cli.standins.instagram import Instagram
from services.cli.standins.telegram import Bot
from services.cli.standins.telegram import Telegram as TelegramStandin
from services.cli.standins.telegram import application as telegram
from services.notifier.posting import LostError, NotNowError, NotPosted, Post, Posted
from services.notifier.senders.page.instagram import InstagramWall
from services.notifier.senders.telegram.wall import ChannelWall
from services.reporting.pictures.feed import HIGHEST, LOWEST, fit_for_feeds
from tests.notifier.conftest import served

ACCOUNT, TOKEN, BOT, CHAT = "178400000000009", "ig-token", "700:contoh", "@kabar_contoh"
TEXT = "Selesai: Saluran di Kelurahan Padang Harapan sudah dibersihkan."


def picture(width: int, height: int, form: str = "JPEG") -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(made, form)
    return made.getvalue()


@dataclass
class Square:
    """Stand-in of the Graph API, and where anybody can open the city's cleared pictures."""

    accounts: Instagram
    wall: InstagramWall
    pictures: str

    def post(self, *names: str) -> Post:
        return Post(TEXT, tuple(b"x" for _ in names), tuple(f"{self.pictures}/gambar/{name}" for name in names))


@pytest_asyncio.fixture
async def square() -> AsyncIterator[Square]:
    shown = {"wide": picture(1600, 500), "tall": picture(600, 1600), "png": picture(800, 800, "PNG")}

    async def one(request: Request) -> Response:
        raw = shown.get(request.path_params["name"])
        fit = None if raw is None else fit_for_feeds(raw)
        return Response(status_code=404) if fit is None else Response(fit, media_type="image/jpeg")

    accounts = Instagram(tokens={ACCOUNT: TOKEN})
    async with (
        served(Starlette(routes=accounts.routes())) as graph,
        served(Starlette(routes=[Route("/gambar/{name}", one)])) as pictures,
        httpx.AsyncClient(trust_env=False) as client,
    ):
        yield Square(accounts, InstagramWall(client, f"{graph}/v23.0", ACCOUNT, TOKEN, look=0.01), pictures)


async def test_pictures_of_any_shape_stand_on_instagram_as_one_post_with_its_address(square: Square) -> None:
    posted = await square.wall.post(square.post("wide", "tall", "png"))
    [stands] = square.accounts.posts
    assert posted == Posted(stands.id, f"https://www.instagram.com/p/{stands.id}/")
    assert (stands.caption, stands.pictures) == (TEXT, 3)
    assert isinstance(await square.wall.post(square.post("tall")), Posted)


async def test_without_a_picture_that_anybody_can_open_nothing_is_posted(square: Square) -> None:
    assert await square.wall.post(Post(TEXT)) == NotPosted("needs_picture")
    assert await square.wall.post(square.post("gone")) == NotPosted("picture_refused")
    assert await square.wall.post(square.post("wide", "gone")) == NotPosted("picture_refused")
    assert square.accounts.posts == []


async def test_a_post_whose_answer_was_lost_is_found_by_its_words(square: Square) -> None:
    square.accounts.lose_answers = 1
    with pytest.raises(LostError):
        await square.wall.post(square.post("wide"))
    found = await square.wall.find(square.post("wide"))
    assert found is not None
    assert found.post == square.accounts.posts[0].id
    assert await square.wall.find(Post("Lain")) is None


@pytest.mark.parametrize(("manages", "how"), [(True, "deleted"), (False, "by_hand")])
async def test_taken_back_by_the_api_where_the_token_may_else_by_a_person(
    square: Square, *, manages: bool, how: str
) -> None:
    posted = await square.wall.post(square.post("wide"))
    assert isinstance(posted, Posted)
    square.accounts.manages = manages
    for _ in range(2):
        assert await square.wall.withdraw(posted.post, "ditarik") == how
    assert square.accounts.posts[0].gone is manages


async def test_a_token_that_ended_waits_for_an_operator(square: Square) -> None:
    square.accounts.tokens[ACCOUNT] = "another"
    with pytest.raises(NotNowError):
        await square.wall.post(square.post("wide"))


@pytest.mark.parametrize("size", [(4000, 300), (300, 4000), (1000, 1000), (1440, 1800), (600, 450)])
def test_a_picture_fits_every_feed_and_none_of_it_is_cut_off(size: tuple[int, int]) -> None:
    made = fit_for_feeds(picture(*size))
    assert made is not None
    with Image.open(io.BytesIO(made)) as fit:
        assert fit.format == "JPEG"
        assert LOWEST - 0.005 <= fit.width / fit.height <= HIGHEST + 0.005


def test_what_is_no_picture_fits_none() -> None:
    assert fit_for_feeds(b"no picture") is None


Tower = tuple[TelegramStandin, ChannelWall]


@pytest_asyncio.fixture
async def tower() -> AsyncIterator[Tower]:
    behind = TelegramStandin(bots={BOT: Bot()})
    behind.channel.names.add(CHAT)
    async with served(telegram(behind)) as url, httpx.AsyncClient(trust_env=False) as client:
        yield behind, ChannelWall(client, url, BOT, CHAT)


@pytest.mark.parametrize("pictures", [(), (b"jpeg",), (b"jpeg", b"other")])
async def test_a_channel_s_post_stands_with_its_address_and_is_deleted(
    tower: Tower, pictures: tuple[bytes, ...]
) -> None:
    behind, wall = tower
    posted = await wall.post(Post(TEXT, pictures))
    assert isinstance(posted, Posted)
    [stands] = behind.channel.posts
    assert (stands.text, stands.pictures) == (TEXT, min(len(pictures), 1))
    assert posted.link == f"https://t.me/kabar_contoh/{stands.id}"
    for _ in range(2):
        assert await wall.withdraw(posted.post, "[DITARIK]") == "deleted"
    assert stands.gone


@pytest.mark.parametrize("pictures", [(), (b"jpeg",)])
async def test_after_two_days_a_channel_s_post_says_that_it_does_not_hold(
    tower: Tower, pictures: tuple[bytes, ...]
) -> None:
    behind, wall = tower
    posted = await wall.post(Post(TEXT, pictures))
    assert isinstance(posted, Posted)
    behind.channel.old = True
    assert await wall.withdraw(posted.post, "[DITARIK]") == "marked"
    assert behind.channel.posts[0].text == "[DITARIK]"


async def test_a_long_text_is_cut_to_a_caption_and_a_foreign_channel_is_refused(tower: Tower) -> None:
    behind, wall = tower
    assert isinstance(await wall.post(Post("a" * 2000, (b"jpeg",))), Posted)
    assert len(behind.channel.posts[0].text) == 1024
    behind.channel.names.clear()
    assert await wall.post(Post(TEXT)) == NotPosted("refused")


async def test_a_lost_answer_of_a_channel_stays_unknown(tower: Tower) -> None:
    behind, wall = tower
    behind.channel.lose_answers = 1
    with pytest.raises(LostError):
        await wall.post(Post(TEXT))
    assert await wall.find(Post(TEXT)) is None
