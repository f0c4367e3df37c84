"""Log lines: JSON, with service and trace. Ids of complaints yes; names, numbers and words of people never.

Exceptions are logged by type and place, not by message: a database error quotes the row it did not like.
"""

import asyncio
import logging
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any, Literal

from services.runtime.spans import current

# structlog loads rich, where it is there, for tracebacks that we never print: 5 MB in each service.
_rich = sys.modules.setdefault("rich", None)  # type: ignore[arg-type]  # None: not to be found
import structlog  # noqa: E402

if _rich is None:
    del sys.modules["rich"]

Event = MutableMapping[str, Any]


def setup(service: str, style: Literal["json", "console"] = "json", level: str = "info") -> None:
    """Once a process, before anything logs. Lines go to standard error."""
    finish: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(sort_keys=False) if style == "json" else structlog.dev.ConsoleRenderer()
    )
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _add_trace,
        _without_words,
    ]
    structlog.configure(
        processors=[structlog.contextvars.merge_contextvars, *shared, finish],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    structlog.contextvars.bind_contextvars(service=service)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[lambda _l, _m, event: {**event, "service": service}, *shared],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, finish],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)


def get(name: str) -> "structlog.typing.FilteringBoundLogger":
    """`log.info("what_happened", complaint=…)`: a name for the event, values as keywords."""
    logger: structlog.typing.FilteringBoundLogger = structlog.get_logger(part=name)
    return logger


def of_the_loop() -> None:
    """What the running loop has to say goes out as everything else does. Left alone it would print the repr of a task
    whose error nobody took, and that quotes what the error says."""
    asyncio.get_running_loop().set_exception_handler(_loop_said)


def _loop_said(_loop: asyncio.AbstractEventLoop, context: MutableMapping[str, Any]) -> None:
    task = context.get("task") or context.get("future")
    name = task.get_name() if isinstance(task, asyncio.Task) else None
    get(__name__).error("nobody_took_it", says=context.get("message"), task=name, error=context.get("exception"))


def _add_trace(_logger: object, _method: str, event: Event) -> Event:
    found = current.get()
    if found is not None:
        event["trace_id"] = f"{found.trace_id:032x}"
        event["span_id"] = f"{found.span_id:016x}"
    return event


def _without_words(_logger: object, _method: str, event: Event) -> Event:
    given = event.pop("exc_info", None)
    error = event.pop("error", None)
    if given is True:
        given = sys.exc_info()
    if isinstance(given, tuple):
        error = given[1]
    elif isinstance(given, BaseException):
        error = given
    if isinstance(error, BaseException):
        event["error"] = type(error).__qualname__
        event["at"] = [
            f"{frame.filename.rpartition('/services/')[2]}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(error.__traceback__)[-6:]
        ]
    elif error is not None:
        event["error"] = error
    return event
