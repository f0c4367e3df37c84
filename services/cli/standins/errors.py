"""Errors of the Cloud API as its error reference lists them: code, HTTP status, title, details.

Source: developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes. The provider advises to look at `code` and
`error_data.details`, never at titles; `type` is "OAuthException" for all of these.
"""

import secrets
from dataclasses import dataclass


@dataclass(eq=False)
class ApiError(Exception):
    code: int
    status: int
    title: str
    details: str

    def body(self) -> dict[str, object]:
        return {
            "error": {
                "message": f"(#{self.code}) {self.title}",
                "type": "OAuthException",
                "code": self.code,
                "error_data": {"messaging_product": "whatsapp", "details": self.details},
                "fbtrace_id": secrets.token_urlsafe(16)[:22],
            }
        }

    def in_webhook(self) -> dict[str, object]:
        """The same error as it stands in the `errors` of a failed status."""
        return {
            "code": self.code,
            "title": self.title,
            "message": self.title,
            "error_data": {"details": self.details},
            "href": "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/",
        }

    def because(self, details: str) -> "ApiError":
        return ApiError(self.code, self.status, self.title, details)


_ERRORS = (
    ApiError(2, 503, "API Service", "Temporary due to downtime or due to being overloaded."),
    ApiError(4, 400, "API Too Many Calls", "The app has reached its API call rate limit."),
    ApiError(10, 403, "API Permission Denied", "Permission is either not granted or has been removed."),
    ApiError(33, 400, "Parameter value is not valid", "The business phone number has been deleted or is unknown."),
    ApiError(100, 400, "Invalid parameter", "The request included one or more unsupported or misspelled parameters."),
    ApiError(190, 401, "Access token has expired", "Your access token has expired or is not valid."),
    ApiError(368, 403, "Temporarily blocked for policies violations",
             "The WhatsApp Business Account has been restricted or disabled for violating a platform policy."),
    ApiError(80007, 400, "Rate limit issues", "The WhatsApp Business Account has reached its rate limit."),
    ApiError(130429, 400, "Rate limit hit", "Cloud API message throughput has been reached."),
    ApiError(131000, 500, "Something went wrong", "Message failed to send due to an unknown error."),
    ApiError(131008, 400, "Required parameter is missing", "The request is missing a required parameter."),
    ApiError(131009, 400, "Parameter value is not valid", "One or more parameter values are invalid."),
    ApiError(131016, 500, "Service unavailable", "A service is temporarily unavailable."),
    ApiError(131026, 400, "Message undeliverable",
             "Unable to deliver message: not on WhatsApp, terms not accepted, or an old app."),
    ApiError(131031, 403, "Account has been locked", "The account has been restricted or disabled."),
    ApiError(131047, 400, "Re-engagement message",
             "Message failed to send because more than 24 hours have passed since the customer last replied."),
    ApiError(131048, 400, "Spam rate limit hit", "There are restrictions on how many messages this number can send."),
    ApiError(131049, 400, "Meta chose not to deliver",
             "This message was not delivered to maintain healthy ecosystem engagement."),
    ApiError(131050, 400, "User has stopped marketing messages from this business",
             "The recipient has chosen to stop receiving messages from this business."),
    ApiError(131051, 400, "Unsupported message type", "Message type is not supported."),
    ApiError(131052, 400, "Media download error", "Unable to download the media sent by the user."),
    ApiError(131056, 400, "(Business Account, Consumer Account) pair rate limit hit",
             "Too many messages sent from this phone number to the same phone number in a short period of time."),
    ApiError(132000, 400, "Template Param Count Mismatch", "Number of variable values and template differ."),
    ApiError(132001, 404, "Template does not exist", "It does not exist in that language or is not approved."),
    ApiError(132015, 400, "Template is Paused", "Template is paused due to low quality."),
    ApiError(132016, 400, "Template is Disabled", "Template has been paused too many times."),
    ApiError(132018, 400, "Template parameter issue",
             "Param text cannot have new-line/tab characters or more than 4 consecutive spaces."),
)  # fmt: skip

ERRORS: dict[int, ApiError] = {error.code: error for error in _ERRORS}
