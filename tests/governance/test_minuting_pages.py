"""The clerk's page in the meeting, and the minutes as each reader finds them."""

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from saidanddone.core import clock
from saidanddone.governance import states, verbs
from saidanddone.governance.models import (
    AgendaItem,
    Attendance,
    Correction,
    Decision,
    Declaration,
    Meeting,
    Minutes,
    MinuteText,
)
from tests.factories.governance import (
    make_appointment,
    make_body,
    make_decision,
    make_item,
    make_meeting,
    make_seat,
)
from tests.factories.people import acting, make_post, make_user
from tests.governance.browsing import signed_in, text

pytestmark = pytest.mark.django_db


def in_place(client, path, sent=None):
    """As the page's script asks: for a part of a page, which the inspector has no rules for."""
    same = Client(headers={"X-In-Place": "1"})
    same.cookies = client.cookies
    return same.get(path) if sent is None else same.post(path, sent)


@pytest.fixture
def meeting(db):
    """A meeting of today whose agenda is out, of a board that needs two."""
    return make_meeting(
        states.PUBLISHED, body=make_body(quorum=2, standing_items=[]), on=clock.today()
    )


@pytest.fixture
def item(meeting):
    """Its one item."""
    return make_item(meeting=meeting, title="Buses home")


def page(meeting):
    """Where the clerk writes."""
    return f"/meetings/{meeting.pk}/minute/"


# ------------------------------------------------------------------ in the meeting


def test_the_page_is_the_clerks(client, meeting, item):
    assert client.get(page(meeting)).status_code == 302
    signed_in(client, "officer", body=meeting.body, part="chair")
    assert client.get(page(meeting)).status_code == 403
    signed_in(client, "clerk")
    words = text(client.get(page(meeting)))
    assert "Buses home" in words
    assert "What was said" in words
    assert page(meeting) in text(client.get(f"/meetings/{meeting.pk}/"))
    assert f"{page(meeting)}#item-{item.pk}" in text(client.get(item.get_absolute_url()))
    planned = make_meeting()
    assert client.get(page(planned)).url == planned.get_absolute_url()


@pytest.mark.parametrize("count", [1, 6])
def test_five_questions_however_much_there_is(client, meeting, count):
    for _ in range(count):
        one = make_item(meeting=meeting)
        make_decision(item=one)
        make_appointment(body=meeting.body)
    signed_in(client, "clerk")
    with CaptureQueriesContext(connection) as asked:
        client.get(page(meeting))
    ours = [one for one in asked if "governance_" in one["sql"]]
    assert len(ours) == 5


def test_who_is_here_is_kept_and_the_quorum_told(client, meeting):
    seats = [make_seat(body=meeting.body, title=title) for title in ("Nurse", "Head")]
    people = [make_appointment(seat=seat, post=make_post(user=make_user())) for seat in seats]
    signed_in(client, "clerk")
    marks = {f"how_{people[0].pk}": "present", f"initial-how_{people[0].pk}": ""}
    answer = in_place(client, page(meeting) + "who/", marks)
    assert "1 of 2 seats are represented; 2 must be" in text(answer)
    assert "Still missing: 1 more seat." in text(answer)
    assert Attendance.objects.get().appointment == people[0]
    both = marks | {f"how_{people[1].pk}": "online", f"initial-how_{people[1].pk}": ""}
    assert client.post(page(meeting) + "who/", both).url == page(meeting)
    assert "Enough to decide" in text(client.get(page(meeting)))


def test_two_clerks_keep_one_sheet(client, meeting):
    one, two = make_appointment(body=meeting.body), make_appointment(body=meeting.body)
    signed_in(client, "clerk")
    for who in (one, two):  # each page was opened before the other's mark
        sent = {f"how_{who.pk}": "present", f"initial-how_{who.pk}": ""}
        client.post(page(meeting) + "who/", sent)
    assert Attendance.objects.filter(how="present").count() == 2


def test_a_stand_in_is_added_and_taken_off(client, meeting):
    seat = make_seat(body=meeting.body, title="Nurse")
    signed_in(client, "clerk")
    assert client.get(page(meeting) + "who/add/").status_code == 200
    sent = {"named": "Ada Quill", "seat": seat.pk, "how": "present"}
    client.post(page(meeting) + "who/add/", sent)
    row = Attendance.objects.get()
    assert (row.named, row.seat) == ("Ada Quill", seat)
    words = text(client.get(page(meeting)))
    assert "Ada Quill" in words
    client.post(f"{page(meeting)}who/{row.pk}/remove/")
    assert not Attendance.objects.exists()


def test_inquorate_the_page_warns_and_the_decision_is_a_recommendation(client, meeting, item):
    signed_in(client, "clerk")
    client.post(page(meeting) + "quorum/", {"quorate": "no", "note": "Three sent apologies"})
    words = text(client.get(page(meeting)))
    assert "Not quorate, the chair says" in words
    assert "Three sent apologies" in words
    form = text(in_place(client, f"{page(meeting)}{item.pk}/decide/"))
    assert "Too few are here to decide" in form
    assert 'value="agreed"' not in form
    sent = {"wording": "Later buses", "outcome": "recommended", "reasons": "Clubs"}
    answer = in_place(client, f"{page(meeting)}{item.pk}/decide/", sent)
    assert "Recommended" in text(answer)
    assert Decision.objects.get().outcome == "recommended"


def test_deeds_without_a_script_come_back_to_the_item(client, meeting, item):
    signed_in(client, "clerk")
    here = f"{page(meeting)}{item.pk}/"
    assert "What was decided" in text(client.get(here + "decide/"))
    wrong = client.post(here + "decide/", {"wording": "", "outcome": "agreed", "reasons": "R"})
    assert "There is something to fix" in text(wrong)
    owner = make_post()
    sent = {"what": "Ask the firm", "owner": owner.pk, "due_on": "1/2/2030"}
    assert client.post(here + "act/", sent).url == f"{page(meeting)}#item-{item.pk}"
    assert "Ask the firm" in text(client.get(page(meeting)))
    assert client.get(here + "dance/").status_code == 404
    assert client.post(here + "end/").status_code == 302
    item.refresh_from_db()
    assert item.state == states.ENDED


def test_a_voice_item_does_not_end_as_noted(client, meeting):
    voice = make_item(meeting=meeting, kind="voice")
    signed_in(client, "clerk")
    answer = client.post(f"{page(meeting)}{voice.pk}/end/")
    assert answer.status_code == 409
    assert "Children are owed more than “noted”" in text(answer)


def test_an_interest_is_noted_and_the_chair_says_what_follows(client, meeting, item):
    member = make_appointment(
        body=meeting.body, post=make_post(user=make_user(name="Juniper Weir"))
    )
    signed_in(client, "clerk")
    here = f"{page(meeting)}{item.pk}/declare/"
    wrong = in_place(client, here, {"kind": "indirect", "nature": "x"})
    assert wrong.status_code == 422
    sent = {"who": member.post_id, "kind": "indirect", "nature": "CANARY child", "private": "on"}
    client.post(here, sent)
    declared = Declaration.objects.get()
    client.post(f"{page(meeting)}interests/{declared.pk}/", {"action": "leaves"})
    words = text(client.get(page(meeting)))
    assert "Juniper Weir declares an interest" in words
    assert "Leaves the room for this item" in words


# ------------------------------------------------------------------ saving


def test_a_save_answers_with_the_version(client, meeting, item):
    signed_in(client, "clerk")
    here = f"{page(meeting)}{item.pk}/save/"
    answer = in_place(client, here, {"minute": "Said", "seen": 0})
    assert answer.json()["version"] == 1
    assert in_place(client, here, {"minute": "Said", "seen": 0}).json()["version"] == 1
    assert client.post(here, {"minute": "More", "seen": 1}).url == f"{page(meeting)}#item-{item.pk}"


def test_both_texts_stand_side_by_side(client, meeting, item):
    verbs.minute_item(item=item, minute="What Ada wrote", by=acting("clerk"))
    signed_in(client, "clerk")
    here = f"{page(meeting)}{item.pk}/save/"
    answer = in_place(client, here, {"minute": "What I wrote", "seen": 0}).json()
    assert "What Ada wrote" in answer["html"]
    kept = MinuteText.objects.get()
    assert (answer["beside"], kept.text) == (kept.pk, "What I wrote")
    words = text(client.get(page(meeting)))
    assert "What Ada wrote" in words
    assert "What I wrote" in words
    settle = f"{page(meeting)}{item.pk}/texts/{kept.pk}/"
    client.post(settle, {"choice": "both", "seen": 1})
    item.refresh_from_db()
    assert item.minute == "What Ada wrote\n\nWhat I wrote"


@pytest.mark.parametrize("seen", ["9" * 12, "9" * 5000, "-1", "x", ""])
def test_a_version_that_never_was_is_refused_and_nothing_breaks(client, meeting, item, seen):
    verbs.minute_item(item=item, minute="What Ada wrote", by=acting("clerk"))
    signed_in(client, "clerk")
    here = f"{page(meeting)}{item.pk}/save/"
    assert in_place(client, here, {"minute": "Mine", "seen": seen}).status_code == 422
    assert (
        in_place(client, here, {"minute": "Mine", "seen": 1, "beside": seen or "x"}).status_code
        == 422
    )


def test_checked_minutes_take_no_more_words(client, meeting, item):
    verbs.close_meeting(meeting=meeting, by=acting("clerk"))
    Minutes.objects.update(state=states.CHECKED, checked_at=clock.now(), checked_by=make_user())
    signed_in(client, "clerk")
    here = f"{page(meeting)}{item.pk}/save/"
    answer = in_place(client, here, {"minute": "Late", "seen": 0})
    assert answer.status_code == 409
    assert "not saved" in answer.json()["sentence"]


# ------------------------------------------------------------------ the minutes as they read


def draft(body=None, **over):
    """A meeting that has ended, with an open and a closed item and a private interest."""
    clerk = acting("clerk")
    meeting = make_meeting(states.PUBLISHED, body=body or make_body(), on=clock.today())
    opened = make_item(meeting=meeting, title="Open matter")
    shut = make_item(meeting=meeting, title="CANARY matter", restricted=True)
    verbs.minute_item(item=opened, minute="Said in the open", by=clerk)
    verbs.minute_item(item=shut, minute="CANARY said", by=clerk)
    verbs.declare_interest(
        meeting=meeting, item=opened, named="Ada Quill", kind="indirect", nature="CANARY child",
        private=True, action="noted", by=clerk,
    )  # fmt: skip
    verbs.close_meeting(meeting=meeting, by=clerk)
    return meeting, opened


def let_out(meeting, state):
    """Its minutes, moved on by hand."""
    given = {"checked_at": clock.now(), "checked_by": make_user(), "circulated_at": clock.now(),
             "corrections_until": clock.today()}  # fmt: skip
    Minutes.objects.filter(meeting=meeting).update(state=state, **given)
    caches["pages"].clear()


@pytest.mark.parametrize(
    ("state", "public", "member", "chair"),
    [
        (states.DRAFT, 404, 404, 200),
        (states.CHECKED, 404, 200, 200),
        (states.CIRCULATED, 200, 200, 200),
    ],
)
def test_who_reads_minutes_in_each_state(client, state, public, member, chair):
    meeting, opened = draft()
    let_out(meeting, state)
    here = f"/meetings/{meeting.pk}/minutes/"
    assert client.get(here).status_code == public
    shown = "Said in the open" in text(client.get(opened.get_absolute_url()))
    assert shown is (public == 200)
    signed_in(client, "officer", body=meeting.body)
    assert client.get(here).status_code == member
    signed_in(client, "officer", body=meeting.body, part="chair")
    assert client.get(here).status_code == chair


def test_what_is_closed_or_private_is_in_no_public_minutes(client):
    meeting, _ = draft()
    let_out(meeting, states.CIRCULATED)
    words = text(client.get(f"/meetings/{meeting.pk}/minutes/"))
    assert "Said in the open" in words
    assert "Not agreed yet" in words
    assert "through somebody close" in words
    assert "CANARY" not in words
    assert "Ada Quill" not in words
    signed_in(client, "officer", body=meeting.body)
    words = text(client.get(f"/meetings/{meeting.pk}/minutes/"))
    assert "CANARY matter" in words
    assert "CANARY child" not in words


def test_the_chair_checks_and_sends_back(client):
    meeting, _ = draft()
    here = f"/meetings/{meeting.pk}/minutes/"
    chair = signed_in(client, "officer", body=meeting.body, part="chair")
    assert "This is what happened" in text(client.get(here))
    assert client.get(here + "return/").status_code == 200
    client.post(here + "return/", {"why": "Item 1"})
    assert Minutes.objects.get().returned_why == "Item 1"
    client.post(here + "check/")
    minutes = Minutes.objects.get()
    assert (minutes.state, minutes.checked_by) == (states.CHECKED, chair.user)
    assert client.post(here + "circulate/").status_code == 403


def test_a_correction_is_asked_for_and_made(client):
    meeting, opened = draft()
    let_out(meeting, states.CIRCULATED)
    here = f"/meetings/{meeting.pk}/minutes/"
    signed_in(client, "officer", body=meeting.body)
    assert client.get(f"{here}correct/?item={opened.pk}").status_code == 200
    assert client.get(f"{here}correct/?item=x").status_code == 404
    client.post(f"{here}correct/?item={opened.pk}", {"text": "It was in May"})
    asked = Correction.objects.get()
    assert asked.item == opened
    assert client.get(f"{here}corrections/{asked.pk}/make/").status_code == 403
    signed_in(client, "clerk")
    assert "It was in May" in text(client.get(here))
    assert "Said in the open" in text(client.get(f"{here}corrections/{asked.pk}/make/"))
    sent = {"minute": "Said in May", "seen": 1, "answer": "Thank you"}
    assert client.post(f"{here}corrections/{asked.pk}/make/", sent).url == here
    assert AgendaItem.objects.get(pk=opened.pk).minute == "Said in May"


def test_a_correction_is_left_with_a_reason(client):
    meeting, _ = draft()
    let_out(meeting, states.CIRCULATED)
    here = f"/meetings/{meeting.pk}/minutes/"
    signed_in(client, "officer", body=meeting.body)
    client.post(f"{here}correct/", {"text": "Longer, please"})
    asked = Correction.objects.get()
    signed_in(client, "clerk")
    assert client.get(f"{here}corrections/{asked.pk}/leave/").status_code == 200
    client.post(f"{here}corrections/{asked.pk}/leave/", {"why": "It is as it was"})
    assert "It is as it was" in text(client.get(here))


def test_the_next_meeting_agrees_them_and_they_are_locked(client):
    body = make_body(standing_items=[])
    meeting, _ = draft(body)
    let_out(meeting, states.CIRCULATED)
    later = make_meeting(states.PUBLISHED, body=body, on=clock.today())
    make_item(meeting=later, kind="minutes", title="Minutes of the last meeting")
    signed_in(client, "clerk")
    here = f"/meetings/{meeting.pk}/minutes/"
    assert f"{here}approve/?at={later.pk}" in text(client.get(page(later)))
    assert client.get(f"{here}approve/?at={later.pk}").status_code == 200
    client.post(f"{here}approve/", {"at": later.pk, "amendments": "At item 1, read June."})
    caches["pages"].clear()
    client.logout()
    words = text(client.get(here))
    assert "Agreed at the meeting of" in words
    assert "At item 1, read June." in words


def test_votes_are_kept_by_seat(client, meeting, item):
    member = make_appointment(body=meeting.body)
    decision = make_decision(item=item)
    here = f"/decisions/{decision.pk}/votes/"
    signed_in(client, "officer", body=meeting.body)
    assert client.get(here).status_code == 403
    signed_in(client, "clerk")
    assert client.get(here).status_code == 200
    client.post(here, {f"vote_{member.pk}": "for"})
    assert decision.votes.get().how == "for"
    assert "1 for, 0 against" in text(client.get(decision.get_absolute_url()))


# ------------------------------------------------------------------ told to young people


def test_plain_words_stand_beside_the_full_item(client, meeting, item):
    make_item(meeting=meeting, restricted=True, title="CANARY")
    signed_in(client, "clerk")
    here = f"/meetings/{meeting.pk}/items/{item.pk}/young/"
    assert client.get(here).status_code == 200
    told = {"young_title": "Getting home", "plain": "We talk about later buses.",
            "young_minute": "They said yes."}  # fmt: skip
    assert "Reads like age" in text(in_place(client, here + "score/", told))
    client.post(here, told)
    client.logout()
    caches["pages"].clear()
    words = text(client.get(f"/meetings/{meeting.pk}/young/"))
    assert "Getting home" in words
    assert item.get_absolute_url() in words
    assert "They said yes." not in words  # not before the minutes are out
    assert "CANARY" not in words
    assert f"/meetings/{meeting.pk}/young/#item-{item.pk}" in text(
        client.get(item.get_absolute_url())
    )
    verbs.close_meeting(meeting=Meeting.objects.get(pk=meeting.pk), by=acting("clerk"))
    let_out(meeting, states.CIRCULATED)
    assert "They said yes." in text(client.get(f"/meetings/{meeting.pk}/young/"))
