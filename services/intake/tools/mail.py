"""`tuntas mail --city CITY < message.eml`: one raw e-mail, handed to the door. For a mail server's pipe.

Ends with 0 when it is stored or nothing of a person's, 75 (EX_TEMPFAIL of sysexits.h: the mail server keeps it and
tries again) when the door is away, 65 (EX_DATAERR) when it is refused for good.
"""

import argparse
import json
import sys

import httpx

from services.contracts.secrets import CitySecrets, Secrets
from services.runtime.settings import Settings

STORED, DATA_ERROR, TRY_AGAIN = 0, 65, 75


def hand_in(url: str, city: str, token: str, raw: bytes) -> int:
    try:
        headers = {"authorization": f"Bearer {token}", "content-type": "message/rfc822"}
        answer = httpx.post(f"{url.rstrip('/')}/mail/{city}", content=raw, headers=headers, timeout=60, trust_env=False)
    except httpx.HTTPError as error:
        print(f"the door is away: {type(error).__name__}", file=sys.stderr)  # a command's answer
        return TRY_AGAIN
    if answer.status_code == 200:
        print(json.dumps(answer.json()))
        return STORED
    print(f"not taken: {answer.status_code}", file=sys.stderr)
    return DATA_ERROR if answer.status_code == 413 else TRY_AGAIN


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="tuntas mail", description="Hand a raw e-mail in, from standard input.")
    parser.add_argument("--city", required=True)
    parser.add_argument("--url", help="Where intake answers.")
    arguments = parser.parse_args()
    settings = Settings()
    known = Secrets.model_validate(settings.secrets).cities.get(arguments.city, CitySecrets())
    raise SystemExit(
        hand_in(arguments.url or settings.intake_url, arguments.city, known.mail_token, sys.stdin.buffer.read())
    )
