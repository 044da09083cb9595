"""Who may do what to issues and replies: whole tables, by equality; who sees them, with neighbours."""

import pytest
from django.contrib.auth.models import AnonymousUser

from saidanddone.core import clock
from saidanddone.core.access import Refused
from saidanddone.participation import permissions, states, verbs
from saidanddone.participation.models import Issue, Reply, Voice
from saidanddone.people import roles
from saidanddone.people.models import Post, User
from tests.factories import issues as make
from tests.factories.governance import make_appointment
from tests.factories.participation import make_place, make_read_voice, make_voice
from tests.factories.people import act, acting, make_post, unsaved

EVERY = [role.code for role in roles.HELD]
ME, OTHER = 7, 8
STATES = [
    states.RAISED, states.ROUTED, states.TABLED, states.REOPENED, states.REPLIED, states.PROMISED,
    states.CLOSED, states.WITHDRAWN,
]  # fmt: skip
LOOKED_AFTER = {
    "group_voices", "route_issue", "reword_issue", "ask_question", "tell_step", "withdraw_issue",
    "refuse_issue",
}  # fmt: skip
WORKER = {
    states.RAISED: LOOKED_AFTER,
    states.ROUTED: LOOKED_AFTER | {"table_issue", "reply_to_issue"},
    states.TABLED: LOOKED_AFTER | {"table_issue", "reply_to_issue"},
    states.REOPENED: LOOKED_AFTER | {"table_issue", "reply_to_issue"},
    states.REPLIED: {"tell_step", "judge_reply_as_group"},
    states.PROMISED: {"tell_step", "finish_issue"},
    states.CLOSED: {"say_if_it_happened"},
    states.WITHDRAWN: set(),
}
HELD = {"route_issue", "ask_question", "tell_step", "refuse_issue"}
OWNER = {
    states.RAISED: HELD,
    states.ROUTED: HELD | {"reply_to_issue"},
    states.TABLED: HELD | {"reply_to_issue"},
    states.REOPENED: HELD | {"reply_to_issue"},
    states.REPLIED: {"tell_step"},
    states.PROMISED: {"tell_step", "finish_issue"},
    states.CLOSED: set(),
    states.WITHDRAWN: set(),
}
CLERK = {
    states.RAISED: {"tell_step"},
    states.ROUTED: {"tell_step", "table_issue"},
    states.TABLED: {"tell_step", "table_issue"},
    states.REOPENED: {"tell_step", "table_issue"},
    states.REPLIED: {"tell_step", "judge_reply_as_group"},
    states.PROMISED: {"tell_step"},
    states.CLOSED: {"say_if_it_happened"},
    states.WITHDRAWN: set(),
}
LATE = {"remind_owner", "tell_lead", "bring_to_board"}
CLOCK = {
    states.RAISED: LATE | {"bring_back"},
    states.ROUTED: LATE | {"bring_back", "table_issue"},
    states.TABLED: LATE | {"bring_back", "table_issue", "leave_agenda"},
    states.REOPENED: LATE | {"bring_back", "table_issue"},
    states.REPLIED: {"bring_back", "lapse_judgement"},
    states.PROMISED: {"bring_back"},
    states.CLOSED: {"bring_back"},
    states.WITHDRAWN: set(),
}
SPEAKER = {
    states.RAISED: {"agree_title", "answer_question"},
    states.ROUTED: {"agree_title", "answer_question"},
    states.TABLED: {"agree_title", "answer_question"},
    states.REOPENED: {"agree_title", "answer_question"},
    states.REPLIED: {"judge_reply", "answer_question"},
    states.PROMISED: {"answer_question"},
    states.CLOSED: {"say_if_it_happened"},
    states.WITHDRAWN: set(),
}
VOICES = [states.WAITING, states.READ, states.HELD, states.HANDED_ON, states.TAKEN_BACK]
BY_ROLE = {"participation_worker": WORKER, "clerk": CLERK}


def an_issue(state, *, owner=OTHER, answered_by=None):
    """An issue in this state with a post, perhaps answered by somebody whose answer was not fair."""
    issue = Issue(pk=1, state=state, owner=a_post(owner), owner_id=owner)
    if answered_by:
        issue.reopened_at = clock.now()
        issue.first_owner = a_post(answered_by)
    return issue


def a_post(pk):
    """A post, and its person by the same number."""
    return Post(pk=pk, user=User(pk=pk), roles=["officer"])


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("code", EVERY)
def test_issue_verbs_by_role_and_state(code, state):
    found = permissions.issue_verbs(unsaved(code, pk=ME), an_issue(state))
    assert found == BY_ROLE.get(code, {}).get(state, set())


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("code", EVERY)
def test_issue_verbs_of_its_owner(code, state):
    found = permissions.issue_verbs(unsaved(code, pk=ME), an_issue(state, owner=ME))
    assert found == OWNER[state] | BY_ROLE.get(code, {}).get(state, set())


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("code", [*EVERY, ""])
def test_issue_verbs_signed_in_by_code_only(code, state):
    held = [code] if code else []
    found = permissions.issue_verbs(unsaved(*held, strong=False, pk=ME), an_issue(state, owner=ME))
    assert found == set()


@pytest.mark.parametrize("state", STATES)
def test_issue_verbs_of_the_clock_and_of_nobody(state):
    assert permissions.issue_verbs("system:somebody", an_issue(state)) == CLOCK[state]
    assert permissions.issue_verbs(None, an_issue(state)) == set()
    assert permissions.issue_verbs(AnonymousUser(), an_issue(state)) == set()
    without_post = unsaved("participation_worker", pk=ME)
    without_post.acting_for = None
    assert permissions.issue_verbs(without_post, an_issue(state)) == set()


@pytest.mark.parametrize("state", STATES)
def test_whose_answer_was_not_fair_does_not_answer_again(state):
    again = an_issue(state, owner=ME, answered_by=ME)
    answering = {"reply_to_issue", "refuse_issue"}
    assert permissions.issue_verbs(unsaved("officer", pk=ME), again) == OWNER[state] - answering
    worker = unsaved("participation_worker", pk=ME)
    assert (
        permissions.issue_verbs(worker, again)
        == WORKER[state] - answering | OWNER[state] - answering
    )
    other = an_issue(state, owner=ME, answered_by=OTHER)
    assert permissions.issue_verbs(unsaved("officer", pk=ME), other) == OWNER[state]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("of_voice", VOICES)
def test_speaker_verbs(state, of_voice):
    speaks = of_voice in {states.WAITING, states.READ}
    found = permissions.speaker_verbs(Voice(pk=1, state=of_voice), an_issue(state))
    assert found == (SPEAKER[state] if speaks else set())


@pytest.mark.parametrize("code", EVERY)
def test_raising_verbs(code):
    raises = {"raise_issue"} if code == "participation_worker" else set()
    assert permissions.raising_verbs(unsaved(code)) == raises
    assert permissions.raising_verbs(unsaved(code, strong=False)) == set()
    assert permissions.raising_verbs(AnonymousUser()) == set()


BOTH = {"change_reply", "send_reply"}


@pytest.mark.parametrize(
    ("code", "owner", "wrote", "second", "expected"),
    [
        ("participation_worker", OTHER, ME, False, BOTH),
        ("participation_worker", OTHER, ME, True, {"change_reply"}),
        ("participation_worker", OTHER, OTHER, True, BOTH),
        ("officer", ME, ME, False, BOTH),
        ("officer", ME, ME, True, {"change_reply"}),
        ("officer", ME, OTHER, True, BOTH),
        ("officer", OTHER, OTHER, False, set()),
        ("clerk", OTHER, OTHER, False, set()),
        ("administrator", OTHER, OTHER, False, set()),
    ],
)
def test_reply_verbs_of_a_draft(code, owner, wrote, second, expected):
    issue = an_issue(states.ROUTED, owner=owner)
    draft = Reply(pk=1, issue=issue, by_id=wrote, state=states.DRAFT)
    found = permissions.reply_verbs(unsaved(code, pk=ME), draft, second_reader=second)
    assert found == expected
    sent = Reply(pk=1, issue=issue, by_id=wrote, state=states.SENT)
    assert permissions.reply_verbs(unsaved(code, pk=ME), sent, second_reader=second) == set()


# ------------------------------------------------------------------ who sees it

SEES = {
    "practitioner", "supervisor", "coordinator", "clerk", "participation_worker", "officer",
    "safeguarding_lead", "duty_desk", "councillor", "bulletin_editor",
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("code", EVERY)
def test_visible_issues_by_role(code):
    issue = make.make_issue()
    expected = [issue] if code in SEES else []
    assert list(permissions.visible_issues(acting(code))) == expected
    assert list(permissions.visible_issues(acting(code, strong=False))) == []


@pytest.mark.django_db
def test_visible_issues_to_those_who_sit_on_a_board():
    issue = make.make_issue()
    seated, beside = make_appointment().post, make_post()
    assert list(permissions.visible_issues(act(seated))) == [issue]
    assert list(permissions.visible_issues(act(seated, strong=False))) == []
    assert list(permissions.visible_issues(act(beside))) == []
    held = make.make_routed(owner=beside)
    assert list(permissions.visible_issues(act(beside))) == [held]
    assert list(permissions.visible_issues(AnonymousUser())) == []


@pytest.mark.django_db
def test_words_for_one_worker_stay_with_that_worker():
    mine, other = make_post("participation_worker"), make_post("participation_worker")
    voice = make_read_voice(reader=act(mine), worker=mine, readers="my_worker")
    issue = make.make_issue(by=act(mine), voices=[voice])
    assert issue.is_public is False
    assert list(permissions.visible_issues(act(mine))) == [issue]
    assert list(permissions.visible_issues(act(other))) == []
    assert list(permissions.public_issues()) == []
    shared = make_read_voice()
    verbs.group_voices(issue=issue, voices=[shared], by=act(mine))
    assert list(permissions.visible_issues(act(other))) == [issue]


@pytest.mark.django_db
def test_an_issue_whose_words_are_held_is_out_of_sight():
    make_place()
    worker = acting("participation_worker")
    voice, free = make_read_voice(), make_read_voice()
    issue = make.make_issue(voices=[voice], by=worker)
    kept = make.make_issue(voices=[free], by=worker)
    verbs.hold_voice(voice=voice, why="reader", by=worker)
    assert list(permissions.visible_issues(worker)) == [kept]
    assert list(permissions.public_issues()) == [kept]
    verbs.group_voices(issue=issue, voices=[free], by=worker)
    assert set(permissions.visible_issues(worker)) == {issue, kept}


@pytest.mark.django_db
def test_public_issues_only_with_leave():
    shown, hidden = make.make_issue(), make.make_issue(is_public=False)
    assert list(permissions.public_issues()) == [shown]
    assert hidden.is_public is False


@pytest.mark.django_db
def test_words_that_wait_to_be_read_cannot_be_grouped():
    worker = acting("participation_worker")
    with pytest.raises(Refused):
        make.make_issue(by=worker, voices=[make_voice()])
