"""Issues: raised, routed, tabled, reworded, told, withdrawn; each does, refuses and records."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from saidanddone.audit.models import Line
from saidanddone.core import clock, workdays
from saidanddone.core.access import Refused
from saidanddone.core.lifecycle import Moved
from saidanddone.governance import states as agenda
from saidanddone.governance import verbs as governance
from saidanddone.governance.models import AgendaItem
from saidanddone.mail.models import Letter
from saidanddone.participation import states, verbs
from saidanddone.participation.models import Issue, Question, Routing, Step
from saidanddone.reference.models import ClosedDay
from tests.factories import issues as make
from tests.factories.governance import make_body, make_meeting
from tests.factories.participation import make_public_voice, make_read_voice, make_voice
from tests.factories.people import act, acting, make_post
from tests.factories.reference import make_area, make_partnership, make_topic

pytestmark = pytest.mark.django_db


def lines(subject):
    """The verbs that the audit holds of it, in order."""
    reference = f"{subject._meta.label_lower}:{subject.pk}"
    return list(Line.objects.filter(subject=reference).order_by("pk").values_list("verb", "actor"))


def letters(kind):
    """To whom letters of this kind went."""
    return sorted(Letter.objects.filter(wording__kind=kind).values_list("address", flat=True))


@pytest.fixture
def worker():
    return acting("participation_worker")


# ------------------------------------------------------------------ raising


def test_raise_issue_takes_what_its_voices_share(worker):
    topic, area, other = make_topic(), make_area(), make_area()
    body = make.make_group()
    first = make_read_voice(topic=topic, area=area, body=body, on=date(2026, 3, 2))
    second = make_read_voice(topic=topic, area=other, body=body, on=date(2026, 2, 9))
    issue = make.make_issue(by=worker, voices=[first, second])
    issue.refresh_from_db()
    assert (issue.topic, issue.area, issue.raised_at_body) == (topic, None, body)
    assert (issue.state, issue.said_on, issue.by, issue.on) == (
        states.RAISED, date(2026, 2, 9), worker, clock.today(),
    )  # fmt: skip
    assert set(issue.voices.all()) == {first, second}
    assert lines(issue) == [("raise_issue", f"person:{worker.pk}")]


def test_raise_issue_owes_an_answer_in_working_days(worker):
    make_partnership(answer_days=3)
    issue = make.make_issue(by=worker)
    assert issue.answer_due == workdays.add(clock.today(), 3)
    ClosedDay.objects.create(on=issue.answer_due, why="Moving house")
    closed = {issue.answer_due}
    assert make.make_issue(by=worker).answer_due == workdays.add(clock.today(), 3, closed)


@pytest.mark.parametrize("roles", [(), ("officer",), ("clerk",), ("administrator",)])
def test_raise_issue_refuses_others(roles):
    with pytest.raises(Refused):
        make.make_issue(by=acting(*roles), voices=[])


def test_raise_issue_refuses_words_that_were_not_read_or_not_theirs(worker):
    with pytest.raises(Refused):
        make.make_issue(by=worker, voices=[make_voice()])
    keeper = make_post("practitioner")
    private = make_read_voice(reader=act(keeper), worker=keeper, readers="my_worker")
    with pytest.raises(Refused):
        make.make_issue(by=worker, voices=[private])
    assert Issue.objects.count() == 0


def test_raise_issue_twice_is_one_issue(worker):
    once, voice = uuid.uuid4(), make_read_voice()
    first = make.make_issue(by=worker, voices=[voice], once=once)
    assert make.make_issue(by=worker, voices=[voice], once=once) == first
    assert len(lines(first)) == 1


def test_workers_words_make_a_workers_issue(worker):
    of_workers = make_read_voice(speaker="worker")
    assert make.make_issue(by=worker, voices=[of_workers]).by_worker is True
    both = [make_read_voice(speaker="worker"), make_read_voice()]
    assert make.make_issue(by=worker, voices=both).by_worker is False


def test_an_issue_from_old_papers_has_its_source_and_no_actor(worker):
    issue = make.make_issue(by=worker, voices=[], source="from public minutes", on=date(2014, 4, 3))
    unknown = make.make_issue(by=worker, voices=[], source="from public minutes")
    assert (issue.at, issue.by, issue.on, issue.answer_due) == (None, None, date(2014, 4, 3), None)
    assert (issue.said_on, issue.said_precision) == (date(2014, 4, 3), "day")
    assert (unknown.on, unknown.precision, unknown.said_on) == (None, "unknown", None)
    assert lines(issue) == [("raise_issue", f"person:{worker.pk}")]


def test_a_live_issue_without_its_person_is_refused_by_the_database(worker):
    issue = make.make_issue(by=worker)
    for broken in ({"by": None}, {"at": None}, {"on": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Issue.objects.filter(pk=issue.pk).update(**broken)


def test_a_small_place_is_shown_as_the_borough_until_enough_have_spoken(worker):
    borough = make_area()
    town, topic = make_area(parent=borough), make_topic()
    make_partnership(small_group=3)
    alone = make_read_voice(area=town, topic=topic)
    assert make.make_issue(by=worker, voices=[alone], area=town).shown_area == borough
    for _ in range(2):
        make_public_voice(area=town, topic=topic)
    third = make_public_voice(area=town, topic=topic)
    assert make.make_issue(by=worker, voices=[third], area=town).shown_area == town
    assert make.make_issue(by=worker, voices=[], area=town).shown_area == town


# ------------------------------------------------------------------ grouping


def test_group_voices_adds_each_once_and_counts_from_the_first_words(worker):
    issue = make.make_issue(by=worker)
    earlier = make_read_voice(on=clock.today() - timedelta(days=30))
    verbs.group_voices(issue=issue, voices=[earlier], by=worker)
    verbs.group_voices(issue=issue, voices=[earlier], by=worker)
    assert issue.voices.count() == 2
    assert make.anew(issue).said_on == earlier.on


def test_group_voices_refuses_after_the_answer_and_others(worker):
    issue = make.make_replied()
    with pytest.raises(Refused):
        verbs.group_voices(issue=issue, voices=[make_read_voice()], by=worker)
    with pytest.raises(Refused):
        verbs.group_voices(issue=make.make_issue(), voices=[], by=acting("officer"))


# ------------------------------------------------------------------ routing


def test_route_issue_to_an_officer_tells_them_without_a_word_of_it(worker):
    issue, owner = make.make_issue(by=worker), make_post("officer")
    routing = verbs.route_issue(issue=issue, to="officer", owner=owner, by=worker)
    assert (issue.state, issue.owner, issue.routing) == (states.ROUTED, owner, routing)
    assert routing.due == issue.answer_due
    assert letters("issue_routed") == [owner.user.email]
    text = Letter.objects.get(wording__kind="issue_routed").wording.text
    assert issue.title not in text
    assert f"/issues/{issue.pk}/" in text


def test_route_issue_to_a_board_proposes_the_item(worker):
    issue, board = make.make_issue(by=worker), make_body()
    routing = verbs.route_issue(issue=issue, to="board", body=board, by=worker)
    item = routing.item
    assert (item.body, item.state, item.kind) == (board, agenda.PROPOSED, "voice")
    assert (item.title, item.wording) == (issue.title, issue.wording)
    assert (item.origin_path, item.restricted) == (f"/issues/{issue.pk}/", False)


def test_a_confidential_issue_is_a_restricted_item(worker):
    issue = make.make_issue(by=worker, is_public=False)
    routing = verbs.route_issue(issue=issue, to="board", body=make_body(), by=worker)
    assert routing.item.restricted is True


def test_handing_on_does_not_move_the_day(worker):
    issue, owner, other = make.make_issue(by=worker), make_post("officer"), make_post("officer")
    verbs.route_issue(issue=issue, to="officer", owner=owner, by=worker)
    due = issue.answer_due
    later = clock.now() + timedelta(days=9)
    with clock.stand_at(later):
        verbs.route_issue(issue=issue, to="officer", owner=other, by=act(owner))
    assert (issue.owner, issue.answer_due) == (other, due)
    assert [r.owner for r in issue.routings.order_by("pk")] == [owner, other]


def test_route_issue_pressed_twice_is_one_routing(worker):
    issue, owner = make.make_issue(by=worker), make_post("officer")
    first = verbs.route_issue(issue=issue, to="officer", owner=owner, by=worker)
    again = verbs.route_issue(issue=make.anew(issue), to="officer", owner=owner, by=worker)
    assert again == first
    assert len(letters("issue_routed")) == 1


def test_route_issue_by_two_at_once_lets_one_through(worker):
    issue = make.make_issue(by=worker)
    stale = make.anew(issue)
    verbs.route_issue(issue=issue, to="officer", owner=make_post("officer"), by=worker)
    with pytest.raises(Moved):
        verbs.route_issue(issue=stale, to="officer", owner=make_post("officer"), by=worker)
    assert Routing.objects.count() == 1


def test_route_issue_needs_somebody(worker):
    with pytest.raises(verbs.Hindered):
        verbs.route_issue(issue=make.make_issue(by=worker), to="outside", by=worker)


def test_what_was_not_fair_goes_to_a_different_named_person(worker):
    issue = make.make_reopened()
    first = issue.first_owner
    twin_post = make_post("officer", user=first.user)
    for owner in (first, twin_post, None):
        with pytest.raises(verbs.Hindered):
            verbs.route_issue(issue=issue, to="board", body=make_body(), owner=owner, by=worker)
    verbs.route_issue(issue=issue, to="officer", owner=make_post("officer"), by=worker)
    assert issue.state == states.ROUTED
    with pytest.raises(verbs.Hindered):
        verbs.route_issue(issue=issue, to="officer", owner=first, by=worker)


# ------------------------------------------------------------------ agendas


def test_table_issue_carries_the_wording_and_leads_back(worker):
    issue, meeting = make.make_routed(by=worker), make_meeting()
    tabling = verbs.table_issue(issue=issue, meeting=meeting, plain="More buses", by=worker)
    item = tabling.item
    assert (issue.state, issue.tabling) == (states.TABLED, tabling)
    assert (item.meeting, item.kind, item.state) == (meeting, "voice", agenda.ON_AGENDA)
    assert (item.title, item.wording, item.plain) == (issue.title, issue.wording, "More buses")
    assert item.origin_path == f"/issues/{issue.pk}/"
    assert lines(issue)[-1] == ("table_issue", f"person:{worker.pk}")


def test_table_issue_takes_up_what_was_proposed(worker):
    issue, board = make.make_issue(by=worker), make_body()
    routing = verbs.route_issue(issue=issue, to="board", body=board, by=worker)
    meeting = make_meeting(body=board)
    tabling = verbs.table_issue(issue=issue, meeting=meeting, plain="Plain", by=worker)
    routing.item.refresh_from_db()
    assert tabling.item == routing.item
    assert (routing.item.state, routing.item.plain) == (agenda.ON_AGENDA, "Plain")
    assert AgendaItem.objects.count() == 1


def test_table_issue_pressed_twice_is_one_item(worker):
    issue, meeting = make.make_routed(by=worker), make_meeting()
    first = verbs.table_issue(issue=issue, meeting=meeting, by=worker)
    assert verbs.table_issue(issue=make.anew(issue), meeting=meeting, by=worker) == first
    other = verbs.table_issue(issue=make.anew(issue), meeting=make_meeting(), by=worker)
    assert AgendaItem.objects.count() == 2
    assert make.anew(issue).tabling == other


def test_table_issue_refuses_the_owner_and_what_nobody_has():
    issue = make.make_routed()
    with pytest.raises(Refused):
        verbs.table_issue(issue=issue, meeting=make_meeting(), by=act(issue.owner))
    with pytest.raises(Refused):
        verbs.table_issue(
            issue=make.make_issue(), meeting=make_meeting(), by=acting("participation_worker")
        )


def test_leave_agenda_when_its_item_is_put_back(worker):
    issue = make.make_tabled(by=worker)
    governance.put_item_back(item=issue.tabling.item, by=acting("clerk"))
    step = verbs.leave_agenda(issue=make.anew(issue), by="system:agendas")
    assert (step.kind, make.anew(issue).state) == ("pulled", states.ROUTED)
    with pytest.raises(Refused):
        verbs.leave_agenda(issue=make.anew(issue), by="system:agendas")


def test_leave_agenda_names_no_group_that_meets_in_private(worker):
    group = make.make_group(meets_in_private=True, name="Children in Care Council")
    issue = make.make_tabled(by=worker, meeting=make_meeting(body=group))
    governance.put_item_back(item=issue.tabling.item, by=acting("clerk"))
    step = verbs.leave_agenda(issue=make.anew(issue), by="system:agendas")
    assert "Care" not in step.text


# ------------------------------------------------------------------ words and news


def test_reword_issue_keeps_what_stood_and_asks_again(worker):
    issue = make.make_tabled(by=worker)
    voice = issue.voices.get()
    verbs.agree_title(issue=issue, voice=voice, agrees=True)
    old = issue.wording
    step = verbs.reword_issue(issue=issue, wording="Let two buses come.", by=worker)
    assert (step.before, issue.wording) == (old, "Let two buses come.")
    assert issue.grouped.get().agrees is None
    item = AgendaItem.objects.get(pk=issue.tabling.item_id)
    assert item.wording == "Let two buses come."
    assert [verb for verb, _ in lines(item)][-1] == "change_item"


def test_reword_issue_with_a_new_title_keeps_the_old_one(worker):
    issue = make.make_issue(by=worker, title="Bus", wording="Let it come")
    step = verbs.reword_issue(issue=issue, title="Buses", wording="Let them come", by=worker)
    assert step.before == "Bus\n\nLet it come"
    assert (make.anew(issue).title, make.anew(issue).wording) == ("Buses", "Let them come")


def test_reword_issue_leaves_published_agendas_to_the_clerk(worker):
    issue = make.make_tabled(by=worker)
    governance.publish_agenda(meeting=issue.tabling.item.meeting, by=acting("clerk"))
    verbs.reword_issue(issue=make.anew(issue), wording="Other words", by=worker)
    assert make.anew(issue).wording == "Other words"


def test_ask_question_tells_those_who_gave_an_address(worker):
    voices = [make_read_voice(hear_by_email="a@place.example"), make_read_voice()]
    issue = make.make_routed(by=worker, voices=voices)
    once = uuid.uuid4()
    question = verbs.ask_question(issue=issue, text="Which stop?", by=worker, once=once)
    assert verbs.ask_question(issue=issue, text="Which stop?", by=worker, once=once) == question
    assert Question.objects.count() == 1
    assert letters("there_is_a_question") == ["a@place.example"]
    assert "stop" not in Letter.objects.get(wording__kind="there_is_a_question").wording.text


@pytest.mark.parametrize("kind", [k for k in Step.Kind.values if k != "reworded"])
def test_tell_step_of_each_kind(worker, kind):
    issue, once = make.make_routed(by=worker), uuid.uuid4()
    step = verbs.tell_step(issue=issue, kind=kind, text="News", by=worker, once=once)
    assert verbs.tell_step(issue=issue, kind=kind, text="News", by=worker, once=once) == step
    assert (step.by, step.on, issue.state) == (worker, clock.today(), states.ROUTED)
    assert lines(issue)[-1] == ("tell_step", f"person:{worker.pk}")


def test_tell_step_leaves_rewording_to_its_own_verb(worker):
    with pytest.raises(verbs.Hindered):
        verbs.tell_step(issue=make.make_issue(), kind="reworded", text="x", by=worker)


def test_tell_step_from_old_papers_may_lack_its_day(worker):
    issue = make.make_issue(by=worker, voices=[], source="from public minutes")
    step = verbs.tell_step(
        issue=issue, kind="unknown_end", text="Not known", by=worker, source="from public minutes"
    )
    assert (step.at, step.by, step.on, step.precision) == (None, None, None, "unknown")


def test_withdraw_issue_says_whose_wish_and_why(worker):
    voice = make_read_voice(hear_by_email="a@place.example")
    issue = make.make_routed(by=worker, voices=[voice])
    with pytest.raises(verbs.Hindered):
        verbs.withdraw_issue(issue=issue, withdrawn_by="Youth Cabinet", why=" ", by=worker)
    verbs.withdraw_issue(issue=issue, withdrawn_by="Youth Cabinet", why="Mended", by=worker)
    stored = make.anew(issue)
    assert (stored.state, stored.withdrawn_why, stored.answer_due) == ("withdrawn", "Mended", None)
    assert letters("there_is_news") == ["a@place.example"]
    with pytest.raises(Refused):
        verbs.withdraw_issue(issue=stored, withdrawn_by="Us", why="Again", by=worker)


def test_an_officer_cannot_withdraw_what_young_people_raised():
    issue = make.make_routed()
    with pytest.raises(Refused):
        verbs.withdraw_issue(issue=issue, withdrawn_by="Us", why="No", by=act(issue.owner))
