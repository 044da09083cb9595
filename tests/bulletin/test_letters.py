"""The letter: the same in both parts, small, readable without pictures, and easily left."""

import re
from email import policy
from email.parser import BytesParser
from html.parser import HTMLParser

import pytest
from django.test import Client

from saidanddone.bulletin import emails, jobs, permissions, states, verbs
from saidanddone.bulletin.models import Subscription
from saidanddone.mail import messages
from saidanddone.mail.models import Letter, Suppression
from saidanddone.mail.verbs import suppress, suppressed
from tests.bulletin.test_editions import scheduled
from tests.factories.bulletin import make_entry, make_section, make_subscription, make_taken
from tests.factories.people import acting, sign_in
from tests.factories.reference import make_topic

pytestmark = pytest.mark.django_db
CLIPPED = 102_000  # bytes, from which Gmail shows no more


class Words(HTMLParser):
    """What somebody reads of a letter, links' addresses too."""

    def __init__(self):
        super().__init__()
        self.words, self.links, self.quiet = [], [], 0

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.quiet += tag in {"style", "title"}
        self.links += [given["href"]] if given.get("href") else []

    def handle_endtag(self, tag):
        self.quiet -= tag in {"style", "title"}

    def handle_data(self, data):
        self.words += [] if self.quiet else data.split()


def letter_to(subscription):
    """Its bytes, read again as a mail program reads them."""
    letter = Letter.objects.get(address=subscription.address, wording__kind="bulletin")
    raw = messages.Master(letter.wording).filled(letter)
    return raw, BytesParser(policy=policy.default).parsebytes(raw)


@pytest.fixture
def sent():
    """A full bulletin with signs of every kind, and one reader."""
    learn = make_section(name="Learn & share")
    edition = scheduled(opening="A short week.\n\nPlease pass it on.")
    item = make_taken(picture="bulletin/x.jpg", picture_words="Children’s “mural” \\ in Bury")
    make_entry(edition, title="Suppers “<free>” & warm", item=item, section=learn,
               who_for="Any family", when="Friday, 5pm", cost="Nothing", contact="Wren")  # fmt: skip
    for _ in range(9):
        make_entry(edition, section=learn, words="word " * 120)
    reader = make_subscription(address="o'brien@school.example")
    jobs.send_due()
    return reader


def test_both_parts_say_the_same(sent):
    raw, message = letter_to(sent)
    plain = message.get_body(("plain",)).get_content()
    html = message.get_body(("html",)).get_content()
    assert len(raw) < CLIPPED
    drawn = Words()
    drawn.feed(html)
    said = " ".join(drawn.words)
    for words in ("Suppers “<free>” & warm", "For: Any family", "When: Friday, 5pm", "Cost: Nothing",
                  "A short week.", "o'brien@school.example", "Learn", "999"):  # fmt: skip
        assert words in " ".join(plain.split()) or words.upper() in plain
        assert words in said
    in_text = set(re.findall(r"http\S+", plain))
    assert {link for link in drawn.links if link.startswith("http")} <= in_text
    assert 'alt="Children’s “mural” \\ in Bury"' in html
    assert "Children’s “mural” \\ in Bury" in plain
    assert "\n\n\n\n" not in plain.replace("\r", "")


def test_nothing_in_it_watches_the_reader(sent):
    _, message = letter_to(sent)
    html = message.get_body(("html",)).get_content()
    for address in re.findall(r'(?:src|background)="([^"]+)"', html):
        assert re.fullmatch(r"http://127\.0\.0\.1:8000/bulletin/items/\d+/picture/", address)
    assert "<script" not in html


def test_its_headers_let_a_program_end_it(sent):
    _, message = letter_to(sent)
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["List-Id"].startswith("<bulletin.")
    assert message["To"] == sent.address
    assert message["Message-ID"]
    assert message["Date"]
    path = message["List-Unsubscribe"].strip("<>").removeprefix("http://127.0.0.1:8000")
    answer = Client(enforce_csrf_checks=True).post(path, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    sent.refresh_from_db()
    assert (sent.state, sent.ended_how) == (states.ENDED, "header")
    assert suppressed([sent.address]) == {sent.address}
    again = Client().post(path, {"List-Unsubscribe": "One-Click"})
    assert again.status_code == 200
    assert Suppression.objects.count() == 1


def test_looking_at_its_links_ends_nothing(client, sent):
    for path in (f"/bulletin/leave/{sent.leave_token}/", f"/bulletin/choose/{sent.choose_token}/"):
        assert client.get(path).status_code == 200
    sent.refresh_from_db()
    assert sent.state == states.LIVE


def test_a_link_is_for_one_purpose_and_one_reader(client, sent):
    other = make_subscription()
    assert client.get(f"/bulletin/leave/{sent.choose_token}/").status_code == 404
    assert client.get(f"/bulletin/choose/{sent.leave_token}/").status_code == 404
    forged = sent.leave_token.replace(str(sent.pk), str(other.pk), 1)
    assert client.post(f"/bulletin/leave/{forged}/").status_code == 404
    sent.address = "moved@school.example"
    sent.save()
    client.post(f"/bulletin/leave/{sent.leave_token}/")
    sent.refresh_from_db()
    assert sent.state == states.ENDED, "it works after the address has changed"


def test_letters_that_wait_are_called_back_from_whoever_leaves(client, sent):
    client.post(f"/bulletin/leave/{sent.leave_token}/")
    letter = Letter.objects.get(address=sent.address, wording__kind="bulletin")
    assert letter.state == "cancelled"


def test_nothing_comes_before_the_address_has_answered(client):
    told = {"address": "Wren@nest.example", "kind": "individual"}
    assert "We have written to" in client.post("/bulletin/get/", told).content.decode()
    asked = Subscription.objects.get()
    make_entry(scheduled())
    jobs.send_due()
    assert not Letter.objects.filter(wording__kind="bulletin").exists()
    path = f"/bulletin/confirm/{asked.confirm_token}/"
    assert "Yes, send it to me" in client.get(path).content.decode()
    asked.refresh_from_db()
    assert asked.state == states.ASKED
    client.post(path)
    asked.refresh_from_db()
    assert (asked.state, asked.basis, asked.wording) == (states.LIVE, "consent", "2026-11")
    assert asked.confirmed_at


def test_the_page_says_the_same_to_those_who_have_it_already(client):
    known = make_subscription()
    pages = [
        client.post("/bulletin/get/", {"address": address, "kind": "corporate"}).content.decode()
        for address in (known.address, "new@school.example")
    ]
    assert pages[0].replace(known.address, "x") == pages[1].replace("new@school.example", "x")
    assert Letter.objects.get(address=known.address).wording.kind == "has_it_already"


def test_a_complaint_stays_whatever_is_asked(client):
    gone = make_subscription()
    verbs.end_subscription(subscription=gone, how="complained", by="system: letters")
    client.post("/bulletin/get/", {"address": gone.address, "kind": "corporate"})
    gone.refresh_from_db()
    page = client.post(f"/bulletin/confirm/{gone.confirm_token}/").content.decode()
    assert "gets no letters to many" in page
    make_entry(scheduled())
    jobs.send_due()
    assert not Letter.objects.filter(address=gone.address, wording__kind="bulletin").exists()


def test_who_left_may_come_back_by_themselves(client):
    gone = make_subscription()
    verbs.end_subscription(subscription=gone, how="page")
    client.post("/bulletin/get/", {"address": gone.address, "kind": "corporate"})
    gone.refresh_from_db()
    old = gone.confirm_token
    client.post(f"/bulletin/confirm/{old}/")
    assert suppressed([gone.address]) == set()


def test_topics_are_chosen_without_an_account(client):
    reader, topic = make_subscription(), make_topic()
    path = f"/bulletin/choose/{reader.choose_token}/"
    client.post(path, {"topics": [topic.pk]})
    assert list(reader.topics.all()) == [topic]
    client.post(path, {})
    assert list(reader.topics.all()) == []


def test_a_dead_address_gets_nothing():
    reader = make_subscription()
    suppress(address=reader.address.upper(), why=Suppression.Why.DEAD)
    make_entry(scheduled())
    jobs.send_due()
    assert not Letter.objects.filter(wording__kind="bulletin").exists()


def test_the_editor_sees_it_as_a_letter():
    client = Client()  # the inspector forbids styles inside a page; a letter needs them there
    edition = scheduled()
    make_entry(edition, title="Suppers")
    sign_in(client, acting("bulletin_editor").acting_for)
    path = f"/bulletin/editions/{edition.pk}/preview/letter/"
    assert "img-src 'none'" in client.get(f"{path}?bare=1").headers["Content-Security-Policy"]
    assert "Suppers" in client.get(f"{path}?text=1").content.decode()
    assert "(prefers-color-scheme: dark)" in client.get(path).content.decode()
    assert "(prefers-color-scheme: dark)" not in client.get(f"{path}?dark=1").content.decode()
    assert list(permissions.visible_entries(acting("officer"), edition)) == []
    assert emails.subject(edition, list(edition.entries.all())).endswith(": Suppers")


def test_whoever_leaves_the_network_gets_no_more(client):
    person = acting("subscriber", strong=False)
    sign_in(client, person.acting_for, strong=False)
    client.post("/bulletin/mine/", {"kind": "individual"})
    taken = Subscription.objects.get()
    assert (taken.state, taken.person_id) == (states.LIVE, person.pk)
    client.post("/network/leave/")
    assert jobs.end_for_leavers() == 1
    taken.refresh_from_db()
    assert taken.state == states.ENDED


def test_one_click_on_ones_own_page(client):
    person = acting("practitioner")
    sign_in(client, person.acting_for)
    client.post("/bulletin/mine/", {"kind": "corporate"})
    client.post("/bulletin/mine/", {"leave": "1"})
    assert Subscription.objects.get().state == states.ENDED
    client.post("/bulletin/mine/", {"kind": "corporate"})
    assert Subscription.objects.get().state == states.LIVE
    assert suppressed([person.email]) == set()
