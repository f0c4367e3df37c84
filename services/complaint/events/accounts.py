"""The city's own account that a complaint came by was taken over by somebody else."""

from services.contracts.base import Moment, Stored, Token


class AccountLost(Stored):
    door: Token
    since: Moment
    suspect: bool
    """Something came in by it since then: it may not be the person's own word."""


Event = AccountLost

TYPES: dict[str, type[Event]] = {"complaint.account_lost": AccountLost}
