"""Each page as the right person and as the wrong one; lists ask the same of the database at any length."""

import uuid
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saidanddone.core import clock
from saidanddone.governance import states
from saidanddone.governance.models import Action, AgendaItem, Body, Decision, Meeting, Seat
from saidanddone.reference.models import partnership
from tests.factories.governance import (
    make_action,
    make_appointment,
    make_body,
    make_decision,
    make_item,
    make_meeting,
    make_paper,
    make_seat,
)
from tests.factories.people import make_post, make_user, sign_in

pytestmark = pytest.mark.django_db
OWN, FIXED = 5, 4  # queries of the page's own; of every signed-in page


def signed_in(client, *roles, strong=True, body=None, part="member"):
    """A browser of somebody with these roles, perhaps seated on a body; and their post."""
    post = make_post(*roles)
    if body:
        make_appointment(body=body, post=post, part=part)
    sign_in(client, post, strong=strong)
    return post


def text(answer):
    """A page's words."""
    return answer.content.decode()


def asked(client, path):
    """How many queries a page takes, when nothing is kept but the partnership's settings."""
    partnership()
    caches["pages"].clear()
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(path).status_code == 200
    return len([q for q in found if not q["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN"))])


@pytest.fixture
def board():
    """A board with people, meetings in every state, papers, decisions and actions."""
    body = make_body(slug="the-board", standing_items=[])
    grown_up = make_post(user=make_user(name="Juniper Weir"))
    make_appointment(seat=make_seat(body=body, title="Police"), post=grown_up, part="chair")
    held = make_meeting(states.MINUTED, body=body, on=clock.today() - timedelta(days=20))
    voice = make_item(states.ENDED, meeting=held, kind="voice", origin_path="/issues/1/")
    make_paper(item=voice)
    decision = make_decision(item=voice, origin_path="/issues/1/")
    make_action(item=voice, decision=decision, owner=grown_up)
    make_meeting(body=body)
    return body


def addresses(body):
    """Every page that anybody may open."""
    meeting = body.meetings.first()
    item = meeting.items.first()
    return [
        "/boards/", f"/boards/{body.slug}/", f"/boards/{body.slug}/meetings/",
        f"/meetings/{meeting.pk}/", f"/meetings/{meeting.pk}/items/{item.pk}/", "/decisions/",
        f"/decisions/{Decision.objects.get().pk}/", f"/actions/{Action.objects.get().pk}/",
        "/decisions/feed/",
    ]  # fmt: skip


# ------------------------------------------------------------------ everybody's pages


def test_public_pages_open_for_all(client, board):
    for address in addresses(board):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert "csrf" not in text(answer)
        assert "Juniper Weir" not in text(answer), address


def test_the_same_pages_for_those_who_work_here(client, board):
    signed_in(client, "officer")
    for address in addresses(board):
        assert client.get(address).status_code == 200, address
    assert "Juniper Weir" in text(client.get(f"/boards/{board.slug}/"))


@pytest.mark.parametrize("role", ["", "clerk", "member"])
def test_pages_ask_little_and_the_same_at_any_length(client, board, role):
    if role:
        signed_in(client, role if role == "clerk" else "officer", body=board)
    most = OWN + FIXED if role else OWN
    before = {address: asked(client, address) for address in addresses(board)[:7]}
    for number in range(3):
        seat = make_seat(body=board)
        make_appointment(seat=seat)
        meeting = board.meetings.first()
        item = make_item(states.ENDED, meeting=meeting, order=number + 5)
        make_paper(item=item)
        decision = Decision.objects.order_by("pk").first()
        other = make_decision(item=item)
        make_action(item=item, decision=other)
        make_action(item=decision.item, decision=decision)
        make_body(parent=board)
        make_item(states.ENDED, meeting=make_meeting(states.MINUTED, body=board))
        make_meeting(states.PUBLISHED, body=board)
    after = {address: asked(client, address) for address in before}
    assert after == before
    assert max(after.values()) <= most, after


def test_lists_behind_sign_in_ask_the_same_at_any_length(client, board):
    post = signed_in(client, "clerk")
    paths = ["/actions/", "/actions/?whose=all&show=open", "/boards/proposals/",
             f"/boards/{board.slug}/seats/"]  # fmt: skip
    make_item(states.PROPOSED, body=board)
    make_action(owner=post)
    before = [asked(client, path) for path in paths]
    for _ in "abc":
        make_item(states.PROPOSED, body=make_body())
        make_action(owner=post, item=make_item())
        make_appointment(body=board)
    assert [asked(client, path) for path in paths] == before
    assert max(before) <= OWN + FIXED


def test_empty_lists_say_what_will_come(client):
    assert "No board has been set up yet" in text(client.get("/boards/"))
    assert "No decision has been published yet" in text(client.get("/decisions/"))
    body = make_body()
    assert "No meetings to show yet" in text(client.get(f"/boards/{body.slug}/meetings/"))
    signed_in(client, "clerk")
    assert "Nothing waits" in text(client.get("/boards/proposals/"))
    assert "None here" in text(client.get("/actions/"))
    assert "Nothing for you to do" in text(client.get("/actions/?whose=mine"))
    assert "No seats yet" in text(client.get(f"/boards/{body.slug}/seats/"))


def test_the_register_is_narrowed(client, board):
    other = make_decision(wording="Buses run later", outcome="refused", on=clock.today())
    for query, found in [
        ("?q=buses", True), ("?q=BUSES+later", True), ("?q=trams", False),
        (f"?body={other.body.slug}", True), (f"?body={board.slug}", False),
        (f"?year={clock.today().year}", True), ("?year=2001", False),
        ("?outcome=refused", True), ("?outcome=agreed", False),
    ]:  # fmt: skip
        assert ("Buses run later" in text(client.get("/decisions/" + query))) is found, query
    assert "Nothing decided that fits" in text(client.get("/decisions/?q=nothing"))


@pytest.mark.parametrize(
    "query", ["?year=abc", "?year=99999999999", "?body=no", "?outcome=x", "?page=x", "?page=9999999",
              "?q=%00", "?q=%F0%9F%98%80", "?q=" + "x" * 3000, "?q=%D7%90%E2%80%AE", "?year="],
)  # fmt: skip
def test_the_register_answers_nonsense_kindly(client, board, query):
    assert client.get("/decisions/" + query).status_code == 200


def test_the_register_is_paged(client):
    body = make_body()
    item = make_item(states.ENDED, body=body)
    for _ in range(21):
        make_decision(item=item)
    first = text(client.get(f"/decisions/?body={body.slug}"))
    assert f"?body={body.slug}&amp;page=2" in first
    assert client.get(f"/decisions/?body={body.slug}&page=2").status_code == 200


def test_the_feed_holds_public_decisions_only(client, board):
    make_decision(item=make_item(states.ENDED, restricted=True), wording="CANARY")
    answer = client.get("/decisions/feed/")
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    assert text(answer).count("<entry>") == 1
    assert "CANARY" not in text(answer)


# ------------------------------------------------------------------ what must not be found


@pytest.fixture
def secrets():
    """Restricted and early things, each with a canary in every word of it."""
    body = make_body(slug="careful")
    held, planned = make_meeting(states.MINUTED, body=body), make_meeting(body=body)
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


# ------------------------------------------------------------------ pages of deeds


def deeds(body, item, proposal, action, decision, paper, appointment):
    """Every page with a form, and what it asks for."""
    at = f"/meetings/{item.meeting_id}/"
    here = f"{at}items/{item.pk}/"
    return {
        "/boards/new/": {"name": "N", "short_name": "N1", "kind": "board", "purpose": "p",
                         "quorum": "0"},
        f"/boards/{body.slug}/change/": {"name": body.name, "short_name": body.short_name,
                                         "kind": "board", "purpose": "New", "quorum": "3"},
        f"/boards/{body.slug}/seats/add/": {"title": "Police", "count": "1"},
        f"/boards/{body.slug}/seats/{appointment.seat_id}/change/": {"title": "Health",
                                                                     "count": "2"},
        f"/boards/{body.slug}/seats/{appointment.seat_id}/": {"pseudonym": "Wren",
                                                              "part": "member"},
        f"/boards/{body.slug}/appointments/{appointment.pk}/end/": {},
        f"/boards/{body.slug}/meetings/plan/": {"on": "4 December 2027", "precision": "day"},
        f"{at}change/": {"on": "4 December 2027", "place": "Library"},
        f"{at}add/": {"kind": "decision", "title": "Money", "minutes_allotted": "5"},
        f"{at}order/": {"move": f"{item.pk}:up"},
        f"{here}change/": {"kind": "decision", "title": "Better", "minutes_allotted": "5"},
        f"{here}act/": {"what": "Ask", "owner": str(action.owner_id), "due_on": "4 December 2027"},
        f"{here}decide/": {"wording": "Yes", "outcome": "agreed", "reasons": "Because"},
        f"{here}minute/": {"minute": "It was said."},
        f"{here}end/": {},
        f"/boards/proposals/{proposal.pk}/decline/": {"why": "Not ours"},
        f"/decisions/{decision.pk}/assign/": {"what": "Ask", "owner": str(action.owner_id),
                                              "due_on": "4 December 2027"},
        f"/actions/{action.pk}/update/": {"text": "Half way"},
        f"/actions/{action.pk}/hand-on/": {"to": str(action.owner_id)},
        f"/actions/{action.pk}/drop/": {"why": "No money"},
        f"/papers/{paper.pk}/withdraw/": {"why": "Wrong file"},
        f"{at}close/": {"present": "7"},
    }  # fmt: skip


@pytest.fixture
def all_deeds(board):
    """Every deed's address, on one board in mid-meeting."""
    meeting = make_meeting(states.PUBLISHED, body=board)
    item = make_item(meeting=meeting)
    return deeds(
        board, item, make_item(states.PROPOSED, body=board), make_action(item=item),
        make_decision(item=make_item(states.ENDED, meeting=meeting)), make_paper(item=item),
        make_appointment(body=board),
    )  # fmt: skip


def test_the_clerk_does_each_deed(client, all_deeds):
    signed_in(client, "clerk")
    for address, given in all_deeds.items():
        if not address.endswith(("/end/", "/update/")):
            assert client.get(address).status_code == 200, address
        answer = client.post(address, given)
        assert answer.status_code == 302, f"{address}: {text(answer)[:3000]}"
    assert Body.objects.filter(name="N").exists()


def test_somebody_else_does_none(client, all_deeds):
    signed_in(client, "officer", "councillor", "participation_worker")
    for address, given in all_deeds.items():
        assert client.post(address, given).status_code in {403, 404}, address
        if not address.endswith(("/end/", "/update/")):
            assert client.get(address).status_code in {403, 404}, address
    assert not Body.objects.filter(name="N").exists()


def test_a_clerk_by_code_only_does_none(client, all_deeds):
    signed_in(client, "clerk", strong=False)
    for address, given in all_deeds.items():
        assert client.post(address, given).status_code in {403, 404}, address


def test_each_form_keeps_what_was_typed_and_says_the_cure(client, all_deeds):
    signed_in(client, "clerk")
    for address, given in all_deeds.items():
        if not given or address.endswith(("/order/", "/close/")):
            continue
        answer = client.post(address, {"name": "Kept words", "title": "Kept words"})
        assert answer.status_code == 200, address
        assert "There is something to fix" in text(answer), address
        assert "<title>Error: " in text(answer), address


HOSTILE = ["\x00", "😀🏳️‍🌈 \u202eright to left", "<script>alert(1)</script> {{ 7*7 }}", "x" * 1_000_000,
           "\ud83d", "-99999999999999999999"]  # fmt: skip


@pytest.mark.parametrize("nasty", HOSTILE, ids=range(len(HOSTILE)))
def test_no_field_breaks_a_page(client, all_deeds, nasty):
    signed_in(client, "clerk")
    for address, given in all_deeds.items():
        for fields in (given, sorted(given)[:1]):
            sent = urlencode(given | dict.fromkeys(fields, nasty), errors="surrogatepass")
            answer = client.post(address, sent, content_type="application/x-www-form-urlencoded")
            assert answer.status_code in {200, 302, 400, 403, 404, 413}, (address, fields)


# ------------------------------------------------------------------ the agenda must hear a child


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


# ------------------------------------------------------------------ pressing twice


def test_pressing_a_button_twice_is_told_kindly(client):
    item, action = make_item(), make_action()
    signed_in(client, "clerk")
    for address, given in [
        (f"/meetings/{item.meeting_id}/items/{item.pk}/end/", {}),
        (f"/actions/{action.pk}/drop/", {"why": "No"}),
        (f"/meetings/{item.meeting_id}/close/", {}),
    ]:
        assert client.post(address, given).status_code == 302
        again = client.post(address, given, follow=True)
        assert again.status_code == 200
        assert "That has been done already" in text(again)


def test_a_form_sent_twice_counts_once(client, board):
    signed_in(client, "clerk")
    item, owner, once = make_item(), make_post(), str(uuid.uuid4())
    here = f"/meetings/{item.meeting_id}/items/{item.pk}/"
    for address, given, model in [
        (f"{here}decide/", {"wording": "W", "outcome": "agreed", "reasons": "R"}, Decision),
        (f"{here}act/", {"what": "A", "owner": owner.pk, "due_on": "4 May 2030"}, Action),
        (f"/boards/{board.slug}/meetings/plan/", {"on": "4 May 2030", "precision": "day"}, Meeting),
        (f"/meetings/{item.meeting_id}/add/",
         {"kind": "decision", "title": "T", "minutes_allotted": "5"}, AgendaItem),
        (f"/boards/{board.slug}/seats/add/", {"title": "S", "count": "1"}, Seat),
        ("/boards/new/", {"name": "Twice", "short_name": "TW", "kind": "board", "purpose": "p",
                          "quorum": "0"}, Body),
    ]:  # fmt: skip
        before = model.objects.count()
        answers = [client.post(address, given | {"once": once}).status_code for _ in "ab"]
        assert answers == [302, 302], address
        assert model.objects.count() == before + 1, address


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
