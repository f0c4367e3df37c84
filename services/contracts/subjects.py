"""Every stream, subject and consumer name, as functions. Nobody writes one by hand."""

from services.contracts.ids import shard_of

INTAKE = "INTAKE"
COMPLAINTS = "COMPLAINTS"
CITY = "CITY"
AGENCY = "AGENCY"
ASK = "ASK"
OUTBOUND = "OUTBOUND"
PARKED = "PARKED"

STREAM_SUBJECTS: dict[str, tuple[str, ...]] = {
    INTAKE: ("intake.*.*",),
    COMPLAINTS: ("complaint.*.*.*",),
    CITY: ("city.*.*.*",),
    AGENCY: ("agency.*.*.*",),
    ASK: ("ask.*", "receipt.*"),
    OUTBOUND: ("outbound.*.*",),
    PARKED: ("parked.*",),
}

SERVICES = ("intake", "router", "notifier", "reporting")


def intake(city: str, channel: str) -> str:
    return f"intake.{city}.{channel}"


def complaint(city: str, complaint_id: str) -> str:
    return f"complaint.{city}.{shard_of(complaint_id)}.{complaint_id}"


def city_fact(city: str, kind: str, fact_id: str) -> str:
    return f"city.{city}.{kind}.{fact_id}"


def agency_task(city: str, seat: str, complaint_id: str) -> str:
    return f"agency.{city}.{seat}.{complaint_id}"


def agency_queue(city: str, seat: str) -> str:
    """Filter of one office's queue."""
    return f"agency.{city}.{seat}.*"


def ask(city: str) -> str:
    return f"ask.{city}"


def receipt(city: str) -> str:
    """What providers say of messages that we sent; intake to notifier, in the ASK stream."""
    return f"receipt.{city}"


def outbound(city: str, channel: str) -> str:
    return f"outbound.{city}.{channel}"


def parked(service: str) -> str:
    return f"parked.{service}"


def refusals(city: str, channel: str) -> str:
    """Core NATS: what an adapter sent and we could not take, with message id, code and field."""
    return f"refusals.{city}.{channel}"


def agency_command(city: str, agency: str) -> str:
    return f"command.{city}.agency.{agency}"


def staff_command(city: str) -> str:
    return f"command.{city}.staff"


def staff_open_work(city: str) -> str:
    """Request for what a seat has in hand, by who speaks for it in a chat."""
    return f"command.{city}.staff.open_work"


def morning(city: str) -> str:
    """Request for the morning's counts; notifier to reporting."""
    return f"figures.{city}.morning"


def preview(city: str) -> str:
    """Request for every text with example data; reporting to notifier."""
    return f"preview.{city}"


def agency_consumer(city: str, agency: str) -> str:
    return f"{city}-{agency}"


def outbound_consumer(city: str, channel: str) -> str:
    return f"{city}-{channel}"


def template(subject: str) -> str:
    """The low-cardinality form for span names and metric labels: `complaint.{city}.{shard}.{complaint}`."""
    return _TEMPLATES.get(subject.split(".", 1)[0], "other")


_TEMPLATES = {
    "intake": "intake.{city}.{channel}",
    "complaint": "complaint.{city}.{shard}.{complaint}",
    "city": "city.{city}.{kind}.{id}",
    "agency": "agency.{city}.{seat}.{complaint}",
    "ask": "ask.{city}",
    "receipt": "receipt.{city}",
    "outbound": "outbound.{city}.{channel}",
    "parked": "parked.{service}",
    "refusals": "refusals.{city}.{channel}",
    "command": "command.{city}.{who}",
    "figures": "figures.{city}.{what}",
    "preview": "preview.{city}",
}
