"""The thread page: opened with a code, in plain words, and the same for every wrong code."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse

from saidanddone.core import clock
from saidanddone.participation import states, verbs
from saidanddone.participation.models import GroupedVoice, Hold, Issue, Question, Reply, Voice
from saidanddone.participation.models.codes import WORDS, in_address, new_code, tidy
from tests.factories.participation import make_duty, make_place, make_read_voice, make_voice
from tests.factories.people import act, acting, make_post

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def place():
    """A place with its settings."""
    cache.clear()
    return make_place()


def address(voice, name="thread", *more):
    """An address of the thread that the voice's code opens."""
    return reverse(name, args=[in_address(voice.code), *more])


def make_issue(*voices, owner=None, **over):
    """An issue that these voices are part of, with an officer."""
    worker = acting("participation_worker")
    issue = verbs.raise_issue(
        title="A bus we can use", wording="Later buses on Fridays.", voices=voices, by=worker
    )
    owner = owner or make_post("officer")
    verbs.route_issue(issue=issue, to="officer", owner=owner, by=worker)
    return issue


def replied(*voices, **over):
    """The same with its answer sent."""
    owner = make_post("officer")
    issue = make_issue(*voices, owner=owner)
    verbs.reply_to_issue(
        issue=issue, said="You want later buses.", decided="Yes.", why="You are right.",
        next="The bus runs.", who="Ida Example", by=act(owner), above_age_why="names",
        **{"by_when": clock.today() + timedelta(days=30)} | over,
    )  # fmt: skip
    return issue


def test_words_are_512_and_none_is_like_another():
    assert len(set(WORDS)) == 512
    assert tidy(new_code())


@pytest.mark.parametrize(
    "change", [str, str.lower, lambda c: c.replace(" ", "-"), lambda c: f"  {c.title()} ",
               lambda c: c.replace(" ", ""), lambda c: c.replace(" ", " – ")],
)  # fmt: skip
def test_a_code_opens_however_it_is_typed(client, change):
    voice = make_voice()
    sent = client.post(reverse("thread-entry"), {"code": change(voice.code)})
    assert sent.status_code == 302
    page = client.get(sent.url)
    assert page.status_code == 200
    assert "The bus is always late." in page.content.decode()


def test_the_page_is_kept_nowhere_and_tells_nobody(client):
    page = client.get(address(make_voice()))
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert not page.cookies


def test_every_wrong_code_gets_the_same_answer(client):
    voice, worker = make_voice(by=acting("practitioner")), None
    worker = voice.recorded_by
    worker.acting_for = voice.recorded_for
    worker.strong = True
    verbs.renew_code(voice=voice, by=worker)
    ended = client.get(address(voice))
    never = client.get(reverse("thread", args=["PLUM-7264-OTTER-MAPLE"]))
    nonsense = client.get(reverse("thread", args=["x"]))
    assert ended.status_code == never.status_code == nonsense.status_code == 404
    assert ended.content == never.content == nonsense.content
    assert "We could not open a page with this code" in never.content.decode()


@time_machine.travel("2026-11-23 10:02:00+00:00", tick=False)  # inside one stretch of counting
def test_guessing_ends_and_a_school_is_not_shut_out(client):
    voice = make_voice()
    for _ in range(60):
        assert client.get(reverse("thread", args=["PLUM-7264-OTTER-MAPLE"])).status_code == 404
    assert client.get(reverse("thread", args=["PLUM-7264-OTTER-MAPLE"])).status_code == 429
    assert client.get(address(voice)).status_code == 429
    assert client.get(address(voice), REMOTE_ADDR="192.0.2.7").status_code == 200


@pytest.mark.parametrize("typed", ["", "x" * 100, "\x00", "🐌 1234 🐌", "PLUM", "-" * 79])
def test_what_is_no_code_is_answered_with_a_sentence(client, typed):
    page = client.post(reverse("thread-entry"), {"code": typed})
    assert page.status_code in {404, 422}
    assert "There is something to fix" in page.content.decode()


def test_held_words_say_something_kind_and_true(client):
    make_duty()
    voice = make_voice(words="He hurt me")
    page = client.get(address(voice)).content.decode()
    assert "reads your words first" in page
    hold = Hold.objects.select_related("voice").get()
    lead = act(verbs_post())
    verbs.open_held_voice(hold=hold, by=lead)
    hold.refresh_from_db()
    verbs.hand_voice_on(hold=hold, reason="Rang.", told="Somebody is helping now.", by=lead)
    assert "Somebody is helping now." in client.get(address(voice)).content.decode()


def verbs_post():
    """The post on duty."""
    from saidanddone.participation import permissions

    return permissions.on_duty()[1]


def test_the_thread_tells_who_has_it_and_by_when(client):
    voice = make_read_voice()
    make_issue(voice, owner=make_post("officer", title="Head of buses"))
    page = client.get(address(voice)).content.decode()
    assert "A bus we can use" in page
    assert "has it now" in page
    assert "The answer is due by" in page


def test_an_answer_is_judged_on_the_page_once(client):
    voice = make_read_voice()
    issue = replied(voice)
    page = client.get(address(voice)).content.decode()
    assert "Is this fair?" in page
    empty = client.post(address(voice, "thread-judge", issue.pk), {})
    assert empty.status_code == 422
    assert "Choose one of the three" in empty.content.decode()
    later = client.post(address(voice, "thread-judge", issue.pk), {"fair": "later"})
    assert later.status_code == 302
    bare = client.post(address(voice, "thread-judge", issue.pk), {"fair": "not_fair"})
    assert "Say why it is not fair" in bare.content.decode()
    told = {"fair": "not_fair", "because": "It is one bus."}
    for _ in range(2):
        assert client.post(address(voice, "thread-judge", issue.pk), told).status_code == 302
    issue.refresh_from_db()
    assert issue.state == states.REOPENED
    page = client.get(address(voice)).content.decode()
    assert "It is one bus." in page
    assert "Somebody else looks at it again" in page


def test_a_code_does_nothing_to_other_threads(client):
    mine, theirs = make_read_voice(), make_read_voice()
    issue = replied(theirs)
    told = {"fair": "fair"}
    assert client.post(address(mine, "thread-judge", issue.pk), told).status_code == 404
    assert client.get(address(mine, "thread-reminder", issue.pk)).status_code == 404
    question = Question.objects.create(
        issue=issue, text="Which?", asked_by=acting("participation_worker")
    )
    assert client.post(address(mine, "thread-answer", question.pk), {}).status_code == 404


def test_the_title_is_agreed_or_said_otherwise(client):
    voice = make_read_voice()
    issue = make_issue(voice)
    told = {"agrees": "no", "would_say": "Buses at night"}
    assert client.post(address(voice, "thread-agree", issue.pk), told).status_code == 302
    said = GroupedVoice.objects.get(voice=voice)
    assert (said.agrees, said.would_say) == (False, "Buses at night")
    assert "Buses at night" in client.get(address(voice)).content.decode()


def test_a_question_is_answered_once_as_a_voice_of_its_own(client):
    voice = make_read_voice()
    issue = make_issue(voice)
    question = verbs.ask_question(issue=issue, text="Which bus?", by=acting("participation_worker"))
    assert "Which bus?" in client.get(address(voice)).content.decode()
    told = {"words": "The 98."}
    for _ in range(2):
        client.post(address(voice, "thread-answer", question.pk), told)
    answer = Voice.objects.get(follows=voice)
    assert (answer.words, answer.state) == ("The 98.", states.WAITING)
    assert "The 98." in client.get(address(voice)).content.decode()


def test_words_are_added_and_taken_back(client):
    voice = make_read_voice()
    assert client.get(address(voice, "thread-add")).status_code == 200
    assert client.post(address(voice, "thread-add"), {"words": " "}).status_code in {200, 422}
    client.post(address(voice, "thread-add"), {"words": "And cold."})
    assert "And cold." in client.get(address(voice)).content.decode()
    assert (
        "cannot be called back" in client.get(address(voice, "thread-take-back")).content.decode()
    )
    for _ in range(2):
        assert client.post(address(voice, "thread-take-back")).status_code == 302
    assert "You took your words back" in client.get(address(voice)).content.decode()


def test_the_promised_day_is_saved_without_the_code(client):
    voice = make_read_voice()
    issue = replied(voice)
    made = client.get(address(voice, "thread-reminder", issue.pk))
    assert made.headers["Content-Type"].startswith("text/calendar")
    body = made.content.decode()
    assert "BEGIN:VALARM" in body
    told = " ".join(line.partition(":")[2] for line in body.upper().splitlines())  # not DTSTART
    assert not [word for word in voice.code.split() if word in told]


def test_did_it_happen_is_asked_when_it_is_finished(client):
    voice = make_read_voice()
    issue = replied(voice)
    verbs.judge_reply(issue=issue, voice=voice, verdict="fair")
    issue.refresh_from_db()
    assert issue.state == states.CLOSED
    assert "Did it happen?" in client.get(address(voice)).content.decode()
    told = {"answer": "yes"}
    assert client.post(address(voice, "thread-happened", issue.pk), told).status_code == 302
    assert "You said: yes, it happened" in client.get(address(voice)).content.decode()


def test_a_withdrawn_thread_says_by_whom_and_why(client):
    voice = make_read_voice()
    issue = make_issue(voice)
    verbs.withdraw_issue(
        issue=Issue.objects.get(pk=issue.pk), withdrawn_by="Officers", why="No room.",
        by=acting("participation_worker"),
    )  # fmt: skip
    page = client.get(address(voice)).content.decode()
    assert "Officers: No room." in page


def test_the_page_asks_the_database_a_bounded_number_of_times(
    client, django_assert_max_num_queries
):
    voice = make_read_voice()
    replied(voice, promise_what="Run it", promise_owner=make_post("officer"))
    client.get(address(voice))
    with django_assert_max_num_queries(9):
        client.get(address(voice))
    others = [make_read_voice() for _ in range(3)]
    verbs.group_voices(issue=make_issue(voice), voices=others, by=acting("participation_worker"))
    verbs.add_words(voice=voice, words="More.")
    verbs.add_words(voice=voice, words="Even more.")
    with django_assert_max_num_queries(9):
        page = client.get(address(voice))
    assert Reply.objects.count() == 1
    assert "Even more." in page.content.decode()


def test_words_for_a_worker_who_has_gone_say_so(client):
    post = make_post("practitioner")
    voice = make_voice(by=act(post), readers="my_worker")
    assert "moved on" not in client.get(address(voice)).content.decode()
    post.starts_on = post.ends_on = clock.today() - timedelta(days=1)
    post.save()
    assert "Your worker has moved on" in client.get(address(voice)).content.decode()
