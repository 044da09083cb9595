"""The whole of a session: booked, waited for, given up, offered, attended, evaluated, certified."""

import re
from datetime import timedelta

import pytest

from saidanddone.core import clock

pytestmark = pytest.mark.journey

TITLE = "Owls, bats and other night creatures"
ADDRESS = "/sessions/owls-bats-and-other-night-creatures/"
FIRST, SECOND = "ardal.first@stranger.example", "bea.beckett@stranger.example"
LINK = re.compile(r"/bookings/[^/\s]+/")


def test_a_stranger_waits_gets_the_freed_place_attends_and_has_a_certificate(visit, served):
    clerk, first, second = visit("clerk"), visit(phone=True), visit(phone=True, script=False)
    plan(clerk)
    book(first, "Ardal First", FIRST)
    first.sees("Your place is booked")
    book(second, "Bea Beckett", SECOND)
    second.sees("You are on the waiting list")
    second.picture("journey-session-waiting")
    give_up(first, served)
    take_the_freed_place(second, served)
    the_hour_passes(served)
    take_in_the_report(clerk)
    close(clerk)
    tell_how_it_was(second, served)
    print_the_certificate(second, served)
    assert story_of(served) == [
        "plan_session", "open_session", "book_place", "book_place", "cancel_booking",
        "offer_place", "accept_offer", "read_attendance", "take_attendance", "close_session",
        "evaluate_session",
    ]  # fmt: skip


def plan(clerk):
    """The clerk plans a session with one place, and opens booking."""
    clerk.go("/sessions/new/")
    clerk.type(
        title=TITLE, about="One hour in the dark.", starts="12pm", ends="1pm", capacity="1",
        on=f"{clock.today() + timedelta(days=20):%d/%m/%Y}", link="https://meet.example/owls",
    )  # fmt: skip
    clerk.press("Plan it")
    clerk.sees("Not open yet")
    clerk.press("Open booking")
    clerk.sees("Booking is open")
    clerk.picture("journey-session-planned")


def book(visitor, name, email):
    """Choose, say who one is, done: three requests."""
    visitor.go(ADDRESS)
    visitor.sees(TITLE)
    visitor.page.locator(f'a[href="{ADDRESS}book/"]').click()
    visitor.page.wait_for_load_state()
    visitor.type(name=name, email=email, organisation="Moonlight Youth (example)")
    visitor.page.locator("main form button").click()
    visitor.page.wait_for_load_state()
    visitor.sees(email)


def link_to(served, email, kind):
    """The link in a letter of that kind, as its reader finds it."""
    rows = served.rows(
        "SELECT w.text, l.fill->>'link' FROM mail_letter l JOIN mail_wording w ON w.id = l.wording_id"
        " WHERE l.address = %s AND w.kind = %s ORDER BY l.id DESC LIMIT 1", email, kind,
    )  # fmt: skip
    text, filled = rows[0]
    return LINK.search(filled or text)[0]


def give_up(visitor, served):
    """Whoever has the place cannot come."""
    visitor.go(link_to(served, FIRST, "place_booked"))
    visitor.sees("You have a place")
    visitor.press("I cannot come")
    visitor.press("Give up my place")
    visitor.sees("Thank you for telling us")


def take_the_freed_place(visitor, served):
    """It is offered by itself to whoever waited."""
    visitor.go(link_to(served, SECOND, "place_offered"))
    visitor.sees("A place is free for you")
    visitor.does_not_see("Join now")
    visitor.press("Take the place")
    visitor.sees("You have a place")
    visitor.picture("journey-session-booked")


def the_hour_passes(served):
    """The session was this very hour."""
    served.rows(
        "UPDATE events_session SET begins_at = now() - interval '65 minutes',"
        " ends_at = now() - interval '5 minutes' WHERE title = %s RETURNING id", TITLE,
    )  # fmt: skip


def take_in_the_report(clerk):
    """What Teams exported: they came as a guest, with their name the other way round."""
    day = f"{clock.now():%d/%m/%y}"
    report = "\n".join([
        "1. Summary", f"Start time\t{day}, 12:00:00", "", "2. Participants",
        "Name\tFirst join\tLast leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole",
        f"BECKETT Bea (Guest)\t{day}, 12:00:00\t{day}, 12:40:00\t40m 0s\t\t\tAttendee",
        f"BECKETT Bea (Guest)\t{day}, 12:41:00\t{day}, 13:00:00\t19m 0s\t\t\tAttendee",
    ])  # fmt: skip
    clerk.go(f"{ADDRESS}attendance/")
    file = {"name": "report.csv", "mimeType": "text/csv", "buffer": report.encode("utf-16")}
    clerk.page.locator('[name="upload"]').set_input_files(file)
    clerk.press("Read it")
    clerk.sees("Perhaps Bea Beckett")
    clerk.page.locator('[name="row_0"]').select_option(
        label="Bea Beckett, Moonlight Youth (example)"
    )
    clerk.picture("journey-session-attendance")
    clerk.press("Take it in")
    clerk.sees("1 person was there")


def close(clerk):
    """The register is right."""
    clerk.go(f"{ADDRESS}register/")
    clerk.sees("59 minutes by Microsoft Teams")
    clerk.picture("journey-session-register")
    clerk.press("Close the register")
    clerk.sees("The register is closed")


def tell_how_it_was(visitor, served):
    """Four short questions on a phone."""
    visitor.go(link_to(served, SECOND, "session_afterwards"))
    visitor.does_not_see("Your certificate")
    visitor.press("Tell us how it was")
    visitor.choose("sure_before", "1")
    visitor.choose("sure_after", "4")
    visitor.type(differently="Look up more often.", wish="Moths")
    visitor.picture("journey-session-evaluation")
    visitor.press("Tell us")
    visitor.sees("Your certificate")


def print_the_certificate(visitor, served):
    """A PDF, and a line on their record."""
    path = visitor.page.get_by_role("link", name="Your certificate (PDF)").get_attribute("href")
    answer = visitor.page.request.get(visitor.address + path)
    assert answer.status == 200
    assert answer.body().startswith(b"%PDF-")
    visitor.press("My learning record")
    visitor.sees("Look up more often.")
    visitor.picture("journey-session-learning")


def story_of(served):
    """The audit's lines about this session and its bookings, in order."""
    number = served.rows("SELECT id FROM events_session WHERE title = %s", TITLE)[0][0]
    rows = served.rows(
        "SELECT verb FROM audit_line WHERE subject = %s OR subject IN"
        " (SELECT 'events.booking:' || id FROM events_booking WHERE session_id = %s) OR subject IN"
        " (SELECT 'events.attendancefile:' || id FROM events_attendancefile WHERE session_id = %s)"
        " ORDER BY at, written_at, id", f"events.session:{number}", number, number,
    )  # fmt: skip
    return [verb for (verb,) in rows if verb != "hold_session"]
