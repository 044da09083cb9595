"""Reading what ModernGov's web service answers: real files, broken ones, and evil ones."""

import time
from contextlib import suppress
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from hypothesis import given, settings
from hypothesis import strategies as st

from saidanddone.core.files import FileRefused
from saidanddone.core.imports import weighed
from saidanddone.governance.imports.moderngov import MOST_BYTES, read
from saidanddone.governance.imports.words import line, words

DATA = Path(__file__).parent / "data"
MEETING = (DATA / "meeting.xml").read_bytes()
MEETINGS = (DATA / "meetings.xml").read_bytes()
SAMPLES = Path(__file__).parents[3] / "shared/samples/02-governance"

BOMB = (
    '<?xml version="1.0"?><!DOCTYPE meeting [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;">]><meeting><meetingid>1</meetingid>'
    "<meetinglocation>&c;</meetinglocation></meeting>"
)
THIEF = '<!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/hostname">]><meeting><meetingid>&x;</meetingid></meeting>'


def one(content):
    """The one meeting in it."""
    [found] = read(content)["meetings"]
    return found


def test_real_committees_are_read():
    if not SAMPLES.is_dir():
        pytest.skip("the samples are not here")
    plan = read((SAMPLES / "moderngov-manchester-committees.xml").read_bytes())
    assert [(told["ref"], told["ended"]) for told in plan["committees"]] == [
        ("312", True), ("163", False), ("144", False),
    ]  # fmt: skip
    assert plan["meetings"] == []


def test_real_meetings_are_read():
    if not SAMPLES.is_dir():
        pytest.skip("the samples are not here")
    plan = read((SAMPLES / "moderngov-manchester-meetings.xml").read_bytes())
    assert [told["title"] for told in plan["committees"]] == ["Audit Committee"]
    told = [(m["ref"], m["committee"], m["on"], m["starts_at"], m["off"]) for m in plan["meetings"]]
    assert told == [
        ("4966", "144", "2026-01-13", "10:00", True),
        ("4967", "144", "2026-02-10", "10:00", False),
    ]


def test_items_stand_in_the_printed_order():
    printed = [item["printed"] for item in one(MEETING)["items"]]
    assert printed == ["1.", "2.", "3.", "9.", "10."]


def test_texts_wrapped_twice_are_plain_words():
    item = one(MEETING)["items"][3]
    assert item["title"] == "Youth offer: next year's budget & plan"
    assert item["minute"] == (
        "The committee heard young people first.\n\n• Ask again in May\n\nDecision: Agreed."
    )


def test_html_that_became_elements_is_read_too():
    assert one(MEETING)["items"][0]["minute"] == "Sent by Councillor Moss."


def test_what_is_restricted_or_not_for_display_says_so():
    told = {item["ref"]: (item["restricted"], item["why"]) for item in one(MEETING)["items"]}
    assert told["90012"] == (True, "Paragraph 1, individual")
    assert told["90004"] == (True, "Restricted in ModernGov")
    assert not told["90011"][0]


def test_a_reason_to_restrict_is_enough():
    content = MEETING.replace(b"<isrestricted>True</isrestricted>\n      <r", b"<r")
    assert content != MEETING
    told = {item["ref"]: item["restricted"] for item in one(content)["items"]}
    assert told["90012"]


def test_minutes_that_are_not_published_there_are_not_read():
    assert "MARKED-NOT-PUBLISHED-YET" not in str(read(MEETING))


def test_nobodys_home_is_read():
    assert "MARKED-HOME" not in str(read(MEETING))


def test_papers_are_addresses_on_the_web_and_nothing_else():
    told = one(MEETING)
    assert [paper["title"] for paper in told["documents"]] == ["Printed minutes, Peña & others"]
    assert [paper["title"] for paper in told["items"][3]["documents"]] == ["Youth offer, report"]


def test_who_came_is_told_by_name():
    assert one(MEETING)["people"] == [
        ["Councillor Ada Moss", "present"], ["Councillor Ben Fern", "apologies"],
        ["Kit Lane", "online"], ["Jo Wren", "absent"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "begins", "ends"),
    [
        ("10.00 am", "10:00", None), ("2.30pm", "14:30", None), ("14:00", "14:00", None),
        ("7 pm", "19:00", None), ("12.15 a.m.", "00:15", None), ("12 noon", "12:00", None),
        ("10.00 am to 12.30 pm", "10:00", "12:30"), ("Rising of Cabinet", None, None),
        ("", None, None), ("25.99", None, None), ("\n      ", None, None),
    ],
)  # fmt: skip
def test_a_time_is_read_as_people_write_it(written, begins, ends):
    content = MEETING.replace(b"10.00 am", written.encode())
    told = one(content)
    assert (told["starts_at"], told["ends_at"]) == (begins, ends)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("10/02/2026", "2026-02-10"), ("2026-02-10T00:00:00", "2026-02-10"),
        ("10/02/2026 00:00:00", "2026-02-10"), ("10 February 2026", "2026-02-10"),
        ("30/02/2026", None), ("soon", None), ("", None), ("10/02/0026", None),
    ],
)  # fmt: skip
def test_a_day_is_read_or_does_not_exist(written, day):
    assert one(MEETING.replace(b"10/02/2026", written.encode()))["on"] == day


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + MEETING,
        MEETING.decode().replace("utf-8", "utf-16").encode("utf-16"),
        MEETING.decode().encode("utf-16-le"),
        MEETING.decode().replace("utf-8", "windows-1252").encode("cp1252"),
        MEETING.decode().replace("utf-8", "utf-16").encode(),  # says one thing and is another
        MEETING.split(b"?>", 1)[1],
        MEETING.replace(b"<meeting>", b'<meeting xmlns="http://moderngov.co.uk/namespaces">'),
        b"<soap:Envelope xmlns:soap='x'><soap:Body>" + MEETING.split(b"?>", 1)[1]
        + b"</soap:Body></soap:Envelope>",
        MEETING.replace(b"agendaitemtitle", b"AgendaItemTitle").replace(b"meetingid", b"MeetingId"),
        MEETING.replace(b"Town Hall", b"Town&nbsp;Hall &unheardof; \x0b"),
    ],
    ids=["mark", "utf-16", "no mark", "windows", "false claim", "no claim", "namespace", "soap",
         "capitals", "names"],
)  # fmt: skip
def test_other_servers_other_manners(content):
    told = one(content)
    assert (told["ref"], len(told["items"])) == ("7001", 5)
    assert told["items"][3]["documents"][0]["title"] == "Youth offer, report"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"), (b"  \n ", "empty"), (b"PK\x03\x04zip", "not an XML file"),
        (b"<html><body>Sign in</body></html>", "not a list of committees"),
        (b"<meeting><meetingid>1</meetingid>", "broken at line 1"),
        (b"<committees><committeescount> 0</committeescount></committees>", "not a list"),
        (b"<councillors><councillor><homeaddress/></councillor></councillors>", "about councillors"),
        (b"<meeting><meetingid>seven</meetingid></meeting>", "not a list"),
        (BOMB.encode(), "definitions of its own"), (THIEF.encode(), "definitions of its own"),
        (BOMB.encode("utf-16"), "definitions of its own"),
        (b"<a>" * 70 + b"</a>" * 70, "nests deeper"),
        (b"<a>" + b"<b/>" * 400_001 + b"</a>", "holds more"),
        (b"<?xml version='1.0' encoding='rot13'?>\x00\x01", "broken"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_a_sentence(content, says):
    with pytest.raises(FileRefused, match=says):
        read(content)


def test_a_bomb_is_refused_at_once():
    began = time.perf_counter()
    with pytest.raises(FileRefused):
        read(BOMB.encode() + b" " * 9_000_000)
    assert time.perf_counter() - began < 5


def test_fifty_megabytes_are_not_even_read():
    with pytest.raises(FileRefused, match="10 MB at most"):
        weighed(ContentFile(b" " * 50_000_000, name="big.xml"), MOST_BYTES)


@settings(max_examples=150)
@given(st.data())
def test_a_file_with_anything_in_it_is_read_or_refused(data):
    content = bytearray(data.draw(st.sampled_from([MEETING, MEETINGS])))
    for _ in range(data.draw(st.integers(1, 12))):
        at = data.draw(st.integers(0, len(content) - 1))
        length = data.draw(st.integers(0, 40))
        content[at : at + length] = data.draw(st.binary(max_size=40))
        if not content:
            break
    with suppress(FileRefused):  # a sentence for whoever sent it; anything else would fail here
        assert set(read(bytes(content))) == {"committees", "meetings"}


@settings(max_examples=150)
@given(st.text(max_size=400))
def test_words_never_hold_what_a_page_could_run(text):
    assert "\x00" not in words(text)
    assert "\n" not in line(text)
    for evil in ("<script>x</script>", "&lt;script&gt;x&lt;/script&gt;"):
        assert "<script" not in words(f"<p>{evil}</p>")
