"""Folders and files that hold secrets or sockets: ours alone, written whole or not at all."""

import hashlib
import os
import stat
import tempfile
from pathlib import Path

SOCKET_PATH_LIMIT = 107
"""Bytes of a Unix socket's path on Linux (unix(7): 108 with the closing zero)."""


class UnsafeFolder(Exception):
    """A folder that must be ours alone belongs to someone else or is open to others."""


def private_folder(path: Path) -> Path:
    """Makes the folder with mode 0700; refuses one that another user owns or may write to."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
        raise UnsafeFolder(f"{path} is not a folder of ours")
    if found.st_mode & 0o077:
        path.chmod(0o700)
    return path


def socket_folder(home: Path, name: str, longest_file: str) -> Path:
    """A 0700 folder for sockets: inside `home`, or a short one in the temporary folder when the path would not fit."""
    inside = home / name
    if len(os.fsencode(inside / longest_file)) <= SOCKET_PATH_LIMIT:
        return private_folder(inside)
    digest = hashlib.sha256(os.fsencode(home.resolve())).hexdigest()[:12]
    return private_folder(Path(tempfile.gettempdir()) / f"tuntas-{os.getuid()}-{digest}")


def write_private(path: Path, content: str | bytes) -> None:
    """Replaces the file in one step, mode 0600, on disk before it returns."""
    raw = content.encode() if isinstance(content, str) else content
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(path: Path) -> None:
    """The names in this folder are on disk when it returns."""
    folder = os.open(path, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
