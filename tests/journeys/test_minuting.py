"""A meeting is minuted on a bad line, by two people at once, and becomes agreed minutes."""

import re

import pytest
from playwright.sync_api import expect

from saidanddone.core import clock

pytestmark = pytest.mark.journey
SAVED = re.compile("Saved")


def test_a_meeting_is_minuted_on_a_bad_line_and_its_minutes_are_agreed(visit, served):
    clerk, second, chair = visit("clerk"), visit("clerk"), visit("chair")
    member = visit("board_member", phone=True)
    meeting = held_today(clerk, chair)
    items = items_of(served, meeting)
    clerk.go(f"/meetings/{meeting}/minute/")
    who_is_here(clerk)
    the_line_is_cut_twice(clerk, served, items[0])
    signed_out_in_the_middle(clerk, served, items[2])
    two_write_in_one_item(clerk, second, served, meeting, items[1])
    decision_and_action_beside_the_item(clerk, items[1])
    clerk.picture("journey-minuting")
    close(clerk, meeting)
    chair.go("/my-day/")
    chair.sees("Check the minutes of")
    chair.go(f"/meetings/{meeting}/minutes/")
    chair.press("This is what happened")
    clerk.go(f"/meetings/{meeting}/minutes/")
    clerk.press("Circulate them")
    clerk.sees("Not yet agreed")
    ask_for_a_correction(member, meeting, items[0])
    put_it_right(clerk, meeting)
    agreed_at_the_next(clerk, chair, served, meeting)
    anybody = visit()
    anybody.go(f"/meetings/{meeting}/minutes/")
    anybody.sees("Agreed at the meeting of")
    anybody.sees("Said while the line was down, twice.")
    anybody.picture("journey-minutes-agreed")


def test_minutes_without_a_script(visit, served):
    clerk, chair = visit("clerk", script=False), visit("chair", script=False)
    meeting = held_today(clerk, chair)
    item = items_of(served, meeting)[0]
    clerk.go(f"/meetings/{meeting}/minute/")
    clerk.page.locator(f"#minute-{item}").fill("Written without a script.")
    clerk.page.locator(f"#item-{item} form[action*='/save/'] button").click()
    clerk.go(f"/meetings/{meeting}/minute/quorum/")
    clerk.choose("quorate", "no")
    clerk.press("Keep it")
    clerk.sees("Not quorate, the chair says")
    clerk.page.locator(f"#item-{item}").get_by_role("link", name="Add a decision").click()
    clerk.sees("it is kept as “recommended”")
    clerk.type(wording="The lights are mended.", reasons="It is dark.")
    clerk.press("Save decision")
    clerk.sees("Recommended")
    assert minute_of(served, item) == "Written without a script."
    close(clerk, meeting)


# ------------------------------------------------------------------ before it


def held_today(clerk, chair):
    """A meeting of the Board today, its agenda out with the chair's reason why no child is heard."""
    clerk.go("/boards/cspb/meetings/plan/")
    clerk.type(on=f"{clock.today():%d/%m/%Y}")
    clerk.press("Plan it")
    meeting = clerk.number()
    chair.go(f"/meetings/{meeting}/")
    chair.type(why="An extra meeting about one contract.")
    chair.press("Keep my reason")
    clerk.go(f"/meetings/{meeting}/")
    clerk.press("Publish the agenda")
    clerk.sees("Write the minutes")
    return meeting


def items_of(served, meeting):
    """The items of a meeting in their order."""
    found = served.rows(
        'SELECT id FROM governance_agendaitem WHERE meeting_id = %s ORDER BY "order", id', meeting
    )
    return [row[0] for row in found]


def minute_of(served, item):
    """What the database holds as an item's minute."""
    return served.rows("SELECT minute FROM governance_agendaitem WHERE id = %s", item)[0][0]


# ------------------------------------------------------------------ in it


def who_is_here(clerk):
    """Marked one by one; the page tells what is missing, and then that there are enough."""
    expect(clerk.page.locator("[data-quorum]")).to_contain_text("Nobody is marked yet")
    marks = clerk.page.locator(".sheet select")
    marks.nth(0).select_option("present")
    expect(clerk.page.locator("[data-quorum]")).to_contain_text("Still missing")
    for n in range(1, marks.count()):
        marks.nth(n).select_option("online")
    expect(clerk.page.locator("[data-quorum]")).to_contain_text("Enough to decide")


def the_line_is_cut_twice(clerk, served, item):
    """What is typed while the line is down stays in the page, and is saved when it is back."""
    area, state = (
        clerk.page.locator(f"#minute-{item}"),
        clerk.page.locator(f"#item-{item} [data-state]"),
    )
    area.fill("Said at the start.")
    expect(state).to_contain_text(SAVED)
    for words in ("Said while the line was down", "Said while the line was down, twice."):
        clerk.context.set_offline(True)
        area.fill(words)
        expect(state).to_contain_text("the line is down")
        assert minute_of(served, item) != words
        assert clerk.page.evaluate("localStorage.length + sessionStorage.length") == 0
        clerk.context.set_offline(False)
        expect(state).to_contain_text(SAVED)
        assert minute_of(served, item) == words


def signed_out_in_the_middle(clerk, served, item):
    """Words stay in the page; after signing in again in another window they are saved."""
    other = clerk.context.new_page()
    other.goto(clerk.address + "/my-day/")
    other.get_by_role("button", name="Sign out").click()
    other.wait_for_load_state()
    clerk.page.locator(f"#minute-{item}").fill("Written without a session.")
    expect(clerk.page.locator("[data-saving]")).to_contain_text("you have been signed out")
    assert minute_of(served, item) == ""
    other.goto(clerk.address + "/demo/")
    other.locator('form:has([name="persona"][value="clerk"]) button').click()
    other.wait_for_load_state()
    expect(clerk.page.locator(f"#item-{item} [data-state]")).to_contain_text(SAVED)
    assert minute_of(served, item) == "Written without a session."
    other.close()


def two_write_in_one_item(clerk, second, served, meeting, item):
    """The slower one sees both texts; both are kept until somebody says which it is."""
    second.go(f"/meetings/{meeting}/minute/")
    clerk.page.locator(f"#minute-{item}").fill("What the first wrote.")
    expect(clerk.page.locator(f"#item-{item} [data-state]")).to_contain_text(SAVED)
    second.page.locator(f"#minute-{item}").fill("What the second wrote.")
    both = second.page.locator(f"#item-{item} [data-both]")
    expect(both).to_contain_text("What the first wrote.")
    expect(second.page.locator(f"#minute-{item}")).to_have_value("What the second wrote.")
    second.page.locator(f"#minute-{item}").fill("What the second wrote, and more.")
    expect(second.page.locator(f"#item-{item} [data-state]")).to_contain_text("beside")
    second.picture("journey-two-texts")
    both.get_by_role("button", name="Put both together").click()
    expect(second.page.locator(f"#minute-{item}")).to_have_value(
        "What the first wrote.\n\nWhat the second wrote, and more."
    )
    assert minute_of(served, item).endswith("and more.")


def decision_and_action_beside_the_item(clerk, item):
    """Both are added on the page, without leaving it."""
    clerk.page.reload()
    here = clerk.page.locator(f"#item-{item}")
    here.get_by_role("link", name="Add a decision").click()
    here.locator('[name="wording"]').fill("The contract is let.")
    here.locator('[name="reasons"]').fill("It was the best.")
    here.get_by_role("button", name="Save decision").click()
    expect(here.locator(".record")).to_contain_text("The contract is let.")
    here.get_by_role("link", name="Add an action").click()
    here.locator('[name="what"]').fill("Sign the contract")
    here.locator('[name="owner"]').select_option(index=1)
    here.get_by_role("button", name="Save action").click()
    expect(here.locator(".errors")).to_be_visible()  # no day was given
    here.locator('[name="due_on"]').fill("31/12/2027")
    here.get_by_role("button", name="Save action").click()
    expect(here.locator(".record")).to_contain_text("Sign the contract")


def close(clerk, meeting):
    """The meeting ends; its minutes go to the chair."""
    clerk.go(f"/meetings/{meeting}/close/")
    clerk.press("Close it")


# ------------------------------------------------------------------ after it


def ask_for_a_correction(member, meeting, item):
    """On a phone, between two other things."""
    member.go(f"/meetings/{meeting}/minutes/")
    member.sees("Not yet agreed")
    member.page.locator(f"#item-{item}").get_by_role("link", name="Something is wrong here").click()
    member.type(text="It was said three times.")
    member.press("Ask for it")
    member.sees("It was said three times.")


def put_it_right(clerk, meeting):
    """The clerk leaves it as it is, with the reason."""
    clerk.go(f"/meetings/{meeting}/minutes/")
    clerk.page.get_by_role("link", name=re.compile("^Leave it")).first.click()
    clerk.type(why="The recording says twice.")
    clerk.press("Leave it")
    clerk.sees("The recording says twice.")


def agreed_at_the_next(clerk, chair, served, meeting):
    """The next meeting has them on its agenda by itself, agrees them, and they are locked."""
    later = held_today(clerk, chair)
    clerk.go(f"/meetings/{later}/minute/")
    clerk.page.locator(f'a[href*="/meetings/{meeting}/minutes/approve/"]').first.click()
    clerk.type(amendments="At item 1, a comma.")
    clerk.press("They were agreed: lock them")
    clerk.sees("Nothing in them changes any more")
    clerk.go(f"/meetings/{meeting}/minute/")
    assert clerk.path() == f"/meetings/{meeting}/"
    state = served.rows("SELECT state FROM governance_minutes WHERE meeting_id = %s", meeting)
    assert state == [("approved",)]
    close(clerk, later)
