"""What a new complaint may be a second report of: proposed with its screening, or, in a surge, merged at once.

All in memory: no query and no event more for a complaint that is like no other. What is kept of it are keyed hashes.
"""

import time
from collections.abc import Mapping
from datetime import datetime, timedelta

from services.complaint.commands import Merge, ProposeScreening
from services.complaint.events import Duplicate, Matter, ScreeningProposed
from services.complaint.state import Screening, Unopened, Working
from services.contracts.base import made
from services.contracts.changing import replace
from services.contracts.city import City
from services.router.dossier import Dossier, messages_of
from services.router.merging.alike import marks
from services.router.merging.clusters import Clusters
from services.router.merging.surge import Watch
from services.router.merging.window import Entry, Window
from services.router.proposing import UNCLEAR, Proposed
from services.router.words_in_clear import Heard

PERSONAL = frozenset(
    {
        "civil_registry", "social", "health", "education", "manpower", "licensing", "revenue", "personnel",
        "women_children", "police", "national_insurance", "national_agency",
    }
)  # fmt: skip
"""Functions of which two people who say the same have each a matter of their own: a card, an allowance, a permit."""
OF_EVERYBODY = frozenset({"complaint", "question", "criticism"})
"""Kinds that can be one matter of many."""


class Matching:
    def __init__(self, cities: Mapping[str, City], clusters: Clusters) -> None:
        self._cities = cities
        self._clusters = clusters
        self._windows: dict[str, Window] = {}
        self._watches: dict[str, Watch] = {}
        self._judged_at = time.monotonic()

    def idle(self) -> float:
        """Seconds since the last complaint was judged here."""
        return time.monotonic() - self._judged_at

    def window(self, city: str) -> Window:
        span = timedelta(days=self._cities[city].policy.duplicate_days)
        return self._windows.setdefault(city, Window(span))

    def judged(self, dossier: Dossier, heard: Heard, found: Proposed, key: bytes) -> Proposed | Merge:
        """The proposal with what it may be a second report of; or that it is part of a surge."""
        self._judged_at = time.monotonic()
        proposal = found.command.proposal
        entry = entry_of(dossier, heard, proposal.matter, key)
        if entry is None:
            return found
        city = self._cities[dossier.city]
        if _may_join(dossier, found):
            entry = replace(entry, sure=_sure(found), confidence=proposal.confidence)
            cluster = self._clusters.taking(city.id, entry)
            if cluster is None:
                watch = self._watches.setdefault(city.id, Watch())
                span = timedelta(minutes=city.policy.surge_minutes)
                surge = watch.seen(entry, city.policy.surge_count, span)
                if surge is not None:
                    cluster = self._clusters.open(city, key, surge)
                    watch.take(cluster)
            if cluster is not None and cluster.takes(entry):
                self.window(city.id).drop(dossier.complaint)
                return _merge(dossier, found.command, cluster.main, cluster.id)
        window = self.window(city.id)
        alike = window.like(entry, city.policy.duplicate_at)
        window.put(entry)
        shared = () if not isinstance(dossier.state, Screening) else dossier.state.file.shared.not_same
        others = tuple(
            Duplicate(complaint=one.entry.complaint, score=one.score, why=one.why)
            for one in alike
            if one.entry.complaint not in shared
        )
        return with_duplicates(found, others) if others else found

    async def stands(self, merge: Merge) -> None:
        """The surge that it is merged for is written down."""
        await self._clusters.stands(merge.cluster)

    def remember(self, city: str, entry: Entry) -> None:
        """One from before this process: unless it has been seen since."""
        window = self.window(city)
        if entry.complaint not in window:
            window.put(entry)

    def forget(self, city: str, complaint: str) -> None:
        self.window(city).drop(complaint)

    def went_on(self, dossier: Dossier) -> None:
        """Merged, closed, erased or secret now: no second report's first any more."""
        state = dossier.state
        window = self._windows.get(dossier.city)
        if isinstance(state, Unopened) or window is None or dossier.complaint not in window:
            return
        gone = not isinstance(state, Screening | Working) or bool(state.file.erased)
        if gone or state.file.confidentiality == "secret":
            category = window.drop(dossier.complaint)
            if category is not None and dossier.city in self._watches:
                self._watches[dossier.city].drop(category, dossier.complaint)


def entry_of(dossier: Dossier, heard: Heard, matter: Matter, key: bytes) -> Entry | None:
    return entry_of_words(dossier.complaint, messages_of(dossier.events)[0][0].at, heard, matter, key)


def entry_of_words(complaint: str, at: datetime, heard: Heard, matter: Matter, key: bytes) -> Entry | None:
    """None: a matter that only a person may compare with others, or nothing to compare. `at`: when it was received."""
    if matter.confidentiality == "secret" or matter.function in PERSONAL or matter.category == UNCLEAR:
        return None
    if matter.about is not None or matter.against is not None or matter.kind not in OF_EVERYBODY or matter.on_behalf:
        return None
    made = marks(heard.texts, key)
    if not made.words:
        return None
    return Entry(
        complaint=complaint,
        at=at,
        category=matter.category,
        function=matter.function,
        district=matter.district_code,
        ward=matter.ward_code,
        pins=tuple((pin.latitude, pin.longitude) for pin in heard.pins),
        marks=made,
    )


def _may_join(dossier: Dossier, found: Proposed) -> bool:
    """Of nobody in danger, not to be checked with people of the place first, not taken out by a person, and nothing
    but the machine's confidence is missing."""
    proposal, state = found.command.proposal, dossier.state
    if not isinstance(state, Screening) or state.file.shared.alone or state.file.first_level is not None:
        return False
    return (_sure(found) or found.doubtful) and proposal.matter.urgency != "danger"


def _sure(found: Proposed) -> bool:
    return found.command.straight is not None or found.waits


def _merge(dossier: Dossier, command: ProposeScreening, main: str, cluster: str) -> Merge:
    return Merge(
        cause=command.cause,
        itself=dossier.complaint,
        into=main,
        by="machine",
        cluster=cluster,
        proposal=command.proposal,
    )


def with_duplicates(found: Proposed, others: tuple[Duplicate, ...]) -> Proposed:
    proposal = made(ScreeningProposed, **{**found.command.proposal.__dict__, "duplicates": others})
    return replace(found, command=replace(found.command, proposal=proposal))
