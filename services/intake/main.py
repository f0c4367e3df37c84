"""The process: `python -m services.intake.main`, set up by `TUNTAS_…` variables."""

from services.contracts.secrets import Secrets
from services.intake.app import NEEDS, Providers, assemble
from services.runtime.process import run_service
from services.runtime.service import Service


async def build(service: Service) -> None:
    settings = service.settings
    providers = Providers(whatsapp=settings.whatsapp_api_url, telegram=settings.telegram_api_url)
    assemble(service, Secrets.model_validate(settings.secrets), providers)


if __name__ == "__main__":
    run_service("intake", build, needs=NEEDS)
