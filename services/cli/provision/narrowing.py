"""What a change of a stream's settings could lose. Pure, so that the refusals are a table of tests."""

from collections.abc import Callable, Mapping

Config = Mapping[str, object]


def losses(now: Config, wanted: Config) -> list[str]:
    """A sentence for each way in which `wanted` could drop or refuse what `now` keeps; [] if nothing can be lost."""
    found = [f"subject {subject} would no longer be stored" for subject in sorted(_subjects(now) - _subjects(wanted))]
    for field, says in _LIMITS.items():
        have, want = _limit(now.get(field)), _limit(wanted.get(field))
        if want < have:
            found.append(says(have, want))
    found += [
        f"{field} would be taken away: events could be deleted"
        for field in ("deny_delete", "deny_purge")
        if now.get(field) and not wanted.get(field)
    ]
    found += [
        f"{field} would change from {now[field]} to {wanted.get(field)}"
        for field in ("retention", "storage")
        if field in now and now[field] != wanted.get(field)
    ]
    if now.get("discard") == "new" and wanted.get("discard") != "new":
        found.append("a full stream would drop its oldest messages instead of refusing new ones")
    if now.get("max_msgs_per_subject") in (None, -1, 0) and wanted.get("discard_new_per_subject"):
        found.append("a subject would refuse new messages at a limit that it does not have now")
    if now.get("sealed"):
        found.append("it is sealed by an operator")
    return found


def differences(now: Config, wanted: Config) -> list[str]:
    """The fields of `wanted` that stand differently now."""
    return [field for field, value in wanted.items() if not _same(now.get(field), value)]


def _same(have: object, want: object) -> bool:
    # The server leaves out what is false, zero or empty, and may write "no limit" as -1 or 0.
    if have in (None, False, 0, -1, "", []):
        return want in (None, False, 0, -1, "", [])
    return have == want


def _subjects(config: Config) -> set[str]:
    listed = config.get("subjects")
    return set(listed) if isinstance(listed, list) else set()


def _limit(value: object) -> float:
    """Unset, 0 and -1 mean without limit."""
    return value if isinstance(value, int) and value > 0 else float("inf")


_LIMITS: Mapping[str, Callable[[float, float], str]] = {
    "max_bytes": lambda have, want: f"it may hold {_size(have)} now and would hold {_size(want)}",
    "max_msgs": lambda have, want: f"it may hold {have:,} messages now and would hold {want:,}",
    "max_msgs_per_subject": lambda have, want: f"each subject may hold {have:,} messages now and would hold {want:,}",
    "max_age": lambda have, want: f"messages stay {_days(have)} now and would stay {_days(want)}",
    "max_msg_size": lambda have, want: f"messages of {_size(have)} are taken now, then only up to {_size(want)}",
}


def _size(count: float) -> str:
    if count == float("inf"):
        return "any size"
    return f"{count / 1024**3:.1f} GiB" if count >= 1024**3 else f"{count / 1024:.0f} KiB"


def _days(nanoseconds: float) -> str:
    return "for ever" if nanoseconds == float("inf") else f"{nanoseconds / 86_400e9:g} days"
