"""Facts of a city that are no complaint: `city.<city>.<kind>.<id>`, appended under the same rules as complaints."""

from typing import Literal

from services.contracts.base import Function, Id, Moment, Stored, Token
from services.contracts.sealed import Sealed


class PolicyPutInForce(Stored):
    """`city.policy_put_in_force`: kind `policy`, id `policy`. The whole of it, so that old outcomes stay readable."""

    version: int
    policy: dict[str, object]
    rules: dict[str, object] | None = None
    """`contracts.city.rules.Rules`. None: put in force before rules were part of it."""
    offices: dict[str, dict[str, object]] | None = None
    """Functions, areas and units that each office declares."""
    hearing: dict[str, object] | None = None
    """`contracts.hearing.rules.Hearing`. None: put in force before who hears what was part of it."""
    digest: str | None = None
    """Of the content (`contracts.city.in_force.digest`)."""


class ServiceInterrupted(Stored):
    """`city.service_interrupted`: kind `service`, id of the interruption."""

    function: Function
    ward_codes: tuple[str, ...]
    text: Sealed
    """Sealed for `handling` of the interruption's id."""
    expected_end: Moment | None = None
    by: Token


class ServiceRestored(Stored):
    """`city.service_restored`."""

    by: Token


class ClusterOpened(Stored):
    """`city.cluster_opened`: kind `cluster`, id of the cluster. So many alike came within minutes that they are handled
    as one; further ones that match are merged at once."""

    main: Id
    """The complaint that all of them are handled under."""
    category: Token
    function: Function
    district_code: str | None = None
    ward_code: str | None = None
    """Both None: the whole city."""
    words: tuple[int, ...] = ()
    """Keyed hashes of the words that most of them have."""
    count: int
    policy: int


class ClusterGrown(Stored):
    """`city.cluster_grown`: coarse, at a few round numbers of reporters."""

    count: int


class ClusterClosed(Stored):
    """`city.cluster_closed`: nothing more goes into it."""

    why: Literal["quiet", "resolved", "dissolved"]
    count: int
    by: Token | None = None
    """The seat that dissolved it."""


class ModelPutInForce(Stored):
    """`city.model_put_in_force`: kind `model`, id `model`. Which model proposes from here on, and what was known of it.

    It holds no word that anybody wrote. Proposals name the version, so a rebuild asks for no model."""

    version: str
    """`bengkulu-3`: the number counts the city's facts of this kind. The common model's own name: back to it."""
    blob: str | None = None
    """Where the model lies, sealed for `handling` of `<city>-model`; None: the common one."""
    digest: str | None = None
    """SHA-256 of the model file, hex."""
    root_blob: str | None = None
    """The model of the city's past alone, on which the next training builds; None: it builds on the common one."""
    root: str
    """Name of the version that it was built on."""
    learned: dict[str, int] = {}
    """Examples by where their labels come from."""
    held_back: int = 0
    """Decisions that neither model had seen, on which they were compared."""
    before: dict[str, float] = {}
    """Figures of the model in force on them: accuracy, top3, macro_f1, calibration, surprise."""
    after: dict[str, float] = {}
    """Of this one."""
    read_until: int = 0
    """Position in COMPLAINTS up to which decisions were read; 0: none were."""


CityFact = PolicyPutInForce | ServiceInterrupted | ServiceRestored

FACT_TYPES: dict[str, type[PolicyPutInForce] | type[ServiceInterrupted] | type[ServiceRestored]] = {
    "city.policy_put_in_force": PolicyPutInForce,
    "city.service_interrupted": ServiceInterrupted,
    "city.service_restored": ServiceRestored,
}
