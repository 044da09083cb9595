"""What is closed, early or about a child is on no page of those who may not see it."""

import pytest
from django.core.cache import caches

from saidanddone.core import clock
from saidanddone.governance import states
from saidanddone.governance.models import Action, AgendaItem, CoverSheet, Decision, Pack
from tests.factories.governance import (
    make_action,
    make_appointment,
    make_body,
    make_decision,
    make_item,
    make_meeting,
    make_minutes,
    make_paper,
    make_seat,
)
from tests.factories.people import make_post, make_user
from tests.governance.browsing import signed_in, text

pytestmark = pytest.mark.django_db
PACKS = (
    "minutes/", "minutes.pdf", "minute/", "young/",
    "pack/", "pack.pdf", "pack/members.pdf", "pack/supplement/",
)  # fmt: skip


@pytest.fixture
def secrets():
    """Restricted and early things, each with a canary in every word of it."""
    body = make_body(slug="careful")
    held, planned = make_meeting(states.MINUTED, body=body), make_meeting(body=body)
    make_minutes(meeting=held)
    opened = make_item(states.ENDED, meeting=held, title="Open one")
    closed = make_item(
        states.ENDED, meeting=held, restricted=True, restricted_why="CANARY why",
        title="CANARY item", wording="CANARY wording", minute="CANARY minute", plain="CANARY plain",
    )  # fmt: skip
    make_item(meeting=planned, title="CANARY early")
    make_item(states.PROPOSED, body=body, title="CANARY proposed")
    make_paper(item=closed, title="CANARY paper")
    make_paper(item=opened, title="CANARY locked", restricted=True)
    make_paper(item=opened, title="CANARY gone", withdrawn_at=clock.now(), withdrawn_why="x")
    CoverSheet.objects.create(
        item=closed, decision_wanted="CANARY wanted", children_said="CANARY said",
        handed_in_at=clock.now(),
    )  # fmt: skip
    row = {"item": closed.pk, "paper": None, "title": "CANARY row", "first": 1, "last": 1,
           "late": False}  # fmt: skip
    Pack.objects.create(
        meeting=held, number=1, state=states.MADE, made_at=clock.now(), open_file="packs/none.pdf",
        told={"open": {"items": []}, "closed": {"items": []}}, contents_closed=[row],
    )  # fmt: skip
    Pack.objects.create(
        meeting=held, number=2, state=states.MADE, made_at=clock.now(), open_file="packs/none.pdf",
        change_note="CANARY note", told={"closed": {"items": []}}, contents_closed=[row],
    )  # fmt: skip
    decision = make_decision(item=opened, wording="Known", number="CAREFUL/1")
    make_decision(item=closed, wording="CANARY decision", number="CAREFUL/R1")
    make_decision(item=opened, restricted=True, wording="CANARY too", number="CAREFUL/R2")
    make_action(item=closed, what="CANARY action", restricted=True)
    make_action(item=opened, decision=decision, what="CANARY quiet", restricted=True)
    return body


def everywhere(body):
    """Every address that these things have, listed or guessed."""
    found = ["/boards/", f"/boards/{body.slug}/", f"/boards/{body.slug}/meetings/", "/decisions/",
             "/decisions/?q=CANARY", "/decisions/feed/", "/actions/?whose=all&show=open",
             "/boards/proposals/"]  # fmt: skip
    for meeting in body.meetings.all():
        found.append(f"/meetings/{meeting.pk}/")
        found += [f"/meetings/{meeting.pk}/items/{item.pk}/" for item in meeting.items.all()]
        found += [f"/meetings/{meeting.pk}/{name}" for name in PACKS]
        found += [
            f"/meetings/{meeting.pk}/items/{item.pk}/hand-in/" for item in meeting.items.all()
        ]
    found += [f"/decisions/{pk}/" for pk in Decision.objects.values_list("pk", flat=True)]
    found += [f"/actions/{pk}/" for pk in Action.objects.values_list("pk", flat=True)]
    items = AgendaItem.objects.filter(body=body)
    return found + [f"/papers/{paper.pk}/" for item in items for paper in item.papers.all()]


@pytest.mark.parametrize(
    ("roles", "strong"),
    [(None, False), (["officer"], True), (["administrator"], True), (["councillor"], True),
     (["participation_worker"], True), (["clerk"], False), (["safeguarding_lead"], True)],
)  # fmt: skip
def test_what_is_closed_is_nowhere(client, secrets, roles, strong):
    if roles:
        signed_in(client, *roles, strong=strong)
    for address in everywhere(secrets):
        answer = client.get(address)
        words = text(answer) if answer.status_code == 200 else ""
        assert "CANARY" not in words.replace('value="CANARY"', ""), address


def test_what_is_closed_looks_like_what_never_was(client, secrets):
    closed = AgendaItem.objects.get(title="CANARY item")
    there = client.get(f"/meetings/{closed.meeting_id}/items/{closed.pk}/")
    never = client.get(f"/meetings/{closed.meeting_id}/items/99999999/")
    assert (there.status_code, never.status_code) == (404, 404)


def test_open_numbers_do_not_tell_of_closed_items(client, secrets):
    held = secrets.meetings.get(state=states.MINUTED)
    held.items.filter(title="CANARY item").update(order=0)
    held.items.filter(title="Open one").update(order=1)
    make_item(states.ENDED, meeting=held, title="Second", order=2)
    public = text(client.get(f"/meetings/{held.pk}/"))
    assert ['agenda__n">1<' in public, 'agenda__n">2<' in public] == [True, True]
    assert ['agenda__n">3<' in public, 'agenda__n">B1<' in public] == [False, False]
    caches["pages"].clear()
    signed_in(client, "officer", body=secrets)
    members = text(client.get(f"/meetings/{held.pk}/"))
    assert ['agenda__n">2<' in members, 'agenda__n">B1<' in members] == [True, True]


def test_members_find_what_is_closed(client, secrets):
    signed_in(client, "officer", body=secrets)
    held = secrets.meetings.get(state=states.MINUTED)
    closed = held.items.get(title="CANARY item")
    words = text(client.get(f"/meetings/{held.pk}/items/{closed.pk}/"))
    for part in ("item", "wording", "minute", "plain", "paper", "decision", "action"):
        assert f"CANARY {part}" in words
    early = secrets.meetings.get(state=states.PLANNED)
    assert "CANARY early" in text(client.get(f"/meetings/{early.pk}/"))


def test_a_body_that_meets_in_private_shows_name_and_purpose_only(client):
    body = make_body(slug="ours", kind="young_people", meets_in_private=True, purpose="Our say")
    make_appointment(seat=make_seat(body=body, title="CANARY seat"), pseudonym="CANARY bird")
    meeting = make_meeting(states.PUBLISHED, body=body, place="CANARY place")
    item = make_item(states.ENDED, meeting=meeting, title="CANARY item")
    make_decision(item=item, wording="CANARY decision")
    make_action(item=item, what="CANARY action")
    for role in ("", "officer", "councillor"):
        if role:
            signed_in(client, role)
        for address in everywhere(body):
            answer = client.get(address)
            if answer.status_code == 200:
                assert "CANARY" not in text(answer).replace('value="CANARY"', ""), address
        assert "Our say" in text(client.get("/boards/ours/"))
    signed_in(client, "participation_worker")
    seen = text(client.get("/boards/ours/"))
    assert all(f"CANARY {part}" in seen for part in ("seat", "bird", "place", "item"))


def test_nobody_under_18_is_named(client):
    body = make_body(slug="mixed")
    young = make_user(name="CANARY name", is_young=True)
    seat = make_seat(body=body, title="Young people", count=3)
    make_appointment(seat=seat, post=make_post(user=young))
    make_appointment(seat=seat, pseudonym="Kestrel")
    make_appointment(
        seat=seat, pseudonym="Marlin", open_office="Youth MP", permission_note="Her own, 3 May"
    )
    for role in ("", "officer", "clerk"):
        if role:
            signed_in(client, role)
        words = text(client.get("/boards/mixed/"))
        assert "CANARY" not in words
        assert "3 young people, names not shown. Among them: Youth MP" in words
        assert "Her own" not in words
        assert ("Kestrel" in words) is (role == "clerk")
    assert "CANARY" not in text(client.get("/boards/mixed/seats/"))
