"""What one service is handed in a folder of its own: settings with its password, its secrets, the master key."""

import json
from pathlib import Path

from services.cli.installation import Installation
from services.cli.supervisor.folders import write_private

_SETTINGS, _SECRETS, _MASTER_KEY = "settings.json", "secrets.json", "master.key"

_ITS_OWN = ("TUNTAS_HOME", "TUNTAS_CITIES_DIR", "TUNTAS_BLOBS_URL")
"""Places that whoever runs the service decides on."""


def give(installation: Installation, service: str, folder: Path) -> None:
    """Writes the folder; what changed since is replaced."""
    settings = {key: value for key, value in installation.environment(service).items() if key not in _ITS_OWN}
    settings["TUNTAS_SECRETS_FILE"] = str(folder / _SECRETS)
    settings["TUNTAS_MASTER_KEY_FILE"] = str(folder / _MASTER_KEY)
    write_private(folder / _SECRETS, installation.keeper.service_file(service).read_bytes())
    write_private(folder / _MASTER_KEY, installation.keeper.master_key_file.read_bytes())
    write_private(folder / _SETTINGS, json.dumps(settings, indent=1) + "\n")


def settings_of(folder: Path) -> dict[str, str]:
    """The settings (`TUNTAS_…`) in a folder that `give` wrote."""
    read: dict[str, str] = json.loads((folder / _SETTINGS).read_text())
    return read
