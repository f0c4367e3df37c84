"""A city's rules file, read with the line of what is wrong in it."""

from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from services.contracts.city import City
from services.contracts.city.rule_checks import problems
from services.contracts.city.rules import Rules

M = TypeVar("M", bound=BaseModel)


LOADER: type[yaml.SafeLoader | yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's where there is one, ten times as fast: every command and every service reads all cities at its start."""


def loaded(text: str) -> Any:
    """What a YAML text says. `yaml.YAMLError`."""
    return yaml.load(text, Loader=LOADER)  # noqa: S506  # the safe one in either case


class RulesWrong(Exception):
    """A rules file that can't be used: file, line, field and what is wrong, one line for each."""


def read(path: Path, city: City) -> Rules:
    """The rules of one file, held against the city that they are for."""
    rules, node = parsed(path, Rules)
    wrong = problems(city, rules)
    if wrong:
        raise RulesWrong("\n".join(f"{path}:{line_of(node, one.at)}: {_dotted(one.at)}: {one.says}" for one in wrong))
    return rules


def parsed(path: Path, model: type[M]) -> tuple[M, yaml.Node | None]:
    """What the file says, and the nodes that it was read from."""
    text = path.read_text(encoding="utf-8")
    try:
        node = yaml.compose(text, Loader=LOADER)
        return model.model_validate(loaded(text) or {}), node
    except yaml.YAMLError as error:
        raise RulesWrong(f"{path}: {error}") from error
    except ValidationError as error:
        raise RulesWrong(
            "\n".join(
                f"{path}:{line_of(node, one['loc'])}: {_dotted(one['loc'])}: {one['msg']}"
                for one in error.errors(include_url=False)
            )
        ) from error


def _dotted(at: tuple[str | int, ...]) -> str:
    return ".".join(str(part) for part in at) or "the file"


def line_of(node: yaml.Node | None, at: tuple[str | int, ...]) -> int:
    """The line of the innermost part of `at` that the file has, from 1."""
    line = 1
    for part in at:
        if node is None:
            break
        line = node.start_mark.line + 1
        if isinstance(node, yaml.MappingNode):
            found = next(((key, value) for key, value in node.value if key.value == part), None)
            if found is None:
                break
            line, node = found[0].start_mark.line + 1, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line + 1
        else:
            break
    return line
