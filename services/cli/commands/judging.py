"""`tuntas suggest` and `tuntas evaluate`: the router's own commands, which need nothing to run."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from services.cli.settings import ROOT, CliSettings

_MODEL = typer.Option("--model", help="A learned model's file instead of the base model.")


def suggest(
    file: Annotated[Path | None, typer.Argument(help="JSON lines; without it, standard input.")] = None,
    model: Annotated[Path | None, _MODEL] = None,
) -> None:
    """What the router would make of texts: JSON lines {"text", "city"?} in, ranked proposals out.

    Ends with 1 if a line could not be read.
    """
    arguments = ["--cities", str(CliSettings().cities_dir), *_given(model), *([str(file)] if file else [])]
    raise typer.Exit(_call("suggest", arguments))


def evaluate(
    file: Annotated[Path, typer.Argument(help='JSON lines {"text", "label"}; - for standard input.')],
    model: Annotated[Path | None, _MODEL] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """How good the router's proposals are on labelled texts: accuracy, calibration, coverage, confusions."""
    arguments = [str(file), *_given(model), *(["--json"] if as_json else [])]
    raise typer.Exit(_call("evaluate", arguments))


def _given(model: Path | None) -> list[str]:
    return ["--model", str(model)] if model else []


def _call(command: str, arguments: list[str]) -> int:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    module = f"services.router.{command}"
    return subprocess.run([sys.executable, "-m", module, *arguments], env=environment, check=False).returncode
