"""No answer in time: the owner, then their lead, then the board; and what goes back to those who asked."""

from datetime import timedelta

import pytest

from saidanddone.audit.models import Line
from saidanddone.core import clock
from saidanddone.core.access import Refused
from saidanddone.governance import states as agenda
from saidanddone.governance import verbs as governance
from saidanddone.governance.models import AgendaItem
from saidanddone.mail.models import Letter
from saidanddone.participation import states, verbs
from saidanddone.participation.jobs import issues as jobs
from saidanddone.participation.models import BroughtBack
from tests.factories import issues as make
from tests.factories.governance import make_body, make_meeting
from tests.factories.people import acting, make_organisation, make_post
from tests.factories.reference import make_partnership

pytestmark = pytest.mark.django_db


def lines(subject):
    """The verbs that the audit holds of it, in order."""
    reference = f"{subject._meta.label_lower}:{subject.pk}"
    return list(
        Line.objects.filter(subject=reference).order_by("pk").values_list("verb", flat=True)
    )


def letters(kind):
    """To whom letters of this kind went."""
    return sorted(Letter.objects.filter(wording__kind=kind).values_list("address", flat=True))


def days_from_now(days):
    """That many days on."""
    return clock.stand_at(clock.now() + timedelta(days=days))


def mornings(first, last):
    """What the clock does each morning from one day to another."""
    for day in range(first, last + 1):
        with days_from_now(day):
            jobs.ask_for_late_answers()


@pytest.fixture
def quick():
    """A partnership in which things are late soon."""
    return make_partnership(answer_days=3, late_lead_days=4, late_board_days=8)


@pytest.mark.usefixtures("quick")
def test_it_climbs_from_owner_to_lead_to_board_each_once():
    lead = make_post("officer")
    board = make_body()
    issue = make.make_routed(owner=make_post("officer", lead=lead))
    mornings(0, 3)
    assert letters("answer_late") == []
    mornings(4, 40)
    assert letters("answer_late") == [issue.owner.user.email]
    assert letters("answer_late_to_lead") == [lead.user.email]
    item = AgendaItem.objects.get(body=board)
    assert (item.state, item.kind) == (agenda.PROPOSED, "voice")
    assert item.title == f"No answer yet: {issue.title}"
    climbed = [
        verb for verb in lines(issue) if verb in {"remind_owner", "tell_lead", "bring_to_board"}
    ]
    assert climbed == ["remind_owner", "tell_lead", "bring_to_board"]
    step = issue.steps.get()
    assert (step.kind, step.by, board.name in step.text) == ("escalated", None, True)


@pytest.mark.usefixtures("quick")
def test_without_a_lead_the_organisation_is_told():
    place = make_organisation(contact_email="office@place.example")
    make.make_routed(owner=make_post("officer", organisation=place))
    mornings(0, 20)
    assert letters("answer_late_to_lead") == ["office@place.example"]


@pytest.mark.usefixtures("quick")
def test_with_nobody_those_who_look_after_issues_are_told():
    worker = acting("participation_worker")
    make.make_issue(by=worker)
    mornings(0, 12)
    assert letters("answer_late").count(worker.email) == 2


@pytest.mark.usefixtures("quick")
def test_an_owner_who_has_left_is_not_written_to():
    owner = make_post("officer")
    make.make_routed(owner=owner)
    owner.ends_on = clock.today()
    owner.save()
    mornings(4, 8)
    assert letters("answer_late") == []


@pytest.mark.usefixtures("quick")
def test_it_stands_before_the_board_that_hears_those_who_raised_it():
    make_body()
    board = make_body()
    issue = make.make_routed(raised_at_body=make.make_group(reports_voice_to=board))
    mornings(0, 30)
    assert AgendaItem.objects.get(title=f"No answer yet: {issue.title}").body == board


@pytest.mark.usefixtures("quick")
def test_an_answer_in_time_is_nobodys_trouble():
    make.make_replied()
    mornings(0, 40)
    assert Letter.objects.filter(wording__kind__startswith="answer_late").count() == 0


@pytest.mark.usefixtures("quick")
def test_a_new_owner_is_told_anew_but_the_board_only_once():
    worker, lead = acting("participation_worker"), make_post("officer")
    first, second = make_post("officer", lead=lead), make_post("officer", lead=lead)
    issue = make.make_routed(by=worker, owner=first)
    mornings(4, 8)
    with days_from_now(9):
        verbs.route_issue(issue=make.anew(issue), to="officer", owner=second, by=worker)
    mornings(9, 40)
    assert letters("answer_late") == sorted([first.user.email, second.user.email])
    assert lines(issue).count("bring_to_board") == 1


def test_late_verbs_are_the_clocks_alone_and_once():
    issue = make.make_routed()
    with pytest.raises(Refused):
        verbs.remind_owner(issue=issue, by=acting("participation_worker"))
    stale = make.anew(issue)
    verbs.remind_owner(issue=issue, by="system:late answers")
    with pytest.raises(Refused):
        verbs.remind_owner(issue=stale, by="system:late answers")


# ------------------------------------------------------------------ agendas and what goes back


def decided(issue, meeting, clerk):
    """The board decides on what stands on its published agenda."""
    governance.publish_agenda(meeting=meeting, by=clerk)
    item = AgendaItem.objects.get(meeting=meeting)
    decision = governance.record_decision(
        item=item, wording="Buses it is", outcome="agreed", reasons="Cold", by=clerk
    )
    governance.end_item(item=item, by=clerk)
    return decision


def test_a_decision_goes_back_once_to_the_group_that_raised_it():
    clerk, group, meeting = acting("clerk"), make.make_group(), make_meeting()
    issue = make.make_tabled(meeting=meeting, raised_at_body=group)
    assert jobs.bring_decisions_back() == 0
    decision = decided(issue, meeting, clerk)
    assert (jobs.bring_decisions_back(), jobs.bring_decisions_back()) == (1, 0)
    back = BroughtBack.objects.get()
    assert (back.issue, back.decision, back.item.body) == (issue, decision, group)
    assert "Buses it is" in back.item.wording


def test_an_answer_joins_the_item_that_still_waits():
    clerk, group, meeting = acting("clerk"), make.make_group(), make_meeting()
    issue = make.make_tabled(meeting=meeting, raised_at_body=group)
    decided(issue, meeting, clerk)
    jobs.bring_decisions_back()
    verbs.reply_to_issue(issue=make.anew(issue), by=acting("participation_worker"), **make.ANSWER)
    item = AgendaItem.objects.get(body=group)
    assert "Buses it is" in item.wording
    assert make.ANSWER["decided"] in item.wording
    assert BroughtBack.objects.count() == 2


def test_a_decision_that_is_not_for_all_eyes_does_not_go_back():
    clerk, group, meeting = acting("clerk"), make.make_group(), make_meeting()
    issue = make.make_tabled(meeting=meeting, raised_at_body=group, is_public=False)
    decided(issue, meeting, clerk)
    assert jobs.bring_decisions_back() == 0
    assert AgendaItem.objects.filter(body=group).count() == 0


def test_a_decision_of_an_item_that_was_closed_since_does_not_go_back():
    clerk, group, meeting = acting("clerk"), make.make_group(), make_meeting()
    issue = make.make_tabled(meeting=meeting, raised_at_body=group)
    decision = decided(issue, meeting, clerk)
    AgendaItem.objects.filter(pk=decision.item_id).update(restricted=True, restricted_why="Why")
    assert not decision.restricted
    assert jobs.bring_decisions_back() == 0
    assert AgendaItem.objects.filter(body=group).count() == 0


def test_what_a_clerk_took_up_is_tabled_by_the_clock():
    clerk, worker, board = acting("clerk"), acting("participation_worker"), make_body()
    issue = make.make_issue(by=worker)
    routing = verbs.route_issue(issue=issue, to="board", body=board, by=worker)
    assert jobs.note_what_was_tabled() == 0
    governance.accept_item(item=routing.item, meeting=make_meeting(body=board), by=clerk)
    assert (jobs.note_what_was_tabled(), jobs.note_what_was_tabled()) == (1, 0)
    stored = make.anew(issue)
    assert (stored.state, stored.tabling.item, stored.tabling.by) == (
        states.TABLED, routing.item, None,
    )  # fmt: skip


def test_what_left_an_agenda_is_noted_by_the_clock():
    clerk = acting("clerk")
    issue = make.make_tabled()
    assert jobs.note_what_left_an_agenda() == 0
    governance.cancel_meeting(meeting=issue.tabling.item.meeting, why="Snow", by=clerk)
    assert (jobs.note_what_left_an_agenda(), jobs.note_what_left_an_agenda()) == (1, 0)
    assert make.anew(issue).state == states.ROUTED
