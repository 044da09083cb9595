"""Reviews: what is kept, who stays in the team, when the next is due, and which days are refused."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from saidanddone.audit.models import Line
from saidanddone.core import clock, identity
from saidanddone.core.access import Refused
from saidanddone.earlyhelp import permissions, verbs
from saidanddone.earlyhelp.models import Attendance, Progress, Review, Scale, TeamMembership
from saidanddone.earlyhelp.verbs import Came, Far, Felt, Held
from saidanddone.ui.filters import day
from tests.factories.earlyhelp import as_, fresh, make_planned, make_worker
from tests.factories.people import acting, sign_in

pytestmark = pytest.mark.django_db


def held(family, **over):
    """A review that found something, today unless told otherwise."""
    today = clock.today()
    given = {
        "held_on": today, "kind": "meeting", "words": "Going well",
        "next_on": today + timedelta(weeks=6),
        "came": [Came("there", member=family.mother), Came("sent", post=family.member.acting_for,
                                                          update="In on time")],
        "far": [Far(family.goal, "nearer", "Three good days")],
        "felt": [Felt(6, member=family.mother), Felt(7, post=family.member.acting_for)],
    }  # fmt: skip
    return Held(**given | over)


def test_a_review_keeps_what_was_found_and_sets_the_next_day():
    family = make_planned(weeks_ago=6)
    with as_(family.lead):
        verbs.hold_review(story=family.story, held=held(family), by=family.lead)
        story = fresh(family.story)
        assert story.review_due_on == clock.today() + timedelta(weeks=6)
        assert [Review.objects.count(), Attendance.objects.count(), Progress.objects.count(),
                Scale.objects.count()] == [1, 2, 1, 2]  # fmt: skip
    assert Line.objects.order_by("-pk").first().verb == "hold_review"


def test_only_the_lead_holds_it():
    family = make_planned()
    for person in (family.member, family.supervisor, family.parent, make_worker(),
                   acting("administrator")):  # fmt: skip
        with as_(person), pytest.raises(Refused):
            verbs.hold_review(story=family.story, held=held(family), by=person)


@pytest.mark.parametrize(
    ("days", "says"), [(-1, "began later"), (1, "still to come")], ids=["before", "ahead"]
)
def test_a_review_is_neither_before_the_story_nor_ahead(days, says):
    family = make_planned()
    on = clock.today() + timedelta(days=days)
    with as_(family.lead), pytest.raises(verbs.NotReady, match=says):
        verbs.hold_review(
            story=family.story, held=held(family, held_on=on, next_on=None), by=family.lead
        )


def test_a_membership_is_renewed_from_today_and_stays_quiet(client):
    family = make_planned(weeks_ago=6)
    with identity.as_system("test"):
        family.story.team.filter(post=family.member.acting_for).update(quiet=True)
    with as_(family.lead):
        old = TeamMembership.objects.get(post=family.member.acting_for)
        verbs.hold_review(story=family.story, held=held(family, renew=[old]), by=family.lead)
        new = TeamMembership.objects.get(post=family.member.acting_for, ended_at__isnull=True)
        old.refresh_from_db()
    assert old.ended_why == "renewed at a review"
    assert (new.starts_on, new.quiet) == (clock.today(), True)
    with as_(family.member):
        assert "contribute" in permissions.story_verbs(family.member, fresh(family.story))
    sign_in(client, family.lead.acting_for)
    told = client.get(reverse("story-chronology", args=[family.story.pk])).text
    assert told.count("Joined the team") == 2  # the lead, and the member once
    assert told.count("Stays in the team") == 1
    assert f"Until {day(new.ends_on)}" in told


def test_nobody_is_kept_on_for_whom_the_agreement_has_run_out():
    family = make_planned(weeks_ago=30)
    with as_(family.lead):
        old = TeamMembership.objects.get(post=family.member.acting_for)
        with pytest.raises(verbs.NotReady, match="run out"):
            verbs.hold_review(story=family.story, held=held(family, renew=[old]), by=family.lead)


def test_pressed_twice_is_one_review():
    family, once = make_planned(), uuid.uuid4()
    with as_(family.lead):
        for _ in range(2):
            verbs.hold_review(
                story=fresh(family.story), held=held(family), once=once, by=family.lead
            )
        assert Review.objects.count() == 1


def test_each_of_the_family_sees_their_own_number_alone():
    family = make_planned()
    family.parent.acting_for = None
    with as_(family.lead):
        verbs.hold_review(story=family.story, held=held(family), by=family.lead)
    with as_(family.parent):
        scores = permissions.visible_scales(family.parent, family.story)
        assert [one.score for one in scores] == [6]
