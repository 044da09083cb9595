"""Sessions: how long they last, for whom they act, and that an ended post bites at once (H2)."""

import base64
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.backends.db import SessionStore as InDatabase
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from saidanddone.core import clock
from saidanddone.mail.models import Letter, Wording
from saidanddone.people import emails, signin, verbs
from saidanddone.people.models import Post, Session
from tests.factories.people import act, acting, make_organisation, make_post, make_user, sign_in

pytestmark = pytest.mark.django_db
NOW = timezone.make_aware(timezone.datetime(2026, 6, 2, 10, 0))


@pytest.fixture(autouse=True)
def no_limits_left_over():
    """Tries of one test do not count in the next."""
    cache.clear()


# ------------------------------------------------------------------- limits


def test_idle_session_ends_after_an_hour(client):
    with time_machine.travel(NOW, tick=False) as clock_hand:
        sign_in(client, make_post("practitioner"))
        clock_hand.shift(timedelta(minutes=59))
        assert client.get("/account/").status_code == 200
        clock_hand.shift(timedelta(minutes=61))
        response = client.get("/account/", follow=True)
        assert "Nothing happened here for an hour" in response.content.decode()
        assert not Session.objects.filter(user__isnull=False).exists()


def test_session_ends_after_ten_hours_however_busy(client):
    with time_machine.travel(NOW, tick=False) as clock_hand:
        sign_in(client, make_post("practitioner"))
        for _ in range(12):
            clock_hand.shift(timedelta(minutes=50))
            assert client.get("/account/").status_code == 200
        clock_hand.shift(timedelta(minutes=1))
        response = client.get("/account/", follow=True)
        assert "signed in for ten hours" in response.content.decode()


def test_words_typed_too_late_are_kept_on_the_page(client):
    with time_machine.travel(NOW, tick=False) as clock_hand:
        sign_in(client, make_post("practitioner"))
        clock_hand.shift(timedelta(minutes=90))
        response = client.post("/account/name/", {"name": "A name that took very long to type"})
        assert response.status_code == 403
        assert "A name that took very long to type" in response.content.decode()
        assert client.get("/account/").status_code == 302


def test_session_is_touched_at_most_once_a_minute(client, django_assert_num_queries):
    with time_machine.travel(NOW, tick=False) as clock_hand:
        sign_in(client, make_post("practitioner"))
        client.get("/acting-for/")
        with django_assert_num_queries(2):  # the session, and the person with their posts
            client.get("/acting-for/")
        clock_hand.shift(timedelta(seconds=61))
        seen = Session.objects.get().seen_at
        client.get("/acting-for/")
        assert Session.objects.get().seen_at > seen


def test_somebody_without_a_session_costs_no_query(client, django_assert_num_queries):
    client.get("/sign-in/")
    with django_assert_num_queries(0):
        client.get("/theme.css")


def test_after_a_pause_a_confidential_page_asks_again(rf):
    @signin.confidential
    def page(request):
        return "shown"

    with time_machine.travel(NOW, tick=False) as clock_hand:
        user = acting("safeguarding_lead")
        user.set_password("harbour lantern quilt sparrow")
        request = rf.get("/held/")
        request.user, request.session = user, signin.SessionStore()
        signin.begin(request, user)
        signin.prove(request, user, "totp")
        assert page(request) == "shown"
        clock_hand.shift(timedelta(minutes=16))
        signin.sessions.touch(request.session)
        with pytest.raises(signin.acting.ReauthenticationRequired):
            page(request)
        signin.prove(request, user, "totp")
        assert page(request) == "shown"


def test_dangerous_step_asks_again_after_a_while(client):
    with time_machine.travel(NOW, tick=False) as clock_hand:
        post = make_post("administrator")
        post.user.set_password("harbour lantern quilt sparrow")
        post.user.save()
        sign_in(client, post)
        assert client.get("/people/invite/").status_code == 200
        clock_hand.shift(timedelta(minutes=16))
        assert client.get("/people/invite/").url == "/sign-in/again/?next=%2Fpeople%2Finvite%2F"


# ------------------------------------------------------- posts and their end


def test_ended_post_bites_on_the_next_request_in_every_browser(client):
    post, admin = make_post("practitioner"), acting("administrator")
    other = Client()
    for browser in (client, other):
        sign_in(browser, post)
        assert browser.get("/people/").status_code == 200
    verbs.end_post(post=post, why="Left", by=admin)
    for browser in (client, other):
        assert browser.get("/people/").url == "/sign-in/?next=/people/"
    assert not Session.objects.filter(user=post.user).exists()


def test_ended_through_the_pages(client):
    post, admin = make_post("practitioner"), make_post("administrator")
    worker = sign_in(Client(), post)
    sign_in(client, admin)
    assert client.get(f"/posts/{post.pk}/end/").status_code == 200
    assert "Fill in" in client.post(f"/posts/{post.pk}/end/", {"why": ""}).content.decode()
    assert client.post(f"/posts/{post.pk}/end/", {"why": "Left on Friday"}).url == "/people/"
    assert worker.get("/account/").status_code == 302
    text = client.get(f"/people/{post.user.pk}/").content.decode()
    assert "Left on Friday" in text
    assert client.get(f"/posts/{post.pk}/end/").status_code == 403


def test_other_post_goes_on_in_the_browser_that_acts_for_it(client):
    user = make_user()
    first, second = make_post("practitioner", user=user), make_post("officer", user=user)
    at_first, at_second = sign_in(Client(), first), sign_in(client, second)
    verbs.end_post(post=first, why="Left", by=acting("administrator"))
    assert at_first.get("/account/").status_code == 302
    assert at_second.get("/people/").status_code == 200


def test_post_past_its_last_day_bites_by_itself(client):
    post = make_post("practitioner")
    sign_in(client, post)
    assert client.get("/people/").status_code == 200
    yesterday = clock.today() - timedelta(days=1)
    Post.objects.filter(pk=post.pk).update(ends_on=yesterday, starts_on=yesterday)
    assert client.get("/people/").url == "/account/"


def test_organisation_that_ended_takes_its_posts_along(client):
    post = make_post("practitioner")
    sign_in(client, post)
    verbs.end_organisation(organisation=post.organisation, by=acting("administrator"))
    assert client.get("/people/").status_code == 302
    assert not Post.objects.live().filter(pk=post.pk).exists()


def test_closed_account_is_out_at_once(client):
    post = make_post("practitioner")
    sign_in(client, post)
    post.user.is_active = False
    post.user.save()
    assert client.get("/account/").url.startswith("/sign-in/")


def test_waiting_letters_are_called_back():
    post = make_post("practitioner", user=make_user(joined_at=None))
    emails.invitation_sent(verbs.invite_again(post=post, by=acting("administrator")))
    wording = Wording.objects.create(kind="due", subject="Something needs you", text="x")
    Letter.objects.create(
        wording=wording, address=post.user.email, person=post.user.pk, message_id="m1@x"
    )
    verbs.end_post(post=post, why="Never came", by=acting("administrator"))
    assert set(Letter.objects.filter(address=post.user.email).values_list("state", flat=True)) == {
        "cancelled"
    }


def test_leaver_signs_in_and_sees_their_own_account_only(client):
    user = make_user()
    sign_in(client, user)
    assert client.get("/account/").status_code == 200
    assert "You hold no post here today" in client.get("/account/").content.decode()
    for path in ("/people/", "/organisations/", "/settings/", "/people/invite/"):
        assert client.get(path).url == "/account/", path
    assert client.get("/join/welcome/").url == "/account/"


# ------------------------------------------------------- one person, two posts


def test_two_posts_two_views_of_the_world(client):
    user = make_user()
    council = make_organisation(name="Lantern Council")
    school = make_organisation(name="Kestrel School")
    make_post("administrator", user=user, organisation=council)
    second = make_post("practitioner", user=user, organisation=school)
    sign_in(client, user)
    text = client.get("/people/").content.decode()
    assert "acting for Lantern Council" in text
    assert "Invite somebody" in text
    assert client.get("/settings/").status_code == 200
    response = client.post("/acting-for/", {"post": second.pk, "next": "/people/"})
    assert response.url == "/people/"
    text = client.get("/people/").content.decode()
    assert "acting for Kestrel School" in text
    assert "Invite somebody" not in text
    assert client.get("/settings/").status_code == 403
    assert Session.objects.get().post_id == second.pk


@pytest.mark.parametrize("chosen", ["0", "", "x", "99999999", "-1", "²"])
def test_nobody_acts_for_what_is_not_theirs(client, chosen):
    other = make_post("administrator")
    sign_in(client, make_post("practitioner"))
    for value in (chosen, other.pk):
        response = client.post("/acting-for/", {"post": value}, follow=True)
        assert "not one of yours" in response.content.decode()
    assert client.get("/settings/").status_code == 403


def test_after_switching_one_is_not_led_elsewhere(client):
    post = make_post("practitioner")
    sign_in(client, post)
    for bad in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
        assert client.post("/acting-for/", {"post": post.pk, "next": bad}).url == "/my-day/"


def test_sign_out_everywhere_but_here(client):
    post = make_post("practitioner")
    other = sign_in(Client(), post)
    sign_in(client, post)
    assert "1 other browser" in client.get("/account/").content.decode()
    client.post("/account/sign-out-everywhere/")
    assert client.get("/account/").status_code == 200
    assert other.get("/account/").status_code == 302


def test_session_row_knows_person_and_post(client):
    post = make_post("practitioner")
    sign_in(client, post)
    row = Session.objects.get()
    assert (row.user_id, row.post_id) == (post.user_id, post.pk)


def test_person_and_posts_come_in_one_query(django_assert_num_queries):
    post = make_post("practitioner")
    with django_assert_num_queries(1):
        user = signin.Backend().get_user(post.user_id)
        assert [found.organisation.name for found in user.posts_now] == [post.organisation.name]
        assert user.posts_now[0].roles == ["practitioner"]
    assert act(post).has_role("practitioner")


# ------------------------------------------------------------ one browser, two people

SAID = "Your name is changed."
WAYS_OUT = {
    "they sign out": lambda client: client.post("/sign-out/", follow=True),
    "their session is ended elsewhere": lambda client: (
        Session.objects.all().delete() and client.get("/account/", follow=True)
    ),
    "nothing happens for hours": lambda client: client.get("/account/", follow=True),
    "their session is lost": lambda client: client.cookies.pop(settings.SESSION_COOKIE_NAME),
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS_OUT)
def test_what_was_said_to_one_is_not_said_to_the_next(client, way):
    other = make_user(password=make_password(words := "other words entirely"))
    with time_machine.travel(NOW, tick=False) as clock_hand:
        sign_in(client, make_post("practitioner"))
        client.post("/account/name/", {"name": "A name of theirs"})  # and looks at no page since
        clock_hand.shift(timedelta(hours=3 if "hours" in way else 0))
        answer = WAYS_OUT[way](client)
        assert SAID not in getattr(answer, "text", "")
        client.post("/sign-in/", {"login": other.email, "password": words})
        page = client.get("/account/")
        assert (page.status_code, other.email in page.text, SAID in page.text) == (200, True, False)


def test_what_a_session_holds_is_not_read_in_the_database(client):
    sign_in(client, make_post("practitioner"))
    session = client.session
    session["waits"] = "She is afraid of him."
    session.save()
    kept = Session.objects.get(session_key=session.session_key)
    assert b"afraid" not in base64.b64decode(kept.session_data)
    assert InDatabase().decode(kept.session_data) == {}
    assert client.session["waits"] == "She is afraid of him."
    for spoiled in ("", "!", kept.session_data[:-8] + "AAAAAAA=", base64.b64encode(b"x").decode()):
        Session.objects.filter(pk=kept.pk).update(session_data=spoiled)
        assert client.get("/my-day/").status_code == 302
