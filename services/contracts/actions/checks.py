"""Pictures and who may see them, the second seat's signature, the audit."""

from typing import Literal

from services.contracts.actions.values import MediaReference, Text
from services.contracts.base import Received


class ClearEvidence(Received):
    """Somebody looked at a picture and says who else may see it. The last word counts."""

    do: Literal["clear_evidence"]
    media: MediaReference
    audience: Literal["hidden", "offices", "public"]


class SignOff(Received):
    """The word of the seat that was asked to look before the reporter is. Not approved, it goes back to work."""

    do: Literal["sign_off"]
    approved: bool
    text: Text


class Audit(Received):
    """The finding on a resolution that was drawn by chance. A failed one reopens what no reporter has confirmed."""

    do: Literal["audit"]
    passed: bool
    text: Text
