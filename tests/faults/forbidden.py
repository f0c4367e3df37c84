"""What no guest of the broker may publish to, or hear."""

from services.contracts import subjects
from services.contracts.ids import derive

CITY = "bengkulu"
OURS, THEIRS = "perkim", "dlh"
"""The office that holds the complaint, and one that would like to."""

NOBODYS = derive(b"nobody", "complaint")
FORGED = subjects.complaint(CITY, NOBODYS)


def forbidden(own_consumer: str) -> list[str]:
    """Subjects that no guest may publish to."""
    consumer = subjects.agency_consumer(CITY, OURS)
    return [
        FORGED,
        subjects.city_fact(CITY, "policy", "policy"),
        subjects.agency_task(CITY, OURS, NOBODYS),
        subjects.agency_task(CITY, THEIRS, NOBODYS),
        subjects.outbound(CITY, "whatsapp"),
        subjects.ask(CITY),
        subjects.receipt(CITY),
        subjects.parked("router"),
        subjects.intake(CITY, "whatsapp"),
        subjects.intake(CITY, "tiktok"),
        subjects.intake("kupang", "posko"),
        subjects.agency_command(CITY, OURS),
        subjects.agency_command("kupang", THEIRS),
        subjects.staff_command(CITY),
        f"$JS.API.CONSUMER.MSG.NEXT.AGENCY.{consumer}",
        "$JS.API.CONSUMER.MSG.NEXT.COMPLAINTS.router",
        f"$JS.API.CONSUMER.CREATE.AGENCY.{own_consumer}-mine",
        f"$JS.API.CONSUMER.DELETE.AGENCY.{consumer}",
        f"$JS.ACK.AGENCY.{consumer}.1.1.1.1.0",
        "$JS.API.STREAM.PURGE.AGENCY",
        "$JS.API.STREAM.DELETE.COMPLAINTS",
        "$JS.API.STREAM.UPDATE.COMPLAINTS",
        "$JS.API.STREAM.INFO.COMPLAINTS",
        "$JS.API.STREAM.NAMES",
        "$JS.API.STREAM.MSG.GET.COMPLAINTS",
        "$JS.API.DIRECT.GET.COMPLAINTS",
        f"$JS.API.DIRECT.GET.COMPLAINTS.{FORGED}",
        "$SYS.REQ.SERVER.PING",
        "_INBOX_router.forged",
    ]


LISTENING = (
    ">", "complaint.>", "agency.>", "command.>", "intake.>", "outbound.>", "refusals.bengkulu.tiktok", "_INBOX.>",
    f"_INBOX_agency_{CITY}_{OURS}.>", "_INBOX_router.>", "$JS.EVENT.>", "$SYS.>",
)  # fmt: skip
