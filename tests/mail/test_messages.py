"""The bytes of a letter: what was meant arrives, and nothing that was not."""

import re
from email import message_from_bytes, policy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saidanddone.mail import drawing
from saidanddone.mail.apps import sender_is_an_address
from saidanddone.mail.messages import Master, Unsendable, addressed, quoted
from saidanddone.mail.models import Letter, Wording

NAME = f"{drawing.OPEN}name{drawing.SHUT}"
ANYTHING = st.text(st.characters(), max_size=300)


def filled(
    text="Hello.\n", html="", name="", headers=None, subject="News", address="a@example.org"
):
    """A letter's bytes."""
    wording = Wording(subject=subject, text=text, html=html, headers=headers or {})
    letter = Letter(address=address, message_id="1@example.org", fill={"name": name})
    return Master(wording).filled(letter)


def read(data):
    """The same as a mail program reads it."""
    return message_from_bytes(data, policy=policy.default)


def body(letter, kind="plain"):
    """One of its bodies, with our line ends."""
    return letter.get_body((kind,)).get_content().replace("\r\n", "\n")


def test_a_plain_letter_has_what_a_letter_needs():
    letter = read(filled())
    assert letter["From"] == "Said & Done <no-reply@partnership.example>"
    assert (letter["To"], letter["Subject"]) == ("a@example.org", "News")
    assert letter["Message-ID"] == "<1@example.org>"
    assert letter["Date"].datetime.tzinfo
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter.get_content_type() == "text/plain"
    assert body(letter) == "Hello.\n"


def test_two_bodies_stand_side_by_side():
    letter = read(filled(html="<p>Hello.</p>"))
    assert letter.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in letter.iter_parts()] == ["text/plain", "text/html"]
    assert body(letter, "html").strip() == "<p>Hello.</p>"


def test_each_person_gets_their_own_words_and_html_is_escaped():
    letter = read(filled(f"Hello {NAME},\nyours\n", f"<p>Hello {NAME}</p>", name="Zoë <O’Brien>"))
    assert body(letter) == "Hello Zoë <O’Brien>,\nyours\n"
    assert "Hello Zoë &lt;O’Brien&gt;" in body(letter, "html")


def test_what_fills_a_place_is_never_a_template():
    letter = read(filled(f"Hello {NAME}.\n", name="{{ 7 * 7 }} {name} %(name)s " + NAME))
    assert body(letter) == f"Hello {{{{ 7 * 7 }}}} {{name}} %(name)s {NAME}.\n"


@pytest.mark.parametrize(
    "subject", ["Größe – “quoted”", "مرحبا", "x" * 200, "one\r\nBcc: evil@example.org"]
)
def test_a_subject_is_one_header_whatever_it_holds(subject):
    letter = read(filled(subject=subject))
    assert letter["Subject"] == " ".join(subject.split())
    assert letter["Bcc"] is None


@given(name=ANYTHING, subject=ANYTHING.filter(str.strip))
def test_nothing_can_add_a_header_or_break_a_body(name, subject):
    headers = {"List-Unsubscribe": f"<https://example.org/{NAME}>"}
    data = filled(f"Hello {NAME}.\nEnd\n", f"<p>{NAME}</p>", name, headers, subject)
    letter = read(data)
    assert len(letter.keys()) == len(set(letter.keys())) == 9
    assert body(letter) == f"Hello {drawing.clean(name)}.\nEnd\n"
    assert data.isascii()
    assert all(line.endswith(b"\r") for line in data.split(b"\n")[:-1])


@given(text=ANYTHING, name=ANYTHING)
def test_a_body_arrives_as_it_was_filled(text, name):
    wanted = drawing.clean(text)
    data = filled(f"{wanted}{NAME}{NAME}{wanted}\n", name=name)
    mine = drawing.clean(name)
    assert body(read(data)) == f"{wanted}{mine}{mine}{wanted}\n"


@given(ANYTHING)
def test_coded_lines_are_short_and_harmless(text):
    for line in quoted(drawing.clean(text)).split(b"\r\n"):
        assert len(line) <= 76
        assert not line.startswith((b".", b"From "))
        assert not re.search(rb"[ \t]$|[\r\n]", line)


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        ("o'brien+x_y@example.org", "o'brien+x_y@example.org"),
        (" spaced@example.org ", "spaced@example.org"),
        ("info@bücher.example", "info@xn--bcher-kva.example"),
        ("Zoë@example.org", "Zoë@example.org"),
    ],
)
def test_odd_addresses_are_written_as_servers_read_them(address, wanted):
    assert addressed(address) == wanted


@pytest.mark.parametrize(
    "address",
    [
        "", "@", "nobody", "@example.org", "a@", "a b@example.org", "a@example.org>\r\nRCPT TO:<b@x",
        "a@example.org, b@example.org", "a\n@example.org", "a@exa mple.org", "a\x00@example.org",
        "a@example..org", f"{'a' * 250}@example.org", "a@[127.0.0.1]", "a@\u2028example.org",
        "\ud800@example.org", f"a@{'b' * 64}.bücher",
    ],
)  # fmt: skip
def test_what_could_mean_two_addresses_is_refused(address):
    with pytest.raises(Unsendable):
        addressed(address)


@given(ANYTHING)
def test_an_address_never_holds_a_command(address):
    try:
        found = addressed(address)
    except Unsendable:
        return
    assert not re.search(r"[\s<>]", found)


@pytest.mark.parametrize("sender", ["", "Nobody", "A <a@b@c>"])
def test_a_sender_that_is_none_is_told_at_the_start(settings, sender):
    settings.MAIL_FROM = sender
    assert [one.id for one in sender_is_an_address()] == ["mail.E001"]


def test_the_sender_is_an_address():
    assert sender_is_an_address() == []


def test_a_calendar_file_comes_with_a_letter_of_either_kind():
    day = "BEGIN:VCALENDAR\r\nSUMMARY:Börd\r\nEND:VCALENDAR\r\n"
    for html in ("", "<p>Hello {{}}</p>"):
        wording = Wording(kind="k", subject="A day", text="Hello\n", html=html, calendar=day)
        letter = Letter(wording=wording, address="a@place.example", message_id="1@place.example")
        found = read(Master(wording).filled(letter))
        first, second = list(found.iter_parts())
        assert found.get_content_type() == "multipart/mixed"
        assert first.get_content_type() == ("multipart/alternative" if html else "text/plain")
        assert second.get_content_type() == "text/calendar"
        assert second.get_param("method") == "PUBLISH"
        assert second.get_filename() == "meeting.ics"
        assert second.get_payload(decode=True).decode() == day
