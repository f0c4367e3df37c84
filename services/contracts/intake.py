"""What channels put into the door: `intake.<city>.<channel>`, one message each, JSON, at most 256 kB.

The built-in channels and external adapters use the same form. Publishers set no `Nats-Msg-Id`; the same message may
come any number of times, `id` tells. An adapter that sent something we can't take hears of it on its refusals subject.
"""

from typing import Annotated, Literal

from pydantic import Field

from services.contracts.base import Confidentiality, HowPast, Id, Kind, Moment, Received, Stored, Token

NOBODY = "-"
"""`sender.person` of what no person sent (a provider's own notification): it is kept, and answered to nobody."""

MAX_TEXT = 16_384
"""Characters; what is longer is stored as a blob and marked as shortened in the message."""


class Pin(Received):
    """WGS 84 degrees, as a phone's location message gives them."""

    latitude: float = Field(ge=-90, le=90)
    longitude: float = Field(ge=-180, le=180)
    label: str | None = Field(default=None, max_length=500)


class Media(Received):
    """A file that belongs to the message: uploaded by the adapter (`reference`) or still at the provider (`handle`)."""

    reference: str | None = Field(default=None, max_length=200)
    """From `POST /media`."""
    handle: str | None = Field(default=None, max_length=2_000)
    """The provider's media id or address, which only a built-in channel can fetch."""
    content_type: str | None = Field(default=None, max_length=200)
    file_name: str | None = Field(default=None, max_length=300)


class Sender(Received):
    """Who wrote. `person` is the provider's id of the sender in whatever form it has: a number, a scoped id, a handle.

    `address` is where an answer can go, if that is something else; `name` is what the person calls themselves.
    `phone` (`+62…`) and `email` are other ways, for when that one does not reach the person.
    """

    person: str = Field(min_length=1, max_length=300)
    address: str | None = Field(default=None, max_length=300)
    name: str | None = Field(default=None, max_length=300)
    phone: str | None = Field(default=None, pattern=r"^\+[1-9][0-9]{5,14}$")
    email: str | None = Field(default=None, max_length=300, pattern=r"^[^\s@,;]+@[^\s@,;]+\.[^\s@,;.]{2,}$")


Wish = Literal["open", "add", "done", "not_done", "withdraw"]
"""What a form asks for: a new complaint, a further word, SUDAH, BELUM, BATAL."""


class Concerned(Received):
    """Whom a report is about, when that is not the reporter, and where to find them."""

    name: str | None = Field(default=None, max_length=300)
    place: str | None = Field(default=None, max_length=500)


class Counter(Received):
    """What only the city's own pages may say, for the seat that is logged in there: an adapter's message that says it
    is refused."""

    by: Token
    """The seat that wrote it down."""
    ticket: str | None = Field(default=None, max_length=20)
    """The complaint of the slip that the person showed: their word counts for it, on the seat's responsibility."""
    forwarder: Token | None = None
    """The seat of an official who passed it on: never the reporter."""
    concerned: Concerned | None = None
    session: Id | None = None
    """The LIVE session that a moderator took it down in; `sender.name` is then what the person is called there."""


class Past(Received):
    """A complaint that ended at another system before it came here: only the city's own import says this."""

    how: HowPast
    ended: Moment | None = None
    """By that system's list."""


class IntakeMessage(Received):
    """One message of a person.

    `id` is the provider's message id, unique within (city, channel). `door` is the city's own number, page or account
    it came in by, as the city file names it; when it is left out the channel's first door is meant.
    """

    type: Literal["message"] = "message"
    version: Literal[1] = 1
    id: str = Field(min_length=1, max_length=300)
    door: Token | None = None
    sender: Sender
    sent_at: Moment | None = None
    form: Literal[
        "text",
        "image",
        "video",
        "document",
        "voice",
        "location",
        "button",
        "sticker",
        "reaction",
        "contact",
        "other",
        "removed",
    ] = "text"
    text: str | None = Field(default=None, max_length=1_000_000)
    pin: Pin | None = None
    media: tuple[Media, ...] = Field(default=(), max_length=30)
    button: str | None = Field(default=None, max_length=300)
    """The payload of a button of ours that was pressed."""
    reply_to: str | None = Field(default=None, max_length=300)
    """Provider id of the message that this one answers or quotes."""
    edits: str | None = Field(default=None, max_length=300)
    """Provider id of an earlier message of the same person whose words these replace, or that was taken back
    (`form` "removed"); both are kept."""
    forwarded: bool = False
    live: bool = False
    """Said below a LIVE video of the channel: it belongs to the city's session there, if one goes on."""
    confidentiality: Confidentiality | None = None
    """Where the channel lets the person choose; otherwise the door's default holds."""
    wish: Wish | None = None
    """Where a form asks and not a chat: what it is for need not be read from the words. `open` opens once for each
    `sender.person`; what comes after belongs to that complaint."""
    kind: Kind | None = None
    """What the person calls it, where a form lets them say so."""
    ward: str | None = Field(default=None, max_length=20)
    """Kemendagri code of the kelurahan, where a form lets the person choose it; one that the city has not is passed
    over."""
    counter: Counter | None = None
    past: Past | None = None
    original: str | None = Field(default=None, max_length=200_000)
    """A message of a type that we do not know, whole, as JSON: it is kept sealed and parked."""


class DeliveryReceipt(Received):
    """What a provider says of a message that we sent. `notice` is our own id where the provider gives it back."""

    type: Literal["receipt"]
    version: Literal[1] = 1
    id: str = Field(min_length=1, max_length=300)
    """The provider's id of our message."""
    notice: str | None = Field(default=None, max_length=300)
    status: Literal["sent", "delivered", "read", "failed"]
    at: Moment | None = None
    code: str | None = Field(default=None, max_length=100)
    reason: str | None = Field(default=None, max_length=1000)


IntakeBody = Annotated[IntakeMessage | DeliveryReceipt, Field(discriminator="type")]

RefusalReason = Literal["not_json", "invalid", "too_large", "unknown_door", "wrong_city", "changed"]


class IntakeRefusal(Stored):
    """Published on `refusals.<city>.<channel>`; the message was not taken (and is parked, so nothing is lost)."""

    version: Literal[1] = 1
    id: str | None
    code: RefusalReason
    field: str | None
    message: str


class StoredReceipt(Stored):
    """A receipt as intake passes it to the notifier: provider ids hashed, never in clear."""

    version: Literal[1] = 1
    city: Token
    channel: Token
    provider_key: str
    notice: str | None
    status: Literal["sent", "delivered", "read", "failed"]
    at: Moment | None
    code: str | None


AskKind = Literal[
    "greeting", "thanks", "help", "status", "not_understood", "which_complaint", "nothing_open", "again_or_new",
    "affected", "officer", "forwarded", "forwarded_reached", "slowed",
    "join_code", "joined", "join_unknown", "which_lamp",
]  # fmt: skip
"""`forwarded`: what an official passed on is taken, and its reporter's number is missing; `forwarded_reached`: it came.
`join_code`: a code to send from another chat of the same person (`detail`, sealed); `joined`, `join_unknown`: what came
of one. `slowed`: so much came at once that the rest is read one after the other.
`which_lamp`: a lamp is out, in the street or for want of power in the house? Sent
after a pause, and not to who has written on in the meantime.
`officer`: an answer to somebody who works for a seat from his chat; `detail` says which."""


class Ask(Stored):
    """On `ask.<city>`: what a person wants that is no event. Only the notifier answers.

    The answer goes to the contact that the vault keeps for `conversation`; `id` makes the answer happen once.
    """

    version: Literal[1] = 1
    id: str
    city: Token
    channel: Token
    door: Token
    conversation: str
    kind: AskKind
    complaints: tuple[str, ...] = ()
    """The person's complaints that the answer speaks of, the latest first."""
    detail: str | None = None
    """`contracts.officers.OfficerAnswer` as JSON, or the code of `join_code`, sealed for the conversation
    (`reporter:1`) under `id`."""
