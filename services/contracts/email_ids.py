"""Our notices' ids as e-mail carries them: the same notice has the same Message-ID, so a repeat is recognised."""

import re

_OURS = re.compile(r"<?tuntas\.([a-z2-7]{26})@[^>\s]+>?")


def message_id(notice: str, domain: str) -> str:
    """RFC 5322 section 3.6.4."""
    return f"<tuntas.{notice}@{domain}>"


def notice_of(value: str) -> str | None:
    """The notice behind a Message-ID, In-Reply-To or Original-Envelope-Id; None: it is none of ours."""
    found = _OURS.search(value)
    return found.group(1) if found else None
