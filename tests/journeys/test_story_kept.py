"""What a page says that it has saved is saved: the database is killed, the session ends."""

import re
import signal

import pytest
from playwright.sync_api import expect

from tests.journeys.test_database_restart import kill_database

pytestmark = pytest.mark.journey
SAVED = re.compile("^Saved [0-9]")
PATIENCE = 30_000  # milliseconds until a killed database is back and the words with it


@pytest.fixture
def story(served):
    """The story of the Teaspoons."""
    query = (
        "SELECT a.story_id FROM earlyhelp_access a JOIN people_user u ON u.id = a.person_id "
        "WHERE u.name = 'Delphine Teaspoon' AND a.kind = 'family'"
    )
    return served.rows(query)[0][0]


def test_no_word_that_was_said_to_be_saved_is_lost_when_the_database_is_killed(
    visit, served, story
):
    lead = visit("family_lead", phone=True)
    lead.go(f"/stories/{story}/write/housing/")
    area, state = lead.page.locator("#worries"), lead.page.locator("[data-state]")
    for how in (signal.SIGQUIT, signal.SIGKILL):
        saved = f"Kept before {how.name}."
        area.fill(saved)
        expect(state).to_contain_text(SAVED)
        area.fill(f"{saved} Typed as it was killed.")
        area.blur()  # which sends it at once
        kill_database(served, how)
        assert kept(served, story, "housing") in {saved, f"{saved} Typed as it was killed."}
        expect(state).to_contain_text(SAVED, timeout=PATIENCE)
        assert kept(served, story, "housing") == f"{saved} Typed as it was killed."
    assert rivals(served, story) == 0  # an answer that never came is no second window
    lead.complaints = [said for said in lead.complaints if not said.startswith("503 ")]


def test_whoever_is_signed_out_signs_in_beside_their_words_and_loses_no_letter(
    visit, served, story
):
    lead = visit("family_lead", phone=True)
    lead.go(f"/stories/{story}/write/relationships/")
    lead.context.clear_cookies()
    lead.type(strengths="They laugh about it afterwards.")
    bar = lead.page.locator("[data-saving]")
    expect(bar).to_contain_text("you have been signed out")
    with lead.context.expect_page() as opened:
        bar.get_by_role("link").click()
    door = opened.value
    door.wait_for_load_state()
    assert "/sign-in/" in door.url
    door.goto(lead.address + "/demo/")
    door.locator('form:has([name="persona"][value="family_lead"]) button').click()
    door.wait_for_load_state()
    door.goto(lead.address + "/sign-in/done/")
    expect(door.locator("h1")).to_have_text("You are signed in again")
    door.close()
    expect(lead.page.locator("[data-state]")).to_contain_text(SAVED)
    expect(bar).to_be_hidden()
    assert kept(served, story, "relationships", "strengths") == "They laugh about it afterwards."


def kept(served, story, section, part="worries"):
    """What the database holds of a draft in a section."""
    query = (
        f"SELECT {part} FROM earlyhelp_contribution "
        "WHERE story_id = %s AND section = %s AND state = 'writing'"
    )
    return served.rows(query, story, section)[0][0]


def rivals(served, story):
    """How many texts stand beside others there."""
    query = "SELECT count(*) FROM earlyhelp_rivaltext WHERE story_id = %s"
    return served.rows(query, story)[0][0]


def test_what_was_typed_into_a_short_form_is_there_when_its_page_was_killed(visit, served, story):
    lead = visit("family_lead", phone=True)
    place = f"/stories/{story}/contact/"
    lead.go(place)
    with lead.page.expect_response(asked("keep")):
        lead.type(what="She came to the door in her coat.")
    lead.page.close()
    lead.page = lead.context.new_page()
    lead.page.goto(lead.address + place)
    area, anew = (
        lead.page.locator('[name="what"]'),
        lead.page.get_by_role("button", name="Start empty"),
    )
    expect(area).to_have_value("She came to the door in her coat.")
    expect(lead.page.get_by_role("status").first).to_contain_text("You typed this at ")
    stored = "JSON.stringify([{...localStorage}, {...sessionStorage}])"
    assert "coat" not in lead.page.evaluate(stored)
    with lead.page.expect_response(asked("drop")):
        anew.click()
    expect(area).to_have_value("")
    assert served.rows("SELECT count(*) FROM earlyhelp_typedsofar")[0][0] == 0


def asked(deed):
    """An answer to what was asked about words that are not sent yet."""
    return lambda answer: answer.request.headers.get("x-deed") == deed
