"""Passwords, tokens and keys: made once, kept in the state folder, never made again."""

import base64
import json
import secrets as random
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from services.cli.provision.accounts import users
from services.cli.supervisor.folders import private_folder, write_private
from services.contracts.city import City
from services.contracts.secrets import CitySecrets, PageSecrets, Retiring, Secrets, TelegramSecrets, WhatsAppSecrets
from services.contracts.streams import channels
from services.contracts.subjects import SERVICES

ROLES = ("tuntas_admin", "tuntas_intake", "tuntas_router", "tuntas_notifier", "tuntas_reporting", "tuntas_public")
"""Database roles. `tuntas_admin` owns everything; `tuntas_public` reads what everyone may read."""


class Keeper:
    """The secrets of one state folder."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self.file = home / "secrets.json"
        self.master_key_file = home / "master.key"

    def read(self) -> Secrets:
        """What was made so far; empty before the first provisioning."""
        if not self.file.exists():
            return Secrets()
        return Secrets.model_validate_json(self.file.read_bytes())

    def service_file(self, service: str) -> Path:
        return self._home / "secrets" / f"{service}.json"

    def rotate(self, city: str, name: str, value: str | None, overlap: timedelta, now: datetime) -> None:
        """Another value of one secret, made up if None. Without an overlap every old one of it is over at once."""
        known = self.read()
        of_city = known.cities[city]
        old = value_of(of_city, name)
        ended = [one for one in of_city.retiring if one.until > now and (one.name != name or overlap)]
        if overlap and old:
            ended.append(Retiring(name=name, value=old, until=now + overlap))
        changed = _with(of_city, name, value or new_password())
        changed = changed.model_copy(update={"retiring": tuple(ended)})
        secrets = known.model_copy(update={"cities": {**known.cities, city: changed}})
        write_private(self.file, _text(secrets))
        for service in SERVICES:
            write_private(self.service_file(service), _text(secrets.for_service(service)))

    def make(self, cities: Iterable[City]) -> Secrets:
        """Adds what is missing, keeps everything else, writes the operator's file and one for each service."""
        private_folder(self._home)
        cities = list(cities)
        known = self.read()
        private, public = _signing_key(known.staff_token_private, known.staff_token_public)
        chat_private, chat_public = _signing_key(known.chat_token_private, known.chat_token_public)
        made = Secrets(
            nats={user: known.nats.get(user) or new_password() for user in users(cities)} | known.nats,
            postgres={role: known.postgres.get(role) or new_password() for role in ROLES},
            cities=known.cities | {city.id: _city(city, known.cities.get(city.id, CitySecrets())) for city in cities},
            staff_token_private=private,
            staff_token_public=public,
            chat_token_private=chat_private,
            chat_token_public=chat_public,
        )
        if made != known:
            write_private(self.file, _text(made))
        if not self.master_key_file.exists():
            write_private(self.master_key_file, base64.b64encode(random.token_bytes(32)) + b"\n")
        private_folder(self._home / "secrets")
        for service in SERVICES:
            part = _text(made.for_service(service))
            file = self.service_file(service)
            if not file.exists() or file.read_text() != part:
                write_private(file, part)
        return made


OURS = frozenset({"adapters", "agencies", "whatsapp.verify_token", "page.verify_token", "telegram.webhook_secret"})
"""Secrets that are ours to make; the others come from a provider."""


class UnknownSecret(KeyError):
    """The city has no secret of this name."""


def value_of(secrets: CitySecrets, name: str) -> str:
    """`whatsapp.app_secret`, `adapters.instagram`. Raises UnknownSecret."""
    group, _, of_it = name.partition(".")
    held = getattr(secrets, group, None) if group in CitySecrets.model_fields else None
    found = held.get(of_it) if isinstance(held, dict) else getattr(held, of_it, None) if of_it else None
    if not isinstance(found, str):
        raise UnknownSecret(name)
    return found


def _with(secrets: CitySecrets, name: str, value: str) -> CitySecrets:
    group, _, of_it = name.partition(".")
    held = getattr(secrets, group)
    changed = {**held, of_it: value} if isinstance(held, dict) else held.model_copy(update={of_it: value})
    return secrets.model_copy(update={group: changed})


def _text(secrets: Secrets) -> str:
    return json.dumps(secrets.model_dump(mode="json"), indent=1) + "\n"


def new_password() -> str:
    """160 bits, without characters that a URL or a configuration file would have to quote."""
    return base64.b32encode(random.token_bytes(20)).decode().lower()


def _signing_key(private: str, public: str) -> tuple[str, str]:
    if private:
        return private, public
    key = Ed25519PrivateKey.generate()
    return _base64url(key.private_bytes_raw()), _base64url(key.public_key().public_bytes_raw())


def _base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _city(city: City, known: CitySecrets) -> CitySecrets:
    return CitySecrets(
        whatsapp=WhatsAppSecrets(
            app_secret=known.whatsapp.app_secret or new_password(),
            verify_token=known.whatsapp.verify_token or new_password(),
            access_token=known.whatsapp.access_token or new_password(),
        ),
        page=PageSecrets(
            app_secret=known.page.app_secret or new_password(),
            verify_token=known.page.verify_token or new_password(),
            access_token=known.page.access_token or new_password(),
        ),
        telegram=TelegramSecrets(
            bot_token=known.telegram.bot_token or new_password(),
            webhook_secret=known.telegram.webhook_secret or new_password(),
            polls=known.telegram.polls,
        ),
        mailbox=known.mailbox,
        mail_token=known.mail_token or new_password(),
        sms=known.sms,
        mail=known.mail,
        adapters=known.adapters
        | {
            channel: known.adapters.get(channel) or new_password()
            for channel, external in channels(city).items()
            if external
        },
        agencies=known.agencies
        | {agency.id: known.agencies.get(agency.id) or new_password() for agency in city.agencies if agency.connects},
        console_media=known.console_media or new_password(),
        staff=known.staff | {seat: known.staff.get(seat) or new_password() for seat in city.seats},
        retiring=known.retiring,
    )
