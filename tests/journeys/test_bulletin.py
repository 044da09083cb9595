"""An editor makes, has approved and sends a bulletin; a reader leaves by one click, another by header."""

import re
import time
import urllib.request

import pytest
from playwright.sync_api import expect

from tests.journeys.inspection import axe_faults, scrolls_sideways

pytestmark = pytest.mark.journey
WITHIN = 150  # seconds: the clock looks each minute, on a busy machine


def test_from_a_new_week_to_a_reader_who_leaves(visit, served):
    stranger_suggests(visit(phone=True, script=False), served)
    editor, asked = visit("editor"), []
    editor.page.on(
        "request", lambda one: asked.append(one) if one.is_navigation_request() else None
    )
    number = puts_it_together(editor)
    assert len(asked) <= 24, (
        "each deed is two requests for the browser: the form, and where it leads"
    )
    editor.does_not_see("Let it go")
    second_person_lets_it_go(visit("clerk"), number)
    its_hour_comes(served, number)
    everybody_reads_it(visit(phone=True, dark=True), served, number)
    a_reader_leaves_by_the_page(visit(phone=True, script=False), served)
    another_leaves_by_their_mail_program(served)
    editor.go(f"/bulletin/editions/{number}/")
    editor.sees("Letters written")


def stranger_suggests(stranger, served):
    """Without an account and without script; the letter asks if it was them."""
    stranger.go("/bulletin/suggest/")
    stranger.type(
        by_name="Wren Oakes", by_address="wren.oakes@charity.example", title="Puppet week in Tottington",
        words="Five afternoons of making and playing. Come to one or to all.",
    )  # fmt: skip
    stranger.press("Suggest it")
    stranger.sees("A letter is on its way")
    stranger.go(link_in(served, "wren.oakes@charity.example"))
    stranger.press("Yes, this is mine")
    stranger.sees("The editor will read")


def puts_it_together(editor):
    """Takes what is good, orders, begins it with a few words, looks at the letter, hands it on."""
    editor.go("/bulletin/desk/")
    editor.page.locator("label", has_text="Puppet week in Tottington").first.click()
    editor.press("Take what is ticked")
    editor.page.get_by_role("link", name=re.compile(r"^Bulletin \d+, for")).first.click()
    number = editor.number()
    editor.press("Add what has come since")
    editor.sees("Puppet week in Tottington")
    editor.page.locator('button[value$=":up"]:enabled').last.click()
    editor.type(opening="A full week. The puppets are new.")
    editor.press("Keep title and opening")
    editor.press("See it as a letter")
    letter = editor.page.frame_locator("iframe").first
    expect(letter.locator("body")).to_contain_text("A full week. The puppets are new.")
    editor.picture("journey-bulletin-preview")
    editor.go(f"/bulletin/editions/{number}/")
    editor.press("Hand it on")
    editor.sees("Waiting for a second person")
    return number


def second_person_lets_it_go(second, number):
    """Finds it on their day."""
    second.go("/my-day/")
    second.page.get_by_role("link", name=re.compile("Look at and let go")).first.click()
    assert second.number() == number
    second.press("Let it go")
    second.sees("It goes out on")


def its_hour_comes(served, number):
    """Friday at nine, a little early; then the clock sends it by itself."""
    served.rows("UPDATE bulletin_edition SET send_at = now() WHERE id = %s RETURNING id", number)
    until = time.monotonic() + WITHIN
    while time.monotonic() < until:
        about = f"bulletin.edition:{number}"
        ((waiting, accepted),) = served.rows(
            "SELECT count(*) FILTER (WHERE l.state IN ('queued', 'handing_over')),"
            " count(*) FILTER (WHERE l.state = 'accepted') FROM mail_letter l"
            " JOIN mail_wording w ON w.id = l.wording_id WHERE w.about = %s",
            about,
        )
        if accepted and not waiting:
            break
        time.sleep(2)
    ((readers, letters),) = served.rows(
        "SELECT (SELECT count(*) FROM bulletin_subscription WHERE state = 'live'), %s", accepted
    )
    assert letters == readers, "everybody has it, and nobody twice"


def everybody_reads_it(anybody, served, number):
    """At its lasting address, on a phone, in the dark."""
    ((shown,),) = served.rows("SELECT number FROM bulletin_edition WHERE id = %s", number)
    anybody.go("/bulletin/")
    anybody.go(f"/bulletin/{shown}/")
    anybody.sees("Puppet week in Tottington")
    assert axe_faults(anybody.page) == []
    assert not scrolls_sideways(anybody.page)
    anybody.picture("journey-bulletin")


def a_reader_leaves_by_the_page(reader, served):
    """The link in the letter; looking ends nothing, the button does."""
    address, path = one_reader(served, 1)
    reader.go(path)
    assert state_of(served, address) == "live"
    reader.press("Leave the bulletin")
    reader.sees("You have left the bulletin")
    assert state_of(served, address) == "ended"


def another_leaves_by_their_mail_program(served):
    """RFC 8058: a POST without cookie, without a page."""
    address, path = one_reader(served, 2)
    ask = urllib.request.Request(served.address + path, data=b"List-Unsubscribe=One-Click")
    with urllib.request.urlopen(ask) as answer:
        assert answer.status == 200
    assert state_of(served, address) == "ended"


def one_reader(served, which):
    """A reader of the bulletin that has just gone out, and the link in their own copy."""
    rows = served.rows(
        "SELECT l.address, l.fill ->> 'leave' FROM mail_letter l JOIN mail_wording w"
        " ON w.id = l.wording_id WHERE w.kind = 'bulletin' ORDER BY l.id LIMIT 1 OFFSET %s",
        which,
    )
    return rows[0][0], f"/bulletin/leave/{rows[0][1]}/"


def state_of(served, address):
    """Whether they still get it."""
    return served.rows("SELECT state FROM bulletin_subscription WHERE address = %s", address)[0][0]


def link_in(served, address):
    """The address in the newest letter there."""
    ((text,),) = served.rows(
        "SELECT w.text FROM mail_letter l JOIN mail_wording w ON w.id = l.wording_id"
        " WHERE l.address = %s ORDER BY l.id DESC LIMIT 1",
        address,
    )
    return re.search(r"http://[^/]+(/\S+)", text)[1]
