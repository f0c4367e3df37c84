"""Every channel of our own, once: how its provider's calls are read and its files fetched. A new one is a folder under
`channels/` and an entry here; what it needs of the machinery is handed in.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import NamedTuple

import httpx

from services.contracts.city import City
from services.contracts.secrets import CitySecrets
from services.intake.channels.facebook import translate as facebook
from services.intake.channels.instagram import translate as instagram
from services.intake.channels.sms.webhook import SmsWebhook
from services.intake.channels.telegram.files import TelegramFiles
from services.intake.channels.telegram.webhook import TelegramWebhook
from services.intake.channels.whatsapp import translate as whatsapp
from services.intake.channels.whatsapp.graph import Graph
from services.intake.doors.provider_json import Translated
from services.intake.doors.webhook import Webhook
from services.intake.evidence import media
from services.intake.evidence.fetching import Files
from services.intake.meta.files import MetaFiles
from services.intake.meta.webhook import MetaWebhook


class Reach(NamedTuple):
    """How providers are reached: base addresses of their APIs, a client, the cities' secrets."""

    graph: str
    telegram: str
    client: httpx.AsyncClient
    secrets: Mapping[str, CitySecrets]


class Channel(NamedTuple):
    """`webhook`: of a city, or None if the city has no such door; `files`: None where a message brings its own."""

    webhook: Callable[[City, CitySecrets], Webhook | None] | None
    files: Callable[[Reach], Files] | None


def _old(known: CitySecrets, name: str) -> Callable[[], tuple[str, ...]]:
    """Asked at each call: an overlap ends by itself."""
    return lambda: known.still(name, datetime.now(UTC))


def _whatsapp(city: City, known: CitySecrets) -> Webhook:
    """Every city has the webhook, so that a number may be wired before the city's file names it."""
    numbers = {d.phone_number_id: d.id for d in city.doors if d.channel == "whatsapp" and d.phone_number_id}
    read = partial(whatsapp.translate, doors=numbers)
    return MetaWebhook(known.whatsapp.app_secret, known.whatsapp.verify_token, read, _old(known, "whatsapp.app_secret"))


def _page(known: CitySecrets, read: Callable[[bytes], list[Translated]]) -> Webhook:
    return MetaWebhook(known.page.app_secret, known.page.verify_token, read, _old(known, "page.app_secret"))


def _facebook(city: City, known: CitySecrets) -> Webhook | None:
    accounts = _accounts(city, "facebook")
    read = partial(facebook.translate, doors=accounts or {})
    return (
        None
        if accounts is None
        else MetaWebhook(known.page.app_secret, known.page.verify_token, read, _old(known, "page.app_secret"))
    )


def _instagram(city: City, known: CitySecrets) -> Webhook | None:
    accounts = _accounts(city, "instagram")
    read = partial(instagram.translate, doors=accounts or {})
    return (
        None
        if accounts is None
        else MetaWebhook(known.page.app_secret, known.page.verify_token, read, _old(known, "page.app_secret"))
    )


def _accounts(city: City, channel: str) -> dict[str, str] | None:
    ours = [d for d in city.doors if d.channel == channel and not d.external]
    return {d.account_id: d.id for d in ours if d.account_id} if ours else None


def _telegram(city: City, known: CitySecrets) -> Webhook | None:
    bots = [d.id for d in city.doors if d.channel == "telegram" and not d.external]
    return (
        TelegramWebhook(known.telegram.webhook_secret, bots[0], _old(known, "telegram.webhook_secret"))
        if bots
        else None
    )


def _sms(city: City, known: CitySecrets) -> Webhook | None:
    ours = any(d.channel == "sms" and not d.external for d in city.doors)
    return SmsWebhook(known.sms) if ours and known.sms.receipt_secret else None


def _graph(reach: Reach) -> Files:
    tokens = {city: one.whatsapp.access_token for city, one in reach.secrets.items()}
    return Graph(reach.graph, tokens, media.MAX_BYTES, reach.client)


def _pages(reach: Reach) -> Files:
    return MetaFiles(reach.graph, media.MAX_BYTES, reach.client)


def _bots(reach: Reach) -> Files:
    tokens = {city: one.telegram.bot_token for city, one in reach.secrets.items()}
    return TelegramFiles(reach.telegram, tokens, media.MAX_BYTES, reach.client)


CHANNELS: dict[str, Channel] = {
    "whatsapp": Channel(_whatsapp, _graph),
    "facebook": Channel(_facebook, _pages),
    "instagram": Channel(_instagram, _pages),
    "telegram": Channel(_telegram, _bots),
    "email": Channel(None, None),
    "sms": Channel(_sms, None),
}


def webhooks(cities: Mapping[str, City], secrets: Mapping[str, CitySecrets]) -> dict[tuple[str, str], Webhook]:
    """Every channel of every city that its provider calls, by city and channel."""
    found: dict[tuple[str, str], Webhook] = {}
    for city in cities.values():
        known = secrets.get(city.id, CitySecrets())
        for name, channel in CHANNELS.items():
            webhook = channel.webhook(city, known) if channel.webhook is not None else None
            if webhook is not None:
                found[city.id, name] = webhook
    return found


def page_tokens(secrets: Mapping[str, CitySecrets]) -> dict[str, str]:
    """Of each city's page and Instagram account."""
    return {city: one.page.access_token for city, one in secrets.items()}


def files(reach: Reach) -> dict[str, Files]:
    return {name: channel.files(reach) for name, channel in CHANNELS.items() if channel.files is not None}
