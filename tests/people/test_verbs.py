"""Each verb of people: it does, it refuses, it records."""

import uuid
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.db import IntegrityError, transaction

from saidanddone.audit.models import Line
from saidanddone.core import clock
from saidanddone.core.access import Refused
from saidanddone.mail.models import Letter
from saidanddone.people import jobs, signin, verbs
from saidanddone.people.models import Invitation, Organisation, Post, User
from tests.factories.people import act, acting, make_organisation, make_post, make_user

pytestmark = pytest.mark.django_db


def lines(verb):
    """Who did this, and to what, as the audit tells it."""
    return list(Line.objects.filter(verb=verb).values_list("actor", "subject"))


def invited(by, **over):
    """Somebody invited to be a practitioner."""
    told = {
        "name": "Wilf Tanglewood",
        "email": "Wilf@School.example",
        "organisation": make_organisation(),
        "title": "Pastoral lead",
        "roles": ["practitioner"],
    } | over
    return verbs.invite_person(**told, by=by)


# ------------------------------------------------------------ organisations


def test_add_organisation():
    admin, once = acting("administrator"), uuid.uuid4()
    told = {"name": "Kestrel School", "sector": "school", "once": once, "by": admin}
    made = verbs.add_organisation(**told)
    assert verbs.add_organisation(**told) == made, "the same form sent twice counts once"
    assert lines("add_organisation") == [(f"person:{admin.pk}", f"people.organisation:{made.pk}")]
    with pytest.raises(Refused):
        verbs.add_organisation(name="Other", sector="school", by=acting("practitioner"))


def test_change_and_end_organisation():
    place, admin = make_organisation(), acting("administrator")
    told = {
        "name": "New name",
        "sector": "health",
        "contact_name": "",
        "contact_email": "a@b.example",
        "areas": [],
        "forums": [],
    }
    verbs.change_organisation(organisation=place, **told, by=admin)
    place.refresh_from_db()
    assert (place.name, place.contact_email) == ("New name", "a@b.example")
    verbs.end_organisation(organisation=place, by=admin)
    with pytest.raises(Refused):
        verbs.change_organisation(organisation=place, **told, by=admin)
    assert len(lines("end_organisation")) == 1


# -------------------------------------------------------------------- posts


def test_invite_person():
    admin = acting("administrator")
    post = invited(admin)
    assert post.user.email == "wilf@school.example"
    assert not post.user.has_usable_password()
    assert post.user.joined_at is None
    assert Invitation.objects.get(post=post).sent_by == admin
    assert (
        Letter.objects.get(address="wilf@school.example").wording.about == f"people.post:{post.pk}"
    )
    assert lines("give_post") == [(f"person:{admin.pk}", f"people.post:{post.pk}")]


def test_invite_somebody_who_is_here_gives_the_post_at_once():
    person = make_user(email="here@place.example", name="Known Already")
    post = invited(acting("clerk"), email="HERE@place.example", name="Another Name")
    assert post.user == person
    assert post.user.name == "Known Already"
    assert Invitation.objects.get().post == post, "they have still to add a passkey or app"
    TOTP.activate(person, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    invited(acting("clerk"), email="here@place.example")
    assert Invitation.objects.count() == 1
    kinds = Letter.objects.order_by("pk").values_list("wording__kind", flat=True)
    assert list(kinds) == ["invitation", "post_given"]


def test_a_clerk_s_invitation_opens_no_account_that_holds_more_than_a_clerk_gives():
    person = make_post("safeguarding_lead").user
    invited(acting("clerk"), email=person.email)
    assert not Invitation.objects.exists()
    assert Letter.objects.get().wording.kind == "post_given"
    invited(acting("administrator"), email=person.email)
    assert Invitation.objects.get().is_open()


def test_invitation_sent_twice_counts_once():
    admin, once, place = acting("administrator"), uuid.uuid4(), make_organisation()
    first = invited(admin, once=once, organisation=place)
    assert invited(admin, once=once, organisation=place) == first
    assert Letter.objects.count() == 1


@pytest.mark.parametrize("role", ["administrator", "clerk", "safeguarding_lead", "privacy_officer",
                                  "participation_worker"])  # fmt: skip
def test_clerk_cannot_make_anybody_stronger_than_a_clerk_may(role):
    with pytest.raises(Refused):
        invited(acting("clerk"), roles=[role])
    assert not User.objects.filter(email="wilf@school.example").exists(), "nothing of it stays"


def test_nobody_gives_themselves_a_post():
    admin = acting("administrator")
    with pytest.raises(Refused):
        invited(admin, email=admin.email)
    with pytest.raises(Refused):
        verbs.change_post(post=admin.acting_for, title="x", roles=["safeguarding_lead"], by=admin)
    with pytest.raises(Refused):
        verbs.end_post(post=admin.acting_for, why="x", by=admin)


@pytest.mark.parametrize("role", ["practitioner", "officer", "safeguarding_lead", "analyst"])
def test_others_invite_nobody(role):
    with pytest.raises(Refused):
        invited(acting(role))


def test_invite_again_replaces_the_link_and_the_letter():
    admin = acting("administrator")
    post = invited(admin)
    first = Invitation.objects.get(post=post).token
    second = verbs.invite_again(post=post, by=admin)
    assert second.token != first
    assert not Invitation.objects.filter(token=first).exists()
    states = Letter.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["cancelled", "queued"]
    assert len(lines("invite_again")) == 1


def test_change_post_bites_and_is_recorded():
    post, admin = make_post("practitioner"), acting("administrator")
    verbs.change_post(post=post, title="Safeguarding lead", roles=["safeguarding_lead"], by=admin)
    assert act(Post.objects.get(pk=post.pk)).has_role("safeguarding_lead")
    assert not act(Post.objects.get(pk=post.pk)).has_role("practitioner")
    assert lines("change_post") == [(f"person:{admin.pk}", f"people.post:{post.pk}")]
    with pytest.raises(Refused):
        verbs.change_post(post=post, title="x", roles=[], by=acting("clerk"))


def test_end_post_twice_records_once():
    post, admin = make_post("practitioner"), acting("administrator")
    again = Post.objects.get(pk=post.pk)
    verbs.end_post(post=post, why="Left", by=admin)
    verbs.end_post(post=again, why="Left, I said", by=admin)
    post.refresh_from_db()
    assert (post.ended_why, post.ended_by) == ("Left", admin)
    assert len(lines("end_post")) == 1


# ------------------------------------------------------------------ joining


def test_accept_invitation_once_and_only_oneself():
    post = invited(acting("administrator"))
    person = act(post)
    verbs.accept_invitation(person=person, name="Wilf T", by=person)
    person.refresh_from_db()
    assert (person.name, person.joined_at is not None) == ("Wilf T", True)
    invitation = Invitation.objects.get(post=post)
    assert invitation.is_open()
    with clock.stand_at(clock.now() + timedelta(days=14, minutes=1)):
        assert not invitation.is_open(), "two weeks, and no longer"
    verbs.add_second_step(person=person, by=person)
    invitation.refresh_from_db()
    assert not invitation.is_open(), "used up by the first passkey or app"
    with pytest.raises(Refused):
        verbs.accept_invitation(person=person, name="Somebody", by=acting("administrator"))


def test_join_network_twice_is_one_person():
    told = {"name": "Hettie", "email": "Hettie@Club.example", "organisation": "Youth club"}
    first = verbs.join_network(**told)
    assert verbs.join_network(**told) == first
    assert Organisation.objects.filter(sector="network").count() == 1
    assert lines("join_network") == [(f"person:{first.pk}", f"people.user:{first.pk}")]


def test_join_code_is_of_its_day_and_address():
    code = signin.code_for("a@b.example")
    assert signin.code_fits("A@B.example ", code.lower().replace("-", " "))
    assert not signin.code_fits("other@b.example", code)
    assert not signin.code_fits("a@b.example", "")
    with clock.stand_at(clock.now() + timedelta(days=1)):
        assert signin.code_fits("a@b.example", code)
    with clock.stand_at(clock.now() + timedelta(days=2)):
        assert not signin.code_fits("a@b.example", code)


def test_change_name_and_sessions_are_ones_own():
    person = acting("practitioner")
    verbs.change_name(person=person, name="Other", by=person)
    with pytest.raises(Refused):
        verbs.change_name(person=person, name="Other", by=acting("administrator"))
    verbs.sign_out_everywhere(person=person, by=acting("administrator"))
    with pytest.raises(Refused):
        verbs.sign_out_everywhere(person=person, by=acting("practitioner"))


# ---------------------------------------------------- what is never false


@pytest.mark.parametrize("roles", [["administrator", "clerk"], ["subscriber", "practitioner"]])
def test_some_roles_stand_alone(roles):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_post(*roles)


def test_one_network_and_one_user_per_address():
    make_organisation(sector="network")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_organisation(sector="network")
    make_user(email="one@place.example")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_user(email="ONE@place.example")


def test_a_post_ends_after_it_starts_and_by_somebody():
    with pytest.raises(IntegrityError), transaction.atomic():
        make_post(ends_on=clock.today() - timedelta(days=2))
    with pytest.raises(IntegrityError), transaction.atomic():
        make_post(ended_at=clock.now())


# ------------------------------------------------------ the first administrator


def test_first_administrator(capsys):
    assert jobs.first_administrator(["iggy@place.example", "Ignatius"]) == 0
    post = Post.objects.get()
    assert (post.roles, post.user.name, post.organisation.name) == (
        ["administrator"],
        "Ignatius",
        "The council",
    )
    assert f"/join/{Invitation.objects.get().token}/" in capsys.readouterr().out
    assert lines("invite_first_administrator") == [("system:operator", f"people.post:{post.pk}")]
    assert jobs.first_administrator(["iggy@place.example", "Ignatius"]) == 0, "the letter was lost"
    assert Post.objects.count() == 1
    User.objects.update(joined_at=clock.now())
    assert jobs.first_administrator(["other@place.example", "Other"]) == 1
    assert jobs.first_administrator(["no address", "Other"]) == 1
    assert jobs.first_administrator([]) == 2


def test_answers_to_an_address_when_there_is_no_lead():
    lead = make_post("officer")
    post = make_post("officer", lead=lead)
    assert post.answers_to() == lead
    verbs.end_post(post=lead, why="Left", by=acting("administrator"))
    post = Post.objects.get(pk=post.pk)
    post.organisation.contact_email = "desk@council.example"
    assert post.answers_to() == "desk@council.example"
