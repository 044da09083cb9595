"""A letter to the bulletin becomes a suggestion; machines and hostile mail become nothing."""

import pytest

from saidanddone.bulletin import states, verbs
from saidanddone.bulletin.imports import letters
from saidanddone.bulletin.models import Item
from saidanddone.core import commands
from saidanddone.core.files import FileRefused
from saidanddone.mail.models import Letter
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db
FORWARDED = b"""From: Wren Oakes <wren@club.example>
Subject: FW: Fwd: =?utf-8?q?Zo=C3=AB=E2=80=99s_workshop?=
Content-Type: text/plain; charset=utf-8

---------- Forwarded message ----------
From: Zoe <zoe@club.example>
Sent: Monday
To: Wren

Come and paint with us on Friday.

> older words
--\x20
Wren, Lantern Young Carers
"""


def taken(raw):
    """Take a letter in; tells its fate."""
    report = verbs.take_letter(
        plan=letters.read(raw), by="system:import", file_name="l.eml", digest="d"
    )
    return report.rows[0].fate


def test_a_letter_of_somebody_known_waits_for_the_editor_with_its_source():
    make_user(email="wren@club.example")
    assert taken(FORWARDED) == "new"
    item = Item.objects.get()
    assert (item.title, item.words) == ("Zoë’s workshop", "Come and paint with us on Friday.")
    assert (item.by_name, item.state) == ("Wren Oakes (by e-mail)", states.SUBMITTED)
    assert not Letter.objects.exists()


def test_of_a_stranger_the_address_answers_first():
    taken(FORWARDED)
    assert Item.objects.get().state == states.UNCONFIRMED
    assert Letter.objects.get().address == "wren@club.example"


def test_the_same_letter_counts_once():
    assert [taken(FORWARDED), taken(FORWARDED)] == ["new", "same"]


@pytest.mark.parametrize(
    "header",
    [b"Auto-Submitted: auto-replied", b"List-Id: <x.example>", b"Return-Path: <>",
     b"X-Failed-Recipients: a@b.example"],
)  # fmt: skip
def test_what_no_person_wrote_suggests_nothing(header):
    assert taken(header + b"\n" + FORWARDED) == "left out"
    assert not Item.objects.exists()


def test_a_long_letter_is_cut_and_says_so():
    plan = letters.read(b"From: a@b.example\nSubject: Long\n\n" + b"word " * 500)
    assert (len(plan["words"].split()), plan["cut"]) == (120, True)
    assert plan["words"].endswith("…")


def test_of_a_page_only_its_words_are_read():
    head = b"From: a@b.example\nContent-Type: text/html; charset=no-such\n\n"
    raw = head + b"<style>x</style><p>Come<script>bad()</script><![broken"
    assert letters.read(raw)["words"] == "Come"


@pytest.mark.parametrize(
    "raw",
    [b"\0", b"no letter", b"From: nobody\n\nx",
     b"From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n"
     + b"--b\nContent-Type: multipart/mixed; boundary=b\n\n" * 3000],
)  # fmt: skip
def test_hostile_letters_never_harm(raw):
    try:
        assert letters.read(raw)["words"] == ""
    except FileRefused as refused:
        assert str(refused)  # noqa: PT017 -- either way is fine, as long as it is one of them


def test_the_command_keeps_with_commit(tmp_path):
    file = tmp_path / "l.eml"
    file.write_bytes(FORWARDED)
    assert commands.import_file(["item", str(file)]) == 0
    assert not Item.objects.exists()
    assert commands.import_file(["item", str(file), "--commit"]) == 0
    assert Item.objects.count() == 1
