"""You said, we did: what everybody reads, honest numbers, and what nobody can find out."""

import re
import statistics
from datetime import date, timedelta
from xml.etree import ElementTree as ET

import pytest
from django.core.cache import caches
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from saidanddone.core import clock
from saidanddone.participation import counts, verbs
from saidanddone.participation.models import Issue, Judgement, Reply
from tests.factories import issues as make
from tests.factories.governance import make_body, make_meeting
from tests.factories.participation import make_place, make_public_voice, make_read_voice
from tests.factories.people import act, acting, make_post, make_user, sign_in
from tests.factories.reference import make_age_band, make_area, make_topic

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
MADE = ["issue", "routed", "tabled", "replied", "promised", "closed", "reopened", "withdrawn"]


def html(client, path="/you-said-we-did/"):
    """The page, in words, fresh."""
    caches["pages"].clear()
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def asked(client, path):
    """What a fresh page asks the database."""
    html(client, path)
    caches["pages"].clear()
    with CaptureQueriesContext(connection) as found:
        client.get(path)
    passing = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")
    # Asked once in a while by every page alike: settings, and that the session is still in use.
    now_and_then = ("reference_partnership", 'UPDATE "people_session"')
    return [
        q["sql"]
        for q in found
        if not q["sql"].startswith(passing) and not any(part in q["sql"] for part in now_and_then)
    ]


# ------------------------------------------------------------------ what stands there


def test_wall_is_empty_and_says_what_to_do(client):
    page = html(client)
    assert "Nobody has asked for anything yet" in page
    assert "/tell-us/" in page


@pytest.mark.parametrize("state", MADE)
def test_wall_tells_each_state(client, state):
    voice = make_public_voice(words="The bus is late again")
    issue = getattr(make, f"make_{state}")(voices=[voice])
    page = html(client)
    told = {
        "issue": "Not answered yet", "routed": "Not answered yet", "tabled": "Not answered yet",
        "replied": "We answered", "promised": "We are doing it", "closed": "We answered",
        "reopened": "We are looking again", "withdrawn": "Withdrawn",
    }[state]  # fmt: skip
    assert told in page
    assert "The bus is late again" in page
    assert f"/you-said-we-did/{issue.pk}/" in page


def test_wall_says_what_those_who_raised_it_said(client):
    make.make_closed(voices=[make_public_voice()])
    assert "They said: fair" in html(client)
    make.make_reopened(voices=[make_public_voice()])
    assert "They said: not fair. Looking again" in html(client)
    again = make.make_reopened()
    voice = again.voices.get()
    worker = acting("participation_worker")
    verbs.route_issue(issue=again, to="officer", owner=make_post("officer"), by=worker)
    verbs.reply_to_issue(issue=again, by=act(again.owner), **make.ANSWER)
    verbs.judge_reply(issue=again, voice=voice, verdict="not_fair", because="Still cold")
    page = html(client, f"/you-said-we-did/{again.pk}/")
    assert "They said: not fair" in page
    assert "Still cold" not in page  # nobody has read these words yet


def test_wall_says_that_it_did_not_happen(client):
    issue = make.make_closed()
    verbs.say_if_it_happened(issue=issue, voice=issue.voices.get(), answer="no")
    assert "it did not all happen" in html(client)


def test_late_answers_grow_older_in_public(client):
    issue = make.make_routed(voices=[make_public_voice(on=clock.today() - timedelta(days=90))])
    Issue.objects.update(answer_due=clock.today() - timedelta(days=12))
    page = html(client)
    assert "Day 91." in page
    assert "No answer yet: late" in page
    assert "12 days ago" in html(client, f"/you-said-we-did/{issue.pk}/")
    with clock.stand_at(clock.now() + timedelta(days=1)):
        assert "Day 92." in html(client)


def test_wall_shows_only_words_that_may_stand_there(client):
    published = make_public_voice(words="Published words")
    read = make_read_voice(words="Only for those who help")
    issue = make.make_issue(voices=[published, read])
    for path in ("/you-said-we-did/", f"/you-said-we-did/{issue.pk}/"):
        assert "Published words" in html(client, path)
        assert "Only for those who help" not in html(client, path)


def test_words_taken_back_are_gone_from_the_wall(client):
    voice = make_public_voice(words="Once mine")
    issue = make.make_issue(voices=[voice, make_public_voice(words="Still there")])
    verbs.take_back_voice(voice=voice)
    page = html(client, f"/you-said-we-did/{issue.pk}/")
    assert "[words taken back]" in page
    assert "Once mine" not in page + html(client)
    assert "Still there" in html(client)


def test_held_words_take_their_issue_out_of_sight(client):
    make_place()
    voice = make_public_voice(words="Now held")
    issue = make.make_issue(voices=[voice], title="About the bus")
    verbs.hold_voice(voice=voice, why="reader", by=acting("participation_worker"))
    page = html(client)
    assert "Now held" not in page
    assert "About the bus" not in page
    assert client.get(f"/you-said-we-did/{issue.pk}/").status_code == 404
    assert counts.year_of_issues().raised == 0


def test_what_is_not_public_is_not_there(client):
    issue = make.make_issue(title="Not for all", is_public=False)
    assert "Not for all" not in html(client)
    assert client.get(f"/you-said-we-did/{issue.pk}/").status_code == 404
    assert "Not for all" not in html(client, "/you-said-we-did/feed/")


@pytest.mark.parametrize(
    "path", ["/you-said-we-did/", "/you-said-we-did/{}/", "/you-said-we-did/feed/"]
)
def test_groups_that_meet_in_private_are_never_named(client, path):
    group = make.make_group(name="Care Leavers’ Forum", meets_in_private=True)
    worker = acting("participation_worker")
    issue = make.make_tabled(
        voices=[make_public_voice(body=group)],
        raised_at_body=group,
        meeting=make_meeting(body=group),
    )
    verbs.reply_to_issue(issue=issue, by=act(issue.owner), **make.ANSWER)
    verbs.judge_reply_as_group(issue=issue, body=group, fair=7, by=worker)
    other = make.make_issue(voices=[make_public_voice(body=group)])
    verbs.route_issue(issue=other, to="board", body=group, by=worker)
    for one in (issue, other):
        assert "Care Leavers" not in html(client, path.format(one.pk))


def test_a_speaker_may_name_the_group(client):
    group = make.make_group(name="Care Leavers’ Forum", meets_in_private=True)
    make.make_issue(voices=[make_public_voice(body=group, source_may_be_named=True)])
    assert "Care Leavers’ Forum" in html(client)


def test_wall_narrows_by_topic_area_age_and_state(client):
    topic, area, band = make_topic(), make_area(), make_age_band()
    make.make_issue(title="One", topic=topic, area=area, age_band=band, voices=[])
    make.make_replied(title="Two", topic=make_topic(), voices=[])
    make.make_closed(title="Three")

    def titles(query):
        page = html(client, f"/you-said-we-did/?{query}")
        return {title for title in ("One", "Two", "Three") if f">{title}</a>" in page}

    assert titles("") == {"One", "Two", "Three"}
    assert titles(f"topic={topic.code}") == {"One"}
    assert titles(f"area={area.code}") == {"One"}
    assert titles(f"age={band.code}") == {"One"}
    assert titles("show=waiting") == {"One"}
    assert titles("show=doing") == {"Two"}
    assert titles("show=done") == {"Three"}
    assert titles("show=nonsense&topic=none&page=99") == {"One", "Two", "Three"}
    assert "Nothing like this yet" in html(
        client, f"/you-said-we-did/?topic={topic.code}&show=done"
    )


def test_an_area_filter_finds_nobody_in_a_small_place(client):
    borough = make_area()
    town, topic = make_area(parent=borough), make_topic()
    make.make_issue(title="Alone", voices=[make_public_voice(area=town, topic=topic)])
    assert ">Alone</a>" not in html(client, f"/you-said-we-did/?area={town.code}")
    assert ">Alone</a>" in html(client, f"/you-said-we-did/?area={borough.code}")
    assert town.name not in html(client).split("</form>")[-1]


def test_workers_issues_say_so(client):
    make.make_issue(voices=[make_read_voice(speaker="worker")])
    assert "Workers said" in html(client)
    assert counts.year_of_issues().raised == 0


# ------------------------------------------------------------------ what it costs


def test_wall_asks_the_same_for_one_three_and_fifty(client):
    by = acting("participation_worker")
    costs = []
    for more in (1, 2, 47):
        for n in range(more):
            make.make_routed(by=by, voices=[make_public_voice()] if n < 3 else [])
        costs.append(len(asked(client, "/you-said-we-did/")))
    assert len(set(costs)) == 1
    assert costs[0] <= 5, asked(client, "/you-said-we-did/")


def test_wall_issue_asks_the_same_however_long(client):
    by = acting("participation_worker")
    issue = make.make_routed(by=by, voices=[make_public_voice()])
    path = f"/you-said-we-did/{issue.pk}/"
    short = len(asked(client, path))
    for n in range(5):
        verbs.tell_step(issue=issue, kind="update", text=f"News {n}", by=by)
    verbs.group_voices(issue=issue, voices=[make_public_voice() for _ in range(4)], by=by)
    assert len(asked(client, path)) == short <= 5


def test_wall_is_the_same_for_everybody_and_holds_no_token(client):
    make.make_replied(voices=[make_public_voice()])
    page = html(client)
    assert "csrf" not in page
    assert "nonce" not in page
    kept = client.get("/you-said-we-did/")
    assert "public" in kept["Cache-Control"]
    assert "Set-Cookie" not in kept
    signed_in = sign_in(type(client)(), make_post("officer"))
    assert "no-store" in signed_in.get("/you-said-we-did/")["Cache-Control"]


# ------------------------------------------------------------------ numbers


def an_issue(said_on, answered_on=None, due=None):
    """An issue as the numbers see it, without its way there."""
    by = make_user()
    made = Issue.objects.create(
        title="x", wording="x", said_on=said_on, answered_on=answered_on, answer_due=due,
        at=clock.now(), by=by, on=said_on,
    )  # fmt: skip
    if answered_on:
        reply = Reply.objects.create(
            issue=made, said="x", decided="x", why="x", who="x", state="sent", on=answered_on,
            at=clock.now(), by=by,
        )  # fmt: skip
        Issue.objects.filter(pk=made.pk).update(reply=reply, state="replied")
    return made


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=some.lists(some.integers(0, 300), max_size=25), waiting=some.integers(0, 4))
def test_the_median_is_the_median_of_all_answers_given(db, days, waiting):
    last = date(2025, 12, 31)
    with transaction.atomic():
        for took in days:
            an_issue(last - timedelta(days=took), last)
        for _ in range(waiting):
            an_issue(last, due=last)
        found = counts.year_of_issues(2025)
        transaction.set_rollback(True)
    assert found.median == (statistics.median(days) if days else None)
    assert (found.replies, found.waiting) == (len(days), waiting)


def test_the_numbers_of_a_year_are_honest():
    today = clock.today()
    new_year = date(today.year, 1, 1)
    an_issue(new_year, new_year + timedelta(days=10))
    an_issue(new_year - timedelta(days=30), new_year)
    an_issue(new_year, due=today - timedelta(days=1))
    an_issue(today, due=today + timedelta(days=1))
    an_issue(date(2010, 1, 1))  # old papers: nobody owes an answer any more
    found = counts.year_of_issues()
    assert found._asdict() == {
        "year": today.year, "raised": 3, "answered": 1, "waiting": 2, "late": 1, "replies": 2,
        "oldest": (today - new_year).days, "median": 20.0,
    }  # fmt: skip


def test_a_day_known_only_by_its_season_counts_in_no_median():
    issue = an_issue(clock.today(), clock.today())
    Issue.objects.filter(pk=issue.pk).update(said_precision="season")
    assert counts.year_of_issues().median is None


NUMBERS = some.dictionaries(
    some.sampled_from(["fair", "not_fair", "not_said", "other"]), some.integers(0, 30), min_size=1
)


@given(NUMBERS)
def test_no_small_number_is_shown_nor_can_be_reckoned(given_counts):
    shown = counts.hide_small(given_counts)
    hidden = [name for name, number in shown.items() if number is None]
    assert all(number not in range(1, 5) for number in shown.values())
    assert all(shown[name] == number for name, number in given_counts.items() if name not in hidden)
    if len(hidden) == 1:
        (alone,) = hidden
        assert all(number == 0 for name, number in given_counts.items() if name != alone)
    if not any(number in range(1, 5) for number in given_counts.values()):
        assert not hidden


def test_fairness_counts_children_and_groups_and_hides_a_few(client):
    group, worker = make.make_group(), acting("participation_worker")
    issue = make.make_replied(voices=[make_read_voice() for _ in range(2)], raised_at_body=group)
    verbs.judge_reply_as_group(issue=issue, body=group, fair=18, not_fair=6, by=worker)
    assert counts.fairness() == (18, 6, 0)
    assert counts.fairness().share == 75
    assert "75 in 100 called the answer fair" in html(client)
    Judgement.objects.update(not_fair=2)
    assert counts.fairness() == (None, None, 0)
    page = html(client)
    assert "in 100" not in page
    assert not re.search(r"\b18\b", page.split("</form>")[0].split("<h1>")[1])


# ------------------------------------------------------------------ the feed


def test_the_feed_carries_answers_and_never_own_words(client, settings):
    settings.SITE_ADDRESS = "https://anyplace.example"
    issue = make.make_replied(
        voices=[make_public_voice(words="Nobody may keep these")], title="Buses <at> four",
        topic=make_topic(name="Getting about"),
    )  # fmt: skip
    make.make_issue(voices=[], title="Later")
    response = client.get("/you-said-we-did/feed/", headers={"host": "evil.example"})
    assert response["Content-Type"].startswith("application/atom+xml")
    text = response.content.decode()
    assert "Nobody may keep these" not in text
    assert "evil.example" not in text
    feed = ET.fromstring(text)
    entries = {e.findtext(f"{ATOM}title"): e for e in feed.findall(f"{ATOM}entry")}
    assert set(entries) == {"Buses <at> four", "Later"}
    entry = entries["Buses <at> four"]
    assert entry.findtext(f"{ATOM}id") == f"https://anyplace.example/you-said-we-did/{issue.pk}/"
    assert make.ANSWER["decided"] in entry.findtext(f"{ATOM}summary")


def test_the_feed_of_nothing_is_a_feed(client):
    assert ET.fromstring(client.get("/you-said-we-did/feed/").content).tag == f"{ATOM}feed"


def test_issues_from_old_papers_stand_on_the_wall_as_they_are(client):
    worker, papers = acting("participation_worker"), {"source": "from public minutes"}
    issue = make.make_issue(by=worker, voices=[], title="Green stops", **papers)
    verbs.route_issue(issue=issue, to="outside", outside="The transport body", by=worker, **papers)
    verbs.tell_step(
        issue=issue, kind="unknown_end", text="Not in what was read", by=worker, **papers
    )
    board = make.make_issue(
        by=worker, voices=[], on=date(2024, 9, 27), precision="season", **papers
    )
    verbs.route_issue(issue=board, to="board", body=make_body(), by=worker, **papers)
    page = html(client)
    assert "What came of it is not known" in page
    assert "autumn 2024" in page
    for one in (issue, board):
        assert "from public minutes" in html(client, f"/you-said-we-did/{one.pk}/")
    assert client.get("/you-said-we-did/feed/").status_code == 200
