"""A family's story: opened at their kitchen table on a bad line, ended with the child's last number."""

import re
from datetime import timedelta
from itertools import groupby

import pytest
from PIL import Image
from playwright.sync_api import expect

from saidanddone.core import clock

pytestmark = pytest.mark.journey

NHS = "Northern Care Alliance NHS Foundation Trust"
SHUT = "I must ask or tell something about this child"
DOWN = "The line is down"
WORDS = "i like it when gran dos my hair. not the shoutin"


def test_a_story_from_the_kitchen_table_to_its_end(visit, served, tmp_path):
    lead = visit("family_lead", phone=True)
    story = open_on_a_bad_line(lead, served)
    hear_the_child(lead, story, tmp_path)
    write_on_a_bad_line(lead, served, story)
    invite(lead, story)
    nurse, supervisor = visit("family_health"), visit("family_supervisor")
    add_what_health_knows(nurse, story)
    authorise(lead, supervisor, story)
    plan(lead, story)
    mother = visit(phone=True)
    come_in_by_card(lead, mother, story)
    agree(mother, story)
    review(lead, story)
    nurse.go(f"/stories/{story}/write/health/")
    stop_for_one_agency(mother, story)
    the_open_page_refuses(nurse, served, story)
    lead.go(f"/stories/{story}/safety/")
    lead.type(words="No. Her nurse rings me, and I see Tansy on Tuesdays.")
    lead.send("Keep this answer")
    end(lead, supervisor, story)
    lead.go(f"/stories/{story}/")
    lead.sees("Closed")
    lead.picture("journey-story-closed")
    assert told_in_the_audit(served, story) == DEEDS
    assert told_in_the_looks(served, story) == LOOKS


# ------------------------------------------------------------------ at the table


def open_on_a_bad_line(lead, served):
    """All of it is typed when the line goes: it stays on the page, and is sent once it is back."""
    lead.go("/stories/open/")
    fill_in_the_family(lead)
    lead.context.set_offline(True)
    lead.press("Open the story")
    lead.press("Open the story")
    lead.sees(DOWN)
    assert stories_called(served, "Thimblewick") == []
    lead.picture("journey-story-line-down")
    lead.context.set_offline(False)
    lead.page.wait_for_url(re.compile(r"/stories/[0-9a-f-]{36}/$"))
    lead.sees("The story is open, and you lead it")
    (found,) = stories_called(served, "Thimblewick")
    lead.send("Everybody is written down: begin")
    return found


def fill_in_the_family(lead, called="Thimblewick"):
    """A mother who agrees, and a child."""
    lead.type(called=called, why_now="Mornings are hard since Gran was ill.")
    lead.type(**{
        "person-0-name": f"Ottilie {called}", "person-0-words": "School and the nurse may talk.",
        "person-1-name": f"Tansy {called}", "person-1-born_on": "4/5/2017",
    })  # fmt: skip
    lead.page.locator('[name="agencies"]').first.select_option(label=NHS)
    lead.choose("how", "spoken")
    lead.type(witness="Her sister")


def hear_the_child(lead, story, folder):
    """Word for word, in her spelling, and her drawing; for those whom she chose."""
    lead.go(f"/stories/{story}/words/")
    lead.type(words=WORDS, how="Drawing together")
    lead.page.get_by_text("Tansy Thimblewick").click()
    lead.choose("audience", "team")
    lead.send("Keep their words")
    lead.sees(WORDS)
    lead.go(f"/stories/{story}/drawings/keep/")
    drawing = folder / "IMG_2051.png"
    Image.new("RGB", (320, 200), "gold").save(drawing)
    lead.page.locator('[name="picture"]').set_input_files(drawing)
    lead.type(described="Gran and me. The sun is out.")
    lead.page.get_by_text("Tansy Thimblewick").click()
    lead.choose("audience", "team")
    lead.send("Keep the drawing")
    shown = lead.page.get_by_alt_text("Gran and me. The sun is out.")
    shown.scroll_into_view_if_needed()
    expect(shown).to_have_js_property("naturalWidth", 320)
    lead.go(f"/stories/{story}/number/")
    lead.page.locator(".choice", has_text="Tansy Thimblewick").first.click()
    lead.choose("score", "3")
    lead.send("Keep the number")


def write_on_a_bad_line(lead, served, story):
    """Cut again while a section is written: what is typed is saved when the line is back, and signed."""
    lead.go(f"/stories/{story}/write/home/")
    state, area = lead.page.locator("[data-state]"), lead.page.locator("#strengths")
    area.fill("Gran and Tansy")
    expect(state).to_contain_text("Saved")
    lead.context.set_offline(True)
    area.fill("Gran and Tansy cook on Sundays.")
    expect(lead.page.locator("[data-saving]")).to_contain_text("Your words are kept here")
    assert lead.page.evaluate("localStorage.length + sessionStorage.length") == 0
    lead.context.set_offline(False)
    expect(state).to_contain_text(re.compile("^Saved"))
    assert written(served, story, "home") == "Gran and Tansy cook on Sundays."
    lead.press("Read it through and sign")
    lead.send("Sign it")
    lead.sees("The team and the family can read it")


# ------------------------------------------------------------------ the team


def invite(lead, story):
    """A colleague of the agency that the mother named."""
    lead.go(f"/stories/{story}/team/invite/")
    post = lead.page.locator('[name="post"]')
    nurse = post.locator("option", has_text="Lovage Pennyfeather").first
    post.select_option(nurse.get_attribute("value"))
    lead.type(purpose="How Tansy sleeps")
    lead.send("Invite them")
    lead.sees("Lovage Pennyfeather")


def add_what_health_knows(nurse, story):
    """She reads first what is known, then adds her own part and signs it."""
    nurse.go(f"/stories/{story}/")
    nurse.sees("Gran and Tansy cook on Sundays.")
    nurse.sees(WORDS)
    nurse.go(f"/stories/{story}/write/health/")
    nurse.type(worries="She wakes at four.")
    expect(nurse.page.locator("[data-state]")).to_contain_text(re.compile("^Saved"))
    nurse.press("Read it through and sign")
    nurse.send("Sign it")


def authorise(lead, supervisor, story):
    """A second pair of eyes reads it and stands by it."""
    lead.go(f"/stories/{story}/")
    lead.send("Send it to be authorised")
    lead.sees("It waits to be authorised")
    supervisor.go(f"/stories/{story}/authorise/")
    supervisor.choose("deed", "authorise_story")
    supervisor.send("Keep my decision")


def plan(lead, story):
    """One goal in the family's words, one step that is the mother's."""
    lead.go(f"/stories/{story}/plan/goals/add/")
    lead.type(words="Mornings without shouting")
    lead.send("Add this goal")
    lead.press("Add a step to goal 1")
    lead.type(what="Lay out the clothes in the evening", due_on=day(14))
    lead.page.locator(".choice", has_text="Ottilie Thimblewick").click()
    lead.send("Add this step")
    lead.sees("Ottilie Thimblewick")


def come_in_by_card(lead, mother, story):
    """The mother has no e-mail: she is given a card, and comes in on her own phone."""
    lead.go(f"/stories/{story}/doors/")
    lead.page.locator(".choice", has_text="Ottilie Thimblewick").click()
    lead.send("Open this door")
    code = lead.page.locator("p.big strong").inner_text()
    mother.go("/our-story/card/")
    mother.type(code=code)
    mother.send("Come in")
    mother.sees("This is your family’s story")


def agree(mother, story):
    """She agrees with the plan, and ticks her own step."""
    mother.press("Say what you think of the plan")
    mother.choose("kind", "agrees")
    mother.type(words="Yes. And Gran helps.")
    mother.send("Send my answer")
    mother.sees("We have your yes")
    mother.picture("journey-story-plan-at-home")
    mother.send("I have done it")
    mother.sees("Not done after all")


def review(lead, story):
    """The team meets; the child says how things are now."""
    lead.go(f"/stories/{story}/reviews/hold/")
    lead.type(words="Two calm mornings this week.", next_on=day(42))
    lead.page.get_by_label("How things are, as Tansy Thimblewick sees it").select_option("6")
    lead.send("Keep this review")
    lead.sees("Two calm mornings this week.")


# ------------------------------------------------------------------ taken back


def stop_for_one_agency(mother, story):
    """She says stop to one of them, on her phone."""
    mother.go(f"/our-story/{story}/stop/")
    mother.page.locator(".choice", has_text=f"Only {NHS}").click()
    mother.type(words="We have no need of it now.")
    mother.send("Stop it now")
    mother.sees("They can no longer open your story")


def the_open_page_refuses(nurse, served, story):
    """Her page still stands open: the next press is refused within a second, with what rule 3 leaves."""
    nurse.type(needs="Tell the GP about the nights")
    with nurse.page.expect_response(re.compile("/save/$")) as answered:
        nurse.page.get_by_role("button", name="Save").click()
    answered.value.finished()
    assert answered.value.status == 403
    assert answered.value.request.timing["responseEnd"] < 1000  # milliseconds
    expect(nurse.page.locator("h1")).to_have_text("This family’s story is no longer open to you")
    expect(nurse.page.locator("main .button")).to_have_text([SHUT])
    nurse.sees("Tell the GP about the nights")
    nurse.sees("She wakes at four.")
    query = "SELECT count(*) FROM earlyhelp_contribution WHERE story_id = %s AND needs <> ''"
    assert served.rows(query, story) == [(0,)]
    nurse.does_not_see("Thimblewick")
    nurse.picture("journey-story-shut")
    nurse.press(SHUT)
    nurse.choose("kind", "tell")
    nurse.type(words="The GP waits for a letter about her nights.")
    nurse.send("Send it to them")
    nurse.sees("The GP waits for a letter about her nights.")
    assert served.rows(
        "SELECT count(*) FROM earlyhelp_asking WHERE words LIKE 'The GP waits%%'"
    ) == [(1,)]


def end(lead, supervisor, story):
    """How it went, and the child's last number; the supervisor reads it, then it ends."""
    lead.go(f"/stories/{story}/close/")
    lead.page.locator(".choice", has_text="What was needed is met").click()
    lead.type(words="Mornings are calm.", continues="Gran, and the school’s breakfast club.")
    lead.page.locator("summary", has_text="Tansy Thimblewick").click()
    lead.page.get_by_label("What Tansy Thimblewick says about the help").fill("its nice now")
    lead.page.get_by_label("How things are now, as Tansy Thimblewick sees it").select_option("8")
    lead.send("Ask to close it")
    supervisor.go(f"/stories/{story}/close/answer/")
    supervisor.sees("its nice now")
    supervisor.sees("8 of 10")
    supervisor.choose("deed", "close_story")
    supervisor.send("Keep my decision")


# ------------------------------------------------------------------ what is kept


def day(ahead):
    """A day so far ahead, as somebody types it."""
    return f"{clock.today() + timedelta(days=ahead):%d/%m/%Y}"


def stories_called(served, name):
    """The stories of families that call themselves so."""
    query = (
        "SELECT s.id FROM earlyhelp_story s JOIN earlyhelp_family f ON f.id = s.family_id "
        "WHERE f.called = %s"
    )
    return [str(row[0]) for row in served.rows(query, name)]


def written(served, story, section):
    """What the database holds of a section."""
    query = "SELECT strengths FROM earlyhelp_contribution WHERE story_id = %s AND section = %s"
    return served.rows(query, story, section)[0][0]


def told_in_the_audit(served, story):
    """All that was done since the story was opened, by whom; looks have a list of their own."""
    return served.rows(
        "SELECT coalesce(split_part(u.name, ' ', 1), ''), verb FROM audit_line l "
        "LEFT JOIN people_user u ON l.actor = 'person:' || u.id "
        "WHERE l.id >= (SELECT min(id) FROM audit_line WHERE subject = %s) "
        "AND verb <> 'read_story' AND actor NOT LIKE 'system%%' ORDER BY l.id",
        f"earlyhelp.story:{story}",
    )


def told_in_the_looks(served, story):
    """Every look at the story, in order: who, at which page, and whether it was refused.

    A page and what is sent from it are one line. A drawing is fetched when it comes into sight.
    """
    looks = served.rows(
        "SELECT split_part(u.name, ' ', 1), part, refused FROM earlyhelp_look k "
        "JOIN people_user u ON u.id = k.person_id WHERE story_id = %s AND part <> 'drawing' "
        "ORDER BY at",
        story,
    )
    return [look for look, _ in groupby(looks)]


LEAD, NURSE, HEAD, MOTHER = "Bramble", "Lovage", "Gideon", "Somebody"
DEEDS = [
    (LEAD, "open_story"),
    (LEAD, "begin_assessment"),
    (LEAD, "record_childs_words"),
    (LEAD, "keep_drawing"),
    (LEAD, "note_scale"),
    (LEAD, "contribute"),
    (LEAD, "sign_contribution"),
    (LEAD, "invite_to_team"),
    (NURSE, "contribute"),
    (NURSE, "sign_contribution"),
    (LEAD, "send_for_authorising"),
    (HEAD, "authorise_story"),
    (LEAD, "add_goal"),
    (LEAD, "add_step"),
    (LEAD, "make_card"),
    (MOTHER, "enter_by_card"),
    (MOTHER, "sign_in"),
    (MOTHER, "agree_plan"),
    (MOTHER, "finish_step"),
    (LEAD, "hold_review"),
    (MOTHER, "withdraw_agreement"),
    (NURSE, "read_own"),
    (NURSE, "refused_story"),
    (NURSE, "ask_or_tell"),
    (NURSE, "read_asking"),
    (LEAD, "answer_safety"),
    (LEAD, "ask_to_close"),
    (HEAD, "close_story"),
]
# Who, at which page, whether refused. She who has no name at her own door is somebody.
LOOKS = [
    (LEAD, "story", False), (LEAD, "words", False), (LEAD, "story", False),
    (LEAD, "words", False), (LEAD, "story", False), (LEAD, "scales", False),
    (LEAD, "story", False), (LEAD, "writing", False), (LEAD, "team", False),
    (NURSE, "story", False), (NURSE, "writing", False), (LEAD, "story", False),
    (LEAD, "authorising", False), (LEAD, "story", False), (HEAD, "authorising", False),
    (LEAD, "plan", False), (LEAD, "doors", False), (MOTHER, "home", False),
    (MOTHER, "plan-at-home", False), (LEAD, "reviews", False), (NURSE, "writing", False),
    (MOTHER, "stop", False), (MOTHER, "own-agreement", False), (NURSE, "own-work", False),
    (NURSE, "writing", True), (NURSE, "asking", False), (LEAD, "safety", False),
    (LEAD, "closing", False), (LEAD, "story", False), (HEAD, "closing", False),
    (LEAD, "story", False),
]  # fmt: skip


# ------------------------------------------------------------------ without a script


def test_a_story_without_a_script(visit, served):
    lead = visit("family_lead", phone=True, script=False)
    lead.go("/stories/open/")
    fill_in_the_family(lead, "Bobbinhurst")
    lead.send("Open the story")
    (story,) = stories_called(served, "Bobbinhurst")
    lead.go(f"/stories/{story}/words/")
    lead.type(words=WORDS, how="Drawing together")
    lead.page.get_by_text("Tansy Bobbinhurst").click()
    lead.choose("audience", "worker")
    lead.send("Keep their words")
    lead.go(f"/stories/{story}/write/home/")
    lead.type(strengths="They cook on Sundays.")
    lead.send("Save")
    lead.press("Read it through and sign")
    lead.send("Sign it")
    invite(lead, story)
    nurse = visit("family_health", script=False)
    nurse.go(f"/stories/{story}/write/health/")
    nurse.sees("What you know")
    nurse.type(worries="She wakes at four.")
    lead.go(f"/stories/{story}/agreements/withdraw/")
    lead.send("Take it back now")
    lead.sees("Choose for whom it ends")
    lead.choose("agency", "all")
    lead.type(words="Not now, please.")
    lead.send("Take it back now")
    nurse.send("Save")
    nurse.sees("no longer open to you")
    nurse.sees("She wakes at four.")
    expect(nurse.page.locator("main .button")).to_have_text([SHUT])
    assert written(served, story, "home") == "They cook on Sundays."
