"""The agenda must hear a child; it is ordered; proposals find it; owners report."""

from datetime import timedelta

import pytest
from django.core.cache import caches

from saidanddone.core import clock
from saidanddone.governance import states
from saidanddone.governance.models import AgendaItem, Decision
from tests.factories.governance import (
    make_action,
    make_appointment,
    make_body,
    make_decision,
    make_item,
    make_meeting,
)
from tests.factories.people import make_post, make_user
from tests.governance.browsing import signed_in, text

pytestmark = pytest.mark.django_db


def test_publishing_is_refused_with_both_ways_out(client):
    body = make_body()
    chair = make_post(user=make_user(name="Tamsin Quill"))
    make_appointment(body=body, post=chair, part="chair")
    meeting = make_meeting(body=body)
    signed_in(client, "clerk")
    answer = client.post(f"/meetings/{meeting.pk}/publish/")
    assert answer.status_code == 409
    words = text(answer)
    assert "This agenda cannot go out yet: no child is heard on it" in words
    assert f"/meetings/{meeting.pk}/add/?kind=voice" in words
    assert "Or the chair, Tamsin Quill, opens this page" in words
    assert f"/meetings/{meeting.pk}/excuse/" not in words
    assert client.post(f"/meetings/{meeting.pk}/excuse/", {"why": "Mine"}).status_code == 403


def test_the_chair_says_why_and_everybody_reads_it(client):
    meeting = make_meeting()
    signed_in(client, "officer", body=meeting.body, part="chair")
    assert f"/meetings/{meeting.pk}/excuse/" in text(client.get(f"/meetings/{meeting.pk}/"))
    empty = client.post(f"/meetings/{meeting.pk}/excuse/", {"why": ""})
    assert empty.status_code == 409
    assert "There is something to fix" in text(empty)
    client.post(f"/meetings/{meeting.pk}/excuse/", {"why": "Exams in every school"})
    signed_in(client, "clerk")
    assert client.post(f"/meetings/{meeting.pk}/publish/").status_code == 302
    client.logout()
    caches["pages"].clear()
    assert "Exams in every school" in text(client.get(f"/meetings/{meeting.pk}/"))


def test_a_voice_item_added_from_the_refusal_lets_it_out(client):
    meeting = make_meeting()
    signed_in(client, "clerk")
    form = client.get(f"/meetings/{meeting.pk}/add/?kind=voice")
    assert form.status_code == 200
    given = {"kind": "voice", "title": "Buses", "minutes_allotted": "10"}
    assert "in the wording that they agreed" in text(
        client.post(f"/meetings/{meeting.pk}/add/", given)
    )
    client.post(f"/meetings/{meeting.pk}/add/", given | {"wording": "Later buses"})
    assert client.post(f"/meetings/{meeting.pk}/publish/").status_code == 302
    meeting.refresh_from_db()
    assert meeting.state == states.PUBLISHED


def test_closing_a_voice_item_or_its_meeting_asks_for_more_than_noted(client):
    voice = make_item(kind="voice", title="Buses")
    signed_in(client, "clerk")
    here = f"/meetings/{voice.meeting_id}/"
    answer = client.post(f"{here}items/{voice.pk}/end/")
    assert answer.status_code == 409
    assert "Children are owed more than “noted”" in text(answer)
    assert "“Buses” is still open" in text(client.post(f"{here}close/", {"present": "3"}))
    client.post(f"{here}items/{voice.pk}/answer/", {"answer": "From May"})
    assert client.post(f"{here}items/{voice.pk}/end/").status_code == 302
    assert client.post(f"{here}close/", {"present": "3"}).status_code == 302


# ------------------------------------------------------------------ order, proposals, actions


def test_the_agenda_is_ordered_by_buttons_and_by_dragging(client):
    meeting = make_meeting()
    a, b, c = (make_item(meeting=meeting, order=n) for n in (1, 2, 3))
    signed_in(client, "clerk")
    page = f"/meetings/{meeting.pk}/order/"
    client.post(page, {"move": f"{c.pk}:up"})
    assert list(meeting.items.all()) == [a, c, b]
    client.post(page, {"order": f"{b.pk},{a.pk},{c.pk}"})
    assert list(meeting.items.all()) == [b, a, c]
    for nonsense in ({"move": "x"}, {"move": "999999:up"}, {"order": "x,y,,"}, {"move": f"{b.pk}:up"},
                     {"order": "²,³"}, {"move": "²:up"}, {}):  # fmt: skip
        assert client.post(page, nonsense).status_code == 302
        assert list(meeting.items.all()) == [b, a, c]


def test_a_proposal_finds_its_agenda(client):
    item = make_item(states.PROPOSED, kind="voice", title="Buses")
    signed_in(client, "clerk")
    page = f"/boards/proposals/{item.pk}/accept/"
    assert "Plan one first" in text(client.get(page))
    meeting = make_meeting(body=item.body)
    elsewhere = make_meeting()
    assert client.post(page, {"meeting": elsewhere.pk}).status_code == 200
    assert client.post(page, {"meeting": meeting.pk}).status_code == 302
    item.refresh_from_db()
    assert item.meeting == meeting


def test_a_participation_worker_places_voices_and_carries_plain_words(client):
    meeting = make_meeting()
    signed_in(client, "participation_worker")
    page = f"/meetings/{meeting.pk}/add/"
    assert text(client.get(page)).count('name="kind"') == 1
    given = {"title": "Buses", "wording": "Later", "minutes_allotted": "9"}
    assert client.post(page, given | {"kind": "decision"}).status_code == 200
    assert client.post(page, given | {"kind": "voice"}).status_code == 302
    AgendaItem.objects.update(origin_path="/issues/1/")
    item = AgendaItem.objects.get()
    change = f"/meetings/{meeting.pk}/items/{item.pk}/change/"
    client.post(change, {"plain": "Buses run later.", "title": "Mine", "restricted": "on"})
    item.refresh_from_db()
    assert (item.plain, item.title, item.restricted) == ("Buses run later.", "Buses", False)


def test_anybody_who_works_here_may_propose(client):
    body = make_body()
    signed_in(client, "officer")
    answer = client.post(
        f"/boards/{body.slug}/propose/", {"kind": "discussion", "title": "Parks"}, follow=True
    )
    assert "The clerk has it" in text(answer)
    assert AgendaItem.objects.get().origin_path == ""
    signed_in(client, "subscriber")
    assert client.get(f"/boards/{body.slug}/propose/").status_code == 403


def test_an_owner_by_code_updates_and_completes_their_own_action(client):
    post = signed_in(client, "officer", strong=False)
    action = make_action(owner=post, item=make_item(meeting=make_meeting()))
    page = f"/actions/{action.pk}/"
    assert "How far is it?" in text(client.get(page))
    client.post(page + "update/", {"text": "Asked them"})
    assert "Asked them" in text(client.get(page))
    assert "There is something to fix" in text(client.post(page + "complete/", {"evidence": ""}))
    client.post(page + "complete/", {"evidence": "Their letter"})
    action.refresh_from_db()
    assert action.state == states.DONE
    assert client.get(f"/actions/{make_action().pk}/").status_code == 404


def test_my_actions_are_mine_and_the_late_ones_first(client):
    post = signed_in(client, "officer")
    make_action(owner=post, what="Later", due_on=clock.today() + timedelta(days=40))
    make_action(owner=post, what="Overdue", due_on=clock.today() - timedelta(days=3))
    make_action(what="Somebody else’s")
    words = text(client.get("/actions/"))
    assert words.index("Overdue") < words.index("Later")
    assert "3 days late" in words
    assert "Somebody else’s" not in words
    assert "Later" not in text(client.get("/actions/?whose=all&show=late"))
    assert client.get("/actions/?whose=x&show=y").status_code == 200


def test_an_unknown_day_is_said_as_it_is_known(client):
    meeting = make_meeting(states.MINUTED, on=None, precision="unknown", source="public minutes")
    item = make_item(states.ENDED, meeting=meeting)
    decision = make_decision(item=item)
    Decision.objects.filter(pk=decision.pk).update(on=None, precision="unknown")
    for page in (f"/meetings/{meeting.pk}/", f"/decisions/{decision.pk}/",
                 f"/meetings/{meeting.pk}/items/{item.pk}/", "/decisions/"):  # fmt: skip
        assert "date not known" in text(client.get(page)), page
