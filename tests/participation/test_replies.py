"""Replies: written so that they can be read, seen by a second person, sent, promised, finished."""

import threading
import uuid
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from saidanddone.audit.models import Line
from saidanddone.core import clock, workdays
from saidanddone.core.access import Refused
from saidanddone.core.lifecycle import Moved
from saidanddone.governance.models import Action, AgendaItem
from saidanddone.mail.models import Letter
from saidanddone.participation import states, verbs
from saidanddone.participation.models import Issue, Judgement, Reply
from tests.factories import issues as make
from tests.factories.issues import ANSWER
from tests.factories.participation import make_read_voice
from tests.factories.people import act, acting, make_post
from tests.factories.reference import make_partnership

HARD = "The multi-agency partnership will undertake an evaluation of commissioning arrangements."


def lines(subject):
    """The verbs that the audit holds of it, in order."""
    reference = f"{subject._meta.label_lower}:{subject.pk}"
    return list(
        Line.objects.filter(subject=reference).order_by("pk").values_list("verb", flat=True)
    )


def letters(kind):
    """To whom letters of this kind went."""
    return sorted(Letter.objects.filter(wording__kind=kind).values_list("address", flat=True))


def answer(issue, by=None, **over):
    """The owner's plain answer."""
    return verbs.reply_to_issue(issue=issue, by=by or act(issue.owner), **ANSWER | over)


pytestmark = pytest.mark.django_db


@pytest.fixture
def worker():
    return acting("participation_worker")


def test_reply_to_issue_answers_and_tells_without_a_word_of_it():
    worker_of = make_post("practitioner")
    voices = [make_read_voice(hear_by_email="a@place.example"),
              make_read_voice(hear_by_email="A@place.example"),
              make_read_voice(worker=worker_of)]  # fmt: skip
    issue = make.make_routed(voices=voices)
    reply = answer(issue)
    assert (issue.state, issue.reply, issue.answered_on) == (states.REPLIED, reply, clock.today())
    assert (reply.author, reply.state, reply.on) == (issue.owner, states.SENT, clock.today())
    assert reply.judge_by == workdays.add(clock.today(), 20)
    assert lines(issue)[-1] == "reply_to_issue"
    assert letters("there_is_an_answer") == ["a@place.example"]
    assert letters("tell_them_the_answer") == [worker_of.user.email]
    for letter in Letter.objects.filter(wording__kind__in=["there_is_an_answer"]):
        assert "bus" not in letter.wording.text.lower()


@pytest.mark.parametrize("roles", [("officer",), ("clerk",), ("practitioner",), ("administrator",)])
def test_reply_to_issue_refuses_others(roles):
    issue = make.make_routed()
    with pytest.raises(Refused):
        answer(issue, by=acting(*roles))
    assert make.anew(issue).state == states.ROUTED
    assert Reply.objects.count() == 0


def test_reply_to_issue_needs_somebody_who_has_it(worker):
    with pytest.raises(Refused):
        answer(make.make_issue(by=worker), by=worker)


def test_a_participation_worker_may_answer_for_the_owner(worker):
    issue = make.make_routed(by=worker)
    reply = answer(issue, by=worker)
    assert (reply.by, reply.author) == (worker, issue.owner)


def test_a_promise_is_an_action_of_its_owner():
    issue, other = make.make_routed(), make_post("officer")
    day = clock.today() + timedelta(days=20)
    reply = answer(issue, promise_what="A new bus", promise_owner=other, by_when=day)
    action = reply.promise
    assert (action.what, action.owner, action.due_on) == ("A new bus", other, day)
    assert (action.origin_path, action.item, action.restricted) == (
        f"/issues/{issue.pk}/",
        None,
        False,
    )


def test_a_promise_of_an_owner_who_is_no_officer_is_kept_too():
    head = make_post("councillor")
    issue = make.make_routed(owner=head)
    day = clock.today() + timedelta(days=20)
    reply = answer(issue, promise_what="Ask again", promise_owner=head, by_when=day)
    assert reply.promise.owner == head


def test_a_promise_without_owner_or_day_is_refused_by_the_database():
    issue = make.make_routed()
    with pytest.raises(IntegrityError), transaction.atomic():
        answer(issue, promise_what="A new bus")


def test_refuse_issue_is_a_reply_that_is_judged():
    issue = make.make_routed()
    reply = verbs.refuse_issue(
        issue=issue, said="You want a bus.", why="There is no money.", who="Olive",
        by=act(issue.owner),
    )  # fmt: skip
    assert (reply.kind, reply.decided) == ("refusal", "We can’t do this.")
    assert issue.state == states.REPLIED
    assert lines(issue)[-1] == "refuse_issue"


def test_refuse_issue_even_before_anybody_has_it(worker):
    issue = make.make_issue(by=worker)
    verbs.refuse_issue(issue=issue, said="x", why="No money.", who="Olive", by=worker)
    assert issue.state == states.REPLIED


# ------------------------------------------------------------------ how it reads


def test_a_reply_that_is_hard_to_read_needs_a_reason():
    issue = make.make_routed()
    with pytest.raises(verbs.Hindered, match="reads like a text for age"):
        answer(issue, decided=HARD)
    assert make.anew(issue).state == states.ROUTED
    reply = answer(issue, decided=HARD, above_age_why="The law's own words")
    assert reply.above_age_why == "The law's own words"
    assert reply.reading_age > 9


def test_the_reading_age_is_the_partnerships_own():
    make_partnership(reading_age=25)
    assert answer(make.make_routed(), decided=HARD).state == states.SENT


# ------------------------------------------------------------------ drafts


def test_a_draft_is_kept_changed_and_sent_by_somebody_else(worker):
    make_partnership(second_reader=True)
    issue = make.make_routed()
    owner = act(issue.owner)
    draft = answer(issue, by=owner)
    assert (draft.state, make.anew(issue).state) == (states.DRAFT, states.ROUTED)
    assert letters("there_is_an_answer") == []
    with pytest.raises(Refused):
        verbs.send_reply(reply=draft, by=owner)
    sent = verbs.send_reply(reply=Reply.objects.get(pk=draft.pk), by=worker)
    assert (sent.state, sent.second_reader, sent.by) == (states.SENT, worker, owner)
    assert make.anew(issue).state == states.REPLIED
    assert lines(draft) == ["draft_reply", "send_reply"]
    assert lines(issue)[-1] == "reply_to_issue"


def test_a_second_reader_who_changes_it_is_its_writer(worker):
    make_partnership(second_reader=True)
    issue = make.make_routed()
    draft = answer(issue)
    changed = verbs.change_reply(reply=draft, version=1, by=worker, **ANSWER | {"why": "Really."})
    assert (changed.version, changed.why, changed.by) == (2, "Really.", worker)
    with pytest.raises(Refused):
        verbs.send_reply(reply=changed, by=worker)
    assert verbs.send_reply(reply=changed, by=act(issue.owner)).state == states.SENT


def test_change_reply_on_an_older_version_is_told_so(worker):
    issue = make.make_routed()
    draft = answer(issue, keep_as_draft=True)
    first, second = Reply.objects.get(pk=draft.pk), Reply.objects.get(pk=draft.pk)
    verbs.change_reply(reply=first, version=1, by=worker, **ANSWER)
    with pytest.raises(Moved):
        verbs.change_reply(reply=second, version=1, by=worker, **ANSWER)


def test_a_hard_draft_may_be_kept_but_not_sent():
    issue = make.make_routed()
    draft = answer(issue, decided=HARD, keep_as_draft=True)
    with pytest.raises(verbs.Hindered):
        verbs.send_reply(reply=draft, by=act(issue.owner))
    assert Reply.objects.get(pk=draft.pk).state == states.DRAFT


def test_an_answer_takes_over_the_draft_that_waits():
    issue = make.make_routed()
    draft = answer(issue, keep_as_draft=True)
    sent = answer(issue, why="It is cold.")
    assert (sent.pk, sent.why, Reply.objects.count()) == (draft.pk, "It is cold.", 1)


def test_a_sent_reply_is_changed_no_more(worker):
    issue = make.make_replied()
    with pytest.raises(Refused):
        verbs.change_reply(reply=issue.reply, version=1, by=worker, **ANSWER)
    with pytest.raises(Refused):
        verbs.send_reply(reply=issue.reply, by=worker)


# ------------------------------------------------------------------ twice, and two at once


def test_the_same_form_twice_is_one_reply():
    issue, once = make.make_routed(), uuid.uuid4()
    first = answer(issue, once=once)
    assert answer(make.anew(issue), once=once) == first
    assert letters("there_is_an_answer") == []
    assert Reply.objects.count() == 1


def test_of_two_answers_one_gets_through(worker):
    issue = make.make_routed()
    stale = make.anew(issue)
    answer(issue)
    with pytest.raises(Moved):
        answer(stale, by=worker, why="Another reason.")
    assert Reply.objects.get().why == ANSWER["why"]


def at_once(issue, *deeds):
    """Each deed in a thread of its own on its own copy of the issue; how each ended."""
    barrier, ended = threading.Barrier(len(deeds)), []

    def press(deed):
        mine = Issue.objects.get(pk=issue.pk)
        barrier.wait()
        try:
            ended.append(deed(mine))
        except Moved:
            ended.append("moved")
        finally:
            connection.close()

    presses = [threading.Thread(target=press, args=[deed]) for deed in deeds]
    for one in presses:
        one.start()
    for one in presses:
        one.join()
    return ended


@pytest.mark.django_db(transaction=True)
def test_two_people_answering_at_once_leave_one_answer():
    issue = make.make_routed()
    owner, worker = act(issue.owner), acting("participation_worker")
    ended = at_once(
        issue, lambda mine: answer(mine, by=owner).why, lambda mine: answer(mine, by=worker).why
    )
    assert sorted(ended) == sorted([ANSWER["why"], "moved"])
    assert Reply.objects.filter(state=states.SENT).count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_button_pressed_twice_at_once_is_one_deed():
    issue, once = make.make_routed(), uuid.uuid4()
    owner = act(issue.owner)
    press = [lambda mine: answer(mine, by=owner, once=once).pk] * 3
    assert len(set(at_once(issue, *press))) == 1
    voice = issue.voices.get()
    judge = [lambda mine: verbs.judge_reply(issue=mine, voice=voice, verdict="fair").pk] * 3
    assert len(set(at_once(issue, *judge))) == 1
    assert Judgement.objects.count() == 1


# ------------------------------------------------------------------ back to those who raised it


def test_an_answer_goes_back_to_the_group_that_raised_it():
    group = make.make_group()
    issue = make.make_routed(raised_at_body=group, voices=[])
    answer(issue)
    item = AgendaItem.objects.get(body=group)
    assert item.title.startswith("What became of what we raised")
    assert (item.state, item.origin_path) == ("proposed", f"/issues/{issue.pk}/")
    assert ANSWER["decided"] in item.wording


def test_an_answer_to_a_group_that_has_ended_goes_out_all_the_same():
    group = make.make_group(ends_on=date(2020, 1, 1))
    issue = make.make_routed(raised_at_body=group, voices=[])
    answer(issue)
    assert issue.state == states.REPLIED
    assert AgendaItem.objects.filter(body=group).count() == 0


# ------------------------------------------------------------------ finishing


def test_finish_issue_when_the_promise_is_kept(worker):
    voice = make_read_voice(hear_by_email="a@place.example")
    issue = make.make_promised(voices=[voice])
    with pytest.raises(verbs.Hindered, match="not done yet"):
        verbs.finish_issue(issue=issue, by=worker)
    make.keep_promise(issue)
    with clock.stand_at(clock.now() + timedelta(days=2)):  # one letter a day to such an address
        verbs.finish_issue(issue=issue, by=worker)
    assert (issue.state, issue.closed_at is not None) == (states.CLOSED, True)
    assert letters("did_it_happen") == ["a@place.example"]
    assert lines(issue)[-1] == "finish_issue"


def test_finish_issue_drops_the_promise_with_the_reason_told(worker):
    issue = make.make_promised()
    verbs.finish_issue(issue=issue, by=worker, dropped_why="The money went elsewhere.")
    stored = make.anew(issue)
    assert (stored.state, stored.dropped_why) == (states.CLOSED, "The money went elsewhere.")
    action = Action.objects.get(pk=stored.reply.promise_id)
    assert (action.state, action.dropped_why) == ("dropped", "The money went elsewhere.")


def test_finish_issue_takes_the_reason_of_a_dropped_action(worker):
    issue = make.make_promised()
    Action.objects.update(state="dropped", dropped_why="No money", ended_at=clock.now())
    verbs.finish_issue(issue=make.anew(issue), by=worker)
    assert make.anew(issue).dropped_why == "No money"


def test_finish_issue_by_its_owner_even_if_somebody_else_promised():
    other = make_post("officer")
    issue = make.make_routed()
    day = clock.today() + timedelta(days=3)
    answer(issue, promise_what="It", promise_owner=other, by_when=day)
    for voice in verbs.silent_voices(issue):
        verbs.judge_reply(issue=issue, voice=voice, verdict="fair")
    verbs.finish_issue(issue=issue, by=act(issue.owner), dropped_why="No money")
    assert issue.state == states.CLOSED


@pytest.mark.parametrize("roles", [("officer",), ("clerk",), ("administrator",)])
def test_finish_issue_refuses_others(roles):
    issue = make.make_promised()
    make.keep_promise(issue)
    with pytest.raises(Refused):
        verbs.finish_issue(issue=issue, by=acting(*roles))


# ------------------------------------------------------------------ old papers


def test_an_answer_from_old_papers_has_its_source_and_tells_nobody(worker):
    issue = make.make_issue(
        by=worker, voices=[], source="from public minutes", on=date(2023, 9, 27)
    )
    verbs.route_issue(issue=issue, to="council", outside="Full Council", by=worker,
                      source="from public minutes", on=date(2023, 10, 1))  # fmt: skip
    reply = verbs.reply_to_issue(
        issue=issue, by=worker, said="", decided=HARD, why="", who="The Council",
        source="from public minutes", on=date(2023, 11, 28),
    )  # fmt: skip
    assert (reply.at, reply.by, reply.sent_at, reply.judge_by) == (None, None, None, None)
    assert (reply.on, issue.answered_on) == (date(2023, 11, 28), date(2023, 11, 28))
    assert issue.state == states.REPLIED
    assert Letter.objects.count() == 0
