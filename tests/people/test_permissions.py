"""Who may do what to people, posts and organisations: whole tables, without a database."""

import pytest
from django.contrib.auth.models import AnonymousUser

from saidanddone.core import clock
from saidanddone.people import permissions, roles
from saidanddone.people.models import Organisation, Post
from tests.factories.people import unsaved

EVERY = [role.code for role in roles.HELD]
HELD_TOGETHER = [
    (),
    ("practitioner",),
    ("officer", "councillor"),
    ("clerk",),
    ("safeguarding_lead",),
    ("administrator",),
    ("subscriber",),
]
KEEPS = {"administrator"}
BRINGS = {"administrator", "clerk"}


def somebody(code, strong=True):
    """A person with this one role."""
    return unsaved(code, strong=strong, pk=7)


def a_post(*codes, joined=True, ended=False):
    """Another person's post."""
    other = unsaved(*codes, pk=8)
    other.joined_at = clock.now() if joined else None
    other.acting_for.ended_at = clock.now() if ended else None
    return other.acting_for


@pytest.mark.parametrize("code", EVERY)
def test_organisation_verbs(code):
    user = somebody(code)
    there = Organisation(pk=3, name="A school", sector="school")
    gone = Organisation(pk=4, name="A school", sector="school", ended_on=clock.today())
    keeps = {"change_organisation", "end_organisation"}
    assert permissions.organisation_verbs(user) == (
        {"add_organisation"} if code in BRINGS else set()
    )
    assert permissions.organisation_verbs(user, there) == (keeps if code in KEEPS else set())
    assert permissions.organisation_verbs(user, gone) == set()


@pytest.mark.parametrize("code", EVERY)
def test_person_verbs(code):
    user, other = somebody(code), unsaved("practitioner", pk=8)
    expected = {"administrator": {"give_post", "sign_out_everywhere"}, "clerk": {"give_post"}}
    assert permissions.person_verbs(user) == ({"invite_person"} if code in BRINGS else set())
    assert permissions.person_verbs(user, other) == expected.get(code, set())
    assert permissions.person_verbs(user, user) == set()
    other.is_young = True
    assert permissions.person_verbs(user, other) == set()


@pytest.mark.parametrize("code", EVERY)
@pytest.mark.parametrize("held", HELD_TOGETHER)
def test_post_verbs(code, held):
    user = somebody(code)
    by_clerk = set(held) <= {"practitioner", "officer", "councillor"}
    may = code == "administrator" or (code == "clerk" and by_clerk)
    expected = {"end_post"} | (set() if held == ("subscriber",) else {"change_post"})
    assert permissions.post_verbs(user, a_post(*held)) == (expected if may else set())
    waiting = permissions.post_verbs(user, a_post(*held, joined=False))
    assert waiting == (expected | {"invite_again"} if may else set())
    assert permissions.post_verbs(user, a_post(*held, ended=True)) == set()
    assert permissions.post_verbs(user, user.acting_for) == set()


@pytest.mark.parametrize("code", EVERY)
def test_givable_roles(code):
    given = {role.code for role in permissions.givable_roles(somebody(code))}
    later = {"young_assessor"}
    expected = {
        "administrator": set(EVERY) - {"subscriber"} - later,
        "clerk": {"practitioner", "officer", "councillor"},
    }
    assert given == expected.get(code, set())


@pytest.mark.parametrize("code", EVERY)
def test_a_code_session_uses_no_strong_role(code):
    user = somebody(code, strong=False)
    assert not permissions.is_professional(user)
    assert permissions.givable_roles(user) == ()
    assert permissions.organisation_verbs(user) == set()
    assert permissions.person_verbs(user) == set()
    assert permissions.post_verbs(user, a_post("practitioner")) == set()
    assert user.has_role(code) == (code == "subscriber")


@pytest.mark.parametrize("code", EVERY)
def test_who_is_a_professional(code):
    assert permissions.is_professional(somebody(code)) == (code != "subscriber")


def test_a_leaver_and_a_stranger_may_nothing():
    leaver = somebody("administrator")
    leaver.acting_for = None
    for user in (leaver, AnonymousUser()):
        assert not permissions.is_professional(user)
        assert permissions.organisation_verbs(user) == set()
        assert permissions.person_verbs(user) == set()
        assert permissions.post_verbs(user, a_post("practitioner")) == set()


def test_own_verbs_are_ones_own():
    user, other = somebody("practitioner"), unsaved("practitioner", pk=8)
    own = {"change_name", "act_for", "sign_out_everywhere", "accept_invitation", "add_second_step"}
    assert permissions.own_verbs(user, user) == own
    assert permissions.own_verbs(user, other) == set()
    assert permissions.own_verbs(AnonymousUser(), other) == set()


def test_answers_to_lead_then_organisation():
    post, lead = a_post("officer"), unsaved("officer", pk=9).acting_for
    post.organisation = Organisation(pk=5, name="Council", contact_email="desk@council.example")
    lead.organisation = post.organisation
    assert post.answers_to() == "desk@council.example"
    post.lead = lead
    assert post.answers_to() is lead
    lead.ended_at = clock.now()
    assert post.answers_to() == "desk@council.example"
    assert isinstance(Post().roles, list)
