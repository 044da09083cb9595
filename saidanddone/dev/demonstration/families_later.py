"""What comes of thirty families' stories: authorised, planned, looked back on, at rest, ended."""

from datetime import timedelta
from typing import Any

from django.db.models import F

from saidanddone.core import clock
from saidanddone.dev.demonstration.families import DESK, as_, led, member, the
from saidanddone.dev.demonstration.source import read
from saidanddone.dev.demonstration.story import Story
from saidanddone.dev.personas import BY_KEY
from saidanddone.earlyhelp import permissions, verbs
from saidanddone.earlyhelp.models import Confirmation, Enquiry, Goal, Step, TeamMembership
from saidanddone.earlyhelp.verbs.closing import Said
from saidanddone.earlyhelp.verbs.reviewing import Far, Felt, Held
from saidanddone.people.models import User

PLANNED = {"in_plan", "paused", "stepped_up", "closed"}
FURTHER = PLANNED | {"authorised"}
SENT, AUTHORISED, AGREED, RESTS = 22, 24, 27, 80
ENDS = 110
HELD, PROPOSED, STANDS_IN = -8, -3, -6  # days from today
REVIEWS = (60, 100, 140)
OVERSEEN_BY = {"family_lead": "family_supervisor", "health_visitor": "coordinator"}
MANAGER = "family_manager"
HOW = ("nearer", "met", "same", "nearer")


def plan(story: Story) -> None:
    """Each family as far as its stage; and how long records are kept."""
    story.then(HELD, _hold, at=DESK)
    story.then(PROPOSED, _propose, at=DESK)
    for told in read("families", "enquiry"):
        story.then(told["day"], _ask_for_help, told=told)
        if "answer" in told:
            story.then(told["day"] + 2, _answer, told=told)
        if "became" in told:
            story.then(told["day"] + 7, _tell_asker, told=told)
    for place, told in enumerate(read("families", "family")):
        day, stage = told["day"], told["stage"]
        if "stand_in" in told:
            story.then(STANDS_IN, _stand_in, told=told)
        if "stopped" in told:
            story.then(day + told["withdraw"]["day"] + 1, _after_a_stop, told=told)
        if "glass" in told:
            story.then(day + told["glass"]["day"], _break_glass, told=told)
        if stage not in FURTHER:
            continue
        story.then(day + SENT, _send, told=told)
        story.then(day + AUTHORISED, _authorise, told=told)
        if stage in PLANNED:
            _plan_further(story, told, place)


def _plan_further(story: Story, told: dict, place: int) -> None:
    day, stage = told["day"], told["stage"]
    story.then(day + AGREED, _agree, told=told, place=place)
    late = told.get("review_late")
    for number, after in enumerate(REVIEWS):
        if not late and day + after < -1 and (stage != "closed" or after < ENDS):
            story.then(day + after, _review, told=told, number=number + place)
    if stage == "paused":
        story.then(day + RESTS + 30, _pause, told=told)
    if stage == "stepped_up":
        story.then(day + RESTS + 16, _step_up, told=told)
    if stage == "closed":
        story.then(day + ENDS, _ask_to_close, told=told)
        story.then(day + ENDS + 3, _close, told=told)


def _overseer(told: dict) -> str:
    return OVERSEEN_BY.get(told["lead"], MANAGER)


def _send(story: Story, told: dict) -> None:
    with led(story, told) as (lead, found):
        if not told.get("parts"):
            made = verbs.contribute(story=found, section="home", by=lead)
            verbs.save_contribution(contribution=made, seen=0, worries=told["why"], by=lead)
            made.refresh_from_db()
            verbs.sign_contribution(contribution=made, by=lead)
        verbs.send_for_authorising(story=found, by=lead)


def _authorise(story: Story, told: dict) -> None:
    with as_(story.people[_overseer(told)]) as overseer:
        verbs.authorise_story(story=the(story, told), by=overseer)


def _agree(story: Story, told: dict, place: int) -> None:
    """A goal in the family's words, two steps, and a yes that somebody else heard."""
    goals = read("families", "goal")
    with led(story, told) as (lead, found):
        said = goals[place % len(goals)]
        first = member(found, told["people"][0][1])
        goal = verbs.add_goal(
            story=found, words=said["words"], strength=said["strength"],
            outcomes=tuple(said["outcomes"]), by=lead,
        )  # fmt: skip
        for number, (what, whose) in enumerate(said["steps"]):
            owner: dict[str, Any] = (
                {"member": first} if whose == "family"
                else {"post": lead.acting_for} if whose == "lead" else {"somebody": whose}
            )  # fmt: skip
            due = clock.today() + timedelta(days=14 + 30 * number)
            verbs.add_step(goal=goal, what=what, due_on=due, by=lead, **owner)
        found.refresh_from_db()
        verbs.agree_plan(story=found, member=first, witness="a neighbour", by=lead)


def _review(story: Story, told: dict, number: int) -> None:
    """They met; the first step that is still to do is done; the next day is set."""
    with led(story, told) as (lead, found):
        first = member(found, told["people"][0][1])
        goals = Goal.objects.filter(story=found)
        step = Step.objects.filter(story=found, state="to_do").first()
        if step is not None:
            verbs.finish_step(step=step, result="Done, and it helped.", by=lead)
        held = Held(
            held_on=clock.today(), kind="meeting", words="We looked back together, with tea.",
            next_on=clock.today() + timedelta(weeks=6),
            far=[Far(goal, HOW[number % len(HOW)]) for goal in goals],
            felt=[Felt(4 + number % 4, member=first), Felt(5, post=lead.acting_for)],
            renew=list(TeamMembership.objects.filter(story=found, ended_at__isnull=True)),
        )  # fmt: skip
        verbs.hold_review(story=found, held=held, by=lead)


def _pause(story: Story, told: dict) -> None:
    with led(story, told) as (lead, found):
        step = Step.objects.filter(story=found, state="to_do").first()
        verbs.drop_step(step=step, result="It can wait until he is away again.", by=lead)
        verbs.pause_story(
            story=found, why="Dad is home for three months; they want to try it alone.", by=lead
        )


def _step_up(story: Story, told: dict) -> None:
    with led(story, told) as (lead, found):
        verbs.step_up(
            story=found, organisation=story.organisations["council"], power="ca1989-s17",
            what="What Clover told us, and what we saw.", why="Not safe at night.",
            family_told=True, by=lead,
        )  # fmt: skip


def _ask_to_close(story: Story, told: dict) -> None:
    with led(story, told) as (lead, found):
        verbs.ask_to_close(
            story=found, reason=told["reason"], words="It took longer than we thought, and it held.",
            continues="The same person at school is there, and they know whom to ring.",
            said=tuple(Said(member(found, name), words) for name, words in told.get("feedback", [])),
            felt=(Felt(8, member=member(found, told["people"][0][1])),), by=lead,
        )  # fmt: skip


def _close(story: Story, told: dict) -> None:
    with as_(story.people[_overseer(told)]) as overseer:
        verbs.close_story(story=the(story, told), by=overseer)


def _break_glass(story: Story, told: dict) -> None:
    """A worker of another agency, who knows the child by name and birth date; the review waits."""
    said = told["glass"]
    with led(story, told) as (_, found):
        born = member(found, said["child"]).born_on
    with as_(story.people[said["by"]]) as breaker:
        verbs.break_glass(name=said["child"], born_on=born, why=said["why"], by=breaker)


def _ask_for_help(story: Story, told: dict) -> None:
    verbs.ask_for_help(
        by=None, asked_as=told["as"], asker_name=told["name"], who=told["who"],
        words=told["words"], family_knows=told["knows"],
    )  # fmt: skip


def _answer(story: Story, told: dict) -> None:
    """Taken up, or declined with a reason; whoever asked hears of it."""
    with as_(story.people["coordinator"]) as coordinator:
        enquiry = Enquiry.objects.get(asker_name=told["name"])
        if "why" in told:
            verbs.decline_enquiry(
                enquiry=enquiry, why=told["why"], told=told["answer"], by=coordinator
            )
        else:
            verbs.accept_enquiry(
                enquiry=enquiry, given_to=story.post("family_worker"), told=told["answer"],
                by=coordinator,
            )  # fmt: skip


def _tell_asker(story: Story, told: dict) -> None:
    """Whoever was given it tells what became of it, as far as the family allows."""
    with as_(story.people["family_worker"]) as worker:
        enquiry = Enquiry.objects.get(asker_name=told["name"])
        verbs.tell_asker(enquiry=enquiry, words=told["became"], by=worker)


def _stand_in(story: Story, told: dict) -> None:
    """The lead is away; the coordinator names a colleague, by reference alone."""
    with as_(story.people["coordinator"]) as coordinator:
        verbs.name_stand_in(
            story=the(story, told), to=story.post(told["stand_in"]), why="Away for three weeks",
            until=clock.today() + timedelta(days=21), by=coordinator,
        )  # fmt: skip


def _after_a_stop(story: Story, told: dict) -> None:
    """The lead thinks about each child that day, and asks the coordinator to close."""
    with led(story, told) as (lead, found):
        verbs.answer_safety(story=found, words=told["stopped"], by=lead)
        verbs.end_withdrawn(story=the(story, told), words="They have what they need.", by=lead)


def _hold(story: Story) -> None:
    """A complaint is open: that record stays, whatever its day says."""
    with as_(story.people["privacy"]) as officer:
        reference = the(story, {"key": "custard"}).reference
        verbs.hold_record(reference=reference, why="A complaint is still open", by=officer)


def _propose(story: Story) -> None:
    """A record whose time is over waits for a second person."""
    with as_(story.people["privacy"]) as officer:
        for one in verbs.list_due(by=officer):
            verbs.propose_disposal(story=one.story, by=officer)


def answer_for_the_lapsed() -> int:
    """Long after: the officer speaks for whoever's time ran out by itself. Tells for how many.

    Whomever somebody ended stays out: of them it was said that their time was over already.
    """
    officer = User.objects.filter(email=BY_KEY["privacy"].email).first()
    if officer is None or not officer.posts_now:
        return 0  # no demonstration was loaded
    officer.acting_for, officer.strong = officer.posts_now[0], True
    ended = Confirmation.objects.filter(until__lt=F("said_at__date"))
    with as_(officer):
        lapsed = permissions.spoken_posts(officer).filter(lapsed=True)
        posts = list(lapsed.exclude(pk__in=ended.values("post")))
        for post in posts:
            verbs.confirm_post(post=post, by=officer)
    return len(posts)
