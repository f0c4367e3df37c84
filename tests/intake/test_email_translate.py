"""What people and machines send by e-mail, and what becomes of it."""

from base64 import b64encode
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contracts import tickets
from services.contracts.email_ids import message_id
from services.contracts.intake import IntakeMessage
from services.intake.channels.email.translate import Letter, translate
from services.intake.channels.email.words import of_html, own
from tests.intake.pictures import jpeg

OURS = frozenset({"pengaduan@kota.example"})
NOTICE = "a" * 26
OF_OURS = message_id(NOTICE, "kota.example")


def letter(body: str = "Lampu mati di Oesapa.", **headers: str | None) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    more = {name.replace("_", "-"): value for name, value in headers.items()}
    given = {"From": "Ibu Contoh <Ibu.Contoh@Warga.example>", "To": "pengaduan@kota.example", "Subject": "Lampu jalan",
             "Message-ID": "<m1@warga.example>", "Date": "Tue, 03 Mar 2026 09:00:00 +0800", **more}  # fmt: skip
    for name, value in given.items():
        if value is not None:
            message[name] = value
    message.set_content(body)
    return message


def read(message: EmailMessage | bytes, authserv: str = "") -> Letter:
    raw = message if isinstance(message, bytes) else message.as_bytes()
    return translate(raw, door="email", ours=OURS, authserv=authserv)


def said(message: EmailMessage | bytes, authserv: str = "") -> IntakeMessage:
    found = read(message, authserv).message
    assert found is not None, read(message, authserv).why
    return found


def test_a_letter_is_a_message_of_its_author() -> None:
    got = said(letter())
    assert (got.id, got.door, got.text) == ("<m1@warga.example>", "email", "Lampu jalan\n\nLampu mati di Oesapa.")
    assert (got.sender.person, got.sender.address) == ("ibu.contoh@warga.example", "ibu.contoh@warga.example")
    assert got.sender.name == "Ibu Contoh"
    assert got.sent_at == datetime(2026, 3, 3, 1, tzinfo=UTC)


SUBJECTS = [
    ("Lampu jalan", None, "Lampu jalan\n\nIsi."),
    ("Isi.", None, "Isi."),
    ("", None, "Isi."),
    ("Re: Laporan KPG-AAAA: diterima", OF_OURS, "Isi."),
    ("Bls: Lampu jalan", "<m0@warga.example>", "Isi."),
    ("Fwd: Lampu jalan", None, "Lampu jalan\n\nIsi."),
    ("=?utf-8?q?J=C3=A9mbatan_rusak?=", None, "Jémbatan rusak\n\nIsi."),
]


@pytest.mark.parametrize(("subject", "answers", "text"), SUBJECTS, ids=[str(case[0]) for case in SUBJECTS])
def test_a_new_letters_subject_is_part_of_it_and_an_answers_is_ours(
    subject: str, answers: str | None, text: str
) -> None:
    raw = letter("Isi.", Subject=None, In_Reply_To=answers).as_bytes()
    assert said(f"Subject: {subject}\r\n".encode() + raw).text == text


def test_a_ticket_in_an_answers_subject_is_kept_where_no_thread_tells_more() -> None:
    made = next(found for number in range(1000) if (found := tickets.make("KPG", number)))
    assert said(letter("SUDAH", Subject=f"Re: Laporan {made}: selesai")).text == f"SUDAH\n{made}"
    assert said(letter("SUDAH", Subject=f"Re: Laporan {made}: selesai", In_Reply_To=OF_OURS)).text == "SUDAH"


def test_an_answer_names_what_it_answers_and_says_that_it_was_read() -> None:
    found = read(letter("BELUM", Subject="Re: x", References=f"<m1@warga.example> {OF_OURS} <m2@warga.example>"))
    assert found.message is not None
    assert found.message.reply_to == OF_OURS, "one of ours tells more than the nearest"
    [receipt] = found.receipts
    assert (receipt.id, receipt.notice, receipt.status) == (OF_OURS, NOTICE, "read")
    assert said(letter(Subject="Re: x", In_Reply_To="<m1@warga.example>")).reply_to == "<m1@warga.example>"


OWN = [
    (
        "belum juga pak\n\nPada Sel, 3 Mar 2026 pukul 09.00 Pengaduan <a@kota.example> menulis:\n> Sudah?",
        "belum juga pak",
    ),
    ("masih mati\n\nOn Tue, 3 Mar 2026 at 09:00, Kota Contoh\n<a@kota.example> wrote:\n> Sudah?", "masih mati"),
    ("ok\n-----Original Message-----\nFrom: a@kota.example\nSent: x", "ok"),
    ("ok\n________________________________\nDari: Kota <a@kota.example>\nDikirim: x", "ok"),
    ("air mati\n-- \nIbu Contoh\nJl. Contoh 5", "air mati"),
    ("air mati\n\nDikirim dari iPhone saya", "air mati"),
    ("air mati\n\nSent from my Galaxy", "air mati"),
    ("> satu\nsaya jawab\n> dua", "saya jawab"),
    ("> hanya kutipan", "> hanya kutipan"),
    ("Dari pagi air mati: RT 5 dan RT 6", "Dari pagi air mati: RT 5 dan RT 6"),
    ("on monday she wrote a letter", "on monday she wrote a letter"),
    ("satu\n\n\n\n\ndua", "satu\n\ndua"),
    ("---\ngaris biasa", "---\ngaris biasa"),
]


@pytest.mark.parametrize(("text", "kept"), OWN, ids=[case[0][:30] for case in OWN])
def test_what_is_quoted_and_signed_goes(text: str, kept: str) -> None:
    assert own(text) == kept


HTML = [
    ("<p>Air <b>mati</b></p><p>di&nbsp;Oesapa</p>", "Air mati\n\ndi Oesapa"),
    ("satu<br>dua<br/>tiga", "satu\ndua\ntiga"),
    ("<html><head><title>x</title><style>p{}</style></head><body>isi<script>alert(1)</script></body>", "isi"),
    ('<div>isi</div><div class="gmail_quote">Pada … <blockquote>lama</blockquote></div>', "isi"),
    ("isi<blockquote><p>lama</p></blockquote>", "isi"),
    ('isi<div id="divRplyFwdMsg">From: a</div>', "isi"),
    ('isi<div class="gmail_signature"><div>Ibu</div></div>lagi', "isilagi"),
    ('isi<span style="display: none">sembunyi</span>', "isi"),
    ("<a href='https://contoh.example'>tautan</a>", "tautan"),
    ("&lt;script&gt; adalah teks", "<script> adalah teks"),
    ("<p>belum ditutup <b>dan <i>bersarang", "belum ditutup dan bersarang"),
    ("</div></p>isi</b>", "isi"),
    ("<!-- x --><p>isi</p><![CDATA[y]]>", "isi"),
    ("", ""),
]


@pytest.mark.parametrize(("html", "text"), HTML, ids=[case[0][:30] for case in HTML])
def test_html_is_what_a_reader_would_see(html: str, text: str) -> None:
    assert of_html(html) == text


def test_a_letter_in_html_alone_is_read_and_one_in_both_is_read_once() -> None:
    alone = letter()
    alone.set_content("<p>Air mati</p>", subtype="html")
    assert said(alone).text == "Lampu jalan\n\nAir mati"
    both = letter("Air mati")
    both.add_alternative("<p>Air mati</p>", subtype="html")
    assert said(both).text == "Lampu jalan\n\nAir mati"


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252", "x-unknown", "utf-7000"])
def test_any_charset_is_read(charset: str) -> None:
    body = "j\u00e9mbatan".encode("utf-8" if charset in ("utf-8", "x-unknown", "utf-7000") else charset)
    raw = b"From: a@warga.example\r\nMessage-ID: <c@x>\r\nContent-Type: text/plain; charset=" + charset.encode()
    assert said(raw + b"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + body).text == "jémbatan"


def raw_letter(*headers: bytes, body: bytes = b"Isi.") -> bytes:
    head = [b"From: Ibu <ibu@warga.example>", b"Message-ID: <m1@warga.example>", *headers]
    return b"\r\n".join(head) + b"\r\n\r\n" + body


def test_words_in_a_script_of_seven_bits_are_read() -> None:
    raw = raw_letter(b"Content-Type: text/plain; charset=iso-2022-jp", body="\u9053\u8def".encode("iso-2022-jp"))
    assert said(raw).text == "\u9053\u8def"


@pytest.mark.parametrize("charset", ["utf-8", "cp1252"])
def test_headers_in_eight_bits_are_read_whatever_they_are_in(charset: str) -> None:
    raw = "From: J\u00e9na Contoh <ibu@warga.example>\r\nSubject: J\u00e9mbatan putus\r\n\r\nIsi.".encode(charset)
    got = said(raw)
    assert (got.text, got.sender.name) == ("J\u00e9mbatan putus\n\nIsi.", "J\u00e9na Contoh")
    assert said(b"\xef\xbb\xbf" + raw).text == got.text


def test_a_letter_of_many_parts_whose_boundary_is_missing_keeps_its_words() -> None:
    found = read(raw_letter(b"Content-Type: multipart/mixed", body=b"lampu mati di RT 3"))
    assert found.message is not None
    assert (found.message.text, found.files) == ("lampu mati di RT 3", ())


def test_the_words_above_a_letter_that_is_attached_are_read_with_it() -> None:
    outer = letter("Tolong ini.", Subject="Fwd: warga")
    outer.add_attachment(letter("Di RT 3.", Subject="Re: Jalan putus"))
    assert said(outer).text == "warga\n\nTolong ini.\n\nJalan putus\nDi RT 3."
    packed = b64encode(b"Subject: Jalan putus\r\n\r\nDi RT 3.")
    encoded = (b"Content-Type: message/rfc822", b"Content-Transfer-Encoding: base64")
    assert said(raw_letter(*encoded, body=packed)).text == "Jalan putus\nDi RT 3."
    broken = said(raw_letter(*encoded, body=b"!bukan base64")).text
    assert broken is None or "bukan base64" in broken


def test_a_file_that_only_one_program_can_open_comes_beside_the_words() -> None:
    message = letter()
    message.add_attachment(
        b"\x78\x9f\x3e\x22" + bytes(99), maintype="application", subtype="ms-tnef", filename="winmail.dat"
    )
    assert [one.name for one in read(message).files] == ["winmail.dat"]
    assert said(message).text == "Lampu jalan\n\nLampu mati di Oesapa."


def opened(disposition: str, answered: str = OF_OURS) -> bytes:
    """RFC 8098: what a mail program says when its reader was asked whether to say it."""
    head = (b'Content-Type: multipart/report; report-type=disposition-notification; boundary="B"', b"Subject: Read")
    told = f"Reporting-UA: x\r\nOriginal-Message-ID: {answered}\r\nDisposition: {disposition}\r\n".encode()
    parts = (b"text/plain\r\n\r\nDibaca.", b"message/disposition-notification\r\n\r\n" + told)
    return raw_letter(*head, body=b"".join(b"--B\r\nContent-Type: " + part + b"\r\n" for part in parts) + b"--B--")


def test_a_notification_that_ours_was_opened_is_a_receipt_and_no_message() -> None:
    found = read(opened("manual-action/MDN-sent-manually; displayed"))
    assert (found.message, [(one.notice, one.status) for one in found.receipts]) == (None, [(NOTICE, "read")])
    for raw in (opened("automatic-action/MDN-sent-automatically; deleted"), opened("x; displayed", "<a@b.example>")):
        assert (read(raw).message, read(raw).receipts) == (None, ())


def test_files_come_beside_the_words_and_logos_do_not() -> None:
    message = letter()
    message.add_attachment(jpeg(640, 480), maintype="image", subtype="jpeg", filename="got.jpg")
    message.add_attachment(b"%PDF-1.4 x", maintype="application", subtype="pdf", filename="surat.pdf")
    logo = EmailMessage(policy=SMTP)
    logo.set_content(jpeg(), maintype="image", subtype="jpeg", disposition="inline", cid="<logo@x>")
    message.attach(logo)
    found = read(message)
    assert [one.name for one in found.files] == ["got.jpg", "surat.pdf"]
    many = letter()
    for number in range(14):
        many.add_attachment(jpeg(64 + number), maintype="image", subtype="jpeg", filename=f"{number}.jpg")
    assert (len(read(many).files), read(many).more_files) == (10, 4)


def test_a_letter_attached_to_a_letter_is_read_with_it() -> None:
    outer = letter("Tolong ditindaklanjuti.", Subject="Fwd: warga")
    outer.add_attachment(letter("Air mati di RT 5."))
    got = said(outer)
    assert got.forwarded
    assert got.text is not None
    assert "Air mati di RT 5." in got.text


MACHINES: list[tuple[str, EmailMessage]] = [
    ("auto_reply", letter(Auto_Submitted="auto-replied")),
    ("auto_reply", letter(Auto_Submitted="auto-generated; type=x")),
    ("auto_reply", letter(Subject="Out of office: cuti")),
    ("auto_reply", letter(Subject="Balasan otomatis: Re: Laporan")),
    ("auto_reply", letter(X_Autoreply="yes")),
    ("list", letter(Precedence="bulk")),
    ("list", letter(List_Id="<kabar.contoh.example>")),
    ("list", letter(List_Unsubscribe="<mailto:keluar@contoh.example>")),
    ("bounce", letter(Return_Path="<>")),
    ("no_reply", letter(From="MAILER-DAEMON@mx.example")),
    ("no_reply", letter(From="no-reply@toko.example")),
    ("loop", letter(From="Pengaduan <PENGADUAN@kota.example>")),
    ("loop", letter(Message_ID=OF_OURS)),
    ("no_sender", letter(From=None)),
    ("no_sender", letter(From="tidak ada alamat")),
    ("empty", letter("", Subject="")),
]


@pytest.mark.parametrize(("why", "message"), MACHINES, ids=[f"{n}-{case[0]}" for n, case in enumerate(MACHINES)])
def test_machines_open_nothing(why: str, message: EmailMessage) -> None:
    found = read(message)
    assert (found.message, found.why) == (None, why)


@pytest.mark.parametrize("how", ["no", "auto-forwarded"])
def test_a_person_whose_letter_was_only_passed_on_is_heard(how: str) -> None:
    assert said(letter(Auto_Submitted=how)).text


def test_a_letter_that_goes_round_ends() -> None:
    message = letter()
    for number in range(41):
        message["Received"] = f"from a by b; {number}"
    assert read(message).why == "loop"


def bounce(status: str, action: str = "failed", envelope: str | None = None, original: bool = True) -> bytes:
    parts = [
        "Content-Type: text/plain\r\n\r\nNot delivered.",
        "Content-Type: message/delivery-status\r\n\r\n"
        + (f"Original-Envelope-Id: {envelope}\r\n" if envelope else "")
        + "Reporting-MTA: dns; mx.example\r\n\r\n"
        + f"Final-Recipient: rfc822; ibu@warga.example\r\nAction: {action}\r\nStatus: {status}\r\n",
    ]
    if original:
        parts.append(f"Content-Type: text/rfc822-headers\r\n\r\nSubject: Laporan\r\nMessage-ID: {OF_OURS}\r\n")
    body = "".join(f"--B\r\n{part}\r\n" for part in parts) + "--B--\r\n"
    head = 'From: MAILER-DAEMON@mx.example\r\nContent-Type: multipart/report; report-type=delivery-status; boundary="B"'
    return f"{head}\r\nReturn-Path: <>\r\n\r\n{body}".encode()


BOUNCES = [
    (bounce("5.1.1"), [(NOTICE, "5.1.1")]),
    (bounce("5.2.2", envelope=NOTICE, original=False), [(NOTICE, "5.2.2")]),
    (bounce("5.2.2", envelope=OF_OURS, original=False), [(NOTICE, "5.2.2")]),
    (bounce("nonsense"), [(NOTICE, "5.0.0")]),
    (bounce("4.4.7", action="delayed"), []),
    (bounce("5.1.1", original=False), []),
]


@pytest.mark.parametrize(("raw", "receipts"), BOUNCES)
def test_a_bounce_says_which_notice_did_not_arrive(raw: bytes, receipts: list[tuple[str, str]]) -> None:
    found = read(raw)
    assert found.why == "bounce"
    assert [(one.notice, one.code) for one in found.receipts] == receipts


def test_without_a_message_id_the_same_letter_is_the_same() -> None:
    raw = letter(Message_ID=None).as_bytes()
    first, again = said(b"Received: from a by b\r\n" + raw), said(b"Received: from c by d\r\n" + raw)
    assert first.id == again.id
    assert said(letter("lain", Message_ID=None)).id != first.id
    assert len(said(letter(Message_ID=f"<{'x' * 400}@y>")).id) <= 300


@pytest.mark.parametrize("unseen", ["\u200b", "\u115f \u3164", "\u2066\u2069", "\ufeff\x01"])
def test_what_nobody_sees_is_no_id_and_no_mailbox(unseen: str) -> None:
    raw = letter(Message_ID=None).as_bytes()
    got = said(f"Message-ID: {unseen}\r\n".encode() + raw)
    assert got.id.startswith("mail:")
    hidden = "=?utf-8?b?" + b64encode(unseen.encode()).decode() + "?="
    found = read(f"From: {hidden}@warga.example\r\nSubject: x\r\n\r\njalan rusak".encode())
    assert found.why == "no_sender" or (found.message and not found.message.sender.person.startswith("@"))


SERVER = "mx.kota.example"
PROOFS = [
    (f"{SERVER}; dmarc=pass header.from=warga.example", True),
    (f"{SERVER} 1; spf=fail; dkim=pass; dmarc=pass (p=reject) header.from=warga.example", True),
    (f"{SERVER}; dmarc=fail header.from=warga.example", False),
    (f"{SERVER}; dmarc=pass header.from=lain.example", False),
    (f"{SERVER}; none", False),
    ("mx.penipu.example; dmarc=pass header.from=warga.example", False),
    (None, False),
]


@pytest.mark.parametrize(("header", "proven"), PROOFS)
def test_a_sender_that_nobody_vouches_for_speaks_for_nobody(header: str | None, proven: bool) -> None:
    got = said(letter(Authentication_Results=header), SERVER)
    assert (got.sender.person == "ibu.contoh@warga.example") is proven
    assert got.sender.address == "ibu.contoh@warga.example", "answers still go there"


def test_only_the_topmost_results_count() -> None:
    raw = letter(Authentication_Results=f"{SERVER}; dmarc=pass header.from=warga.example").as_bytes()
    forged = b"Authentication-Results: " + SERVER.encode() + b"; dmarc=fail header.from=warga.example\r\n" + raw
    assert said(forged, SERVER).sender.person != "ibu.contoh@warga.example"


def test_an_answer_goes_to_the_author_alone() -> None:
    assert (
        said(letter(Reply_To="korban@lain.example", Sender="x@y.example")).sender.address == "ibu.contoh@warga.example"
    )


@pytest.mark.parametrize("raw", [b"", b"\r\n\r\n", b"\xff\xfe\x00", b"x" * (41 * 1024 * 1024)])
def test_what_is_no_letter_says_why(raw: bytes) -> None:
    assert read(raw).message is None


_HEADERS = st.sampled_from(
    ["From", "To", "Subject", "Message-ID", "Date", "In-Reply-To", "References", "Content-Type", "Auto-Submitted",
     "Content-Transfer-Encoding", "Content-Disposition", "Authentication-Results", "Received"]
)  # fmt: skip
_VALUES = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["a@b.example", "<>", "multipart/mixed; boundary=B", "multipart/report; boundary=B", "text/html; charset=x",
         "base64", "=?utf-8?b?//?=", "=?x?q?=", "<a@b>", "Tue, 99 Foo 2026", "message/rfc822",
         "attachment; filename*=x"]
    ),
)  # fmt: skip


@given(st.lists(st.tuples(_HEADERS, _VALUES), max_size=12), st.one_of(st.binary(max_size=200), st.just(b"--B\r\n\r\n")))
def test_no_letter_raises(headers: list[tuple[str, str]], body: bytes) -> None:
    head = "".join(f"{name}: {value}\r\n" for name, value in headers)
    raw = b"From: a@b.example\r\n" + head.encode("utf-8", "surrogatepass") + b"\r\n" + body
    found = read(raw, SERVER)
    assert found.message is not None or found.why


@given(st.text(max_size=300))
def test_no_html_raises(html: str) -> None:
    assert isinstance(of_html(f"<p>{html}<blockquote>"), str)
    assert isinstance(own(html), str)
