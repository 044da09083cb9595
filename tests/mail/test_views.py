"""Letters to decide about, and what a demonstration would have sent."""

import pytest
from django.test import Client

from saidanddone.audit.models import Line
from saidanddone.mail import states
from saidanddone.mail.models import Letter
from tests.factories.mail import make_letter, make_wording
from tests.factories.people import acting, sign_in

pytestmark = pytest.mark.django_db
HTML = '<p style="color:red">Hello \ue000name\ue001</p>'


@pytest.fixture
def administrator(client):
    """Somebody who keeps accounts and settings, signed in."""
    sign_in(client, acting("administrator"))
    return client


def test_what_waits_for_a_decision_is_listed_without_its_words(administrator):
    make_letter(state=states.UNKNOWN, address="lost@example.org")
    make_letter(state=states.REFUSED, said="550 5.1.1", address="gone@example.org")
    make_letter(state=states.QUEUED, address="waiting@example.org")
    page = administrator.get("/letters/").content.decode()
    assert "lost@example.org" in page
    assert "The server said 550 5.1.1" in page
    assert "waiting@example.org" not in page
    assert "Look here" not in page
    assert "Something needs you" not in page


def test_nothing_to_decide(administrator):
    assert "Nothing waits for you here" in administrator.get("/letters/").content.decode()


def test_a_person_decides_and_it_is_written_down(administrator):
    lost, found = make_letter(state=states.UNKNOWN), make_letter(state=states.UNKNOWN)
    administrator.post(f"/letters/{lost.pk}/send-again/")
    administrator.post(f"/letters/{found.pk}/take-as-sent/")
    lost.refresh_from_db()
    found.refresh_from_db()
    assert (lost.state, found.state) == (states.QUEUED, states.ACCEPTED)
    assert list(Line.objects.order_by("-pk").values_list("verb", "subject")[:2]) == [
        ("take_as_sent", f"mail.letter:{found.pk}"),
        ("send_again", f"mail.letter:{lost.pk}"),
    ]


def test_a_whole_page_is_decided_at_once(administrator):
    lost = [make_letter(state=states.UNKNOWN) for _ in range(3)]
    refused = make_letter(state=states.REFUSED)
    numbers = ",".join(str(letter.pk) for letter in [*lost, refused])
    administrator.post("/letters/decide/", {"verb": "take_as_sent", "letters": numbers})
    now = list(Letter.objects.order_by("pk").values_list("state", flat=True))
    assert now == [states.ACCEPTED] * 3 + [states.REFUSED]


@pytest.mark.parametrize(
    "wish", [{}, {"verb": "burn", "letters": "1"}, {"verb": "send_again", "letters": "x,²,"}]
)
def test_a_wish_that_makes_no_sense_changes_nothing(administrator, wish):
    make_letter(state=states.UNKNOWN)
    assert administrator.post("/letters/decide/", wish).status_code == 302
    assert Letter.objects.get().state == states.UNKNOWN


def test_pressed_twice_it_is_sent_again_once(administrator):
    letter = make_letter(state=states.UNKNOWN)
    answers = [
        administrator.post(f"/letters/{letter.pk}/send-again/").status_code for _ in range(2)
    ]
    assert answers == [302, 404]
    assert Letter.objects.due().count() == 1


def test_one_that_was_called_back_is_not_sent_again(administrator):
    letter = make_letter(state=states.UNKNOWN, called_back=True)
    assert "Send it again" not in administrator.get("/letters/").content.decode()
    assert administrator.post(f"/letters/{letter.pk}/send-again/").status_code == 403


@pytest.mark.parametrize("role", ["clerk", "privacy_officer", "participation_worker"])
def test_nobody_else_decides(client, role):
    sign_in(client, acting(role))
    letter = make_letter(state=states.UNKNOWN)
    assert client.get("/letters/").status_code == 403
    assert client.post(f"/letters/{letter.pk}/send-again/").status_code == 404


def test_a_list_asks_as_little_for_many_as_for_one(administrator, django_assert_max_num_queries):
    for _ in range(3):
        make_letter(state=states.UNKNOWN)
    with django_assert_max_num_queries(9):
        administrator.get("/letters/")


# ----------------------------------------------------------- in demonstrations


def test_everything_written_is_shown_newest_first(client):
    make_letter(address="old@example.org")
    make_letter(address="new@example.org")
    page = client.get("/dev/mail/").content.decode()
    assert page.index("new@example.org") < page.index("old@example.org")


def test_letters_are_found_by_address(client):
    make_letter(address="one@example.org")
    make_letter(address="two@example.org")
    page = client.get("/dev/mail/?q=TWO@").content.decode()
    assert "two@example.org" in page
    assert "one@example.org" not in page
    assert "No letter to that address" in client.get("/dev/mail/?q=nobody").content.decode()


def test_a_letter_is_shown_as_its_reader_gets_it(client):
    wording = make_wording(text="Hello \ue000name\ue001\nhttps://example.org/<x>\n", html=HTML)
    letter = make_letter(wording=wording, fill={"name": "<b>Zoë</b>"})
    page = client.get(f"/dev/mail/{letter.pk}/").content.decode()
    assert "Hello &lt;b&gt;Zoë&lt;/b&gt;" in page
    assert f'src="/dev/mail/{letter.pk}/html/"' in page
    assert "sandbox=" in page


def test_a_drawn_letter_is_shut_in():
    letter = make_letter(wording=make_wording(html=HTML), fill={"name": "<script>"})
    plain = Client()  # it does not inspect: a letter is no page of ours
    answer = plain.get(f"/dev/mail/{letter.pk}/html/")
    policy = answer.headers["Content-Security-Policy"]
    assert "sandbox" in policy
    assert "script-src" not in policy
    assert "default-src 'none'" in policy
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"


def test_a_letter_without_drawing_has_no_such_page(client):
    assert client.get(f"/dev/mail/{make_letter().pk}/html/").status_code == 404


def test_a_live_place_shows_nothing(client, settings):
    settings.LIVE = True
    make_letter(address="a@example.org")
    assert "a@example.org" not in client.get("/dev/mail/").content.decode()
