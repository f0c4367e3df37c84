"""One installation: where its parts are, and what each service is told of them."""

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit

from services.cli.provision.accounts import ADMIN
from services.cli.provision.databases import MAIN, VAULT, Server
from services.cli.provision.secrets import Keeper
from services.contracts.secrets import Secrets


@dataclass(frozen=True)
class Installation:
    """`nats` is the broker's address without a user; `server` the database server as its administrator reaches it.

    `given_admin`: the operator's own administrator URL of a broker that we did not start; without a user in it, the
    administrator's password is the one that provisioning made.
    """

    home: Path
    cities_dir: Path
    nats: str
    server: Server
    secrets: Secrets
    trusted_socket: bool = True
    """The database server is reached by a socket of ours alone: roles need no password."""
    given_admin: str | None = None
    extra: dict[str, str] = field(default_factory=dict)
    """Further settings (`TUNTAS_…`) for every service."""

    @property
    def keeper(self) -> Keeper:
        return Keeper(self.home)

    def nats_url(self, user: str) -> str:
        """The broker for one user; the administrator's is the given one where there is one."""
        if user == ADMIN and self.given_admin is not None and urlsplit(self.given_admin).username:
            return self.given_admin
        parts = urlsplit(self.nats)
        address = parts.netloc.rpartition("@")[2]
        return f"{parts.scheme}://{user}:{quote(self.secrets.nats[user], safe='')}@{address}"

    def role_passwords(self) -> dict[str, str]:
        return {role: "" if self.trusted_socket else password for role, password in self.secrets.postgres.items()}

    def database_url(self, role: str) -> str:
        return self.server.database(MAIN, role, self.role_passwords()[role] or None)

    def vault_url(self, role: str) -> str:
        return self.server.database(VAULT, role, self.role_passwords()[role] or None)

    def environment(self, service: str) -> dict[str, str]:
        """Settings of one service: its own user, roles and part of the secrets, nothing of another's."""
        role = f"tuntas_{service}"
        settings = {
            "TUNTAS_HOME": str(self.home),
            "TUNTAS_NATS_URL": self.nats_url(service),
            "TUNTAS_DATABASE_URL": self.database_url(role),
            "TUNTAS_VAULT_URL": self.vault_url(role),
            "TUNTAS_MASTER_KEY_FILE": str(self.keeper.master_key_file),
            "TUNTAS_CITIES_DIR": str(self.cities_dir),
            "TUNTAS_BLOBS_URL": (self.home / "blobs").resolve().as_uri(),
            "TUNTAS_SECRETS_FILE": str(self.keeper.service_file(service)),
        }
        if service == "reporting":
            settings["TUNTAS_PUBLIC_DATABASE_URL"] = self.database_url("tuntas_public")
        return settings | self.extra
