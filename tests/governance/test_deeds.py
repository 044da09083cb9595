"""Pages of deeds: the right person does each, others do none, and no input breaks them."""

import uuid
from urllib.parse import urlencode

import pytest

from saidanddone.governance import states
from saidanddone.governance.models import Action, AgendaItem, Body, Decision, Meeting, Seat
from tests.factories.governance import (
    make_action,
    make_appointment,
    make_decision,
    make_item,
    make_meeting,
    make_paper,
)
from tests.factories.people import make_post
from tests.governance.browsing import signed_in, text

pytestmark = pytest.mark.django_db


def deeds(body, item, proposal, action, decision, paper, appointment):
    """Every page with a form, and what it asks for."""
    at = f"/meetings/{item.meeting_id}/"
    here = f"{at}items/{item.pk}/"
    return {
        "/boards/new/": {"name": "N", "short_name": "N1", "kind": "board", "purpose": "p",
                         "quorum": "0"},
        f"/boards/{body.slug}/change/": {"name": body.name, "short_name": body.short_name,
                                         "kind": "board", "purpose": "New", "quorum": "3"},
        f"/boards/{body.slug}/seats/add/": {"title": "Police", "count": "1"},
        f"/boards/{body.slug}/seats/{appointment.seat_id}/change/": {"title": "Health",
                                                                     "count": "2"},
        f"/boards/{body.slug}/seats/{appointment.seat_id}/": {"pseudonym": "Wren",
                                                              "part": "member"},
        f"/boards/{body.slug}/appointments/{appointment.pk}/end/": {},
        f"/boards/{body.slug}/meetings/plan/": {"on": "4 December 2027", "precision": "day"},
        f"{at}change/": {"on": "4 December 2027", "place": "Library"},
        f"{at}add/": {"kind": "decision", "title": "Money", "minutes_allotted": "5",
                      "late_why": "It was ready late"},
        f"{at}order/": {"move": f"{item.pk}:up"},
        f"{here}change/": {"kind": "decision", "title": "Better", "minutes_allotted": "5"},
        f"{here}act/": {"what": "Ask", "owner": str(action.owner_id), "due_on": "4 December 2027"},
        f"{here}decide/": {"wording": "Yes", "outcome": "agreed", "reasons": "Because"},
        f"{here}young/": {"young_minute": "They said yes.", "young_title": ""},
        f"{at}minute/{item.pk}/decide/": {"wording": "No", "outcome": "refused", "reasons": "R"},
        f"{at}minute/{item.pk}/declare/": {"named": "Ada Quill", "kind": "indirect",
                                           "nature": "A friend"},
        f"{at}minute/who/add/": {"named": "Ada Quill", "how": "present"},
        f"{at}minute/quorum/": {"quorate": "yes"},
        f"{here}end/": {},
        f"/boards/proposals/{proposal.pk}/decline/": {"why": "Not ours"},
        f"/decisions/{decision.pk}/assign/": {"what": "Ask", "owner": str(action.owner_id),
                                              "due_on": "4 December 2027"},
        f"/actions/{action.pk}/update/": {"text": "Half way"},
        f"/actions/{action.pk}/hand-on/": {"to": str(action.owner_id)},
        f"/actions/{action.pk}/ask-to-drop/": {"why": "No money"},
        f"/papers/{paper.pk}/withdraw/": {"why": "Wrong file"},
        f"{at}close/": {"present": "7"},
    }  # fmt: skip


@pytest.fixture
def all_deeds(board):
    """Every deed's address, on one board in mid-meeting."""
    meeting = make_meeting(states.PUBLISHED, body=board)
    item = make_item(meeting=meeting)
    return deeds(
        board, item, make_item(states.PROPOSED, body=board), make_action(item=item),
        make_decision(item=make_item(states.ENDED, meeting=meeting)), make_paper(item=item),
        make_appointment(body=board),
    )  # fmt: skip


def test_the_clerk_does_each_deed(client, all_deeds):
    signed_in(client, "clerk")
    for address, given in all_deeds.items():
        if not address.endswith(("/end/", "/update/")):
            assert client.get(address).status_code == 200, address
        answer = client.post(address, given)
        assert answer.status_code == 302, f"{address}: {text(answer)[:3000]}"
    assert Body.objects.filter(name="N").exists()


def test_somebody_else_does_none(client, all_deeds):
    signed_in(client, "officer", "councillor", "participation_worker")
    for address, given in all_deeds.items():
        if address.endswith("/young/"):  # the participation worker writes for young people too
            continue
        assert client.post(address, given).status_code in {403, 404}, address
        if not address.endswith(("/end/", "/update/")):
            assert client.get(address).status_code in {403, 404}, address
    assert not Body.objects.filter(name="N").exists()


def test_a_clerk_by_code_only_does_none(client, all_deeds):
    signed_in(client, "clerk", strong=False)
    for address, given in all_deeds.items():
        assert client.post(address, given).status_code in {403, 404}, address


def test_each_form_keeps_what_was_typed_and_says_the_cure(client, all_deeds):
    signed_in(client, "clerk")
    for address, given in all_deeds.items():
        if not given or address.endswith(("/order/", "/close/", "/young/")):
            continue
        answer = client.post(address, {"name": "Kept words", "title": "Kept words"})
        assert answer.status_code == 200, address
        assert "There is something to fix" in text(answer), address
        assert "<title>Error: " in text(answer), address


HOSTILE = ["\x00", "😀🏳️‍🌈 \u202eright to left", "<script>alert(1)</script> {{ 7*7 }}", "x" * 1_000_000,
           "\ud83d", "-99999999999999999999"]  # fmt: skip


@pytest.mark.parametrize("nasty", HOSTILE, ids=range(len(HOSTILE)))
def test_no_field_breaks_a_page(client, all_deeds, nasty):
    signed_in(client, "clerk")
    for address, given in all_deeds.items():
        for fields in (given, sorted(given)[:1]):
            sent = urlencode(given | dict.fromkeys(fields, nasty), errors="surrogatepass")
            answer = client.post(address, sent, content_type="application/x-www-form-urlencoded")
            assert answer.status_code in {200, 302, 400, 403, 404, 413}, (address, fields)


# ------------------------------------------------------------------ pressing twice


def test_pressing_a_button_twice_is_told_kindly(client):
    item, action = make_item(), make_action()
    signed_in(client, "clerk")
    for address, given in [
        (f"/meetings/{item.meeting_id}/items/{item.pk}/end/", {}),
        (f"/actions/{action.pk}/complete/", {"evidence": "Seen"}),
        (f"/meetings/{item.meeting_id}/close/", {}),
    ]:
        assert client.post(address, given).status_code == 302
        again = client.post(address, given, follow=True)
        assert again.status_code == 200
        assert "That has been done already" in text(again)


def test_a_form_sent_twice_counts_once(client, board):
    signed_in(client, "clerk")
    item, owner, once = make_item(), make_post(), str(uuid.uuid4())
    here = f"/meetings/{item.meeting_id}/items/{item.pk}/"
    for address, given, model in [
        (f"{here}decide/", {"wording": "W", "outcome": "agreed", "reasons": "R"}, Decision),
        (f"{here}act/", {"what": "A", "owner": owner.pk, "due_on": "4 May 2030"}, Action),
        (f"/boards/{board.slug}/meetings/plan/", {"on": "4 May 2030", "precision": "day"}, Meeting),
        (f"/meetings/{item.meeting_id}/add/",
         {"kind": "decision", "title": "T", "minutes_allotted": "5", "late_why": "Late"},
         AgendaItem),
        (f"/boards/{board.slug}/seats/add/", {"title": "S", "count": "1"}, Seat),
        ("/boards/new/", {"name": "Twice", "short_name": "TW", "kind": "board", "purpose": "p",
                          "quorum": "0"}, Body),
    ]:  # fmt: skip
        before = model.objects.count()
        answers = [client.post(address, given | {"once": once}).status_code for _ in "ab"]
        assert answers == [302, 302], address
        assert model.objects.count() == before + 1, address
