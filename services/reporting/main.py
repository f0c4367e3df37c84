"""`python -m services.reporting.main`: follows the log into read models and serves the pages."""

from functools import partial

import httpx

from services.contracts import subjects
from services.contracts.mornings import MorningRequest
from services.contracts.secrets import Secrets
from services.reporting import app
from services.reporting.acting import Acting
from services.reporting.desk import Desk
from services.reporting.facts.accounts import CityAccounts
from services.reporting.facts.interruptions import Interruptions
from services.reporting.facts.rules import RulesInForce
from services.reporting.facts.sessions import Entries, OnAir
from services.reporting.facts.surges import Surges
from services.reporting.facts.vacancies import Vacancies
from services.reporting.follow import Following, watch_cities
from services.reporting.mornings import Mornings
from services.reporting.numbers import Numbers
from services.reporting.pictures.serving import Pictures, Shown
from services.reporting.read_models.projector import Projector
from services.reporting.reading import loader
from services.reporting.revealing import Reveals
from services.reporting.uploading import Uploads
from services.reporting.webhooks import Webhooks
from services.reporting.webhooks_of_file import WebhooksOfFile
from services.runtime.process import run_service
from services.runtime.service import Needs, Service, SettingMissing
from services.web.headers import security_headers

NEEDS = Needs(
    streams=(subjects.COMPLAINTS, subjects.CITY),
    consumers=((subjects.COMPLAINTS, "reporting"),),
    tables=("reporting.step", "reporting.complaint", "reporting.holding", "reporting.tally", "reporting.checkpoint"),
    vault_tables=(
        "vault.data_key",
        "staff.account",
        "staff.session",
        "staff.login_attempt",
        "staff.contact",
        "delivery.webhook",
    ),
)


GATHER = 0.1
"""Seconds. Each batch is a transaction that goes to the disk; a click after a quiet time waits for none of this."""


async def build(service: Service) -> None:
    pool, staff, public = service.database, service.vault_pool, service.public_database
    if pool is None or staff is None or public is None:
        raise SettingMissing("TUNTAS_DATABASE_URL, TUNTAS_VAULT_URL and TUNTAS_PUBLIC_DATABASE_URL")
    secrets = Secrets.model_validate(service.settings.secrets)
    if not secrets.staff_token_private:
        raise SettingMissing("staff_token_private in TUNTAS_SECRETS_FILE")
    log, interruptions = service.log(subjects.COMPLAINTS), Interruptions()
    surges, rules, vacancies, on_air = Surges(), RulesInForce(), Vacancies(), OnAir()
    accounts = CityAccounts()
    shown = Shown(service.blobs, service.master.derived("public"))
    following = Following(Projector(pool, loader(log)), service.opener, shown)
    service.follow(subjects.COMPLAINTS, "reporting", batch_handler=following.batch, batch=500, gather=GATHER)
    facts, takers = (
        service.log(subjects.CITY),
        (interruptions.take, surges.take, rules.take, vacancies.take, on_air.take_entry, accounts.take_entry),
    )
    service.task("city_facts", lambda stop: watch_cities(facts, takers, stop))

    client = httpx.AsyncClient(timeout=httpx.Timeout(60.0, connect=3.0), trust_env=False)
    service.at_end(client.aclose)
    tokens = {city: held.console_media for city, held in secrets.cities.items()}
    secure = service.settings.public_url.startswith("https://")
    hooks = Webhooks(staff, service.vault, service.clock, inside=service.settings.webhook_inside)
    of_file = WebhooksOfFile(staff, service.vault, hooks, service.clock, inside=service.settings.webhook_inside)
    service.task("webhooks_of_file", partial(of_file.run, service.cities))
    desk = Desk(
        pool=pool, public=public, opener=service.opener, cities=service.cities, clock=service.clock,
        acting=Acting(service.connection, secrets.staff_token_private, service.clock), interruptions=interruptions,
        surges=surges, rules=rules, vacancies=vacancies,
        pictures=Pictures(staff, service.vault, service.blobs, service.master.derived("upload")),
        shown=shown,
        numbers=Numbers(staff, service.vault, service.clock),
        uploads=Uploads(client, service.settings.intake_url, tokens),
        entries=Entries(client, service.settings.intake_url, tokens),
        on_air=on_air,
        accounts=accounts,
        reveals=Reveals(service.vault, staff),
        webhooks=hooks,
    )  # fmt: skip
    service.answer("figures.*.morning", MorningRequest, Mornings(pool, service.cities, service.clock).answer)
    first = {f"{city}:{seat}": word for city, held in secrets.cities.items() for seat, word in held.staff.items()}
    service.routes(*app.routes(
        desk, staff, service.cities, service.clock, secure=secure, first_passwords=first,
        intake=(client, service.settings.intake_url.rstrip("/")), public_url=service.settings.public_url,
    ))  # fmt: skip
    service.problems(app.problems(service.clock, secure=secure))
    service.middleware(security_headers(secure=secure))


if __name__ == "__main__":
    run_service("reporting", build, needs=NEEDS)
