"""The pages on which issues are worked with: the right person, the wrong one, and what they cost."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from saidanddone.core import clock
from saidanddone.participation import states, verbs
from saidanddone.participation.models import Issue
from tests.factories import issues as make
from tests.factories.governance import make_appointment, make_body, make_meeting
from tests.factories.participation import make_public_voice, make_read_voice
from tests.factories.people import make_post, sign_in
from tests.factories.reference import make_topic

pytestmark = pytest.mark.django_db
MADE = ["issue", "routed", "tabled", "replied", "promised", "closed", "reopened", "withdrawn"]
PAGES = ["group", "route", "table", "reword", "ask", "tell", "withdraw", "reply"]
OPEN_WORDS = {"words": "The bus never comes", "readers": "everyone"}


@pytest.fixture
def worker(client):
    """A participation worker, signed in."""
    post = make_post("participation_worker")
    sign_in(client, post)
    return post


def html(response):
    """The page, in words."""
    return response.content.decode()


def asked(client, path):
    """How many questions the page asks the database itself, beside transactions."""
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(path).status_code == 200
    passing = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK", "SELECT set_config")
    # Asked once in a while by every page alike: settings, and that the session is still in use.
    now_and_then = ("reference_partnership", 'UPDATE "people_session"')
    return [
        q["sql"]
        for q in found
        if not q["sql"].startswith(passing) and not any(part in q["sql"] for part in now_and_then)
    ]


# ------------------------------------------------------------------ the list


def test_issues_list_is_empty_and_says_what_will_come(client, worker):
    page = html(client.get("/issues/"))
    assert "No issues yet" in page
    assert "/issues/raise/" in page


def test_issues_list_narrows(client, worker):
    topic = make_topic()
    mine = make.make_routed(owner=worker, topic=topic, title="With me")
    late = make.make_routed(title="Long ago")
    Issue.objects.filter(pk=late.pk).update(answer_due=clock.today() - timedelta(days=3))
    make.make_withdrawn(title="Gone")
    loose = make.make_issue(title="Nobody has it")

    def titles(query):
        page = html(client.get(f"/issues/{query}"))
        return {t for t in ("With me", "Long ago", "Gone", "Nobody has it") if t in page}

    assert titles("") == {"With me", "Long ago", "Nobody has it"}
    assert titles("?mine=on") == {"With me"}
    assert titles("?late=on") == {"Long ago"}
    assert titles("?show=nobody") == {"Nobody has it"}
    assert titles("?show=withdrawn") == {"Gone"}
    assert titles(f"?topic={topic.pk}") == {"With me"}
    assert titles("?show=all&page=7") == {"With me", "Long ago", "Gone", "Nobody has it"}
    assert titles("?show=nonsense&topic=99999999") == {"With me", "Long ago", "Nobody has it"}
    assert (mine.owner, loose.owner) == (worker, None)


def test_issues_list_asks_the_same_for_one_three_and_fifty(client, worker):
    counts = []
    for more in (1, 2, 47):
        for _ in range(more):
            make.make_tabled(by=verbs_by(worker), voices=[])
        counts.append(len(asked(client, "/issues/")))
    assert len(set(counts)) == 1, asked(client, "/issues/")
    assert counts[0] <= 5 + 4, asked(client, "/issues/")


def verbs_by(post):
    """The person of a post, as verbs want them."""
    from tests.factories.people import act

    return act(post)


def test_issues_list_shows_nothing_to_those_without_a_part(client):
    make.make_issue(title="Something")
    sign_in(client, make_post("administrator"))
    assert "Something" not in html(client.get("/issues/"))


# ------------------------------------------------------------------ one issue


@pytest.mark.parametrize("state", MADE)
def test_issue_page_in_every_state(client, worker, state):
    issue = getattr(make, f"make_{state}")(voices=[make_public_voice(**OPEN_WORDS)])
    page = html(client.get(f"/issues/{issue.pk}/"))
    assert "The bus never comes" in page
    assert issue.wording in page
    public = html(client.get(f"/you-said-we-did/{issue.pk}/"))
    assert "The bus never comes" in public


def test_issue_page_asks_the_same_however_long_the_thread(client, worker):
    by = verbs_by(worker)
    issue = make.make_routed(by=by)
    short = len(asked(client, f"/issues/{issue.pk}/"))
    verbs.group_voices(issue=issue, voices=[make_read_voice() for _ in range(5)], by=by)
    for n in range(4):
        verbs.tell_step(issue=issue, kind="update", text=f"News {n}", by=by)
        verbs.ask_question(issue=issue, text=f"Which {n}?", by=by)
    assert len(asked(client, f"/issues/{issue.pk}/")) == short
    assert short <= 5 + 4


def test_issue_page_shows_words_as_far_as_each_may_read(client):
    issue = make.make_issue(voices=[make_read_voice(words="I wait with Sam")])
    verbs.read_voice(
        voice=issue.voices.get(),
        public_words="I wait with ███",
        by=verbs_by(make_post("participation_worker")),
    )
    sign_in(client, make_post("participation_worker"))
    assert "I wait with Sam" in html(client.get(f"/issues/{issue.pk}/"))
    other = Client()
    sign_in(other, make_post("practitioner"))
    assert "I wait with" not in html(other.get(f"/issues/{issue.pk}/"))
    owner = make_post("officer")
    verbs.route_issue(
        issue=issue, to="officer", owner=owner, by=verbs_by(make_post("participation_worker"))
    )
    held = Client()
    sign_in(held, owner)
    page = html(held.get(f"/issues/{issue.pk}/"))
    assert "I wait with ███" in page
    assert "Sam" not in page


def test_issue_page_marks_words_taken_back(client, worker):
    voice = make_read_voice(words="Secret of mine")
    issue = make.make_issue(voices=[voice, make_read_voice()])
    verbs.take_back_voice(voice=voice)
    page = html(client.get(f"/issues/{issue.pk}/"))
    assert "[words taken back]" in page
    assert "Secret of mine" not in page


def test_issue_page_names_private_groups_only_to_those_who_run_them(client):
    group = make.make_group(name="Children in Care Council", meets_in_private=True)
    issue = make.make_issue(voices=[make_public_voice(body=group)], raised_at_body=group)
    sign_in(client, make_post("practitioner"))
    assert "Children in Care" not in html(client.get(f"/issues/{issue.pk}/"))
    assert "Children in Care" not in html(client.get(f"/you-said-we-did/{issue.pk}/"))
    assert "Children in Care" not in html(client.get("/you-said-we-did/"))
    worker = Client()
    sign_in(worker, make_post("participation_worker"))
    assert "Children in Care" in html(worker.get(f"/issues/{issue.pk}/"))


def test_issue_page_leads_others_to_the_public_thread(client):
    shown, hidden = make.make_issue(), make.make_issue(is_public=False)
    assert client.get(f"/issues/{shown.pk}/").url == f"/you-said-we-did/{shown.pk}/"
    assert client.get(f"/issues/{hidden.pk}/").url.startswith("/sign-in/")
    assert client.get("/issues/999999/").url.startswith("/sign-in/")
    sign_in(client, make_post("administrator"))
    assert client.get(f"/issues/{shown.pk}/").url == f"/you-said-we-did/{shown.pk}/"
    gone = client.get(f"/issues/{hidden.pk}/")
    never = client.get("/issues/999999/")
    assert (gone.status_code, never.status_code) == (404, 404)


def test_issue_page_leads_to_meeting_decision_and_action(client, worker):
    meeting = make_meeting(body=make_body())
    issue = make.make_tabled(meeting=meeting)
    assert f"/meetings/{meeting.pk}/" in html(client.get(f"/issues/{issue.pk}/"))
    promised = make.make_promised()
    assert f"/actions/{promised.reply.promise_id}/" in html(client.get(f"/issues/{promised.pk}/"))


def test_a_board_member_reads_and_finds_no_button(client):
    issue = make.make_routed()
    sign_in(client, make_appointment().post)
    page = html(client.get(f"/issues/{issue.pk}/"))
    assert issue.title in page
    assert "What you can do" not in page


# ------------------------------------------------------------------ deeds


@pytest.mark.parametrize("deed", PAGES)
def test_deed_pages_open_for_the_worker(client, worker, deed):
    issue = make.make_routed()
    make_meeting()
    make_read_voice()
    assert client.get(f"/issues/{issue.pk}/{deed}/").status_code == 200


@pytest.mark.parametrize("deed", [*PAGES, "judge", "finish", "happened"])
def test_deed_pages_refuse_those_who_may_only_look(client, deed):
    issue = make.make_promised()
    sign_in(client, make_post("practitioner"))
    for ask in (client.get, client.post):
        assert ask(f"/issues/{issue.pk}/{deed}/").status_code == 403
        assert ask(f"/issues/99999/{deed}/").status_code == 404
    assert make.anew(issue).state == states.PROMISED


def test_every_deed_by_its_page(client, worker):
    voice, more = make_read_voice(), make_read_voice()
    page = client.post("/issues/raise/", {
        "title": "Buses at four", "wording": "Let a bus come at four.", "voices": [voice.pk],
        "is_public": "on",
    })  # fmt: skip
    issue = Issue.objects.get()
    assert page.url == f"/issues/{issue.pk}/"
    owner, meeting, group = make_post("officer"), make_meeting(), make.make_group()

    def does(page, **typed):
        answer = client.post(f"/issues/{issue.pk}/{page}/", typed)
        assert answer.status_code == 302, html(answer)

    does("group", voices=[more.pk])
    does("route", to="officer", owner=owner.pk)
    does("ask", text="Which stop?")
    does("reword", title="A bus at four", wording="Let one come at four.")
    does("table", meeting=meeting.pk, plain="Home by five")
    does("tell", kind="piloted", text="One week in June")
    day = clock.today() + timedelta(days=40)
    does("reply", deed="send", kind="reply", said="You wait.", decided="Yes.", why="It is cold.",
         next="A bus.", by_when=day.isoformat(), promise_what="A bus", promise_owner=owner.pk,
         who="Olive")  # fmt: skip
    does("judge", body=group.pk, fair="9", not_fair="0", not_said="1")
    for one in (voice, more):
        verbs.judge_reply(issue=make.anew(issue), voice=one, verdict="fair")
    make.keep_promise(make.anew(issue))
    does("finish", dropped_why="")
    does("happened", body=group.pk, answer="yes")
    assert make.anew(issue).state == states.CLOSED
    other = make.make_issue()
    gone = client.post(f"/issues/{other.pk}/withdraw/", {"withdrawn_by": "They", "why": "Mended"})
    assert gone.status_code == 302
    assert make.anew(other).state == states.WITHDRAWN


@pytest.mark.parametrize(
    ("deed", "typed", "cure"),
    [
        ("route", {"to": "officer"}, "Choose the person who answers"),
        ("route", {"to": "board"}, "Choose the board"),
        ("route", {}, "Choose who can answer this"),
        ("tell", {"kind": "update"}, "Fill in: Tell those who raised it"),
        ("tell", {"kind": "update", "text": "x", "on": "someday"}, "Enter the date as a day"),
        ("ask", {"text": " "}, "Fill in: What do you want to ask them?"),
        ("withdraw", {"why": "Kept as typed"}, "Fill in: Who withdraws it?"),
        ("reword", {"title": "\x00", "wording": "x"}, "There is a sign in this"),
    ],
)
def test_deed_pages_say_the_cure_and_keep_what_was_typed(client, worker, deed, typed, cure):
    issue = make.make_routed()
    make_meeting()
    page = client.post(f"/issues/{issue.pk}/{deed}/", typed)
    assert page.status_code == 422
    assert cure in html(page)
    if "Kept as typed" in typed.values():
        assert "Kept as typed" in html(page)


def test_what_hinders_is_said_in_the_page(client, worker):
    issue = make.make_reopened()
    page = client.post(f"/issues/{issue.pk}/route/", {"to": "board", "body": make_body().pk})
    assert page.status_code == 422
    first = issue.first_owner
    page = client.post(f"/issues/{issue.pk}/route/", {"to": "officer", "owner": first.pk})
    assert page.status_code == 422
    assert make.anew(issue).state == states.REOPENED


def test_a_deed_that_somebody_did_first_says_so_kindly(client, worker):
    issue = make.make_promised()
    make.keep_promise(issue)
    assert client.post(f"/issues/{issue.pk}/finish/", {}).status_code == 302
    twice = client.post(f"/issues/{issue.pk}/finish/", {})
    assert twice.status_code == 409
    assert f"/issues/{issue.pk}/" in html(twice)


def test_a_step_may_name_its_meeting_and_leads_there(client, worker):
    issue = make.make_tabled(by=verbs_by(worker))
    meeting = issue.tabling.item.meeting
    page = html(client.get(f"/issues/{issue.pk}/tell/"))
    assert f'<option value="{meeting.pk}"' in page
    told = {"kind": "presented", "text": "Two of you spoke to it.", "meeting": meeting.pk}
    assert client.post(f"/issues/{issue.pk}/tell/", told).status_code == 302
    assert issue.steps.get().meeting == meeting
    shown = html(client.get(f"/issues/{issue.pk}/"))
    assert shown.count(f'href="/meetings/{meeting.pk}/"') == 2
    elsewhere = make_meeting(on=clock.today() + timedelta(days=3))
    told |= {"meeting": elsewhere.pk, "once": "0b5e2a6e-4f62-4c5c-9df1-6f1c2a4f7d12"}
    assert client.post(f"/issues/{issue.pk}/tell/", told).status_code == 422


def test_an_answer_from_old_papers_waits_for_nobody(client, worker):
    by = verbs_by(worker)
    issue = make.make_issue(by=by, voices=[], source="from public minutes", is_public=True)
    verbs.route_issue(
        issue=issue, to="outside", outside="The Council", by=by, source="from public minutes"
    )
    verbs.reply_to_issue(
        issue=issue, said="Buses", decided="More buses", why="Asked", who="The Council",
        by=by, source="from public minutes", on=date(2014, 4, 3),
    )  # fmt: skip
    for path in ("/issues/?show=all", f"/issues/{issue.pk}/"):
        page = html(client.get(path))
        assert "Nobody was asked if it is fair" in page
        assert "Waiting to hear" not in page
