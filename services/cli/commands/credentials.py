"""`tuntas credentials`: what a door, an adapter, an agency or a seat needs to come in. The keys are a contract."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any

import typer

from services.cli.commands.common import NOT_RUNNING, fail, out, say_json
from services.cli.provision.accounts import adapter_user, agency_user, inbox_prefix
from services.cli.provision.secrets import Keeper
from services.cli.settings import CliSettings
from services.cli.supervisor.state import read_state
from services.contracts import subjects
from services.contracts.city import City
from services.contracts.secrets import Secrets
from services.contracts.streams import channels
from services.runtime import cities


def credentials(
    name: Annotated[
        str | None,
        typer.Argument(help="whatsapp:CITY, telegram:…, facebook:…, adapter:CITY:CHANNEL, agency:…, …"),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Without a name: the names there are. With one: its addresses, user, password, tokens."""
    settings = CliSettings()
    secrets = Keeper(settings.folder).read()
    if not secrets.cities:
        fail(f"{settings.folder} was never provisioned; start with `tuntas up`", NOT_RUNNING)
    known = cities.load(settings.cities_dir)
    addresses = _addresses(settings)
    entries = catalogue(known, secrets, addresses)
    if name is None:
        if as_json:
            say_json(list(entries))
        else:
            for entry in entries:
                out.print(entry)
        return
    found = entries.get(name)
    if found is None:
        fail(f"there is no {name}; `tuntas credentials` lists the names")
    values = found()
    if as_json:
        say_json(values)
    else:
        for key, value in values.items():
            out.print(f"{key:<18} {', '.join(value) if isinstance(value, list) else value}")


def catalogue(
    known: Mapping[str, City], secrets: Secrets, addresses: Mapping[str, str]
) -> dict[str, Callable[[], dict[str, Any]]]:
    """Every name, with what makes its credentials. `addresses`: `intake`, `pages`, `nats`."""
    entries: dict[str, Callable[[], dict[str, Any]]] = {}
    for city in known.values():
        for channel, external in channels(city).items():
            if channel == "whatsapp" and not external:
                entries[f"whatsapp:{city.id}"] = lambda city=city: _whatsapp(city, secrets, addresses)  # type: ignore[misc]
            if channel in ("facebook", "instagram") and not external:
                entries[f"{channel}:{city.id}"] = (
                    lambda city=city, channel=channel: _page(city, channel, secrets, addresses)  # type: ignore[misc]
                )
            if channel == "telegram" and not external:
                entries[f"telegram:{city.id}"] = lambda city=city: _telegram(city, secrets, addresses)  # type: ignore[misc]
            if channel == "email" and not external:
                entries[f"mail:{city.id}"] = lambda city=city: _mail(city, secrets, addresses)  # type: ignore[misc]
            if external:
                entries[f"adapter:{city.id}:{channel}"] = (
                    lambda city=city, channel=channel: _adapter(city.id, channel, secrets, addresses)  # type: ignore[misc]
                )
        for agency in city.agencies:
            if agency.connects:
                entries[f"agency:{city.id}:{agency.id}"] = (
                    lambda city=city, agency=agency: _agency(city.id, agency.id, secrets, addresses)  # type: ignore[misc]
                )
        for seat in city.seats:
            entries[f"staff:{city.id}:{seat}"] = (
                lambda city=city, seat=seat: _staff(city.id, seat, secrets, addresses)  # type: ignore[misc]
            )
    return entries


def _addresses(settings: CliSettings) -> dict[str, str]:
    """As the operator says, else where it runs or last ran."""
    state = read_state(settings.folder)
    last = state.urls if state is not None else {}
    given = settings.nats_url.rpartition("@")[2] if settings.nats_url else None
    broker = settings.nats_public or given or last.get("nats", "127.0.0.1:4222")
    return {
        "pages": settings.public_url or last.get("pages", "http://127.0.0.1:8080"),
        "intake": settings.intake_url or last.get("intake", "http://127.0.0.1:8081"),
        "nats": f"nats://{broker.removeprefix('nats://')}",
    }


def _whatsapp(city: City, secrets: Secrets, addresses: Mapping[str, str]) -> dict[str, Any]:
    whatsapp = secrets.cities[city.id].whatsapp
    return {
        "webhook_url": f"{addresses['intake']}/webhooks/{city.id}/whatsapp",
        "verify_token": whatsapp.verify_token,
        "app_secret": whatsapp.app_secret,
        "phone_number_ids": [door.phone_number_id for door in city.doors if door.phone_number_id is not None],
    }


def _page(city: City, channel: str, secrets: Secrets, addresses: Mapping[str, str]) -> dict[str, Any]:
    page = secrets.cities[city.id].page
    return {
        "webhook_url": f"{addresses['intake']}/webhooks/{city.id}/{channel}",
        "verify_token": page.verify_token,
        "app_secret": page.app_secret,
        "account_ids": [d.account_id for d in city.doors if d.channel == channel and d.account_id is not None],
    }


def _mail(city: City, secrets: Secrets, addresses: Mapping[str, str]) -> dict[str, Any]:
    """For a mail server that hands messages in; the mailbox that is fetched stands in the operator's file."""
    known = secrets.cities[city.id]
    box = known.mailbox
    return {
        "mail_url": f"{addresses['intake']}/mail/{city.id}",
        "mail_token": known.mail_token,
        "mailbox": f"{box.user}@{box.host}/{box.folder}" if box.host else None,
    }


def _telegram(city: City, secrets: Secrets, addresses: Mapping[str, str]) -> dict[str, Any]:
    """What to give to Telegram's `setWebhook`."""
    return {
        "webhook_url": f"{addresses['intake']}/webhooks/{city.id}/telegram",
        "secret_token": secrets.cities[city.id].telegram.webhook_secret,
        "allowed_updates": ["message", "edited_message", "callback_query"],
    }


def _adapter(city: str, channel: str, secrets: Secrets, addresses: Mapping[str, str]) -> dict[str, Any]:
    user = adapter_user(city, channel)
    return {
        "servers": [addresses["nats"]],
        "user": user,
        "password": secrets.nats[user],
        "inbox_prefix": inbox_prefix(user),
        "subject": subjects.intake(city, channel),
        "refusals_subject": subjects.refusals(city, channel),
        "outbound_stream": subjects.OUTBOUND,
        "outbound_consumer": subjects.outbound_consumer(city, channel),
        "media_url": f"{addresses['intake']}/media",
        "media_token": secrets.cities[city].adapters[channel],
    }


def _agency(city: str, agency: str, secrets: Secrets, addresses: Mapping[str, str]) -> dict[str, Any]:
    user = agency_user(city, agency)
    return {
        "servers": [addresses["nats"]],
        "user": user,
        "password": secrets.nats[user],
        "inbox_prefix": inbox_prefix(user),
        "stream": subjects.AGENCY,
        "consumer": subjects.agency_consumer(city, agency),
        "command_subject": subjects.agency_command(city, agency),
        "media_url": f"{addresses['intake']}/media",
        "media_token": secrets.cities[city].agencies[agency],
    }


def _staff(city: str, seat: str, secrets: Secrets, addresses: Mapping[str, str]) -> dict[str, Any]:
    return {
        "login_url": f"{addresses['pages']}/login",
        "user": f"{city}:{seat}",
        "password": secrets.cities[city].staff[seat],
    }
