"""The pages of plan, reviews, authorising and closing: drawn for who may, not there for who may not."""

import uuid

import pytest
from django.urls import reverse

from saidanddone.core import identity
from saidanddone.earlyhelp import states, verbs
from saidanddone.earlyhelp.models import Goal, Look, PlanAnswer, Review, Scale, Step
from tests.factories.earlyhelp import as_, fresh, make_assessed, make_planned, make_worker
from tests.factories.people import sign_in

pytestmark = pytest.mark.django_db
LEADS = ["story-plan", "plan-print", "goal-add", "plan-answer", "story-reviews", "review-hold",
         "review-plan", "story-close", "story-pause", "step-up"]  # fmt: skip
READS = ["story-plan", "plan-print", "story-reviews"]
HERE = uuid.UUID(int=7)


def get(client, name, *args):
    return client.get(reverse(name, args=args))


def told(story):
    with identity.as_system("test"):
        return fresh(story)


@pytest.mark.parametrize("name", LEADS)
def test_the_lead_s_pages_are_drawn_and_are_nowhere_for_a_stranger(client, name):
    family = make_planned()
    sign_in(client, family.lead)
    page = get(client, name, family.story.pk)
    assert page.status_code == 200
    assert "Invented" not in page.text.split("</title>")[0]
    sign_in(client, make_worker())
    there, nowhere = get(client, name, family.story.pk), get(client, name, HERE)
    assert (there.status_code, there.content) == (404, nowhere.content)


@pytest.mark.parametrize("name", LEADS)
def test_a_colleague_in_the_team_reads_and_does_not_lead(client, name):
    family = make_planned()
    sign_in(client, family.member)
    page = get(client, name, family.story.pk)
    assert page.status_code == (200 if name in {*READS, "goal-add"} else 404)


def test_a_parent_comes_to_the_plan_by_their_own_door(client):
    family = make_planned()
    sign_in(client, family.parent, strong=False)
    page = get(client, "story-plan", family.story.pk)
    assert page.status_code in {302, 404}  # whoever has no post is led to their own pages


def test_the_plan_is_written_and_a_step_done(client):
    family = make_planned()
    sign_in(client, family.lead)
    pk = family.story.pk
    client.post(reverse("goal-add", args=[pk]), {"words": "Sleep thru", "outcomes": ["health"]})
    with as_(family.lead):
        goal = Goal.objects.get(words="Sleep thru")
    step = {"what": "Bath at 7", "owner": "friend", "somebody": "Aunt", "due_on": "2031-01-05"}
    client.post(reverse("step-add", args=[pk, goal.pk]), step)
    page = get(client, "story-plan", pk)
    assert "Bath at 7" in page.text
    assert "Aunt, by 5 January 2031" in page.text
    assert "The plan has changed since" in page.text
    with as_(family.lead):
        made = Step.objects.get(what="Bath at 7")
    client.post(reverse("step-done", args=[pk, made.pk]), {"deed": "finish_step", "result": "Ok"})
    with as_(family.lead):
        made.refresh_from_db()
    assert (made.state, made.result) == (states.DONE, "Ok")


def test_a_colleague_of_whom_it_is_unsafe_to_tell_is_not_on_paper(client):
    family = make_planned()
    with as_(family.lead):
        verbs.add_step(
            goal=family.goal, what="Ring the refuge", post=family.member.acting_for,
            due_on=family.step.due_on, by=family.lead,
        )  # fmt: skip
    with identity.as_system("test"):
        family.story.team.filter(post=family.member.acting_for).update(quiet=True)
    sign_in(client, family.lead)
    assert "Ring the refuge" in get(client, "story-plan", family.story.pk).text
    page = get(client, "plan-print", family.story.pk)
    assert "Pack bags at night" in page.text
    assert "Invented" not in page.text
    assert "Ring the refuge" not in page.text
    assert family.member.name not in page.text


def test_what_is_missing_is_said_and_what_was_typed_stays(client):
    family = make_planned()
    sign_in(client, family.lead)
    page = client.post(
        reverse("step-add", args=[family.story.pk, family.goal.pk]),
        {"what": "Bath at 7", "owner": "friend", "due_on": "2020-01-05"},
    )
    assert "Write who it is." in page.text
    assert "still to come" in page.text
    assert "Bath at 7" in page.text


def test_a_spoken_answer_is_kept(client):
    family = make_planned()
    sign_in(client, family.lead)
    typed = {"member": str(family.mother.pk), "kind": "disagrees", "words": "Not Mondays",
             "witness": "her sister"}  # fmt: skip
    client.post(reverse("plan-answer", args=[family.story.pk]), typed)
    with as_(family.lead):
        assert PlanAnswer.objects.filter(kind="disagrees").get().words == "Not Mondays"


def test_a_review_is_written_down(client):
    family = make_planned()
    sign_in(client, family.lead)
    mother, goal = family.mother.pk, family.goal.pk
    typed = {"held_on": "today", "kind": "meeting", "words": "Good", "next_on": "2031-01-05",
             f"how-m{mother}": "there", f"score-m{mother}": "6", f"far-{goal}": "nearer"}  # fmt: skip
    address = reverse("review-hold", args=[family.story.pk])
    page = client.post(address, typed | {"held_on": "2020-01-05"})
    assert "This story began later than that" in page.text
    assert client.post(address, typed).status_code == 302
    with as_(family.lead):
        assert Review.objects.count() == 1
        assert Scale.objects.get().score == 6
    page = get(client, "story-reviews", family.story.pk)
    assert "Nearer" in page.text
    assert "Marta Invented: was there" in page.text


def test_the_supervisor_reads_and_authorises(client):
    family = make_assessed()
    sign_in(client, family.supervisor)
    address = reverse("story-authorise", args=[family.story.pk])
    assert client.get(address).status_code == 200
    page = client.post(address, {"deed": "return_story"})
    assert "Say what is missing" in page.text
    assert client.post(address, {"deed": "authorise_story"}).status_code == 302
    assert told(family.story).state == states.AUTHORISED
    with identity.as_system("test"):
        looks = Look.objects.filter(person=family.supervisor).values_list("part", "purpose")
        assert set(looks) == {("authorising", "supervision")}
    sign_in(client, family.member)
    assert client.get(address).status_code == 404


def test_a_story_is_closed_by_two(client):
    family = make_planned()
    sign_in(client, family.lead)
    mother = family.mother.pk
    typed = {"reason": "met", "words": "Mornings are calm", f"said-{mother}": "You listened",
             f"score-{mother}": "8"}  # fmt: skip
    client.post(reverse("story-close", args=[family.story.pk]), typed)
    address = reverse("close-answer", args=[family.story.pk])
    assert client.get(address).status_code == 404
    sign_in(client, family.supervisor)
    page = client.get(address)
    assert "You listened" in page.text
    assert "What was needed is met" in page.text
    assert client.post(address, {"deed": "close_story"}).status_code == 302
    assert told(family.story).state == states.CLOSED


def test_it_rests_goes_on_and_is_referred_up(client):
    family = make_planned()
    sign_in(client, family.lead)
    pk = family.story.pk
    client.post(reverse("story-pause", args=[pk]), {"why": "New baby"})
    assert told(family.story).state == states.PAUSED
    client.post(reverse("story-resume", args=[pk]))
    assert told(family.story).state == states.IN_PLAN
    typed = {"organisation": family.supervisor.acting_for.organisation_id, "power": "ca1989-s47",
             "what": "Bruises", "why": "Harm", "family_told": "no"}  # fmt: skip
    page = client.post(reverse("step-up", args=[pk]), typed)
    assert "Say why it is not safe to tell them" in page.text
    client.post(reverse("step-up", args=[pk]), typed | {"not_told_why": "Unsafe"})
    assert told(family.story).stepped_up_on


def test_another_family_s_goal_and_step_are_not_reached(client):
    family, other = make_planned(), make_planned()
    sign_in(client, family.lead)
    pk = family.story.pk
    assert get(client, "step-add", pk, other.goal.pk).status_code == 404
    assert get(client, "step-done", pk, other.step.pk).status_code == 404
    assert client.post(reverse("goal-drop", args=[pk, other.goal.pk])).status_code == 404


def test_an_early_story_is_sent_to_be_authorised(client):
    family = make_assessed()
    with as_(family.supervisor):
        verbs.return_story(story=family.story, why="Ask dad", by=family.supervisor)
    sign_in(client, family.lead)
    assert "Ask dad" in get(client, "story", family.story.pk).text
    client.post(reverse("authorise-ask", args=[family.story.pk]))
    page = get(client, "story", family.story.pk).text
    assert "It waits to be authorised" in page
    assert "Ask dad" not in page
    assert told(family.story).authorise_asked_at
