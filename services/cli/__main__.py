"""`python -m services.cli`, which is the `tuntas` command."""

import signal

# A Ctrl-C while the packages are still being read ends us without a page of traceback.
signal.signal(signal.SIGINT, signal.SIG_DFL)

from services.cli.app import app  # noqa: E402 - after the line above, which is about this import

signal.signal(signal.SIGINT, signal.default_int_handler)

if __name__ == "__main__":
    app(prog_name="tuntas")
