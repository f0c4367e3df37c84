"""A backup of what runs, and the way back: into an empty installation that has the master key, and nowhere else."""

import base64
import secrets
import shutil
from pathlib import Path

import asyncpg
import pytest

from services.cli.backup import whole
from services.cli.backup.whole import About
from services.cli.provision import job
from services.cli.provision.streams import Refused
from services.cli.settings import CliSettings
from services.cli.supervisor.run import parts_alone
from services.contracts import subjects
from services.runtime.sealing import MasterKey
from services.runtime.vault import Vault
from tests.conftest import Stack


async def test_everything_comes_back_into_a_new_installation(stack: Stack, tmp_path: Path) -> None:
    there = stack.installation
    master = MasterKey.load(there.keeper.master_key_file)
    owner, backed, home = f"cadangan{secrets.token_hex(6)}", tmp_path / "backup", tmp_path / "new"
    blobs, back = tmp_path / "blobs", tmp_path / "blobs-back"
    (blobs / "bengkulu").mkdir(parents=True)
    (blobs / "bengkulu" / "gambar").write_bytes(b"sealed")
    admin = await stack.connect()
    pool = await asyncpg.create_pool(there.vault_url("tuntas_intake"), min_size=1, max_size=1)
    try:
        (key,) = (await Vault(pool, master).make_keys([(owner, "reporter:1")])).values()
        subject = subjects.city_fact("bengkulu", "test", owner)
        stored = await admin.jetstream().publish(subject, owner.encode())
        about = await whole.save(there, blobs.as_uri(), backed, lambda _: None)
        assert about.streams[subjects.CITY] >= stored.seq
        with pytest.raises(Refused, match="not empty"):
            await whole.save(there, blobs.as_uri(), backed, lambda _: None)
        with pytest.raises(Refused, match="not empty"):
            await whole.restore(there, about, back.as_uri(), backed, lambda _: None)
    finally:
        await admin.close()
        await pool.close()
    home.mkdir(mode=0o700)
    shutil.copy(there.keeper.master_key_file, home)
    assert whole.read(backed, home / "master.key") == about

    settings = CliSettings(home=home, cities_dir=there.cities_dir, nats_url=None, database_url=None)
    async with parts_alone(settings, lambda _: None) as parts:
        found = parts.installation
        await whole.restore(found, about, back.as_uri(), backed, lambda _: None)
        await parts.provision()
        assert (back / "bengkulu" / "gambar").read_bytes() == b"sealed"
        pool = await asyncpg.create_pool(found.vault_url("tuntas_intake"), min_size=1, max_size=1)
        client = await job.connect(found)
        try:
            assert await Vault(pool, master).keys([(owner, "reporter:1")]) == {(owner, "reporter:1"): key}
            message = await client.jetstream().get_msg(subjects.CITY, stored.seq)
            assert (message.subject, message.data) == (subject, owner.encode())
            for name, last in about.streams.items():
                assert (await client.jetstream().stream_info(name)).state.last_seq >= last
        finally:
            await client.close()
            await pool.close()


def test_only_a_finished_backup_and_its_own_master_key_will_do(tmp_path: Path) -> None:
    key, other, folder = tmp_path / "master.key", tmp_path / "other.key", tmp_path / "backup"
    key.write_bytes(base64.b64encode(b"k" * 32))
    other.write_bytes(base64.b64encode(b"o" * 32))
    made = MasterKey.load(key)
    folder.mkdir()
    with pytest.raises(Refused, match="no finished backup"):
        whole.read(folder, key)
    about = About(1, "2026-03-02T03:00:00+00:00", made.fingerprint, {"CITY": 3}, files=True)
    whole.write(folder, about)
    assert whole.read(folder, key) == about
    with pytest.raises(Refused, match="not the key"):
        whole.read(folder, other)
    with pytest.raises(Refused, match="put the master key"):
        whole.read(folder, tmp_path / "absent.key")
    whole.write(folder, About(2, about.at, about.key, about.streams, files=True))
    with pytest.raises(Refused, match="another release"):
        whole.read(folder, key)
