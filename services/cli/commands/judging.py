"""`tuntas suggest` and `tuntas evaluate`: the router's and intake's own commands, which need nothing to run."""

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


CONVERSATIONS = "conversations"


def evaluate(
    what: Annotated[
        str, typer.Argument(help='JSON lines {"text", "label"}, - for standard input; or the word "conversations".')
    ],
    file: Annotated[
        Path | None, typer.Argument(help="For conversations: scripted chats, one a line; - for standard input.")
    ] = None,
    model: Annotated[Path | None, _MODEL] = None,
    at_least: Annotated[float | None, typer.Option(help="For conversations: end with 1 below this share.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """How good the router's proposals are on labelled texts; `conversations`: how many scripted chats are understood.

    The form of a scripted chat stands in services/contracts/schemas/scripted-chat.v1.json.
    """
    json_ = ["--json"] if as_json else []
    if what == CONVERSATIONS and file is not None:
        share = ["--at-least", str(at_least)] if at_least is not None else []
        raise typer.Exit(_call("evaluate", [str(file), *share, *json_], service="intake"))
    if file is not None or at_least is not None:
        raise typer.BadParameter("a second file and --at-least are for conversations")
    raise typer.Exit(_call("evaluate", [what, *_given(model), *json_]))


def _given(model: Path | None) -> list[str]:
    return ["--model", str(model)] if model else []


def _call(command: str, arguments: list[str], service: str = "router") -> int:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    module = f"services.{service}.{command}"
    return subprocess.run([sys.executable, "-m", module, *arguments], env=environment, check=False).returncode
