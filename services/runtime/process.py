"""The process of a service: logs, spans and figures set up, its loop run to the end, the exit code."""

import sys
from collections.abc import Awaitable, Callable

import uvloop

from services.runtime import figures, logs, telemetry
from services.runtime.needs import Needs
from services.runtime.service import Service, SettingMissing
from services.runtime.settings import Settings

_log = logs.get(__name__)


def run_service(
    name: str,
    build: Callable[[Service], Awaitable[None]],
    *,
    needs: Needs | None = None,
    settings: Settings | None = None,
) -> None:
    """Run until SIGTERM or SIGINT; leaves the process with 0, or 1 if something broke for good."""
    given = settings or Settings()
    logs.setup(name, given.log_format, given.log_level)
    telemetry.setup(name, given.home, given.otlp_endpoint)
    figures.setup(name, given.otlp_endpoint)

    async def main() -> bool:
        logs.of_the_loop()
        service = Service(name, given)
        await service.run(build, needs or Needs())
        return service.failed

    try:
        failed = uvloop.run(main())
    except Exception as error:  # noqa: BLE001 - the last one to say why
        _log.critical("stopped", error=error, why=str(error) if isinstance(error, SettingMissing) else None)
        failed = True
    sys.exit(1 if failed else 0)
