#!/usr/bin/env python3
"""Everything a developer does, from nothing: `python3 dev.py demo | up | test | bench | faults | lint | tuntas …`.

Standard library only, Python 3.11 to 3.13. Makes `.venv` beside this file (pip brings uv, uv brings what the lock files
name, checked by hash), remembers what it installed, and then runs. A second start costs nothing.
"""

import fcntl
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / "bin"
PYTHON = BIN / "python"
BYTECODE = VENV / "bytecode"
STAMP = VENV / ".tuntas-installed"
UV = "uv>=0.9,<1"
LAST_FAILED = ROOT / ".pytest_cache" / "v" / "cache" / "lastfailed"

USAGE = """\
usage: python3 dev.py COMMAND [ARGUMENT ...]

  demo     play the stories on a real installation, then stay up   (--once --json: end by itself)
  up       start everything and keep it running                    (state in .tuntas, or TUNTAS_HOME)
  test     ruff, mypy, import rules and all tests                  (arguments go to pytest; -n0: one process)
  bench    measure                                                 (--json)
  faults   break things on purpose and count what is lost          (--json)
  lint     ruff, mypy and import rules only
  tuntas   any other command of the product: tuntas status, tuntas credentials, …
"""

COMMAND = """\
#!/bin/sh
# Written by dev.py: the `tuntas` command of this checkout.
PYTHONPATH='{root}'${{PYTHONPATH:+:$PYTHONPATH}} exec '{python}' -m services.cli "$@"
"""


class Failed(Exception):
    """Something a person has to put right; the text says what."""


def main(arguments: list[str]) -> int:
    if not arguments or arguments[0] in {"-h", "--help", "help"}:
        print(USAGE, end="")
        return 0 if arguments else 2
    command, *rest = arguments
    if command not in {"demo", "up", "test", "bench", "faults", "lint", "tuntas"}:
        print(f"dev.py: there is no command {command}\n\n{USAGE}", end="", file=sys.stderr)
        return 2
    if command in {"test", "lint"} and {"-h", "--help"} & set(rest):
        print(USAGE, end="")
        return 0
    try:
        prepare(with_tools=command in {"test", "lint", "bench", "faults"})
        match command:
            case "test":
                return test(rest)
            case "lint":
                return lint()
            case "bench" | "faults":
                become(PYTHON, "-m", f"tests.{command}", *rest)
            case "tuntas":
                become(PYTHON, "-m", "services.cli", *rest)
            case _:
                become(PYTHON, "-m", "services.cli", command, *rest)
    except Failed as error:
        print(f"dev.py: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def prepare(*, with_tools: bool) -> None:
    """The environment as the lock files say. `with_tools`: what only developers need, too (and then it stays)."""
    if not (3, 11) <= sys.version_info[:2] <= (3, 13):
        raise Failed(f"Python 3.11, 3.12 or 3.13 is needed; this is {sys.version.split()[0]}")
    if sys.platform == "win32":
        raise Failed("Linux or macOS is needed; on Windows use WSL")
    if Path(sys.prefix) == VENV:
        return  # started from within: it would be taken away under our own feet
    # Two starts at once in one folder take turns; the lock is on the folder itself, so no file stays behind.
    folder = os.open(ROOT, os.O_RDONLY)
    fcntl.flock(folder, fcntl.LOCK_EX)
    try:
        install(with_tools=with_tools)
    finally:
        os.close(folder)


def install(*, with_tools: bool) -> None:
    runtime, tools = wanted("requirements.lock"), wanted("requirements-dev.lock")
    installed, made_by = ([*STAMP.read_text().splitlines(), "", ""] if STAMP.exists() else ["", ""])[:2]
    if PYTHON.exists() and (installed == tools or (installed == runtime and not with_tools)):
        return
    began = time.monotonic()
    say("Preparing .venv (checked by hash) …")
    if made_by != maker() or not PYTHON.exists() or not (BIN / "uv").exists():
        STAMP.unlink(missing_ok=True)
        make_environment()
        install_uv()
    shutil.rmtree(BYTECODE, ignore_errors=True)  # Python knows it by size and time alone, which packages may share
    # Not made anew for other packages: something may be running from it.
    lock = "requirements-dev.lock" if with_tools else "requirements.lock"
    run(BIN / "uv", "pip", "sync", "--quiet", "--require-hashes", "--python", PYTHON, ROOT / lock)
    install_command()
    STAMP.write_text(f"{tools if with_tools else runtime}\n{maker()}\n")
    say(f"Ready after {time.monotonic() - began:.0f} s.")


def maker() -> str:
    """The Python and the place that an environment belongs to: a moved folder is made anew."""
    return hashlib.sha256(f"{sys.version} {sys.executable} {ROOT}".encode()).hexdigest()


def wanted(lock: str) -> str:
    """What stands for this lock file in this environment."""
    return hashlib.sha256((ROOT / lock).read_bytes() + f"{lock} {maker()}".encode()).hexdigest()


def make_environment() -> None:
    """A fresh `.venv`, with pip in it or, where Debian left `ensurepip` out, without."""
    if VENV.exists():
        shutil.rmtree(VENV)
    if try_run(sys.executable, "-m", "venv", VENV):
        return
    shutil.rmtree(VENV, ignore_errors=True)
    if not try_run(sys.executable, "-m", "venv", "--without-pip", VENV):
        raise Failed(
            "this Python cannot make an environment (module venv is missing). "
            "On Debian and Ubuntu: apt install python3-venv"
        )


def install_uv() -> None:
    """uv by pip: the environment's own, or this Python's where the environment has none."""
    if try_run(PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", UV):
        keep_uv()
        return
    folder = VENV / "uv"
    pip = (sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--target", folder, UV)
    if not try_run(*pip):
        if shutil.which("uv"):
            shutil.copy2(str(shutil.which("uv")), BIN / "uv")
            return
        raise Failed(
            "pip could not bring uv: is the package index reachable, and pip there? "
            f"On Debian and Ubuntu: apt install python3-venv python3-pip. What pip said: {VENV / 'pip.log'}"
        )
    shutil.copy2(folder / "bin" / "uv", BIN / "uv")
    shutil.rmtree(folder)


def keep_uv() -> None:
    """`uv pip sync` removes what the lock does not name, uv itself included: a copy of the program stays."""
    kept = VENV / "uv-program"
    shutil.copy2(BIN / "uv", kept)
    try_run(PYTHON, "-m", "pip", "uninstall", "--quiet", "--yes", "uv")
    kept.replace(BIN / "uv")


def install_command() -> None:
    script = BIN / "tuntas"
    script.write_text(COMMAND.format(root=ROOT, python=PYTHON))
    script.chmod(0o755)


def lint() -> int:
    """All three, so that one run says everything."""
    codes = [
        step("ruff", BIN / "ruff", "check", "--quiet", "."),
        step("ruff format", BIN / "ruff", "format", "--check", "--quiet", "."),
        step("mypy", BIN / "mypy", "--no-error-summary"),
        step("import rules", BIN / "lint-imports", "--no-logo"),
    ]
    return 1 if any(codes) else 0


def test(arguments: list[str]) -> int:
    """Lint first, then every test; pytest's closing line, which counts them, comes after its failures.

    Most tests run beside others on real brokers and databases. In a run of all of them the few that failed are run once
    more, alone: what fails again fails the run, what holds now is named as wavering, with its first failure above. Few:
    of three files at most, since tests that read one run (the demo's) fail together.
    """
    linted = lint()
    if not arguments:
        LAST_FAILED.unlink(missing_ok=True)  # tests that exist no more would stay in it
    tested = pytest(*workers(arguments), *arguments)
    failed = last_failed() if tested == 1 and not arguments else []
    if 0 < len({name.partition("::")[0] for name in failed}) <= 3:
        print(f"\nOnce more, alone: {len(failed)} of them.", flush=True)
        tested = pytest("-n0", "-q", "--last-failed", "--last-failed-no-failures", "none")
        for name in sorted(set(failed) - set(last_failed())):
            print(f"WAVERING {name}: failed beside others, held alone", flush=True)
    return tested or linted


def pytest(*arguments: str) -> int:
    sys.stdout.flush()
    return subprocess.run([PYTHON, "-m", "pytest", *arguments], cwd=ROOT, env=environment(), check=False).returncode


def last_failed() -> list[str]:
    """The tests that failed in the last run, as pytest remembers them."""
    return list(json.loads(LAST_FAILED.read_text())) if LAST_FAILED.exists() else []


def workers(arguments: list[str]) -> list[str]:
    """Several processes, since most tests wait for others; one (`-n0`, a debugger) is for looking closely."""
    if any(re.match(r"-n|--numprocesses|--dist|--pdb|--trace$|-s$|(-p)?no:xdist", one) for one in arguments):
        return []
    return ["-n", str(max(2, min(4, os.cpu_count() or 2)))]


def step(name: str, *command: str | Path) -> int:
    began = time.monotonic()
    result = subprocess.run(
        command, cwd=ROOT, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    print(f"{name:<13} {'ok' if result.returncode == 0 else 'FAILED'}   {time.monotonic() - began:5.1f} s", flush=True)
    if result.returncode != 0:
        print(result.stdout, flush=True)
    return result.returncode


def environment() -> dict[str, str]:
    path = os.pathsep.join([str(BIN), os.environ.get("PATH", "")])
    given = {**os.environ, "PATH": path, "VIRTUAL_ENV": str(VENV), "PYTHONPATH": str(ROOT)}
    if given.pop("PYTHONDONTWRITEBYTECODE", ""):
        # Many container images say so. A start of the services would compile the same files four times, each time; what
        # is asked for is that nothing lies beside the sources, and nothing does.
        given.setdefault("PYTHONPYCACHEPREFIX", str(BYTECODE))
    return given


def become(*command: str | Path) -> None:
    """This process ends and becomes the command: signals reach it directly."""
    sys.stdout.flush()
    os.execve(command[0], [str(part) for part in command], environment())  # noqa: S606 - started by its full path


def run(*command: str | Path) -> None:
    """Like `try_run`, but a failure ends everything."""
    if not try_run(*command):
        log = VENV / "pip.log"
        said = log.read_text(errors="replace").strip().splitlines()[-12:] if log.exists() else []
        raise Failed("\n".join([f"{Path(command[0]).name} failed:", *said]))


def try_run(*command: str | Path) -> bool:
    """Quietly; what it said is kept beside the environment."""
    clean = {key: value for key, value in os.environ.items() if key not in {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"}}
    result = subprocess.run(command, env=clean, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if VENV.exists():
        with (VENV / "pip.log").open("ab") as log:
            log.write(result.stdout)
    return result.returncode == 0


def say(line: str) -> None:
    """On standard error: standard output belongs to the command (it may be JSON)."""
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
