"""Pages of board craft: each once as the right person, once as the wrong one, at any length."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saidanddone.core import clock
from saidanddone.governance import permissions, states, verbs
from saidanddone.governance.jobs import boards as jobs
from saidanddone.governance.models import Body, ForwardItem, Risk, Terms
from saidanddone.governance.views.series import nth_weekday
from saidanddone.governance.views.standing import key_of
from saidanddone.governance.waiting import waiting_for
from saidanddone.reference.models import forget_partnership, partnership
from tests.factories.governance import (
    make_action,
    make_appointment,
    make_body,
    make_item,
    make_meeting,
    make_seat,
)
from tests.factories.people import act, acting, make_post
from tests.governance.browsing import signed_in, text

pytestmark = pytest.mark.django_db
SOON = clock.today() + timedelta(days=10)
OWN, FIXED = 5, 4
A_RISK = {
    "title": "Nobody answers", "cause": "They leave", "event": "It waits", "effect": "Trust goes",
    "likelihood_before": 5, "impact_before": 4, "likelihood_now": 4, "impact_now": 4,
    "likelihood_wanted": 1, "impact_wanted": 4,
}  # fmt: skip


@pytest.fixture
def craft(clerk):
    """A board with something of everything."""
    body = make_body(slug="the-board", parent=make_body(), quorum=3, quorum_sectors=["health"])
    make_seat(body=body, needed_for_quorum=True)
    verbs.add_terms(body=body, text="We meet.", agreed_on=clock.today(), review_on=SOON, by=clerk)
    meeting = make_meeting(states.PUBLISHED, body=body, on=SOON)
    item = make_item(meeting=meeting)
    more(body, clerk)
    verbs.escalate_item(item=item, question="May we?", why="All", by=clerk)
    return body


def more(body, clerk):
    """One more of what makes lists long."""
    risk = A_RISK | {"owner": make_post(), "review_on": SOON}
    verbs.add_risk(body=body, by=clerk, **risk)
    verbs.add_forward_item(body=body, kind="decision", title="Bus passes", due_on=SOON, by=clerk)
    make_appointment(body=body)
    make_action(item=make_item(meeting=make_meeting(states.PUBLISHED, body=body, on=SOON)))


def asked(client, path):
    """How many queries a page takes."""
    forget_partnership()
    partnership()
    caches["pages"].clear()
    with CaptureQueriesContext(connection) as found:
        assert client.get(path).status_code == 200, path
    return len([q for q in found if not q["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN"))])


PUBLIC = ["/boards/the-board/terms/", "/boards/the-board/terms/1/",
          "/boards/the-board/forward-plan/", "/forward-plan/"]  # fmt: skip
FOR_STAFF = [
    "/boards/the-board/risks/",
    "/boards/the-board/interests/",
    "/interests/",
    "/my-boards/",
]


@pytest.mark.parametrize("role", ["clerk", "member"])
def test_pages_ask_little_and_the_same_at_any_length(client, craft, clerk, role):
    signed_in(client, "clerk" if role == "clerk" else "officer", body=craft)
    sent, risk = permissions.visible_escalations(clerk).get(), Risk.objects.first()
    own = [risk.get_absolute_url(), sent.get_absolute_url(), "/boards/the-board/"]
    pages = [*PUBLIC, *FOR_STAFF, *own]
    before = {path: asked(client, path) for path in pages}
    for _ in "ab":
        more(craft, clerk)
    after = {path: asked(client, path) for path in pages}
    assert after == before
    over = {path: count for path, count in after.items() if count > OWN + FIXED}
    assert over == {} or set(over) == {"/my-boards/"}, over  # six lists of six areas of the work


def test_public_pages_hold_nothing_personal(client, craft):
    for path in PUBLIC:
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert "csrf" not in text(answer)
    for path in [*FOR_STAFF, "/boards/the-board/terms/add/"]:
        assert client.get(path).status_code == 302


def test_a_private_body_tells_nobody_its_terms_or_plan(client, clerk):
    body = make_body(kind="young_people", meets_in_private=True)
    signed_in(client, "officer")
    for page in ("terms/", "forward-plan/", "risks/", "interests/", "terms/1/"):
        assert client.get(f"/boards/{body.slug}/{page}").status_code == 404, page


KEPT = ["terms/add/", "standing/", "meetings/series/", "forward-plan/add/", "risks/add/"]


@pytest.mark.parametrize("page", KEPT)
def test_what_the_clerk_keeps_nobody_else_does(client, craft, page):
    signed_in(client, "officer", body=craft)
    assert client.get(f"/boards/the-board/{page}").status_code == 403
    signed_in(client, "clerk")
    assert client.get(f"/boards/the-board/{page}").status_code == 200


def test_the_clerk_adds_a_version(client, craft):
    signed_in(client, "clerk")
    address = "/boards/the-board/terms/add/"
    told = {"text": "We meet more.", "agreed_on": "today", "review_on": "1 March 2031"}
    assert "What is different" in text(client.post(address, told))
    later = {"what_changed": "More", "review_on": "1 March 2020"}
    assert "Choose a day after" in text(client.post(address, told | later))
    assert client.post(address, told | {"what_changed": "More often"}).status_code == 302
    assert Terms.objects.filter(body=craft).count() == 2
    page = text(client.get("/boards/the-board/terms/1/"))
    assert "no longer in force" in page


def test_the_board_page_says_what_is_due_to_its_clerk_only(client, craft):
    signed_in(client, "clerk")
    page = text(client.get("/boards/the-board/"))
    assert "terms of reference are due" in page
    assert "Health: no seat of this sector is held" in page
    assert "3 seats, among them somebody from health and Office" in page
    signed_in(client, "officer")
    assert "terms of reference are due" not in text(client.get("/boards/the-board/"))


def test_standing_items_are_put_in_order(client):
    body = make_body(standing_items=[{"kind": "information", "title": "Welcome"}])
    address = f"/boards/{body.slug}/standing/"
    signed_in(client, "clerk")
    assert client.post(f"{address}add/", {"kind": "voice", "title": " "}).status_code == 200
    client.post(f"{address}add/", {"kind": "voice", "title": "What children say"})
    again = client.post(f"{address}add/", {"kind": "voice", "title": "what children say"})
    assert "stands on every agenda already" in text(again)
    body.refresh_from_db()
    client.post(address, {"move": f"{key_of(body.standing_items[1])}:up"})
    body.refresh_from_db()
    assert [line["title"] for line in body.standing_items] == ["What children say", "Welcome"]
    client.post(address, {"order": "9" * 5000})
    body.refresh_from_db()
    assert len(body.standing_items) == 2
    client.post(f"{address}{key_of(body.standing_items[1])}/remove/")
    body.refresh_from_db()
    assert [line["title"] for line in body.standing_items] == ["What children say"]


def test_a_series_shows_its_days_and_leaves_closed_ones_out(client):
    body = make_body()
    make_meeting(body=body, on=clock.today().replace(year=clock.today().year + 1, month=6, day=3))
    signed_in(client, "clerk")
    year = clock.today().year + 1
    address = f"/boards/{body.slug}/meetings/series/"
    asked_for = {"rhythm": "weeks", "weeks": 26, "starts_on": f"25 December {year}",
                 "until": f"28 December {year}", "nth": "2", "weekday": "1"}  # fmt: skip
    page = text(client.get(address, asked_for))
    assert "offices are closed" in page
    monthly = {"rhythm": "months", "months": 1, "nth": "2", "weekday": "2",
               "starts_on": f"1 February {year}", "until": f"31 March {year}"}  # fmt: skip
    query = "&".join(f"{name}={value}".replace(" ", "+") for name, value in monthly.items())
    wanted = [nth_weekday(year, month, 2, 2).isoformat() for month in (2, 3)]
    answer = client.post(f"{address}?{query}", {"days": wanted, "starts_at": "2pm"})
    assert answer.status_code == 302
    assert body.meetings.count() == 3
    assert "Say how many" in text(client.get(address, asked_for | {"weeks": ""}))


def test_the_plan_from_its_page(client, craft):
    signed_in(client, "clerk")
    add = "/boards/the-board/forward-plan/add/"
    assert "Choose a meeting" in text(client.post(add, {"title": "X", "kind": "decision"}))
    told = {"title": "Homes", "kind": "decision", "due_on": "1 March 2031"}
    assert client.post(add, told).status_code == 302
    item = ForwardItem.objects.get(title="Homes")
    assert client.post(f"/forward-plan/{item.pk}/take/").status_code == 302
    meeting = make_meeting(body=craft, on=SOON)
    change = f"/forward-plan/{item.pk}/change/"
    assert client.post(change, told | {"meeting": meeting.pk, "due_on": ""}).status_code == 302
    assert client.post(f"/forward-plan/{item.pk}/take/").status_code == 302
    item.refresh_from_db()
    assert (item.state, item.item.meeting) == (states.TAKEN, meeting)
    other = ForwardItem.objects.ahead().first()
    drop = f"/forward-plan/{other.pk}/drop/"
    assert client.get(drop).status_code == 200
    client.post(drop, {"why": "Settled"})
    signed_in(client, "officer")
    assert client.get(drop).status_code == 404


def test_a_question_goes_up_and_its_answer_is_written(client, craft, clerk):
    meeting = make_meeting(states.PUBLISHED, body=craft)
    item = make_item(meeting=meeting)
    address = f"/meetings/{meeting.pk}/items/{item.pk}/escalate/"
    signed_in(client, "officer", body=craft)
    assert client.get(address).status_code == 403
    signed_in(client, "officer", body=craft, part="chair")
    assert "Ask the board above" in text(client.get(item.get_absolute_url()))
    answer = client.post(address, {"question": "Shall we?", "why": "Only you can"})
    assert answer.status_code == 302
    page = text(client.get(answer.url))
    assert "Waits for an agenda of" in page
    assert "Record the answer" not in page
    assert client.get(f"{answer.url}answer/").status_code == 403
    signed_in(client, "clerk")
    assert client.post(f"{answer.url}answer/", {"answer": "Yes"}).status_code == 302
    assert "Yes" in text(client.get(answer.url))
    assert client.get(f"{answer.url}withdraw/").status_code == 302  # done already


def test_a_risk_from_its_page(client, craft):
    signed_in(client, "clerk")
    owner = make_post()
    told = A_RISK | {"owner": owner.pk, "review_on": "1 March 2031"}
    assert client.post("/boards/the-board/risks/add/", told | {"title": ""}).status_code == 200
    answer = client.post("/boards/the-board/risks/add/", told)
    assert answer.status_code == 302
    for deed, typed in (
        ("change/", {name: told[name] for name in told if "now" not in name}),
        ("score/", {"likelihood": 1, "impact": 4, "text": "", "review_on": "x"}),
        ("score/", {"likelihood": 1, "impact": 4, "text": "Done", "review_on": "1 March 2031"}),
        ("tell/", {"why": "You should know"}),
        ("close/", {"why": "Over"}),
    ):
        client.post(answer.url + deed, typed)
    risk = Risk.objects.order_by("pk").last()
    assert (risk.score_now, risk.told_to, risk.state) == (4, craft.parent, states.OVER)
    signed_in(client, "officer")
    assert client.get(answer.url + "change/").status_code == 302  # it is over
    risk = Risk.objects.order_by("pk").first()
    assert client.get(f"/risks/{risk.pk}/change/").status_code == 403


def test_a_restricted_risk_is_found_by_nobody_else(client, craft):
    Risk.objects.update(restricted=True, title="CANARY")
    risk = Risk.objects.get()
    signed_in(client, "officer")
    assert client.get(f"/risks/{risk.pk}/").status_code == 404
    assert "CANARY" not in text(client.get("/boards/the-board/risks/"))
    signed_in(client, "officer", body=craft)
    assert "CANARY" in text(client.get("/boards/the-board/risks/"))


# ------------------------------------------------------------------ actions and agendas


def test_an_action_is_dropped_by_asking(client, craft):
    owner = signed_in(client, "officer", body=craft)
    action = make_action(item=make_item(states.ENDED, meeting=craft.meetings.first()), owner=owner)
    page = text(client.get(action.get_absolute_url()))
    assert "It will not be done" in page
    client.post(f"/actions/{action.pk}/ask-to-drop/", {"why": "No money"})
    assert client.get(f"/actions/{action.pk}/drop/").status_code == 403
    signed_in(client, "officer", body=craft, part="chair")
    assert "No money" in text(client.get(action.get_absolute_url()))
    client.post(f"/actions/{action.pk}/keep/", {"why": "There is some"})
    client.post(f"/actions/{action.pk}/drop/", {"why": "None after all"})
    action.refresh_from_db()
    assert (action.state, action.dropped_why) == (states.DROPPED, "None after all")


def test_a_member_reads_the_live_log_on_the_agenda(client, craft, clerk):
    make_action(
        item=make_item(states.ENDED, meeting=craft.meetings.first()), what="Write to schools",
        due_on=clock.today() - timedelta(days=4),
    )  # fmt: skip
    meeting = verbs.plan_meeting(body=craft, on=SOON + timedelta(days=30), by=clerk)
    log = meeting.items.get(kind="action_log")
    signed_in(client, "officer", body=craft)
    page = text(client.get(log.get_absolute_url()))
    assert "Write to schools" in page
    assert "4 days late" in page


# ------------------------------------------------------------------ one's own page and day


def test_a_members_own_page(client, craft):
    post = signed_in(client, "officer", body=craft, part="vice_chair")
    make_action(
        item=make_item(states.ENDED, meeting=craft.meetings.first()), owner=post, what="Mine"
    )
    make_item(meeting=make_meeting(body=craft, on=SOON), lead=post, title="I lead this")
    page = text(client.get("/my-boards/"))
    for words in (craft.name, "Vice-chair", "Mine", "I lead this"):
        assert words in page
    signed_in(client, "officer")
    assert "You sit on no board" in text(client.get("/my-boards/"))


def deeds(user):
    """What waits, by deed."""
    first, *others = waiting_for(user)
    return {row[0] for row in first.union(*others, all=True).order_by("due")}


def test_what_waits_for_clerk_chair_and_member(craft, clerk):
    jobs.warn_of_seats()
    assert {"review_terms", "fill_seats"} <= deeds(clerk)
    chair = make_post()
    make_appointment(body=craft, post=chair, part="chair")
    action = make_action(item=make_item(states.ENDED, meeting=craft.meetings.first()))
    verbs.ask_to_drop(action=action, why="No", by=clerk)
    Risk.objects.update(owner=chair)
    assert deeds(act(chair)) >= {"agree_to_drop", "review_risk", "confirm_interests"}
    verbs.confirm_interests(by=act(chair))
    assert "confirm_interests" not in deeds(act(chair))
    assert deeds(acting("officer")) == set()


def test_addresses_by_number(client, craft):
    post = signed_in(client, "clerk")
    terms = Terms.objects.get()
    assert client.get(f"/boards/number/{craft.pk}/").url == "/boards/the-board/"
    assert client.get(f"/terms/{terms.pk}/").url == "/boards/the-board/terms/1/"
    assert client.get(f"/interests/post/{post.pk}/").url == "/interests/"


# ------------------------------------------------------------------ children’s voice by year


def test_shares_have_honest_denominators(client):
    body = make_body(slug="heard")
    last = clock.today().replace(month=1, day=10) - timedelta(days=200)
    for heard in (True, False):
        meeting = make_meeting(states.MINUTED, body=body, on=last)
        make_item(states.ENDED, meeting=meeting, kind="decision")
        make_item(states.ENDED, meeting=meeting, kind="information")
        make_item(states.ENDED, meeting=meeting, kind="decision", restricted=True)
        if heard:
            make_item(states.ENDED, meeting=meeting, kind="voice")
    make_meeting(states.CANCELLED, body=body, on=last, published_at=clock.now())
    make_meeting(states.PLANNED, body=body)
    page = text(client.get("/boards/heard/"))
    assert "1 of 2 (50%)" in page  # meetings held
    assert "1 of 3 (33%)" in page  # two for decision, one in children’s words; closed ones nowhere


def test_a_task_group_says_what_it_needs(client):
    make_body(name="Above", slug="above")
    signed_in(client, "clerk")
    told = {"name": "Lights", "short_name": "LSJ", "kind": "task_group", "purpose": "Find them",
            "quorum": 2}  # fmt: skip
    page = text(client.post("/boards/new/", told))
    assert "Choose the one it answers to" in page
    assert "Give its last day" in page
    above = Body.objects.get(slug="above")
    done = client.post("/boards/new/", told | {"parent": above.pk, "ends_on": "1 March 2031"})
    assert done.status_code == 302
    ring = client.post("/boards/above/change/", told | {
        "kind": "board", "name": "Above", "short_name": "A", "parent": Body.objects.get(name="Lights").pk,
    })  # fmt: skip
    assert "That body answers to this one" in text(ring)
