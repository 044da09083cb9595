"""The plan: who writes goals and steps, who says that they are done, and how the family says yes."""

import uuid
from datetime import timedelta

import pytest

from saidanddone.core import clock
from saidanddone.core.access import Refused
from saidanddone.earlyhelp import permissions, states, verbs
from saidanddone.earlyhelp.models import Goal, PlanAnswer, Step
from tests.factories.earlyhelp import (
    as_,
    child_of,
    door_for,
    fresh,
    make_assessed,
    make_planned,
    make_worker,
)
from tests.factories.people import acting, make_user

pytestmark = pytest.mark.django_db


def soon():
    return clock.today() + timedelta(days=14)


def test_the_team_writes_goals_and_steps_and_strangers_do_not():
    family = make_assessed()
    for person in (family.lead, family.member):
        with as_(person):
            goal = verbs.add_goal(story=fresh(family.story), words="Calm mornings", by=person)
            verbs.add_step(goal=goal, what="Call", post=person.acting_for, due_on=soon(), by=person)
    for person in (family.supervisor, family.parent, make_worker(), acting("administrator")):
        with as_(person), pytest.raises(Refused):
            verbs.add_goal(story=family.story, words="x", by=person)
    with as_(family.lead):
        assert (Goal.objects.count(), Step.objects.count()) == (2, 2)
        assert fresh(family.story).plan_version == 4


def test_an_owner_is_in_the_family_in_the_team_or_a_friend():
    family, other = make_planned(), make_planned()
    with as_(family.lead):
        verbs.add_step(goal=family.goal, what="Tea", somebody="Aunt", due_on=soon(), by=family.lead)
        for owner in ({"member": other.mother}, {"post": make_worker().acting_for}):
            with pytest.raises(ValueError, match="The owner is"):
                verbs.add_step(goal=family.goal, what="x", due_on=soon(), by=family.lead, **owner)


def test_the_first_yes_sets_the_plan_under_way():
    family = make_planned()
    assert family.story.state == states.IN_PLAN
    assert family.story.review_due_on == clock.today() + timedelta(weeks=6)
    with as_(family.lead):
        assert PlanAnswer.objects.get().version == family.story.plan_version


def test_a_spoken_yes_has_a_witness_and_a_plan():
    family = make_assessed()
    with as_(family.supervisor):
        verbs.authorise_story(story=family.story, by=family.supervisor)
    with as_(family.lead):
        story, mother = fresh(family.story), child_of(family.story, "Marta Invented")
        with pytest.raises(verbs.NotReady, match="at least one goal"):
            verbs.agree_plan(story=story, member=mother, witness="sister", by=family.lead)
        goal = verbs.add_goal(story=story, words="Sleep", by=family.lead)
        verbs.add_step(goal=goal, what="Bath", member=mother, due_on=soon(), by=family.lead)
        with pytest.raises(verbs.NotReady, match="who else heard it"):
            verbs.agree_plan(story=fresh(story), member=mother, by=family.lead)


def test_a_parent_says_yes_on_her_own_phone_and_for_nobody_else():
    family = make_assessed()
    family.parent.acting_for = None
    with as_(family.supervisor):
        verbs.authorise_story(story=family.story, by=family.supervisor)
    with as_(family.lead):
        kit = child_of(family.story)
        goal = verbs.add_goal(story=fresh(family.story), words="Sleep", by=family.lead)
        verbs.add_step(goal=goal, what="Bath", member=kit, due_on=soon(), by=family.lead)
    with as_(family.parent):
        story, mother = fresh(family.story), child_of(family.story, "Marta Invented")
        with pytest.raises(ValueError, match="for themselves"):
            verbs.agree_plan(story=story, member=kit, by=family.parent)
        verbs.agree_plan(story=story, member=mother, by=family.parent)
        assert fresh(family.story).state == states.IN_PLAN
        assert PlanAnswer.objects.get().recorded_by is None


def test_what_one_parent_says_is_not_the_other_s_to_read():
    family = make_planned()
    other = make_user()
    with as_(family.lead):
        verbs.add_member(
            story=family.story, member=verbs.NewMember("adult", "Bo Invented"), by=family.lead
        )
        verbs.answer_plan(
            story=family.story, member=family.mother, kind="disagrees", words="Not the school run",
            witness="her sister", by=family.lead,
        )  # fmt: skip
        door_for(family.story, child_of(family.story, "Bo Invented"), other)
    other.acting_for = None
    with as_(other):
        assert permissions.visible_answers(other, family.story).count() == 0
        assert permissions.visible_steps(other, family.story).count() == 1


def test_who_does_a_step():
    family = make_planned()
    family.parent.acting_for = None
    expected = {"finish_step", "drop_step"}
    people = [
        (family.lead, expected), (family.parent, expected), (family.member, set()),
        (family.supervisor, set()),
    ]  # fmt: skip
    for person, can in people:
        with as_(person):
            step = permissions.visible_steps(person, family.story).get()
            assert permissions.step_verbs(person, step) == can
    with as_(make_worker()) as stranger:
        assert permissions.visible_steps(stranger, family.story).count() == 0
    with as_(family.parent):
        step = Step.objects.get()
        verbs.finish_step(step=step, result="Went well", by=family.parent)
        verbs.take_up_step(step=step, by=family.parent)
        with pytest.raises(Refused):
            verbs.take_up_step(step=step, by=family.parent)


def test_a_change_makes_it_another_plan():
    family = make_planned()
    with as_(family.lead):
        verbs.drop_goal(goal=family.goal, by=family.lead)
        assert fresh(family.story).plan_version == family.story.plan_version + 1
        assert permissions.visible_goals(family.lead, family.story).count() == 0
        assert permissions.visible_steps(family.lead, family.story).count() == 0


def test_pressed_twice_is_one_goal():
    family, once = make_assessed(), uuid.uuid4()
    with as_(family.lead):
        for _ in range(2):
            verbs.add_goal(story=fresh(family.story), words="Sleep", once=once, by=family.lead)
        assert Goal.objects.count() == 1
