"""Every setting of a service. Only `main` reads it; nothing else looks at the environment."""

import json
from functools import cached_property
from pathlib import Path
from typing import Any, Literal
from urllib.parse import unquote, urlsplit

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Read from variables `TUNTAS_…`. Addresses carry the user that the service connects as."""

    model_config = SettingsConfigDict(env_prefix="TUNTAS_", extra="ignore", frozen=True)

    home: Path = Path(".tuntas")
    """Folder for state, secrets and traces."""
    nats_url: str = "nats://127.0.0.1:4222"
    nats_inbox_prefix: str | None = None
    """Default: `_INBOX_<user of nats_url>`, else `_INBOX`."""
    database_url: str | None = None
    """Database of rebuildable read models."""
    vault_url: str | None = None
    """Database of keys, contacts and everything else that is backed up."""
    public_database_url: str | None = None
    """For public pages: a role that sees published read models only."""
    master_key_file: Path | None = None
    cities_dir: Path = Path("deploy/cities")
    blobs_url: str | None = None
    """`file:///…` or `s3://bucket/prefix`; default: `<home>/blobs`."""
    http_host: str = "127.0.0.1"
    http_port: int = Field(default=0, ge=0, le=65_535)
    """0: any free one."""
    public_url: str = "http://127.0.0.1:8080"
    """Base of the pages that messages point to."""
    intake_url: str = "http://127.0.0.1:8081"
    whatsapp_api_url: str = "https://graph.facebook.com/v23.0"
    whatsapp_per_second: float = Field(default=80, gt=0)
    """Messages that one number sends at most; the provider raises it for large accounts."""
    whatsapp_person_seconds: float = Field(default=6, gt=0)
    """Seconds between messages to one person, once a short burst is used up."""
    whatsapp_hold_seconds: float = Field(default=3600, gt=0)
    """After this it is sent again in any case, also where no receipt of anybody shows that receipts come at all."""
    whatsapp_silent_seconds: float = Field(default=180, gt=0)
    """How long a message of which nobody knows whether it went out waits for a receipt before it is sent again."""
    telegram_api_url: str = "https://api.telegram.org"
    telegram_per_second: float = Field(default=25, gt=0)
    """Messages that one bot sends at most; Telegram allows about 30."""
    webhook_inside: bool = False
    """Offices' webhooks may lead to one's own network, and over plain http: for development and tests."""
    secrets_file: Path | None = None
    """Default: `<home>/secrets.json`."""
    time_scale: float = Field(default=1.0, gt=0)
    """Multiplies the policy's durations."""
    quiet_hours: bool = True
    """False: nothing waits for the end of a night. For tests and measurements, which run at any hour."""
    otlp_endpoint: str | None = None
    """OTLP over HTTP, such as `http://collector:4318`; without it spans go to `<home>/traces/<service>.jsonl`."""
    log_format: Literal["json", "console"] = "json"
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    @property
    def inbox_prefix(self) -> str:
        if self.nats_inbox_prefix is not None:
            return self.nats_inbox_prefix
        user = urlsplit(self.nats_url).username
        return f"_INBOX_{unquote(user)}" if user else "_INBOX"

    @property
    def blobs(self) -> str:
        return self.blobs_url or (self.home / "blobs").resolve().as_uri()

    @property
    def master_key(self) -> Path:
        return self.master_key_file or self.home / "master.key"

    @property
    def secrets_path(self) -> Path:
        return self.secrets_file or self.home / "secrets.json"

    @cached_property
    def secrets(self) -> dict[str, Any]:
        """What provisioning wrote for the outside doors; {} if there is no such file."""
        path = self.secrets_path
        if not path.exists():
            return {}
        read: dict[str, Any] = json.loads(path.read_text())
        return read
