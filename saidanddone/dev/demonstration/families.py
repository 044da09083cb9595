"""Thirty families' stories: opened, written, sealed, taken back, each deed by its own verb."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, time, timedelta
from typing import Any

from django.db.models import Q

from saidanddone.core import clock, identity
from saidanddone.dev import personas
from saidanddone.dev.demonstration import pictures
from saidanddone.dev.demonstration.source import read
from saidanddone.dev.demonstration.story import Story
from saidanddone.earlyhelp import permissions, verbs
from saidanddone.earlyhelp.models import FamilyMember
from saidanddone.earlyhelp.models import Story as FamilyStory
from saidanddone.earlyhelp.models.stories import LONGEST_MEMBERSHIP
from saidanddone.earlyhelp.verbs import NewMember
from saidanddone.people.models import User
from saidanddone.reference.models import Area

KITCHEN, DESK = time(15, 40), time(16, 20)
PATCHES = -200  # before the first family
SPOKEN = (PATCHES, -112, -24)  # agencies speak for their people, each time for ninety days
SPOKEN_ALONE = -82  # for one of them, whose day is near now
GOVERNOR, UNSIGNED = "Governor and volunteer", "homes"


def plan(story: Story) -> None:
    """Each family's deeds on their days, and who coordinates."""
    story.then(PATCHES, _coordinate)
    story.then(PATCHES, _sign)
    for day in SPOKEN:
        story.then(day, _speak)
    story.then(SPOKEN_ALONE, _speak_for_one)
    for told in read("families", "family"):
        _plan_family(story, told)


def _plan_family(story: Story, told: dict) -> None:
    day = told["day"]
    story.then(day, _open, at=KITCHEN, told=told)
    if "doors" in told:
        story.then(day, _doors, at=DESK, told=told)
    for who, what, after in told.get("team", []):
        story.then(day + after, _invite, told=told, who=who, what=what)
    if told["stage"] != "draft":
        story.then(day + 3, _begin, at=DESK, told=told)
    _plan_telling(story, told)
    for kind, do in AS_IT_COMES.items():
        if kind in told:
            story.then(day + told[kind].get("day", 0), do, at=DESK, told=told)
    if "hand_to" in told:
        story.then(day + 14, _hand_over, told=told)
    if "parts" in told:
        story.then(min(day + 12, -1), _look, at=time(17), told=told)


def _plan_telling(story: Story, told: dict) -> None:
    day = told["day"]
    for one in told.get("parts", []):
        story.then(day + one[-1], _write, told=told, one=one)
    for one in told.get("words", []):
        story.then(day + one[-1], _hear, at=KITCHEN, told=told, one=one)
    for one in told.get("drawings", []):
        story.then(day + one[-1], _draw, at=KITCHEN, told=told, one=one)
    for one in told.get("levels", []):
        story.then(day + one[-1], _judge, at=DESK, told=told, one=one)


# ------------------------------------------------------------------ who acts


@contextmanager
def as_(person: User) -> Iterator[User]:
    """What is done inside is theirs: the verbs ask their rights.

    The database is told that the product loads: to ask it all again, deed by deed, would be a third
    of a first start.
    """
    with identity.as_system("demonstration"):
        yield person


@contextmanager
def led(story: Story, told: dict) -> Iterator[tuple[User, FamilyStory]]:
    """Inside, whoever leads this family now acts."""
    with as_(story.people[told["lead"]]) as lead:
        yield lead, the(story, told)


def the(story: Story, told: dict) -> FamilyStory:
    """The family's story as it stands now, for whoever acts."""
    return FamilyStory.objects.get(pk=story.families[told["key"]])


def member(found: FamilyStory, name: str) -> FamilyMember:
    """Somebody of the family by name."""
    return FamilyMember.objects.get(family=found.family_id, name=name)


# ------------------------------------------------------------------ beginning


def _coordinate(story: Story) -> None:
    """An administrator says that the coordinator has the whole borough."""
    with as_(story.people["administrator"]) as keeper:
        verbs.give_patch(post=story.post("coordinator"), area=None, by=keeper)


def _sign(story: Story) -> None:
    """Every agency signed but one, whose people are in no family's team."""
    with as_(story.people["privacy"]) as officer:
        unsigned = story.organisations[UNSIGNED].pk
        for agency in permissions.agencies(officer).exclude(pk=unsigned):
            verbs.record_signing(
                organisation=agency, version="Early help, version 3", signed_by="Its director",
                signed_on=clock.today(), review_on=clock.today() + timedelta(days=730), by=officer,
            )  # fmt: skip


def _speak(story: Story) -> None:
    """The school's sponsor speaks for its people, and the officer for whoever has no sponsor."""
    done: set[int] = set()
    for key in ("family_supervisor", "privacy"):
        with as_(story.people[key]) as sponsor:
            for post in permissions.spoken_posts(sponsor).exclude(
                Q(title=GOVERNOR) | Q(pk__in=done)
            ):
                verbs.confirm_post(post=post, by=sponsor)
                done.add(post.pk)


def _speak_for_one(story: Story) -> None:
    with as_(story.people["family_supervisor"]) as sponsor:
        for post in permissions.spoken_posts(sponsor).filter(title=GOVERNOR):
            verbs.confirm_post(post=post, by=sponsor)


def _open(story: Story, told: dict) -> None:
    lead = story.people[told["lead"]]
    others = [story.organisations[key].pk for key in told["agencies"]]
    agreed = {
        "words": told["agreed"], "hold_back": told.get("hold_back", ""), "how": "spoken",
        "agencies": [lead.acting_for.organisation_id, *others], "witness": "a colleague",
        "until": clock.today() + timedelta(days=LONGEST_MEMBERSHIP),
    }  # fmt: skip
    with as_(lead):
        story.families[told["key"]] = verbs.open_story(
            called=told["called"], members=[_member(story, line) for line in told["people"]],
            agreement=agreed, why_now=told["why"], area=Area.objects.get(code=told["area"]),
            by=lead,
        ).pk  # fmt: skip


def _member(story: Story, line: list[Any]) -> NewMember:
    """Kind, name, age or "due", what they are, and whether they agree, are able, live elsewhere."""
    kind, name, age, relation, *marks = line
    more: dict[str, Any] = {"relation": relation, "lives_here": "elsewhere" not in marks}
    if "able" in marks:
        more["able"] = True
    if age == "due":
        more["due_on"] = story.today + timedelta(days=100)
    return NewMember(
        kind, name, None if age == "due" else _born(story, name, age), "agrees" in marks, more=more
    )


def _born(story: Story, name: str, age: int) -> date:
    """Some day that gives this age today."""
    return story.today - timedelta(days=age * 365 + age // 4 + 180 + len(name) * 5)


def _doors(story: Story, told: dict) -> None:
    """The lead lets those of the family in who have a door of their own."""
    with led(story, told) as (lead, found):
        for key, name in told["doors"].items():
            verbs.open_door(
                story=found, member=member(found, name), email=personas.BY_KEY[key].email, by=lead
            )


def _begin(story: Story, told: dict) -> None:
    with led(story, told) as (lead, found):
        verbs.begin_assessment(story=found, by=lead)


# ------------------------------------------------------------------ the team


def _invite(story: Story, told: dict, who: str, what: str) -> None:
    with led(story, told) as (lead, found):
        verbs.invite_to_team(story=found, post=story.post(who), purpose=what, by=lead)


def _hand_over(story: Story, told: dict) -> None:
    with led(story, told) as (lead, found):
        verbs.hand_over(story=found, to=story.post(told["hand_to"]), by=lead)
    told["lead"] = told["hand_to"]


def _look(story: Story, told: dict) -> None:
    """The lead reads it before the next visit."""
    with led(story, told) as (lead, found):
        verbs.read_story(story=found, part="story", purpose="lead", by=lead)


# ------------------------------------------------------------------ what is told


def _write(story: Story, told: dict, one: list[Any]) -> None:
    who, section, strengths, worries, needs, _ = one
    with as_(story.people[who]) as author:
        made = verbs.contribute(story=the(story, told), section=section, by=author)
        verbs.save_contribution(
            contribution=made, seen=0, strengths=strengths, worries=worries, needs=needs, by=author
        )
        made.refresh_from_db()
        verbs.sign_contribution(contribution=made, by=author)


def _hear(story: Story, told: dict, one: list[Any]) -> None:
    name, audience, how, words, _ = one
    with led(story, told) as (lead, found):
        verbs.record_childs_words(
            story=found, child=member(found, name), words=words, audience=audience, how=how, by=lead
        )


def _draw(story: Story, told: dict, one: list[Any]) -> None:
    name, audience, picture, described, _ = one
    with led(story, told) as (lead, found):
        verbs.keep_drawing(
            story=found, child=member(found, name), picture=pictures.drawn(picture),
            described=described, audience=audience, by=lead,
        )  # fmt: skip


def _judge(story: Story, told: dict, one: list[Any]) -> None:
    who, name, level, why, _ = one
    with as_(story.people[who]) as author:
        found = the(story, told)
        verbs.judge_level(story=found, child=member(found, name), level=level, why=why, by=author)


# ------------------------------------------------------------------ as it comes


def _withdraw(story: Story, told: dict) -> None:
    said = told["withdraw"]
    agency = story.organisations[said["agency"]] if "agency" in said else None
    with led(story, told) as (lead, found):
        verbs.withdraw_agreement(story=found, agency=agency, words=said["words"], by=lead)


def _share(story: Story, told: dict) -> None:
    said = told["share"]
    with led(story, told) as (lead, found):
        verbs.share_outside(
            story=found, organisation=story.organisations[said["org"]], shared=said["shared"],
            power=said["power"], what=said["what"], why=said["why"], family_told=said["told"],
            not_told_why=said.get("not_told", ""), by=lead,
        )  # fmt: skip


def _seal(story: Story, told: dict) -> None:
    """The whole record: to whoever is not named it does not exist from here on."""
    said = told["seal"]
    with led(story, told) as (lead, found):
        verbs.seal_record(story=found, readers=_numbers(story, said), why=said["why"], by=lead)


def _keep_address(story: Story, told: dict) -> None:
    said = told["address"]
    with led(story, told) as (lead, found):
        verbs.keep_safe_address(
            story=found, member=member(found, said["member"]), words=said["words"],
            readers=_numbers(story, said), by=lead,
        )  # fmt: skip


def _numbers(story: Story, said: dict) -> list[int]:
    return [story.people[key].pk for key in said["readers"]]


AS_IT_COMES = {
    "withdraw": _withdraw, "share": _share, "seal": _seal, "address": _keep_address,
}  # fmt: skip
