"""The short-lived token that a staff command carries: who acts, as the login knows it. Signed elsewhere (Ed25519)."""

from typing import Literal

from services.contracts.base import Moment, Stored, Token

Role = Literal[
    "reporter", "clerk", "screener", "coordinator", "agency_officer", "agency_head", "territorial", "leader", "aide",
    "communication", "auditor", "data_protection", "ops", "administrator",
]  # fmt: skip
"""Closed list of DOMAIN's roles. What each may do is decided where the command is decided."""


class StaffToken(Stored):
    """Valid for one command (`command` is its id) within `expires_at`, minutes at most."""

    city: Token
    seat: Token
    roles: tuple[Role, ...]
    area: tuple[str, ...] = ()
    """Kemendagri codes of kecamatan or kelurahan, as prefixes; empty: the whole city."""
    command: str
    issued_at: Moment
    expires_at: Moment
