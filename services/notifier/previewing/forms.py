"""What really arrives on each way: made by the senders themselves, then held against the provider's rules.

| Way | Rule | Source |
|---|---|---|
| WhatsApp, free | text 4,096 characters; above reply buttons 1,024; 3 buttons of 20 | "Cloud API › Messages" (v23) |
| WhatsApp, template | body 1,024 with its parameters; no line break or tab in one, no 5 spaces | "Message Templates" |
| Telegram | 1 to 4,096 characters; `callback_data` 64 octets | Bot API, "sendMessage", "InlineKeyboardButton" |
| Messenger | 2,000 characters; 13 quick replies of 20 | "Send API", "Quick Replies" |
| Instagram | 1,000 octets of UTF-8; quick replies as on Messenger | "Instagram Platform › Send Messages" |
| public reply | 2,200 characters on Instagram, 8,000 on a page; nothing personal | "IG Comment", "Comment" |
| SMS | two parts of the 7-bit alphabet | 3GPP TS 23.038, 23.040 |
| e-mail | subject in one line below 998 octets | RFC 5322, section 2.1.1 |
"""

import re
from collections.abc import Iterator, Sequence

from services.contracts.city.template_forms import BODY_LIMIT, FORMS
from services.contracts.previews import ShownForm
from services.notifier.previewing.samples import Sample
from services.notifier.senders.page import client as page
from services.notifier.senders.sms import alphabet
from services.notifier.senders.sms import client as sms
from services.notifier.senders.smtp import client as smtp
from services.notifier.senders.telegram import client as telegram
from services.notifier.senders.whatsapp import client as whatsapp
from services.notifier.sending import Form, Outgoing, form_of, octets

_PARAMETER = re.compile(r"[\n\t]| {5,}")
PUBLIC_LIMIT = 2_200
SUBJECT_LIMIT = 998
BUTTONS, TITLE = 3, 20


def forms(sample: Sample, city: str) -> Iterator[ShownForm]:
    """Every way that this text may go."""
    yield _whatsapp(sample, city)
    yield _template(sample, city)
    yield _telegram(sample, city)
    yield _page(sample, city, "facebook", "messenger")
    yield _page(sample, city, "instagram", "instagram")
    if sample.audience == "reporter":
        yield _public(sample, city)
    yield _sms(sample, city)
    yield _email(sample, city)


def _outgoing(sample: Sample, city: str, form: Form, to: str = "628110000001") -> Outgoing:
    address = f"https://contoh.go.id/lacak/{sample.ticket}" if sample.audience == "reporter" else ""
    return Outgoing("n" * 26, to, form, sample.ticket, sample.rendered, address, city)


def _whatsapp(sample: Sample, city: str) -> ShownForm:
    body = whatsapp.body(_outgoing(sample, city, "free"))
    if body["type"] == "interactive":
        said = body["interactive"]["body"]["text"]
        labels = tuple(one["reply"]["title"] for one in body["interactive"]["action"]["buttons"])
        limit = whatsapp.BUTTON_TEXT_LIMIT
    else:
        said, labels, limit = body["text"]["body"], (), whatsapp.TEXT_LIMIT
    lost = [] if labels or not sample.rendered.buttons else ["too long for its buttons"]
    return _shown("whatsapp", said, labels, limit, problems=lost)


def _template(sample: Sample, city: str) -> ShownForm:
    body = whatsapp.body(_outgoing(sample, city, "template"))["template"]
    form = FORMS[form_of(sample.rendered)]
    ticket, step = (one["text"] for one in body["components"][0]["parameters"])
    torn = [one for one in (ticket, step) if _PARAMETER.search(one)]
    wrong = [f"parameter with a line break, a tab or 5 spaces: {one!r}" for one in torn]
    wrong += ["an empty parameter"] if not (ticket.strip() and step.strip()) else []
    wrong += ["two full stops in a row"] if ".." in form.filled(ticket, step).replace("...", "") else []
    return _shown("whatsapp_template", form.filled(ticket, step), form.buttons, BODY_LIMIT, problems=wrong)


def _telegram(sample: Sample, city: str) -> ShownForm:
    body = telegram.body(_outgoing(sample, city, "free"))
    rows = body.get("reply_markup", {}).get("inline_keyboard", [[]])
    wrong = [] if rows[0] or not sample.rendered.buttons else ["a button carries more than 64 octets"]
    return _shown("telegram", body["text"], tuple(one["text"] for one in rows[0]), telegram.TEXT_LIMIT, problems=wrong)


def _page(sample: Sample, city: str, kind: page.Kind, name: str) -> ShownForm:
    asked = page.call(kind, "1", _outgoing(sample, city, "free"))
    assert asked is not None
    message = asked.body["message"]
    labels = tuple(one["title"] for one in message.get("quick_replies", ()))
    size, unit = page.SIZE[kind], "octets" if kind == "instagram" else "characters"
    return _shown(name, message["text"], labels, page.TEXT_LIMIT[kind], size=size(message["text"]), unit=unit)


def _public(sample: Sample, city: str) -> ShownForm:
    return _shown("public", page.in_public(_outgoing(sample, city, "public", "comment:1")), (), PUBLIC_LIMIT)


def _sms(sample: Sample, city: str) -> ShownForm:
    said = sms.text(_outgoing(sample, city, "sms"))
    wrong = [] if alphabet.seven_bit(said) else [f"outside the 7-bit alphabet: {_strange(said)}"]
    limit = 153 * sms.MOST_PARTS
    return _shown("sms", said, (), limit, size=alphabet.length(said), unit="septets", parts=alphabet.parts(said),
                  problems=wrong)  # fmt: skip


def _strange(text: str) -> str:
    return " ".join(sorted({char for char in text if not alphabet.seven_bit(char)}))


def _email(sample: Sample, city: str) -> ShownForm:
    sent = _outgoing(sample, city, "email")
    head = smtp.subject(sent)
    wrong = ["a subject in two lines"] if "\n" in head else []
    said = f"{head}\n\n{smtp.words(sent)}"
    return _shown("email", said, (), SUBJECT_LIMIT, size=octets(head), unit="octets", problems=wrong)


def _shown(
    form: str,
    text: str,
    buttons: tuple[str, ...],
    limit: int,
    *,
    size: int | None = None,
    unit: str = "characters",
    parts: int = 1,
    problems: Sequence[str] = (),
) -> ShownForm:
    used = len(text) if size is None else size
    wrong = list(problems)
    wrong += [f"{used} {unit}, {limit} allowed"] if used > limit else []
    wrong += ["it says nothing"] if not text.strip() else []
    wrong += [f"{len(buttons)} buttons, {BUTTONS} allowed"] if len(buttons) > BUTTONS else []
    wrong += [f"button {one!r} has {len(one)} characters, {TITLE} allowed" for one in buttons if len(one) > TITLE]
    return ShownForm(
        form=form, text=text, buttons=buttons, size=used, limit=limit, unit=unit, parts=parts, problems=tuple(wrong)
    )
