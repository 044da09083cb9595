"""Raising and answering by their pages: twins, drafts, hard words, second readers."""

import pytest
from django.test import Client

from saidanddone.participation import states
from saidanddone.participation.models import Issue, Reply
from tests.factories import issues as make
from tests.factories.participation import make_read_voice
from tests.factories.people import make_post, sign_in
from tests.factories.reference import make_partnership, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker(client):
    """A participation worker, signed in."""
    post = make_post("participation_worker")
    sign_in(client, post)
    return post


def html(response):
    """The page, in words."""
    return response.content.decode()


# ------------------------------------------------------------------ raising


def test_raise_page_begins_with_what_the_ticked_words_share(client, worker):
    topic = make_topic()
    first, second = make_read_voice(topic=topic), make_read_voice(topic=topic)
    page = html(client.get(f"/issues/raise/?voice={first.pk}&voice={second.pk}&voice=x&voice=99"))
    assert page.count("checked") >= 2
    assert f'value="{topic.pk}" selected' in page


def test_raise_page_shows_what_is_asked_for_already(client, worker):
    twin = make.make_issue(title="A bus at four o’clock", wording="Let a bus come at four.")
    given = {"title": "A bus at four", "wording": "Let the bus come at four o’clock."}
    page = client.post("/issues/raise/", given)
    assert page.status_code == 422
    assert f"/issues/{twin.pk}/group/" in html(page)
    assert Issue.objects.count() == 1
    assert client.post("/issues/raise/", given | {"twin": "on"}).status_code == 302
    different = {"title": "Swings", "wording": "More swings for teenagers in the park."}
    assert client.post("/issues/raise/", different).status_code == 302


def test_raise_page_sent_twice_is_one_issue(client, worker):
    once = "0b8a5c2e-5f0f-4a36-9d0c-3a4f6a1d2b11"
    given = {"title": "Swings", "wording": "More swings.", "once": once, "twin": "on"}
    first, second = (client.post("/issues/raise/", given) for _ in range(2))
    assert first.url == second.url
    assert Issue.objects.count() == 1


@pytest.mark.parametrize("code", ["officer", "clerk", "practitioner", "administrator"])
def test_raise_page_refuses_others(client, code):
    sign_in(client, make_post(code))
    assert client.get("/issues/raise/").status_code == 403
    assert client.post("/issues/raise/", {"title": "x", "wording": "x"}).status_code == 403


# ------------------------------------------------------------------ answering

PLAIN = {
    "kind": "reply", "said": "You wait.", "decided": "Yes.", "why": "It is cold.", "who": "Olive",
}  # fmt: skip
HARD = PLAIN | {
    "decided": "The multi-agency partnership will undertake an evaluation of arrangements."
}


@pytest.fixture
def mine(client):
    """An issue that the person who is signed in has."""
    owner = make_post("officer")
    sign_in(client, owner)
    return make.make_routed(owner=owner)


def test_reply_page_checks_the_words_without_a_script(client, mine):
    page = html(client.post(f"/issues/{mine.pk}/reply/", HARD | {"deed": "check"}))
    assert "<mark>partnership</mark>" in page
    assert "Reads like age" in page
    assert "There is something to fix" not in page
    assert "undertake an evaluation" in page
    assert Reply.objects.count() == 0


def test_reply_page_gives_the_score_to_the_script(mine, client):
    plain = Client()
    plain.cookies = client.cookies
    part = plain.post(f"/issues/{mine.pk}/reply/score/", HARD)
    assert "Reads like age" in html(part)
    assert "<html" not in html(part)
    assert plain.get(f"/issues/{mine.pk}/reply/score/").status_code == 405


def test_reply_page_asks_for_the_reason_above_the_set_age(client, mine):
    page = client.post(f"/issues/{mine.pk}/reply/", HARD | {"deed": "send"})
    assert page.status_code == 422
    assert "Make it simpler, or say why it cannot be" in html(page)
    given = HARD | {"deed": "send", "above_age_why": "Words of the law"}
    assert client.post(f"/issues/{mine.pk}/reply/", given).status_code == 302
    assert Reply.objects.get().above_age_why == "Words of the law"


def test_reply_page_keeps_a_draft_and_sends_it(client, mine):
    path = f"/issues/{mine.pk}/reply/"
    assert client.post(path, HARD | {"deed": "keep"}).url == path
    page = html(client.get(path))
    assert "This is a draft" in page
    assert "undertake an evaluation" in page
    stale = client.post(path, PLAIN | {"deed": "send", "version": "7"})
    assert stale.status_code == 409
    assert "It is cold." in html(stale)
    assert client.post(path, PLAIN | {"deed": "send", "version": "1"}).status_code == 302
    assert (make.anew(mine).state, Reply.objects.get().why) == (states.REPLIED, "It is cold.")


def test_reply_page_wants_a_promise_whole(client, mine):
    page = client.post(
        f"/issues/{mine.pk}/reply/", PLAIN | {"deed": "send", "promise_what": "A bus"}
    )
    assert page.status_code == 422
    assert "Choose who does it" in html(page)
    assert "Say by when" in html(page)


def test_reply_page_refuses_with_a_reason(client, mine):
    given = PLAIN | {"deed": "send", "kind": "refusal", "decided": "We can’t do this."}
    assert client.post(f"/issues/{mine.pk}/reply/", given).status_code == 302
    assert Reply.objects.get().kind == "refusal"


def test_before_anybody_has_it_only_a_no_can_be_said(client, worker):
    issue = make.make_issue()
    page = html(client.get(f"/issues/{issue.pk}/reply/"))
    assert "This is what we do" not in page
    yes = client.post(f"/issues/{issue.pk}/reply/", PLAIN | {"deed": "send"})
    assert yes.status_code == 422
    no = client.post(f"/issues/{issue.pk}/reply/", PLAIN | {"deed": "send", "kind": "refusal"})
    assert no.status_code == 302


def test_a_second_reader_sends_what_somebody_else_has_written(client, mine):
    make_partnership(second_reader=True)
    assert client.post(f"/issues/{mine.pk}/reply/", PLAIN | {"deed": "send"}).status_code == 302
    draft = Reply.objects.get()
    assert make.anew(mine).state == states.ROUTED
    assert client.post(f"/replies/{draft.pk}/send/").status_code == 403
    reader = Client()
    sign_in(reader, make_post("participation_worker"))
    assert "Send it as it stands" in html(reader.get(f"/issues/{mine.pk}/reply/"))
    assert reader.post(f"/replies/{draft.pk}/send/").url == f"/issues/{mine.pk}/"
    assert make.anew(mine).state == states.REPLIED
    assert reader.post(f"/replies/{draft.pk}/send/").url == f"/issues/{mine.pk}/"


def test_reply_page_after_the_answer_is_closed(client, mine):
    assert client.post(f"/issues/{mine.pk}/reply/", PLAIN | {"deed": "send"}).status_code == 302
    assert client.get(f"/issues/{mine.pk}/reply/").status_code == 409
    again = client.post(f"/issues/{mine.pk}/reply/", PLAIN | {"deed": "send", "why": "Typed late"})
    assert again.status_code == 409
    assert "Typed late" in html(again)
