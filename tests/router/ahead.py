"""`python -m tests.router.ahead SECONDS`: the router as a process of its own, with a clock that is ahead."""

import sys
from datetime import timedelta
from functools import partial

from services.router.app import NEEDS, build
from services.runtime.process import run_service
from tests.router.harness import MovingClock

if __name__ == "__main__":
    clock = MovingClock(timedelta(seconds=float(sys.argv[1])))
    run_service("router", partial(build, clock=clock), needs=NEEDS)
