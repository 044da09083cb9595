"""What is suggested: by whom, how long, what becomes of it, and where it stands afterwards."""

import io
import re
import uuid

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from saidanddone.bulletin import permissions, states, verbs
from saidanddone.bulletin.models import Item
from saidanddone.core.access import Refused
from saidanddone.mail import drawing
from saidanddone.mail.models import Letter
from tests.factories.bulletin import make_item, make_sent, make_taken
from tests.factories.people import acting, sign_in

pytestmark = pytest.mark.django_db
TOLD = {
    "title": "Free suppers in Radcliffe", "words": "Every Friday. Come as you are.",
    "by_name": "Wren Oakes", "by_address": "Wren@Charity.example",
}  # fmt: skip


@pytest.fixture(autouse=True)
def no_limits_left_over():
    """Tries of one test do not count in the next."""
    cache.clear()


def words_to(address):
    """The newest letter there, in words."""
    letter = Letter.objects.filter(address=address).latest("pk")
    return drawing.fill(letter.wording.text, letter.fill)


def picture(name="hall.png"):
    """A small photo."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), "image/png")


def test_a_stranger_suggests_and_nothing_is_read_before_the_address_answers(client):
    editor = acting("bulletin_editor")
    assert client.post("/bulletin/suggest/", TOLD).url == "/bulletin/suggest/done/"
    item = Item.objects.get()
    assert item.state == states.UNCONFIRMED
    assert list(permissions.visible_items(editor)) == []
    link = re.search(r"http\S+", words_to("wren@charity.example"))[0]
    path = link.removeprefix("http://127.0.0.1:8000")
    assert "Yes, this is mine" in client.get(path).content.decode()
    item.refresh_from_db()
    assert item.state == states.UNCONFIRMED, "looking confirms nothing"
    client.post(path, {"item": item.pk})
    item.refresh_from_db()
    assert item.state == states.SUBMITTED
    assert list(permissions.visible_items(editor)) == [item]


def test_a_made_up_link_confirms_nothing(client):
    make_item(state=states.UNCONFIRMED)
    assert client.get("/bulletin/suggest/confirm/wren@charity.example~x/").status_code == 404


def test_two_suggestions_in_a_day_are_one_letter_and_one_page(client):
    for title in ("One", "Two"):
        client.post("/bulletin/suggest/", TOLD | {"title": title})
    assert Letter.objects.due().count() == 1, "the other waits for its own day"
    path = re.search(r"8000(/\S+)", words_to("wren@charity.example"))[1]
    page = client.get(path).content.decode()
    assert "One" in page
    assert "Two" in page


def test_121_words_are_too_many_and_nothing_typed_is_lost(client):
    page = client.post("/bulletin/suggest/", TOLD | {"words": "word " * 121}).content.decode()
    assert "These are 121 words. 120 are the most" in page
    assert "Free suppers in Radcliffe" in page
    assert Item.objects.count() == 0
    client.post("/bulletin/suggest/", TOLD | {"words": "word " * 120})
    assert Item.objects.count() == 1


def test_a_picture_needs_its_words_and_is_written_anew(client):
    sign_in(client, acting("practitioner").acting_for)
    told = {"title": "Fair", "words": "On Saturday.", "picture": picture()}
    assert "Say what the picture shows" in client.post("/bulletin/suggest/", told).content.decode()
    client.post(
        "/bulletin/suggest/", told | {"picture": picture(), "picture_words": "A green hall"}
    )
    item = Item.objects.get()
    assert item.state == states.SUBMITTED, "somebody signed in needs no letter"
    answer = client.get(f"/bulletin/items/{item.pk}/picture/")
    assert b"".join(answer.streaming_content).startswith(b"\xff\xd8")
    assert Client().get(f"/bulletin/items/{item.pk}/picture/").status_code == 404


def test_pressed_twice_is_one_suggestion():
    by, once = acting("practitioner"), uuid.uuid4()
    for _ in range(2):
        verbs.submit_item(by=by, title="Fair", words="On Saturday.", once=once)
    assert Item.objects.count() == 1


def test_taken_and_not_taken_are_told(client):
    editor = acting("clerk")
    item, other = make_item(), make_item()
    verbs.accept_item(item=item, by=editor)
    assert "is taken" in words_to(item.by_address)
    sign_in(client, editor.acting_for)
    client.post(f"/bulletin/items/{other.pk}/decline/", {"why": ""})
    other.refresh_from_db()
    assert other.state == states.SUBMITTED, "a reason is owed"
    client.post(f"/bulletin/items/{other.pk}/decline/", {"why": "It is an advertisement."})
    assert "It is an advertisement." in words_to(other.by_address)
    with pytest.raises(Refused):
        verbs.accept_item(item=make_item(), by=acting("officer"))


def test_an_item_is_everybodys_once_it_is_printed(client):
    item = make_taken()
    assert client.get(f"/bulletin/items/{item.pk}/").status_code == 404
    verbs.print_item(item=item, by="system: bulletin")
    assert item.title in client.get(f"/bulletin/items/{item.pk}/").content.decode()


def test_whoever_suggested_it_sees_what_became_of_it_and_nobody_else_does(client):
    by = acting("practitioner")
    item = make_item(by=by)
    sign_in(client, by.acting_for)
    assert "has not read this yet" in client.get(f"/bulletin/items/{item.pk}/").content.decode()
    other = sign_in(Client(), acting("practitioner").acting_for)
    assert other.get(f"/bulletin/items/{item.pk}/").status_code == 404


TABLE = {
    states.UNCONFIRMED: (set(), set(), {"confirm_item"}),
    states.SUBMITTED: ({"accept_item", "decline_item", "change_item"}, {"change_item"}, set()),
    states.ACCEPTED: ({"decline_item", "change_item"}, set(), set()),
    states.DECLINED: (set(), set(), set()),
    states.PRINTED: (set(), set(), set()),
}


@pytest.mark.parametrize("state", TABLE)
def test_who_may_do_what_to_an_item(state):
    editor, author = acting("bulletin_editor"), acting("practitioner")
    item = Item(title="Fair", words="x", state=state, by=author)
    of_editor, of_author, of_holder = TABLE[state]
    assert permissions.item_verbs(editor, item) == of_editor
    assert permissions.item_verbs(author, item) == of_author
    assert permissions.item_verbs(None, item) == of_holder
    assert permissions.item_verbs(acting("administrator"), item) == set()


def test_nothing_of_it_is_found_before_it_went_out(client):
    make_taken(title="Secret fair")
    make_sent(title="A quiet week")
    assert "Secret fair" not in client.get("/bulletin/").content.decode()
    assert "Secret fair" not in client.get("/bulletin/feed/").content.decode()
