"""`python -m services.router.main`: settings come from the environment (`services.runtime.settings`)."""

from services.router.app import NEEDS, build
from services.runtime.process import run_service

if __name__ == "__main__":
    run_service("router", build, needs=NEEDS)
