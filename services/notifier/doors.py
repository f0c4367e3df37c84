"""A sender with its pace for every door that we serve ourselves."""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import httpx

from services.contracts.city import City
from services.contracts.city import Door as CityDoor
from services.contracts.secrets import CitySecrets
from services.notifier.door import Door
from services.notifier.pace import Pace, Rates
from services.notifier.posting import Wall
from services.notifier.senders.page.client import Page
from services.notifier.senders.page.instagram import InstagramWall
from services.notifier.senders.page.wall import PageWall
from services.notifier.senders.sms.client import Sms
from services.notifier.senders.smtp.client import Smtp
from services.notifier.senders.telegram.client import Telegram
from services.notifier.senders.telegram.wall import ChannelWall
from services.notifier.senders.whatsapp.client import WhatsApp
from services.notifier.sending import Sender

PAGE_RATES = Rates(per_second=10, person_seconds=1, person_burst=5)
"""Well below what Meta allows an account (200 calls an hour for each person it talks with)."""


@dataclass(frozen=True)
class Providers:
    """Base addresses of the providers' APIs, and what a number or bot may send."""

    graph: str
    telegram: str
    whatsapp_rates: Rates
    telegram_per_second: float = 25


Doors = dict[tuple[str, str], Door]
"""By city and door."""


def doors(
    client: httpx.AsyncClient, providers: Providers, cities: Mapping[str, City], secrets: Mapping[str, CitySecrets]
) -> Doors:
    """One for each door that has an account and a token."""
    found: Doors = {}
    for city in cities.values():
        known = secrets.get(city.id, CitySecrets())
        for door, sender, rates in _of_city(client, providers, city, known):
            found[city.id, door.id] = Door(sender, Pace(rates, time.monotonic), door.channel)
    return found


def walls(
    client: httpx.AsyncClient, providers: Providers, cities: Mapping[str, City], secrets: Mapping[str, CitySecrets]
) -> dict[tuple[str, str], Wall]:
    """By city and account: those of the city's public accounts that a door's credentials reach."""
    found: dict[tuple[str, str], Wall] = {}
    for city in cities.values():
        known = secrets.get(city.id, CitySecrets())
        by_id = {door.id: door for door in city.doors if not door.external}
        for account in city.accounts:
            door = by_id.get(account.door or "")
            if door is None:
                continue
            if account.channel == "facebook" and door.account_id and known.page.access_token:
                wall: Wall = PageWall(client, providers.graph, door.account_id, known.page.access_token)
            elif account.channel == "instagram" and door.account_id and known.page.access_token:
                wall = InstagramWall(client, providers.graph, door.account_id, known.page.access_token)
            elif account.channel == "telegram" and account.chat and known.telegram.bot_token:
                wall = ChannelWall(client, providers.telegram, known.telegram.bot_token, account.chat)
            else:
                continue
            found[city.id, account.id] = wall
    return found


def _of_city(
    client: httpx.AsyncClient, providers: Providers, city: City, known: CitySecrets
) -> Iterator[tuple[CityDoor, Sender, Rates]]:
    # Telegram asks for no more than a message a second to one chat, bursts apart.
    bot = Rates(per_second=providers.telegram_per_second, person_seconds=1, person_burst=5)
    for door in city.doors:
        if door.external:
            continue
        match door.channel:
            case "whatsapp" if door.phone_number_id and known.whatsapp.access_token:
                token = known.whatsapp.access_token
                yield door, WhatsApp(client, providers.graph, door.phone_number_id, token), providers.whatsapp_rates
            case "telegram" if known.telegram.bot_token:
                yield door, Telegram(client, providers.telegram, known.telegram.bot_token), bot
            case "facebook" | "instagram" as kind if door.account_id and known.page.access_token:
                yield door, Page(client, providers.graph, kind, door.account_id, known.page.access_token), PAGE_RATES
            case "sms" if known.sms.url:
                yield door, Sms(client, known.sms), Rates(known.sms.per_second, person_seconds=30, person_burst=3)
            case "email" if known.mail.host:
                yield door, Smtp(known.mail), Rates(known.mail.per_second, person_seconds=10, person_burst=5)
            case _:
                continue


def renew(known: Doors, fresh: Doors) -> None:
    """Other credentials behind the same doors: what is known of an account's pace and health stays. A door without a
    token is gone."""
    for key in set(known) - set(fresh):
        del known[key]
    for key, door in fresh.items():
        known[key] = replace(known[key], sender=door.sender) if key in known else door
