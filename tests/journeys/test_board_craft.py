"""Board craft as people do it: a member on a phone, a group that asks its board, terms that are due."""

import pytest

pytestmark = pytest.mark.journey

BOARD = "/boards/cspb/"
PROPOSALS = "Money that is not spent yet: three proposals"
QUESTION = "Who pays the fares of young people who come to our meetings?"


def test_a_member_on_a_phone_reads_declares_and_reports(visit, served):
    clerk = visit("clerk")
    give_something_to_do(clerk, served)
    member = visit("board_member", phone=True)
    member.go("/my-boards/")
    member.sees("Bring the list of holiday clubs")
    member.press("Children’s Strategic Partnership Board")
    member.go(path_of_item(served, PROPOSALS))
    member.sees("Three proposals, each under £40,000")
    member.press("Declare an interest")
    member.press("Declare it")  # nothing chosen: it says what is missing
    member.sees("There is something to fix")
    member.choose("kind", "non_pecuniary")
    member.type(nature="I am a trustee of a charity that bids for this")
    member.press("Declare it")
    member.sees("You have declared an interest in this")
    member.picture("journey-declared-on-a-phone")
    member.go("/my-boards/")
    member.press("Bring the list of holiday clubs")
    member.type(text="Half of the clubs have answered.")
    member.press("Save")
    member.sees("Half of the clubs have answered.")
    member.go("/interests/")
    member.press("Confirm: this is right as it stands")
    member.sees("You are asked again in a year")


def give_something_to_do(clerk, served):
    """The clerk gives the member an action at a decision of the last meeting."""
    [(decision,)] = served.rows(
        "SELECT max(id) FROM governance_decision WHERE number LIKE 'CSPB/%%' AND NOT restricted"
    )
    [(post,)] = served.rows(
        "SELECT p.id FROM people_post p JOIN people_user u ON u.id = p.user_id"
        " WHERE u.email = 'leopold.quince@demo.example' ORDER BY p.id LIMIT 1"
    )
    clerk.go(f"/decisions/{decision}/assign/")
    clerk.type(what="Bring the list of holiday clubs", due_on="in vain")
    clerk.choose("owner", str(post))
    clerk.press("Save action")
    clerk.sees("Enter the date as a day and a month")
    clerk.type(due_on="1 March")
    clerk.press("Save action")
    clerk.sees("Bring the list of holiday clubs")


def path_of_item(served, title):
    """The page of an item that is still to come."""
    [(meeting, item)] = served.rows(
        "SELECT meeting_id, id FROM governance_agendaitem WHERE title = %s", title
    )
    return f"/meetings/{meeting}/items/{item}/"


def test_a_group_asks_its_board_and_gets_its_answer(visit, served):
    clerk = visit("clerk", script=False)
    [(meeting, item)] = served.rows(
        "SELECT i.meeting_id, i.id FROM governance_agendaitem i JOIN governance_meeting m"
        " ON m.id = i.meeting_id JOIN governance_body b ON b.id = i.body_id"
        " WHERE b.slug = 'epc' AND i.state = 'ended' AND i.kind = 'voice' ORDER BY m.on LIMIT 1"
    )
    clerk.go(f"/meetings/{meeting}/items/{item}/")
    clerk.press("Ask the board above")
    clerk.type(question=QUESTION, why="The group has no money of its own.")
    clerk.press("Send it up")
    clerk.sees("Waits for an agenda of Children’s Strategic Partnership Board")
    way = clerk.path()
    clerk.go("/boards/proposals/")
    clerk.sees("The group has no money of its own.")
    clerk.go(way)
    clerk.press("Record the answer")
    clerk.type(answer="Every partner pays for its own. The council pays for the rest.")
    clerk.press("Keep the answer")
    clerk.sees("Answered, and back with the group")
    [(back,)] = served.rows(
        "SELECT count(*) FROM governance_agendaitem i JOIN governance_meeting m ON m.id ="
        " i.meeting_id JOIN governance_body b ON b.id = m.body_id WHERE b.slug = 'epc' AND"
        " m.state = 'planned' AND i.wording LIKE 'Every partner pays%%'"
    )
    assert back == 1
    for board in (BOARD, "/boards/epc/"):
        clerk.go(board)
        clerk.sees(QUESTION)
    outsider = visit("member")
    assert outsider.go(way) == 404


def test_the_clerk_is_told_that_terms_are_due_and_adds_a_version(visit):
    clerk = visit("clerk")
    clerk.go("/my-day/")
    clerk.sees("Review the terms of: Children’s Strategic Partnership Board")
    clerk.go(BOARD)
    clerk.sees("Its terms of reference are due for review")
    clerk.go(f"{BOARD}terms/add/")
    clerk.type(what_changed="Two young members have a vote.", agreed_on="today")
    clerk.type(review_on="1 October 2031")
    clerk.press("Put it in force")
    clerk.sees("These terms are in force")
    clerk.go(BOARD)
    clerk.does_not_see("Its terms of reference are due for review")
    anybody = visit(phone=True)
    anybody.go(f"{BOARD}terms/")
    anybody.sees("Two young members have a vote.")
