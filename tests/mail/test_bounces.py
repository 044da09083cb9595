"""What comes back is read as a person would read it, and only our own letters end anything."""

import secrets
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saidanddone.bulletin import imports, verbs
from saidanddone.mail import bounces
from saidanddone.mail.models import Bounce, Suppression
from saidanddone.mail.verbs import lift, suppressed
from tests.factories.bulletin import make_subscription
from tests.factories.mail import make_letter

SAMPLES = Path(__file__).resolve().parents[2].parent / "shared" / "samples" / "04-email"
Kind = Bounce.Kind
REAL = {
    "arf-11.eml": [Kind.COMPLAINT],
    "lhost-exim-06.eml": [Kind.SOFT],
    "lhost-office365-02.eml": [Kind.HARD],
    "lhost-postfix-13.eml": [Kind.HARD, Kind.SOFT],
    "rfc3464-07.eml": [Kind.SOFT],
    "rfc3834-02.eml": [Kind.AUTOMATIC],
}


@pytest.mark.parametrize("name", REAL)
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"], ids=["lf", "crlf", "cr"])
def test_real_messages_are_read(name, end):
    file = SAMPLES / name
    if not file.exists():
        pytest.skip("the samples are not here")
    content = file.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", end)
    (raw,) = bounces.messages_in(content)
    assert [one.kind for one in bounces.read(raw).verdicts] == REAL[name]


def dsn(status, diagnostic, *, action="failed", about="x@y.example", address="gone@school.example"):
    """A delivery report as servers write it."""
    return (
        "From: MAILER-DAEMON@mx.example\nSubject: Undelivered Mail Returned to Sender\n"
        'MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
        "--b\nContent-Type: text/plain\n\nYour letter could not be delivered.\n\n"
        "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n"
        f"Final-Recipient: rfc822; {address}\nAction: {action}\nStatus: {status}\n"
        f"Diagnostic-Code: smtp; {diagnostic}\n\n"
        f"--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <{about}>\n\n--b--\n"
    ).encode()


SAID = [
    ("5.1.1", "550 5.1.1 User unknown", Kind.HARD),
    ("5.1.1", "550 5.1.1 RESOLVER.ADR.RecipNotFound; not found", Kind.HARD),
    ("5.0.0", "550 No such user here", Kind.HARD),
    ("5.4.1", "550 5.4.1 Recipient address rejected: Access denied", Kind.HARD),
    ("5.2.1", "550 5.2.1 The email account that you tried to reach is disabled", Kind.HARD),
    ("5.4.4", "554 5.4.4 Host not found", Kind.HARD),
    ("5.2.2", "552 5.2.2 Mailbox full", Kind.SOFT),
    ("4.2.2", "452 4.2.2 The account is over quota", Kind.SOFT),
    ("4.4.1", "connection timed out", Kind.SOFT),
    ("5.4.7", "554 5.4.7 Delivery expired (message too old)", Kind.SOFT),
    ("5.7.1", "550 5.7.1 Message rejected as spam by Content Filtering", Kind.POLICY),
    ("5.0.0", "550 Rejected by header based Anti-Spoofing policy (Mimecast)", Kind.POLICY),
    ("5.7.606", "550 5.7.606 Access denied, banned sending IP", Kind.POLICY),
    ("5.0.0", "554 Service unavailable; Client host blocked using zen.spamhaus.org", Kind.POLICY),
    ("5.7.26", "550-5.7.26 This mail has been blocked because the sender is unauthenticated (DMARC)",
     Kind.POLICY),
    ("5.0.0", "553-Message filtered (#MessageLabs) see www.symanteccloud.com/troubleshooting",
     Kind.POLICY),
    ("5.3.4", "552 5.3.4 Message too large", Kind.POLICY),
    ("5.0.0", "554 Transaction failed", Kind.SOFT),
]  # fmt: skip


@pytest.mark.parametrize(("status", "diagnostic", "kind"), SAID)
def test_what_servers_say(status, diagnostic, kind):
    (verdict,) = bounces.read(dsn(status, diagnostic)).verdicts
    assert (verdict.kind, verdict.address) == (kind, "gone@school.example")


@pytest.mark.parametrize("action", ["delivered", "relayed", "deliverable"])
def test_a_letter_that_arrived_is_no_bounce(action):
    (verdict,) = bounces.read(dsn("2.0.0", "250 ok", action=action)).verdicts
    assert verdict.kind == Kind.OTHER


@pytest.mark.parametrize(
    ("subject", "headers", "kind"),
    [
        ("Automatic reply: Bulletin 7", {}, Kind.AUTOMATIC),
        ("Out of office", {}, Kind.AUTOMATIC),
        ("Re: Bulletin 7", {"Auto-Submitted": "auto-replied"}, Kind.AUTOMATIC),
        ("I have moved to another team", {"Precedence": "auto_reply"}, Kind.AUTOMATIC),
        ("Re: Bulletin 7", {}, Kind.OTHER),
    ],
)
def test_answers_that_no_person_wrote(subject, headers, kind):
    message = EmailMessage()
    message["From"], message["Subject"] = "wren@school.example", subject
    for name, words in headers.items():
        message[name] = words
    message.set_content("I am not here. Undeliverable is only a word.")
    (verdict,) = bounces.read(message.as_bytes()).verdicts
    assert verdict.kind == kind


def test_prose_that_no_library_knows():
    message = EmailMessage()
    message["From"] = "Postmaster <postmaster@council.example>"
    message["Subject"] = "Undeliverable: Bulletin 7"
    message.set_content("gone@council.example\nRemote server said: 550 5.1.1 mailbox not found\n")
    (verdict,) = bounces.read(message.as_bytes()).verdicts
    assert verdict == (Kind.HARD, "gone@council.example", "5.1.1")


def test_a_mailbox_is_as_many_messages_as_it_holds():
    one, two = dsn("5.1.1", "550 User unknown"), dsn("4.2.2", "452 full")
    start = b"From MAILER-DAEMON Fri Feb 13 02:47:49 2015\n"
    box = start + one + b"\n" + start + two
    assert [bounces.read(raw).verdicts[0].kind for raw in bounces.messages_in(box)] == [
        Kind.HARD, Kind.SOFT,
    ]  # fmt: skip


@given(st.binary(max_size=400))
def test_nothing_that_comes_back_breaks_the_reader(content):
    for raw in bounces.messages_in(content):
        assert bounces.read(raw).verdicts


# ------------------------------------------------------------ what follows


def letter_to(reader):
    """A letter of ours that went there."""
    return make_letter(
        address=reader.address, message_id=f"{secrets.token_hex(16)}@partnership.example"
    )


def taken(*raws):
    """What the command would say."""
    plan = {"messages": [bounces.read(raw) for raw in raws]}
    return verbs.take_bounces(plan=plan, by="system: imports", file_name="x", digest="x")


@pytest.mark.django_db
def test_a_dead_address_ends_at_once_and_once():
    reader = make_subscription()
    raw = dsn("5.1.1", "550 User unknown", about=letter_to(reader).message_id)
    assert [row.fate for row in taken(raw).rows] == ["new"]
    reader.refresh_from_db()
    assert (reader.state, reader.ended_how) == ("ended", "bounced")
    assert suppressed([reader.address]) == {reader.address}
    assert [row.fate for row in taken(raw).rows] == ["same"]


@pytest.mark.django_db
def test_a_full_one_ends_after_three_letters_not_three_notices():
    reader = make_subscription()
    first = letter_to(reader)
    for hour in range(4):
        taken(dsn("4.2.2", f"452 full {hour}", about=first.message_id))
    assert suppressed([reader.address]) == set()
    for _ in range(2):
        taken(dsn("4.2.2", "452 full", about=letter_to(reader).message_id))
    assert suppressed([reader.address]) == {reader.address}


@pytest.mark.django_db
@pytest.mark.parametrize("diagnostic", ["550 5.7.1 rejected as spam", "550 blocked by policy"])
def test_a_rule_and_an_automatic_answer_end_nothing(diagnostic):
    reader = make_subscription()
    for _ in range(5):
        taken(dsn("5.7.1", diagnostic, about=letter_to(reader).message_id))
    reader.refresh_from_db()
    assert reader.state == "live"
    assert suppressed([reader.address]) == set()


@pytest.mark.django_db
def test_a_forged_one_ends_nobodys_bulletin():
    reader = make_subscription()
    letter_to(reader)
    forged = dsn("5.1.1", "550 User unknown", about=f"{'0' * 32}@partnership.example",
                 address=reader.address)  # fmt: skip
    assert [row.fate for row in taken(forged).rows] == ["left out"]
    reader.refresh_from_db()
    assert reader.state == "live"


@pytest.mark.django_db
def test_a_complaint_is_for_good():
    reader = make_subscription()
    raw = (
        'Content-Type: multipart/report; report-type=feedback-report; boundary="b"\n\n'
        "--b\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\nVersion: 1\n\n"
        f"--b\nContent-Type: message/rfc822\n\nMessage-ID: <{letter_to(reader).message_id}>\n\nx\n--b--\n"
    ).encode()
    taken(raw)
    reader.refresh_from_db()
    assert reader.ended_how == "complained"
    assert not lift(address=reader.address)
    assert Suppression.objects.filter(why="complained", lifted_at=None).count() == 1


@pytest.mark.django_db
def test_looking_keeps_nothing():
    reader = make_subscription()
    plan = imports.read(dsn("5.1.1", "550 User unknown", about=letter_to(reader).message_id))
    report = verbs.look_at_bounces(plan=plan, by="system: imports")
    assert "gets no more bulletins" in report.rows[0].why
    assert Bounce.objects.count() == 0
    reader.refresh_from_db()
    assert reader.state == "live"
