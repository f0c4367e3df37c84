"""The city's own accounts: one that was taken over, and one that is the city's again."""

from typing import Literal

from services.contracts.actions.values import Text
from services.contracts.base import Moment, Received, Token


class DeclareCompromised(Received):
    """Somebody else had the account since then: nothing is sent through it, what came by it since is suspect, and who
    wrote by it is reached another way or listed. The reply's `fact` is the door."""

    do: Literal["declare_compromised"]
    door: Token
    since: Moment
    reason: Text | None = None


class TrustAccount(Received):
    """The account is the city's again, with new credentials, or the door leads to its successor."""

    do: Literal["trust_account"]
    door: Token
