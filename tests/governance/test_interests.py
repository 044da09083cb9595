"""The register of interests: kept by its holder, read by those who sit there, private where marked."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from saidanddone.core import clock
from saidanddone.core.access import Refused
from saidanddone.governance import permissions, states, verbs
from saidanddone.governance.jobs import boards as jobs
from saidanddone.governance.models import Declaration, Interest, Register
from saidanddone.mail.models import Letter
from tests.factories.governance import make_appointment, make_body, make_item, make_meeting
from tests.factories.people import act, acting, make_post
from tests.governance.browsing import signed_in, text

pytestmark = pytest.mark.django_db
MARKED = "CANARY my sister’s child"


@pytest.fixture
def holder():
    """A member with one open and one private interest."""
    post = make_post()
    make_appointment(body=make_body(slug="the-board"), post=post)
    member = act(post)
    verbs.add_interest(kind="pecuniary", nature="Two houses in Radcliffe", by=member)
    verbs.add_interest(kind="indirect", nature=MARKED, private=True, by=member)
    return member


def body_of(holder):
    """Where they sit."""
    return permissions.visible_bodies(holder).get(pk__in=permissions.held_seats(holder))


def test_one_keeps_ones_own_page_and_nobody_elses(holder, lines):
    interest = permissions.own_interests(holder).first()
    other = acting("clerk")
    with pytest.raises(Refused):
        verbs.end_interest(interest=interest, by=other)
    verbs.end_interest(interest=interest, by=holder)
    verbs.end_interest(interest=interest, by=holder)
    assert interest.ends_on == clock.today()
    assert [line[1] for line in lines()][-1] == "end_interest"
    weak = act(holder.acting_for, strong=False)
    with pytest.raises(Refused):
        verbs.add_interest(kind="indirect", nature="x", by=weak)


def test_the_register_of_a_board(client, holder):
    slug = body_of(holder).slug
    for part, reads in (("member", False), ("chair", True)):
        signed_in(client, "officer", body=body_of(holder), part=part)
        page = text(client.get(f"/boards/{slug}/interests/"))
        assert "Two houses in Radcliffe" in page
        assert (MARKED in page) is reads
    signed_in(client, "clerk")
    assert MARKED in text(client.get(f"/boards/{slug}/interests/"))
    signed_in(client, "officer")
    assert MARKED not in text(client.get(f"/boards/{slug}/interests/"))


def test_a_private_bodys_register_is_not_found(client):
    body = make_body(kind="young_people", meets_in_private=True)
    signed_in(client, "officer")
    assert client.get(f"/boards/{body.slug}/interests/").status_code == 404


def test_standing_interests_at_a_meeting(holder, clerk):
    meeting = make_meeting(body=body_of(holder))
    chair = make_post()
    make_appointment(body=meeting.body, post=chair, part="chair")
    assert permissions.interests_of(clerk, meeting).count() == 2
    assert permissions.interests_of(act(chair), meeting).count() == 2
    assert not permissions.interests_of(holder, meeting).exists()
    assert not permissions.interests_of(acting("officer"), meeting).exists()


def test_an_interest_shows_at_the_item_that_it_may_touch(client, holder):
    meeting = make_meeting(states.PUBLISHED, body=body_of(holder))
    near = make_item(meeting=meeting, title="Empty houses for care leavers")
    far = make_item(meeting=meeting, title="Bus passes")
    signed_in(client, "clerk")
    assert "Two houses in Radcliffe" in text(client.get(near.get_absolute_url()))
    assert "Two houses in Radcliffe" not in text(client.get(far.get_absolute_url()))
    signed_in(client, "officer", body=meeting.body)
    assert "Two houses in Radcliffe" not in text(client.get(near.get_absolute_url()))


def test_a_member_declares_at_a_coming_item(client, holder):
    meeting = make_meeting(states.PUBLISHED, body=body_of(holder))
    item = make_item(meeting=meeting)
    post = signed_in(client, "officer", body=meeting.body)
    address = f"/meetings/{meeting.pk}/items/{item.pk}/declare/"
    assert client.post(address, {"kind": "pecuniary"}).status_code == 200
    answer = client.post(address, {"kind": "pecuniary", "nature": "My firm bids"})
    assert answer.status_code == 302
    declared = Declaration.objects.get()
    assert (declared.post_id, declared.item_id, declared.action) == (post.pk, item.pk, "")
    assert "You have declared an interest" in text(client.get(item.get_absolute_url()))
    signed_in(client, "officer")
    assert client.get(address).status_code == 403
    over = make_item(states.ENDED, meeting=meeting)
    signed_in(client, "officer", body=meeting.body)
    assert client.get(f"/meetings/{meeting.pk}/items/{over.pk}/declare/").status_code == 403


def test_the_yearly_reminder(holder, letters):
    assert (jobs.remind_of_interests(), jobs.remind_of_interests()) == (1, 0)
    assert letters() == [("interests_due", holder.email)]
    verbs.confirm_interests(by=holder)
    assert not Letter.objects.filter(state="queued").exists()  # called back
    page = Register.objects.get()
    assert page.confirm_by > clock.today() + timedelta(days=360)
    long_ago = clock.today() - timedelta(days=400)
    Register.objects.update(confirmed_on=long_ago, reminded_on=long_ago)
    assert jobs.remind_of_interests() == 1


def test_nothing_to_declare_is_confirmed_too(client):
    post = signed_in(client, "officer", body=make_body())
    assert "I have nothing to declare" in text(client.get("/interests/"))
    assert client.post("/interests/confirm/").status_code == 302
    assert Register.objects.get().confirmed_on == clock.today()
    assert post.pk == Register.objects.get().post_id
    answer = client.post("/interests/add/", {"kind": "indirect", "nature": ""})
    assert answer.status_code == 200
    client.post("/interests/add/", {"kind": "indirect", "nature": "A cousin"})
    found = Interest.objects.get()
    assert client.post(f"/interests/{found.pk}/end/").status_code == 302
    signed_in(client, "officer")
    assert client.post(f"/interests/{found.pk}/end/").status_code == 404


def test_nobody_else_owes_a_page(client):
    signed_in(client, "officer")
    assert "sits on no board" in text(client.get("/interests/"))
    assert not permissions.keeps_register(AnonymousUser())
