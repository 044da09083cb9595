"""Pages of packs and of handing in: what each person sees there, and what they can do."""

from datetime import time, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from saidanddone.core import clock
from saidanddone.governance import jobs, states, verbs
from saidanddone.governance.models import CoverSheet, Paper
from tests.factories.governance import make_appointment, make_body, make_item, make_meeting
from tests.factories.people import make_post, sign_in
from tests.governance.browsing import signed_in, text
from tests.governance.pdfs import pdf, upload, words

pytestmark = pytest.mark.django_db
SHEET = {
    "decision_wanted": "Agree the plan.", "plain": "You get a later bus.",
    "children_said": "The last bus is too early.", "not_asked_why": "",
}  # fmt: skip


@pytest.fixture
def meeting():
    """A planned meeting with a voice, an item with its lead, and a restricted one."""
    found = make_meeting(body=make_body(slug="packs"), starts_at=time(14))
    make_item(meeting=found, kind="voice", title="Buses", order=1)
    make_item(meeting=found, kind="decision", title="The plan", lead=make_post("officer"), order=2)
    make_item(meeting=found, title="CANARY award", restricted=True, order=3)
    return found


@pytest.fixture
def out(meeting, clerk):
    """The same, published, with its pack made."""
    for item, name in (
        (meeting.items.get(order=2), "Open one"),
        (meeting.items.get(order=3), "CANARY one"),
    ):
        verbs.add_paper(item=item, title=name, upload=upload(pdf(name)), by=clerk)
    verbs.publish_agenda(meeting=meeting, by=clerk)
    jobs.make_wanted()
    return meeting


def body_of(answer):
    """The bytes of a file."""
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


# ------------------------------------------------------------------ handing in


def hand_in_address(meeting):
    return f"/meetings/{meeting.pk}/items/{meeting.items.get(order=2).pk}/hand-in/"


def lead_of(client, meeting, *, strong=True):
    """The lead of the plan, signed in."""
    sign_in(client, meeting.items.get(order=2).lead, strong=strong)


def file(data, name):
    return SimpleUploadedFile(name, data)


def test_a_lead_hands_in_cover_sheet_and_papers(client, meeting, clerk):
    item = meeting.items.get(order=2)
    verbs.ask_for_paper(item, clerk)
    lead_of(client, meeting, strong=False)
    assert "Hand in the paper for: The plan" in text(client.get("/my-day/"))
    assert client.get(f"/papers/wanted/{item.pk}/").headers["Location"] == hand_in_address(meeting)
    assert "Wanted by" in text(client.get(hand_in_address(meeting)))
    files = [file(pdf("One"), "First_report.pdf"), file(pdf("Two"), "Second.pdf")]
    answer = client.post(hand_in_address(meeting), SHEET | {"uploads": files})
    assert answer.status_code == 302
    words_now = text(client.get(hand_in_address(meeting)))
    assert "Handed in" in words_now
    assert "First report" in words_now
    assert "Hand in the paper" not in text(client.get("/my-day/"))
    item.refresh_from_db()
    assert item.plain == "You get a later bus."
    paper = Paper.objects.get(title="Second")
    assert words(body_of(client.get(f"/papers/{paper.pk}/"))) == "[1] Two 1"
    client.post(f"/papers/{paper.pk}/withdraw/", {"why": "Not the last one"})
    assert client.get(f"/papers/{paper.pk}/").status_code == 404


def test_a_file_that_is_not_taken_loses_nothing_else(client, meeting):
    lead_of(client, meeting)
    files = [file(pdf("One"), "good.pdf"), file(b"MZ\x00", "evil.pdf"), file(b"", "empty.pdf")]
    answer = client.post(hand_in_address(meeting), SHEET | {"uploads": files})
    page = text(answer)
    assert answer.status_code == 200
    assert "evil: We take PDF" in page
    assert "empty: This file is empty" in page
    assert "You get a later bus." in page
    assert [paper.title for paper in Paper.objects.all()] == ["good"]
    assert CoverSheet.objects.get().handed_in_at is not None


def test_a_cover_sheet_says_what_children_said_or_why_not(client, meeting):
    lead_of(client, meeting)
    answer = client.post(hand_in_address(meeting), SHEET | {"children_said": ""})
    assert "why they were not asked" in text(answer)
    assert "Agree the plan." in text(answer)
    assert CoverSheet.objects.count() == 0
    client.post(
        hand_in_address(meeting), SHEET | {"children_said": "", "not_asked_why": "About money only"}
    )
    assert CoverSheet.objects.get().not_asked_why == "About money only"


def test_the_plain_sentence_is_scored_while_one_writes(client, meeting):
    plain = Client()  # it is a part of a page, and no page to inspect
    lead_of(plain, meeting)
    hard = "Notwithstanding multifaceted commissioning considerations."
    answer = plain.post(f"{hand_in_address(meeting)}score/", {"plain": hard})
    assert "easier words help" in text(answer)


def test_strangers_find_no_such_page(client, meeting):
    for who in ("officer", "councillor", "participation_worker"):
        signed_in(client, who)
        assert client.get(hand_in_address(meeting)).status_code == 404
    signed_in(client, "officer", body=meeting.body)
    assert client.get(hand_in_address(meeting)).status_code == 404


def test_a_restricted_item_asks_for_a_strong_sign_in(client, meeting):
    item = meeting.items.get(order=3)
    item.lead = make_post("officer")
    item.save()
    address = f"/meetings/{meeting.pk}/items/{item.pk}/hand-in/"
    sign_in(client, item.lead, strong=False)
    assert client.get(address).status_code == 404
    assert "CANARY" not in text(client.get("/my-day/"))
    sign_in(client, item.lead)
    assert client.get(address).status_code == 200


def test_the_clerk_sees_who_has_not_and_hands_in_for_them(client, meeting, clerk):
    item = meeting.items.get(order=2)
    verbs.ask_for_paper(item, clerk)
    signed_in(client, "clerk")
    page = text(client.get(f"/meetings/{meeting.pk}/"))
    assert "Cover sheet due" in page
    CoverSheet.objects.update(due_on=clock.today() - timedelta(days=1))
    assert "Cover sheet was due" in text(client.get(f"/meetings/{meeting.pk}/"))
    client.post(hand_in_address(meeting), SHEET)
    assert "Cover sheet is in" in text(client.get(f"/meetings/{meeting.pk}/"))


# ------------------------------------------------------------------ the pack


def test_the_pack_waits_is_made_and_is_opened_by_everybody(client, meeting, clerk):
    verbs.publish_agenda(meeting=meeting, by=clerk)
    assert client.get(f"/meetings/{meeting.pk}/pack/").status_code == 404
    assert client.get(f"/meetings/{meeting.pk}/pack.pdf").status_code == 404
    signed_in(client, "clerk")
    assert "is being made" in text(client.get(f"/meetings/{meeting.pk}/pack/"))
    jobs.make_wanted()
    client.logout()
    page = text(client.get(f"/meetings/{meeting.pk}/"))
    assert "Open the pack" in page
    page = text(client.get(f"/meetings/{meeting.pk}/pack/"))
    assert "2. The plan" in page
    assert "CANARY" not in page
    answer = client.get(f"/meetings/{meeting.pk}/pack.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "no-store"
    data = body_of(answer)
    assert "CANARY" not in words(data)
    assert b"CANARY" not in data


def test_the_members_pack_is_for_those_who_sit_there(client, out):
    address = f"/meetings/{out.pk}/pack/members.pdf"
    edition = f"/packs/{out.packs.get().pk}/members.pdf"
    for who in ("officer", "administrator", "councillor", "participation_worker"):
        signed_in(client, who)
        assert [client.get(one).status_code for one in (address, edition)] == [404, 404]
    signed_in(client, "officer", body=make_body())
    assert client.get(address).status_code == 404
    signed_in(client, "officer", body=out.body, part="adviser")
    assert client.get(address).status_code == 404
    signed_in(client, "officer", body=out.body, strong=False)
    assert client.get(address).status_code == 404
    signed_in(client, "officer", body=out.body)
    assert "CANARY award" in words(body_of(client.get(address)))
    page = text(client.get(f"/meetings/{out.pk}/pack/"))
    assert "B1. CANARY award" in page
    assert "Members only" in page


def test_no_pack_of_a_body_that_meets_in_private(client, out):
    type(out.body).objects.filter(pk=out.body_id).update(meets_in_private=True)
    number = out.packs.get().pk
    for address in (
        f"/meetings/{out.pk}/pack/",
        f"/meetings/{out.pk}/pack.pdf",
        f"/packs/{number}.pdf",
    ):
        assert client.get(address).status_code == 404


def test_a_late_paper_is_told_and_sent_out(client, out, clerk):
    signed_in(client, "clerk")
    item = out.items.get(order=2)
    address = f"/meetings/{out.pk}/items/{item.pk}/papers/"
    given = {"title": "Late figures", "upload": file(pdf("LATE"), "late.pdf")}
    assert "Why does it come late" in text(client.post(address, given))
    given = {
        "title": "Late figures",
        "upload": file(pdf("LATE"), "late.pdf"),
        "late_why": "Counted on Monday.",
    }
    assert client.post(address, given).status_code == 302
    page = text(client.get(f"/meetings/{out.pk}/"))
    assert "1 thing came late and is not in it" in page
    assert "Counted on Monday." in page
    assert client.post(f"/meetings/{out.pk}/pack/supplement/", {"note": ""}).status_code == 200
    client.post(f"/meetings/{out.pk}/pack/supplement/", {"note": "Figures for item 2."})
    page = text(client.get(f"/meetings/{out.pk}/pack/"))
    assert "new edition is being made" in page
    assert "Open what everybody may read" in page  # the one before stays there meanwhile
    jobs.make_wanted()
    assert "came late and is" not in text(client.get(f"/meetings/{out.pk}/"))
    client.logout()
    page = text(client.get(f"/meetings/{out.pk}/pack/"))
    assert "Figures for item 2." in page
    assert "Earlier editions" in page
    assert "LATE" in words(body_of(client.get(f"/meetings/{out.pk}/pack.pdf")))
    first = out.packs.get(number=1)
    assert "LATE" not in words(body_of(client.get(f"/packs/{first.pk}.pdf")))


def test_closed_news_is_no_news_for_others(client, out, clerk):
    paper = verbs.add_paper(
        item=out.items.get(order=3),
        title="CANARY late",
        upload=upload(pdf("CANARY late")),
        by=clerk,
    )
    assert paper.restricted
    verbs.make_supplement(meeting=out, note="CANARY note", by=clerk)
    jobs.make_wanted()
    page = text(client.get(f"/meetings/{out.pk}/pack/"))
    assert "CANARY" not in page
    assert "Earlier editions" not in page
    second = out.packs.get(number=2)
    assert client.get(f"/packs/{second.pk}.pdf").status_code == 404
    signed_in(client, "officer", body=out.body)
    assert "CANARY note" in text(client.get(f"/meetings/{out.pk}/pack/"))


def test_a_pack_that_was_taken_back_is_nobodys(client, out, clerk):
    first = out.packs.get()
    paper = Paper.objects.get(title="Open one")
    verbs.withdraw_paper(paper=paper, why="Wrong file", by=clerk)
    addresses = [
        f"/packs/{first.pk}.pdf",
        f"/packs/{first.pk}/members.pdf",
        f"/meetings/{out.pk}/pack.pdf",
    ]
    signed_in(client, "clerk")
    assert [client.get(one).status_code for one in addresses] == [404, 404, 404]
    assert "is being made" in text(client.get(f"/meetings/{out.pk}/pack/"))


def test_a_pack_that_failed_is_tried_again(client, meeting, clerk):
    verbs.publish_agenda(meeting=meeting, by=clerk)
    pack = meeting.packs.get()
    verbs.fail_pack(pack=pack, why="Too large together.", by="system:packs")
    signed_in(client, "officer")
    assert client.post(f"/packs/{pack.pk}/again/").status_code == 404
    signed_in(client, "clerk")
    assert "Make the pack again" in text(client.get("/my-day/"))
    assert "could not be made" in text(client.get(f"/meetings/{meeting.pk}/"))
    assert "Too large together." in text(client.get(f"/meetings/{meeting.pk}/pack/"))
    assert client.post(f"/packs/{pack.pk}/again/").status_code == 302
    assert client.post(f"/packs/{pack.pk}/again/").status_code == 302
    pack.refresh_from_db()
    assert pack.state == states.WANTED


def test_the_page_of_a_long_meeting_asks_little(client, django_assert_max_num_queries):
    body = make_body(slug="long")
    meeting = make_meeting(states.PUBLISHED, body=body, starts_at=time(14))
    for n in range(15):
        item = make_item(meeting=meeting, order=n, lead=make_post(), kind="decision")
        for paper in range(2):
            item.papers.create(
                title=f"Paper {n} {paper}", file="x.pdf", media_type="application/pdf"
            )
    make_appointment(body=body)
    for roles, seat, most in (((), None, 5), (["clerk"], None, 9), (["officer"], body, 9)):
        if roles:
            signed_in(client, *roles, body=seat)
        with django_assert_max_num_queries(most):
            assert client.get(f"/meetings/{meeting.pk}/").status_code == 200
