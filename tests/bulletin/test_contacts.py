"""Readers from lists: what each line gives, who is asked first, who never comes back."""

import pytest
from django.core.cache import cache
from django.test import Client

from saidanddone.bulletin import states, verbs
from saidanddone.bulletin.imports import contacts
from saidanddone.bulletin.models import ContactList, Subscription
from saidanddone.core import commands
from saidanddone.core.access import Refused
from saidanddone.core.files import FileRefused
from saidanddone.mail.models import Letter
from saidanddone.mail.verbs import suppress
from tests.factories.people import acting, make_organisation, make_post, make_user, sign_in

pytestmark = pytest.mark.django_db
PASTED = "Oakes, Wren <Wren.Oakes@bury.gov.uk>; Ada Moss <ada@gmail.example>\nnot an address"


@pytest.fixture(autouse=True)
def no_limits_left_over():
    """Tries of one test do not count in the next."""
    cache.clear()


def who(words):
    """Names and addresses that are found."""
    return [(one["name"], one["address"]) for one in contacts.read_text(words)["contacts"]]


def taken(words, by="system:import"):
    """Take a list in; tells the fate and reason of each line."""
    plan = contacts.read_text(words)
    report = verbs.take_contacts(plan=plan, file_name="l.csv", source="The fair in June", by=by)
    return [(row.fate, row.why) for row in report.rows]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Wren Oakes <w@a.example>; Ada <a@b.example>",
         [("Wren Oakes", "w@a.example"), ("Ada", "a@b.example")]),
        ("Oakes, Wren <W@A.example>", [("Wren Oakes", "w@a.example")]),
        ('"Oakes, Wren" <w@a.example>, "Moss, Ada" <a@b.example>',
         [("Wren Oakes", "w@a.example"), ("Ada Moss", "a@b.example")]),
        ("w@a.example, a@b.example", [("", "w@a.example"), ("", "a@b.example")]),
        ("w@a.example; a@b.example;\n", [("", "w@a.example"), ("", "a@b.example")]),
        ("Wren; w@a.example; Ada; a@b.example", [("", "w@a.example"), ("", "a@b.example")]),
        ("w@a.example\na@b.example", [("", "w@a.example"), ("", "a@b.example")]),
        ("Name\tEmail\nWren Oakes\tw@a.example", [("Wren Oakes", "w@a.example")]),
        ("Email Address,First Name,Last Name\nw@a.example,Wren,Oakes", [("Wren Oakes", "w@a.example")]),
        ("Wren Oakes\tw@a.example\t0161 496 0000", [("Wren Oakes", "w@a.example")]),
        ("Zo\u00eb <z@a.example>; ", [("Zo\u00eb", "z@a.example")]),
        ("<w@a.example>; two@@signs.example", [("", "w@a.example"), ("", "")]),
    ],
)  # fmt: skip
def test_every_way_of_pasting_is_read(words, found):
    assert who(words) == found


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_every_encoding_is_read(encoding):
    found = contacts.read("Zo\u00eb <z@a.example>".encode(encoding))["contacts"]
    assert [(one["name"], one["address"]) for one in found] == [("Zo\u00eb", "z@a.example")]


@pytest.mark.parametrize(
    "words",
    ["", "\0\0", "nobody here", '"' * 999, "<" * 90_000 + "@", "Email,UNSUB_TIME\na@b.example,1",
     "a@b.example\n" * (contacts.MOST + 1)],
)  # fmt: skip
def test_what_gives_nobody_is_refused_in_words(words):
    with pytest.raises(FileRefused):
        contacts.read_text(words)


def test_an_organisation_gets_it_with_a_notice_and_a_person_is_asked():
    assert [fate for fate, _ in taken(PASTED)] == ["new", "new", "left out"]
    told = list(
        Subscription.objects.values_list("address", "kind", "basis", "state", "source", "wording")
    )
    assert told == [
        ("wren.oakes@bury.gov.uk", "corporate", "interest", "live", "The fair in June", "2026-11-notice"),
        ("ada@gmail.example", "individual", "consent", "asked", "The fair in June", "2026-11-asking"),
    ]  # fmt: skip
    letters = dict(Letter.objects.values_list("address", "wording__text"))
    assert "/bulletin/leave/" in letters["wren.oakes@bury.gov.uk"]
    assert "/bulletin/confirm/" in letters["ada@gmail.example"]
    assert all("The fair in June" in words for words in letters.values())


def test_an_organisation_is_known_by_its_website():
    make_organisation(website="https://www.kestrel.example/us")
    taken("a@kestrel.example; b@kestrel.example.evil.example")
    kinds = dict(Subscription.objects.values_list("address", "kind"))
    assert kinds == {
        "a@kestrel.example": "corporate",
        "b@kestrel.example.evil.example": "individual",
    }


def test_nobody_who_left_or_complained_comes_back():
    taken(PASTED)
    left = Subscription.objects.get(address="wren.oakes@bury.gov.uk")
    verbs.end_subscription(subscription=left, how="page")
    suppress(address="dead@bury.gov.uk", why="dead")
    before = Letter.objects.count()
    fates = taken("Wren.Oakes@BURY.gov.uk; <dead@bury.gov.uk>; ada@gmail.example")
    assert [fate for fate, _ in fates] == ["left out", "left out", "same"]
    left.refresh_from_db()
    assert left.state == states.ENDED
    assert not Subscription.objects.filter(address="dead@bury.gov.uk").exists()
    assert Letter.objects.count() == before


def test_the_same_list_twice_does_nothing_twice():
    taken(PASTED)
    assert [fate for fate, _ in taken(PASTED)] == ["same", "same", "left out"]
    assert Letter.objects.count() == 2


@pytest.mark.parametrize("role", ["practitioner", "administrator", "subscriber"])
def test_only_editors_add_readers(role):
    with pytest.raises(Refused):
        taken(PASTED, by=acting(role))


def test_the_page_looks_first_and_adds_then(client):
    sign_in(client, make_post("clerk", user=make_user()))
    sent = {"words": PASTED, "source": "The fair in June"}
    page = client.post("/bulletin/desk/readers/", sent).content.decode()
    assert "Add 2 addresses" in page
    assert "is asked first" in page
    assert not Subscription.objects.exists()
    assert not Letter.objects.exists()
    assert (
        client.post("/bulletin/desk/readers/", sent | {"add": "1"}).url == "/bulletin/desk/readers/"
    )
    assert Subscription.objects.count() == 2


def test_the_page_says_what_is_wrong_beside_the_field(client):
    sign_in(client, make_post("clerk", user=make_user()))
    page = client.post(
        "/bulletin/desk/readers/", {"words": "nobody", "source": "x"}
    ).content.decode()
    assert "We found no e-mail address in it" in page
    assert "nobody" in page


def test_the_command_looks_first_and_keeps_with_commit(tmp_path, capsys):
    file = tmp_path / "list.txt"
    file.write_text(PASTED)
    assert commands.import_file(["contacts", str(file)]) == 0
    assert not Subscription.objects.exists()
    assert commands.import_file(["contacts", str(file), "--commit"]) == 0
    assert Subscription.objects.first().source == "List list.txt"
    assert "Whoever left stays away" in capsys.readouterr().out


def test_a_list_is_taken_back_and_what_cannot_be_is_said(client):
    """Removed, called back; whoever had a letter keeps its links; whoever answered stays."""
    sign_in(client, make_post("clerk", user=make_user()))
    words = "a@bury.gov.uk; b@bury.gov.uk; c@c.example; d@d.example; e@e.example"
    client.post("/bulletin/desk/readers/", {"words": words, "source": "The fair", "add": "1"})
    made = ContactList.objects.get()
    by = {one.address[0]: one for one in Subscription.objects.all()}
    assert not Letter.objects.due().exists(), "they leave in a quarter of an hour"
    assert "leave in 15 minutes" in client.get("/bulletin/desk/readers/").content.decode()
    Letter.objects.filter(address__in=["b@bury.gov.uk", "d@d.example"]).update(state="accepted")
    verbs.confirm_subscription(subscription=by["c"])
    verbs.end_subscription(subscription=by["e"], how="page")
    path = made.get_absolute_url()
    assert path in client.get("/bulletin/desk/readers/").content.decode()
    assert "a@bury.gov.uk" in client.get(path).content.decode()
    told = client.post(f"{path}undo/", follow=True).content.decode()
    assert "Removed: 3 addresses. Called back: 3 letters. 2 letters had left" in told
    assert "2 stay as they said" in told
    states_now = dict(Subscription.objects.values_list("address", "state"))
    assert states_now == {
        "b@bury.gov.uk": "withdrawn", "c@c.example": "live", "d@d.example": "withdrawn",
        "e@e.example": "ended",
    }  # fmt: skip
    assert not Letter.objects.due().exists()
    assert "done already" in client.post(f"{path}undo/", follow=True).content.decode()
    # The letters that had left: one says yes after all, one leaves for good.
    anybody = Client()
    assert anybody.post(f"/bulletin/confirm/{by['d'].confirm_token}/").status_code == 200
    assert anybody.post(f"/bulletin/leave/{by['b'].leave_token}/").status_code == 200
    fates = taken("a@bury.gov.uk; b@bury.gov.uk; d@d.example")
    assert [fate for fate, _ in fates] == ["new", "left out", "same"]


def test_a_withdrawn_address_may_stand_in_a_later_list():
    taken("d@d.example")
    Letter.objects.update(state="accepted")
    verbs.undo_contacts(contact_list=ContactList.objects.get(), by="system:import")
    assert taken("d@d.example") == [("new", verbs.contacts.OF_PERSON)]
    assert Subscription.objects.get().state == states.ASKED


@pytest.mark.parametrize("role", ["practitioner", "administrator", "subscriber"])
def test_only_editors_see_and_take_back_lists(client, role):
    taken(PASTED)
    made = ContactList.objects.get()
    sign_in(client, make_post(role, user=make_user()))
    assert client.get(made.get_absolute_url()).status_code == 404
    assert client.post(f"{made.get_absolute_url()}undo/").status_code == 404
    with pytest.raises(Refused):
        verbs.undo_contacts(contact_list=made, by=acting(role))
