"""How a story rests, is referred up, and ends: who may, what follows, how long it is kept."""

from datetime import date, timedelta

import pytest

from saidanddone.core import clock
from saidanddone.core.access import Refused
from saidanddone.earlyhelp import permissions, states, verbs
from saidanddone.earlyhelp.models import Closing, Cover, Feedback, Scale, TeamMembership
from saidanddone.earlyhelp.verbs import Felt, Said
from tests.factories.earlyhelp import as_, child_of, fresh, make_planned, make_worker
from tests.factories.people import acting, make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def family():
    return make_planned()


@pytest.fixture
def asked(family):
    with as_(family.lead):
        kit = child_of(family.story)
        verbs.ask_to_close(
            story=family.story, reason="met", words="Mornings are calm", continues="Aunt helps",
            said=(Said(family.mother, "You listened"), Said(kit, "it is beter now")),
            felt=(Felt(8, member=kit),), by=family.lead,
        )  # fmt: skip
        family.story = fresh(family.story)
    return family


def test_a_story_rests_and_goes_on_where_it_was(family):
    with as_(family.lead):
        verbs.pause_story(story=family.story, why="New baby", by=family.lead)
        assert (fresh(family.story).state, Cover.objects.get().paused_why) == (
            states.PAUSED, "New baby",
        )  # fmt: skip
        verbs.resume_story(story=fresh(family.story), by=family.lead)
        assert fresh(family.story).state == states.IN_PLAN


def test_only_the_lead_asks_and_only_the_supervisor_closes(asked):
    for person in (asked.lead, asked.member, asked.parent, make_worker(), acting("administrator")):
        with as_(person), pytest.raises(Refused):
            verbs.close_story(story=asked.story, by=person)
    with as_(asked.supervisor):
        verbs.close_story(story=asked.story, by=asked.supervisor)
    with as_(asked.lead):
        story = fresh(asked.story)
        assert story.state == states.CLOSED
        assert Closing.objects.get().approved_by == asked.supervisor.acting_for
        youngest = clock.today() - timedelta(days=3000)
        assert story.keep_until.year == youngest.year + 25
        assert permissions.story_verbs(asked.lead, story) == {"read_story"}
        assert TeamMembership.objects.filter(ended_at__isnull=True).count() == 0
        assert (Feedback.objects.count(), Scale.objects.get().moment) == (2, "after")
    with as_(asked.member):
        assert permissions.visible_stories(asked.member).count() == 0


def test_a_closing_that_comes_back_says_why(asked):
    with as_(asked.supervisor):
        verbs.return_closing(story=asked.story, why="See the boy first", by=asked.supervisor)
    with as_(asked.lead):
        assert Closing.objects.get().returned_why == "See the boy first"
        story = fresh(asked.story)
        assert (story.close_asked_at, story.close_reason) == (None, "")
        verbs.ask_to_close(story=story, reason="met", words="Seen", continues="", by=asked.lead)
        assert Closing.objects.get().returned_why == ""


def test_what_one_says_at_the_end_is_not_the_other_s_to_read(asked):
    asked.parent.acting_for = None
    with as_(asked.parent):
        found = permissions.visible_feedback(asked.parent, asked.story)
        assert [one.words for one in found] == ["You listened"]


def test_a_referral_to_social_work_is_a_share_of_its_own(family):
    council = make_organisation()
    with as_(family.lead):
        told = verbs.step_up(
            story=family.story, organisation=council, power="ca1989-s47", what="Bruises",
            why="Harm", family_told=False, not_told_why="Unsafe today", by=family.lead,
        )  # fmt: skip
        assert told.shared
        assert fresh(family.story).stepped_up_on == clock.today()
        assert fresh(family.story).state == states.IN_PLAN


def test_a_birthday_on_a_leap_day_has_an_end(family):
    with as_(family.lead):
        family.story.family.members.filter(kind="child").update(born_on=date(2020, 2, 29))
        assert verbs.closing.keep_until(family.story) == date(2045, 3, 1)
