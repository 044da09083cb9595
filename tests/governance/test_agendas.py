"""Each verb of agendas: what comes onto them, in which order; it does, it refuses, it records."""

import pytest

from saidanddone.core.access import Refused
from saidanddone.core.lifecycle import Moved
from saidanddone.governance import permissions, states, verbs
from saidanddone.governance.models import AgendaItem
from tests.factories.governance import make_body, make_item, make_meeting, make_paper
from tests.factories.people import acting

pytestmark = pytest.mark.django_db


def officer():
    """Somebody who may look and not do."""
    return acting("officer")


def test_propose_item_waits_for_the_clerk(clerk, lines, letters):
    body, proposer = make_body(), officer()
    item = verbs.propose_item(
        body=body, kind="voice", title="Buses", wording="Later buses", by=proposer,
        origin_path="/issues/1/",
    )  # fmt: skip
    assert (item.state, item.meeting, item.origin_path) == (states.PROPOSED, None, "/issues/1/")
    assert lines() == [
        (f"person:{proposer.pk}", "propose_item", f"governance.agendaitem:{item.pk}")
    ]
    assert letters() == [("item_proposed", clerk.email)]


@pytest.mark.parametrize(("by", "actor"), [(None, "code"), ("system:late", "system:late")])
def test_areas_above_propose_without_an_account(by, actor, lines):
    verbs.propose_item(
        body=make_body(), kind="voice", title="Buses", wording="Later", origin_path="", by=by
    )
    assert [line[0] for line in lines()] == [actor]


def test_a_network_member_cannot_propose():
    with pytest.raises(Refused):
        verbs.propose_item(
            body=make_body(), kind="discussion", title="Me", wording="", origin_path="",
            by=acting("subscriber"),
        )  # fmt: skip


def test_add_agenda_item_goes_last(clerk, lines):
    meeting = make_meeting()
    first = verbs.add_agenda_item(meeting=meeting, kind="discussion", title="One", by=clerk)
    second = verbs.add_agenda_item(meeting=meeting, kind="decision", title="Two", by=clerk)
    assert list(meeting.items.all()) == [first, second]
    assert [line[1] for line in lines()] == ["add_agenda_item"] * 2


def test_a_participation_worker_places_what_children_say_and_nothing_else():
    worker, meeting = acting("participation_worker"), make_meeting()
    voice = verbs.add_agenda_item(
        meeting=meeting, kind="voice", title="Buses", wording="Later buses", by=worker
    )
    assert voice.state == states.ON_AGENDA
    with pytest.raises(Refused):
        verbs.add_agenda_item(meeting=meeting, kind="discussion", title="Mine", by=worker)
    out = make_meeting(states.PUBLISHED)
    with pytest.raises(Refused):
        verbs.add_agenda_item(meeting=out, kind="voice", title="B", wording="Later", by=worker)


def test_a_voice_item_carries_words(clerk):
    with pytest.raises(ValueError, match="words"):
        verbs.add_agenda_item(meeting=make_meeting(), kind="voice", title="Empty", by=clerk)


def test_accept_and_decline_item(clerk, lines):
    meeting = make_meeting()
    make_item(meeting=meeting, order=4)
    taken = make_item(states.PROPOSED, body=meeting.body)
    refused = make_item(states.PROPOSED, body=meeting.body)
    verbs.accept_item(item=taken, meeting=meeting, by=clerk)
    verbs.decline_item(item=refused, why="Decided already", by=clerk)
    taken.refresh_from_db()
    refused.refresh_from_db()
    assert (taken.state, taken.meeting, taken.order) == (states.ON_AGENDA, meeting, 5)
    assert (refused.state, refused.declined_why) == (states.DECLINED, "Decided already")
    assert [line[1] for line in lines()] == ["accept_item", "decline_item"]


def test_a_proposal_goes_to_the_body_that_was_asked(clerk):
    item = make_item(states.PROPOSED)
    with pytest.raises(ValueError, match="proposed to"):
        verbs.accept_item(item=item, meeting=make_meeting(), by=clerk)
    with pytest.raises(Refused):
        verbs.accept_item(item=item, meeting=make_meeting(body=item.body), by=officer())
    with pytest.raises(Refused):
        verbs.decline_item(item=item, why="No", by=officer())


def test_put_item_back_only_before_the_agenda_is_out(clerk, lines):
    item = make_item(meeting=make_meeting())
    verbs.put_item_back(item=item, by=clerk)
    item.refresh_from_db()
    assert (item.state, item.meeting) == (states.PROPOSED, None)
    assert [line[1] for line in lines()] == ["put_item_back"]
    with pytest.raises(Refused):
        verbs.put_item_back(item=make_item(), by=clerk)


def test_the_last_voice_cannot_be_taken_off_while_the_agenda_goes_out(clerk):
    meeting = make_meeting()
    voice = make_item(meeting=meeting, kind="voice")
    seen_before = AgendaItem.objects.select_related("meeting", "body").get(pk=voice.pk)
    verbs.publish_agenda(meeting=meeting, by=clerk)
    with pytest.raises(Moved):
        verbs.put_item_back(item=seen_before, by=clerk)
    assert meeting.items.voices().count() == 1


def test_change_item(clerk, lines):
    item = make_item()
    verbs.change_item(item=item, title="Better", minutes_allotted=20, by=clerk)
    item.refresh_from_db()
    assert (item.title, item.minutes_allotted) == ("Better", 20)
    assert [line[1] for line in lines()] == ["change_item"]
    with pytest.raises(Refused):
        verbs.change_item(item=item, title="Mine", by=officer())


def test_what_children_say_stays_that(clerk):
    voice, other = make_item(kind="voice"), make_item()
    with pytest.raises(ValueError, match="stays"):
        verbs.change_item(item=voice, kind="information", by=clerk)
    with pytest.raises(ValueError, match="stays"):
        verbs.change_item(item=other, kind="voice", by=clerk)
    with pytest.raises(ValueError, match="words"):
        verbs.change_item(item=voice, wording=" ", by=clerk)


def test_a_new_wording_is_carried_by_whoever_looks_after_the_thread():
    item = make_item(kind="voice", origin_path="/issues/1/")
    for number, by in enumerate((acting("participation_worker"), None, "system:x")):
        verbs.change_item(item=item, wording=f"Wording {number}", by=by)
        with pytest.raises(Refused):
            verbs.change_item(item=item, restricted=True, restricted_why="Mine", by=by)
    item.refresh_from_db()
    assert (item.wording, item.restricted) == ("Wording 2", False)


def test_order_agenda(clerk, lines):
    meeting = make_meeting()
    a, b, c = (make_item(meeting=meeting, order=n) for n in (1, 2, 3))
    stranger = make_item()
    verbs.order_agenda(meeting=meeting, order=[c.pk, stranger.pk, a.pk], by=clerk)
    assert list(meeting.items.all()) == [c, a, b]
    stranger.refresh_from_db()
    assert stranger.order == 0
    assert [line[1] for line in lines()] == ["order_agenda"]
    with pytest.raises(Refused):
        verbs.order_agenda(meeting=meeting, order=[], by=officer())


def test_withdraw_paper(clerk, lines):
    paper = make_paper()
    with pytest.raises(Refused):
        verbs.withdraw_paper(paper=paper, why="Mine", by=officer())
    verbs.withdraw_paper(paper=paper, why="Wrong file", by=clerk)
    assert paper.withdrawn_why == "Wrong file"
    assert [line[1] for line in lines()] == ["withdraw_paper"]
    assert permissions.visible_papers(officer()).count() == 0
