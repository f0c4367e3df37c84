"""`tuntas link URL --city CITY --by SEAT --text WORDS`: a post that was seen elsewhere, as at the console.

`--handle` whose it is, `--commenter` (any number) who says so too, `--picture FILE` (any number) what it looked like.
Prints the ticket; ends with 1 if it was not taken.
"""

import argparse
import json
import sys
from pathlib import Path

import httpx

from services.contracts.secrets import CitySecrets, Secrets
from services.runtime.settings import Settings


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    url = (arguments.url or settings.intake_url).rstrip("/")
    known = Secrets.model_validate(settings.secrets).cities.get(arguments.city, CitySecrets())
    headers = {"authorization": f"Bearer {known.console_media}"}
    try:
        with httpx.Client(headers=headers, timeout=60, trust_env=False) as http:
            references = []
            for picture in arguments.picture:
                kept = http.post(f"{url}/media", content=picture.read_bytes())
                if kept.status_code != 201:
                    print(f"{picture}: {kept.json()['message']}", file=sys.stderr)  # a command's answer
                    return 1
                references.append(kept.json()["reference"])
            body = {"link": arguments.link, "by": arguments.by, "text": arguments.text, "handle": arguments.handle,
                    "media": references, "commenters": arguments.commenter}  # fmt: skip
            answer = http.post(f"{url}/links", json=body)
    except (httpx.HTTPError, OSError) as error:
        print(f"not taken: {type(error).__name__}", file=sys.stderr)
        return 1
    print(json.dumps(answer.json()))
    return 0 if answer.is_success else 1


def arguments_of(given: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tuntas link", description="A post that was seen elsewhere.")
    parser.add_argument("link")
    parser.add_argument("--city", required=True)
    parser.add_argument("--by", required=True, help="The seat that saw it.")
    parser.add_argument("--text", required=True)
    parser.add_argument("--handle")
    parser.add_argument("--commenter", action="append", default=[])
    parser.add_argument("--picture", action="append", default=[], type=Path)
    parser.add_argument("--url", help="Where intake answers.")
    return parser.parse_args(given)


if __name__ == "__main__":
    raise SystemExit(run(arguments_of(), Settings()))
