"""Everybody's pages, and lists: they open, and ask the database the same at any length."""

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saidanddone.core import clock
from saidanddone.governance import states
from saidanddone.governance.models import Action, Decision
from saidanddone.reference.models import partnership
from tests.factories.governance import (
    make_action,
    make_appointment,
    make_body,
    make_decision,
    make_item,
    make_meeting,
    make_paper,
    make_seat,
)
from tests.governance.browsing import signed_in, text

pytestmark = pytest.mark.django_db
OWN, FIXED = 5, 4  # queries of the page's own; of every signed-in page


def asked(client, path):
    """How many queries a page takes, when nothing is kept but the partnership's settings."""
    partnership()
    caches["pages"].clear()
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(path).status_code == 200
    return len([q for q in found if not q["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN"))])


def addresses(body):
    """Every page that anybody may open."""
    meeting = body.meetings.first()
    item = meeting.items.first()
    return [
        "/boards/", f"/boards/{body.slug}/", f"/boards/{body.slug}/meetings/",
        f"/meetings/{meeting.pk}/", f"/meetings/{meeting.pk}/items/{item.pk}/", "/decisions/",
        f"/decisions/{Decision.objects.get().pk}/", f"/actions/{Action.objects.get().pk}/",
        "/decisions/feed/",
    ]  # fmt: skip


# ------------------------------------------------------------------ everybody's pages


def test_public_pages_open_for_all(client, board):
    for address in addresses(board):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert "csrf" not in text(answer)
        assert "Juniper Weir" not in text(answer), address


def test_the_same_pages_for_those_who_work_here(client, board):
    signed_in(client, "officer")
    for address in addresses(board):
        assert client.get(address).status_code == 200, address
    assert "Juniper Weir" in text(client.get(f"/boards/{board.slug}/"))


def test_whoever_joined_the_network_by_a_code_reads_no_more_than_everybody(client, board):
    action = Action.objects.get()
    action.updates.create(verb="update_action", text="The lamp is ordered.", by=action.owner.user)
    signed_in(client, "subscriber", strong=False)
    for address in [*addresses(board), "/actions/?whose=all"]:
        answer = text(client.get(address))
        assert "Juniper Weir" not in answer, address
        assert "The lamp is ordered." not in answer, address


@pytest.mark.parametrize("role", ["", "clerk", "member"])
def test_pages_ask_little_and_the_same_at_any_length(client, board, role):
    if role:
        signed_in(client, role if role == "clerk" else "officer", body=board)
    most = OWN + FIXED if role else OWN
    before = {address: asked(client, address) for address in addresses(board)[:7]}
    for number in range(3):
        seat = make_seat(body=board)
        make_appointment(seat=seat)
        meeting = board.meetings.first()
        item = make_item(states.ENDED, meeting=meeting, order=number + 5)
        make_paper(item=item)
        decision = Decision.objects.order_by("pk").first()
        other = make_decision(item=item)
        make_action(item=item, decision=other)
        make_action(item=decision.item, decision=decision)
        make_body(parent=board)
        make_item(states.ENDED, meeting=make_meeting(states.MINUTED, body=board))
        make_meeting(states.PUBLISHED, body=board)
    after = {address: asked(client, address) for address in before}
    assert after == before
    assert max(after.values()) <= most, after


def test_lists_behind_sign_in_ask_the_same_at_any_length(client, board):
    post = signed_in(client, "clerk")
    paths = ["/actions/", "/actions/?whose=all&show=open", "/boards/proposals/",
             f"/boards/{board.slug}/seats/"]  # fmt: skip
    make_item(states.PROPOSED, body=board)
    make_action(owner=post)
    before = [asked(client, path) for path in paths]
    for _ in "abc":
        make_item(states.PROPOSED, body=make_body())
        make_action(owner=post, item=make_item())
        make_appointment(body=board)
    assert [asked(client, path) for path in paths] == before
    assert max(before) <= OWN + FIXED


def test_empty_lists_say_what_will_come(client):
    assert "No board has been set up yet" in text(client.get("/boards/"))
    assert "No decision has been published yet" in text(client.get("/decisions/"))
    body = make_body()
    assert "No meetings to show yet" in text(client.get(f"/boards/{body.slug}/meetings/"))
    signed_in(client, "clerk")
    assert "Nothing waits" in text(client.get("/boards/proposals/"))
    assert "None here" in text(client.get("/actions/"))
    assert "Nothing for you to do" in text(client.get("/actions/?whose=mine"))
    assert "No seats yet" in text(client.get(f"/boards/{body.slug}/seats/"))


def test_the_register_is_narrowed(client, board):
    other = make_decision(wording="Buses run later", outcome="refused", on=clock.today())
    for query, found in [
        ("?q=buses", True), ("?q=BUSES+later", True), ("?q=trams", False),
        (f"?body={other.body.slug}", True), (f"?body={board.slug}", False),
        (f"?year={clock.today().year}", True), ("?year=2001", False),
        ("?outcome=refused", True), ("?outcome=agreed", False),
    ]:  # fmt: skip
        assert ("Buses run later" in text(client.get("/decisions/" + query))) is found, query
    assert "Nothing decided that fits" in text(client.get("/decisions/?q=nothing"))


@pytest.mark.parametrize(
    "query", ["?year=abc", "?year=99999999999", "?body=no", "?outcome=x", "?page=x", "?page=9999999",
              "?q=%00", "?q=%F0%9F%98%80", "?q=" + "x" * 3000, "?q=%D7%90%E2%80%AE", "?year="],
)  # fmt: skip
def test_the_register_answers_nonsense_kindly(client, board, query):
    assert client.get("/decisions/" + query).status_code == 200


def test_the_register_is_paged(client):
    body = make_body()
    item = make_item(states.ENDED, body=body)
    for _ in range(21):
        make_decision(item=item)
    first = text(client.get(f"/decisions/?body={body.slug}"))
    assert f"?body={body.slug}&amp;page=2" in first
    assert client.get(f"/decisions/?body={body.slug}&page=2").status_code == 200


def test_the_feed_holds_public_decisions_only(client, board):
    make_decision(item=make_item(states.ENDED, restricted=True), wording="CANARY")
    answer = client.get("/decisions/feed/")
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    assert text(answer).count("<entry>") == 1
    assert "CANARY" not in text(answer)
