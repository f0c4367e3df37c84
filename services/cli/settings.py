"""What the operator tells the `tuntas` command by environment. Services have settings of their own (`runtime`)."""

import os
from pathlib import Path
from urllib.parse import quote

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from services.runtime.settings import Settings

ROOT = Path(__file__).parents[2]
"""The folder that holds `services` and `deploy`."""

DECIDED_HERE = frozenset(
    {
        "home",
        "nats_url",
        "nats_inbox_prefix",
        "database_url",
        "vault_url",
        "public_database_url",
        "master_key_file",
        "cities_dir",
        "http_host",
        "http_port",
        "secrets_file",
    }
)
"""Settings of services that the installation itself gives each of them: its own users, files and ports."""

PASSED_ON = tuple(f"TUNTAS_{name.upper()}" for name in Settings.model_fields if name not in DECIDED_HERE)
"""All other settings of services: what the operator sets for `tuntas up` reaches them as it is."""


class CliSettings(BaseSettings):
    """Read from variables `TUNTAS_…`."""

    model_config = SettingsConfigDict(env_prefix="TUNTAS_", extra="ignore", frozen=True)

    home: Path = Path(".tuntas")
    """Folder of state, secrets, logs and the embedded parts' data."""
    cities_dir: Path = ROOT / "deploy" / "cities"
    nats_url: str | None = None
    """Administrator's URL of a broker; given: none is started."""
    nats_public: str | None = None
    """The broker's address as adapters and agencies reach it, where that is not the one we use."""
    public_url: str | None = None
    """Base of the pages as people reach it."""
    intake_url: str | None = None
    """Base of webhooks and media as providers reach it."""
    database_url: str | None = None
    """Administrator's URL of a Postgres server; given: none is started."""
    database_password_file: Path | None = None
    """Holds the password for `database_url`, so that it stands in no environment."""
    http_host: str = "127.0.0.1"
    """Where the pages and the webhooks listen. Health ports stay on 127.0.0.1."""
    http_port: int | None = Field(default=None, ge=1, le=65_535)
    """Wished port of the pages; default 8080, another one if that is taken."""
    intake_port: int | None = Field(default=None, ge=1, le=65_535)
    """Wished port of webhooks and media; default 8081."""

    @property
    def folder(self) -> Path:
        return self.home.expanduser().resolve()

    @property
    def database(self) -> str | None:
        """`database_url` with its password."""
        if self.database_url is None or self.database_password_file is None:
            return self.database_url
        password = quote(self.database_password_file.read_text().strip(), safe="")
        scheme, _, rest = self.database_url.partition("://")
        user, at, address = rest.partition("@")
        if not at:
            raise ValueError("TUNTAS_DATABASE_URL names no user for the password in TUNTAS_DATABASE_PASSWORD_FILE")
        return f"{scheme}://{user}:{password}@{address}"

    def passed_on(self) -> dict[str, str]:
        return {name: value for name in PASSED_ON if (value := os.environ.get(name))}
