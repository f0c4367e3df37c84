"""What provisioning makes up once and hands to each service: passwords, tokens, signing keys.

The operator's file holds all of it; a service's file (its `TUNTAS_SECRETS_FILE`) only what that service needs. A
field that was not given to a service is empty there.
"""

from datetime import datetime

from pydantic import Field

from services.contracts.base import Moment, Stored
from services.contracts.city.gateways import MailServer, SmsGateway
from services.contracts.city.mailbox import MailBox


class WhatsAppSecrets(Stored):
    """Of one city's app at the provider."""

    app_secret: str = ""
    """Signs webhooks. To intake."""
    verify_token: str = ""
    """Answers the webhook's handshake. To intake."""
    access_token: str = ""
    """Sends messages and fetches media. To intake and notifier."""


class PageSecrets(Stored):
    """Of one city's app at Meta for its Facebook page and Instagram account."""

    app_secret: str = ""
    """Signs webhooks. To intake."""
    verify_token: str = ""
    """Answers the webhook's handshake. To intake."""
    access_token: str = ""
    """The page's, long-lived: answers comments and messages, and fetches the words of a mention. To intake and
    notifier."""


class TelegramSecrets(Stored):
    """Of one city's bot."""

    bot_token: str = ""
    """Sends messages and fetches files. To intake and notifier."""
    webhook_secret: str = ""
    """Comes with every update (`secret_token` of setWebhook). To intake."""
    polls: bool = False
    """Updates are asked for (`getUpdates`): for an installation that Telegram can't call. To intake."""


class Retiring(Stored):
    """A secret that was replaced and still counts for a while, so that the other side can change it in its own time."""

    name: str
    """`whatsapp.app_secret`, `telegram.webhook_secret`, `adapters.instagram`, …"""
    value: str
    until: Moment


class CitySecrets(Stored):
    whatsapp: WhatsAppSecrets = WhatsAppSecrets()
    telegram: TelegramSecrets = TelegramSecrets()
    page: PageSecrets = PageSecrets()
    mailbox: MailBox = MailBox()
    """Where the city's e-mail is fetched. To intake."""
    mail_token: str = ""
    """Bearer token of `POST /mail`, for a mail server that hands messages in. To intake."""
    sms: SmsGateway = SmsGateway()
    """To notifier; `receipt_secret`, `code_at`, `id_at` and `codes` to intake."""
    mail: MailServer = MailServer()
    """To notifier."""
    adapters: dict[str, str] = Field(default_factory=dict)
    """External channel → bearer token of `POST /media`. To intake."""
    agencies: dict[str, str] = Field(default_factory=dict)
    """Agency → bearer token of `/media`. To intake."""
    console_media: str = ""
    """Bearer token of `POST /media` for what staff upload at the console. To intake and reporting."""
    staff: dict[str, str] = Field(default_factory=dict)
    """Seat → first password of its local account. To reporting, which keeps only a hash."""
    retiring: tuple[Retiring, ...] = ()
    """To intake."""

    def still(self, name: str, at: datetime) -> tuple[str, ...]:
        """Older values of a secret that count at this moment."""
        return tuple(old.value for old in self.retiring if old.name == name and old.value and at < old.until)


class Secrets(Stored):
    """`nats` and `postgres` are never given to a service: its own password stands in its URL."""

    version: int = 1
    nats: dict[str, str] = Field(default_factory=dict)
    """User → password."""
    postgres: dict[str, str] = Field(default_factory=dict)
    """Role → password; unused where the server is reached by a socket of ours."""
    cities: dict[str, CitySecrets] = Field(default_factory=dict)
    staff_token_private: str = ""
    """Ed25519 private key, 32 raw bytes in base64url (`runtime.tokens`): signs staff tokens. To reporting."""
    staff_token_public: str = ""
    """Ed25519 public key, 32 raw bytes in base64url: checks staff tokens. To reporting and router."""

    chat_token_private: str = ""
    """Ed25519 private key as above: signs what officers do from their chats. To intake."""
    chat_token_public: str = ""
    """Checks those; good for a few commands of a seat only. To router."""

    def for_service(self, service: str) -> "Secrets":
        """The part that one service is given."""
        return Secrets(
            cities={city: _part(secrets, service) for city, secrets in self.cities.items()},
            staff_token_private=self.staff_token_private if service == "reporting" else "",
            staff_token_public=self.staff_token_public if service in {"reporting", "router"} else "",
            chat_token_private=self.chat_token_private if service == "intake" else "",
            chat_token_public=self.chat_token_public if service == "router" else "",
        )


def _part(secrets: CitySecrets, service: str) -> CitySecrets:
    match service:
        case "intake":
            return CitySecrets(
                whatsapp=secrets.whatsapp,
                telegram=secrets.telegram,
                page=secrets.page,
                mailbox=secrets.mailbox,
                mail_token=secrets.mail_token,
                sms=secrets.sms.model_copy(update={"token": "", "url": ""}),
                adapters=secrets.adapters,
                agencies=secrets.agencies,
                console_media=secrets.console_media,
                retiring=secrets.retiring,
            )
        case "notifier":
            return CitySecrets(
                whatsapp=WhatsAppSecrets(access_token=secrets.whatsapp.access_token),
                telegram=TelegramSecrets(bot_token=secrets.telegram.bot_token),
                page=PageSecrets(access_token=secrets.page.access_token),
                sms=secrets.sms.model_copy(update={"receipt_secret": ""}),
                mail=secrets.mail,
            )
        case "reporting":
            return CitySecrets(staff=secrets.staff, console_media=secrets.console_media)
        case _:
            return CitySecrets()
