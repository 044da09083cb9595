"""What happens to a story, who may do it, and what follows."""

import uuid
from datetime import timedelta

import pytest

from saidanddone.audit.models import Line
from saidanddone.core import clock, identity
from saidanddone.core.access import Refused
from saidanddone.core.lifecycle import Moved
from saidanddone.earlyhelp import permissions, states, verbs
from saidanddone.earlyhelp.models import Access, Agreement, Contribution, Look, TeamMembership
from saidanddone.earlyhelp.verbs import NewMember
from tests.factories.earlyhelp import as_, child_of, door_for, fresh, make_story, make_worker
from tests.factories.people import act, make_organisation, make_post, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead():
    return make_worker()


@pytest.fixture
def school():
    return make_organisation(sector="school")


def test_a_story_opens_with_its_agreement_and_its_author_leads(lead):
    with as_(lead):
        story = make_story(lead)
        assert story.state == states.DRAFT
        assert story.lead == lead.acting_for
        assert Agreement.objects.get().version == 1
        assert TeamMembership.objects.get().ends_on == clock.today() + timedelta(days=150)
        assert permissions.story_verbs(lead, story) >= {"invite_to_team", "begin_assessment"}
    assert Line.objects.filter(verb="open_story").count() == 1


@pytest.mark.parametrize(
    "over", [{"members": [NewMember("adult", "Nobody Asked")]}, {"agreement": {"words": "  "}}]
)
def test_there_is_no_story_without_agreement(lead, over):
    with as_(lead), pytest.raises(verbs.AgreementNeeded):
        make_story(lead, **over)


def test_only_those_who_work_with_children_open_one():
    for person in (act(make_post("officer")), act(make_post("practitioner"), strong=False)):
        with as_(person), pytest.raises(Refused):
            make_story(person)


def test_an_agency_that_the_family_named_comes_in(lead, school):
    teacher = make_worker(school)
    with as_(lead):
        story = make_story(lead, school)
        verbs.invite_to_team(story=story, post=teacher.acting_for, purpose="School", by=lead)
    with as_(teacher):
        assert "contribute" in permissions.story_verbs(teacher, fresh(story))
        assert "invite_to_team" not in permissions.story_verbs(teacher, fresh(story))


def test_an_agency_that_it_did_not_name_stays_out_without_a_share(lead, school):
    teacher = make_worker(school)
    with as_(lead):
        story = make_story(lead)
        with pytest.raises(verbs.NotAgreed):
            verbs.invite_to_team(story=story, post=teacher.acting_for, purpose="School", by=lead)
        share = verbs.share_outside(
            story=story, organisation=school, shared=True, power="Children Act 2004 s16LA",
            what="attendance", why="safety", family_told=True, by=lead,
        )  # fmt: skip
        verbs.invite_to_team(
            story=story, post=teacher.acting_for, purpose="School", share=share, by=lead
        )
    with as_(teacher):
        assert "read_story" in permissions.story_verbs(teacher, fresh(story))


def test_a_decision_not_to_share_lets_nobody_in(lead, school):
    teacher = make_worker(school)
    with as_(lead):
        story = make_story(lead)
        share = verbs.share_outside(
            story=story, organisation=school, shared=False, power="none", what="attendance",
            why="not needed", family_told=True, by=lead,
        )  # fmt: skip
        with pytest.raises(verbs.NotAgreed):
            verbs.invite_to_team(
                story=story, post=teacher.acting_for, purpose="School", share=share, by=lead
            )


def test_withdrawing_for_one_agency_bites_at_once(lead, school):
    teacher = make_worker(school)
    with as_(lead):
        story = make_story(lead, school)
        verbs.invite_to_team(story=story, post=teacher.acting_for, purpose="School", by=lead)
        assert (
            verbs.withdraw_agreement(story=story, words="Not school", agency=school, by=lead) == 1
        )
        assert school.pk not in Agreement.objects.get().agencies
        assert "contribute" in permissions.story_verbs(lead, fresh(story))
    with as_(teacher):
        assert permissions.story_verbs(teacher, story) == set()
        assert permissions.visible_stories(teacher).count() == 0


def test_the_family_withdraws_for_all_and_the_lead_keeps_the_file(lead):
    parent = make_user()
    with as_(lead):
        story = make_story(lead)
        mother = child_of(story, "Marta Invented")
    with identity.acting(identity.SYSTEM, purpose="system-door"):
        door_for(story, mother, parent)
    with as_(parent):
        verbs.withdraw_agreement(story=fresh(story), words="Enough", by=parent)
    with as_(lead):
        assert permissions.story_verbs(lead, fresh(story)) == {"read_story"}
        assert Agreement.objects.get().withdrawn_words == "Enough"


def test_reading_is_written_down_before_it_is_shown(lead):
    with as_(lead):
        story = make_story(lead)
        verbs.read_story(story=story, part="story", purpose="visit", by=lead)
        assert Look.objects.values_list("person", "part", "purpose").get() == (
            lead.pk, "story", "visit",
        )  # fmt: skip
    stranger = make_worker()
    with as_(stranger), pytest.raises(Refused):
        verbs.read_story(story=story, part="story", purpose="visit", by=stranger)


def test_a_draft_is_its_author_s_until_signed_and_then_stands(lead, school):
    teacher = make_worker(school)
    with as_(lead):
        story = make_story(lead, school)
        verbs.invite_to_team(story=story, post=teacher.acting_for, purpose="School", by=lead)
        mine = verbs.contribute(story=story, section="home", by=lead)
        assert verbs.contribute(story=story, section="home", by=lead) == mine
        assert verbs.save_contribution(contribution=mine, seen=0, strengths="Warm", by=lead) == 1
        with pytest.raises(Moved):
            verbs.save_contribution(contribution=mine, seen=0, strengths="Old window", by=lead)
    with as_(teacher):
        assert permissions.visible_contributions(teacher, story).count() == 0
    with as_(lead):
        mine = Contribution.objects.get()
        verbs.sign_contribution(contribution=mine, by=lead)
        with pytest.raises(Refused):
            verbs.save_contribution(contribution=mine, seen=1, strengths="Other", by=lead)
    with as_(teacher):
        assert permissions.visible_contributions(teacher, story).get().strengths == "Warm"


def test_who_leads_next_is_in_the_team_and_history_stays(lead, school):
    teacher = make_worker(school)
    with as_(lead):
        story = make_story(lead, school)
        with pytest.raises(ValueError, match="in the team first"):
            verbs.hand_over(story=story, to=teacher.acting_for, by=lead)
        verbs.invite_to_team(story=story, post=teacher.acting_for, purpose="School", by=lead)
        verbs.hand_over(story=story, to=teacher.acting_for, by=lead)
        assert "hand_over" not in permissions.story_verbs(lead, fresh(story))
    with as_(teacher):
        assert "hand_over" in permissions.story_verbs(teacher, fresh(story))


def test_leaving_the_team_ends_the_right(lead, school):
    teacher = make_worker(school)
    with as_(lead):
        story = make_story(lead, school)
        verbs.invite_to_team(story=story, post=teacher.acting_for, purpose="School", by=lead)
    with as_(teacher):
        own = TeamMembership.objects.get(post=teacher.acting_for)
        verbs.leave_team(membership=own, why="moved class", by=teacher)
    with as_(teacher):
        assert Access.objects.of(teacher).count() == 0
        assert permissions.visible_stories(teacher).count() == 0


def test_pressed_twice_is_one_story(lead):
    once = uuid.uuid4()
    with as_(lead):
        assert make_story(lead, once=once) == make_story(lead, once=once)
