"""Judging: each child's word, a group's count, silence, the second look, and whether it happened."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as some

from saidanddone.audit.models import Line
from saidanddone.core import clock
from saidanddone.core.access import Refused
from saidanddone.governance.models import AgendaItem
from saidanddone.participation import states, verbs
from saidanddone.participation.jobs import issues as jobs
from saidanddone.participation.models import Happened, Judgement, Voice
from saidanddone.participation.verbs.judging import counted
from tests.factories import issues as make
from tests.factories.governance import make_body
from tests.factories.participation import make_place, make_read_voice
from tests.factories.people import act, acting, make_post

pytestmark = pytest.mark.django_db


def lines(subject):
    """The verbs that the audit holds of it, in order, with who did them."""
    reference = f"{subject._meta.label_lower}:{subject.pk}"
    return list(Line.objects.filter(subject=reference).order_by("pk").values_list("verb", "actor"))


def three(**over):
    """An answered issue of three voices."""
    voices = [make_read_voice() for _ in range(3)]
    return make.make_replied(voices=voices, **over), voices


def after_judging():
    """The day after the days to judge."""
    return clock.now() + timedelta(days=60)


# ------------------------------------------------------------------ each one's word


def test_all_fair_ends_the_thread_or_waits_for_the_promise():
    issue, voices = three()
    for voice in voices:
        verbs.judge_reply(issue=issue, voice=voice, verdict="fair")
    assert (issue.state, issue.closed_at is not None) == (states.CLOSED, True)
    promised, voices = three(promise=True)
    for voice in voices:
        verbs.judge_reply(issue=promised, voice=voice, verdict="fair")
    assert (promised.state, promised.closed_at) == (states.PROMISED, None)


def test_while_some_are_silent_it_stays_answered():
    issue, voices = three()
    verbs.judge_reply(issue=issue, voice=voices[0], verdict="fair")
    assert issue.state == states.REPLIED
    assert set(verbs.silent_voices(issue)) == set(voices[1:])
    assert lines(issue)[-1] == ("judge_reply", "code")


def test_a_reasoned_no_goes_to_somebody_else_and_the_board():
    board = make_body()
    issue, voices = three(raised_at_body=make.make_group(reports_voice_to=board))
    first = issue.owner
    verbs.judge_reply(issue=issue, voice=voices[0], verdict="not_fair", because="It is still cold")
    stored = make.anew(issue)
    assert (stored.state, stored.owner, stored.routing) == (states.REOPENED, None, None)
    assert (stored.first_owner, stored.reopened_at is not None) == (first, True)
    assert stored.answer_due > clock.today()
    item = AgendaItem.objects.get(body=board)
    assert (item.state, item.origin_path) == ("proposed", f"/issues/{issue.pk}/")
    assert "cold" not in item.wording


def test_a_no_without_a_reason_does_not_send_it_on():
    issue, voices = three()
    verbs.judge_reply(issue=issue, voice=voices[0], verdict="not_fair", because="  ")
    assert issue.state == states.REPLIED


def test_the_reason_is_words_of_their_own_and_looked_at_for_harm():
    make_place()
    issue, voices = three()
    judgement = verbs.judge_reply(
        issue=issue, voice=voices[0], verdict="not_fair", because="My dad will hit me"
    )
    assert (judgement.words.words, judgement.words.follows) == ("My dad will hit me", voices[0])
    assert judgement.words.state == states.HELD
    assert make.anew(issue).state == states.REOPENED
    assert judgement.because == ""


def test_a_second_no_stands_and_the_thread_goes_on():
    issue, voices = three()
    worker = acting("participation_worker")
    verbs.judge_reply(issue=issue, voice=voices[0], verdict="not_fair", because="Cold")
    verbs.route_issue(issue=issue, to="officer", owner=make_post("officer"), by=worker)
    verbs.reply_to_issue(issue=issue, by=act(issue.owner), **make.ANSWER)
    for voice in voices:
        verbs.judge_reply(issue=issue, voice=voice, verdict="not_fair", because="Still cold")
    assert issue.state == states.CLOSED
    assert issue.reply.judgements.filter(verdict="not_fair").count() == 3


def test_each_judges_once_and_pressing_twice_is_once():
    issue, voices = three()
    first = verbs.judge_reply(issue=issue, voice=voices[0], verdict="fair")
    again = verbs.judge_reply(issue=issue, voice=voices[0], verdict="not_fair", because="x")
    assert (again, again.verdict) == (first, "fair")
    assert Judgement.objects.count() == 1
    reopened, voices = three()
    kept = verbs.judge_reply(issue=reopened, voice=voices[0], verdict="not_fair", because="x")
    once_more = make.anew(reopened)
    assert (
        verbs.judge_reply(issue=once_more, voice=voices[0], verdict="not_fair", because="x") == kept
    )


def test_judging_refuses_who_did_not_raise_it():
    issue, voices = three()
    for voice, verdict in ((make_read_voice(), "fair"), (voices[0], "not_said")):
        with pytest.raises(Refused):
            verbs.judge_reply(issue=issue, voice=voice, verdict=verdict)
    verbs.take_back_voice(voice=voices[1])
    with pytest.raises(Refused):
        verbs.judge_reply(issue=issue, voice=Voice.objects.get(pk=voices[1].pk), verdict="fair")
    with pytest.raises(Refused):
        verbs.judge_reply(
            issue=make.make_routed(voices=[voices[0]]), voice=voices[0], verdict="fair"
        )


def test_workers_who_raised_it_too_are_not_waited_for():
    child, worker = make_read_voice(), make_read_voice(speaker="worker")
    issue = make.make_replied(voices=[child, worker])
    assert verbs.silent_voices(issue) == [child]
    verbs.judge_reply(issue=issue, voice=child, verdict="fair")
    assert issue.state == states.CLOSED


def test_words_taken_back_are_not_waited_for():
    issue, voices = three()
    verbs.take_back_voice(voice=voices[2])
    for voice in voices[:2]:
        verbs.judge_reply(issue=issue, voice=voice, verdict="fair")
    assert issue.state == states.CLOSED


# ------------------------------------------------------------------ a group's count


@given(some.integers(0, 50), some.integers(0, 50))
def test_a_doubt_is_not_a_yes(fair, not_fair):
    if fair == not_fair == 0:
        assert counted(fair, not_fair) == "not_said"
    else:
        assert counted(fair, not_fair) == ("fair" if fair > not_fair else "not_fair")


def test_a_group_judges_for_those_who_spoke_there():
    group, worker = make.make_group(), acting("participation_worker")
    inside, outside = make_read_voice(body=group), make_read_voice()
    issue = make.make_replied(voices=[inside, outside])
    verbs.judge_reply_as_group(issue=issue, body=group, fair=9, not_fair=1, by=worker)
    assert (issue.state, verbs.silent_voices(issue)) == (states.REPLIED, [outside])
    verbs.judge_reply(issue=issue, voice=outside, verdict="fair")
    assert issue.state == states.CLOSED


def test_a_group_that_raised_it_alone_settles_it():
    group, worker = make.make_group(), acting("participation_worker")
    issue = make.make_replied(voices=[], raised_at_body=group, by=worker)
    said = verbs.judge_reply_as_group(issue=issue, body=group, fair=9, not_fair=1, by=worker)
    assert (said.verdict, issue.state) == ("fair", states.CLOSED)
    again = verbs.judge_reply_as_group(issue=make.anew(issue), body=group, fair=0, by=worker)
    assert again == said
    assert lines(issue)[-1] == ("judge_reply_as_group", f"person:{worker.pk}")


def test_a_groups_reasoned_no_sends_it_on_and_its_unreasoned_no_does_not():
    group, worker = make.make_group(), acting("participation_worker")
    issue = make.make_replied(voices=[], raised_at_body=group)
    verbs.judge_reply_as_group(
        issue=issue, body=group, fair=3, not_fair=3, because="It is cold", by=worker
    )
    assert issue.state == states.REOPENED
    other = make.make_replied(voices=[], raised_at_body=group)
    verbs.judge_reply_as_group(issue=other, body=group, fair=1, not_fair=3, by=worker)
    assert other.state == states.CLOSED


def test_judging_as_a_group_refuses_boards_and_officers():
    issue = make.make_replied(voices=[])
    with pytest.raises(verbs.Hindered):
        verbs.judge_reply_as_group(
            issue=issue, body=make_body(), fair=3, by=acting("participation_worker")
        )
    with pytest.raises(Refused):
        verbs.judge_reply_as_group(issue=issue, body=make.make_group(), fair=3, by=act(issue.owner))


def test_parents_who_raised_it_at_their_forum_judge_there():
    forum = make_body(kind="forum")
    issue = make.make_replied(voices=[], raised_at_body=forum)
    worker = acting("participation_worker")
    verbs.judge_reply_as_group(issue=issue, body=forum, fair=3, by=worker)
    assert issue.state == states.CLOSED


# ------------------------------------------------------------------ silence


def test_silence_lapses_as_not_said_after_the_days():
    issue, voices = three()
    verbs.judge_reply(issue=issue, voice=voices[0], verdict="fair")
    assert jobs.end_judging() == 0
    with pytest.raises(Refused):
        verbs.lapse_judgement(issue=make.anew(issue), by="system:judging")
    with clock.stand_at(after_judging()):
        assert (jobs.end_judging(), jobs.end_judging()) == (1, 0)
    stored = make.anew(issue)
    assert stored.state == states.CLOSED
    silent = stored.reply.judgements.get(voice=None)
    assert (silent.verdict, silent.not_said) == ("not_said", 2)
    assert lines(issue)[-1] == ("lapse_judgement", "system:judging")


def test_silence_about_a_promise_still_waits_for_it():
    issue = make.make_replied(promise=True)
    with clock.stand_at(after_judging()):
        jobs.end_judging()
    assert make.anew(issue).state == states.PROMISED


def test_lapse_is_the_clocks_alone():
    issue = make.make_replied()
    with clock.stand_at(after_judging()), pytest.raises(Refused):
        verbs.lapse_judgement(issue=issue, by=acting("participation_worker"))


# ------------------------------------------------------------------ did it happen?


def test_those_who_raised_it_say_whether_it_happened():
    issue = make.make_closed()
    voice = issue.voices.get()
    said = verbs.say_if_it_happened(issue=issue, voice=voice, answer="partly", because="One of two")
    assert (said.answer, said.words.words, said.because) == ("partly", "One of two", "")
    again = verbs.say_if_it_happened(issue=make.anew(issue), voice=voice, answer="no")
    assert again == said
    assert lines(issue)[-1] == ("say_if_it_happened", "code")


def test_a_group_says_whether_it_happened():
    group, worker = make.make_group(), acting("participation_worker")
    issue = make.make_closed(raised_at_body=group)
    said = verbs.say_if_it_happened(issue=issue, body=group, answer="yes", because="Yes", by=worker)
    assert (said.body, said.because) == (group, "Yes")
    with pytest.raises(verbs.Hindered):
        verbs.say_if_it_happened(issue=issue, body=make_body(), answer="yes", by=worker)
    with pytest.raises(Refused):
        verbs.say_if_it_happened(issue=issue, body=make.make_group(), answer="yes", by=acting())


def test_happened_refuses_strangers_and_open_threads():
    issue = make.make_closed()
    with pytest.raises(Refused):
        verbs.say_if_it_happened(issue=issue, voice=make_read_voice(), answer="yes")
    replied = make.make_replied()
    with pytest.raises(Refused):
        verbs.say_if_it_happened(issue=replied, voice=replied.voices.get(), answer="yes")
    assert Happened.objects.count() == 0


def test_a_judgement_is_a_voices_or_a_groups_or_silence():
    issue, voices = three()
    for wrong in ({"verdict": "fair"}, {"verdict": "fair", "voice": voices[0], "body": make_body()},
                  {"verdict": "fair", "voice": voices[0], "because": "Typed by somebody"}):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            Judgement.objects.create(reply=issue.reply, **wrong)
