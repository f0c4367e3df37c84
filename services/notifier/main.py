"""The notifier's process: `python -m services.notifier.main`. Refuses to start without the memory of what was sent."""

import ssl
from collections.abc import Mapping
from functools import partial

import httpx

from services.contracts import subjects
from services.contracts.facts.doors import Accounts
from services.contracts.facts.templates import SUBJECT as FORM_FACTS
from services.contracts.facts.templates import Templates
from services.contracts.previews import PreviewRequest
from services.contracts.secrets import Secrets
from services.notifier.app import Public, assemble, doors_check
from services.notifier.doors import Providers, doors, renew, walls
from services.notifier.pace import Rates
from services.notifier.patience import Patience
from services.notifier.planning import outbound_channels
from services.notifier.previewing.answering import Previews
from services.notifier.timetable import SUBJECT, Timetable
from services.notifier.tokens import Tokens
from services.notifier.webhooks.calling import Caller
from services.notifier.webhooks.rows import Rows
from services.notifier.webhooks.running import Webhooks
from services.runtime.fact_watch import FactWatch
from services.runtime.process import run_service
from services.runtime.secret_watch import SecretWatch
from services.runtime.service import Needs, Service, SettingMissing
from services.runtime.settings import Settings

SERVICE = "notifier"

PROVIDER_SECONDS = 30.0
"""How long an answer of the provider is waited for; after that it is unknown what became of the message."""


GATHER = 0.05
"""Seconds between two batches of the log: notices that come together share a query and a message."""


async def build(service: Service) -> None:
    settings = service.settings
    if service.vault_pool is None:
        raise SettingMissing("TUNTAS_VAULT_URL")
    client = httpx.AsyncClient(
        timeout=httpx.Timeout(PROVIDER_SECONDS, connect=5.0),
        limits=httpx.Limits(max_connections=100, max_keepalive_connections=50),
        trust_env=False,
    )
    service.at_end(client.aclose)
    providers = Providers(
        graph=settings.whatsapp_api_url,
        telegram=settings.telegram_api_url,
        whatsapp_rates=Rates(per_second=settings.whatsapp_per_second, person_seconds=settings.whatsapp_person_seconds),
        telegram_per_second=settings.telegram_per_second,
    )
    accounts = Accounts()
    watch = FactWatch(service.log(subjects.CITY), "city.*.door.*", lambda entry: accounts.take(entry.type, entry.body))
    await watch.look()  # before anything is sent
    forms = Templates()
    reviews = FactWatch(service.log(subjects.CITY), FORM_FACTS, lambda entry: forms.take(entry.type, entry.body))
    await reviews.look()
    timetable = Timetable(service.cities, quiet_hours=settings.quiet_hours and settings.time_scale == 1.0)
    policies = FactWatch(service.log(subjects.CITY), SUBJECT, timetable.take)
    await policies.look()
    secrets = Secrets.model_validate(settings.secrets).cities
    senders = doors(client, providers, service.cities, secrets)
    public = walls(client, providers, service.cities, secrets)
    app = assemble(
        connection=service.connection,
        vault_pool=service.vault_pool,
        vault=service.vault,
        opener=service.opener,
        cities=service.cities,
        doors=senders,
        public_url=settings.public_url,
        clock=service.clock,
        patience=Patience(silent=settings.whatsapp_silent_seconds, hold=settings.whatsapp_hold_seconds),
        barred=accounts.barred,
        public=Public(public, service.blobs, service.master.derived("upload"), service.master.derived("public")),
        timetable=timetable,
        refused=forms.refuses,
    )
    service.follow(subjects.COMPLAINTS, SERVICE, batch_handler=app.followed, batch=500, gather=GATHER)
    service.follow(subjects.ASK, SERVICE, batch_handler=app.asked, key=lambda delivery: delivery.place, apart=True)
    for _, _, consumer in outbound_channels(service.cities):
        service.follow(subjects.OUTBOUND, consumer, app.outbound, key=lambda delivery: delivery.place, apart=True)
    tokens = Tokens(
        client, providers.graph, providers.telegram, Secrets.model_validate(settings.secrets).cities, service.clock
    )
    service.task("tokens", tokens.run)
    service.health.add("tokens", tokens.check)
    service.task("sweeper", app.sweeper.run)

    def renewed(read: Mapping[str, object]) -> None:
        fresh = Secrets.model_validate(read).cities
        renew(senders, doors(client, providers, service.cities, fresh))
        public.update(walls(client, providers, service.cities, fresh))

    service.task("secrets", SecretWatch(settings.secrets_path, renewed).run)
    service.task("accounts", watch.run)
    service.task("policies", policies.run)
    service.task("forms", reviews.run)
    service.answer("preview.*", PreviewRequest, Previews(service.cities, forms.of).answer)
    if settings.time_scale == 1.0:  # else a day of the city is none of the clock's
        service.task("mornings", app.mornings.run)
    if app.showing is not None:
        service.task("showing", app.showing.run)
    service.task("registering", app.planner.registering)
    webhooks = Webhooks(
        rows=Rows(service.vault_pool, service.vault),
        queue=service.log(subjects.AGENCY),
        keys=service.vault,
        caller=Caller(ssl.create_default_context(), inside=settings.webhook_inside),
        cities=service.cities,
        clock=service.clock,
    )
    service.task("webhooks", webhooks.run)
    service.health.add("sweeper", app.sweeper.check)
    service.health.add("senders", partial(doors_check, senders))


NEEDS = Needs(
    streams=(subjects.COMPLAINTS, subjects.ASK, subjects.OUTBOUND, subjects.CITY, subjects.AGENCY),
    consumers=((subjects.COMPLAINTS, SERVICE), (subjects.ASK, SERVICE)),
    vault_tables=(
        "delivery.notice",
        "delivery.attempt",
        "delivery.heard",
        "delivery.early",
        "delivery.showing",
        "delivery.post",
        "delivery.webhook",
        "delivery.webhook_task",
        "vault.contact",
        "staff.contact",
    ),
)
"""Without the memory of what was sent nothing starts: the log alone would have everything sent again."""


def main() -> None:
    run_service(SERVICE, build, settings=Settings(), needs=NEEDS)


if __name__ == "__main__":
    main()
