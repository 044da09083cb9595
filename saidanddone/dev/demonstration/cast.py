"""The people of the demonstration, each in a post at an organisation."""

from datetime import date

from django.contrib.auth.hashers import make_password

from saidanddone.dev import personas
from saidanddone.dev.demonstration.source import read
from saidanddone.dev.demonstration.story import Story
from saidanddone.people.models import Membership, Organisation, Post, User
from saidanddone.reference.models import Area, Forum

JOINED = date(2021, 4, 1)  # when each had come to its forums


def enter(story: Story) -> None:
    """Have every organisation and everybody there, the personas with them."""
    organisations = story.organisations = _organisations()
    for key, user in personas.ensure().items():
        for place, post in enumerate(user.posts.select_related("organisation").order_by("pk")):
            acting = _acting(user, post)
            if place == 0:
                story.people[key] = acting
            else:
                story.people[f"{key}@{_key_of(post.organisation, organisations)}"] = acting
    for told in read("people", "person"):
        lead = story.people[told["lead"]].acting_for if "lead" in told else None
        place = organisations[told["organisation"]]
        story.people[told["key"]] = _person(story, told, place, lead)


def _organisations() -> dict[str, Organisation]:
    there = {}
    for told in read("organisations", "organisation"):
        key = told["key"]
        place = there[key] = Organisation.objects.create(
            name=told["name"], sector=told["sector"], contact_name="Main office",
            contact_email=f"office.{key.replace('_', '-')}@demo.example",
        )  # fmt: skip
        place.areas.set(Area.objects.filter(code__in=told.get("areas", [])))
        for forum in Forum.objects.filter(code__in=told.get("forums", [])):
            Membership.objects.create(organisation=place, forum=forum, starts_on=JOINED)
    return there


def _person(story: Story, told: dict, organisation: Organisation, lead: Post | None) -> User:
    user = User.objects.create(
        email=f"{told['key'].replace('_', '.')}@demo.example", name=told["name"],
        password=make_password(None), joined_at=story.now,
    )  # fmt: skip
    post = Post.objects.create(
        user=user, organisation=organisation, title=told["title"], roles=told["roles"],
        starts_on=told.get("since") or date(story.today.year - 4, 1, 1), lead=lead,
    )  # fmt: skip
    return _acting(user, post)


def _acting(user: User, post: Post) -> User:
    """The same person, signed in strongly and acting for that post."""
    acting = User.objects.get(pk=user.pk)
    acting.acting_for, acting.strong = post, True
    return acting


def _key_of(organisation: Organisation, organisations: dict[str, Organisation]) -> str:
    return next(key for key, one in organisations.items() if one.pk == organisation.pk)
