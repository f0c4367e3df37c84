"""`tuntas learn`: the router learns from a city's past complaints, or from what people decided since.

  tuntas learn history.xlsx --city bengkulu            for the installation: the new version takes over if it is better
  tuntas learn history.csv --city bengkulu --dry-run   only says what can be read of the table, and row by row what not
  tuntas learn history.csv --city bengkulu --model OUT without an installation: writes a file for `suggest --model`
  tuntas learn --from-log --city bengkulu              from the log alone
  tuntas learn --list --city bengkulu                  the versions that were ever in force
  tuntas learn --back-to-common --city bengkulu        the common model proposes again

With --json each part of the answer is one line. Exit codes: 0 done · 1 nothing better was found, or another version
overtook it: the one in force stays · 2 the table or the arguments can't be used.
"""

import argparse
import asyncio
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import nats

from services.contracts import subjects
from services.contracts.city import City
from services.router.knowledge import base_model
from services.router.learning import history, telling
from services.router.learning.examples import Example
from services.router.learning.harvest import Harvest, harvest
from services.router.learning.history import History
from services.router.learning.teaching import Given, NothingToLearn, Taught, teach
from services.router.learning.versions import Overtaken, Versions
from services.router.places import Gazetteer
from services.router.screening import model as models
from services.router.screening.model import BadModel, Model
from services.runtime import cities, postgres
from services.runtime.blobs import Blobs
from services.runtime.log import Log
from services.runtime.sealing import MasterKey
from services.runtime.service import utc_now
from services.runtime.settings import Settings
from services.runtime.tables import Unreadable
from services.runtime.vault import Vault

DONE, STAYS, UNUSABLE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="tuntas learn", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", nargs="?", type=Path, help="CSV, XLSX, XLS or ODS")
    parser.add_argument("--city", required=True)
    parser.add_argument("--model", type=Path, help="work without an installation on this model file")
    parser.add_argument("--from-log", action="store_true", help="learn from decisions in the log alone")
    parser.add_argument("--dry-run", action="store_true", help="read the table, say what was understood, stop")
    parser.add_argument("--refused", type=Path, metavar="CSV", help="write every row that was not used, and why")
    parser.add_argument("--list", action="store_true", dest="listed", help="versions that were ever in force")
    parser.add_argument("--back-to-common", action="store_true", help="the common model proposes again")
    parser.add_argument("--gently", action="store_true", help="give way to everything else on this machine")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    wanted = [given.file is not None, given.from_log, given.listed, given.back_to_common]
    if sum(wanted) != 1 or (given.model is not None and given.file is None):
        parser.error("either a table, --from-log, --list or --back-to-common; --model and --dry-run need a table")
    if given.gently:
        os.nice(15)
    settings = Settings()
    try:
        city = _city(settings.cities_dir, given.city)
        past = _past(given.file, city, given.refused, as_json=given.json) if given.file is not None else None
        if past is not None and given.dry_run:
            return DONE
        if given.model is not None and past is not None:
            return _offline(city, past, given.model, as_json=given.json)
        return asyncio.run(_online(settings, city, past, given))
    except (Unreadable, BadModel, NothingToLearn) as error:
        _complain(str(error))
        return UNUSABLE
    except Overtaken:
        _complain("another version was put in force meanwhile; learn again")
        return STAYS


def _city(folder: Path, name: str) -> City:
    known = cities.load(folder)
    if name not in known:
        raise Unreadable(f"there is no city {name}; there are {', '.join(sorted(known))}")
    return known[name]


def _past(path: Path, city: City, refused: Path | None, *, as_json: bool) -> History:
    found = history.read(path, city)
    if refused is not None:
        found.write_refused(refused)
    _say(json.dumps(telling.history_as_dict(found)) if as_json else telling.history(found))
    return found


def _offline(city: City, past: History, path: Path, *, as_json: bool) -> int:
    """`path` is read first, if there is such a file: it is what was in force, and what the new one builds on."""
    before = models.load(path) if path.exists() else None
    common = base_model()
    given = Given(common, in_force=before or common, root=before, past=placeless(city, past.examples))
    taught = teach(given)
    takes_over = not taught.comparison.objections
    if takes_over:
        number = int(before.version.rpartition("-")[2]) + 1 if before and before.version[-1].isdigit() else 1
        models.save(models.named(taught.made.model, f"{city.id}-{number}"), path)
    _tell(taught, as_json=as_json, name=str(path) if takes_over else None)
    return DONE if takes_over else STAYS


async def _online(settings: Settings, city: City, past: History | None, given: argparse.Namespace) -> int:
    if settings.vault_url is None:
        raise Unreadable("no installation is named (TUNTAS_VAULT_URL); without one give --model")
    connection = await nats.connect(settings.nats_url, inbox_prefix=settings.inbox_prefix.encode())
    pool = await postgres.pool(settings.vault_url, size=2, service="router-learn")
    try:
        vault = Vault(pool, MasterKey.load(settings.master_key))
        versions = Versions(Log(connection, subjects.CITY), vault, Blobs(settings.blobs))
        if given.listed:
            facts = await versions.facts(city.id)
            _say(json.dumps(telling.versions_as_list(facts)) if given.json else telling.versions(facts))
            return DONE
        if given.back_to_common:
            told = await versions.back_to_common(city.id, base_model().version, utc_now())
            _say(f"{told.version} proposes in {city.name} from here on")
            return DONE
        decided = await harvest(Log(connection, subjects.COMPLAINTS), vault, city)
        _say(json.dumps(telling.harvest_as_dict(decided)) if given.json else telling.harvest(decided))
        return await _put_to_use(versions, city, past, decided, as_json=given.json)
    finally:
        await pool.close()
        await connection.close()


async def _put_to_use(versions: Versions, city: City, past: History | None, decided: Harvest, *, as_json: bool) -> int:
    facts = await versions.facts(city.id)
    last = facts[-1].data if facts else None
    common = base_model()
    in_force = root = None
    if last is not None:
        in_force = await _loaded(versions, city, last.blob, last.digest)
        root = await _loaded(versions, city, last.root_blob)
    given = Given(
        common,
        in_force=in_force or common,
        root=root,
        past=() if past is None else placeless(city, past.examples),
        decisions=placeless(city, decided.examples),
        read_until=decided.sequence,
    )
    # In this process: it is the router's child or an operator's, and nothing else waits for it.
    taught = teach(given)
    if taught.comparison.objections:
        _tell(taught, as_json=as_json, name=None)
        return STAYS
    told = await versions.put_in_force(city.id, taught.made, len(facts), utc_now())
    _tell(taught, as_json=as_json, name=told.version)
    return DONE


async def _loaded(versions: Versions, city: City, blob: str | None, digest: str | None = None) -> Model | None:
    """None: there is none, or it is gone or of another release; then the router proposes by the common one, too."""
    try:
        return None if blob is None else await versions.load(city.id, blob, digest)
    except BadModel as error:
        _complain(f"{error}; learning begins at the common model")
        return None


def placeless(city: City, examples: Sequence[Example]) -> list[Example]:
    """As the router reads a message: without the names of the city's places, which say nothing of a matter."""
    gazetteer = Gazetteer(city)
    return [replace(one, texts=tuple(gazetteer.without_names(text) for text in one.texts)) for one in examples]


def _tell(taught: Taught, *, as_json: bool, name: str | None) -> None:
    _say(json.dumps(telling.taught_as_dict(taught, name)) if as_json else telling.taught(taught, name))


def _say(answer: str) -> None:
    print(answer, flush=True)


def _complain(sentence: str) -> None:
    print(sentence, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
