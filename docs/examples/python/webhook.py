"""An office's program that is called by Tuntas with each new state of a task. Standard library only.

    python webhook.py PORT whsec_…

checks every call (Standard Webhooks), keeps the newest state of each task in memory, and prints it. Put a proxy that
speaks TLS in front. Answer quickly: store first, work afterwards. What was taken once may come again.
"""

import base64
import hmac
import json
import sys
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

TOLERANCE = 300  # seconds between the call's time and ours

tasks: dict[str, dict] = {}  # complaint -> its newest state; a real program has a table
seen: set[str] = set()  # webhook-ids that were taken already


def genuine(secret: str, headers, body: bytes) -> bool:
    name, at = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not at.isdigit() or abs(time.time() - int(at)) > TOLERANCE:
        return False
    key = base64.b64decode(secret.removeprefix("whsec_"))
    wanted = base64.b64encode(hmac.digest(key, f"{name}.{at}.".encode() + body, "sha256")).decode()
    # Several signatures while a secret is being changed: one that fits is enough.
    signed = [one.partition(",")[2] for one in headers.get("webhook-signature", "").split() if one.startswith("v1,")]
    return any(hmac.compare_digest(wanted, one) for one in signed)


def take(name: str, call: dict) -> None:
    if name in seen or not call["type"].startswith("task."):
        return
    task = call["data"]
    held = tasks.get(task["complaint"])
    if held is None or task["n"] > held["n"]:
        tasks[task["complaint"]] = {"n": task["n"], "gone": True} if task["state"] == "gone" else task
        print(task["ticket"], task["update"], "n", task["n"], flush=True)
    seen.add(name)


class Door(BaseHTTPRequestHandler):
    secret = ""

    def do_POST(self) -> None:
        body = self.rfile.read(min(int(self.headers.get("content-length", 0)), 1_000_000))
        if not genuine(self.secret, self.headers, body):
            self.answer(401)
            return
        take(self.headers["webhook-id"], json.loads(body))
        self.answer(204)

    def answer(self, status: int) -> None:
        self.send_response(status)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """What a call holds belongs in no log."""


if __name__ == "__main__":
    Door.secret = sys.argv[2]
    HTTPServer(("127.0.0.1", int(sys.argv[1])), Door).serve_forever()
