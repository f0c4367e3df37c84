"""Whose fault an error is: the machinery's (wait, it will pass) or the message's (waiting won't mend it)."""

import asyncpg
import nats.errors
import nats.js.errors


class Away(Exception):
    """Something we depend on can't be reached now. Whoever raises it says: the message is not to blame, try again."""


_MESSAGE_ERRORS_OF_NATS = (
    nats.errors.MaxPayloadError,
    nats.errors.BadSubjectError,
    nats.errors.BadHeaderError,
    nats.errors.JsonParseError,
)

_PASSING_STATES = ("08", "40", "53", "55", "57", "58")
"""SQLSTATE classes (PostgreSQL manual, appendix A): connection, transaction rollback, insufficient resources,
object not in prerequisite state (lock not available), operator intervention, system error."""


def is_infrastructure(error: BaseException) -> bool:
    """True for what a pause mends: NATS, Postgres, the vault or the network away, time-outs, deadlocks."""
    if isinstance(error, Away):
        return True
    if isinstance(error, nats.errors.Error):
        return not isinstance(error, _MESSAGE_ERRORS_OF_NATS)
    if isinstance(error, asyncpg.PostgresError):
        return str(error.sqlstate or "").startswith(_PASSING_STATES)
    if isinstance(error, asyncpg.InternalClientError):
        return True  # what asyncpg says when the connection broke between two messages of one statement
    if isinstance(error, asyncpg.InterfaceError):
        return not isinstance(error, ValueError)  # asyncpg.DataError is both: a value that does not fit its column
    if isinstance(error, UnicodeError):
        return False
    return isinstance(error, (OSError, TimeoutError))


def sentence_for(error: Exception) -> str:
    """Type and place; never the message, which may quote what a person wrote."""
    where = ""
    trace = error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if "/services/" in name:
            where = f" di {name.rpartition('/services/')[2]}:{trace.tb_lineno}"
        trace = trace.tb_next
    return f"{type(error).__qualname__}{where}"
