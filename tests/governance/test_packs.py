"""Packs: what stands in them on which page, for whom; editions, failures, what was taken back."""

import io
from datetime import time

import pytest
from pypdf import PdfReader

from saidanddone.core import clock
from saidanddone.core.access import Refused
from saidanddone.core.lifecycle import Moved
from saidanddone.governance import jobs, states, verbs
from saidanddone.governance.models import CoverSheet, Pack
from saidanddone.governance.prints.packs import bound
from tests.factories.governance import make_appointment, make_item, make_meeting
from tests.factories.people import acting, make_post
from tests.governance.pdfs import bookmarks, loaded, locked, page_of, pdf, upload, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(clerk):
    """A planned meeting with an item of each kind that matters, papers behind them."""
    found = make_meeting(starts_at=time(14), ends_at=time(16))
    make_item(meeting=found, kind="voice", title="Buses", wording="A later bus.", order=1)
    plan = make_item(meeting=found, kind="decision", title="The plan", plain="More to do.", order=2)
    CoverSheet.objects.create(
        item=plan, decision_wanted="Agree it.", children_said="We want more.",
        handed_in_at=clock.now(),
    )  # fmt: skip
    add(plan, clerk, "Thick report", pdf("OPENWORDS", 3))
    closed = make_item(meeting=found, title="CANARY award", restricted=True, order=3)
    add(closed, clerk, "CANARY scores", pdf("CANARY inside", 2))
    add(plan, clerk, "CANARY annex", pdf("CANARY annex"), restricted=True)
    return found


def add(item, clerk, title, data, name="paper.pdf", **more):
    """Put a paper behind an item."""
    return verbs.add_paper(item=item, title=title, upload=upload(data, name), by=clerk, **more)


def publish(meeting, clerk):
    """Let its agenda out, and the worker make the pack."""
    verbs.publish_agenda(meeting=meeting, by=clerk)
    jobs.make_wanted()
    return meeting.packs.get()


def the_files(pack):
    """The open file and the members'."""
    with pack.open_file.open("rb") as opened, pack.closed_file.open("rb") as closed:
        return opened.read(), closed.read()


def supplement(meeting, clerk, note="News."):
    """A further edition, made."""
    pack = verbs.make_supplement(meeting=meeting, note=note, by=clerk)
    jobs.make_wanted()
    pack.refresh_from_db()
    return pack


def test_a_pack_has_cover_agenda_sheets_and_papers(meeting, clerk):
    pack = publish(meeting, clerk)
    data, _ = the_files(pack)
    assert pack.state == states.MADE
    assert "Buses" in page_of(data, "2")
    assert "A later bus." in page_of(data, "2")
    assert "Agree it." in page_of(data, "3")
    assert [f"OPENWORDS {n}" in page_of(data, str(3 + n)) for n in (1, 2, 3)] == [True] * 3
    assert bookmarks(data)[1:] == ["Agenda", "2. The plan", "2a Thick report"]
    root = PdfReader(io.BytesIO(data)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 -- a PDF's own
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "en-GB"
    assert pack.open_pages == 6
    assert [(row["title"], row["first"], row["last"]) for row in pack.contents] == [
        ("1. Buses", 2, 2), ("2. The plan", 3, 3), ("2a Thick report", 4, 6),
    ]  # fmt: skip


def test_nothing_closed_is_in_the_open_file(meeting, clerk):
    data, members = the_files(publish(meeting, clerk))
    assert "CANARY" not in words(data)
    assert b"CANARY" not in data
    assert "CANARY" not in str(PdfReader(io.BytesIO(data)).metadata) + str(bookmarks(data))
    assert "CANARY award" in page_of(members, "B1")
    assert "CANARY" in page_of(members, "B2")


def test_the_members_file_is_the_same_up_to_its_last_part(meeting, clerk):
    data, members = the_files(publish(meeting, clerk))
    for label in ("2", "3", "4", "5", "6"):
        assert page_of(data, label) == page_of(members, label)
    labels = PdfReader(io.BytesIO(members)).page_labels
    assert labels == ["1", "2", "3", "4", "5", "6", "B1", "B2", "B3", "B4"]


@pytest.mark.parametrize("hostile", [b"%PDF-1.7\nnothing", locked(), pdf("cut")[:3000]])
def test_a_hostile_paper_stands_as_a_link(meeting, clerk, hostile):
    item = meeting.items.get(title="The plan")
    paper = add(item, clerk, "Hostile", hostile)
    pack = publish(meeting, clerk)
    data, _ = the_files(pack)
    assert f"/papers/{paper.pk}/" in words(data).replace("\n", "")
    paper.refresh_from_db()
    assert paper.pages == 0
    row = next(row for row in pack.contents if row["title"] == "2b Hostile")
    assert row["first"] is None


def test_what_a_paper_hides_does_not_travel(meeting, clerk):
    add(meeting.items.get(title="The plan"), clerk, "Turned", loaded())
    data, _ = the_files(publish(meeting, clerk))
    assert "Loaded" in words(data)
    assert b"CANARY" not in data


def test_word_files_stand_as_links(meeting, clerk):
    item = meeting.items.get(title="The plan")
    item.papers.create(title="A text", file="papers/x.docx", media_type="application/msword")
    assert "A text" in words(the_files(publish(meeting, clerk))[0])


def test_alphabets_that_no_font_of_ours_has_stop_nothing(meeting, clerk):
    make_item(meeting=meeting, title='#eval("x") $y$ @z <w> 中文 اردو 😀', order=9)
    assert '#eval("x") $y$ @z <w>' in words(the_files(publish(meeting, clerk))[0])


def test_members_get_one_letter_once_the_pack_is_there(meeting, clerk, letters):
    member = make_post()
    make_appointment(body=meeting.body, post=member)
    verbs.publish_agenda(meeting=meeting, by=clerk)
    assert letters() == []
    jobs.make_wanted()
    assert letters() == [("pack_ready", member.user.email)]


def test_no_letter_for_what_lies_behind_us(meeting, clerk, letters):
    make_appointment(body=meeting.body)
    verbs.publish_agenda(meeting=meeting, by=clerk)
    type(meeting).objects.filter(pk=meeting.pk).update(on="2020-01-01")
    jobs.make_wanted()
    assert letters() == []


def test_a_late_paper_joins_behind_and_no_page_moves(meeting, clerk, letters):
    before, _ = the_files(publish(meeting, clerk))
    plan = meeting.items.get(title="The plan")
    add(plan, clerk, "Late paper", pdf("LATEWORDS", 2), late_why="Figures came on Monday.")
    verbs.add_agenda_item(
        meeting=meeting, kind="decision", title="Late item", by=clerk, late_why="It is urgent."
    )
    # What changes on the web after the agenda was out changes no page that is out.
    verbs.change_item(item=plan, title="The plan, renamed " * 9, by=clerk)
    pack = supplement(meeting, clerk, "Figures for the plan.")
    after, members = the_files(pack)
    for label in ("2", "3", "4", "5", "6"):
        assert page_of(before, label) == page_of(after, label) == page_of(members, label)
    assert "Figures for the plan." in page_of(after, "1")
    assert "Late item" in page_of(after, "7")
    assert "Figures came on Monday." in page_of(after, "7")
    assert [f"LATEWORDS {n}" in page_of(after, str(7 + n)) for n in (1, 2)] == [True, True]
    assert "CANARY award" in page_of(members, "B1")
    assert [kind for kind, _ in letters()] == []
    third = supplement(meeting, clerk, "Nothing but a note.")
    assert page_of(the_files(third)[0], "9") == page_of(after, "9")


def test_a_closed_late_paper_is_no_news_for_others(meeting, clerk):
    publish(meeting, clerk)
    closed = meeting.items.get(title="CANARY award")
    add(closed, clerk, "CANARY late", pdf("CANARY late"))
    pack = supplement(meeting, clerk, "CANARY note")
    data, members = the_files(pack)
    assert "CANARY" not in words(data)
    assert "CANARY late" in page_of(members, "B5")
    assert "open" not in pack.told


def test_what_is_taken_back_is_in_no_pack_and_no_page_moves(meeting, clerk):
    first = publish(meeting, clerk)
    plan = meeting.items.get(title="The plan")
    add(plan, clerk, "Stays", pdf("STAYS"), late_why="Late.")
    supplement(meeting, clerk)
    verbs.withdraw_paper(paper=plan.papers.get(title="Thick report"), why="Wrong file", by=clerk)
    first.refresh_from_db()
    assert first.state == states.RETIRED
    assert set(meeting.packs.values_list("state", flat=True)) == {states.RETIRED, states.WANTED}
    jobs.make_wanted()
    data, _ = the_files(meeting.packs.get(number=3))
    assert "OPENWORDS" not in words(data)
    assert "Thick report" not in words(data) + str(bookmarks(data))
    assert "Pages 4 to 6 were taken back." in page_of(data, "4")
    assert "STAYS" in page_of(data, "8")


def test_an_item_that_is_closed_later_leaves_the_open_file(meeting, clerk):
    publish(meeting, clerk)
    plan = meeting.items.get(title="The plan")
    verbs.change_item(item=plan, restricted=True, restricted_why="About one child", by=clerk)
    jobs.make_wanted()
    data, members = the_files(meeting.packs.get(number=2))
    assert "The plan" not in words(data) + str(bookmarks(data))
    assert "OPENWORDS" not in words(data)
    assert "The plan" in words(members)


def test_a_pack_that_cannot_be_printed_says_why_and_is_tried_again(meeting, clerk, letters):
    member = make_post()
    make_appointment(body=meeting.body, post=member)
    verbs.publish_agenda(meeting=meeting, by=clerk)
    pack = meeting.packs.get()
    verbs.fail_pack(pack=pack, why="Too large.", by="system:packs")
    assert letters() == [("agenda_published", member.user.email)]
    with pytest.raises(Refused):
        verbs.ask_pack_again(pack=pack, by=acting("officer"))
    verbs.ask_pack_again(pack=pack, by=clerk)
    jobs.make_wanted()
    pack.refresh_from_db()
    assert (pack.state, pack.failed_why) == (states.MADE, "")


def test_what_was_taken_back_during_the_print_is_not_kept(meeting, clerk):
    verbs.publish_agenda(meeting=meeting, by=clerk)
    pack = Pack.objects.select_related("meeting__body").get()
    made = bound(pack)
    paper = meeting.items.get(title="The plan").papers.get(title="Thick report")
    verbs.withdraw_paper(paper=paper, why="Wrong", by=clerk)
    with pytest.raises(verbs.Changed):
        verbs.make_pack(pack=pack, bound=made, by="system:packs")


def test_a_pack_is_made_once(meeting, clerk):
    pack = publish(meeting, clerk)
    made = bound(pack)
    with pytest.raises(Refused):
        verbs.make_pack(pack=pack, bound=made, by="system:packs")
    stale = Pack.objects.get()
    stale.state = states.WANTED
    with pytest.raises(Moved):
        stale.move("fail_pack", failed_why="x")


def test_a_supplement_is_the_clerks_and_hears_children(meeting, clerk):
    publish(meeting, clerk)
    with pytest.raises(Refused):
        verbs.make_supplement(meeting=meeting, note="Mine", by=acting("officer"))
    meeting.items.filter(kind="voice").update(wording="")
    with pytest.raises(verbs.NoVoice):
        verbs.make_supplement(meeting=meeting, note="News", by=clerk)


def test_news_for_a_pack_that_still_waits_goes_with_it(meeting, clerk):
    verbs.publish_agenda(meeting=meeting, by=clerk)
    same = verbs.make_supplement(meeting=meeting, note="Early news", by=clerk)
    assert (same.number, meeting.packs.count()) == (1, 1)
    jobs.make_wanted()
    two = [verbs.make_supplement(meeting=meeting, note=note, by=clerk) for note in ("A.", "B.")]
    assert two[0] == two[1]
    two[1].refresh_from_db()
    assert two[1].change_note == "A. B."


def test_a_paper_whose_file_is_lost_stands_as_a_link(meeting, clerk):
    paper = meeting.items.get(title="The plan").papers.get(title="Thick report")
    paper.file.storage.delete(paper.file.name)
    pack = publish(meeting, clerk)
    assert pack.state == states.MADE
    assert "OPENWORDS" not in words(the_files(pack)[0])
