"""What the HTTP door says when it does not take something: a code, and a sentence for who set the caller up."""

from starlette.responses import JSONResponse

from services.runtime.failures import is_infrastructure


class Problem(Exception):
    """An answer other than success. Codes are stable; sentences may change."""

    def __init__(self, status: int, code: str, message: str, *, retry_after: int | None = None) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.message = message
        self.retry_after = retry_after

    def response(self) -> JSONResponse:
        headers = {"retry-after": str(self.retry_after)} if self.retry_after is not None else None
        return JSONResponse({"error": self.code, "message": self.message}, self.status, headers)


def unavailable(error: Exception) -> Problem:
    """For errors of the machinery; others are raised again."""
    if not is_infrastructure(error):
        raise error
    return Problem(503, "unavailable", "It could not be stored now. Send it again.", retry_after=5)
