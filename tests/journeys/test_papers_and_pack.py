"""A clerk's agenda from its order to its pack: leads hand in, the pack goes out, a paper comes late."""

import io
import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from saidanddone.core import clock
from tests.governance.pdfs import bookmarks, page_of, pdf, words

pytestmark = pytest.mark.journey
MADE_WITHIN = 120_000  # milliseconds; the worker prints the demonstration's own packs beside it


def test_papers_arrive_and_the_pack_goes_out(visit, served, tmp_path):
    clerk, lead = visit("clerk"), visit("officer", phone=True)
    meeting = plan(clerk, 24)
    voice = add(clerk, meeting, "voice", "Buses after clubs", wording="Let there be a later bus.")
    title = f"A bus at eight (meeting {meeting})"
    plan_item = add(clerk, meeting, "decision", title, lead="Marigold Ashby")
    closed = add(clerk, meeting, "decision", "CANARY: which firm", restricted="It names bids")
    closing_items_stay_last(clerk, meeting, title)
    hand_in(lead, title, tmp_path)
    clerk.go(f"/meetings/{meeting}/")
    clerk.sees("Cover sheet is in")
    add_paper(clerk, meeting, closed, "CANARY bids", pdf("CANARY inside"), tmp_path)
    publish(clerk, meeting)
    wait_for_pack(clerk, meeting)
    clerk.picture("journey-pack")
    before = download(clerk, "Open what everybody may read", meeting)
    assert "CANARY" not in words(before)
    assert b"CANARY" not in before
    assert title in " ".join(bookmarks(before))
    members = download(clerk, "Open the members’ pack", meeting)
    assert "CANARY inside" in words(members)
    others_do_not_find_part_b(visit, meeting)
    late_paper(clerk, meeting, plan_item, tmp_path)
    after = download(clerk, "Open what everybody may read", meeting)
    labels = re.findall(r"^\[(\d+)\]", words(before), re.MULTILINE)
    for label in labels[1:]:  # all but the cover, which says what is new
        assert page_of(before, label) == page_of(after, label)
    assert "The figures are in." in page_of(after, "1")
    assert "LATE figures 1" in page_of(after, str(int(labels[-1]) + 2))
    assert voice


def plan(clerk, days):
    """The clerk plans a meeting of the Board."""
    clerk.go("/boards/cspb/meetings/plan/")
    clerk.type(on=f"{clock.today() + timedelta(days=days):%d/%m/%Y}", starts_at="2pm")
    clerk.press("Plan it")
    return clerk.number()


def add(clerk, meeting, kind, title, wording="", lead="", restricted=""):
    """Something comes onto the agenda; its page's address."""
    clerk.go(f"/meetings/{meeting}/add/?kind={kind}")
    clerk.type(title=title, wording=wording)
    if lead:
        menu = clerk.page.locator('[name="lead"]')
        option = menu.locator("option", has_text=lead).first
        menu.select_option(option.get_attribute("value"))
    if restricted:
        clerk.page.locator('label[for="id_restricted"]').click()  # the whole tile is the target
        clerk.type(restricted_why=restricted)
    clerk.press("Add it to the agenda")
    return clerk.page.get_by_role("link", name=title, exact=True).first.get_attribute("href")


def closing_items_stay_last(clerk, meeting, added):
    """What was added stands before what closes every agenda."""
    clerk.go(f"/meetings/{meeting}/")
    titles = clerk.page.locator(".items h3 a").all_inner_texts()
    opened = [title for title in titles if not title.startswith("CANARY")]
    assert added in opened
    if any("nything else" in title for title in opened):
        assert "nything else" in opened[-1]


def hand_in(lead, title, folder):
    """On a phone: the letter's link, three sentences, two files; one of them is no paper."""
    lead.go("/my-day/")
    lead.press(f"Hand in the paper for: {title}")
    lead.type(
        decision_wanted="Agree to pay for a bus at eight.", plain="You can stay until your club ends.",
        children_said="“I leave dance early, every week.”",
    )  # fmt: skip
    good, evil = folder / "Costs_of_the_bus.pdf", folder / "tool.pdf"
    good.write_bytes(pdf("COSTS", 2))
    evil.write_bytes(b"MZ" + b"\0" * 300)
    lead.page.locator('[name="uploads"]').set_input_files([good, evil])
    lead.press("Hand it in")
    lead.sees("tool: We take PDF")
    lead.sees("Costs of the bus")
    expect(lead.page.locator('[name="plain"]')).to_have_value("You can stay until your club ends.")
    lead.press("Hand it in")
    lead.sees("It is handed in")
    lead.picture("journey-hand-in-phone")


def add_paper(clerk, meeting, item, title, data, folder, why=""):
    """The clerk puts a paper behind an item."""
    clerk.go(f"{item}papers/")
    file = folder / "paper.pdf"
    file.write_bytes(data)
    clerk.type(title=title)
    if why:
        clerk.type(late_why=why)
    clerk.page.locator('[name="upload"]').set_input_files(file)
    clerk.press("Add the paper")
    clerk.sees(title)


def publish(clerk, meeting):
    """The agenda goes out."""
    clerk.go(f"/meetings/{meeting}/")
    clerk.press("Publish the agenda")
    clerk.sees("Agenda is out")


def wait_for_pack(clerk, meeting):
    """The page says that it is being made, and looks again by itself."""
    clerk.go(f"/meetings/{meeting}/pack/")
    expect(clerk.page.locator("body")).not_to_contain_text("is being made", timeout=MADE_WITHIN)
    clerk.sees("What is in it")


def download(visitor, words_of_link, meeting):
    """The bytes that a link gives."""
    visitor.go(f"/meetings/{meeting}/pack/")
    with visitor.page.expect_download() as found:
        visitor.page.get_by_role("link", name=words_of_link, exact=True).click()
    with open(found.value.path(), "rb") as file:  # noqa: PTH123 -- Playwright's own path
        return io.BytesIO(file.read()).getvalue()


def others_do_not_find_part_b(visit, meeting):
    """Somebody who does not sit there sees the open pack and no trace of the other."""
    officer = visit("officer")
    officer.go(f"/meetings/{meeting}/pack/")
    officer.sees("Open the pack")
    officer.does_not_see("CANARY")
    assert (
        officer.page.request.get(f"{officer.address}/meetings/{meeting}/pack/members.pdf").status
        == 404
    )


def late_paper(clerk, meeting, item, folder):
    """A paper joins with its reason; the new edition goes out."""
    add_paper(
        clerk, meeting, item, "Figures", pdf("LATE figures"), folder, why="Counted on Monday."
    )
    clerk.go(f"/meetings/{meeting}/")
    clerk.press("Send out what is new")
    clerk.type(note="The figures are in.")
    clerk.press("Make the new edition")
    wait_for_pack(clerk, meeting)
    clerk.sees("The figures are in.")


@pytest.mark.parametrize("script", [True, False], ids=["keyboard", "no-script"])
def test_an_agenda_is_put_in_order(visit, script):
    clerk = visit("clerk", script=script)
    meeting = plan(clerk, 26 if script else 27)
    add(clerk, meeting, "discussion", "First thing")
    add(clerk, meeting, "discussion", "Second thing")
    clerk.go(f"/meetings/{meeting}/order/")
    button = (
        clerk.page.get_by_role("button", name="Up Second thing")
        .or_(
            clerk.page.locator("li", has_text="Second thing").get_by_role(
                "button", name=re.compile("^Up")
            )
        )
        .first
    )
    if script:
        button.focus()
        clerk.page.keyboard.press("Enter")
        expect(clerk.page).to_have_url(re.compile(r"moved="))
        expect(clerk.page.locator("button[autofocus]")).to_be_focused()  # ready for the next press
    else:
        button.click()
    clerk.go(f"/meetings/{meeting}/")
    titles = clerk.page.locator(".items h3 a").all_inner_texts()
    assert titles.index("Second thing") < titles.index("First thing")


def test_a_file_of_200_mb_is_refused_in_a_sentence(visit, tmp_path):
    clerk = visit("clerk")
    meeting = plan(clerk, 28)
    item = add(clerk, meeting, "discussion", "A large file")
    large = tmp_path / "large.pdf"
    with large.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(200_000_000)
    clerk.go(f"{item}papers/")
    clerk.type(title="Too large")
    clerk.page.locator('[name="upload"]').set_input_files(large)
    clerk.page.get_by_role("button", name="Add the paper").click()
    expect(clerk.page.locator("body")).to_contain_text("It may be 20 MB at most", timeout=60_000)
    expect(clerk.page.locator('[name="title"]')).to_have_value("Too large")
